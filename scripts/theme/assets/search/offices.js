/* Who holds an office: the people who held what a query names, the holder of today first, or of the time that it asks for. */

import { RANKING } from "./ranking.js";
import { stemsOf } from "./synonyms.js";
import { byName, byText, byValue } from "./telling.js";
import { isYear, stem, wordsOf } from "./words.js";
import { yearsIn } from "./years.js";

/** @import { NameList } from "./names.js" */
/** @import { Tells } from "./telling.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * An office that a person held.
 * @typedef {object} Office
 * @property {number} record Number of the person.
 * @property {string} title
 * @property {string} key The same for all who held it.
 * @property {number} of Number of the organisation; -1 without one.
 * @property {number} page Number of the record of the office itself; -1 without one.
 * @property {number} start The month in which it began, counted from the year 0; 0 where that is not known.
 * @property {number} end That in which it ended; 0 for one that is held today.
 * @property {Set<string>[]} names The stems of the words by which it is known, name by name.
 */
/**
 * How a query asks for who held an office.
 * @typedef {object} Time
 * @property {Set<string>} asks Which kinds of words of `asks` it has.
 * @property {{ first: number, last: number }[]} spans In months.
 */
/**
 * Looks up how well the text of each record fits a word.
 * @typedef {(word: string) => Map<number, number>} TextsOf
 */

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
      const titles = new Set([title, title.split(",")[0]].map(each => stemsOf(each).join(" ")));
      const names = [...titles].flatMap(each => named.map(words => new Set([...each.split(" "), ...words])));
      return { record, title, key: page < 0 ? `${title} ${of}` : String(page), of, page, start, end, names };
    }),
  );

/**
 * The words that say how a question is asked -> the kinds of such words.
 * @param {Record<string, string[]>} asks
 */
