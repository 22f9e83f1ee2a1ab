/* The results of a query in their order: names and texts together, in all its wordings. */

import { addCompared } from "./beside.js";
import { compared } from "./comparing.js";
import { countingRecord } from "./counted.js";
import { preferEnd } from "./ends.js";
import { kindsNamed, preferAsked, preferDated, preferListed, preferValued, uncounted } from "./kinds.js";
import { preferMost } from "./most.js";
import { GUIDE, kindOf } from "./names.js";
import { partIn } from "./parts.js";
import { RANKING } from "./ranking.js";
import { rankingIn } from "./rankings.js";
import { absentIn } from "./series.js";
import { beyondIn, reworded } from "./synonyms.js";
import { tidied } from "./typed.js";
import { isUnnamed } from "./unnamed.js";
import { isName, ordered, weighedAll } from "./wordings.js";
import { wordsOf } from "./words.js";
import { nearestInTime } from "./years.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { InTexts, Weighed } from "./weighing.js" */

/** The letters with which a symbol begins: "B/" of "B/12/7". */
const LETTERED = /(?:\p{L}+[/.])+(?=\p{N})/gu;

/**
 * @typedef {object} Found
 * @property {string[]} words The words to mark in texts.
 * @property {number[]} results Numbers of the records that fit, the best first.
 * @property {string[]} lacking The words that neither a name nor a text has.
 * @property {string[]} beyond What of the query the dossier says nothing on.
 * @property {number[]} also Those of them that bear the very title that was asked for, besides the first.
 * @property {number[]} nearest The records that come nearest, where nothing is found.
 * @property {boolean} unnumbered Whether the query has a number that none has of the names which are otherwise the same.
 * @property {string[]} parts The parts of the first result for which the query asks, by their anchors.
 */

/**
 * Puts the record first that alone counts what a query asks the number of, unless the query is a name. Says whether there is one.
 * @param {string[]} ways The query, and its other wordings.
 * @param {Weighed} whole
 * @param {Index} index
 */
const addCounting = (ways, { scores, fits }, index) => {
  if (isName(fits)) return false;
  const record = ways.map(way => countingRecord(way, index)).find(each => each !== undefined);
  if (record !== undefined) scores.set(record, Math.max(0, ...scores.values()) + RANKING.compared);
  return record !== undefined;
};

/**
 * The records that bear the very title that was asked for, besides the first.
 * @param {number[]} results
 * @param {string} whole The query as one word.
 * @param {Weighed} all
 * @param {Index} index
 */
const namesakes = (results, whole, { fits }, { records }) => {
  const isExact = (fits.get(results[0])?.exact ?? 0) > RANKING.namesake;
  const isNamesake = (/** @type {number} */ record) => wordsOf(records[record].title).join("") === whole;
  return isExact ? results.slice(1).filter(isNamesake) : [];
};

/**
 * A query that compares only in the words of the dossier, as one in another language, in those; any other as it is.
 * @param {string[]} ways The query, and its other wordings.
 * @param {Index} index
 */
const inComparison = (ways, { words }) => ways.find(way => compared(way, words) !== null) ?? ways[0];

/**
 * Takes the pages for editors away where nothing else is found and they have none of the words themselves, but others like them:
 * their examples name much that nothing here is about.
 * @param {Weighed} whole
 * @param {number} asked How many words the query has.
 * @param {Index} index
 */
const dropGuides = ({ scores, lacking }, asked, index) => {
  const every = [...scores.keys()];
  if (lacking.length < asked || !every.every(record => kindOf(record, index) === GUIDE)) return;
  for (const record of every) scores.delete(record);
};

/** @type {Found} */
const NOTHING = {
  words: [],
  lacking: [],
  beyond: [],
  results: [],
  also: [],
  nearest: [],
  unnumbered: false,
  parts: [],
};

/**
 * Puts the records first that a query asks for in another way than by their words. Says whether it has its answer by that.
 * @param {string[]} ways The query, and its other wordings.
 * @param {Weighed} all
 * @param {Index} index
 * @param {InTexts} inTexts
 */
const arranged = async (ways, all, index, inTexts) => {
  const [text] = ways;
  const inKind = ways.find(way => kindsNamed(way, index).size) ?? text;
  dropGuides(all, wordsOf(text).slice(0, RANKING.mostWords).length, index);
  preferDated(inKind, all, index);
  preferAsked(inKind, all, index);
  await preferListed(inKind, all, index, inTexts);
  preferValued(ways, all, index);
  const isEnd = preferMost(ways, all, index) || preferEnd(text, all, index);
  return addCounting(ways, all, index) || (await addCompared(inComparison(ways, index), all, index)) || isEnd;
};

