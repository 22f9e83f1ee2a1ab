/* Values of facets in a query: "ports in the north" asks for what has that region, in whatever words it says so. */

import { KIND, YEAR } from "./names.js";
import { stemsOf } from "./synonyms.js";

/** @import { NameList } from "./names.js" */
/**
 * A value of a facet.
 * @typedef {object} FacetValue
 * @property {string[][]} names The stems of the words of each of its names.
 * @property {number[]} records The records that have it.
 */

/**
 * The values of the facets that are names, with the records that have each.
 * @param {NameList} list
 * @returns {FacetValue[]}
 */
export const valuesNamed = ({ facets, records }) =>
  facets
    .filter(({ key }) => key !== KIND && key !== YEAR)
    .flatMap(({ key, values, names }) => {
      const found = values.map((value, number) => ({
        names: [String(value), ...(names[number] ?? [])].map(stemsOf),
        records: /** @type {number[]} */ ([]),
      }));
      records.forEach((record, number) => {
        for (const value of record.facets[key] ?? []) found[value].records.push(number);
      });
      return found;
    });

/**
 * The places in a query of the words of a name; empty if they do not stand in it one after the other.
 * @param {string[]} asked The stems of the query.
 * @param {string[]} name
 */
const placesOfName = (asked, name) => {
  const from = asked.findIndex((_, place) => name.every((word, next) => asked[place + next] === word));
  return from < 0 ? [] : name.map((_, next) => from + next);
};

/**
 * The places in a query of the words of the longest name of a value that stands in it.
 * @param {string[]} asked The stems of the query.
 * @param {FacetValue} value
 */
export const placesOf = (asked, { names }) =>
  names.map(name => placesOfName(asked, name)).reduce((best, next) => (next.length > best.length ? next : best), []);