export const askedBy = asks => {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const kind of ["who", "now", "former", "first", "before", "after", "replace", "many"]) {
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
 * Which part of a span of months lies between two others: 0 to 1; an open end counts as a whole or not at all.
 * @param {{ first: number, last: number }} span
 * @param {number} start
 * @param {number} end
 */
const heldOf = ({ first, last }, start, end) => {
  const months = Math.min(last, end) - Math.max(first, start) + 1;
  if (months <= 0) return 0;
  return Number.isFinite(last - first) ? months / (last - first + 1) : 1;
};

/**
 * How much of the time that is asked for an office was held, 0 to 1; where none is, whether nobody is known to have held it later.
 * @param {Office} office
 * @param {Time} time
 * @param {Office[]} every
 */
const timely = ({ key, record, start, end }, { asks, spans }, every) => {
  const same = every.filter(other => other.key === key);
  if (spans.length) return start > 0 ? Math.max(...spans.map(span => heldOf(span, start, end || Infinity))) : 0;
  if (asks.has("first")) return Number(start === Math.min(...same.flatMap(other => other.start || [])));
  if (asks.has("former")) return Number(end > 0);
  const isLater = (/** @type {Office} */ other) =>
    other.record !== record && (!other.end || other.end > end || (other.end === end && other.start > start));
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
 * Notes who held an office, and the page of the office.
 * @param {Map<number, number>} found
 * @param {Office} office
 * @param {number} holder How well who held it fits.
 * @param {number} page How well its page does.
 */
const note = (found, office, holder, page) => {
  for (const [record, fit] of [
    [office.record, holder],
    [office.page, page],
  ]) {
    if (record >= 0) found.set(record, Math.max(found.get(record) ?? 0, fit));
  }
};

/**
 * Whether a query asks for who holds an office now, of which only the former holders are known.
 * @param {Office} office
 * @param {Time} time
 * @param {Office[]} every
 */
const isVacant = ({ key, of }, { asks, spans }, every) =>
  of >= 0 && asks.has("now") && !spans.length && every.every(other => other.key !== key || other.end > 0);

/**
 * Months between the time in which an office was held and that which is asked for; less than one where they meet.
 * @param {Office} office
 * @param {Time} time
 */
const away = ({ start, end }, { spans }) =>
  Math.min(...spans.map(({ first, last }) => Math.max(start - last, first - (end || Infinity), 0)));

/**
 * Whether nobody is known to have held an office at the time that is asked for nor near it, though all its holders are known with
 * their dates and somebody held it later: the time before the records begin, or a gap in them.
 * @param {Office} office
 * @param {Time} time
 * @param {Office[]} every
 */
const isUnheld = ({ key, page, of }, time, every) => {
  const same = every.filter(other => other.key === key);
  const isLater = (/** @type {Office} */ { start }) => time.spans.every(({ last }) => start > last);
  return (
    time.spans.length > 0 &&
    Math.max(page, of) >= 0 &&
    same.some(isLater) &&
    same.every(other => other.start && away(other, time) > RANKING.officeGap)
  );
};

/**
 * How well the time in which an office was held is that which is asked for: 1 within it, less beside it and further away.
 * @param {Office} office
 * @param {Time} time
 * @param {Office[]} every
 */
const timeFit = (office, time, every) => {
  if (isVacant(office, time, every)) return RANKING.otherTime;
  const near = time.spans.length ? RANKING.otherNear / (1 + away(office, time) / 12) : 0;
  const other = Math.min(1, RANKING.otherTime + near);
  return other + (1 - other) * timely(office, time, every);
};

/**
 * Whether a query asks for another time than today, so that who held an office then comes before its page. All who held it since a
 * year are listed there.
 * @param {Time} time
 */
const isOfThen = ({ asks, spans }) =>
  spans.some(({ first, last }) => Number.isFinite(last - first)) || asks.has("first") || asks.has("former");

/**
 * Who held the offices that the words of a query fit, and the pages of these offices; where nobody held one at the time that is
 * asked for, its page comes before those who held it, the nearest first.
 * @param {string[]} sought
 * @param {Time} time
 * @param {Index} index
 */
const fittingOffices = (sought, time, { weigh, offices }) => {
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const office of offices) {
    const fit = fitOf(sought, office, weigh, time.asks.has("who"));
    if (fit < RANKING.officeFit) continue;
    const [unheld, vacant] = [isUnheld, isVacant].map(is => is(office, time, offices));
    const page = unheld || !isOfThen(time) ? 1 : RANKING.officeThen;
    note(found, office, fit * timeFit(office, time, offices), fit * page);
    if (vacant || (unheld && office.page < 0)) found.set(office.of, fit);
  }
  return found;
};

/**
 * The holders of offices whom the words of a query tell that the name of the office has not, where a fourth of its holders are
 * told by none of them ("the Norwegian warden"), best who held it at the time that is asked for; and the pages of the offices.
 * @param {string[]} sought
 * @param {Time} time
 * @param {Index} index
 * @param {Tells} isTold
 */
const chosenHolders = (sought, time, { weigh, offices }, isTold) => {
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const office of offices) {
    const [rest, others] = [true, false].map(is =>
      sought.filter(word => office.names.some(name => name.has(word)) === is),
    );
    const every = offices.filter(({ key }) => key === office.key);
    const has = (/** @type {Office} */ { record }) => isTold(others, record);
    const isChoice = others.length > 0 && has(office);
    const isTitled = rest.some(word => stemsOf(office.title).includes(word));
    const fit = isChoice && isTitled ? fitOf(rest, office, weigh, time.asks.has("who")) : 0;
    if (fit >= RANKING.officeFit && every.filter(has).length * 4 <= every.length * 3)
      note(found, office, fit * timeFit(office, time, every.filter(has)), fit * RANKING.officeThen * RANKING.otherTime);
  }
  return found;
};

/**
 * The names of the months in a language, folded, in their order.
 * @param {string} language
 */
export const monthsOf = language => {
  const format = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
  return [...Array(12).keys()].map(month => wordsOf(format.format(new Date(Date.UTC(2001, month)))).join(" "));
};

