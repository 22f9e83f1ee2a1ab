/* Editions of one thing in a query: "the first and the latest lamp", "Lamp 2 vs 3", "how did the lamp change over time". */

import { yearsOf } from "./names.js";
import { taken } from "./series.js";
import { isYear, stem, wordsIn, wordsOf } from "./words.js";

/** @import { NameList } from "./names.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * An edition, with the numbers that tell it from others of its name.
 * @typedef {object} Edition
 * @property {number} record
 * @property {number[]} numbers
 */
/**
 * @typedef {object} Editions
 * @property {Edition[]} editions The oldest first.
 * @property {number[]} shared The numbers that all of them have in their names, as the 20 of "20 lamps".
 */
/**
 * What tells one edition from others in a query.
 * @typedef {object} Mark
 * @property {string} word
 * @property {number} place
 * @property {boolean} isFirst
 * @property {boolean} isLast
 * @property {number} number Which one it is; 0 where it does not say.
 */

/**
 * The words that number something, as "second", and those for the first and the last.
 * @param {NameList["words"]} words
 */
const markWords = ({ editions, ordinals }) => ({
  ordinal: new Map(ordinals.map((word, place) => [wordsOf(word).join(), place + 1])),
  first: wordsIn(editions.first),
  last: wordsIn(editions.last),
});

/**
 * The numbers of some names, those of each name apart, without those that all editions have; of a symbol, as 12/7, none alone tells
 * the edition.
 * @param {number[][]} names
 * @param {number[]} shared
 */
const tellingNumbers = (names, shared) =>
  names.map(numbers => numbers.filter(number => !shared.includes(number))).filter(({ length }) => length === 1);

/**
 * The names of the editions of a thing without what numbers them -> the editions that share each, with the numbers of each name.
 * @param {number[]} family
 * @param {NameList} list
 * @param {Set<string>} stop
 */
const sharedNames = (family, { records, words }, stop) => {
  const { ordinal, first } = markWords(words);
  /** @type {Map<string, Map<number, number[][]>>} */
  const found = new Map();
  for (const record of family) {
    for (const name of [records[record].title, ...records[record].names]) {
      const bare = wordsOf(name).filter(word => !ordinal.has(word) && !first.has(word));
      const { numbers, told } = taken(bare, stop);
      const key = told.join(" ");
      const every = found.get(key) ?? new Map();
      found.set(key, every.set(record, [...(every.get(record) ?? []), numbers]));
    }
  }
  return found;
};

/**
 * The name that at least two editions of a thing share, without what numbers them -> these editions.
 * @param {NameList} list
 * @param {Set<string>} stop
 * @returns {Map<string, Editions>}
 */
export const editionsOf = (list, stop) => {
  /** @type {Map<string, Editions>} */
  const found = new Map();
  for (const family of list.families) {
    for (const [key, every] of sharedNames(family, list, stop)) {
      if (!key || every.size < 2 || found.has(key)) continue;
      const [one, ...others] = [...every.values()].map(names => names.flat());
      const shared = one.filter(number => others.every(numbers => numbers.includes(number)));
      const editions = [...every].map(([record, names]) => ({ record, numbers: tellingNumbers(names, shared).flat() }));
      found.set(key, { editions, shared });
    }
  }
  return found;
};

/**
 * What of a query tells editions apart, in their order.
 * @param {string[]} asked
 * @param {Index} index
 * @returns {Mark[]}
 */
const marksIn = (asked, { words }) => {
  const { ordinal, first, last } = markWords(words);
  return asked.flatMap((word, place) => {
    const { numbers } = taken([word], new Set());
    const number = ordinal.get(word) ?? (numbers.length === 1 ? numbers[0] : 0);
    const [isFirst, isLast] = [first.has(word), last.has(word)];
    return number || isFirst || isLast ? [{ word, place, isFirst, isLast, number }] : [];
  });
};

/**
 * Whether an edition has a date in a year.
 * @param {Edition} edition
 * @param {number} year
 * @param {Index} index
 */
const isOf = ({ record }, year, index) => yearsOf(record, index).includes(year);

/**
 * The edition that a mark tells: the one that is so called ("second review"), of that number or year; else, of editions without
 * numbers, the one in that place.
 * @param {Mark} mark
 * @param {string[]} told The words of the query that name the thing.
 * @param {Edition[]} every
 * @param {Index} index
 * @returns {number | undefined}
 */
const editionFor = ({ word, isFirst, isLast, number }, told, every, index) => {
  if (isLast) return every.at(-1)?.record;
  const called = new Set((index.wholes.get([word, ...told].join("")) ?? []).map(({ record }) => record));
  const own = every.find(({ record }) => called.has(record));
  if (own || isFirst) return (own ?? every[0]).record;
  if (isYear(word)) return every.find(each => each.numbers.includes(number) || isOf(each, number, index))?.record;
  const numbered = every.find(({ numbers }) => numbers.includes(number));
  const isBare = every.every(({ numbers }) => numbers.every(each => isYear(String(each))));
  return (numbered ?? (number === 1 || isBare ? every[number - 1] : undefined))?.record;
};

/**
 * The words of a query that name a thing of which there are editions, apart from their marks and from how it is asked.
 * @param {string[]} asked
 * @param {Mark[]} marks
 * @param {Index} index
 */
