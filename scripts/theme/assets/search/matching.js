/* How well the names of records fit a query. */

import { RANKING } from "./ranking.js";
import { isUnspaced } from "./scripts.js";
import { near, slipsBetween, stem, wordsOf } from "./words.js";

/** @import { Entry, Index, Name } from "./vocabulary.js" */

/**
 * How well the names of a record fit.
 * @typedef {object} NameFit
 * @property {number} fits How much of the query and of the name is met, 0 to 1.
 * @property {number} exact How exactly the name is the query, 0 to 1.
 */

/**
 * Letters from which the beginning of a word counts.
 * @param {string} word
 * @param {boolean} typing Whether it is still being typed.
 */
const lettersToBegin = (word, typing) => {
  if (isUnspaced(word)) return RANKING.beginRun;
  return typing ? RANKING.beginTyping : RANKING.beginDone;
};

/**
 * Whether two words have the same letters, which are in another order ("giuld", "guild").
 * @param {string} one
 * @param {string} other
 */
const isSwapped = (one, other) =>
  one.length === other.length && [...one].sort().join("") === [...other].sort().join("");

/**
 * Whether two words are long enough for a slip in one to be looked for, which may be shorter where letters only changed places;
 * pairs of letters are not words.
 * @param {string} asked
 * @param {string} named
 */
const areLong = (asked, named) =>
  asked.length >= RANKING.slipLetters &&
  (named.length >= RANKING.slipNameLetters || isSwapped(asked, named)) &&
  !isUnspaced(asked);

/**
 * How surely a word of a name is meant by a word of the query that is not the same.
 * @param {string} word
 * @param {Entry} entry
 * @param {{ known: boolean, typing: boolean, code: boolean }} state Whether the query's word is one of a name itself, is being
 *   typed, and is a code, of which another letter makes another thing.
 */
const sureness = (word, entry, { known, typing, code }) => {
  if (word.length >= lettersToBegin(word, typing) && entry.word.startsWith(word)) {
    return (known ? RANKING.begunKnown : RANKING.begun) + RANKING.begunShare * (word.length / entry.word.length);
  }
  if (code || !areLong(word, entry.word) || !(near(word, entry.word) || near(stem(word), entry.stem))) return 0;
  return known ? RANKING.slipKnown : RANKING.slip;
};

/**
 * The words of names that a word of a query may mean -> how surely.
 * @param {string} word
 * @param {{ typing: boolean, code: boolean }} state Whether it is still being typed, and whether it is a code.
 * @param {Index} index
 * @returns {Map<Entry, number>}
 */
export const meanings = (word, { typing, code }, { vocabulary, stems }) => {
  /** @type {Map<Entry, number>} */
  const found = new Map();
  for (const entry of stems.get(stem(word)) ?? []) found.set(entry, entry.word === word ? 1 : RANKING.sameStem);
  if (/^\p{N}+$/u.test(word)) return found;
  const state = { known: found.size > 0, typing, code };
  for (const entry of vocabulary.values()) {
    const sure = found.has(entry) ? 0 : sureness(word, entry, state);
    if (sure) found.set(entry, sure);
  }
  return found;
};

/**
 * The records of which a name has one of some words.
 * @param {Iterable<Entry>} entries
 * @param {Index} index
 */
export const recordsOf = (entries, { all }) =>
  [...entries].flatMap(entry => entry.in.map(number => all[number].record));

/**
 * A word with each letter that stands twice in it once: which of them do is what most slips are about.
 * @param {string} word
 */
const undoubled = word => word.replace(/(.)\1/gu, "$1");

/** What sounds alike in names of many languages, and how it is written here: "Kwuentin" is heard as "Quentin" is. */
const SOUNDS = /** @type {[RegExp, string][]} */ ([
  [/ph/g, "f"],
  [/qu|ck|ch|[cq](?![eiy])/g, "k"],
  [/sch|sh|[zc]/g, "s"],
  [/[jy]/g, "i"],
  [/w/g, "v"],
  [/th/g, "t"],
  [/h/g, ""],
  [/(.)\1+/g, "$1"],
]);

/**
 * How a word sounds, roughly.
 * @param {string} word
 */
export const soundOf = word => SOUNDS.reduce((heard, [written, sound]) => heard.replace(written, sound), word);

/**
 * The words of names that a word with two slips may mean, for one that is found nowhere; they begin alike. Or those that sound alike.
 * @param {string} word
 * @param {Index} index
 * @returns {Map<Entry, number>}
 */
export const guesses = (word, { vocabulary, sounds }) => {
  if (word.length < RANKING.soundLetters || isUnspaced(word)) return new Map();
  const own = undoubled(word);
  const isSlip = (/** @type {Entry} */ entry) =>
    Math.min(word.length, entry.word.length) >= RANKING.guessLetters &&
    entry.word[0] === word[0] &&
    (slipsBetween(word, entry.word, 2) <= 2 || slipsBetween(own, undoubled(entry.word), 1) <= 1);
  const heard = new Set(sounds.get(soundOf(word)));
  const entries = [...vocabulary.values()].filter(entry => heard.has(entry) || isSlip(entry));
  return new Map(entries.map(entry => [entry, RANKING.guess]));
};

/**
 * How exactly one word is another: 0 to 1.
 * @param {string} asked
 * @param {string} named
 */
const alike = (asked, named) => {
  if (asked === named) return 1;
  if (stem(asked) === stem(named)) return RANKING.exactStem;
  const isSlip = near(asked, named) || near(stem(asked), stem(named));
  return areLong(asked, named) && isSlip ? RANKING.exactSlip : 0;
};

