import assert from "node:assert/strict";
import { test } from "node:test";
import { answering } from "../../scripts/theme/assets/search/answers.js";
import { find } from "../../scripts/theme/assets/search/rank.js";
import { indexOf } from "../../scripts/theme/assets/search/vocabulary.js";
import { record, words } from "./fixtures/names.js";

/** @import { NameList } from "../../scripts/theme/assets/search/names.js" */

/** @type {NameList} */
const list = {
  language: "en",
  words: {
    ...words,
    stop: ["the", "of", "in", "which", "has", "one"],
    meant: { ship: ["ship", "ships"] },
    synonyms: ["nets = webs", "lamps lit = most radiant"],
  },
  kinds: [{ kind: "ship", weight: 1, asked: 1, index: "ships/" }],
  facets: [
    { key: "kind", label: "Kind", values: ["Ship"], names: {} },
    { key: "year", label: "Year", values: [2001, 2004], names: {} },
    { key: "sea", label: "Sea", values: ["Wide Sea", "Still Sea"], names: {} },
  ],
  sections: [],
  counted: {},
  families: [],
  ends: {},
  rankings: [],
  most: {
    "nets recovered": ["nets", [2, 1, 0]],
    "lamps lit": ["lamps", [1, 2]],
    "weight of rope sold": ["kg", [0, 2]],
    rescued: ["sailors", [3, 0]],
  },
  records: [
    record("Anchor", { facets: { sea: [0], year: [1] } }), // 0
    record("Bell", { facets: { sea: [1] } }), // 1
    record("Coast", { facets: { sea: [0], year: [0] } }), // 2
    record("Most Nets", { facets: {} }), // 3
  ],
};
const index = indexOf(list);

/**
 * Results of a query where every word but some stands in the text of the last record.
 * @param {string} text
 */
const ask = async text => (await find(text, index, async () => new Map([[3, 9]]))).results;

test("the records with the largest numbers come first, the largest first, in whatever words the measure is asked for", async () => {
  assert.deepEqual((await ask("which ship has the most nets recovered")).slice(0, 3), [2, 1, 0]);
  assert.deepEqual((await ask("biggest recovery of webs")).slice(0, 3), [2, 1, 0]);
  assert.deepEqual((await ask("most lamps")).slice(0, 2), [1, 2]);
});

test("a unit that is one of the words for what is counted tells it, also where it is a kind of record", async () => {
  const ports = indexOf({
    ...list,
    words: { ...list.words, meant: { ship: ["ship", "ships"], port: ["port", "ports"] } },
    most: { "ports called at on the way": ["ports", [1, 2]], "ships seen": ["people", [0]] },
  });
  const { results } = await find("ship with the most ports", ports, async () => new Map([[3, 9]]));
  assert.deepEqual(results.slice(0, 2), [1, 2]);
  const other = await find("which port called at most ships", ports, async () => new Map([[3, 9]])); // asks for a port
  assert.notDeepEqual(other.results.slice(0, 2), [1, 2]);
});

test("the unit alone tells no measure, but may stand beside it", async () => {
  assert.deepEqual((await ask("most sailors rescued")).slice(0, 2), [3, 0]);
  assert.notDeepEqual((await ask("most kg")).slice(0, 2), [0, 2]);
});

test("of a value or of years, only those that have them come first", async () => {
  assert.equal((await ask("most nets recovered since 2004"))[0], 0);
  assert.deepEqual((await ask("most nets recovered in the wide sea")).slice(0, 2), [2, 0]);
  assert.deepEqual((await ask("most nets recovered in the still sea"))[0], 1);
});

test("a name, what people say for something else, and a query about something else keep their order", async () => {
  assert.equal((await ask("most nets"))[0], 3);
  assert.notEqual((await ask("most radiant"))[0], 1);
  assert.equal((await ask("most nets torn"))[0], 3);
});

test("the first of them answers with its number", () => {
  assert.deepEqual(
    answering(
      "most nets recovered",
      [],
      [
        ["many", "12 nets recovered", ["a"]],
        ["many", "3 lamps lit", []],
      ],
      2,
      index,
    ),
    [["many", "12 nets recovered", ["a"]]],
  );
});
