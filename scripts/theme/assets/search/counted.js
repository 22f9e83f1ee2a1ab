/* What only one record counts: "how many member countries" leads to the record whose figures say it. */

import { stemsOf } from "./synonyms.js";
import { isYear, stem, wordsOf } from "./words.js";

/** @import { NameList } from "./names.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * A thing that only one record counts.
 * @typedef {object} Counted
 * @property {Set<string>} stems The words for it, without their endings.
 * @property {Set<string>} names The words of the names of the record, likewise.
 * @property {number} record
 */

/**
 * What is counted, with its words.
 * @param {NameList} list
 * @returns {Counted[]}
 */
export const countedIn = ({ counted, records }) =>
  Object.entries(counted).map(([said, record]) => {
    const { title, names } = records[record];
    return { stems: new Set(stemsOf(said)), names: new Set([title, ...names].flatMap(stemsOf)), record };
  });

/**
 * The record that counts what a query asks the number of: all of the words for it, or some of them beside a name of the
 * record. A year only chooses among its figures.
 * @param {string} text
 * @param {Index} index
 */
export const countingRecord = (text, { asked: kinds, asking, stop, counting }) => {
  const asked = wordsOf(text);
  if (!asked.some(word => kinds.get(word) === "many")) return undefined;
  const telling = asked.filter(word => !stop.has(word) && !asking.has(word) && !isYear(word)).map(stem);
  const shareOf = (/** @type {Counted} */ { stems, names }) => {
    const rest = telling.filter(word => !stems.has(word));
    const said = new Set(telling.filter(word => stems.has(word))).size;
    const isWhole = said === stems.size;
    const isNamed = rest.length > 0 && said > 0;
    return rest.every(word => names.has(word)) && (isWhole || isNamed) ? said / stems.size : 0;
  };
  const best = counting
    .map(each => ({ record: each.record, share: shareOf(each) }))
    .sort((a, b) => b.share - a.share)
    .at(0);
  return best?.share ? best.record : undefined;
};