/**
 * How exactly the words of a name are those of the query, in their order: 0 to 1.
 * @param {string[]} asked
 * @param {string[]} named
 */
export const same = (asked, named) =>
  asked.length === named.length ? Math.min(1, ...asked.map((word, place) => alike(word, named[place]))) : 0;

/**
 * Number of a name -> how surely each word of the query is met in it.
 * @param {Map<Entry, number>[]} sense
 */
const met = sense => {
  /** @type {Map<number, Float32Array>} */
  const hits = new Map();
  sense.forEach((entries, place) => {
    for (const [entry, sure] of entries) {
      for (const number of entry.in) {
        const hit = hits.get(number) ?? new Float32Array(sense.length);
        hits.set(number, hit);
        if (sure > hit[place]) hit[place] = sure;
      }
    }
  });
  return hits;
};

/**
 * Takes from a name the words of which it has only some, though they are met together or not at all.
 * @param {Float32Array} hit How surely each word of the query is met.
 * @param {number[][]} wholes The places of such words.
 */
const parted = (hit, wholes) => {
  const lost = new Set(wholes.filter(places => places.some(place => !hit[place])).flat());
  return lost.size ? hit.map((sure, place) => (lost.has(place) ? 0 : sure)) : hit;
};

/**
 * How much of the query a name meets, and how much of the name is asked for.
 * @param {Float32Array} hit How surely each word of the query is met.
 * @param {number[]} weights What each counts.
 * @param {Name} name
 */
const fitOf = (hit, weights, { other, code, weight }) => {
  const total = weights.reduce((sum, each) => sum + each, 0) || 1;
  const fits = weights.reduce((sum, each, place) => sum + hit[place] * each, 0) / total;
  const own = weights.reduce((sum, each, place) => sum + (hit[place] > RANKING.ownWord ? each : 0), 0);
  const part = RANKING.partOfName + (1 - RANKING.partOfName) * Math.min(1, own / (weight || 1));
  return fits * part * (other && !code ? RANKING.otherName : 1);
};

/**
 * Whether a name is the abbreviation of what has a page of its own, which comes before what only explains it.
 * @param {Name} name
 * @param {Index} index
 */
const isOwnCode = ({ code, record }, { records }) => code && !records[record].at.includes("#");

/**
 * How exactly a name is the query: 0 to 1; of a longer name only as many words as a query has are compared.
 * @param {string[]} asked
 * @param {Name} name
 * @param {Index} index
 */
const exactness = (asked, name, index) => {
  const other = name.other && !isOwnCode(name, index) ? RANKING.otherExact : 1;
  return same(asked, name.words.slice(0, RANKING.mostWords)) * other * (name.ident ? RANKING.identExact : 1);
};

/**
 * How well the names of each record fit.
 * @param {string[]} asked The words of the query.
 * @param {Map<Entry, number>[]} sense What each may mean.
 * @param {number[]} weights What each counts.
 * @param {Index} index
 * @param {number[][]} wholes Places of words that are met together or not at all.
 * @returns {Map<number, NameFit>} Number of a record -> its best name's fit.
 */
export const byName = (asked, sense, weights, index, wholes) => {
  /** @type {Map<number, NameFit>} */
  const found = new Map();
  /** @type {(record: number, fits: number, exact: number) => void} */
  const note = (record, fits, exact) => {
    const known = found.get(record) ?? { fits: 0, exact: 0 };
    found.set(record, {
      fits: Math.max(known.fits, fits),
      exact: Math.max(known.exact, exact),
    });
  };
  for (const [number, every] of met(sense)) {
    const name = index.all[number];
    const hit = parted(every, wholes);
    if (hit.every(sure => !sure)) continue;
    note(name.record, fitOf(hit, weights, name), exactness(asked, name, index));
  }
  for (const { record, other } of index.wholes.get(asked.join("")) ?? []) {
    note(record, RANKING.fitWhole, other ? RANKING.exactWholeOther : RANKING.exactWhole);
  }
  return found;
};

/**
 * How many letters of a word may be others in a name: of a short word none, unless the name is one short word as well.
 * @param {string} word
 * @param {string[]} named
 */
const mostSlips = ({ length }, named) => {
  if (length < RANKING.slipLetters && named.length > 1) return 0;
  return length < RANKING.guessLetters ? 1 : Math.floor(length * RANKING.nearestSlips);
};

/**
 * How like a word of a query is to the likest word of a name: 0 to 1, and 0 where too many of its letters are others.
 * @param {string} word
 * @param {string[]} named
 */
const likeness = (word, named) => {
  const most = mostSlips(word, named);
  const fewest = Math.min(...named.map(other => slipsBetween(word, other, most)));
  return fewest > most ? 0 : 1 - fewest / word.length;
};

/**
 * The records whose titles or abbreviations have words that look like those of a query that nothing fits.
 * @param {string} text
 * @param {Index} index
 */
export const nearest = (text, { all, stop, asking }) => {
  const asked = wordsOf(text).filter(word => !stop.has(word) && !asking.has(word));
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const { record, words, other, code } of all) {
    if (other && !code) continue;
    const like = asked.reduce((sum, word) => sum + likeness(word, words), 0);
    if (like) found.set(record, Math.max(found.get(record) ?? 0, like / (asked.length + words.length)));
  }
  return [...found]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, RANKING.nearest)
    .map(([record]) => record);
};
