/* The oldest and the newest records of a kind, and those of a year: "the latest lamp", "oldest lamps in the north", "lamps of 2004". */

import { editionsIn } from "./editions.js";
import { kindsNamed } from "./kinds.js";
import { kindOf, yearsOf } from "./names.js";
import { withValues } from "./places.js";
import { RANKING } from "./ranking.js";
import { isName, putFirst } from "./wordings.js";
import { stem, wordsIn, wordsOf } from "./words.js";
import { isWithin, yearsIn } from "./years.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { Weighed } from "./weighing.js" */

/**
 * What a query says of one kind of record and its ends: the kind, whether it asks for the oldest or the newest, its years, and the
 * places of the words that tell something else. Null if it does not, or if it means editions of one thing.
 * @param {string} text
 * @param {Index} index
 */
const readAs = (text, index) => {
  const { asks, editions } = index.words;
  const [oldest, newest, none] = [editions.first, editions.last, editions.idle].map(wordsIn);
  const words = wordsOf(text);
  const [kind, more] = kindsNamed(text, index);
  const [isOldest, isNewest] = [oldest, newest].map(those => words.some(word => those.has(word)));
  const spans = yearsIn(text, words, asks);
  const isEnd = isOldest !== isNewest;
  if (!kind || more || (isOldest && isNewest) || !(isEnd || spans.length)) return null;
  if (editionsIn(text, index).records.length) return null;
  const dating = new Set(spans.flatMap(({ places }) => places));
  const says = (/** @type {string} */ word) =>
    [oldest, newest, none, index.stop, index.asking].some(those => those.has(word)) || index.meant.has(stem(word));
  const telling = [...words.keys()].filter(place => !dating.has(place) && !says(words[place]));
  return { kind, words, telling, isEnd, isOldest, spans };
};

/**
 * The records of the kind that a query asks for, and of nothing else than values and years: the oldest or the newest first, or,
 * of years alone, those that fit best. None if it does not ask so.
 * @param {string} text
 * @param {Map<number, number>} scores
 * @param {Index} index
 */
export const endIn = (text, scores, index) => {
  const read = readAs(text, index);
  if (!read || (!read.isEnd && read.telling.length)) return [];
  const { kind, words, telling, isEnd, isOldest, spans } = read;
  const end = isEnd ? (index.ends[kind]?.[isOldest ? 0 : 1] ?? []) : [];
  if (!(telling.length || spans.length)) return end;
  const every = telling.length ? withValues(words.map(stem), telling, index.values).records : [...index.records.keys()];
  const year = (/** @type {number} */ record) =>
    isOldest ? Math.min(...yearsOf(record, index)) : -Math.max(...yearsOf(record, index));
  const place = (/** @type {number} */ record) => (end.indexOf(record) + 1 || end.length + 1) - 1;
  const score = (/** @type {number} */ record) => scores.get(record) ?? 0;
  return every
    .filter(record => kindOf(record, index) === kind && yearsOf(record, index).length && isWithin(record, spans, index))
    .sort((a, b) => (isEnd ? place(a) - place(b) || year(a) - year(b) : score(b) - score(a)));
};

/**
 * Puts the oldest or the newest records of a kind first, or those of a year, where a query asks for them and is no name.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
export const preferEnd = (text, { scores, fits }, index) => {
  const records = isName(fits) ? [] : endIn(text, scores, index).slice(0, RANKING.listed);
  putFirst(records, scores);
  return records.length > 0;
};
