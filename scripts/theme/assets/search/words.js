/* Words of a text, so folded that accents, case, plurals and dots make no difference. */

import { fold } from "../shared/fold.js";
import { partsOf } from "./scripts.js";

/** What joins or ends a word in another way than by a space; most names have none, and then need not be looked through for each. */
const JOINED = /['’‘ʼ.&+#]/;

/**
 * A folded text with each abbreviation, pair and possessive as a plain word.
 * @param {string} text
 */
const unjoined = text =>
  text
    .replace(/['’‘ʼ]s(?![\p{L}\p{N}])/gu, "")
    .replace(/(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))/gu, "$1")
    .replace(/(?<![\p{L}\p{N}])([\p{L}\p{N}]{1,2})&([\p{L}\p{N}]{1,2})(?![\p{L}\p{N}])/gu, "$1$2")
    .replace(/(?<=[\p{L}\p{N}])\+\+(?![\p{L}\p{N}])/gu, "plusplus")
    .replace(/(?<![\p{L}\p{N}])(\p{L})#(?![\p{L}\p{N}])/gu, "$1sharp");

/**
 * The words of a text, folded, without the ending of a possessive; U.N. is one word, AT&T and C++ are, and of what is
 * written without spaces each pair of letters is one.
 * @param {string} text
 * @returns {string[]}
 */
export const wordsOf = text => {
  const folded = fold(text);
  return partsOf(JOINED.test(folded) ? unjoined(folded) : folded);
};

/**
 * The words of some texts, each once.
 * @param {string[]} texts
 */
export const wordsIn = texts => new Set(texts.flatMap(wordsOf));

/** The article in Arabic, alone or with a conjunction or preposition before it. */
const ARTICLE = /^(?:[وفبك]?ال|[وف]?لل)(?=\p{L}{3})/u;

/**
 * A folded word without the ending of a plural in English, or the article in Arabic.
 * @param {string} word
 */
export const stem = word => {
  const bare = word.replace(ARTICLE, "");
  if (bare !== word || word.length < 4 || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return bare;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  return /(x|ch|sh|ss|zz)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
};

/**
 * Whether a word is a plural.
 * @param {string} word
 */
export const isSeveral = word => stem(word) !== word;

/**
 * What a word is looked for as in texts, which hold Arabic words without the article as well.
 * @param {string} word
 */
export const soughtAs = word => [...new Set([word, word.replace(ARTICLE, "")])];

/**
 * Letters too many, too few or other between two words, counted no further than one more than `most` (Levenshtein 1966).
 * @param {string} one
 * @param {string} two
 * @param {number} most
 */
export const slipsBetween = (one, two, most) => {
  if (Math.abs(one.length - two.length) > most) return most + 1;
  let above = Array.from({ length: two.length + 1 }, (_, place) => place);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (let place = 0; place < two.length; place += 1) {
      line.push(Math.min(above[place + 1] + 1, line[place] + 1, above[place] + Number(two[place] !== letter)));
    }
    if (Math.min(...line) > most) return most + 1;
    above = line;
  }
  return above[two.length];
};

/**
 * Whether one letter too many, too few, another, or two that changed places make one word of the other.
 * @param {string} one
 * @param {string} two
 */
export const near = (one, two) => {
  if (Math.abs(one.length - two.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === two[start]) start += 1;
  const [rest, other] = [one.slice(start), two.slice(start)];
  if (one.length > two.length) return rest.slice(1) === other;
  if (one.length < two.length) return rest === other.slice(1);
  if (rest.slice(1) === other.slice(1)) return true;
  return rest.slice(2) === other.slice(2) && rest[0] === other[1] && rest[1] === other[0];
};

/**
 * Whether a word is a year of the last three centuries.
 * @param {string} word
 */
export const isYear = word => /^(?:1[89]|20)\d\d$/.test(word);
