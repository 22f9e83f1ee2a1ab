/* Names of records that stand whole within a query: "how many lamps in Harbour 2" is about Harbour 2, whatever else it asks. */

import { RANKING } from "./ranking.js";
import { stem, wordsOf } from "./words.js";

/** @import { Index } from "./vocabulary.js" */

/** Words of the longest name that is looked for within a query. */
const LONGEST = 8;

/**
 * The runs of words of a query, but for the query as a whole, which is left to its exact names: where each begins and ends.
 * @param {number} length
 */
const runsOf = length =>
  [...Array(length).keys()].flatMap(start =>
    [...Array(Math.min(length - start, LONGEST)).keys()]
      .map(more => [start, start + more + 1])
      .filter(([from, to]) => to - from < length),
  );

/**
 * The names that stand in a text, in their order, and the words that are none of them: the longest first, so that of two names
 * of which one holds the other ("lamp", "lamp room") each place of the text belongs to one.
 * @param {string} text
 * @param {Index} index
 */
export const takenApart = (text, { wholes, stop, asking }) => {
  const parts = text.split(/\s+/).filter(part => wordsOf(part).length);
  const isIdle = (/** @type {string} */ part) => wordsOf(part).every(word => stop.has(word) || asking.has(word));
  const runs = [...runsOf(parts.length), [0, parts.length]].sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
  /** @type {Map<number, string>} */
  const names = new Map();
  const taken = new Set();
  for (const [start, end] of runs) {
    const run = parts.slice(start, end);
    const places = run.map((_, place) => start + place);
    const words = wordsOf(run.join(" "));
    const isNamed = wholes.has(words.join("")) || wholes.has(words.map(stem).join(""));
    const isName = isNamed && !run.every(isIdle);
    if (!isName || places.some(place => taken.has(place))) continue;
    names.set(start, run.join(" "));
    for (const place of places) taken.add(place);
  }
  const ordered = [...names].sort(([one], [other]) => one - other).map(([, name]) => name);
  return { names: ordered, rest: parts.filter((_, place) => !taken.has(place)).flatMap(wordsOf) };
};

/**
 * Number of a record with a page of its own -> how much of the query one of its names is, 0 to 1.
 * @param {string[]} asked
 * @param {number[]} weights What each word counts.
 * @param {Index} index
 * @returns {Map<number, number>}
 */
export const namedWithin = (asked, weights, { wholes, records }) => {
  /** @type {Map<number, number>} */
  const found = new Map();
  const sum = (/** @type {number[]} */ every) => every.reduce((all, weight) => all + weight, 0);
  const total = sum(weights) || 1;
  for (const [start, end] of runsOf(asked.length)) {
    const names = wholes.get(asked.slice(start, end).join("")) ?? [];
    const share = sum(weights.slice(start, end)) / total;
    for (const { record, other } of names.filter(name => !records[name.record].at.includes("#"))) {
      found.set(record, Math.max(found.get(record) ?? 0, share * (other ? RANKING.otherName : 1)));
    }
  }
  return found;
};
