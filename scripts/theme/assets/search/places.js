/* Values of facets in a query: "ports in the north" asks for what has that region, in whatever words it says so. */

import { KIND, YEAR } from "./names.js";
import { stemsOf } from "./synonyms.js";

/** @import { NameList } from "./names.js" */
/**
 * A value of a facet.
 * @typedef {object} FacetValue
 * @property {string[]} stems The stems of its words.
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
    .flatMap(({ key, values }) => {
      const found = values.map(value => ({ stems: stemsOf(String(value)), records: /** @type {number[]} */ ([]) }));
      records.forEach((record, number) => {
        for (const value of record.facets[key] ?? []) found[value].records.push(number);
      });
      return found;
    });

/**
 * The places in a query of the words of a value; empty if they do not stand in it one after the other.
 * @param {string[]} asked The stems of the query.
 * @param {FacetValue} value
 */
export const placesOf = (asked, { stems }) => {
  const from = asked.findIndex((_, place) => stems.every((word, next) => asked[place + next] === word));
  return from < 0 || !stems.length ? [] : stems.map((_, next) => from + next);
};
