import assert from "node:assert/strict";
import { test } from "node:test";
import { answering } from "../../scripts/theme/assets/search/answers.js";
import { partIn } from "../../scripts/theme/assets/search/parts.js";
import { find } from "../../scripts/theme/assets/search/rank.js";
import { indexOf } from "../../scripts/theme/assets/search/vocabulary.js";
import { record, words } from "./fixtures/names.js";

const index = indexOf({
  language: "en",
  words: { ...words, synonyms: [...words.synonyms, "article = artykuł"] },
  kinds: [{ kind: "charter", weight: 1, asked: 1, index: "charters/" }],
  facets: [{ key: "kind", label: "Kind", values: ["Charter"], names: {} }],
  sections: [],
  counted: {},
  families: [],
  ends: {},
  most: {},
  rankings: [],
  records: [
    record("Charter of the Lamps", { names: ["C/12"], parts: ["rec1", "rec2", "art1", "art2", "art3"] }), // 0
    record("Charter of the Bells", { names: ["C/14"], parts: ["art1"] }), // 1
    record("Lamps and their keepers"), // 2
  ],
});

const inNone = async () => new Map();

/** @param {string} text */
const ask = async text => {
  const { results, parts } = await find(text, index, inNone);
  return [results[0], parts];
};

test("a part of a text is named by its group or by what the catalogue calls it, and a number", async () => {
  assert.deepEqual(await ask("charter of the lamps article 3"), [0, ["art3"]]);
  assert.deepEqual(await ask("Art. 1 of the Charter of the Bells"), [1, ["art1"]]);
  assert.deepEqual(await ask("art2 C/12"), [0, ["art2"]]);
  assert.deepEqual(await ask("C/12 rec 2"), [0, ["rec2"]]);
  assert.deepEqual(await ask("artykuł 3 C/12"), [0, ["art3"]]); // in the words of a line
});

test("the calling of most words is the one, and a word of several groups means each that has the number", async () => {
  assert.deepEqual(await ask("charter of the lamps recital article 2"), [0, ["rec2"]]);
  assert.deepEqual(await ask("charter of the lamps article 2"), [0, ["art2", "rec2"]]);
});

test("a part that the text has not, and one of nothing or of two things, asks for no part", async () => {
  assert.deepEqual((await ask("charter of the lamps article 9"))[1], []);
  assert.deepEqual((await ask("charter of the bells article 3"))[1], []);
  assert.equal(partIn("article 3", index), undefined);
  assert.equal(partIn("charter of the lamps", index), undefined);
  assert.equal(partIn("difference between article 1 of C/12 and C/14", index), undefined);
});

test("a part of a text that is not named is that of the first result, if it has it", async () => {
  assert.deepEqual(await ask("charter lamps article 3"), [0, ["art3"]]);
  assert.deepEqual((await ask("keepers article 3"))[1], []);
});

test("what the part says is the answer, and nothing else that the record says", () => {
  /** @type {import("../../scripts/theme/assets/search/answers.js").Said[]} */
  const said = [
    ["when", "1912", []],
    ["#art2", "Lamps are lit at dusk.", ["s"]],
    ["#art3", "Lamps are put out at dawn.", ["s"]],
  ];
  assert.deepEqual(answering("when is C/12 article 3", ["art3"], said, 0, index), [said[2]]);
  assert.deepEqual(answering("when is C/12", [], said, 0, index), [said[0]]);
});
