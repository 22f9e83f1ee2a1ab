/* Words that people use for those of the dossier: the lines `used = said, said` of the catalogue, as further wordings of a query. */

import { fold } from "../shared/fold.js";
import { RANKING } from "./ranking.js";
import { isUnspaced, lettersOf, WORD } from "./scripts.js";
import { stem, wordsOf } from "./words.js";

/**
 * What people say for words of the dossier.
 * @typedef {object} Synonym
 * @property {string[]} said Its words without their endings.
 * @property {string} used The words of the dossier.
 */

/**
 * The words of a text without their endings.
 * @param {string} text
 */
export const stemsOf = text => wordsOf(text).map(stem);

/** Endings that make other words of what somebody does, and those of Russian cases, of which the stem of a word takes none off. */
const ENDING =
  /(?:ing|ers?|en|ed|ists?|e|y|[аяоеуюыиь]|[оеыи]и|[ая]я|[оеыи]е|[уюи]ю|ия|[оеыи]в|[аяоеы]м|[аяыи]х|[ое]го|[ое]му|[аяыи]ми)$/u;

/**
 * A word of what people say without its ending, so that one line serves "swindle", "swindled" and "swindlers".
 * @param {string} word
 * @param {number} [least] How many letters must be left.
 */
export const rootOf = (word, least = RANKING.sayingLetters) => {
  const bare = stem(word).replace(ENDING, "");
  return bare.length >= least ? bare.replace(/(.)\1$/u, "$1") : stem(word);
};

/** @param {string} text */
const rootsOf = text => wordsOf(text).map(word => rootOf(word));

