/* Values of facets in a query: "ports in the north" asks for what has that region, in whatever words it says so. */

import { KIND, YEAR } from "./names.js";
import { RANKING } from "./ranking.js";
import { stemsOf } from "./synonyms.js";

/** @import { NameList } from "./names.js" */
/**
 * A value of a facet.
 * @typedef {object} FacetValue
 * @property {string} key The key of its facet.
 * @property {string[][]} names The stems of the words of each of its names.
 * @property {Set<string>} telling Those of them that no other value of the facet has, of its short names.
 * @property {number[]} records The records that have it.
 */

/**
 * The words of the short names of each value that tell it from the others.
 * @param {string[][][]} every The names of each.
 * @returns {Set<string>[]}
 */
const tellingOf = every => {
  /** @type {Map<string, number>} */
  const values = new Map();
  for (const names of every) for (const word of new Set(names.flat())) values.set(word, (values.get(word) ?? 0) + 1);
  const tells = (/** @type {string} */ word) => word.length >= RANKING.facetPartLetters && values.get(word) === 1;
  return every.map(
    names => new Set(names.filter(name => name.length <= RANKING.facetPartWords).flatMap(name => name.filter(tells))),
  );
};

/**
 * The records that have a value for each telling word of a query, by its whole name; a word that is alone may tell the value, or
 * begin its name. None if a word names no value. With them the keys of the facets of these values.
 * @param {string[]} asked The stems of the query.
 * @param {number[]} telling The places of the words that tell something, apart from the kind that is asked for.
 * @param {FacetValue[]} values
 */
export const withValues = (asked, telling, values) => {
  const [alone, ...more] = telling;
  const begins = (/** @type {FacetValue} */ { names }) => !more.length && names.some(([word]) => word === asked[alone]);
  const placesIn = (/** @type {FacetValue} */ value) =>
    begins(value) ? telling : more.length ? placesOf(asked, value) : valueIn(asked, value).places;
  const found = values.map(value => ({ value, places: placesIn(value) }));
  const each = telling.map(place => found.filter(({ places }) => places.includes(place)).map(({ value }) => value));
  const [first, ...others] = each.map(those => new Set(those.flatMap(value => value.records)));
  return {
    records: [...(first ?? [])].filter(record => others.every(other => other.has(record))),
    keys: [...new Set(each.flat().map(({ key }) => key))],
  };
};

/**
 * The titles of records -> their other names, but for codes.
 * @param {NameList} list
 */
const namesOf = ({ records }) =>
  new Map(records.map(({ title, names }) => [title, names.filter(name => name.length >= RANKING.facetPartLetters)]));

/**
 * The values of the facets that are names, with the records that have each; a value that is a record has the names of that.
 * @param {NameList} list
 * @returns {FacetValue[]}
 */
export const valuesNamed = list => {
  const { facets, records } = list;
  const others = namesOf(list);
  return facets
    .filter(({ key }) => key !== KIND && key !== YEAR)
    .flatMap(({ key, values, names }) => {
      const every = values.map((value, number) =>
        [String(value), ...(names[number] ?? []), ...(others.get(String(value)) ?? [])].map(stemsOf),
      );
      const telling = tellingOf(every);
      const found = every.map((each, number) => ({
        key,
        names: each,
        telling: telling[number],
        records: /** @type {number[]} */ ([]),
      }));
      records.forEach((record, number) => {
        for (const value of record.facets[key] ?? []) found[value].records.push(number);
      });
      return found;
    });
};

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

/**
 * The places in a query of what names a value, and how surely: its name, or words that tell it from others.
 * @param {string[]} asked The stems of the query.
 * @param {FacetValue} value
 */
export const valueIn = (asked, value) => {
  const named = placesOf(asked, value);
  if (named.length) return { places: named, sure: RANKING.facetValue };
  return {
    places: [...asked.keys()].filter(place => value.telling.has(asked[place])),
    sure: RANKING.facetPart,
  };
};
