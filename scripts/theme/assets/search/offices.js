/* Who holds an office: the people who held what a query names, the holder of today first, or of the time that it asks for. */

import { RANKING } from "./ranking.js";
import { stemsOf } from "./synonyms.js";
import { stem, wordsOf } from "./words.js";
import { yearsIn } from "./years.js";

/** @import { NameList } from "./names.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * An office that a person held.
 * @typedef {object} Office
 * @property {number} record Number of the person.
 * @property {string} key The same for all who held it.
 * @property {number} page Number of the record of the office itself; -1 without one.
 * @property {number} start The year in which it began; 0 where that is not known.
 * @property {number} end The year in which it ended; 0 for one that is held today.
 * @property {Set<string>[]} names The stems of the words by which it is known, name by name.
 */
/**
 * How a query asks for who held an office.
 * @typedef {object} Time
 * @property {Set<string>} asks Which kinds of words of `asks` it has.
 * @property {{ first: number, last: number }[]} years
 */

const YEAR = /^(?:1[89]|20)\d\d$/;
/** Words of the longest name of an organisation that is part of the name of an office. */
const LONGEST = 8;

/**
 * The offices of all people.
 * @param {NameList} list
 * @returns {Office[]}
 */
export const officesOf = ({ records }) =>
  records.flatMap(({ held }, record) =>
    held.map(([title, of, page, start, end]) => {
      const whole = records[of];
      const every = whole ? [whole.title, ...whole.names] : [""];
      const named = every.map(stemsOf).filter(words => words.length <= LONGEST);
      const names = named.map(words => new Set([...stemsOf(title), ...words]));
      return { record, key: `${title} ${of}`, page, start, end, names };
    }),
  );

/**
 * The words that say how a question is asked -> the kinds of such words.
 * @param {Record<string, string[]>} asks
 */
export const askedBy = asks => {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const kind of ["who", "now", "former", "first", "before", "after"]) {
    for (const word of (asks[kind] ?? []).flatMap(wordsOf)) found.set(word, kind);
  }
  return found;
};

/**
 * How well the words of a query, without those that say how it is asked, name an office: 0 to 1.
 * @param {string[]} sought
 * @param {Office} office
 * @param {Index["weigh"]} weigh
 * @param {boolean} isAsked Whether the query asks who it is that leads, so that it need not call the office by its name.
 */
const fitOf = (sought, { names }, weigh, isAsked = false) => {
  const part = isAsked ? RANKING.partOfOffice : RANKING.partOfName;
  const all = sought.reduce((sum, word) => sum + weigh(word), 0) || 1;
  return Math.max(
    ...names.map(name => {
      const held = sought.filter(word => name.has(word));
      const own = [...name].reduce((sum, word) => sum + weigh(word), 0) || 1;
      const met = held.reduce((sum, word) => sum + weigh(word), 0);
      return (met / all) * (part + (1 - part) * (met / own));
    }),
    0,
  );
};

/**
 * Which part of a span of years lies between two others: 0 to 1; one year or an open end counts as a whole or not at all.
 * @param {{ first: number, last: number }} span
 * @param {number} start
 * @param {number} end
 */
const heldOf = ({ first, last }, start, end) => {
  const years = Math.min(last, end) - Math.max(first, start);
  if (years < 0) return 0;
  return last > first && Number.isFinite(last - first) ? years / (last - first) : 1;
};

/**
 * How much of the time that is asked for an office was held, 0 to 1; where none is, whether nobody is known to have held it later.
 * @param {Office} office
 * @param {Time} time
 * @param {Office[]} every
 */
const timely = ({ key, record, start, end }, { asks, years }, every) => {
  const same = every.filter(other => other.key === key);
  if (years.length) return start > 0 ? Math.max(...years.map(span => heldOf(span, start, end || Infinity))) : 0;
  if (asks.has("first")) return Number(start === Math.min(...same.flatMap(other => other.start || [])));
  if (asks.has("former")) return Number(end > 0);
  const isLater = (/** @type {Office} */ other) => other.record !== record && (!other.end || other.end > end);
  return Number(!end || !same.some(isLater));
};

/**
 * Who came before or after somebody in the same office.
 * @param {Office} office
 * @param {boolean} after
 * @param {Office[]} every
 */
const neighbour = ({ key, start, record }, after, every) => {
  const others = every.filter(other => other.key === key && other.record !== record && other.start);
  const side = others.filter(other => (after ? other.start >= start : other.start <= start));
  return side.sort((a, b) => (after ? a.start - b.start : b.start - a.start))[0];
};

/**
 * The people whose surname is in a query.
 * @param {string[]} asked
 * @param {Index} index
 */
const namedIn = (asked, { offices, records }) =>
  offices.filter(({ record }) => wordsOf(records[record].title).some(word => word.length > 3 && asked.includes(word)));

/**
 * Who came before or after somebody that a query names; in the office that the rest of it fits best.
 * @param {string[]} sought
 * @param {Office[]} named
 * @param {boolean} after
 * @param {Index} index
 */
const besides = (sought, named, after, { weigh, offices }) => {
  const fitting = named.map(office => ({ office, fit: sought.length ? fitOf(sought, office, weigh) : 1 }));
  const [best] = fitting.sort((a, b) => b.fit - a.fit);
  const next = neighbour(best.office, after, offices);
  return new Map(next ? [[next.record, 1]] : []);
};

/**
 * Who held the offices that the words of a query fit, and the pages of these offices.
 * @param {string[]} sought
 * @param {Time} time
 * @param {Index} index
 */
const fittingOffices = (sought, time, { weigh, offices }) => {
  /** @type {Map<number, number>} */
  const found = new Map();
  /** @type {(record: number, fit: number) => void} */
  const note = (record, fit) => {
    if (record >= 0) found.set(record, Math.max(found.get(record) ?? 0, fit));
  };
  for (const office of offices) {
    const fit = fitOf(sought, office, weigh, time.asks.has("who"));
    if (fit < RANKING.officeFit) continue;
    note(office.record, fit * (RANKING.otherTime + (1 - RANKING.otherTime) * timely(office, time, offices)));
    note(office.page, fit * (time.years.length ? RANKING.officeThen : 1));
  }
  return found;
};

/**
 * Number of a record -> how well it answers a query for who holds or held an office: 0 to 1.
 * @param {string} text
 * @param {Index} index
 * @returns {Map<number, number>}
 */
export const holders = (text, index) => {
  const asked = wordsOf(text);
  const said = asked.map(word => index.asked.get(word) ?? "");
  const time = { asks: new Set(said), years: yearsIn(text, asked, index.words.asks) };
  const named = time.asks.has("before") || time.asks.has("after") ? namedIn(asked, index) : [];
  const names = new Set(named.flatMap(({ record }) => wordsOf(index.records[record].title)));
  const telling = (/** @type {string} */ word) =>
    !index.asking.has(word) && !index.stop.has(word) && !YEAR.test(word) && !names.has(word);
  const sought = asked.filter(telling).map(stem);
  if (named.length) return besides(sought, named, time.asks.has("after"), index);
  return sought.length ? fittingOffices(sought, time, index) : new Map();
};
