/* Years in a query: "2019 to 2021" asks for what has a date within, "since 2022" for what has one from then on. */

import { YEAR, yearsOf } from "./names.js";
import { RANKING } from "./ranking.js";
import { isYear, stem, wordsIn, wordsOf } from "./words.js";

/** @import { NameList } from "./names.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * The years that a query names one after the other, and whether they are the ends of a span.
 * @param {string} text
 * @param {string[]} asked
 * @param {Record<string, string[]>} asks
 * @returns {{ first: number, last: number, places: number[] }[]}
 */
export const yearsIn = (text, asked, asks) => {
  const places = asked.flatMap((word, place) => (isYear(word) ? [place] : []));
  const [one, other] = places;
  const between = asked.slice(one + 1, other);
  const joins = wordsIn(asks.until);
  const isDashed = other === one + 1 && /\d\s*[-–—/]\s*\d/u.test(text);
  if (places.length === 2 && (isDashed || (between.length && between.every(word => joins.has(word))))) {
    const ends = places.map(place => Number(asked[place]));
    return [{ first: Math.min(...ends), last: Math.max(...ends), places }];
  }
  return places.map(place => {
    const year = Number(asked[place]);
    const before = asked[place - 1] ?? "";
    const is = (/** @type {string} */ kind) => asks[kind].flatMap(wordsOf).includes(before);
    const first = is("until") || is("before") ? -Infinity : year;
    return { first, last: is("since") || is("after") ? Infinity : year, places: [place] };
  });
};

/**
 * Whether a record has a date in each of some spans of years.
 * @param {number} record
 * @param {{ first: number, last: number }[]} spans
 * @param {NameList} list
 */
export const isWithin = (record, spans, list) =>
  spans.every(({ first, last }) => yearsOf(record, list).some(year => year >= first && year <= last));

/**
 * The records of the kind that a query asks for, the nearest in time first, where it names one year in which none of them is
 * ("voyages of 1850"); none if it does not. Where it asks for something else as well, only those that fit it about as well as the
 * best of all records does.
 * @param {string} text
 * @param {Map<number, number>} scores
 * @param {Index} index
 */
export const nearestInTime = (text, scores, index) => {
  const { asking, stop, meant, kinds, records } = index;
  const asked = wordsOf(text);
  const [span, more] = yearsIn(text, asked, index.words.asks);
  const telling = asked.filter(word => !asking.has(word) && !stop.has(word) && !isYear(word));
  const named = telling.flatMap(word => meant.get(stem(word)) ?? []);
  if (!span || more || span.first !== span.last || new Set(named).size !== 1) return [];
  const isOf = (/** @type {number} */ record) => kinds[records[record].kind].kind === named[0];
  const every = [...records.keys()].filter(isOf).map(record => ({ record, dates: yearsOf(record, index) }));
  if (!every.length || every.some(({ dates }) => !dates.length || dates.includes(span.first))) return [];
  const isBare = telling.every(word => meant.has(stem(word)));
  const best = Math.max(0, ...scores.values());
  if (!isBare && !best) return [];
  const far = (/** @type {number[]} */ dates) => Math.min(...dates.map(date => Math.abs(date - span.first)));
  return every
    .filter(({ record }) => isBare || (scores.get(record) ?? 0) >= RANKING.nearFit * best)
    .sort((a, b) => far(a.dates) - far(b.dates) || b.dates[0] - a.dates[0])
    .slice(0, RANKING.nearest)
    .map(({ record }) => record);
};

/**
 * Adds the records with a date in the years that a query names: as if their texts said so.
 * @param {string} text
 * @param {string[]} asked
 * @param {Map<number, number>[]} found
 * @param {Index} index
 */
export const addYears = (text, asked, found, { facets, records, words }) => {
  const years = facets.find(({ key }) => key === YEAR)?.values.map(Number) ?? [];
  for (const { first, last, places } of yearsIn(text, asked, words.asks)) {
    const fitting = new Set(years.flatMap((year, number) => (year >= first && year <= last ? [number] : [])));
    records.forEach((record, number) => {
      if (!record.facets[YEAR]?.some(value => fitting.has(value))) return;
      for (const place of places) found[place].set(number, Math.max(found[place].get(number) ?? 0, RANKING.facetValue));
    });
  }
};
