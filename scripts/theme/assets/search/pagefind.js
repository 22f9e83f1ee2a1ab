/* Pagefind, which knows the texts: its own worker, or the same program in the page where no worker may start. */

import { RANKING } from "./ranking.js";

/** @import { Files, Place } from "./files.js" */

/**
 * One result of Pagefind.
 * @typedef {object} Result
 * @property {string} id Language and name of the fragment.
 * @property {number} score
 * @property {number[]} words Places of the words that were found, in the fragment's text.
 */
/** @typedef {(method: string, ...args: unknown[]) => Promise<any>} Ask */
/**
 * What the worker answers.
 * @typedef {{ id: number, result?: unknown, error?: string }} Answer
 */
/** @typedef {(message: { id: number, method: string, args: unknown[] }) => void} Send */

/**
 * Starts the program in the page, with the files that are unpacked from scripts.
 * @param {Files} files
 * @param {Place} place
 * @param {(answer: Answer) => void} answered
 * @returns {Promise<Send>}
 */
const inPage = async (files, { folder }, answered) => {
  await files.script("engine.js");
  /** @type {(event: { data: unknown }) => void} */
  let receive = () => {};
  const port = {
    /** @type {(type: string, act: (event: { data: unknown }) => void) => void} */
    addEventListener: (_, act) => {
      receive = act;
    },
    postMessage: answered,
  };
  const read = async (/** @type {string} */ address) =>
    new Response(await files.bytes(address.slice(folder.href.length).split("?")[0]));
  window.explainerEngine?.(port, read);
  return message => receive({ data: message });
};

/**
 * Starts the worker.
 * @param {Place} place
 * @param {(answer: Answer) => void} answered
 * @param {() => void} failed
 * @returns {Send}
 */
const inWorker = ({ folder }, answered, failed) => {
  const worker = new Worker(new URL("pagefind-worker.js", folder));
  worker.onmessage = ({ data }) => answered(data);
  worker.onerror = failed;
  return message => worker.postMessage(message);
};

/**
 * Starts Pagefind.
 * @param {Files} files
 * @param {Place} place
 * @returns {Promise<Ask>}
 */
export const startPagefind = async (files, place) => {
  /** @type {Map<number, [(result: unknown) => void, (error: Error) => void]>} */
  const waiting = new Map();
  let last = 0;
  /** @type {(answer: Answer) => void} */
  const answered = ({ id, result, error }) => {
    const [resolve, reject] = waiting.get(id) ?? [];
    waiting.delete(id);
    if (error) reject?.(new Error(error));
    else resolve?.(result);
  };
  const failed = () => {
    for (const [, reject] of waiting.values()) reject(new Error("the worker failed"));
  };
  const send = place.packed ? await inPage(files, place, answered) : inWorker(place, answered, failed);
  /** @type {Ask} */
  const ask = (method, ...args) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, [resolve, reject]);
      send({ id: last, method, args });
    });
  await ask("init", { basePath: place.folder.href, language: place.language });
  await ask("options", { ranking: RANKING.pagefind });
  return ask;
};
