import assert from "node:assert/strict";
import { test } from "node:test";
import { answering } from "../../scripts/theme/assets/search/answers.js";
import { find } from "../../scripts/theme/assets/search/rank.js";
import { rankingIn } from "../../scripts/theme/assets/search/rankings.js";
import { indexOf } from "../../scripts/theme/assets/search/vocabulary.js";
import { record, words } from "./fixtures/names.js";

const index = indexOf({
  language: "en",
  words: { ...words, stop: ["the", "of", "in", "which", "had", "by", "were"], synonyms: ["nets = webs"] },
  kinds: [{ kind: "ship", weight: 1, asked: 1, index: "ships/" }],
  facets: [{ key: "kind", label: "Kind", values: ["Ship"], names: {} }],
  sections: [],
  counted: {},
  families: [],
  ends: {},
  most: { "nets recovered": ["nets", [1, 2]] },
  rankings: [
    [0, "nets-by-year", "Nets, year by year", ["Year"], "nets recovered", "nets", "ships"],
    [0, "nets-by-sea", "Nets, by sea", ["Sea", "waters"], "nets recovered", "nets", "ships"],
    [0, "ships-by-sea", "Ships, by sea", ["Sea"], "ships", "", "ships"],
  ],
  records: [
    record("Added up", { parts: ["nets-by-year", "nets-by-sea", "ships-by-sea"] }), // 0
    record("Anchor"), // 1
    record("Bell"), // 2
  ],
});

/** @param {string} text */
const ask = async text => {
  const { results, parts } = await find(text, index, async () => new Map([[2, 9]]));
  return [results[0], ...parts];
};

test("the group that has the most is answered where it is added up, in whatever words it is asked for", async () => {
  assert.deepEqual(await ask("which year had the most nets recovered"), [0, "nets-by-year"]);
  assert.deepEqual(await ask("year of the biggest recovery of webs"), [0, "nets-by-year"]); // other words for it
  assert.deepEqual(await ask("in which waters were the most nets"), [0, "nets-by-sea"]); // another word for the group
  assert.deepEqual(await ask("most nets recovered by ships by sea"), [0, "nets-by-sea"]); // figures before records
});

test("records are counted where nothing else is asked for", async () => {
  assert.deepEqual(await ask("which sea had the most ships"), [0, "ships-by-sea"]);
});

test("what names no group, a year, or something besides asks for a record", async () => {
  assert.deepEqual(await ask("which ship had the most nets recovered"), [1]);
  assert.equal(rankingIn("which year since 2004 had the most nets", index), undefined);
  assert.equal(rankingIn("which year had the most nets of the bell", index), undefined);
  assert.equal(rankingIn("which year had nets", index), undefined);
  assert.equal(rankingIn("difference between most nets by year and most nets by sea", index), undefined);
});

test("what the page says there is the answer", () => {
  /** @type {import("../../scripts/theme/assets/search/answers.js").Said[]} */
  const said = [
    ["#nets-by-year", "2004: 12 nets, the most", []],
    ["#nets-by-sea", "Wide Sea: 9 nets, the most", []],
  ];
  assert.deepEqual(answering("which sea had the most nets", ["nets-by-sea"], said, 0, index), [said[1]]);
});
