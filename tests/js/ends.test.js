import assert from "node:assert/strict";
import { test } from "node:test";
import { answering, openQuestion } from "../../scripts/theme/assets/search/answers.js";
import { endIn } from "../../scripts/theme/assets/search/ends.js";
import { find } from "../../scripts/theme/assets/search/rank.js";
import { indexOf } from "../../scripts/theme/assets/search/vocabulary.js";
import { record, words } from "./fixtures/names.js";

/** @import { NameList } from "../../scripts/theme/assets/search/names.js" */

/** @type {NameList} */
const list = {
  language: "en",
  words: { ...words, stop: ["the", "of", "in"], meant: { ship: ["ship", "ships"], log: ["log", "sailed"] } },
  kinds: [
    { kind: "ship", weight: 1, asked: 1, index: "ships/" },
    { kind: "log", weight: 1, asked: 1, index: "logs/" },
  ],
  facets: [
    { key: "kind", label: "Kind", values: ["Ship", "Log"], names: {} },
    { key: "year", label: "Year", values: [2001, 2004, 2007], names: {} },
    { key: "sea", label: "Sea", values: ["Wide Sea", "Still Sea"], names: {} },
  ],
  sections: [],
  counted: {},
  families: [[4, 5]],
  ends: {
    ship: [
      [2, 0],
      [3, 1],
    ],
    log: [
      [6, 7],
      [7, 6],
    ],
  },
  most: {},
  rankings: [],
  records: [
    record("Anchor", { facets: { year: [1], sea: [0] } }), // 0
    record("Bell", { facets: { year: [1], sea: [1] } }), // 1
    record("Coast", { facets: { year: [0], sea: [0, 1] } }), // 2
    record("Ship Last Light", { facets: { year: [2], sea: [0] } }), // 3
    record("Dory I", { facets: {} }), // 4
    record("Dory II", { facets: {} }), // 5
    record("A storm", { kind: 1, facets: { year: [0] } }), // 6
    record("A calm", { kind: 1, facets: { year: [1] } }), // 7
  ],
};
const index = indexOf(list);

/**
 * Results of a query where some words stand in the texts of some records.
 * @param {string} text
 * @param {Record<string, [number, number][]>} texts
 */
const ask = async (text, texts = {}) => (await find(text, index, async word => new Map(texts[word] ?? []))).results;

test("the oldest and the newest of a kind come first, in their order", async () => {
  assert.deepEqual((await ask("the latest ship")).slice(0, 2), [3, 1]);
  assert.deepEqual((await ask("oldest ships")).slice(0, 2), [2, 0]);
});

test("of a value, the newest that have it come first, though others fit as well", async () => {
  const texts = /** @type {Record<string, [number, number][]>} */ ({ still: [[0, 9]], sea: [[0, 9]] });

  assert.deepEqual((await ask("latest ships in the still sea", texts)).slice(0, 2), [1, 2]);
  assert.deepEqual((await ask("oldest ship in the wide sea", texts)).slice(0, 3), [2, 0, 3]);
});

test("what is of a kind and of a year comes before what only mentions them", async () => {
  const texts = /** @type {Record<string, [number, number][]>} */ ({ sailed: [[0, 9]], 2004: [[0, 9]] });

  assert.equal((await ask("who sailed in 2004", texts))[0], 7);
  assert.deepEqual((await ask("the last ship of 2004", texts)).slice(0, 2), [1, 0]);
});

test("a name, something else that is asked, or both ends at once keep their order", async () => {
  assert.equal((await ask("ship last light"))[0], 3);
  assert.equal((await ask("latest ship anchor"))[0], 0);
  assert.deepEqual(endIn("the oldest and the latest ship", new Map(), index), []);
  assert.deepEqual(endIn("latest ship and log", new Map(), index), []);
});

test("the latest answers with its date, and a kind alone asks no open question", () => {
  /** @type {import("../../scripts/theme/assets/search/answers.js").Said[]} */
  const said = [
    ["when", "May 2007", ["a"]],
    ["open", "Who built the ship?", []],
  ];

  assert.deepEqual(answering("the latest ship", [], said, 3, index), [said[0]]);
  assert.deepEqual(answering("ship last light", [], said, 3, index), []);
  assert.deepEqual(openQuestion("the latest ship", said, index), []);
  assert.deepEqual(openQuestion("who built the ship", said, index), [said[1]]);
});
