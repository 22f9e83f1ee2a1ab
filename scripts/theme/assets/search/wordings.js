/* A query in all its wordings: as it stands, respelt, and in the words of the dossier. */

import { RANKING } from "./ranking.js";
import { inFigures, respelt, unlisted } from "./respelling.js";
import { recalled, reworded } from "./synonyms.js";
import { weighed } from "./weighing.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { InTexts, Weighed } from "./weighing.js" */

/**
 * The records by their scores, without those far below the best.
 * @param {Map<number, number>} scores
 */
export const ordered = scores => {
  const order = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const least = order.length ? Math.min(order[0][1], RANKING.leastOf) * RANKING.least : 0;
  return order.filter(([, score]) => score >= least).map(([record]) => record);
};

/**
 * Puts some records before all others, in their order; they stay about as good as the best was.
 * @param {number[]} records
 * @param {Map<number, number>} scores
 */
export const putFirst = (records, scores) => {
  const most = Math.max(0, ...scores.values()) || 1;
  for (const [place, record] of records.entries()) scores.set(record, most * (1 + (records.length - place) * 1e-6));
};

/**
 * Adds what another wording finds, which counts a little less; much less where the query itself is the name of a record.
 * @param {Weighed} one
 * @param {Weighed} other
 * @param {number} [share] What it counts besides.
 */
const joined = (one, other, share = 1) => {
  const isNamed = [...one.fits.values()].some(({ exact }) => exact >= RANKING.exactStem);
  const factor = share * (isNamed ? RANKING.otherThanNamed : RANKING.otherWording);
  for (const [record, score] of other.scores) {
    one.scores.set(record, Math.max(one.scores.get(record) ?? 0, score * factor));
  }
  one.words.push(...other.words);
  one.lacking = one.lacking.filter(word => other.lacking.includes(word));
  one.lack = Math.min(one.lack, other.lack);
  one.isMostKnown ||= other.isMostKnown;
  return one;
};

/**
 * Looks a word up in no text, which costs nothing.
 * @type {InTexts}
 */
export const inNone = async () => new Map();

/**
 * Weighs every record for a query in all its wordings.
 * @param {string} text
 * @param {Index} index
 * @param {InTexts} inTexts
 */
export const weighedAll = async (text, index, inTexts) => {
  const plain = text.split(/\s+/).filter(Boolean).join(" ");
  const other = [inFigures(text, index), ...respelt(text, index)].filter(way => way !== plain);
  const kinds = unlisted(text, index); // has no other words, so that to look it up in texts costs nothing
  const said = [text, ...other.slice(0, 1)].map(way => reworded(way, index.synonyms)).find(ways => ways.length) ?? [];
  const every = [text, ...kinds, ...other, ...said];
  const most = RANKING.wordingsInTexts + kinds.length;
  const [own, ...others] = await Promise.all(
    every.map((each, place) => weighed(each, index, place <= most ? inTexts : inNone, !place)),
  );
  const all = others.reduce((one, other) => joined(one, other), own);
  const [way] = recalled(text, [...all.lacking, ...own.strange], index.synonyms);
  return way ? joined(all, await weighed(way, index, inTexts, false), RANKING.partlySaid) : all;
};

/**
 * Whether the query is the very name of a record.
 * @param {Weighed["fits"]} fits
 */
export const isName = fits => [...fits.values()].some(({ exact }) => exact > RANKING.namesake);
