/* Names behind the kind of thing that they would be of, as "lamp Esmeralda", where there is none of that name. */

import { tells } from "./kinds.js";
import { meanings, recordsOf } from "./matching.js";
import { kindOf } from "./names.js";
import { isUnspaced } from "./scripts.js";
import { isYear, stem, wordsOf } from "./words.js";

/** @import { Index } from "./vocabulary.js" */
/** @import { InTexts } from "./weighing.js" */

/** Words of the longest name that is looked for behind its kind: "lamp of the north pier". */
const LONGEST = 4;

/** A word of a query that is typed to its end, and no code. */
const TYPED = { typing: false, code: false };

/**
 * The words of a query but for its years, in which anything may have been.
 * @param {string} text
 */
const undated = text => wordsOf(text).filter(word => !isYear(word));

/**
 * The kinds with which a query begins, if nothing but what may be a name follows; numbers are told apart by themselves.
 * @param {string} text
 * @param {Index} index
 * @returns {string[]}
 */
const kindsBefore = (text, index) => {
  const [first = "", ...behind] = undated(text);
  const isName = behind.length > 0 && behind.length <= LONGEST && behind.every(word => tells(word, index));
  const isOther = (/** @type {string} */ word) => /\p{N}/u.test(word) || isUnspaced(word);
  if (!isName || index.asking.has(first) || behind.some(isOther)) return [];
  return index.meant.get(stem(first)) ?? [];
};

/**
 * The records that have a word, or one like it, in a name or in their text.
 * @param {string} word
 * @param {Index} index
 * @param {InTexts} inTexts
 */
const having = async (word, index, inTexts) => {
  return new Set([...recordsOf(meanings(word, TYPED, index).keys(), index), ...(await inTexts(word)).keys()]);
};

/**
 * Whether a query is a kind and a name behind it that no record of the kind has: none of its words is a name of one, no name has the
 * first of them, behind which may stand what is asked of it ("lamp Esmeralda height"), and neither in a name nor in a text stand all
 * of them, in any wording, nor words like them.
 * @param {string[]} ways The query, and its other wordings.
 * @param {Index} index
 * @param {InTexts} inTexts
 */
export const isUnnamed = async (ways, index, inTexts) => {
  const [text] = ways;
  const kinds = kindsBefore(text, index);
  const every = [...index.records.keys()].filter(record => kinds.includes(kindOf(record, index)));
  const isNamed = (/** @type {string} */ word) => index.wholes.get(word)?.some(({ record }) => every.includes(record));
  const [, first = "", ...rest] = undated(text);
  const begun = recordsOf(index.stems.get(stem(first)) ?? [], index);
  if (!every.length || rest.some(isNamed) || begun.some(record => every.includes(record))) return false;
  for (const way of ways) {
    const telling = undated(way).filter(word => tells(word, index));
    const found = await Promise.all(telling.map(word => having(word, index, inTexts)));
    if (every.some(record => found.every(records => records.has(record)))) return false;
  }
  return true;
};
