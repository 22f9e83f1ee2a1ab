/* Names that are numbered, as Lamp II or B/12/7: a query for a number that none of them has is told so, and led to the nearest. */

import { yearsOf } from "./names.js";
import { RANKING } from "./ranking.js";
import { isYear, stem, wordsOf } from "./words.js";

/** @import { NameList } from "./names.js" */
/** @import { Index, Name } from "./vocabulary.js" */

/**
 * A name that has a number, among those that have the same words beside it.
 * @typedef {object} Numbered
 * @property {number} record
 * @property {number[]} numbers
 */
/**
 * What a query numbers that no name does.
 * @typedef {object} Absent
 * @property {number[]} nearest The records whose numbers come nearest to it, the nearest first.
 * @property {boolean} isSymbol Whether its number is all that tells it, so that other records do not answer.
 * @property {string} whole Its number as one word, as texts have it.
 */

const LETTERS = /** @type {Record<string, number>} */ ({
  i: 1,
  v: 5,
  x: 10,
  l: 50,
});
/** Roman figures up to 89, which number editions. */
const ROMAN = /^(?=.)(?:l|xl)?x{0,3}(?:ix|iv|v?i{0,3})$/;

/**
 * The number that a word is; none if it is no number.
 * @param {string} word
 */
const numberOf = word => {
  if (/^\d{1,9}$/.test(word)) return Number(word);
  if (!ROMAN.test(word)) return undefined;
  const values = [...word].map(letter => LETTERS[letter]);
  return values.reduce((sum, value, place) => sum + (value < values[place + 1] ? -value : value), 0);
};

/**
 * The words of a name apart from its numbers; a year beside another number only dates it, and 2.0 is 2.
 * @param {string[]} words
 * @param {Set<string>} stop
 */
export const taken = (words, stop) => {
  const parts = words.flatMap(word => word.match(/^(\p{L}+)(\p{Nd}+)$/u)?.slice(1) ?? [word]);
  const found = parts.map(numberOf);
  const every = found.filter(number => number !== undefined);
  const bare = every.filter(number => !isYear(String(number)));
  const numbers = bare.length ? bare : every;
  while (numbers.length > 1 && !numbers.at(-1)) numbers.pop();
  const told = parts.filter((word, place) => found[place] === undefined && !stop.has(word)).map(stem);
  return { numbers, told: [...new Set(told)].sort() };
};

/** @param {number[]} numbers */
const isYears = numbers => numbers.every(number => isYear(String(number)));

/**
 * Whether a text has numbers in several places, as a span of years or two things that are compared.
 * @param {string} text
 */
const isSpread = text => text.split(/\s+/).filter(part => /^[^(].*\d|^\d/.test(part)).length > 1;

/**
 * Whether a name is one whose number tells it from others: not that of a source, nor an id that ends with a year.
 * @param {Name} name
 * @param {number[]} numbers
 * @param {NameList} list
 */
const isNumbered = ({ record, words, other }, numbers, { kinds, records }) => {
  const isShort = words.length <= RANKING.seriesWords && kinds[records[record].kind].kind !== "source";
  return isShort && numbers.length > 0 && !(other && isYears(numbers));
};

/**
 * Words beside the number, and how many numbers there are -> the names that have them.
 * @param {NameList} list
 * @param {Name[]} all
 * @param {Set<string>} stop
 * @returns {Map<string, Numbered[]>}
 */
export const seriesOf = (list, all, stop) => {
  /** @type {Map<string, Numbered[]>} */
  const found = new Map();
  for (const name of all) {
    const { numbers, told } = taken(name.words, stop);
    if (!isNumbered(name, numbers, list)) continue;
    const key = `${numbers.length} ${told.join(" ")}`;
    const known = found.get(key) ?? [];
    if (!known.length) found.set(key, known);
    known.push({ record: name.record, numbers });
  }
  return found;
};

/**
 * How far numbers are from others, the first before the rest.
 * @param {number[]} one
 * @param {number[]} other
 */
const between = (one, other) => one.map((number, place) => Math.abs(number - other[place]));

/**
 * The records of a series, those with the nearest numbers first; of two that are as near, the one with the higher number.
 * @param {number[]} numbers
 * @param {Numbered[]} every
 */
const byDistance = (numbers, every) => {
  const far = every.map(each => ({
    ...each,
    far: between(numbers, each.numbers),
  }));
  far.sort((a, b) => {
    const place = a.far.findIndex((each, at) => each !== b.far[at]);
    return place < 0 ? b.numbers[0] - a.numbers[0] : a.far[place] - b.far[place];
  });
  return [...new Set(far.map(({ record }) => record))].slice(0, RANKING.nearest);
};

/**
 * The words of the longest series of which a query has every word, and as many numbers.
 * @param {string[]} told
 * @param {number} length
 * @param {Map<string, Numbered[]>} series
 */
const widest = (told, length, series) => {
  const within = [...series.keys()]
    .map(key => key.split(" "))
    .filter(([count, ...words]) => Number(count) === length && words[0] && words.every(word => told.includes(word)));
  const [best] = within.sort((a, b) => b.length - a.length);
  return best?.join(" ");
};

/**
 * The series that a query asks for: one that has all its words, or all but those that say how it is asked; or, where a
 * number is all that tells a record, one whose words are in it.
 * @param {string[]} told
 * @param {number[]} numbers
 * @param {boolean} isSymbol
 * @param {Index} index
 */
const askedFor = (told, numbers, isSymbol, { series, asking }) => {
  const bare = told.filter(word => !asking.has(word));
  const keys = [told, bare].map(words => `${numbers.length} ${words.join(" ")}`);
  const key = keys.find(each => series.has(each)) ?? (isSymbol ? widest(told, numbers.length, series) : "");
  return (series.get(key ?? "") ?? []).filter(each => isYears(each.numbers) === isYears(numbers));
};

/**
 * Whether a record of a series has the number that is asked for, or is of the year that is.
 * @param {Numbered} each
 * @param {number[]} numbers
 * @param {NameList} list
 */
const isSo = (each, numbers, list) => {
  if (String(each.numbers) === String(numbers)) return true;
  return isYears(numbers) && yearsOf(each.record, list).includes(numbers[0]);
};

/**
 * What a query numbers that no name does; null if it numbers nothing, or what is there. The first of a series may go
 * without a number.
 * @param {string} text
 * @param {Index} index
 * @returns {Absent | null}
 */
export const absentIn = (text, index) => {
  const { numbers, told } = taken(wordsOf(text), index.stop);
  if (!numbers.length || isSpread(text)) return null;
  const isSymbol = numbers.length > 1 || (numbers[0] >= RANKING.symbolFrom && !isYears(numbers));
  const every = askedFor(told, numbers, isSymbol, index);
  if (!every.length || (!isSymbol && numbers[0] < 2) || every.some(each => isSo(each, numbers, index))) return null;
  return { nearest: byDistance(numbers, every), isSymbol, whole: numbers.join("") };
};
