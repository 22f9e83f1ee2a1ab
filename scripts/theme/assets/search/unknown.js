/* What of a query is not known here: which words, and whether so much of it that there is no answer. */

import { RANKING } from "./ranking.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { Query } from "./weighing.js" */

/**
 * What of a query is not known.
 * @typedef {object} Unknown
 * @property {boolean[]} unheard For each word, whether neither a name nor a text has it, and it cannot be guessed.
 * @property {string[]} strange The words that no name has, and few texts.
 * @property {number} lack The share of the weight of the query of those that cannot be guessed.
 * @property {boolean} isMostKnown Whether more words that tell something are known than cannot be guessed.
 */

/**
 * Looks for what is not known of a query.
 * @param {Query} query
 * @param {string[]} lacking Its words that neither a name nor a text has as they stand.
 * @param {Map<number, number>[]} found The texts that have each.
 * @param {number[]} weights What each counts.
 * @param {Index} index
 * @returns {Unknown}
 */
export const unknownIn = ({ asked, sense, wanted }, lacking, found, weights, { asking, stop, weigh, rarity }) => {
  const shareOf = (/** @type {boolean[]} */ which) =>
    weights.reduce((sum, weight, place) => sum + (which[place] ? weight : 0), 0);
  const telling = RANKING.tellingShare * rarity(1);
  const unheard = asked.map((word, place) => lacking.includes(word) && !sense[place].size);
  const isLost = asked.map((word, place) => unheard[place] && !asking.has(word));
  const isStrange = (/** @type {string} */ word, /** @type {number} */ place) =>
    wanted[place] && !asking.has(word) && !sense[place].size && found[place].size <= RANKING.strangeTexts;
  const isTelling = (/** @type {string} */ word, /** @type {number} */ place) =>
    wanted[place] && !stop.has(word) && !asking.has(word) && weigh(word, found[place].size) >= telling;
  return {
    unheard,
    strange: asked.filter(isStrange),
    lack: shareOf(isLost) / (shareOf(wanted) || 1),
    isMostKnown:
      asked.filter((word, place) => isTelling(word, place) && !isLost[place]).length > isLost.filter(Boolean).length,
  };
};
