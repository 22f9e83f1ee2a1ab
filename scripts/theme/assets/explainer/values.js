/* Values of rows: how they are compared with what a reader asks for, and sorted. */

import { fold } from "../shared/fold.js";

/**
 * A text as a name in an address.
 * @param {string} text
 */
export const slug = text =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

/**
 * The numbers of columns, counted from 1.
 * @param {string | undefined} text
 */
export const columns = text => (text ?? "").split(" ").filter(Boolean).map(Number);

/**
 * Whether a text has every word of a query, or their beginnings or parts.
 * @param {string} text Folded.
 * @param {string} query
 */
export const holds = (text, query) =>
  fold(query)
    .split(/\s+/)
    .every(word => text.includes(word));

/** @param {string} key */
const figure = key => Number(key.replace(/[,\s]/g, ""));

/**
 * Compares keys of one column: as figures if all of them are, else as texts; empty ones come last in both directions.
 * @param {string[]} keys
 * @param {{ down: boolean, order: (one: string, two: string) => number }} options
 */
export const comparing = (keys, { down, order }) => {
  const figures = keys.every(key => !Number.isNaN(figure(key)));
  /** @type {(one: string, two: string) => number} */
  return (one, two) => {
    if (!one || !two) return Number(!one) - Number(!two);
    return (figures ? figure(one) - figure(two) : order(one, two)) * (down ? -1 : 1);
  };
};