/**
 * The spans of time that a query names, in months; of one year, only the month that it names with it.
 * @param {string} text
 * @param {string[]} asked
 * @param {Index} index
 */
const spansIn = (text, asked, index) => {
  const years = yearsIn(text, asked, index.words.asks);
  const month = years.length ? index.months.findIndex(name => asked.includes(name)) : -1;
  return years.map(({ first, last }) =>
    first === last && month >= 0
      ? { first: first * 12 + month, last: first * 12 + month }
      : { first: first * 12, last: last * 12 + 11 },
  );
};

/**
 * How and for which time a query asks.
 * @param {string} text
 * @param {Index} index
 * @returns {Time}
 */
const timeIn = (text, index) => {
  const asked = wordsOf(text);
  return { asks: new Set(asked.map(word => index.asked.get(word) ?? "")), spans: spansIn(text, asked, index) };
};

/**
 * Whether a query asks for who came after somebody it names, and not before: "who replaced Ada", but not "who did Ada replace".
 * @param {string[]} asked
 * @param {string[]} said How each word asks.
 * @param {Set<string>} names
 * @param {Index} index
 */
const isAfter = (asked, said, names, { words }) => {
  if (said.includes("before")) return false;
  const verb = said.indexOf("replace");
  const name = asked.findIndex(word => names.has(word));
  const isPassive = words.asks.by.flatMap(wordsOf).includes(asked[verb + 1]);
  return said.includes("after") || verb < name || isPassive;
};

/** The kinds of words that ask for who came before or after somebody. */
const BESIDES = ["before", "after", "replace"];

/** @type {TextsOf} */
const noTexts = () => new Map();

/**
 * Number of a record -> how well it answers a query for who holds or held an office: 0 to 1.
 * @param {string} text
 * @param {Index} index
 * @param {TextsOf} [textsOf]
 * @returns {Map<number, number>}
 */
export const holders = (text, index, textsOf = noTexts) => {
  const asked = wordsOf(text);
  const said = asked.map(word => index.asked.get(word) ?? "");
  const time = timeIn(text, index);
  if (time.asks.has("many")) return new Map(); // "how many files does the office run" asks for no holder
  const named = BESIDES.some(kind => time.asks.has(kind)) ? namedIn(asked, index) : [];
  const names = new Set(named.flatMap(({ record }) => wordsOf(index.records[record].title)));
  const telling = (/** @type {string} */ word) =>
    !index.asking.has(word) &&
    !index.stop.has(word) &&
    !isYear(word) &&
    !names.has(word) &&
    !(time.spans.length && index.months.includes(word));
  const sought = asked.filter(telling).map(stem);
  if (named.length) return besides(sought, named, isAfter(asked, said, names, index), index);
  if (!sought.length) return new Map();
  // The texts of those who held it before or after somebody have that name as well, so the name itself comes first.
  for (const isTold of [byName(index), byValue(index)]) {
    const told = chosenHolders(sought, time, index, isTold);
    if (told.size) return told;
  }
  const found = fittingOffices(sought, time, index);
  return found.size ? found : chosenHolders(sought, time, index, byText(index, textsOf));
};

/**
 * Puts the page of an office after whoever held it at the time that is asked for, if anybody did.
 * @param {string} text
 * @param {Map<number, number>} scores
 * @param {Map<number, number>} held
 * @param {Index} index
 */
export const lowerOffices = (text, scores, held, index) => {
  const time = timeIn(text, index);
  if (!isOfThen(time)) return;
  const pages = new Set(index.offices.map(({ page }) => page));
  const unheld = new Set(index.offices.filter(each => isUnheld(each, time, index.offices)).map(({ page }) => page));
  const people = [...held.keys()].filter(record => !pages.has(record)).map(record => scores.get(record) ?? 0);
  for (const page of [...held.keys()].filter(record => pages.has(record) && !unheld.has(record))) {
    scores.set(page, Math.min(scores.get(page) ?? 0, RANKING.sourceAfter * Math.max(0, ...people)));
  }
};
