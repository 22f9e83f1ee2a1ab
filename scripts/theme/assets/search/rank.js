/* The results of a query in their order: names and texts together, in all its wordings. */

import { besideEachOther, compared, completed, relatedIn } from "./comparing.js";
import { countingRecord } from "./counted.js";
import { kindOf } from "./names.js";
import { withValues } from "./places.js";
import { RANKING } from "./ranking.js";
import { inFigures, respelt } from "./respelling.js";
import { absentIn } from "./series.js";
import { recalled, reworded, stemsOf } from "./synonyms.js";
import { weighed } from "./weighing.js";
import { takenApart } from "./within.js";
import { stem, wordsOf } from "./words.js";
import { nearestInTime } from "./years.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { InTexts, Weighed } from "./weighing.js" */

/**
 * @typedef {object} Found
 * @property {string[]} words The words to mark in texts.
 * @property {number[]} results Numbers of the records that fit, the best first.
 * @property {string[]} lacking The words that neither a name nor a text has.
 * @property {number[]} also Those of them that bear the very title that was asked for, besides the first.
 * @property {number[]} nearest The records that come nearest, where nothing is found.
 * @property {boolean} unnumbered Whether the query has a number that none has of the names which are otherwise the same.
 */

/**
 * The records by their scores, without those far below the best.
 * @param {Map<number, number>} scores
 */
