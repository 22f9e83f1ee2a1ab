/* Codes in a query, as PGU, F16 or Lamp-2B: with another letter a code is another thing, so no slip is looked for in one. */

import { wordsIn } from "./words.js";

/** Two capitals, or a digit beside a letter. */
const CODE = /\p{Lu}.*\p{Lu}|\p{L}\p{N}|\p{N}\p{L}/u;

/** The most letters of a code, where all of a query is in capitals, so that these tell nothing. */
const LONGEST = 6;

/**
 * The words of a query that are codes.
 * @param {string} text
 * @returns {Set<string>}
 */
export const codesIn = text => {
  const isLoud = text === text.toUpperCase();
  const codes = text.split(/\s+/).filter(part => CODE.test(part) && !(isLoud && part.length > LONGEST));
  return wordsIn(codes);
};
