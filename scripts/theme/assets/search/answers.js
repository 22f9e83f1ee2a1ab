/* What the first result says itself to a question of who, when or how many: a field of its record, with its sources; and
   what the first results say that they do not know. */

import { editionsIn } from "./editions.js";
import { endIn } from "./ends.js";
import { asksMost } from "./most.js";
import { RANKING } from "./ranking.js";
import { reworded, stemsOf } from "./synonyms.js";
import { isYear, wordsOf } from "./words.js";

/** @import { Index } from "./vocabulary.js" */

/**
 * What a record says to a question: how is asked, or # and the anchor of a part; its words; and the addresses of its sources.
 * @typedef {[asks: string, says: string, cite: string[]]} Said
 */

/** The kinds of question that ask for another time than today. */
const OTHER_TIMES = ["former", "first", "before", "after"];

/**
 * Whether a query has a word of some kinds of question.
 * @param {string[]} asked
 * @param {string[]} kinds
 * @param {Index} index
 */
const asks = (asked, kinds, { words }) =>
  kinds.some(kind => words.asks[kind].flatMap(wordsOf).some(word => asked.includes(word)));

/**
 * The figure whose words a query has most of, of equals the first; a year chooses the figure of it; none if it has none of them.
 * @param {string} text
 * @param {Said[]} said
 * @param {Index} index
 */
const figureOf = (text, said, { synonyms, weigh, stop }) => {
  const asked = new Set([text, ...reworded(text, synonyms)].flatMap(stemsOf).filter(word => !stop.has(word)));
  const sum = (/** @type {string[]} */ words) => words.reduce((all, word) => all + weigh(word), 0);
  const worth = (/** @type {Said} */ [, says]) => {
    const held = [...new Set(stemsOf(says))].filter(word => asked.has(word));
    const told = sum(held.filter(word => !/\p{N}/u.test(word)));
    return told && told + sum(held.filter(word => isYear(word)));
  };
  const best = said.reduce(
    (/** @type {{ worth: number, said: Said[] }} */ known, each) => {
      const own = worth(each);
      return own > known.worth ? { worth: own, said: [each] } : known;
    },
    { worth: 0, said: [] },
  );
  return best.said;
};

/**
 * The open question of a record that has most of the words of a query, if that is enough of them; a name alone asks nothing.
 * @param {string} text
 * @param {Said[]} said
 * @param {Index} index
 * @returns {Said[]}
 */
export const openQuestion = (text, said, index) => {
  const telling = (/** @type {string} */ word) =>
    !index.stop.has(word) && !index.asking.has(word) && !index.meant.has(word);
  const wordings = [text, ...reworded(text, index.synonyms)];
  if (wordings.some(way => index.wholes.has(wordsOf(way).join("")))) return [];
  const ways = wordings.map(way => [...new Set(stemsOf(way))].filter(telling));
  const sum = (/** @type {string[]} */ words) => words.reduce((all, word) => all + index.weigh(word), 0);
  const shareOf = (/** @type {Said} */ [, says]) => {
    const own = new Set(stemsOf(says));
    return Math.max(...ways.map(way => sum(way.filter(word => own.has(word))) / (sum(way) || 1)));
  };
  const open = said.filter(([asks]) => asks === "open").map(each => ({ each, share: shareOf(each) }));
  const [best] = open.sort((a, b) => b.share - a.share);
  return best?.share >= RANKING.openShare ? [best.each] : [];
};

/**
 * Whether a query asks for a number: how many, or the most.
 * @param {string[]} asked
 * @param {Index} index
 */
const asksNumber = (asked, index) => asks(asked, ["many"], index) || asksMost(asked, index);

/**
 * Whether a query asks when a record was: in so many words, or as the first or the latest of its kind or of its editions.
 * @param {string} text
 * @param {number} record
 * @param {Index} index
 */
const asksDate = (text, record, index) =>
  asks(wordsOf(text), ["when"], index) ||
  endIn(text, new Map(), index).includes(record) ||
  editionsIn(text, index).records.includes(record);

/**
 * What of that which a record says answers a query.
 * @param {string} text
 * @param {string[]} parts The parts of the record that it asks for.
 * @param {Said[]} said
 * @param {number} record
 * @param {Index} index
 * @returns {Said[]}
 */
export const answering = (text, parts, said, record, index) => {
  const asked = wordsOf(text);
  if (parts.length) return said.filter(([asks]) => parts.includes(asks.slice(1)));
  const of = (/** @type {string} */ kind) => said.filter(([own]) => own === kind);
  if (asksNumber(asked, index)) return figureOf(text, of("many"), index);
  const isPerson = index.records[record].held.length > 0;
  const isOffice = index.offices.some(({ page }) => page === record);
  const isOther = asks(asked, OTHER_TIMES, index) || asked.some(word => /^\p{N}{4}$/u.test(word));
  if (isPerson || (!isOther && (isOffice || asks(asked, ["who", "now"], index)))) {
    const offices = of("who");
    if (offices.length) return offices;
  }
  return asksDate(text, record, index) ? of("when") : [];
};
