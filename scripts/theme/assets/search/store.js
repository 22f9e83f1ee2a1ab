/* What the search has loaded: the names, the texts of results, and where words stand in texts. */

import { openFiles } from "./files.js";
import { decoded } from "./names.js";
import { startPagefind } from "./pagefind.js";
import { RANKING } from "./ranking.js";
import { isUnspaced } from "./scripts.js";
import { indexOf } from "./vocabulary.js";
import { near, wordsOf } from "./words.js";

/** @import { Place } from "./files.js" */
/** @import { Said } from "./answers.js" */
/** @import { Ask, Result } from "./pagefind.js" */
/** @import { InTexts } from "./rank.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * The text of a record or page.
 * @typedef {object} Fragment
 * @property {string} content
 * @property {{ answer?: string }} meta
 * @property {Said[]} [said] What its record says to questions.
 */
/**
 * @typedef {object} Store
 * @property {Place} place
 * @property {() => Promise<Index>} names
 * @property {(number: number) => Promise<Fragment>} fragment
 * @property {() => void} start Starts Pagefind, so that it is there when it is needed.
 * @property {InTexts} inTexts
 * @property {() => boolean} deaf Whether the last word could not be looked for in texts.
 */

/** What stands before the JSON of a fragment: Pagefind's mark. */
export const MARK = "pagefind_dcd";

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
 * Whether Pagefind found a word itself: of one that no text has, it finds what begins with its first letters.
 * @param {string} word
 * @param {string} content The text that it found.
 * @param {number[]} places Where in the text.
 */
export const isHeard = (word, content, places) => {
  const all = content.split(/\s+/);
  return places.some(place =>
    wordsOf(all[place] ?? "").some(one => {
      let common = 0;
      while (common < word.length && one[common] === word[common]) common += 1;
      if (isUnspaced(word)) return common === word.length;
      return common >= Math.max(RANKING.heardLetters, word.length * RANKING.heardShare) || near(word, one);
    }),
  );
};

/**
 * @param {string} id What Pagefind calls a fragment.
 * @param {Index} index
 */
const numberOf = (id, { numbers }) => numbers.get(id.split("_").at(-1) ?? "");

/**
 * Looks a word up in all texts.
 * @param {string} word
 * @param {Ask} ask
 * @param {Pick<Store, "names" | "fragment">} store
 */
const look = async (word, ask, { names, fragment }) => {
  /** @type {{ results: Result[] }} */
  const { results } = await ask("search", word, {});
  const index = await names();
  /** @type {Map<number, number>} */
  const found = new Map();
  const first = results.length ? numberOf(results[0].id, index) : undefined;
  if (first === undefined || !isHeard(word, (await fragment(first)).content, results[0].words)) return found;
  const best = Math.max(...results.map(({ score }) => score));
  for (const { id, score } of results) {
    const record = numberOf(id, index);
    if (record !== undefined) found.set(record, (score / best) ** RANKING.textEvenness);
  }
  return found;
};

/**
 * Opens the search's files; nothing is read before it is asked for.
 * @param {Place} place
 * @returns {Store}
 */
export const openStore = place => {
  const files = openFiles(place);
  const names = kept(async () => indexOf(decoded(await files.json("names.bin"))));
  const engine = kept(() => startPagefind(files, place));
  /** @type {Map<number, () => Promise<Fragment>>} */
  const fragments = new Map();
  /** @type {Store["fragment"]} */
  const fragment = number => {
    const read = async () => {
      const { records, language } = await names();
      return files.json(`fragment/${language}_${records[number].text}.pf_fragment`, MARK.length);
    };
    const known = fragments.get(number) ?? kept(read);
    fragments.set(number, known);
    return known();
  };
  /** @type {Map<string, () => Promise<Map<number, number>>>} */
  const heard = new Map();
  let deaf = false;
  /** @type {InTexts} */
  const inTexts = async word => {
    const known = heard.get(word) ?? kept(async () => look(word, await engine(), { names, fragment }));
    heard.set(word, known);
    try {
      const found = await known();
      deaf = false;
      return found;
    } catch (error) {
      // such as a server's policy that forbids the worker's program: names are found all the same
      deaf = true;
      console.error(error);
      return new Map();
    }
  };
  const start = () => {
    engine().catch(() => {}); // said when a word is looked for
  };
  return { place, names, fragment, start, inTexts, deaf: () => deaf };
};