const ordered = scores => {
  const order = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const least = order.length ? Math.min(order[0][1], RANKING.leastOf) * RANKING.least : 0;
  return order.filter(([, score]) => score >= least).map(([record]) => record);
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
const inNone = async () => new Map();

/**
 * Weighs every record for a query in all its wordings.
 * @param {string} text
 * @param {Index} index
 * @param {InTexts} inTexts
 */
const weighedAll = async (text, index, inTexts) => {
  const plain = text.split(/\s+/).filter(Boolean).join(" ");
  const other = [inFigures(text, index), ...respelt(text, index)].filter(way => way !== plain);
  const every = [text, ...other, ...reworded(other[0] ?? text, index.synonyms)];
  const [own, ...others] = await Promise.all(
    every.map((each, place) => weighed(each, index, place <= RANKING.wordingsInTexts ? inTexts : inNone, !place)),
  );
  const all = others.reduce((one, other) => joined(one, other), own);
  const [way] = recalled(text, [...all.lacking, ...own.strange], index.synonyms);
  return way ? joined(all, await weighed(way, index, inTexts, false), RANKING.partlySaid) : all;
};

/** The kind of record that others rest on. */
const SOURCE = "source";

/** Kinds of page that may be about two others. */
const ABOUT = new Set(["overview", "explainer"]);

/**
 * The records that something which is compared is the name of, in the first of some wordings that is one; the best first. That
 * of a source only where no wording is the name of something else.
 * @param {string[]} ways
 * @param {Index} index
 */
const namedOf = async (ways, index) => {
  /** @type {number[]} */
  let sources = [];
  for (const way of ways) {
    const { scores } = await weighedAll(way, index, inNone);
    const named = ordered(scores).filter(record => (scores.get(record) ?? 0) >= RANKING.exact * RANKING.otherExact);
    const own = named.filter(record => kindOf(record, index) !== SOURCE);
    if (own.length) return own;
    if (!sources.length) sources = named;
  }
  return sources;
};

/**
 * A record for each of some names, of those that each may be: all of the first kind of which there is one for each; undefined
 * where there is none, or one has two names.
 * @param {number[][]} every
 * @param {Index} index
 */
const ofOneKind = (every, { records }) => {
  const of = (/** @type {number} */ kind) => every.map(each => each.find(record => records[record].kind === kind));
  const kinds = [...new Set(every.flat().map(record => records[record].kind))];
  const found = kinds.map(of).find(each => each.length && each.every(record => record !== undefined));
  return found && new Set(found).size === found.length ? /** @type {number[]} */ (found) : undefined;
};

/**
 * Which two records are compared, of those that each side may be: the first two of one kind, or else the first of each.
 * @param {number[][]} sides
 * @param {Index} index
 */
const paired = ([ones, others], { records, heads }) => {
  const pairs = ones
    .flatMap(one => others.map(other => [one, other]))
    .filter(([one, other]) => one !== other && heads.has(one) === heads.has(other));
  return pairs.find(([one, other]) => records[one].kind === records[other].kind) ?? pairs[0];
};

/**
 * The names that a side of a comparison ends with, or begins with, the longest first: "which is larger, Lamp 2" has one. No
 * number is left out, which tells it from others.
 * @param {string} side
 * @param {boolean} isFirst Whether it is the first of the two, whose name stands at its end.
 * @param {Index} index
 */
const namesIn = (side, isFirst, { wholes }) => {
  const parts = side.split(/\s+/);
  const cuts = parts.map((_, place) => (isFirst ? parts.slice(place) : parts.slice(0, parts.length - place)).join(" "));
  const numbers = (/** @type {string} */ part) => part.match(/\p{N}+/gu)?.length ?? 0;
  return cuts.slice(1).filter(cut => wholes.has(wordsOf(cut).join("")) && numbers(cut) === numbers(side));
};

/**
 * Whether the query is the very name of a record.
 * @param {Weighed["fits"]} fits
 */
const isName = fits => [...fits.values()].some(({ exact }) => exact > RANKING.namesake);

/**
 * Whether two records are of one kind.
 * @param {number[]} pair
 * @param {Index} index
 */
const areAlike = ([one, other], { records }) => records[one].kind === records[other].kind;

/**
 * The one name in each of some sides, of those that have one.
 * @param {string[]} sides
 * @param {Index} index
 */
const onlyNames = (sides, index) =>
  sides.flatMap(side => {
    const { names } = takenApart(side, index);
    return names.length === 1 ? names : [];
  });

/**
 * The records that some names are, all of one kind.
 * @param {string[][]} every Each of them in some wordings.
 * @param {Index} index
 */
const namedAlike = async (every, index) => ofOneKind(await Promise.all(every.map(ways => namedOf(ways, index))), index);

/**
 * The two records on the sides of what a query compares, or names with "and" between; those must be of one kind, and the query
 * nothing but their names.
 * @param {string} text
 * @param {[string, string] | null} said The sides of what it compares.
 * @param {Index} index
 */
const onSides = async (text, said, index) => {
  const sides = said ?? besideEachOther(text, index.words);
  const ways = sides ? completed(sides) : [];
  const all = said ? ways.map((each, place) => [...each, ...namesIn(said[place], !place, index)]) : ways;
  const pair = sides && paired(await Promise.all(all.map(each => namedOf(each, index))), index);
  return pair && (said || areAlike(pair, index)) ? pair : undefined;
};

/**
 * The records that a query compares, or names side by side.
 * @param {string} text
 * @param {Index} index
 */
const setSideBySide = async (text, index) => {
  const names = relatedIn(text, index);
  const said = compared(text, index.words);
  const many =
    names.length > 2
      ? await namedAlike(
          names.map(name => [name]),
          index,
        )
      : undefined;
  const found = many ?? (await onSides(text, said, index));
  const [one, other, more] = names.length ? names : onlyNames(said ?? [], index);
  return found ?? (other && !more ? namedAlike(completed([one, other]), index) : undefined);
};

/**
 * The kinds of record that the words of a query ask for, apart from those that say how it is asked.
 * @param {string} text
 * @param {Index} index
 */
const kindsNamed = (text, { asking, meant }) =>
  new Set(wordsOf(text).flatMap(word => (asking.has(word) ? [] : (meant.get(stem(word)) ?? []))));

/**
 * Whether a record is about all of some others: an overview or explainer that has their titles in its own, or one of a kind that
 * is asked for, as a voyage of two, which has a name of each.
 * @param {number} record
 * @param {number[]} others
 * @param {Set<string>} asked The kinds that are asked for.
 * @param {Index} index
 */
const isAbout = (record, others, asked, index) => {
  const { records } = index;
  const { at, title } = records[record];
  const kind = kindOf(record, index);
  const own = new Set(stemsOf(title));
  const has = (/** @type {string} */ name) => stemsOf(name).every(word => own.has(word));
  if (at.includes("#") || others.includes(record)) return false;
  if (asked.has(kind)) return others.every(other => [records[other].title, ...records[other].names].some(has));
  return ABOUT.has(kind) && others.every(other => has(records[other].title));
};

/**
 * Puts what a query compares first, one after the other, below what is about all of them. Says whether it compares something.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
const addCompared = async (text, { scores, fits }, index) => {
  const firsts = isName(fits) ? undefined : await setSideBySide(inFigures(text, index), index);
  if (!firsts) return false;
  const most = Math.max(0, ...scores.values());
  const asked = kindsNamed(text, index);
  const about = [...scores].filter(([record]) => isAbout(record, firsts, asked, index));
  for (const [place, record] of firsts.entries()) scores.set(record, most + RANKING.compared * (1 - place / 10));
  for (const [record, score] of about) scores.set(record, most + RANKING.compared * (1.1 + score / 1000));
  return true;
};

/**
 * Puts the record first that alone counts what a query asks the number of, unless the query is a name. Says whether there is one.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
const addCounting = (text, { scores, fits }, index) => {
  if (isName(fits)) return false;
  const ways = [text, ...reworded(text, index.synonyms)].map(way => countingRecord(way, index));
  const record = ways.find(each => each !== undefined);
  if (record !== undefined) scores.set(record, Math.max(0, ...scores.values()) + RANKING.compared);
  return record !== undefined;
};

/**
 * Puts the best record of the one kind that a query asks for first, where it fits about as well as what is of another kind and
 * about no more than one thing, unless the query is a name.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
const preferAsked = (text, { scores, fits }, index) => {
  const asked = kindsNamed(text, index);
  const order = asked.size === 1 && !isName(fits) ? ordered(scores) : [];
  const best = order.find(record => asked.has(kindOf(record, index)));
  if (best === undefined || ABOUT.has(kindOf(order[0], index))) return;
  const most = scores.get(order[0]) ?? 0;
  if ((scores.get(best) ?? 0) >= most * RANKING.kindBeside) scores.set(best, most * (1 + 1e-6));
};

/**
 * Puts the records first that are of the kind and have all the values which a query names, if it names nothing else: "old
 * lamps in the north". Of those that fit as well, the ones with fewer values are more about each.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
const preferListed = (text, { scores, fits }, index) => {
  const { records, values, meant, stop, asking } = index;
  const asked = kindsNamed(text, index);
  if (asked.size !== 1 || isName(fits)) return;
  const words = wordsOf(text);
  const tells = (/** @type {string} */ word) => !stop.has(word) && !asking.has(word) && !meant.has(stem(word));
  const telling = [...words.keys()].filter(place => tells(words[place]));
  const isOwnPage = (/** @type {string[]} */ name, /** @type {number} */ record) =>
    name.join(" ") === stemsOf(records[record].title).join(" ");
  const without = values.filter(
    ({ names, records: those }) => !those.some(each => names.some(name => isOwnPage(name, each))),
  );
  const having = withValues(words.map(stem), telling, without);
  const listed = having.records.filter(record => asked.has(kindOf(record, index)));
  const valuesOf = (/** @type {number} */ record) => having.keys.flatMap(key => records[record].facets[key]).length;
  const fit = (/** @type {number} */ record) => (scores.get(record) ?? 0) * (1 + RANKING.fewValues / valuesOf(record));
  const first = listed.sort((one, other) => fit(other) - fit(one)).slice(0, RANKING.listed);
  const most = Math.max(0, ...scores.values());
  for (const [place, record] of first.entries()) scores.set(record, most * (1 + (first.length - place) * 1e-6));
};

