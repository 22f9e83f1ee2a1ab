/* Two things that a query sets side by side: what each of them is, to be found for itself. */

import { takenApart } from "./within.js";
import { wordsIn, wordsOf } from "./words.js";

/** @import { Words } from "./names.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * A text without the words that stand before, after or around what is compared.
 * @param {string} text
 * @param {Set<string>} idle
 */
const trimmed = (text, idle) => {
  const parts = text.split(/\s+/).filter(Boolean);
  const tells = (/** @type {string} */ part) => wordsOf(part).some(word => !idle.has(word));
  const [first, last] = [parts.findIndex(tells), parts.findLastIndex(tells)];
  return first < 0 ? "" : parts.slice(first, last + 1).join(" ");
};

/** Signs between two names: a slash, a dash, a comma. */
const SIGNS = /(?<=\p{L}\)?)\s*[/|&;,]\s*(?=\p{L})|\s[-–—|]\s|(?<=\p{L})[–—](?=\p{L})/gu;

/**
 * Whether a part of a query says a word; an abbreviation only with its dot, since "v" is a number as well.
 * @param {string} word
 * @param {string} part
 */
const isSaid = (word, part) =>
  wordsOf(part).join() === wordsOf(word).join() && (!word.endsWith(".") || part.endsWith("."));

/**
 * What stands before and after the first of some marks that a query has; null if it has none, or nothing stands there.
 * @param {string} text
 * @param {string[]} marks
 * @param {Set<string>} idle Words that are left out at the ends.
 * @returns {[string, string] | null}
 */
const sidesOf = (text, marks, idle) => {
  const folded = text.split(/\s+/).filter(Boolean);
  for (const mark of marks.map(phrase => phrase.split(" "))) {
    const at = folded.findIndex((_, place) => mark.every((word, next) => isSaid(word, folded[place + next] ?? "")));
    if (at < 1) continue;
    const [one, other] = [folded.slice(0, at), folded.slice(at + mark.length)].map(part =>
      trimmed(part.join(" "), idle),
    );
    if (one && other) return [one, other];
  }
  return null;
};

/**
 * The two things that a query compares; null if it compares none.
 * @param {string} text
 * @param {Words} words
 * @returns {[string, string] | null}
 */
export const compared = (text, { stop, asks }) => {
  const opens = wordsIn(asks.compare);
  const negates = wordsIn(asks.negates);
  const denied = sidesOf(text, asks.but, new Set([...wordsIn(stop), ...negates]));
  if (denied && wordsOf(text).some(word => negates.has(word))) return [denied[1], denied[0]];
  const isOpen = wordsOf(text).some(word => opens.has(word));
  const marks = [...asks.versus, ...(isOpen ? asks.and : [])];
  return sidesOf(text, marks, new Set([...wordsIn(stop), ...opens]));
};

/**
 * The two things that a query names side by side without a word that compares them ("lamp and buoy"); null if it names none.
 * @param {string} text
 * @param {Words} words
 */
export const besideEachOther = (text, { stop, asks }) => sidesOf(text, asks.and, wordsIn(stop));

/**
 * The names in a query that asks for nothing but how they stand to each other: two of which one is part of the other, or more
 * than the other ("does Lamp 2 burn longer than Lamp 3"), or with a sign between them ("lamp/buoy"), or three and more; none if it
 * does not.
 * @param {string} text
 * @param {Index} index
 */
export const relatedIn = (text, index) => {
  const { relate, than } = index.words.asks;
  const plain = text.replace(SIGNS, " ");
  const { names, rest } = takenApart(plain, index);
  const related = wordsIn(relate);
  const has = (/** @type {Set<string>} */ words) => rest.some(word => words.has(word));
  const isBare = rest.every(word => index.stop.has(word) || index.asking.has(word) || related.has(word));
  const isPair = names.length === 2 && (has(wordsIn(than)) || (isBare && (plain !== text || has(related))));
  return isPair || (names.length > 2 && isBare) ? names : [];
};

/**
 * How each of two things that are compared may be called: as it stands, and with the words that it shares with the other,
 * which are said once ("the old and the new lamp", "Lamp 2 and 3"); the shorter one is so called first. With all words of the
 * other it would be the other ("lamp or lamp room").
 * @param {[string, string]} sides
 * @returns {[string[], string[]]}
 */
export const completed = ([one, other]) => {
  const [first, second] = [one, other].map(side => side.split(/\s+/));
  const isOther = (/** @type {string} */ way) =>
    [one, other].some(side => wordsOf(side).join() === wordsOf(way).join());
  const after = second
    .map((_, place) => [one, ...second.slice(place)].join(" "))
    .slice(1)
    .filter(way => !isOther(way));
  const before = first
    .map((_, place) => [...first.slice(0, place), other].join(" "))
    .slice(1)
    .reverse()
    .filter(way => !isOther(way));
  return [
    first.length < second.length ? [...after, one] : [one, ...after],
    second.length < first.length ? [...before, other] : [other, ...before],
  ];
};
