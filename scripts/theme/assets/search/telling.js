/* What tells one holder of an office from the others: a name, a value such as a country, or what their text says. */

import { recordsOf } from "./matching.js";
import { RANKING } from "./ranking.js";

/** @import { TextsOf } from "./offices.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * Whether some words tell a person from others who held the same office.
 * @typedef {(words: string[], record: number) => boolean} Tells
 */

/**
 * Whether no word is one that much has.
 * @param {string[]} words
 * @param {Index} index
 */
const areRare = (words, { weigh }) => words.every(word => weigh(word) >= RANKING.choosing * weigh(""));

/**
 * Whether the name of a person has one of some rare words.
 * @param {Index} index
 * @returns {Tells}
 */
export const byName = index => (words, record) =>
  areRare(words, index) && words.some(word => recordsOf(index.stems.get(word) ?? [], index).includes(record));

/**
 * The values that some words name, each with the words of its names that are among them, and the records that have it.
 * @param {string[]} words
 * @param {Index} index
 */
const valuesIn = (words, { values, stop }) =>
  values.flatMap(({ names, records }) => {
    const telling = names.map(name => name.filter(word => !stop.has(word)));
    const isNamed = (/** @type {string[]} */ name) =>
      name.join("").length >= RANKING.facetPartLetters && name.every(word => words.includes(word));
    const named = telling.filter(isNamed).flat();
    return named.length ? [{ named, records: new Set(records) }] : [];
  });

/**
 * Whether some words are names of values that a person has, such as that of a place.
 * @param {Index} index
 * @returns {Tells}
 */
export const byValue = index => {
  /** @type {Map<string, ReturnType<typeof valuesIn>>} */
  const known = new Map(); // offices differ in few of a query's words
  return (words, record) => {
    const key = words.join(" ");
    const values = known.get(key) ?? valuesIn(words, index);
    known.set(key, values);
    const named = new Set(values.filter(({ records }) => records.has(record)).flatMap(value => value.named));
    return words.every(word => named.has(word));
  };
};

/**
 * Whether the text of a person has all of some rare words.
 * @param {Index} index
 * @param {TextsOf} textsOf
 * @returns {Tells}
 */
export const byText = (index, textsOf) => (words, record) =>
  areRare(words, index) && words.every(word => textsOf(word).has(record));
