/* The names of all records, as `explainer/publish/search/names.py` writes them into names.bin. */

/** @import { Forms } from "../shared/language.js" */

/**
 * A record or page; its number is its place in the list.
 * @typedef {object} NameRecord
 * @property {string} at Address on the hosted site, relative to its root, with anchor.
 * @property {string} title
 * @property {string[]} names Other names.
 * @property {number} kind Number of its kind.
 * @property {Record<string, number[]>} facets Key of a facet -> numbers of the values that it has, for every facet but the kind.
 * @property {number[]} users For a source: numbers of the records that cite it.
 * @property {string} language That of the title, where it is not that of the search.
 * @property {Held[]} held The offices of a person.
 * @property {string[]} parts The anchors of the numbered parts of a text.
 */
/**
 * An office that a person held: its title, the numbers of the organisation and of the record of the office (-1 without
 * one), the month in which it began, counted from the year 0 (0 where that is not known), and that in which it ended (0 for one that is
 * held today).
 * @typedef {[title: string, of: number, page: number, start: number, end: number]} Held
 */
/**
 * A kind of result.
 * @typedef {object} Kind
 * @property {string} kind
 * @property {number} weight What the score of such a result is multiplied by.
 * @property {number} asked The same where a query has a word that asks for such.
 * @property {string} index Address of the list of all of this kind.
 */
/**
 * A filter for results, with all values that it can have; those of the kind are the labels of the kinds.
 * @typedef {object} Facet
 * @property {string} key
 * @property {string} label
 * @property {(string | number)[]} values
 * @property {Record<string, string[]>} names Number of a value -> its other names.
 */
/**
 * The index of a section, offered where nothing is found.
 * @typedef {object} Section
 * @property {string} at
 * @property {string} title
 */
/**
 * Texts of the interface, and the words with a meaning of their own in a query.
 * @typedef {object} Words
 * @property {string} placeholder
 * @property {string} hint
 * @property {Forms} results
 * @property {string} none
 * @property {string} deaf
 * @property {string} lacks
 * @property {string} beyond
 * @property {string} unnumbered
 * @property {string} nearest
 * @property {string} browse
 * @property {Forms} more
 * @property {Forms} all
 * @property {string} also
 * @property {string} any
 * @property {string} filters
 * @property {string} reset
 * @property {string[]} stop Words that say little by themselves.
 * @property {string[]} numerals The words for 1, 2, 3 and so on.
 * @property {string[]} ordinals The words for the first, second, third and so on.
 * @property {Record<"first" | "last" | "idle" | "change" | "all", string[]>} editions Words that choose among the editions of a thing.
 * @property {string[]} most Words that ask for the largest number.
 * @property {string[]} synonyms Words of the dossier, and what people say instead: `used = said, said`.
 * @property {string[]} uncovered What people ask that the dossier says nothing on.
 * @property {Record<string, string[]>} meant Kind -> words that ask for such a record rather than name one.
 * @property {Record<string, string[]>} asks Words that say how a question is asked.
 * @property {Record<string, string[]>} parts Group of parts of texts -> how one of it is called, with {n} for its number.
 */
/**
 * @typedef {object} NameList
 * @property {string} language
 * @property {Words} words
 * @property {Kind[]} kinds
 * @property {Facet[]} facets
 * @property {Section[]} sections
 * @property {Record<string, number>} counted What only one record counts, in words -> the number of that record.
 * @property {number[][]} families The editions of each thing that has several, the oldest first.
 * @property {Record<string, [unit: string, records: number[]]>} most What several records count, in words -> those with the largest numbers, the largest first.
 * @property {Record<string, [oldest: number[], newest: number[]]>} ends Kind -> some of its records, the oldest and the newest first.
 * @property {Ranking[]} rankings
 * @property {NameRecord[]} records
 */
/**
 * A place of a page that says which group has the most of something: the number of the page, its anchor, its title, what one of the
 * groups is called, what is counted of each, its unit (empty where records are counted), and what the records are called.
 * @typedef {[record: number, part: string, title: string, groups: string[], counts: string, unit: string, of: string]} Ranking
 */
/**
 * The records as they lie in the file, each field of all of them as a column; an empty list is 0.
 * @typedef {object} NameColumns
 * @property {string[]} at
 * @property {string[]} title
 * @property {(string | 0)[][]} names A name that the address ends with is 0.
 * @property {number[]} kind
 * @property {Record<string, (number[] | 0)[]>} facets
 * @property {(number[] | 0)[]} users Each number as the difference to the one before.
 * @property {Record<string, number[]>} languages Language -> the records whose titles are in it, likewise.
 * @property {Record<string, Held[]>} held Number of a person's record -> the offices.
 * @property {Record<string, string[]>} parts Number of a text -> the anchors of its parts.
 */

/** The keys of the facets that are treated apart. */
export const KIND = "kind";
export const YEAR = "year";

/**
 * The last part of an address, which for most records is their id.
 * @param {string} at
 */
export const lastOf = at => at.split(/[/#]/).filter(Boolean).at(-1) ?? "";

/**
 * Ascending numbers, each written as the difference to the one before.
 * @param {number[]} steps
 */
const counted = steps => {
  let last = 0;
  return steps.map(step => {
    last += step;
    return last;
  });
};

/**
 * Turns the columns of the file into records.
 * @param {Omit<NameList, "records"> & { records: NameColumns }} file
 * @returns {NameList}
 */
export const decoded = ({ records: columns, ...others }) => {
  const languages = new Map(
    Object.entries(columns.languages).flatMap(([language, steps]) => counted(steps).map(number => [number, language])),
  );
  /** @type {(at: string, number: number) => NameRecord} */
  const record = (at, number) => ({
    at,
    title: columns.title[number],
    names: columns.names[number].map(name => name || lastOf(at)),
    kind: columns.kind[number],
    facets: Object.fromEntries(Object.entries(columns.facets).map(([key, column]) => [key, column[number] || []])),
    users: counted(columns.users[number] || []),
    language: languages.get(number) ?? "",
    held: columns.held[number] ?? [],
    parts: columns.parts[number] ?? [],
  });
  return { ...others, records: columns.at.map(record) };
};

/** The kind of pages for editors. */
export const GUIDE = "guide";

/**
 * The kind of a record.
 * @param {number} record
 * @param {NameList} list
 */
export const kindOf = (record, { records, kinds }) => kinds[records[record].kind].kind;

/**
 * The years in which a record has a date.
 * @param {number} record
 * @param {NameList} list
 */
export const yearsOf = (record, { facets, records }) => {
  const years = facets.find(({ key }) => key === YEAR)?.values ?? [];
  return (records[record].facets[YEAR] ?? []).map(number => Number(years[number]));
};

/**
 * The numbers of the values that a record has of a facet.
 * @param {NameRecord} record
 * @param {string} facet Its key.
 */
export const valuesOf = (record, facet) => (facet === KIND ? [record.kind] : record.facets[facet]);

/**
 * @param {NameList} list
 * @param {string} facet Its key.
 */
export const facetOf = ({ facets }, facet) => {
  const found = facets.find(({ key }) => key === facet);
  if (!found) throw new Error(`there is no facet ${facet}`);
  return found;
};
