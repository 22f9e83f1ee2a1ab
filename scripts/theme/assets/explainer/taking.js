/* The rows that a list shows, to take away as CSV: made in the browser, without a request. */

import { csv } from "../shared/csv.js";
import { make, textOf } from "../shared/dom.js";
import { filled, numeral, plural } from "../shared/language.js";
import { valuesAt } from "./rows.js";
import { slug } from "./values.js";

/** @import { Rows } from "./rows.js" */

const { lang } = document.documentElement;

/** What stands between several values in a cell, as in the other files of the site. */
const JOINT = "; ";

/**
 * Name, address and values of some rows, after a line of what the columns are called.
 * @param {Rows} rows
 * @param {number[]} places
 */
const cells = (rows, places) => {
  const { fielded, heads, labels, titles } = rows;
  const named = fielded ? labels.slice(1) : labels.slice(2);
  const columns = named.map((_, place) => (fielded ? valuesAt(rows, place + 1) : null));
  const lines = places.map(place => {
    const row = rows.rows[place];
    const link = row.querySelector("a");
    const others = columns.map((values, column) =>
      values ? [...values[place]].join(JOINT) : textOf(row.children[column + 1]),
    );
    return [textOf(link ?? row), link?.href ?? "", ...others];
  });
  const { name = "", address = "" } = rows.box.dataset;
  return [[heads.length ? titles[1] : name, address, ...named], ...lines];
};

/**
 * Hands a file to the reader.
 * @param {string} text
 * @param {string} name
 */
const hand = (text, name) => {
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  make("a", { href, download: name }).click();
  setTimeout(URL.revokeObjectURL, 0, href);
};

/**
 * Makes the button that hands out what is shown, where a list offers it.
 * @param {Rows} rows
 * @returns {{ button: HTMLButtonElement, show: (places: number[]) => void } | null}
 */
export const offerRows = rows => {
  if (!rows.box.dataset.take) return null;
  const forms = JSON.parse(rows.box.dataset.take);
  const button = make("button", { type: "button" });
  /** @type {number[]} */
  let shown = [];
  button.addEventListener("click", () => {
    const order = (/** @type {number} */ one, /** @type {number} */ other) =>
      rows.rows[one].compareDocumentPosition(rows.rows[other]) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
    const title = document.querySelector("h1");
    hand(csv(cells(rows, shown.sort(order))), `${slug(title ? textOf(title) : "") || "rows"}.csv`);
  });
  const show = (/** @type {number[]} */ places) => {
    shown = [...places];
    button.hidden = !shown.length;
    button.textContent = filled(plural(forms, shown.length, lang), { n: numeral(shown.length, lang) });
  };
  return { button, show };
};
