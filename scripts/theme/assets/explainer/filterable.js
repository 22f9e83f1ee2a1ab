/* Tables and lists that filter and sort. */

import { make, textOf } from "../shared/dom.js";
import { fold } from "../shared/fold.js";
import { collated, filled, numeral, plural } from "../shared/language.js";
import { offerBars } from "./bars.js";
import { rowsIn, sortKey, valuesAt } from "./rows.js";
import { offerRows } from "./taking.js";
import { columns, comparing, holds, slug } from "./values.js";

/** @import { Rows } from "./rows.js" */

/** Milliseconds after the last letter until the address follows: browsers limit how often it may change. */
const SETTLED = 300;

/**
 * A table or list with its filters.
 * @typedef {object} Filterable
 * @property {Rows} rows
 * @property {(name: string) => string} named What a name is called in the address.
 * @property {HTMLFormElement} bar
 * @property {HTMLElement} count Says how many rows are shown.
 * @property {HTMLElement} none Says that no row fits, and how to show all again.
 * @property {((row: number) => boolean)[]} tests What every row that is shown fulfils.
 * @property {((shown: number[], asked: boolean) => void)[]} followers What follows the filters: bars, a file to take away.
 * @property {HTMLSelectElement | null} order The menu of orders, for windows that show no headings; null without an order.
 * @property {string} sorted Slug of the heading of the column that it is sorted by, after a minus sign where the order is turned round; empty for the page's own order.
 */

const { lang } = document.documentElement;

/**
 * Adds the menu of a column that has two values or more.
 * @param {Filterable} list
 * @param {number} column
 */
const addMenu = ({ rows, named, bar, tests }, column) => {
  const values = valuesAt(rows, column);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values.flatMap(row => [...row])) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size < 2) return;
  const options = [...counts]
    .sort(([one], [two]) => collated(one, two))
    .map(([value, n]) => new Option(`${value} (${n})`, value));
  const label = rows.labels[column];
  const any = new Option(rows.box.dataset.any, "");
  const select = make("select", { name: named(slug(label)) }, any, ...options);
  bar.append(make("label", {}, label, select));
  tests.push(row => !select.value || values[row].has(select.value));
};

/**
 * Adds what follows the filters, where the list asks for it.
 * @param {Filterable} list
 */
const addFollowers = ({ rows, bar, followers }) => {
  const take = offerRows(rows);
  const bars = offerBars(rows);
  if (take) {
    bar.append(take.button);
    followers.push(take.show);
  }
  if (bars) {
    bar.append(bars.figure);
    followers.push(bars.show);
  }
};

/** Lets the browser do what waits, so that no step of a long list halts the page. */
const pause = () => new Promise(done => setTimeout(done));

/**
 * Makes the filters of a table or list, column by column.
 * @param {Rows} rows
 * @param {boolean} alone Whether it is the only one on the page, so that its names stand in the address as they are.
 * @returns {Promise<Filterable>}
 */
const filters = async (rows, alone) => {
  const { text: label = "", reset = "", none = "", filters: filtered } = rows.box.dataset;
  const named = (/** @type {string} */ name) => (alone ? name : `${rows.box.id}-${name}`);
  const find = make("input", { type: "search", name: named("text") });
  const bar = make("form", { className: "x-filters", autocomplete: "off" }, make("label", {}, label, find));
  const count = make("p", { className: "x-count" });
  count.setAttribute("role", "status");
  /** @type {string[]} */
  const texts = []; // of each row when it is first searched, as most readers search none
  /** @param {number} row */
  const text = row => (texts[row] ??= fold(textOf(rows.rows[row])));
  /** @type {Filterable} */
  const list = {
    rows,
    named,
    bar,
    count,
    none: make("p", { className: "x-none", hidden: true }, filled(none, { reset })),
    tests: [row => !find.value || holds(text(row), find.value)],
    followers: [],
    order: null,
    sorted: "",
  };
  for (const column of columns(filtered)) {
    addMenu(list, column);
    await pause();
  }
  bar.append(make("button", { type: "reset" }, reset), count);
  addFollowers(list);
  return list;
};

/**
 * Opens the folds in which rows stand, so that what was found is seen.
 * @param {HTMLElement[]} rows
 */
const unfold = rows => {
  for (const row of rows) {
    const fold = row.parentElement?.closest("details");
    if (fold) fold.open = true;
  }
};

/**
 * The inputs and menus of the filters.
 * @param {Filterable} list
 * @returns {NodeListOf<HTMLInputElement | HTMLSelectElement>}
 */
const controls = ({ bar }) => bar.querySelectorAll("input, select:not(.x-order)");

/**
 * Shows the rows that fit, and says how many.
 * @param {Filterable} list
 */
const filter = list => {
  const { count, tests } = list;
  const { box, rows } = list.rows;
  for (const [place, row] of rows.entries()) row.hidden = !tests.every(test => test(place));
  const left = rows.filter(row => !row.hidden);
  /** @type {NodeListOf<HTMLElement>} */
  const groups = box.querySelectorAll(".group");
  for (const group of groups) group.hidden = !left.some(row => group.contains(row));
  const asked = [...controls(list)].some(control => control.value);
  if (asked) unfold(left);
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const wholes = box.querySelectorAll("details.overall");
  for (const whole of wholes) whole.open = !asked; // what shows all rows would belie a choice of them
  if (list.rows.table) list.rows.table.hidden = !left.length; // its heads alone would look like a fault
  list.none.hidden = left.length > 0;
  const places = [...rows.keys()].filter(place => !rows[place].hidden);
  for (const follow of list.followers) follow(places, asked);
  const pattern = plural(JSON.parse(box.dataset.count ?? "{}"), rows.length, lang);
  count.textContent = filled(pattern, { n: numeral(left.length, lang), all: numeral(rows.length, lang) });
};

