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
 * @property {(name: string) => Promise<void>} script Runs a script of the folder, once.
 * @property {(name: string) => Promise<Uint8Array<ArrayBuffer>>} bytes Reads a file of the folder.
 * @property {(name: string, mark?: number) => Promise<any>} json Reads a file of JSON, which may be gzipped; leaves out the first `mark` bytes.
 */

/**
 * The pack that holds a file, which `explainer/publish/offline.py` names.
 * @param {string} name
 */
export const packOf = name => /\/[^/]*_([0-9a-f]{2})[0-9a-f]*\.pf_fragment$/.exec(name)?.[1] ?? "index";

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
 * Opens the folder; sets what its packs call.
 * @param {Place} place
 * @returns {Files}
 */
export const openFiles = ({ folder, packed }) => {
  /** @type {Map<string, Promise<void>>} */
  const scripts = new Map();
  /** @type {Map<string, string>} */
  const unpacked = new Map();
  window.explainerPack = files => {
    for (const [name, text] of Object.entries(files)) unpacked.set(name, text);
  };
  /** @type {Files["script"]} */
  const script = name => {
    const known = scripts.get(name);
    if (known) return known;
    const run = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      const onerror = () => reject(new Error(`${name} is not there`));
      document.head.append(make("script", { src: new URL(name, folder).href, onload: () => resolve(), onerror }));
    });
    scripts.set(name, run);
    return run;
  };
  /** @type {Files["bytes"]} */
  const bytes = async name => {
    if (packed) {
      await script(`packs/${packOf(name)}.js`);
      const text = unpacked.get(name);
      if (text === undefined) throw new Error(`${name} is not there`);
      return Uint8Array.from(atob(text), char => char.charCodeAt(0));
    }
    const answer = await fetch(new URL(name, folder), { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  /** @type {Files["json"]} */
  const json = async (name, mark = 0) =>
    JSON.parse(new TextDecoder().decode((await unzipped(await bytes(name))).subarray(mark)));
  return { script, bytes, json };
};
