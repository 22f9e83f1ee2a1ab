/* How well every record fits one wording of a query: by its names, by its texts and by what kind of thing is asked. */

import { codesIn } from "./codes.js";
import { figuresIn, numbersIn } from "./figures.js";
import { byName, guesses, meanings } from "./matching.js";
import { GUIDE, kindOf } from "./names.js";
import { holders, lowerOffices } from "./offices.js";
import { placesOf, valueIn } from "./places.js";
import { RANKING } from "./ranking.js";
import { isUnspaced } from "./scripts.js";
import { isLikened, likening } from "./texts.js";
import { unknownIn } from "./unknown.js";
import { namedWithin } from "./within.js";
import { isSeveral, soughtAs, stem, wordsOf } from "./words.js";
import { addYears } from "./years.js";

/** @import { NameFit } from "./matching.js" */
/** @import { Entry, Index } from "./vocabulary.js" */

/**
 * Looks a word up in the texts: number of a record -> how well it fits, 0 to 1.
 * @typedef {(word: string) => Promise<Map<number, number>>} InTexts
 */
/**
 * A query, word by word.
 * @typedef {object} Query
 * @property {string[]} asked Its words.
 * @property {Set<string>} codes Those of them that are codes.
 * @property {Map<Entry, number>[]} sense What each may mean in names, and how surely.
 * @property {boolean[]} wanted Which are looked for in texts: all but stop words, unless there are only such.
 */

/**
 * Takes a query apart.
 * @param {string} text
 * @param {Index} index
 * @returns {Query}
 */
const queryOf = (text, index) => {
  const asked = wordsOf(text).slice(0, RANKING.mostWords);
  const typing = /[\p{L}\p{N}\p{M}]$/u.test(text);
  const codes = codesIn(text);
  const stateOf = (/** @type {string} */ word, /** @type {number} */ place) => ({
    typing: typing && place === asked.length - 1,
    code: codes.has(word),
  });
  const sense = asked.map((word, place) => meanings(word, stateOf(word, place), index));
  const plain = asked.every(word => index.stop.has(word));
  return {
    asked,
    codes,
    sense,
    wanted: asked.map(word => plain || !index.stop.has(word)),
  };
};

/**
 * Each word of a query, and what a slip of the pen in it was meant to be.
 * @param {Query} query
 */
const corrected = ({ asked, sense }) =>
  asked.map((word, place) => {
    const [best] = [...sense[place]].sort((a, b) => b[1] - a[1] || b[0].records - a[0].records);
    return best && best[1] === RANKING.slip ? [word, best[0].word] : [word];
  });

/**
 * The best fit of each record for any of some words.
 * @param {string[]} words
 * @param {InTexts} inTexts
 */
const bestOf = async (words, inTexts) => {
  /** @type {Map<number, number>} */
  const best = new Map();
  const every = await Promise.all(words.map(inTexts));
  for (const one of every) {
    for (const [record, fit] of one) best.set(record, Math.max(best.get(record) ?? 0, fit));
  }
  return every.every(isLikened) ? likening(best) : best;
};

/**
 * Adds to the records that have a part of what is written as one word those that have all of it.
 * @param {Map<number, number>} whole
 * @param {Map<number, number>} part
 * @param {boolean} isNumber Whether it is a number, as 77/20, of which a part says nothing.
 */
const addWhole = (whole, part, isNumber) => {
  if (isNumber) for (const record of [...part.keys()]) if (!whole.has(record)) part.delete(record);
  for (const [record, fit] of whole) part.set(record, (part.get(record) ?? 0) + fit);
};

/**
 * Where the words of a query stand in texts, for each word.
 * @param {string} text
 * @param {Query} query
 * @param {string[][]} meant What is looked for in place of each word.
 * @param {Index} index
 * @param {InTexts} inTexts
 */
const inAllTexts = async (text, { asked, codes, wanted }, meant, index, inTexts) => {
  const every = await Promise.all(
    meant.map((words, place) => bestOf(wanted[place] ? words.flatMap(soughtAs) : [], inTexts)),
  );
  const found = every.map((one, place) => (codes.has(asked[place]) && isLikened(one) ? new Map() : one));
  const numbers = new Set(numbersIn(text, asked.length).map(String));
  for (const [word, places] of figuresIn(text, asked.length)) {
    const whole = await inTexts(word);
    for (const part of places.map(place => found[place])) addWhole(whole, part, numbers.has(String(places)));
  }
  addPlaces(asked, found, index);
  addYears(text, asked, found, index);
  return found;
};