/**
 * Sorts the rows.
 * @param {Filterable} list
 * @param {string} wanted As in `sorted`; unknown columns give the page's own order.
 */
const sort = (list, wanted) => {
  const { box, table, rows, heads, titles } = list.rows;
  const down = wanted.startsWith("-");
  const column = columns(box.dataset.sort).find(number => slug(titles[number]) === wanted.slice(Number(down)));
  list.sorted = column ? wanted : "";
  for (const head of heads) head.removeAttribute("aria-sort");
  const inOrder = [...rows];
  if (column) {
    heads[column - 1].setAttribute("aria-sort", down ? "descending" : "ascending");
    const keys = new Map(rows.map(row => [row, sortKey(row, column)]));
    const compare = comparing([...keys.values()], { down, order: collated });
    inOrder.sort((one, two) => compare(keys.get(one) ?? "", keys.get(two) ?? ""));
  }
  table?.tBodies[0].append(...inOrder);
  if (list.order) list.order.value = list.sorted;
};

/**
 * Writes filters and order into the address.
 * @param {Filterable} list
 */
const remember = list => {
  if (location.protocol === "file:") return; // browsers forbid it there
  const address = new URL(location.href);
  for (const { name, value } of [...controls(list), { name: list.named("sort"), value: list.sorted }]) {
    address.searchParams.delete(name);
    if (value) address.searchParams.set(name, value);
  }
  history.replaceState(history.state, "", address);
};

/**
 * Makes a button of the heading of every column that sorts.
 * @param {Filterable} list
 */
const addSorting = list => {
  const { box, heads, titles } = list.rows;
  const { by = "", own = "", sort: sorting } = box.dataset;
  const order = make("select", { className: "x-order" }, new Option(own, ""));
  for (const column of columns(sorting)) {
    const head = heads[column - 1];
    const name = slug(titles[column]);
    order.append(new Option(`${titles[column]} ▲`, name), new Option(`${titles[column]} ▼`, `-${name}`));
    const button = make("button", { type: "button" }, ...head.childNodes);
    button.addEventListener("click", () => {
      sort(list, list.sorted === name ? `-${name}` : name);
      remember(list);
    });
    head.append(button);
  }
  if (order.length === 1) return;
  list.order = order;
  order.addEventListener("change", () => {
    sort(list, order.value);
    remember(list);
  });
  list.count.before(make("label", { className: "x-order" }, by, order));
};

/** @param {Filterable} list */
const listen = list => {
  const { bar, rows } = list;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  bar.addEventListener("input", () => {
    filter(list);
    clearTimeout(later);
    later = setTimeout(remember, SETTLED, list);
  });
  bar.addEventListener("submit", event => event.preventDefault());
  bar.addEventListener("reset", () =>
    setTimeout(() => {
      // by then the form has emptied its fields
      sort(list, "");
      filter(list);
      remember(list);
    }),
  );
  // a link to what a filter hides shows everything again
  window.addEventListener("hashchange", () => {
    const target = rows.box.querySelector("[hidden]:target, [hidden] :target");
    if (!target) return;
    bar.reset();
    setTimeout(() => target.scrollIntoView());
  });
};

/**
 * Gives a table or list its filters, set as the address says.
 * @param {HTMLElement} box
 * @param {boolean} alone
 */
const makeFilterable = async (box, alone) => {
  const rows = rowsIn(box);
  if (!rows.rows.length) return;
  const list = await filters(rows, alone);
  addSorting(list);
  listen(list);
  const given = new URLSearchParams(location.search);
  for (const control of controls(list)) control.value = given.get(control.name) ?? "";
  box.prepend(list.bar, list.none);
  const order = given.get(list.named("sort"));
  if (order) sort(list, order); // else the rows stand in their order, and to put them there again costs a layout
  filter(list);
};

/**
 * Shows a table or list with its filters; till then nothing of it is laid out, so that nothing is seen to move.
 * @param {HTMLElement} box
 */
const reveal = box => {
  box.classList.add("ready");
  const [came] = performance.getEntriesByType("navigation");
  const isBack = came instanceof PerformanceNavigationTiming && came.type === "back_forward"; // then the browser scrolls
  if (isBack) return;
  const asked = new URLSearchParams(location.search);
  const set = [...box.querySelectorAll(".x-filters [name]")].some(control =>
    asked.get(control.getAttribute("name") ?? ""),
  );
  const place = location.hash ? ":target" : set && ".x-filters";
  if (place) box.querySelector(place)?.scrollIntoView();
};

/** Gives every table and list that is marked so its filters, once the page is there, each in a task of its own. */
export const offerFilters = () =>
  document.addEventListener("DOMContentLoaded", () => {
    /** @type {NodeListOf<HTMLElement>} */
    const boxes = document.querySelectorAll(".filterable");
    for (const box of boxes) {
      setTimeout(async () => {
        try {
          await makeFilterable(box, boxes.length === 1);
        } finally {
          reveal(box);
        }
      });
    }
  });
