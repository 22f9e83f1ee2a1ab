/* What the links of a page lead to: titles and summaries in a few small files, of which one is loaded for a link.
   They are scripts, which pages that are read from disk may load too; `explainer/outputs/previews.py` writes them. */

import { make } from "../shared/dom.js";

/** @typedef {[title: string, about: string, summary: string, language?: string]} Preview */

const own = typeof document === "undefined" ? null : /** @type {HTMLScriptElement | null} */ (document.currentScript);
const root = own && new URL("..", own.src);
const pieces = Number(own?.dataset.previews ?? 0);

/**
 * The number of the piece that holds an address; Python computes the same.
 * @param {string} address
 * @param {number} all How many pieces there are.
 */
export const pieceOf = (address, all) =>
  [...address].reduce((number, letter) => (number * 31 + /** @type {number} */ (letter.codePointAt(0))) % all, 0);

/**
 * The address of a page relative to the root of the site, as its previews name it: without the names of files.
 * @param {string} path
 */
export const nameOf = path => path.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "/");

/** @type {Map<number, Record<string, Preview>>} */
const known = new Map();
/** @type {Map<number, Promise<void>>} */
const loading = new Map();

/** @param {number} number */
const load = number => {
  const asked = loading.get(number);
  if (asked || !root) return asked;
  window.explainerPreviews = (piece, previews) => known.set(piece, previews);
  const loaded = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
    const src = new URL(`data/previews/${number}.js`, root).href;
    document.head.append(make("script", { src, onload: () => resolve(), onerror: reject }));
  });
  loading.set(number, loaded);
  return loaded;
};

/**
 * @param {string} address
 * @returns {Promise<Preview | undefined>}
 */
const read = async address => {
  const number = pieceOf(address, pieces);
  await load(number);
  return known.get(number)?.[address];
};

/**
 * The preview of what a link leads to: a record within a page, else its page; undefined where there is none.
 * @param {HTMLAnchorElement} link
 */
export const previewOf = async link => {
  const to = new URL(link.href);
  to.search = "";
  const anchor = decodeURIComponent(to.hash);
  to.hash = "";
  if (!root || !pieces || !to.href.startsWith(root.href)) return undefined;
  const page = nameOf(decodeURIComponent(to.href.slice(root.href.length)));
  return (anchor ? await read(page + anchor) : undefined) ?? (await read(page));
};