/**
 * What a query numbers that there is not, in names or in texts.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 * @param {InTexts} inTexts
 */
const absent = async (text, { fits }, index, inTexts) => {
  const found = absentIn(text, index);
  if (!found || [...fits.values()].some(({ exact }) => exact >= RANKING.exactStem)) return null;
  return found.isSymbol && (await inTexts(found.whole)).size ? null : found;
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
 * Whether so much of a query stands nowhere that it has no answer; of a comparison, one of its two sides.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
const isUnanswered = (text, { lack, isMostKnown }, { words }) =>
  lack > RANKING.lackingShare && (!isMostKnown || compared(text, words) !== null);

/** @type {Found} */
const NOTHING = {
  words: [],
  lacking: [],
  results: [],
  also: [],
  nearest: [],
  unnumbered: false,
};

/**
 * Answers a query.
 * @param {string} text
 * @param {Index} index
 * @param {InTexts} inTexts
 * @returns {Promise<Found>}
 */
export const find = async (text, index, inTexts) => {
  const asked = wordsOf(text).slice(0, RANKING.mostWords);
  if (!asked.length) return NOTHING;
  const all = await weighedAll(text, index, inTexts);
  const { scores, words, lacking } = all;
  const missing = await absent(text, all, index, inTexts);
  const nearest = missing?.nearest ?? (isName(all.fits) ? [] : nearestInTime(text, scores, index));
  const unnumbered = nearest.length > 0 || Boolean(missing);
  if (missing?.isSymbol) return { ...NOTHING, lacking, nearest, unnumbered };
  preferAsked(text, all, index);
  preferListed(text, all, index);
  const isKnown = addCounting(text, all, index) || (await addCompared(text, all, index));
  if (!unnumbered && !isKnown && isUnanswered(text, all, index))
    return {
      ...NOTHING,
      lacking,
      nearest: ordered(scores).slice(0, RANKING.nearest),
    };
  const most = Math.max(0, ...scores.values());
  for (const [place, record] of nearest.entries()) scores.set(record, most + RANKING.compared * (1 - place / 10));
  const results = ordered(scores);
  const also = namesakes(results, asked.join(""), all, index);
  const rest = results.slice(1).filter(record => !also.includes(record));
  const order = [...results.slice(0, 1), ...also, ...rest];
  return {
    words: [...new Set(words)],
    lacking,
    results: order,
    also,
    nearest: [],
    unnumbered,
  };
};