/** What stands before a word of French or Italian with an apostrophe instead of a space. */
const ELIDED = /(?<![\p{L}\p{N}'’])(?:[cdjlmnst]|qu|un|[dns]?[ae]ll)['’](?=\p{L}{2})/giu;

/**
 * A text without articles that are one with the next word.
 * @param {string} text
 */
const unelided = text => (/['’]/.test(text) ? text.replace(ELIDED, "") : text);

/**
 * The lines of a catalogue by the first word that people say, the longest first.
 * @param {string[]} lines
 */
export const synonymsOf = lines => {
  /** @type {Map<string, Synonym[]>} */
  const found = new Map();
  for (const line of lines) {
    const [used, every = ""] = line.split("=").map(part => part.trim());
    for (const said of every.split(",").map(unelided).map(rootsOf)) {
      if (said.length) found.set(said[0], [...(found.get(said[0]) ?? []), { said, used }]);
    }
  }
  for (const each of found.values()) each.sort((a, b) => b.said.length - a.said.length);
  return found;
};

/**
 * What of a query the dossier says nothing on.
 * @param {string} text
 * @param {string[]} uncovered
 */
export const beyondIn = (text, uncovered) => {
  const asked = ` ${rootsOf(text).join(" ")} `;
  const said = new Map(uncovered.map(each => [rootsOf(each).join(" "), each])); // one form of each
  return [...said].filter(([roots]) => asked.includes(` ${roots} `)).map(([, each]) => each);
};

/**
 * What the dossier calls a word that stands only within what people say ("harbour" of "harbour lights"): that of the shortest line.
 * @param {string} word
 * @param {Map<string, Synonym[]>} synonyms
 */
const partlyCalled = (word, synonyms) => {
  const root = rootOf(word);
  if (root.length < RANKING.sayingLetters) return undefined;
  const lines = [...synonyms.values()].flat().filter(({ said }) => said.includes(root));
  return lines.sort((a, b) => a.said.length - b.said.length)[0]?.used;
};

/**
 * A query with each of some words, which stand nowhere or almost, in the words of a line that has it within; none if no line has.
 * @param {string} text
 * @param {string[]} lost
 * @param {Map<string, Synonym[]>} synonyms
 * @returns {string[]}
 */
export const recalled = (text, lost, synonyms) => {
  const calls = new Map(lost.map(word => [word, partlyCalled(word, synonyms)]));
  const asked = wordsOf(text);
  return asked.some(word => calls.get(word)) ? [asked.map(word => calls.get(word) ?? word).join(" ")] : [];
};

/**
 * A folded run of letters without spaces in pieces: each that people say as a whole, the longest first, and what stands between.
 * @param {string} run
 * @param {Map<string, Synonym[]>} synonyms
 */
const piecesOf = (run, synonyms) => {
  const letters = lettersOf(run);
  const pairs = wordsOf(run);
  /** @type {string[]} */
  const pieces = [];
  let [start, place] = [0, 0];
  while (place < pairs.length) {
    const fits = (/** @type {Synonym} */ { said }) => said.every((pair, step) => pair === pairs[place + step]);
    const length = (synonyms.get(pairs[place]) ?? []).find(fits)?.said.length;
    if (!length) {
      place += 1;
      continue;
    }
    pieces.push(letters.slice(start, place).join(""));
    start = place + length + 1; // a word of two letters is one pair
    pieces.push(letters.slice(place, start).join(""));
    place = start;
  }
  return [...pieces, letters.slice(start).join("")].filter(Boolean);
};

/**
 * A part of a query in pieces, if some of it is written without spaces; signs between them fall away.
 * @param {string} part
 * @param {Map<string, Synonym[]>} synonyms
 */
const runsIn = (part, synonyms) => {
  if (!wordsOf(part).some(isUnspaced)) return [part];
  const pieces = fold(part)
    .split(WORD)
    .flatMap(run => (isUnspaced(run) ? piecesOf(run, synonyms) : [run]));
  return pieces.filter(piece => wordsOf(piece).length);
};

/**
 * A query in parts, each a word as it is written with the roots of what it holds.
 * @param {string} text
 * @param {Map<string, Synonym[]>} synonyms
 */
const partsOf = (text, synonyms) =>
  unelided(text)
    .split(/\s+/)
    .filter(Boolean)
    .flatMap(part => runsIn(part, synonyms))
    .map(part => ({ part, roots: rootsOf(part) }));

/**
 * How many parts from a place on say what a synonym does; 0 if they do not.
 * @param {ReturnType<typeof partsOf>} parts
 * @param {number} from
 * @param {string[]} said
 */
const lengthOf = (parts, from, said) => {
  /** @type {string[]} */
  const roots = [];
  for (let to = from; to < parts.length && roots.length < said.length; to += 1) {
    roots.push(...parts[to].roots);
    if (roots.length === said.length && said.every((word, place) => word === roots[place])) return to - from + 1;
  }
  return 0;
};

/**
 * What the dossier calls the words from a place of a query on, and how many parts those are: the longest that fit.
 * @param {ReturnType<typeof partsOf>} parts
 * @param {number} from
 * @param {Map<string, Synonym[]>} synonyms
 */
const callings = (parts, from, synonyms) => {
  const fitting = (synonyms.get(parts[from].roots[0] ?? "") ?? [])
    .map(({ said, used }) => ({ length: lengthOf(parts, from, said), words: said.length, used }))
    .filter(({ length }) => length);
  const longest = fitting.filter(({ words }) => words === fitting[0].words);
  return { length: longest[0]?.length ?? 0, used: longest.map(({ used }) => used) };
};

/**
 * A query in the words of the dossier: every way to say it, the query itself left out.
 * @param {string} text
 * @param {Map<string, Synonym[]>} synonyms
 * @returns {string[]}
 */
export const reworded = (text, synonyms) => {
  const parts = partsOf(text, synonyms);
  /** @type {string[]} */
  let found = [""];
  let place = 0;
  let isSaid = false;
  while (place < parts.length) {
    const { length, used } = callings(parts, place, synonyms);
    const own = parts.slice(place, place + (length || 1)).map(({ part }) => part);
    const ways = length ? used : [own.join(" ")];
    found = found.flatMap(before => ways.map(way => `${before} ${way}`)).slice(0, RANKING.mostWordings);
    isSaid ||= length > 0;
    place += length || 1;
  }
  const others = isSaid ? found.map(way => way.trim()) : [];
  return others.filter(way => wordsOf(way).join() !== wordsOf(text).join());
};
