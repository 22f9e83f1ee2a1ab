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
