/* What a result says: the passage of its text that holds the words of the query, and which of its words to mark. */

import { fold } from "../shared/fold.js";
import { stem, wordsOf } from "./words.js";

/** Delimiters in indexed text, from `explainer/publish/search/names.py`: after the names, and after each passage. */
export const END_OF_NAMES = "␟";
export const END_OF_PASSAGE = "␞";
/** Letters of a passage that are shown. */
const ROOM = 200;
/** Letters before the first word of the query, where a passage does not begin at its beginning. */
const LEAD = 60;
/** A word with its accents. */
const WORD = /([\p{L}\p{N}\p{M}]+)/u;

/**
 * Whether a folded word is one of those of the query, but for its ending.
 * @param {string} word
 * @param {string[]} sought
 */
const isMeant = (word, sought) =>
  sought.some(one => one === word || stem(one) === stem(word) || (one.length > 3 && word.startsWith(stem(one))));

/**
 * A text in pieces, each with whether it is to be marked.
 * @param {string} text
 * @param {string[]} sought The words of the query, folded.
 */
export const pieces = (text, sought) =>
  text.split(WORD).map(piece => ({ piece, marked: isMeant(fold(piece), sought) }));

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
  const start = first < ROOM * 0.7 ? 0 : text.lastIndexOf(" ", first - LEAD) + 1;
  const all = text.slice(start, start + ROOM);
  const part = start + ROOM < text.length ? all.replace(/\s+\S*$/, "") : all;
  return `${start ? "… " : ""}${part}${start + part.length < text.length ? " …" : ""}`;
};

/**
 * The passage with the words of the query that count most; empty if none has any.
 * @param {string} content The passages, each ended by its delimiter.
 * @param {string} summary What is shown already.
 * @param {string[]} sought
 * @param {(word: string) => number} weigh What a word counts.
 */
export const passage = (content, summary, sought, weigh) => {
  let best = { worth: 0, text: "" };
  for (const text of content.split(END_OF_PASSAGE).map(part => part.trim())) {
    if (!text || summary.includes(text)) continue;
    const words = [...new Set(wordsOf(text))];
    const held = sought.filter(one => words.some(word => isMeant(word, [one])));
    const worth = held.reduce((sum, one) => sum + weigh(one), 0);
    if (worth > best.worth + 0.01) best = { worth, text }; // of equals the first
  }
  return cut(best.text, sought);
};
