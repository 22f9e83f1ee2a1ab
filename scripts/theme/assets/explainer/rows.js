/* The rows of a table, or the items of a list, and what stands in their columns. The macro `filterable` in
   `templates/macros.md.j2` writes the attributes that are read here. */

import { textOf } from "../shared/dom.js";

/**
 * @typedef {object} Rows
 * @property {HTMLElement} box Holds them.
 * @property {HTMLTableElement | null} table
 * @property {HTMLElement[]} rows
 * @property {HTMLElement[]} heads The headings of a table's columns.
 * @property {string[]} titles The texts of the headings, from 1.
 * @property {string[]} labels The names of what it is filtered by, from 1: fields, else the columns.
 * @property {boolean} fielded Whether it is filtered by fields that are marked, and not by columns.
 */

/**
 * @param {HTMLElement} box
 * @returns {Rows}
 */
export const rowsIn = box => {
  const { items = "", fields = "[]" } = box.dataset;
  const table = [...box.querySelectorAll("table")].find(one => !one.closest("figure")) ?? null;
  /** @type {NodeListOf<HTMLElement>} */
  const rows = table ? table.querySelectorAll("tbody tr") : box.querySelectorAll(items);
  /** @type {HTMLElement[]} */
  const heads = [...(table?.tHead?.rows[0]?.cells ?? [])];
  const titles = ["", ...heads.map(textOf)];
  /** @type {string[]} */
  const named = JSON.parse(fields);
  const fielded = named.length > 0;
  return { box, table, rows: [...rows], heads, titles, labels: fielded ? ["", ...named] : titles, fielded };
};

/**
 * The values that an element marks: `data-values` lists them as JSON, `data-value` is one; where it is empty or not there, the text is it.
 * @param {HTMLElement} element
 * @returns {string[]}
 */
const markedIn = element => {
  const { value, values } = element.dataset;
  return values === undefined ? [value || textOf(element)] : JSON.parse(values);
};

/**
 * The values of each row in one column: as marked, else as linked, else the text of the cell.
 * @param {Rows} rows
 * @param {number} column
 */
export const valuesAt = ({ fielded, rows }, column) => {
  const cell = !fielded ? `:is(td, th):nth-child(${column})` : `[data-field="${column}"]`;
  const valued = ["[data-value]", "[data-values]"].flatMap(mark => [`${cell}${mark}`, `${cell} ${mark}`]).join(", ");
  const marks = fielded ? cell : valued;
  /** @type {(row: HTMLElement, selector: string) => HTMLElement[]} */
  const within = (row, selector) => [...row.querySelectorAll(selector)].map(one => /** @type {HTMLElement} */ (one));
  const marked = rows.map(row => within(row, marks).flatMap(markedIn));
  const linked = rows.map((row, place) =>
    marked[place].length ? [] : within(row, `${cell} a:not(.cite a)`).map(textOf),
  );
  const plain = ![...marked, ...linked].some(values => values.length);
  return rows.map((row, place) => {
    const own = marked[place].length ? marked[place] : linked[place];
    return new Set((plain ? within(row, cell).map(textOf) : own).filter(Boolean));
  });
};

/**
 * What a row is sorted by in one column: as marked, else the text of the cell.
 * @param {HTMLElement} row
 * @param {number} column
 */
export const sortKey = (row, column) => {
  const cell = row.children[column - 1];
  /** @type {HTMLElement | null} */
  const own = cell.querySelector("[data-sort]");
  return own ? (own.dataset.sort ?? "") : textOf(cell);
};
