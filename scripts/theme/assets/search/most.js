/* What has the largest number of something: "most lamps sold", "the largest sale of rope in the north". */

import { withValues } from "./places.js";
import { RANKING } from "./ranking.js";
import { rootOf } from "./synonyms.js";
import { isName, putFirst } from "./wordings.js";
import { stem, wordsIn, wordsOf } from "./words.js";
import { isWithin, yearsIn } from "./years.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { Weighed } from "./weighing.js" */

/** @param {string[]} words */
export const rootsOf = words => words.map(word => rootOf(word, RANKING.rootLetters));

/**
 * Whether one of two roots begins with the other, as "seizur" with "seiz".
 * @param {string} one
 * @param {string} other
 */
const isAlike = (one, other) => {
  const least = Math.min(one.length, other.length);
  return one === other || (least >= RANKING.rootLetters && one.slice(0, least) === other.slice(0, least));
};

/**
 * Whether a root is like one of others.
 * @param {string} word
 * @param {string[]} others
 */
export const isAmong = (word, others) => others.some(other => isAlike(word, other));

/**
 * Whether a query has a word for the most.
 * @param {string[]} asked
 * @param {Index} index
 */
export const asksMost = (asked, { words }) => {
  const marks = wordsIn(words.most);
  return asked.some(word => marks.has(word));
};

/**
 * How much a query says of what is counted: a share of its words, or all where it asks the most of the unit that is one of them, as
 * "most ports" of "ports called at".
 * @param {string[]} own The roots of the words for what is counted.
 * @param {string[]} unit Those of its unit.
 * @param {string[]} said Those of the query.
 * @param {string[]} behind Those of them behind the word for the most.
 */
export const shareSaid = (own, unit, said, behind) => {
  const isUnit = unit.length > 0 && unit.every(word => own.includes(word) && isAmong(word, behind));
  return isUnit ? 1 : own.filter(word => isAmong(word, said)).length / own.length;
};

/**
 * The records with the largest numbers of what a query asks the most of, the largest first; none if nothing counts that.
 * @param {string} text
 * @param {Index} index
 */
const largestFor = (text, index) => {
  const { words, stop, asking, meant, most, values } = index;
  const marks = wordsIn(words.most);
  const asked = wordsOf(text);
  const says = (/** @type {string} */ word) =>
    [marks, stop, asking].some(those => those.has(word)) || meant.has(stem(word));
  const roots = rootsOf(asked);
  const spans = yearsIn(text, asked, words.asks);
  const dating = new Set(spans.flatMap(({ places }) => places));
  const telling = [...asked.keys()].filter(place => !dating.has(place) && !says(asked[place]));
  const mark = asked.findIndex(word => marks.has(word));
  const isAsked = (/** @type {number} */ place) => place < mark && meant.has(stem(asked[place])); // what kind has the most
  const counts = [...asked.keys()].filter(place => !dating.has(place) && !marks.has(asked[place]) && !isAsked(place));
  const [said, behind] = [0, mark].map(from => counts.filter(place => place >= from).map(place => roots[place]));
  const every = Object.entries(most).map(([name, [unit, records]]) => {
    const own = [...new Set(rootsOf(wordsOf(name)))];
    const units = rootsOf(wordsOf(unit));
    const share = shareSaid(own, units, said, behind);
    const rest = telling.filter(place => !isAmong(roots[place], [...own, ...units]));
    const having = rest.length ? new Set(withValues(asked.map(stem), rest, values).records) : undefined;
    const has = (/** @type {number} */ record) => (!having || having.has(record)) && isWithin(record, spans, index);
    return { share, besides: rest.length, records: records.filter(has) };
  });
  const fitting = every.filter(({ share, records }) => share >= RANKING.mostShare && records.length);
  fitting.sort((a, b) => b.share - a.share || a.besides - b.besides || b.records.length - a.records.length);
  return fitting[0]?.records ?? [];
};

/**
 * Puts the records first that have the largest numbers of what a query asks the most of, unless it is a name or its "most" belongs
 * to what people say for something else. Says whether there are any.
 * @param {string[]} ways The query, and its other wordings.
 * @param {Weighed} whole
 * @param {Index} index
 */
export const preferMost = (ways, { scores, fits }, index) => {
  if (isName(fits) || !asksMost(wordsOf(ways[0]), index)) return false;
  const isOther = ways.some(way => !asksMost(wordsOf(way), index));
  const found = isOther ? undefined : ways.map(way => largestFor(way, index)).find(each => each.length);
  putFirst((found ?? []).slice(0, RANKING.listed), scores);
  return found !== undefined;
};
