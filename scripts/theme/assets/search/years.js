/* Years in a query: "2019 to 2021" asks for what has a date within, "since 2022" for what has one from then on. */

import { YEAR } from "./names.js";
import { RANKING } from "./ranking.js";
import { isYear, wordsOf } from "./words.js";

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
  const joins = new Set(asks.until.flatMap(wordsOf));
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
