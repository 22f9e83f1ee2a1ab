/* Other ways to write a query: numbers as words, and slips between words, two that are written as one ("lamproom"), and one that is written twice ("the the lamp"). */

import { compared } from "./comparing.js";
import { RANKING } from "./ranking.js";
import { isUnspaced } from "./scripts.js";
import { stem, wordsIn, wordsOf } from "./words.js";

/** @import { Index } from "./vocabulary.js" */

/**
 * The words of names that a word is made of, the longest first; none if it is not made of such.
 * @param {string} word
 * @param {Index} index
 * @param {number} [most] How many there may be.
 * @returns {string[]}
 */
const madeOf = (word, index, most = RANKING.joinedWords) => {
  if (index.stems.has(stem(word))) return [word];
  if (most < 2) return [];
  for (let cut = word.length - RANKING.joinedLetters; cut >= RANKING.joinedLetters; cut -= 1) {
    const head = word.slice(0, cut);
    const rest = index.vocabulary.has(head) ? madeOf(word.slice(cut), index, most - 1) : [];
    const isLong = [head, ...rest].every(part => part.length > RANKING.joinedLetters);
    if (rest.length === 1 || (rest.length && isLong)) return [head, ...rest];
  }
  return [];
};

/**
 * A query with a number word behind a word that names something in figures: "lamp two" is Lamp 2.
 * @param {string} text
 * @param {Index} index
 */
export const inFigures = (text, { words: { numerals }, stop, asking }) => {
  const parts = text.split(/\s+/).filter(Boolean);
  const isTelling = (/** @type {string} */ part) => wordsOf(part).some(word => !stop.has(word) && !asking.has(word));
  const figures = new Map(numerals.map((word, place) => [wordsOf(word).join(), String(place + 1)]));
  const said = parts.map((part, place) =>
    place && isTelling(parts[place - 1]) ? (figures.get(wordsOf(part).join()) ?? part) : part,
  );
  return said.join(" ");
};

/**
 * A query for all things of a kind, or for how these differ, by the name of the kind alone: "all lamps compared" is about lamps.
 * None where it is no such query, or compares two things.
 * @param {string} text
 * @param {Index} index
 * @returns {string[]}
 */
export const unlisted = (text, { words }) => {
  const { every, compare } = words.asks;
  const idle = wordsIn([...every, ...compare]);
  const parts = text.split(/\s+/).filter(Boolean);
  const isTelling = (/** @type {string} */ part) => wordsOf(part).some(word => !idle.has(word));
  const kept = parts.filter(isTelling);
  const isLeft = kept.some(part => wordsOf(part).some(word => !words.stop.includes(word)));
  return isLeft && kept.length < parts.length && !compared(text, words) ? [kept.join(" ")] : [];
};

/**
 * A query without such slips; none if it has none.
 * @param {string} text
 * @param {Index} index
 * @returns {string[]}
 */
export const respelt = (text, index) => {
  const parts = text.split(/\s+/).filter(Boolean);
  const said = parts.map(part => wordsOf(part).join(" "));
  const once = parts.filter((_, place) => !place || !said[place] || said[place] !== said[place - 1]);
  const apart = once.map(part => {
    const words = wordsOf(part);
    const isWord = words.length === 1 && !/\p{N}/u.test(words[0]) && !isUnspaced(words[0]);
    const made = isWord ? madeOf(words[0], index) : [];
    return made.length > 1 ? made.join(" ") : part;
  });
  const found = apart.join(" ");
  return found === parts.join(" ") ? [] : [found];
};