/**
 * Whether a query has no answer: so much of it stands nowhere, of a comparison one of its two sides, or it names what is not here.
 * @param {string[]} ways The query, and its other wordings.
 * @param {Weighed} all
 * @param {Index} index
 * @param {InTexts} inTexts
 */
const isUnanswered = async (ways, { fits, lack, isMostKnown }, index, inTexts) => {
  if (isName(fits)) return false;
  const isLost = lack > RANKING.lackingShare && (!isMostKnown || compared(ways[0], index.words) !== null);
  return isLost || isUnnamed(ways, index, inTexts);
};

/**
 * The records that come nearest to a query without an answer, but for pages for editors, which name much that is not here.
 * @param {Map<number, number>} scores
 * @param {Index} index
 */
const nearby = (scores, index) =>
  ordered(scores)
    .filter(record => kindOf(record, index) !== GUIDE)
    .slice(0, RANKING.nearest);

/**
 * A query as it is looked up, how well every record fits it, and what it numbers that there is not, in names or in texts. Of a
 * symbol that only texts have the letters are left out: they write 12/7 for the B/12/7 that was asked for, and every other symbol
 * with these letters would seem nearer.
 * @param {string} typed
 * @param {Index} index
 * @param {InTexts} inTexts
 */
const lookedUp = async (typed, index, inTexts) => {
  const text = uncounted(tidied(typed), index);
  const all = await weighedAll(text, index, inTexts);
  const isNamed = [...all.fits.values()].some(({ exact }) => exact >= RANKING.exactStem);
  const missing = isNamed ? null : absentIn(text, index);
  if (!missing?.isSymbol || !(await inTexts(missing.whole)).size) return { text, all, missing };
  const written = text.replace(LETTERED, "");
  return {
    text: written,
    all: written === text ? all : await weighedAll(written, index, inTexts),
    missing: null,
  };
};

/**
 * Answers a query as a whole.
 * @param {string} typed
 * @param {Index} index
 * @param {InTexts} inTexts
 * @returns {Promise<Found>}
 */
const findWhole = async (typed, index, inTexts) => {
  const { text, all, missing } = await lookedUp(typed, index, inTexts);
  const asked = wordsOf(text).slice(0, RANKING.mostWords);
  if (!asked.length) return NOTHING;
  const { scores, words, lacking } = all;
  const beyond = isName(all.fits) ? [] : beyondIn(text, index.words.uncovered);
  if (beyond.length) return { ...NOTHING, beyond };
  const nearest = missing?.nearest ?? (isName(all.fits) ? [] : nearestInTime(text, scores, index));
  const unnumbered = nearest.length > 0 || Boolean(missing);
  if (missing?.isSymbol) return { ...NOTHING, lacking, nearest, unnumbered };
  const ways = [text, ...reworded(text, index.synonyms)];
  const isKnown = await arranged(ways, all, index, inTexts);
  if (!unnumbered && !isKnown && (await isUnanswered(ways, all, index, inTexts)))
    return { ...NOTHING, lacking, nearest: nearby(scores, index) };
  const most = Math.max(0, ...scores.values());
  for (const [place, record] of nearest.entries()) scores.set(record, most + RANKING.compared * (1 - place / 10));
  const results = ordered(scores);
  const also = namesakes(results, asked.join(""), all, index);
  const rest = results.slice(1).filter(record => !also.includes(record));
  const order = [...results.slice(0, 1), ...also, ...rest];
  return {
    words: [...new Set(words)],
    lacking,
    beyond,
    results: order,
    also,
    nearest: [],
    unnumbered,
    parts: [],
  };
};

/**
 * Answers a query; one for a part of a text leads to that text.
 * @param {string} typed
 * @param {Index} index
 * @param {InTexts} inTexts
 * @returns {Promise<Found>}
 */
export const find = async (typed, index, inTexts) => {
  const text = tidied(typed);
  const part = partIn(text, index) ?? rankingIn(text, index);
  if (!part) return findWhole(typed, index, inTexts);
  const found = await findWhole(part.rest, index, inTexts);
  const record = part.record < 0 ? (found.results[0] ?? -1) : part.record;
  const parts = part.ids.filter(id => index.records[record]?.parts.includes(id));
  if (!parts.length) return findWhole(typed, index, inTexts);
  const results = [record, ...found.results.filter(other => other !== record)];
  return { ...found, results, also: [], nearest: [], beyond: [], unnumbered: false, parts };
};
