/* The search as readers use it: a window over the page, and a page of its own. */

import { make } from "../shared/dom.js";
import { readdress } from "./address.js";
import { boxIn, NONE } from "./box.js";
import { addFacets, chosen, offerAll, remember } from "./facets.js";
import { find } from "./rank.js";
import { PAGE, show } from "./view.js";

/** @import { Ready, Searcher, Shown } from "./box.js" */
/** @import { Store } from "./store.js" */

/** Milliseconds after the last letter until the address follows: browsers limit how often it may change. */
const SETTLED = 300;

/**
 * The searcher with its index; says so if that cannot be loaded.
 * @param {Searcher} search
 * @returns {Promise<Ready>}
 */
const ready = async search => {
  try {
    return Object.assign(search, { index: await search.store.names() });
  } catch (error) {
    search.parts.status.textContent = search.element.dataset.failed ?? "";
    throw error;
  }
};

/**
 * @param {Searcher} search
 * @returns {search is Ready}
 */
const isReady = search => search.index !== undefined;

/**
 * What fits a query; on the page of its own, everything fits none.
 * @param {Ready} search
 * @param {string} text
 * @returns {Promise<Shown>}
 */
const answer = async ({ whole, index, store }, text) => {
  if (text.trim()) {
    const { results: order, ...found } = await find(text, index, store.inTexts);
    return { text, ...found, order, results: [], upto: 0 };
  }
  const order = whole ? index.records.map((_, number) => number) : [];
  return { ...NONE, text, order };
};

/**
 * Answers the query that stands in the box.
 * @param {Searcher} waiting
 */
const run = async waiting => {
  waiting.turn += 1;
  const own = waiting.turn;
  const text = waiting.parts.input.value;
  try {
    const search = await ready(waiting);
    const shown = await answer(search, text);
    if (own !== search.turn) return;
    search.shown = shown;
    if (search.whole) offerAll(search);
    if (!text.trim() && !chosen(search).length) shown.order = [];
    const filled = show(search, PAGE);
    search.element.dataset.done = text; // for whoever waits until an answer is there
    await filled;
  } catch (error) {
    if (own === waiting.turn) waiting.parts.status.textContent = waiting.element.dataset.failed ?? "";
    console.error(error);
  }
};

/**
 * Moves between the box and the results with the arrow keys.
 * @param {Searcher} search
 * @param {KeyboardEvent} event
 */
const move = ({ element, parts: { input } }, event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLSelectElement) return;
  /** @type {NodeListOf<HTMLElement>} */
  const links = element.querySelectorAll(".x-find__results a, .x-find__help a");
  const stops = [input, ...links];
  const now = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (now < 0 || !stops[now + step]) return;
  event.preventDefault();
  stops[now + step].focus();
};

/**
 * Goes to the first result, if it is the answer to what stands in the box.
 * @param {Searcher} search
 * @param {SubmitEvent} event
 */
const submit = ({ element, whole, parts: { input, list } }, event) => {
  event.preventDefault();
  const first = list.querySelector("a");
  if (!first || element.dataset.done !== input.value) return;
  if (whole) first.focus();
  else first.click();
};

/** @param {Ready} search */
const showMore = search => {
  const { shown, parts } = search;
  const first = shown.upto;
  show(search, shown.upto + PAGE);
  parts.list.children[first].querySelector("a")?.focus();
};

/** @param {Searcher} search */
const listen = search => {
  const { element, parts } = search;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  parts.input.addEventListener("input", () => {
    clearTimeout(later);
    run(search);
    later = setTimeout(remember, SETTLED, search);
  });
  parts.more.addEventListener("click", () => isReady(search) && showMore(search));
  parts.form.addEventListener("submit", event => {
    remember(search);
    submit(search, event);
  });
  element.addEventListener("keydown", event => move(search, event));
};

/**
 * Loads the index, and then completes the search box.
 * @param {Searcher} waiting
 */
const prepare = async waiting => {
  const search = await ready(waiting);
  const { words } = search.index;
  search.parts.status.textContent ||= words.hint;
  search.parts.input.placeholder = words.placeholder;
  if (!search.whole) return;
  addFacets(search, () => {
    remember(search);
    run(search);
  });
};

/**
 * Puts a search box into an element.
 * @param {Store} store
 * @param {HTMLElement} element
 * @param {boolean} whole
 */
const searcher = (store, element, whole) => {
  const search = boxIn(store, element, whole);
  listen(search);
  const prepared = prepare(search);
  prepared.catch(() => {}); // said in the box
  store.start();
  return {
    input: search.parts.input,
    form: search.parts.form,
    run: () => run(search),
    prepared,
  };
};

/**
 * Makes the window over the page.
 * @param {Store} store
 * @param {HTMLElement} opener The link to the page that searches, with the texts that are needed before the index is there.
 */
const windowOf = (store, opener) => {
  // its language and direction are empty, unless the page is in another language than what surrounds it
  const dialog = make("dialog", {
    className: "x-find",
    lang: opener.lang,
    dir: opener.dir,
  });
  const { label = "", failed, close = "" } = opener.dataset;
  dialog.setAttribute("aria-label", label);
  Object.assign(dialog.dataset, { label, failed });
  document.body.append(dialog);
  const own = searcher(store, dialog, false);
  const button = make("button", { type: "button", className: "x-find__close" }, close);
  button.addEventListener("click", () => dialog.close());
  own.form.append(button);
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault(); // some browsers would first empty the field, and only then close
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    own.input.value = "";
    readdress(parameters => parameters.delete("q"));
    own.run();
  });
  return { dialog, ...own };
};

/**
 * The search of a site, for the two ways to it.
 * @param {Store} store
 * @param {Promise<unknown>} styled Resolves once the style sheet of the search is there.
 */
export const searchOf = (store, styled) => {
  /** @type {ReturnType<typeof windowOf> | undefined} */
  let known;
  /**
   * Opens the window, with a query if there is one.
   * @param {HTMLElement} opener
   * @param {string} [text]
   */
  const open = (opener, text) => {
    known ??= windowOf(store, opener);
    if (!known.dialog.open) known.dialog.showModal();
    if (text) known.input.value = text;
    known.input.focus();
    known.input.select();
    if (text) known.run();
  };
  /**
   * Completes the page of its own, which the style sheet shows when all is in its place, so that nothing moves.
   * @param {HTMLElement} element
   */
  const settle = element => {
    const { input, run: answered, prepared } = searcher(store, element, true);
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    element.hidden = false;
    const settled = Promise.allSettled([styled, prepared.then(answered)]);
    settled.then(() =>
      requestAnimationFrame(() => {
        element.classList.add("x-find--settled");
        if (!input.value) input.focus();
      }),
    );
  };
  return { open, settle };
};
