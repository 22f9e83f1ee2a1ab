/* The names by their words: what is looked up for every query, made once when the names are loaded. */

import { fold } from "../shared/fold.js";
import { countedIn } from "./counted.js";
import { editionsOf } from "./editions.js";
import { soundOf } from "./matching.js";
import { lastOf } from "./names.js";
import { askedBy, monthsOf, officesOf } from "./offices.js";
import { partNamesOf } from "./parts.js";
import { valuesNamed } from "./places.js";
import { RANKING } from "./ranking.js";
import { endsOf } from "./scripts.js";
import { seriesOf } from "./series.js";
import { slotsOf } from "./slots.js";
import { atOnce, each } from "./steps.js";
import { synonymsOf } from "./synonyms.js";
import { stem, wordsIn, wordsOf } from "./words.js";

/** @import { Counted } from "./counted.js" */
/** @import { Editions } from "./editions.js" */
/** @import { NameList } from "./names.js" */
/** @import { Office } from "./offices.js" */
/** @import { PartNames } from "./parts.js" */
/** @import { FacetValue } from "./places.js" */
/** @import { Numbered } from "./series.js" */
/** @import { Synonym } from "./synonyms.js" */

/**
 * A word that names have.
 * @typedef {object} Entry
 * @property {string} word
 * @property {string} stem
 * @property {number[]} in Numbers of the names that have it, in `Index.all`.
 * @property {number} records How many records have it in a name.
 */
/**
 * One name of a record.
 * @typedef {object} Name
 * @property {number} record
 * @property {string[]} words
 * @property {boolean} other Whether it is another name than the title.
 * @property {boolean} code Whether it is an abbreviation.
 * @property {boolean} ident Whether it is a short id that does not abbreviate the title, as AI for Anguilla.
 * @property {string} whole Its words as one.
 * @property {number} weight The sum of those of its words.
 */
/**
 * The names as the search looks them up.
 * @typedef {object} Lookup
 * @property {Map<string, Entry>} vocabulary Word -> entry.
 * @property {Map<string, Entry[]>} stems
 * @property {Name[]} all
 * @property {Map<string, Name[]>} wholes
 * @property {Set<string>} stop Words that say little by themselves.
 * @property {Map<string, string[]>} meant Stem of a word -> the kinds of record that it asks for.
 * @property {Map<string, Synonym[]>} synonyms What people say for words of the dossier, by its first word.
 * @property {Office[]} offices
 * @property {string[]} months The names of the months, folded.
 * @property {Map<string, string>} asked Words that say how a question is asked -> how.
 * @property {Set<string>} asking All words that say how a question is asked.
 * @property {Counted[]} counting What only one record counts.
 * @property {Map<string, Editions>} editions The name that editions of a thing share -> these.
 * @property {FacetValue[]} values The values of the facets that are names.
 * @property {PartNames} partNames What a query may name as a part of a text.
 * @property {Map<string, Entry[]>} sounds How a word of a name sounds -> the words that sound so.
 * @property {(count: number) => number} rarity What a word counts that so many records have.
 * @property {(word: string, texts?: number) => number} weigh The weight of a word that so many texts have.
 * @property {number[]} slots That of the text of each record, in the index of texts.
 * @property {Map<number, number>} numbers Slot -> number of the record.
 * @property {Map<string, Numbered[]>} series The names that have a number, by the words beside it.
 * @property {Map<number, string>} heads Number of the index of a section -> the kind that it lists.
 */
/** @typedef {NameList & Lookup} Index */

/** Letters of the longest code that may be an abbreviation of something else. */
const CODE = 3;

/**
 * Whether letters stand in a list in their order, with or without others between them.
 * @param {string[]} letters
 * @param {string[]} every
 */
const isInPart = (letters, every) => {
  let met = 0;
  for (const letter of every) if (letter === letters[met]) met += 1;
  return met === letters.length;
};

/**
 * The id of a record, where it is short and does not abbreviate the title; the words of the title are only then looked at.
 * @param {string} at
 * @param {string} title
 */
const shortIdent = (at, title) => {
  const ident = lastOf(at).toLowerCase();
  if (ident.length > CODE) return undefined;
  const initials = wordsOf(title).map(word => word[0]);
  return isInPart([...ident], initials) ? undefined : ident;
};

/** One word with two capitals. */
const ABBREVIATION = /^[\p{L}\p{N}-]*\p{Lu}[\p{L}\p{N}-]*\p{Lu}[\p{L}\p{N}-]*$/u;

/**
 * The list at a key, put there if it is not.
 * @template Key, Item
 * @param {Map<Key, Item[]>} map
 * @param {Key} key
 */
const listed = (map, key) => {
  let found = map.get(key);
  if (!found) {
    found = [];
    map.set(key, found);
  }
  return found;
};

/** @param {string} name */
const isCode = name => !name.includes(" ") && ABBREVIATION.test(name);

/** Latin letters without marks, in which no run ends. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * The last letters of the runs in a name.
 * @param {string} name
 */
const endsIn = name => (PLAIN.test(name) ? [] : endsOf(fold(name)));

/**
 * Notes every name of every record under its words.
 * @param {NameList} list
 * @returns {Generator<void, { vocabulary: Map<string, Entry>, stems: Map<string, Entry[]>, all: Name[] }>}
 */
