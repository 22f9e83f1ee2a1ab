/* The files of the search: fetched from the server, or unpacked from scripts where the site is read from disk. */

import { make } from "../shared/dom.js";

/**
 * Where the search is.
 * @typedef {object} Place
 * @property {URL} root The site's root.
 * @property {URL} folder The folder of its files.
 * @property {boolean} packed Whether this is the edition that is read from disk.
 * @property {string} language The language of the page.
 */
/**
 * @typedef {object} Files
 * @property {(name: string) => Promise<any>} json Reads a file of JSON, which may be gzipped.
 */

/**
 * Unzips what is gzipped; the server may have done so already.
 * @param {Uint8Array<ArrayBuffer>} data
 */
const unzipped = async data => {
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/**
 * As a link asks that fetches ahead, without `crossorigin`: with it, a browser complains where the page is read from disk. On
 * the site's own host the answer is the same.
 * @type {RequestInit}
 */
const AHEAD = { mode: "no-cors", credentials: "include" };

/**
 * Opens the folder; sets what the scripts of its files call.
 * @param {Place} place
 * @returns {Files}
 */
export const openFiles = ({ folder, packed }) => {
  /** @type {Map<string, unknown>} */
  const unpacked = new Map();
  window.explainerPack = (name, value) => unpacked.set(name, value);
  /** @type {(name: string) => Promise<unknown>} */
  const run = async name => {
    await new Promise((resolve, reject) => {
      const onerror = () => reject(new Error(`${name} is not there`));
      document.head.append(make("script", { src: new URL(`${name}.js`, folder).href, onload: resolve, onerror }));
    });
    return unpacked.get(name);
  };
  /** @type {(name: string) => Promise<unknown>} */
  const load = async name => {
    const answer = await fetch(new URL(name, folder), { ...AHEAD, cache: "no-cache" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return JSON.parse(new TextDecoder().decode(await unzipped(new Uint8Array(await answer.arrayBuffer()))));
  };
  return { json: packed ? run : load };
};
