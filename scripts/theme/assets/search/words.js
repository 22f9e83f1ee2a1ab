/* Words of a text, so folded that accents, case, plurals and dots make no difference. */

import { fold } from "../shared/fold.js";

/**
 * The words of a text, folded, without the ending of a possessive; U.N. is one word.
 * @param {string} text
 * @returns {string[]}
 */
export const wordsOf = text =>
  fold(text)
    .replace(/['’‘ʼ]s(?![\p{L}\p{N}])/gu, "")
    .replace(/(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))/gu, "$1")
    .match(/[\p{L}\p{N}]+/gu) || [];

/**
 * A folded word without the ending of a plural in English, or the article in Arabic.
 * @param {string} word
 */
export const stem = word => {
  if (/^ال\p{L}{3,}/u.test(word)) return word.slice(2);
  if (word.length < 4 || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  return /(x|ch|sh|ss|zz)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
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