const noting = function* ({ records }) {
  /** @type {Map<string, Entry>} */
  const vocabulary = new Map();
  /** @type {Map<string, Entry[]>} */
  const stems = new Map();
  /** @type {Name[]} */
  const all = [];
  /** @type {(word: string, record: number) => void} */
  const add = (word, record) => {
    let entry = vocabulary.get(word);
    if (!entry) {
      entry = { word, stem: stem(word), in: [], records: 0 };
      vocabulary.set(word, entry);
      listed(stems, entry.stem).push(entry);
    }
    const before = entry.in.at(-1);
    if (before === undefined || all[before].record !== record) entry.records += 1;
    entry.in.push(all.length - 1);
  };
  yield* each(records, ({ at, title, names }, record) => {
    const short = shortIdent(at, title);
    for (const [place, name] of [title, ...names].entries()) {
      const words = wordsOf(name);
      if (!words.length) continue;
      const other = place > 0;
      all.push({
        record,
        words,
        other,
        code: isCode(name),
        ident: other && name.toLowerCase() === short,
        whole: words.join(""),
        weight: 0,
      });
      for (const word of new Set([...words, ...endsIn(name)])) add(word, record);
    }
  });
  return { vocabulary, stems, all };
};

/**
 * Makes a value when it is first asked for: few queries have a number or a month.
 * @template Value
 * @param {() => Value} make
 */
const once = make => {
  /** @type {Value | undefined} */
  let known;
  return () => {
    known ??= make();
    return known;
  };
};

/**
 * The stems of words that ask for kinds of record, folded as those of a query are.
 * @param {Record<string, string[]>} meant
 */
const askingWords = meant => {
  /** @type {Map<string, string[]>} */
  const kinds = new Map();
  for (const [kind, words] of Object.entries(meant)) {
    for (const word of new Set(words.flatMap(wordsOf).map(stem))) listed(kinds, word).push(kind);
  }
  return kinds;
};

/**
 * How a word of names sounds -> the words that sound so, but for short ones.
 * @param {Map<string, Entry>} vocabulary
 * @returns {Map<string, Entry[]>}
 */
const soundsOf = vocabulary => {
  const long = [...vocabulary.values()].filter(({ word }) => word.length >= RANKING.soundLetters);
  /** @type {Map<string, Entry[]>} */
  const found = new Map();
  for (const entry of long) listed(found, soundOf(entry.word)).push(entry);
  return found;
};

/**
 * The words with which a question is asked.
 * @param {NameList["words"]} words
 */
const askedIn = ({ meant, asks }) => ({
  meant: askingWords(meant),
  asking: wordsIn(Object.values(asks).flat()),
  asked: askedBy(asks),
});

/**
 * What words count: the fewer records have them, the more; less by far where they say little by themselves.
 * @param {number} records How many there are.
 * @param {Map<string, Entry[]>} stems
 * @param {Set<string>} stop
 * @returns {Pick<Index, "rarity" | "weigh">}
 */
const weighers = (records, stems, stop) => {
  /** @type {Index["rarity"]} */
  const rarity = count => Math.log(1 + records / (1 + count));
  /** @type {Index["weigh"]} */
  const weigh = (word, texts = 0) => {
    const named = (stems.get(stem(word)) ?? []).map(entry => entry.records);
    const count = Math.max(texts / RANKING.textsPerName, ...named);
    return rarity(count) * (stop.has(word) ? RANKING.stopWord : 1);
  };
  return { rarity, weigh };
};

/**
 * Makes the index of the names, in steps.
 * @param {NameList} list
 * @returns {Generator<void, Index>}
 */
export const indexing = function* (list) {
  const { records, kinds, words } = list;
  const { vocabulary, stems, all } = yield* noting(list);
  const stop = wordsIn(words.stop);
  const { rarity, weigh } = weighers(records.length, stems, stop);
  /** @type {Map<string, Name[]>} */
  const wholes = new Map();
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const word of vocabulary.keys()) weights.set(word, weigh(word));
  yield* each(all, name => {
    name.weight = name.words.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
    listed(wholes, name.whole).push(name);
  });
  const slots = slotsOf(records.map(({ at }) => at));
  const numbers = new Map(slots.map((slot, number) => [slot, number]));
  const heads = new Map(kinds.map(({ kind, index }) => [records.findIndex(({ at }) => at === index), kind]));
  yield;
  const synonyms = synonymsOf(words.synonyms);
  yield;
  const found = { vocabulary, stems, all, wholes, stop, rarity, weigh, slots, numbers, heads, synonyms };
  const [offices, values] = [officesOf(list), valuesNamed(list)];
  const [series, months] = [once(() => seriesOf(list, all, stop)), once(() => monthsOf(list.language))];
  const [sounds, partNames] = [once(() => soundsOf(vocabulary)), once(() => partNamesOf(list))];
  const [counting, editions] = [once(() => countedIn(list)), once(() => editionsOf(list, stop))];
  const made = { ...list, ...askedIn(words), ...found };
  return {
    ...made,
    get counting() {
      return counting();
    },
    get editions() {
      return editions();
    },
    offices,
    values,
    get partNames() {
      return partNames();
    },
    get sounds() {
      return sounds();
    },
    get series() {
      return series();
    },
    get months() {
      return months();
    },
  };
};

/**
 * Makes the index of the names at once.
 * @param {NameList} list
 */
export const indexOf = list => atOnce(indexing(list));
