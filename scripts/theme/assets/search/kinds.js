/* The kind of record that a query asks for: its records are put first where they fit as well as others. */

import { kindOf, yearsOf } from "./names.js";
import { placesOf, withValues } from "./places.js";
import { RANKING } from "./ranking.js";
import { stemsOf } from "./synonyms.js";
import { isName, ordered, putFirst } from "./wordings.js";
import { isSeveral, stem, wordsOf } from "./words.js";
import { isWithin, yearsIn } from "./years.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { InTexts, Weighed } from "./weighing.js" */

/** Kinds of page that may be about two others. */
export const ABOUT = new Set(["overview", "explainer"]);

/**
 * The kinds of record that the words of a query ask for, apart from those that say how it is asked.
 * @param {string} text
 * @param {Index} index
 */
export const kindsNamed = (text, { asking, meant }) =>
  new Set(wordsOf(text).flatMap(word => (asking.has(word) ? [] : (meant.get(stem(word)) ?? []))));

/**
 * Whether a word tells one record of a kind from others.
 * @param {string} word
 * @param {Index} index
 */
export const tells = (word, { meant, stop, asking }) => !stop.has(word) && !asking.has(word) && !meant.has(stem(word));

/** A number that may be one of records. */
const COUNT = /^\d{1,3}$/;

/** Words between the number of all records of a kind and the kind: "the 12 old harbour lamps". */
const BETWEEN = 2;

/**
 * A query without the number that says how many records there are of what their list calls so ("the 12 lamps"): it is no name.
 * @param {string} text
 * @param {Index} index
 */
export const uncounted = (text, index) => {
  const parts = text.split(/\s+/).filter(Boolean);
  if (!parts.some(part => COUNT.test(part))) return text;
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const record of index.records.keys()) {
    const kind = kindOf(record, index);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const lists = [...index.heads].filter(([head]) => index.records[head]);
  const called = lists.map(([head, kind]) => ({
    count: String(counts.get(kind)),
    words: wordsOf(index.records[head].title).filter(isSeveral),
  }));
  const isCalled = (/** @type {string} */ part, /** @type {string} */ word) =>
    called.some(({ count, words }) => count === part && words.includes(wordsOf(word)[0]));
  const countsAll = (/** @type {string} */ part, /** @type {number} */ place) =>
    COUNT.test(part) && parts.slice(place + 1, place + 2 + BETWEEN).some(word => isCalled(part, word));
  return parts.filter((part, place) => !countsAll(part, place)).join(" ");
};

/**
 * Lowers the records of the kinds that a query names which have dates, and none in the years that it names ("the lamp of 1997").
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
export const preferDated = (text, { scores, fits }, index) => {
  const spans = yearsIn(text, wordsOf(text), index.words.asks);
  if (!spans.length || isName(fits)) return;
  const asked = kindsNamed(text, index);
  const isOf = (/** @type {number} */ record) => asked.has(kindOf(record, index)) && yearsOf(record, index).length > 0;
  for (const [record, score] of scores) {
    const isOther = isOf(record) && !spans.some(span => isWithin(record, [span], index));
    if (isOther) scores.set(record, score * RANKING.otherYear);
  }
};

/**
 * Puts the best record of the one kind that a query asks for first, where it fits about as well as what is of another kind and
 * about no more than one thing, unless the query is a name.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
export const preferAsked = (text, { scores, fits }, index) => {
  const asked = kindsNamed(text, index);
  const order = asked.size === 1 && !isName(fits) ? ordered(scores) : [];
  const best = order.find(record => asked.has(kindOf(record, index)));
  if (best === undefined || ABOUT.has(kindOf(order[0], index))) return;
  const most = scores.get(order[0]) ?? 0;
  if ((scores.get(best) ?? 0) >= most * RANKING.kindBeside) putFirst([best], scores);
};

/**
 * Whether a query is a kind of record with what it is about, before or behind it, and no question: "lamps with a bell".
 * @param {string[]} words
 * @param {number[]} telling The places of the words that tell something, apart from the kind.
 * @param {Index} index
 */
