/* Where words stand in texts: the shelf with the words that begin like one of the query, and how well each text fits it. */

import { RANKING } from "./ranking.js";
import { isUnspaced } from "./scripts.js";
import { near } from "./words.js";

/**
 * The words that begin alike, as `explainer/publish/search/shelves.py` writes them, each field as a column.
 * @typedef {object} Shelf
 * @property {string[]} words In the order of their letters.
 * @property {(number | string)[]} stems How many letters of each are not of its stem; the stem, where it begins otherwise.
 * @property {number[][]} slots The texts that have it, each as the difference to the one before.
 * @property {string[]} levels How often: a digit in base 36 for each text.
 */
/**
 * @typedef {object} TextIndex
 * @property {string[]} shelves What the words of each shelf begin with.
 * @property {string} lengths The level of the number of words of each text.
 */

/** Levels in which a number doubles. */
const STEPS = 3;

/**
 * The number that a level stands for.
 * @param {string} level
 */
const amount = level => 2 ** (Number.parseInt(level, 36) / STEPS);

/**
 * The file of the shelf on which a word would stand: the one with the longest name that it begins with; none if there is none.
 * @param {string} word
 * @param {Set<string>} shelves
 */
export const shelfFor = (word, shelves) => {
  for (let length = word.length; length >= 0; length -= 1) {
    const name = word.slice(0, length);
    if (!shelves.has(name)) continue;
    const digits = [...new TextEncoder().encode(name)].map(byte => byte.toString(16).padStart(2, "0"));
    return `words/w${digits.join("")}.bin`;
  }
  return undefined;
};

/**
 * @param {string} one
 * @param {string} other
 */
const lettersInCommon = (one, other) => {
  let common = 0;
  while (common < one.length && one[common] === other[common]) common += 1;
  return common;
};

/**
 * @param {Shelf} shelf
 * @param {number} place
 */
const stemAt = ({ words, stems }, place) => {
  const cut = stems[place];
  return typeof cut === "number" ? words[place].slice(0, words[place].length - cut) : cut;
};

/**
 * The places on a shelf of the words that are the most like one that no text has; a short one is like one with a letter more.
 * @param {string} word
 * @param {string[]} words
 */
const likest = (word, words) => {
  const common = words.map(one => lettersInCommon(word, one));
  const most = Math.max(...common);
  const enough = most >= Math.max(RANKING.heardLetters, word.length * RANKING.heardShare);
  const isLong = (/** @type {string} */ one) => Math.max(word.length, one.length) >= RANKING.slipLetters;
  return [...words.keys()].filter(place =>
    enough ? common[place] === most : isLong(words[place]) && near(word, words[place]),
  );
};

/**
 * The places on a shelf of the words that a word of a query finds -> how surely: itself, those of its stem, and those that it begins;
 * a number finds itself alone.
 * @param {string} word
 * @param {Shelf} shelf
 * @returns {Map<number, number>}
 */
export const heardAs = (word, shelf) => {
  const { words } = shelf;
  const own = words.indexOf(word);
  const isNumber = /^\p{N}+$/u.test(word);
  const stem = own < 0 ? undefined : stemAt(shelf, own);
  const begun = (/** @type {string} */ one) => (isUnspaced(word) ? 1 : (RANKING.textBegun * word.length) / one.length);
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const [place, one] of words.entries()) {
    if (stemAt(shelf, place) === stem) found.set(place, 1);
    else if (!isNumber && one.startsWith(word)) found.set(place, begun(one));
  }
  if (found.size || isUnspaced(word) || isNumber) return found;
  return new Map(likest(word, words).map(place => [place, 1]));
};

/** What was found for words that no text has: for those that are the most like them. */
const likened = /** @type {WeakSet<Map<number, number>>} */ (new WeakSet());

/**
 * Whether records were found for other words than the one that was looked for.
 * @param {Map<number, number>} found
 */
export const isLikened = found => likened.has(found);

/**
 * Some records, noted as found for other words.
 * @param {Map<number, number>} found
 */
export const likening = found => {
  likened.add(found);
  return found;
};

/**
 * How often the words that were found stand in each text, by its slot.
 * @param {Map<number, number>} heard
 * @param {Shelf} shelf
 */
const counted = (heard, { slots, levels }) => {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const [place, sure] of heard) {
    let slot = 0;
    slots[place].forEach((step, text) => {
      slot += step;
      counts.set(slot, (counts.get(slot) ?? 0) + sure * amount(levels[place][text]));
    });
  }
  return counts;
};

/**
 * How well the text of each record fits a word: Okapi BM25 as a share of the best, 0 to 1.
 * @param {string} word
 * @param {Shelf} shelf
 * @param {Map<number, number>} numbers Slot -> number of the record.
 * @param {TextIndex} index
 */
export const fitting = (word, shelf, numbers, { lengths }) => {
  const lengthOf = (/** @type {number} */ record) => amount(lengths[record]);
  const mean = [...lengths].reduce((sum, level) => sum + amount(level), 0) / lengths.length;
  /** @type {Map<number, number>} */
  const scores = new Map();
  for (const [slot, count] of counted(heardAs(word, shelf), shelf)) {
    const record = numbers.get(slot);
    if (record === undefined) continue;
    const longer = 1 - RANKING.textLength + RANKING.textLength * (lengthOf(record) / mean);
    scores.set(record, count / (RANKING.textSaturation * longer + count));
  }
  const best = Math.max(...scores.values());
  const found = new Map([...scores].map(([record, score]) => [record, (score / best) ** RANKING.textEvenness]));
  return shelf.words.some(one => one.startsWith(word)) ? found : likening(found);
};