/**
 * Adds the records that have a value of a facet which the query names: as if their texts said so.
 * @param {string[]} asked
 * @param {Map<number, number>[]} found
 * @param {Index} index
 */
const addPlaces = (asked, found, { values }) => {
  const stems = asked.map(stem);
  for (const value of values) {
    const { places, sure } = valueIn(stems, value);
    for (const place of places) {
      for (const record of value.records) {
        found[place].set(record, Math.max(found[place].get(record) ?? 0, sure));
      }
    }
  }
};

/**
 * What kinds of record a query asks for: those of each word, all of them, those it asks the number of, and how much of the
 * query that is.
 * @param {string[]} asked
 * @param {Index} index
 */
const hintsOf = (asked, index) => {
  const hints = asked.map(word => index.meant.get(stem(word)) ?? []);
  const telling = asked.map(word => !index.stop.has(word));
  const share =
    hints.filter((kinds, place) => kinds.length && telling[place]).length / (telling.filter(Boolean).length || 1);
  const stems = asked.map(stem);
  const first = asked.findIndex((word, place) => telling[place] && !index.asking.has(word));
  const called = hints[first]?.length || !isSeveral(asked[first + 1] ?? "") ? first : first + 1; // "how many old lamps"
  const counted = asked.some(word => index.asked.get(word) === "many") && hints[called];
  const isPlaced = index.values.some(value => placesOf(stems, value).length);
  return {
    hints,
    kinds: new Set(hints.flat()),
    counted: new Set(counted || []),
    share,
    worth: isPlaced ? RANKING.kindPlaced : RANKING.kindAsked,
  };
};

/**
 * What each word of a query counts.
 * @param {Query} query
 * @param {string[][]} hints The kinds that each asks for.
 * @param {Map<number, number>[]} found The texts that have each.
 * @param {Index} index
 */
const weightsOf = ({ asked, wanted }, hints, found, index) =>
  asked.map((word, place) => {
    const texts = wanted[place] ? found[place].size : 0;
    const weight = index.weigh(word, texts) / (wanted[place] && index.stop.has(word) ? RANKING.stopWord : 1);
    return hints[place].length ? Math.min(weight, RANKING.mostHintWeight) * RANKING.hintWord : weight;
  });

/**
 * How well the text of each record fits the whole query.
 * @param {Map<number, number>[]} found
 * @param {number[]} weights
 * @param {boolean[]} wanted
 */
const byText = (found, weights, wanted) => {
  const total = weights.reduce((sum, weight, place) => sum + (wanted[place] ? weight : 0), 0) || 1;
  /** @type {Map<number, number>} */
  const texts = new Map();
  found.forEach((records, place) => {
    for (const [record, fit] of records) texts.set(record, (texts.get(record) ?? 0) + (fit * weights[place]) / total);
  });
  return texts;
};

/**
 * What a record scores for a name that is the query.
 * @param {number} exact How exactly.
 * @param {number} weight That of its kind.
 * @param {string} at Its address.
 */
const exactly = (exact, weight, at) =>
  exact && RANKING.exact * exact + RANKING.exactKind * weight + (at.includes("#") ? 0 : RANKING.ownPage);

/**
 * What the list of all records of a kind scores, where such are asked for, or how many there are.
 * @param {string} kind
 * @param {ReturnType<typeof hintsOf>} hints
 */
const asList = (kind, { kinds, counted, share }) =>
  Math.max(counted.has(kind) ? RANKING.listCounted : 0, kinds.has(kind) ? RANKING.listAsked * share ** 2 : 0);

/**
 * The score of every record that fits by name or text.
 * @param {Map<number, NameFit>} fits
 * @param {Map<number, number>} texts
 * @param {Map<number, number>} within
 * @param {ReturnType<typeof hintsOf>} hints
 * @param {Index} index
 */
const scoresOf = (fits, texts, within, hints, index) => {
  /** @type {Map<number, number>} */
  const scores = new Map();
  for (const record of new Set([...fits.keys(), ...texts.keys()])) {
    const { fits: name, exact } = fits.get(record) ?? { fits: 0, exact: 0 };
    const { kind, weight: own, asked } = index.kinds[index.records[record].kind];
    const weight = hints.kinds.has(kind) ? asked : own;
    const head = asList(index.heads.get(record) ?? "", hints);
    const hinted = hints.kinds.has(kind) ? hints.worth : head;
    const part = RANKING.within * (within.get(record) ?? 0) ** RANKING.withinSharpness;
    const sum = name ** RANKING.nameSharpness + (texts.get(record) ?? 0) + part + hinted;
    scores.set(record, sum * weight + exactly(exact, weight, index.records[record].at));
  }
  return scores;
};