const isPhrase = (words, telling, { values, meant, stop, asking, words: { asks } }) => {
  const isKind = (/** @type {string | undefined} */ word) => word !== undefined && meant.has(stem(word));
  const isEnd =
    isKind(words.find(word => isKind(word) || !stop.has(word))) ||
    (isKind(words.at(-1)) && !stop.has(words.at(-2) ?? ""));
  const isPlain =
    !asks.opens.includes(words[0]) &&
    words.every(word => !/\p{N}/u.test(word) && (!asking.has(word) || stop.has(word)));
  const isPlace = values.some(value => placesOf(words.map(stem), value).length);
  return telling.length > 0 && isEnd && isPlain && !isPlace;
};

/**
 * The records whose texts have all of some words.
 * @param {string[]} words
 * @param {InTexts} inTexts
 */
const havingWords = async (words, inTexts) => {
  const [first, ...others] = await Promise.all(words.map(inTexts));
  return [...first.keys()].filter(record => others.every(other => other.has(record)));
};

/**
 * The records that have all the values which a query names, and the keys of the facets of these; a value that has a page of its own
 * is left to that.
 * @param {string[]} words
 * @param {number[]} telling The places of the words that tell something, apart from the kind.
 * @param {Index} index
 */
const havingValues = (words, telling, { records, values }) => {
  const isOwnPage = (/** @type {string[]} */ name, /** @type {number} */ record) =>
    name.join(" ") === stemsOf(records[record].title).join(" ");
  const without = values.filter(
    ({ names, records: those }) => !those.some(each => names.some(name => isOwnPage(name, each))),
  );
  return withValues(words.map(stem), telling, without);
};

/**
 * Puts the records first that are of the kind and have all the values which a query names, if it names nothing else: "old
 * lamps in the north". Of those that fit as well, the ones with fewer values are more about each. Where no value is named, those
 * whose texts have all its words, unless one of the kind is first anyway or most have them.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 * @param {InTexts} inTexts
 */
export const preferListed = async (text, { scores, fits }, index, inTexts) => {
  const { records, facets } = index;
  const asked = kindsNamed(text, index);
  if (asked.size !== 1 || isName(fits)) return;
  const words = wordsOf(text);
  const telling = [...words.keys()].filter(place => tells(words[place], index));
  const having = havingValues(words, telling, index);
  const isAsked = (/** @type {number} */ record) => asked.has(kindOf(record, index));
  let listed = having.records.filter(isAsked);
  const isFilter = facets.some(({ key }) => asked.has(key)); // "the ports of the lamp" are what it has
  const [best] = ordered(scores);
  const isOther = best !== undefined && !isAsked(best);
  if (!listed.length && !isFilter && isOther && isPhrase(words, telling, index)) {
    const told = telling.map(place => words[place]);
    listed = (await havingWords(told, inTexts)).filter(isAsked);
    if (listed.length > [...records.keys()].filter(isAsked).length * RANKING.mostListed) return;
  }
  const valuesOf = (/** @type {number} */ record) => having.keys.flatMap(key => records[record].facets[key]).length;
  const fit = (/** @type {number} */ record) =>
    (scores.get(record) ?? 0) * (1 + RANKING.fewValues / Math.max(1, valuesOf(record)));
  const first = listed.sort((one, other) => fit(other) - fit(one)).slice(0, RANKING.listed);
  putFirst(first, scores);
};

/**
 * Puts the pages first that have a value of a filter which is all that a query names, in some wording, where something would be first
 * that is only told on a page of others, as an event is, and explains no word.
 * @param {string[]} ways The query, and its other wordings.
 * @param {Weighed} whole
 * @param {Index} index
 */
export const preferValued = (ways, { scores, fits }, index) => {
  const [best] = ordered(scores);
  const { records, stop, asking, kinds } = index;
  if (best === undefined || isName(fits) || !records[best].at.includes("#") || kinds[records[best].kind].weight === 1)
    return;
  for (const way of ways) {
    const words = wordsOf(way);
    const telling = [...words.keys()].filter(place => !stop.has(words[place]) && !asking.has(words[place]));
    const having = havingValues(words, telling, index).records.filter(record => !records[record].at.includes("#"));
    if (!having.length) continue;
    putFirst(
      having.sort((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0)).slice(0, RANKING.listed),
      scores,
    );
    return;
  }
};
