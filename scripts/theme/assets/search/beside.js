/* What a query sets side by side: the records that it compares, and what is about all of them. */

import { besideEachOther, compared, completed, relatedIn } from "./comparing.js";
import { editionCalled, editionsIn, isOnChange } from "./editions.js";
import { ABOUT, kindsNamed } from "./kinds.js";
import { kindOf } from "./names.js";
import { holders } from "./offices.js";
import { RANKING } from "./ranking.js";
import { inFigures } from "./respelling.js";
import { reworded, stemsOf } from "./synonyms.js";
import { takenApart } from "./within.js";
import { inNone, isName, ordered, weighedAll } from "./wordings.js";
import { wordsOf } from "./words.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { Weighed } from "./weighing.js" */

/** The kind of record that others rest on. */
const SOURCE = "source";

/**
 * The records that something which is compared is the name of, in the first of some wordings that is one; the best first. That
 * of a source only where no wording is the name of something else.
 * @param {string[]} ways
 * @param {Index} index
 * @param {boolean} [isCompared] Whether a word compares it with something, so that it may be an office as well.
 */
const namedOf = async (ways, index, isCompared = false) => {
  /** @type {number[]} */
  let sources = [];
  for (const way of ways) {
    const { scores } = await weighedAll(way, index, inNone);
    const named = ordered(scores).filter(record => (scores.get(record) ?? 0) >= RANKING.exact * RANKING.otherExact);
    const own = named.filter(record => kindOf(record, index) !== SOURCE);
    if (own.length) return own;
    if (!sources.length) sources = named;
    const edition = editionCalled(way, index);
    if (edition !== undefined) return [edition];
    const every = [way, ...reworded(way, index.synonyms)].flatMap(each => [...holders(each, index)]);
    const held = every.filter(([, fit]) => isCompared && fit >= RANKING.officeCompared);
    if (held.length) return held.sort((one, other) => other[1] - one[1]).map(([record]) => record);
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
  const pair = sides && paired(await Promise.all(all.map(each => namedOf(each, index, said !== null))), index);
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

/** So many words of a title say which page is meant, where they stand in a query one after the other. */
const TITLE = 3;

/**
 * Whether a query has the whole title of an overview or explainer.
 * @param {string} text
 * @param {number} record
 * @param {Index} index
 */
const isTitled = (text, record, index) => {
  const title = wordsOf(index.records[record].title);
  return (
    ABOUT.has(kindOf(record, index)) &&
    title.length >= TITLE &&
    ` ${wordsOf(text).join(" ")} `.includes(` ${title.join(" ")} `)
  );
};

/** No editions. */
const NONE = { records: [], isWhole: false };

/**
 * Puts what a query compares first, one after the other, below what is about all of them. Says whether it compares something.
 * @param {string} text
 * @param {Weighed} whole
 * @param {Index} index
 */
export const addCompared = async (text, { scores, fits }, index) => {
  const { records, isWhole } = isName(fits) ? NONE : editionsIn(text, index);
  const firsts = records.length || isName(fits) ? records : await setSideBySide(inFigures(text, index), index);
  if (!firsts?.length) return false;
  const most = Math.max(0, ...scores.values());
  const asked = kindsNamed(text, index);
  const isOnEditions = (/** @type {number} */ record) =>
    ABOUT.has(kindOf(record, index)) && isOnChange(index.records[record].title, firsts, index);
  const isOn = (/** @type {number} */ record) =>
    (firsts.length > 1 && (isAbout(record, firsts, asked, index) || isTitled(text, record, index))) ||
    (isWhole && isOnEditions(record));
  const about = [...scores].filter(([record]) => isOn(record));
  for (const [place, record] of firsts.entries())
    scores.set(record, most + RANKING.compared * (1 - place / Math.max(10, 2 * firsts.length)));
  for (const [record, score] of about) scores.set(record, most + RANKING.compared * (1.1 + score / 1000));
  return true;
};
