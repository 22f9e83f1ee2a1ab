/* How the rows that are shown spread over the values of one column: a bar for each, before that of all rows. */

import { make } from "../shared/dom.js";
import { collated, numeral } from "../shared/language.js";
import { valuesAt } from "./rows.js";

/** @import { Rows } from "./rows.js" */

const { lang } = document.documentElement;

/** Number of bars from which only some have their label below them. */
const MANY = 9;
/** Of so many bars one has its label. */
const EVERY = 4;

/**
 * Counts the values of some rows.
 * @param {Set<string>[]} values
 * @param {number[]} places
 */
const counted = (values, places) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of places.flatMap(place => [...values[place]])) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/**
 * A value with two bars, one for all rows and one for those that are shown.
 * @param {string} name
 * @param {number[]} numbers
 * @param {{ most: number, labelled: boolean }} options
 */
const column = (name, numbers, { most, labelled }) => {
  const [behind, bar] = numbers.map(number => {
    const line = make("i", {});
    line.style.height = `${(number / most) * 100}%`;
    return line;
  });
  const [, shown] = numbers;
  bar.append(make("b", {}, shown ? numeral(shown, lang) : ""));
  return make("span", { title: `${name}: ${shown}` }, behind, bar, make("small", {}, labelled ? name : ""));
};

/**
 * Makes the bars of a list that asks for them.
 * @param {Rows} rows
 * @returns {{ figure: HTMLElement, show: (places: number[], asked: boolean) => void } | null}
 */
export const offerBars = rows => {
  const { bars, barsSay = "" } = rows.box.dataset;
  if (!bars) return null;
  const values = valuesAt(rows, Number(bars));
  const all = counted(values, [...rows.rows.keys()]);
  const names = [...all.keys()].sort(collated);
  const most = Math.max(...all.values());
  const drawing = make("div", {});
  drawing.setAttribute("role", "img");
  const figure = make("figure", { className: "x-bars" }, make("figcaption", {}, barsSay), drawing);
  const show = (/** @type {number[]} */ places, /** @type {boolean} */ asked) => {
    figure.hidden = !asked || !places.length;
    if (figure.hidden) return;
    const now = counted(values, places);
    const said = names.filter(name => now.has(name)).map(name => `${name}: ${numeral(now.get(name) ?? 0, lang)}`);
    drawing.setAttribute("aria-label", `${barsSay} ${said.join(", ")}`);
    const few = names.length < MANY;
    drawing.replaceChildren(
      ...names.map((name, place) =>
        column(name, [all.get(name) ?? 0, now.get(name) ?? 0], { most, labelled: few || place % EVERY === 0 }),
      ),
    );
  };
  return { figure, show };
};
