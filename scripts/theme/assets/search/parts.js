/* Parts of texts in a query: "article 5 of the charter" is about the charter, and asks for what its article 5 says. */

import { compared } from "./comparing.js";
import { reworded, stemsOf } from "./synonyms.js";
import { stem, wordsOf } from "./words.js";

/** @import { Index } from "./vocabulary.js" */

/**
 * A part that a query names.
 * @typedef {object} Part
 * @property {number} record Number of the text; -1 where the query does not name it.
 * @property {string[]} ids The parts that are meant: of a word for parts of several groups, one of each.
 * @property {string} rest The query without the part.
 */

/**
 * A way to call the parts of a group: its key, or words before the number.
 * @typedef {object} Calling
 * @property {string} group
 * @property {string[]} words
 */
/**
 * What a query may name as a part of a text.
 * @typedef {object} PartNames
 * @property {Set<string>} known The anchors of all parts of all texts.
 * @property {Calling[]} callings
 */

/**
 * How the parts of each group are called: its key, and the words before the number in each form, the last of them alone as well.
 * @param {Record<string, string[]>} groups
 * @returns {Calling[]}
 */
const callingsOf = groups =>
  Object.entries(groups).flatMap(([group, forms]) => {
    const said = forms.map(form => stemsOf(form.replace("{n}", " "))).filter(words => words.length);
    return [[group], ...said, ...said.map(words => words.slice(-1))].map(words => ({ group, words }));
  });

/**
 * What the parts of texts are called, and which there are.
 * @param {import("./names.js").NameList} list
 * @returns {PartNames}
 */
export const partNamesOf = ({ records, words }) => ({
  known: new Set(records.flatMap(({ parts }) => parts)),
  callings: callingsOf(words.parts),
});

/**
 * The words of a query, each with the place of the piece between spaces that it stands in.
 * @param {string[]} pieces
 */
const placed = pieces =>
  pieces.flatMap((piece, place) => wordsOf(piece).map(word => ({ word, stem: stem(word), place })));

/**
 * The parts of which some words from a place on are a name, by the calling of most words, and how many words that are.
 * @param {ReturnType<typeof placed>} words
 * @param {number} from
 * @param {Calling[]} every
 */
const namedFrom = (words, from, every) => {
  const own = words[from].word;
  const found = every.flatMap(({ group, words: called }) => {
    const number = words[from + called.length]?.word ?? "";
    const isCalled = called.every((word, next) => words[from + next]?.stem === word);
    if (isCalled && /^\p{N}/u.test(number)) return [{ id: group + number, length: called.length + 1 }];
    return own.startsWith(group) && /^\p{N}/u.test(own.slice(group.length)) ? [{ id: own, length: 1 }] : [];
  });
  const length = Math.max(0, ...found.map(each => each.length));
  return { length, ids: [...new Set(found.filter(each => each.length === length).map(({ id }) => id))] };
};

/**
 * The text that a query names, of those with a part; -1 for none.
 * @param {string[]} stems The stems of the query without the part.
 * @param {string[]} ids
 * @param {Index} index
 */
const textNamed = (stems, ids, { records }) => {
  const asked = ` ${stems.join(" ")} `;
  const lengthOf = (/** @type {string} */ name) => {
    const words = stemsOf(name);
    const tells = words.length > 1 || /\p{N}/u.test(name);
    return tells && asked.includes(` ${words.join(" ")} `) ? words.length : 0;
  };
  const found = [...records.entries()]
    .filter(([, { parts }]) => ids.some(id => parts.includes(id)))
    .map(([record, { title, names }]) => ({ record, length: Math.max(...[title, ...names].map(lengthOf)) }))
    .sort((a, b) => b.length - a.length);
  return found[0]?.length ? found[0].record : -1;
};

/**
 * The part that a query names in its own words; undefined if it names none, or compares two things.
 * @param {string} text
 * @param {Index} index
 * @returns {Part | undefined}
 */
const partOf = (text, index) => {
  const pieces = text.split(/\s+/).filter(Boolean);
  const words = placed(pieces);
  const { known, callings } = index.partNames;
  const found = words.map((_, from) => ({ from, ...namedFrom(words, from, callings) }));
  const part = found.find(({ ids }) => ids.some(id => known.has(id)));
  if (!part) return undefined;
  const taken = new Set(words.slice(part.from, part.from + part.length).map(({ place }) => place));
  const rest = pieces.filter((_, place) => !taken.has(place)).join(" ");
  return { record: textNamed(stemsOf(rest), part.ids, index), ids: part.ids, rest };
};

/**
 * The part of a text that a query names, in any wording; undefined for a query that names none or nothing besides, or compares.
 * @param {string} text
 * @param {Index} index
 * @returns {Part | undefined}
 */
export const partIn = (text, index) => {
  if (!/\p{N}/u.test(text) || !index.partNames.known.size || compared(text, index.words)) return undefined;
  for (const way of [text, ...reworded(text, index.synonyms)]) {
    const part = partOf(way, index);
    if (part && wordsOf(part.rest).length) return part;
  }
  return undefined;
};