const tellingIn = (asked, marks, { stop, asking, words }) => {
  const idle = wordsIn([...words.editions.idle, ...words.editions.change, ...words.editions.all]);
  const isMark = new Set(marks.map(({ place }) => place));
  return asked.filter((word, place) => !isMark.has(place) && !stop.has(word) && !asking.has(word) && !idle.has(word));
};

/**
 * The two editions between which something changed, of which a query names one or none: from it on ("since 2016"), or from the one
 * before it; from the first on. None if that is one edition.
 * @param {number | undefined} named
 * @param {Edition[]} every
 * @param {boolean} isSince
 */
const changing = (named, every, isSince) => {
  const records = every.map(({ record }) => record);
  const place = named === undefined ? 0 : records.indexOf(named);
  const [from, to] = isSince || !place ? [place, records.length - 1] : [place - 1, place];
  return from === to ? [] : [records[from], records[to]];
};

/**
 * Whether a text has one of some words.
 * @param {string} text
 * @param {string[]} words
 */
const hasOne = (text, words) => wordsOf(text).some(word => wordsIn(words).has(word));

/**
 * Whether a title says that it is about how the things with some editions changed.
 * @param {string} title
 * @param {number[]} records
 * @param {Index} index
 */
export const isOnChange = (title, records, { editions, words }) => {
  const own = new Set(wordsOf(title).map(stem));
  const isOwn = (/** @type {[string, Editions]} */ [key, { editions: every }]) =>
    key.split(" ").every(word => own.has(word)) && every.some(({ record }) => records.includes(record));
  return hasOne(title, words.editions.change) && [...editions].some(isOwn);
};

/** @type {Editions} */
const NONE = { editions: [], shared: [] };

/**
 * The stems of the words of some names.
 * @param {string[]} names
 */
const stemsIn = names => new Set(names.flatMap(wordsOf).map(stem));

/**
 * Whether each edition has some words in its names, or the words that they abbreviate.
 * @param {string[]} told Their stems.
 * @param {Editions} every
 * @param {Index} index
 */
const isInNames = (told, { editions }, { records, wholes }) => {
  const meant = told.map(word => {
    const short = (wholes.get(word) ?? []).filter(({ code }) => code);
    const names = short.flatMap(({ record }) => [records[record].title, ...records[record].names]);
    return [new Set([word]), ...names.map(name => stemsIn([name])).filter(({ size }) => size > 1)];
  });
  return editions.every(({ record }) => {
    const own = stemsIn([records[record].title, ...records[record].names]);
    return meant.every(ways => ways.some(words => [...words].every(word => own.has(word))));
  });
};

/**
 * The editions that some words name: by the name that they share, or by that and words that each has in other names as well, the
 * longest such name.
 * @param {string[]} told
 * @param {Index} index
 */
const editionsNamed = (told, index) => {
  const stems = [...new Set(told.map(stem))].sort();
  const own = index.editions.get(stems.join(" "));
  if (own || stems.length < 2) return own ?? NONE;
  const within = [...index.editions]
    .map(([key, every]) => ({ words: key.split(" "), every }))
    .filter(({ words }) => words.length < stems.length && words.every(word => stems.includes(word)))
    .sort((a, b) => b.words.length - a.words.length);
  const besides = (/** @type {string[]} */ words) => stems.filter(word => !words.includes(word));
  return within.find(({ words, every }) => isInNames(besides(words), every, index))?.every ?? NONE;
};

/**
 * What a query says of editions, and nothing else: all of the thing, the marks that tell them, and those that these tell, one of
 * which may be undefined. None if it is about something else.
 * @param {string} text
 * @param {Index} index
 */
const readAs = (text, index) => {
  const asked = wordsOf(text);
  const marks = marksIn(asked, index);
  const told = tellingIn(asked, marks, index);
  const { editions: every, shared } = editionsNamed(told, index);
  const telling = marks.filter(({ number }) => !shared.includes(number));
  const found = every.length ? telling.map(mark => editionFor(mark, told, every, index)) : [];
  return { asked, every, telling, found: [...new Set(found)] };
};

/**
 * The one edition that a side of a comparison names, the first where it names none; undefined if it is not the name of such.
 * @param {string} side
 * @param {Index} index
 */
export const editionCalled = (side, index) => {
  const { every, found } = readAs(side, index);
  return found.length ? (found.length === 1 ? found[0] : undefined) : every[0]?.record;
};

/**
 * The editions that a query asks for, and nothing else: two or more that it sets side by side, the first or the last, those
 * between which something changed, or all; and whether it asks for the thing as a whole. No records if it does not.
 * @param {string} text
 * @param {Index} index
 * @returns {{ records: number[], isWhole: boolean }}
 */
export const editionsIn = (text, index) => {
  const { asked, every, telling, found } = readAs(text, index);
  const records = found.flatMap(record => record ?? []);
  const [one] = telling;
  if (!every.length || found.includes(undefined)) return { records: [], isWhole: false };
  if (records.length > 1) return { records, isWhole: false };
  const { change, all } = index.words.editions;
  if (!one && hasOne(text, all)) return { records: every.map(({ record }) => record), isWhole: true };
  if (!hasOne(text, change)) return { records: one?.isFirst || one?.isLast ? records : [], isWhole: false };
  const isSince = hasOne(asked.slice(0, one?.place).join(" "), index.words.asks.since);
  return { records: changing(records[0], every, isSince), isWhole: !one };
};
