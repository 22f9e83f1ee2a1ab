/* Opens the search, whose script is fetched when a reader asks for it, never before. */

import { make } from "../shared/dom.js";

/** The link to the page that searches, which stands on every page. */
const opener = () => /** @type {HTMLAnchorElement | null} */ (document.querySelector(".x-search"));

/**
 * The opener, where a search is possible; a hosted site that is read from disk has none, and the link leads to its sections.
 */
const usable = () => (location.protocol !== "file:" || "offline" in document.documentElement.dataset ? opener() : null);

/** @type {Promise<unknown> | undefined} */
let loading;
/**
 * Loads the script of the search, once.
 * @param {string} src
 */
const load = src => {
  loading ??= new Promise((resolve, reject) => {
    document.head.append(make("script", { src, onload: resolve, onerror: reject }));
  });
  return loading;
};

/**
 * The search, once its script has run.
 * @param {HTMLAnchorElement} link
 */
const search = async link => {
  await load(new URL(link.href.replace(/search\/(index\.html)?$/, "assets/search.js")).href);
  return window.explainerSearch;
};

/** What else no query is answered without, by its place from the root of the site, and what it is loaded as. */
const NEEDED = { "assets/search.css": "style", "search/names.bin": "fetch", "search/index.bin": "fetch" };

/**
 * Asks for all of it while the page is still read, where its address holds a query; else one would come after the other.
 * @param {Document["currentScript"]} own
 */
const hasten = own => {
  if (!(own instanceof HTMLScriptElement) || !new URLSearchParams(location.search).get("q")) return;
  const root = new URL("..", own.src);
  load(new URL("assets/search.js", root).href).catch(() => {}); // said when the page is there
  if (document.querySelector("link[rel=preload]")) return; // the page that searches asks for the rest in its head
  for (const [path, as] of Object.entries(NEEDED)) {
    document.head.append(make("link", { rel: "preload", as, href: new URL(path, root).href }));
  }
};

/**
 * Opens the window over the page, or goes to the page that searches where that fails.
 * @param {HTMLAnchorElement} link
 * @param {string} [text] A query.
 */
const open = (link, text) =>
  search(link).then(
    found => found.open(link, text),
    () => location.assign(link.href),
  );

/** @param {MouseEvent} event */
const click = event => {
  const link = usable();
  const asks = event.target instanceof Element && event.target.closest(".x-search");
  if (!link || !asks || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
};

/**
 * Whether a key asks for the search: a slash that is not typed into a field, or K with Ctrl or Cmd.
 * @param {KeyboardEvent} event
 */
const asks = event => {
  if (event.altKey) return false;
  if (event.key === "k") return event.ctrlKey || event.metaKey;
  const typing = event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]");
  return event.key === "/" && !typing && !event.ctrlKey && !event.metaKey;
};

/** @param {KeyboardEvent} event */
const keydown = event => {
  const link = usable();
  if (!link || !asks(event)) return;
  event.preventDefault();
  /** @type {HTMLElement | null} */
  const own = document.querySelector(".x-find--page input");
  if (own) own.focus();
  else open(link);
};

/** Completes the page that searches; on others opens the window if the address holds a query. */
const begin = () => {
  const link = usable();
  if (!link) return;
  /** @type {HTMLElement | null} */
  const page = document.querySelector(".x-find--page");
  const text = new URLSearchParams(location.search).get("q");
  if (page) {
    search(link).then(
      found => found.settle(page),
      () => document.documentElement.classList.remove("searches"), // the page lists the sections
    );
  } else if (text) {
    open(link, text);
  }
};

/** Listens for what opens the search. */
export const offerSearch = () => {
  const { classList, dataset } = document.documentElement;
  if (location.protocol !== "file:" || "offline" in dataset) classList.add("searches");
  if (location.protocol !== "file:" && !("offline" in dataset)) hasten(document.currentScript);
  document.addEventListener("click", click);
  document.addEventListener("keydown", keydown);
  document.addEventListener("DOMContentLoaded", begin);
};
