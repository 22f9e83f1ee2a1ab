/* What is written as one word with figures in a query, as 8.7, 4/15 and A/RES/77/20 are. */

import { isUnspaced } from "./scripts.js";
import { isYear, wordsOf } from "./words.js";

/**
 * What is written as one word with figures: the word without its signs -> the places of its parts.
 * @param {string} text
 * @param {number} length How many words of the text are the query.
 */
export const figuresIn = (text, length) => {
  /** @type {[string, number[]][]} */
  const found = [];
  let place = 0;
  for (const parts of text.split(/\s+/).map(wordsOf)) {
    const places = parts.map((_, part) => place + part).filter(each => each < length);
    if (parts.length > 1 && places.length && parts.some(part => /\p{N}/u.test(part)) && !parts.some(isUnspaced))
      found.push([parts.join(""), places]);
    place += parts.length;
  }
  return found;
};

/**
 * The places of the parts of each number with a sign in it, which says something only as a whole; two years are none.
 * @param {string} text
 * @param {number} length
 */
export const numbersIn = (text, length) => {
  const asked = wordsOf(text);
  return figuresIn(text, length)
    .map(([, places]) => places)
    .filter(places => places.every(place => /^\p{N}+$/u.test(asked[place]) && !isYear(asked[place])));
};
