/* What a result says: the passage of its text that holds the words of the query, and which of its words to mark. */

import { fold } from "../shared/fold.js";
import { isUnspaced, lettersOf, WORD } from "./scripts.js";
import { stem, wordsOf } from "./words.js";

/** Letters of a passage that are shown. */
const ROOM = 200;
/** Letters before the first word of the query, where a passage does not begin at its beginning. */
const LEAD = 60;
/** The most letters of a word that is left out rather than cut; more are a run of a script without spaces. */
const LONGEST = 30;

/**
 * Whether a folded word is one of those of the query, but for its ending.
 * @param {string} word
 * @param {string[]} sought
 */
const isMeant = (word, sought) =>
  sought.some(one => one === word || stem(one) === stem(word) || (one.length > 3 && word.startsWith(stem(one))));

/**
 * A run without spaces in pieces: its letters are marked that make a pair, or a single letter, of those of the query.
 * @param {string} run
 * @param {string[]} sought
 */
const runPieces = (run, sought) => {
  const letters = lettersOf(run);
  const folded = letters.map(fold);
  const marked = folded.map(letter => sought.includes(letter));
  for (let place = 1; place < folded.length; place += 1) {
    if (sought.includes(folded[place - 1] + folded[place])) marked[place - 1] = marked[place] = true;
  }
  /** @type {{ piece: string, marked: boolean }[]} */
  const found = [];
  letters.forEach((piece, place) => {
    const last = found.at(-1);
    if (last?.marked === marked[place]) last.piece += piece;
    else found.push({ piece, marked: marked[place] });
  });
  return found;
};

/**
 * A text in pieces, each with whether it is to be marked.
 * @param {string} text
 * @param {string[]} sought The words of the query, folded.
 */
export const pieces = (text, sought) =>
  text
    .split(WORD)
    .flatMap(piece =>
      isUnspaced(piece) ? runPieces(piece, sought) : [{ piece, marked: isMeant(fold(piece), sought) }],
    );

/**
 * A place in a text to cut it at, after a space if one is near before it, and never between a letter and its mark.
 * @param {string} text
 * @param {number} place
 */
const cutting = (text, place) => {
  const space = text.lastIndexOf(" ", place);
  if (space >= 0 && place - space <= LONGEST) return space + 1;
  let at = Math.max(place, 0);
  while (/^[\p{M}\udc00-\udfff]/u.test(text.slice(at))) at += 1;
  return at;
};

/**
 * What a text is cut to, so that the first word of the query is in it.
 * @param {string} text
 * @param {string[]} sought
 */
const cut = (text, sought) => {
  if (text.length <= ROOM) return text;
  let first = 0;
  for (const { piece, marked } of pieces(text, sought)) {
    if (marked) break;
    first += piece.length;
  }
  if (first === text.length) first = 0;
  const start = first < ROOM * 0.7 ? 0 : cutting(text, first - LEAD);
  const end = start + ROOM < text.length ? cutting(text, start + ROOM) : text.length;
  const part = text.slice(start, end).trimEnd();
  return `${start ? "… " : ""}${part}${end < text.length ? " …" : ""}`;
};

/**
 * The passage with the words of the query that count most; empty if none has any.
 * @param {string[]} passages
 * @param {string} summary What is shown already.
 * @param {string[]} sought
 * @param {(word: string) => number} weigh What a word counts.
 */
export const passage = (passages, summary, sought, weigh) => {
  let best = { worth: 0, text: "" };
  for (const text of passages) {
    if (summary.includes(text)) continue;
    const words = [...new Set(wordsOf(text))];
    const held = sought.filter(one => words.some(word => isMeant(word, [one])));
    const worth = held.reduce((sum, one) => sum + weigh(one), 0);
    if (worth > best.worth + 0.01) best = { worth, text }; // of equals the first
  }
  return cut(best.text, sought);
};
