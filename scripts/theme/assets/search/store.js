/* What the search has loaded: the names, the texts of results, and where words stand in texts. */

import { openFiles } from "./files.js";
import { decoded } from "./names.js";
import { inSteps } from "./steps.js";
import { fitting, shelfFor } from "./texts.js";
import { indexing } from "./vocabulary.js";

/** @import { Place } from "./files.js" */
/** @import { Said } from "./answers.js" */
/** @import { InTexts } from "./weighing.js" */
/** @import { TextIndex } from "./texts.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * The text of a record or page.
 * @typedef {object} Fragment
 * @property {string} summary
 * @property {string[]} passages
 * @property {Said[]} said What its record says to questions.
 */
/**
 * @typedef {object} Store
 * @property {Place} place
 * @property {() => Promise<Index>} names
 * @property {(number: number) => Promise<Fragment>} fragment
 * @property {() => void} start Loads what every look into the texts needs, so that it is there by then.
 * @property {InTexts} inTexts
 * @property {() => boolean} deaf Whether the last word could not be looked for in texts.
 */

/**
 * Calls a function once and keeps what it promises, unless that fails.
 * @template Value
 * @param {() => Promise<Value>} make
 */
const kept = make => {
  /** @type {Promise<Value> | undefined} */
  let known;
  return () => {
    if (!known) {
      known = make();
      known.catch(() => {
        known = undefined;
      });
    }
    return known;
  };
};

/**
 * Slots of a pack, which holds the texts in them: `explainer/publish/search/parts.py`.
 */
const PACKED = 8;

/**
 * The pack that holds the text in a slot.
 * @param {number} slot
 */
export const packOf = slot => `texts/${Math.floor(slot / PACKED).toString(16)}.bin`;

/**
 * Opens the search's files; nothing is read before it is asked for.
 * @param {Place} place
 * @returns {Store}
 */
export const openStore = place => {
  const files = openFiles(place);
  const names = kept(async () => inSteps(indexing(decoded(await files.json("names.bin")))));
  /** @type {() => Promise<{ index: TextIndex, shelves: Set<string> }>} */
  const texts = kept(async () => {
    const index = await files.json("index.bin");
    return { index, shelves: new Set(index.shelves) };
  });
  /** @type {Map<string, () => Promise<any>>} */
  const read = new Map();
  const file = (/** @type {string} */ name) => {
    const known = read.get(name) ?? kept(() => files.json(name));
    read.set(name, known);
    return known();
  };
  /** @type {Store["fragment"]} */
  const fragment = async number => {
    const slot = (await names()).slots[number];
    const [, summary, passages, said] = (await file(packOf(slot)))[slot];
    return { summary, passages: passages ?? [], said }; // those of a long text lie apart
  };
  /** @type {InTexts} */
  const look = async word => {
    const { index, shelves } = await texts();
    const shelf = shelfFor(word, shelves);
    return shelf === undefined ? new Map() : fitting(word, await file(shelf), (await names()).numbers, index);
  };
  /** @type {Map<string, () => Promise<Map<number, number>>>} */
  const heard = new Map();
  let deaf = false;
  /** @type {InTexts} */
  const inTexts = async word => {
    const known = heard.get(word) ?? kept(() => look(word));
    heard.set(word, known);
    try {
      const found = await known();
      deaf = false;
      return found;
    } catch (error) {
      // such as a file that is not there: names are found all the same
      deaf = true;
      console.error(error);
      return new Map();
    }
  };
  const start = () => {
    texts().catch(() => {}); // said when a word is looked for
  };
  return { place, names, fragment, start, inTexts, deaf: () => deaf };
};