/**
 * Puts a source after what rests on it, unless it was asked for by its title.
 * @param {Map<number, number>} scores
 * @param {Map<number, NameFit>} fits
 * @param {Index} index
 * @param {number} least Fit of its own name from which a source was asked for by its title.
 */
const lowerSources = (scores, fits, index, least) => {
  for (const [record, score] of [...scores]) {
    const best = Math.max(0, ...index.records[record].users.map(user => scores.get(user) ?? 0));
    if (best && (fits.get(record)?.fits ?? 0) < least) {
      scores.set(record, Math.min(score, best * RANKING.sourceAfter));
    }
  }
};

/**
 * What is known of every record for one wording of a query.
 * @typedef {object} Weighed
 * @property {Map<number, number>} scores
 * @property {Map<number, NameFit>} fits
 * @property {string[]} words The words to mark in texts.
 * @property {string[]} lacking The words that neither a name nor a text has, and of which no slip is known in names.
 * @property {string[]} strange The words that no name has, and few texts.
 * @property {number} lack The share of the weight of the query of those that cannot be guessed.
 * @property {boolean} isMostKnown Whether more words that tell something are known than cannot be guessed.
 */

/**
 * Whether a query opens as a question does, or asks for a number or a day of something.
 * @param {string[]} asked
 * @param {Index} index
 */
const isQuestion = (asked, { words: { asks } }) =>
  asks.opens.includes(asked[0]) || [...asks.many, ...asks.when].some(word => asked.includes(word));

/**
 * Whether a word itself stands in a text; those for editors have misspelt names as examples.
 * @param {Map<number, number>} found The texts that have it, or words like it.
 * @param {Index} index
 */
const isTold = (found, index) => !isLikened(found) && [...found.keys()].some(record => kindOf(record, index) !== GUIDE);

/**
 * Weighs every record for one wording of a query.
 * @param {string} text
 * @param {Index} index
 * @param {InTexts} inTexts
 * @param {boolean} isOwn Whether it is the query itself, in its own words.
 * @returns {Promise<Weighed>}
 */
export const weighed = async (text, index, inTexts, isOwn) => {
  const query = queryOf(text, index);
  const { asked, codes, sense, wanted } = query;
  const meant = corrected(query);
  const found = await inAllTexts(text, query, meant, index, inTexts);
  const isLacking = (/** @type {string} */ word, /** @type {number} */ place) =>
    wanted[place] && !sense[place].size && !found[place].size && !isUnspaced(word);
  const lacking = asked.filter(isLacking);
  const isRespelt = asked.map(
    (word, place) =>
      wanted[place] && !sense[place].size && (isLikened(found[place]) || (codes.has(word) && !found[place].size)),
  );
  asked.forEach((word, place) => {
    if (!wanted[place] || sense[place].size || isTold(found[place], index)) return;
    sense[place] = codes.has(word) ? meanings(word, { typing: false, code: false }, index) : guesses(word, index);
    if (sense[place].size) found[place] = new Map(); // a slip is the likelier the less of the word is changed
  });
  const hints = hintsOf(asked, index);
  const weights = weightsOf(query, hints.hints, found, index);
  const fits = byName(asked, sense, weights, index, numbersIn(text, asked.length));
  const within = isQuestion(asked, index) ? namedWithin(asked, weights, index) : new Map();
  const scores = scoresOf(fits, byText(found, weights, wanted), within, hints, index);
  lowerSources(scores, fits, index, isOwn ? RANKING.sourceAsked : Infinity);
  const stems = asked.map(stem);
  const held = holders(text, index, word => found[stems.indexOf(word)] ?? new Map());
  for (const [record, fit] of held) {
    scores.set(record, Math.max(scores.get(record) ?? 0, fit * RANKING.holder));
  }
  lowerOffices(text, scores, held, index);
  const { unheard, strange, lack, isMostKnown } = unknownIn(query, lacking, found, weights, index);
  return {
    scores,
    fits,
    words: meant.filter((_, place) => wanted[place]).flat(),
    lacking: asked.filter((word, place) => (unheard[place] || isRespelt[place]) && !index.asking.has(word)),
    strange,
    lack: held.size ? 0 : lack,
    isMostKnown,
  };
};
