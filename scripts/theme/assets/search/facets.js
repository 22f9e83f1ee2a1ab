/* The filters of the page that searches: which values the results have, which are set, and the address that says so. */

import { make } from "../shared/dom.js";
import { numeral } from "../shared/language.js";
import { readdress } from "./address.js";
import { facetOf, valuesOf, YEAR } from "./names.js";

/** @import { Ready, Searcher } from "./box.js" */

/**
 * The facets that are set: key and number of the value.
 * @param {Searcher} search
 * @returns {[string, number][]}
 */
export const chosen = ({ selects }) =>
  [...selects].flatMap(([facet, { value }]) => (value === "" ? [] : [[facet, Number(value)]]));

/**
 * The numbers of all records that fit the query and the facets.
 * @param {Ready} search
 * @param {string} [without] A facet that is left out.
 */
export const fitting = (search, without) => {
  const wanted = chosen(search).filter(([facet]) => facet !== without);
  const { records } = search.index;
  return search.shown.order.filter(number =>
    wanted.every(([facet, value]) => valuesOf(records[number], facet).includes(value)),
  );
};

/**
 * Offers the values of a facet that some result has, with how many have them.
 * @param {Ready} search
 * @param {string} facet
 * @param {HTMLSelectElement} select
 */
const offer = (search, facet, select) => {
  const { index } = search;
  /** @type {Map<number, number>} */
  const tally = new Map();
  for (const number of fitting(search, facet)) {
    for (const value of valuesOf(index.records[number], facet)) tally.set(value, (tally.get(value) ?? 0) + 1);
  }
  const now = select.value;
  const options = facetOf(index, facet)
    .values.map((name, value) => ({ name, value: String(value), n: tally.get(value) ?? 0 }))
    .filter(({ value, n }) => n || value === now);
  if (facet === YEAR) options.reverse(); // the newest first
  const any = new Option(index.words.any, "");
  select.replaceChildren(any, ...options.map(({ name, value, n }) => new Option(`${name} (${n})`, value)));
  select.value = now;
  if (select.parentElement) select.parentElement.hidden = !options.length;
};

/**
 * Brings the menus of all facets up to date, the button that clears them, which is there as long as one is set, and the one that
 * unfolds them on narrow windows, which says how many are.
 * @param {Ready} search
 */
export const offerAll = search => {
  const { selects, parts, index, store } = search;
  for (const [facet, select] of selects) offer(search, facet, select);
  parts.facets.hidden = [...selects.values()].every(select => select.parentElement?.hidden);
  const [unfold, reset] = parts.facets.querySelectorAll("button");
  const set = chosen(search).length;
  reset.hidden = !set;
  unfold.textContent = index.words.filters + (set ? ` (${numeral(set, store.place.language)})` : "");
};

/**
 * The button that shows and hides the menus on narrow windows, where they would take the first screen.
 * @param {HTMLElement} facets
 * @param {string} text
 */
const unfolding = (facets, text) => {
  const button = make("button", { type: "button", className: "x-find__unfold" }, text);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const open = facets.classList.toggle("x-find__facets--open");
    button.setAttribute("aria-expanded", String(open));
  });
  return button;
};

/**
 * Makes the menus of the facets, set as the address says.
 * @param {Ready} search
 * @param {() => void} changed
 */
export const addFacets = ({ index, selects, parts: { facets } }, changed) => {
  const given = new URLSearchParams(location.search);
  const unfold = unfolding(facets, index.words.filters);
  facets.append(unfold);
  for (const { key, label, values } of index.facets) {
    const select = make("select", { name: key });
    selects.set(key, select);
    facets.append(make("label", {}, label, select));
    const value = values.map(String).indexOf(given.get(key) ?? "");
    if (value >= 0) {
      select.append(new Option(String(values[value]), String(value)));
      select.value = String(value);
    }
    select.addEventListener("change", changed);
  }
  const reset = make("button", { type: "button", hidden: true }, index.words.reset);
  reset.addEventListener("click", () => {
    for (const select of selects.values()) select.value = "";
    const first = [...selects.values()].find(select => select.checkVisibility());
    (first ?? unfold).focus(); // the button goes, and the keyboard would be nowhere
    changed();
  });
  facets.append(reset);
  facets.hidden = false;
};

/**
 * Writes the query and the facets into the address; before the index is loaded there are no facets.
 * @param {Searcher} search
 */
export const remember = ({ index, selects, parts: { input } }) =>
  readdress(parameters => {
    /** @type {(name: string, value: string) => void} */
    const set = (name, value) => (value ? parameters.set(name, value) : parameters.delete(name));
    set("q", input.value.trim());
    for (const [facet, { value }] of selects) {
      set(facet, index && value !== "" ? String(facetOf(index, facet).values[Number(value)]) : "");
    }
  });
