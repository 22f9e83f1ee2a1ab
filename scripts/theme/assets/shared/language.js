/* Texts of the interface: plural forms by the rules of the language, and values in their places. */

/**
 * One text in its plural forms: category of the CLDR -> pattern, as the catalogue holds it.
 * @typedef {Partial<Record<Intl.LDMLPluralRule, string>>} Forms
 */

/**
 * The form of a text for a number.
 * @param {Forms} forms
 * @param {number} n
 * @param {string} language BCP 47 tag; English where it is empty.
 */
export const plural = (forms, n, language) =>
  forms[new Intl.PluralRules(language || "en").select(n)] ?? forms.other ?? "";

/**
 * A pattern with the values that stand in it in braces; a value is never read as a pattern itself.
 * @param {string} pattern
 * @param {Record<string, string>} values
 */
export const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/**
 * A number in the digits and with the separators of a language.
 * @param {number} n
 * @param {string} language
 */
export const numeral = (n, language) => n.toLocaleString(language || "en");

/** @type {Intl.Collator["compare"] | undefined} */
let compare;

/**
 * The order of two names in the language of the page, numbers by their value. What it needs is made when something is first sorted:
 * a browser reads the tables of all languages for it, which took 100 ms and more of every page.
 * @param {string} one
 * @param {string} two
 */
export const collated = (one, two) => {
  compare ??= new Intl.Collator(document.documentElement.lang || "en", { numeric: true }).compare;
  return compare(one, two);
};
