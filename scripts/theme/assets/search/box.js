/* A search box with its results: the same in the window over the page and on the page of its own. */

import { make } from "../shared/dom.js";
import { urlOf } from "./address.js";

/** @import { Place } from "./files.js" */
/** @import { Store } from "./store.js" */
/** @import { Index } from "./vocabulary.js" */

/**
 * The elements of a search box.
 * @typedef {object} Parts
 * @property {HTMLFormElement} form
 * @property {HTMLInputElement} input
 * @property {HTMLElement} facets
 * @property {HTMLElement} status Says how many results there are.
 * @property {HTMLOListElement} list The results.
 * @property {HTMLButtonElement} more
 * @property {HTMLElement} help What is offered below the results.
 */
/**
 * The answer to a query, and how much of it is on the screen.
 * @typedef {object} Shown
 * @property {string} text The query.
 * @property {number[]} order Numbers of all records that fit the query, the best first.
 * @property {number[]} also Those that bear the same title as the first.
 * @property {number[]} results Those of `order` that fit the facets as well.
 * @property {string[]} words The words to mark.
 * @property {string[]} lacking Those of the query that no record has.
 * @property {string[]} beyond What of the query the dossier says nothing on.
 * @property {number[]} nearest The records that come nearest, where nothing is found.
 * @property {boolean} unnumbered Whether no record has the number that the query asks for.
 * @property {string[]} parts The parts of the first result for which the query asks.
 * @property {number} upto How many results are on the screen.
 */
/**
 * @typedef {object} Searcher
 * @property {Store} store
 * @property {HTMLElement} element Holds the box, with the texts that are needed before the index is there.
 * @property {boolean} whole Whether it is the page of its own, which has facets and shows all results.
 * @property {Parts} parts
 * @property {Map<string, HTMLSelectElement>} selects Key of a facet -> its menu; empty without facets.
 * @property {Index} [index] Once it is loaded.
 * @property {Shown} shown
 * @property {number} turn Number of the latest query; answers to an earlier one are dropped.
 */
/**
 * A searcher whose index is loaded.
 * @typedef {Searcher & { index: Index }} Ready
 */

/**
 * Makes the elements of a search box.
 * @param {HTMLElement} element
 * @param {Place} place
 * @returns {Parts}
 */
const partsIn = (element, place) => {
  const input = make("input", {
    type: "search",
    name: "q",
    autocomplete: "off",
    spellcheck: false,
    enterKeyHint: "search",
  });
  input.setAttribute("autocapitalize", "off");
  const label = make("label", { className: "x-find__label" }, element.dataset.label ?? "", input);
  const form = make("form", { className: "x-find__form", action: new URL("search/", place.root).href }, label);
  form.setAttribute("role", "search");
  const facets = make("div", { className: "x-find__facets", hidden: true });
  const status = make("p", { className: "x-find__status" });
  status.setAttribute("role", "status");
  const list = make("ol", { className: "x-find__results" });
  const more = make("button", {
    type: "button",
    className: "x-find__more",
    hidden: true,
  });
  const help = make("div", { className: "x-find__help" });
  form.append(facets);
  element.append(form, status, list, more, help);
  return { form, input, facets, status, list, more, help };
};

/**
 * The answer to no query.
 * @type {Shown}
 */
export const NONE = {
  text: "",
  order: [],
  also: [],
  results: [],
  words: [],
  lacking: [],
  beyond: [],
  nearest: [],
  unnumbered: false,
  parts: [],
  upto: 0,
};

/**
 * Puts an empty search box into an element.
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {boolean} whole
 * @returns {Searcher}
 */
export const boxIn = (store, element, whole) => ({
  store,
  element,
  whole,
  parts: partsIn(element, store.place),
  selects: new Map(),
  shown: { ...NONE },
  turn: 0,
});

/**
 * The link from the window to the page that shows all results.
 * @param {Ready} search
 * @param {string} text What it says.
 */
export const linkToAll = ({ store, shown }, text) => {
  const all = new URL(urlOf(store.place, "search/"));
  all.searchParams.set("q", shown.text);
  return make("p", {}, make("a", { href: all.href }, text));
};
