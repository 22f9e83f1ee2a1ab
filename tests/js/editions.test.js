import assert from "node:assert/strict";
import { test } from "node:test";
import { compared } from "../../scripts/theme/assets/search/comparing.js";
import { editionsIn } from "../../scripts/theme/assets/search/editions.js";
import { find } from "../../scripts/theme/assets/search/rank.js";
import { unlisted } from "../../scripts/theme/assets/search/respelling.js";
import { indexOf } from "../../scripts/theme/assets/search/vocabulary.js";
import { record, words } from "./fixtures/names.js";

/** @import { NameList } from "../../scripts/theme/assets/search/names.js" */

/** @type {NameList} */
const list = {
  language: "en",
  words,
  kinds: [
    { kind: "ship", weight: 1, asked: 1, index: "ships/" },
    { kind: "overview", weight: 1, asked: 1, index: "" },
    { kind: "guide", weight: 0.4, asked: 1, index: "" },
    { kind: "sea", weight: 1, asked: 1, index: "" },
  ],
  facets: [
    { key: "kind", label: "Kind", values: ["Ship"], names: {} },
    { key: "year", label: "Year", values: [2001, 2004, 2007, 2010], names: {} },
  ],
  sections: [],
  counted: {},
  families: [
    [0, 1, 2],
    [3, 4, 5, 6],
    [11, 12],
  ],
  ends: {},
  most: {},
  rankings: [],
  records: [
    record("Lamp", { facets: { year: [0] } }), // 0
    record("Lamp II", { facets: { year: [1] } }), // 1
    record("Lamp IV", { facets: { year: [3] } }), // 2
    record("Rule 7/1", { facets: { year: [0] } }), // 3
    record("Rule 8/2", { names: ["first survey"], facets: { year: [1] } }), // 4
    record("Rule 9/3", { names: ["second survey"], facets: { year: [2] } }), // 5
    record("Rule 10/4", { names: ["third survey"], facets: { year: [3] } }), // 6
    record("Rule 7/1 and Rule 10/4, side by side", { kind: 1 }), // 7
    record("What each survey changed", { kind: 1 }), // 8
    record("Ropes", { kind: 2 }), // 9
    record("Bell"), // 10
    record("20 Lamps at Sea", { facets: { year: [0] } }), // 11
    record("20 Lamps at Sea 2.0", { facets: { year: [1] } }), // 12
  ],
};
const index = indexOf(list);

/**
 * Results of a query where some words stand in the texts of some records.
 * @param {string} text
 * @param {Record<string, [number, number][]>} texts
 */
const ask = async (text, texts = {}) => (await find(text, index, async word => new Map(texts[word] ?? []))).results;

test("editions are told by number, by year, by ordinal, as the first and as the last", async () => {
  assert.deepEqual(editionsIn("lamp 1 vs 2", index).records, [0, 1]);
  assert.deepEqual(editionsIn("lamp 2 and 4", index).records, [1, 2]);
  assert.deepEqual(editionsIn("lamp 2004 vs lamp 2001", index).records, [1, 0]);
  assert.deepEqual(editionsIn("first and latest lamp", index).records, [0, 2]);
  assert.deepEqual(editionsIn("the first and the third survey", index).records, [4, 6]); // so called
  assert.deepEqual(editionsIn("second rule vs third rule", index).records, [4, 5]); // none is numbered: by their places
  assert.deepEqual((await ask("the latest lamp")).slice(0, 1), [2]);
});

test("words that each edition has in another name may stand beside the name that they share, and what abbreviates them", () => {
  const names = ["On the Order of Lamps"];
  const ordered = {
    ...list,
    records: list.records.map((each, number) => (number < 3 ? { ...each, names } : each)),
  };
  ordered.records[10] = record("Order of Lamps", { names: ["OL"] });
  const told = indexOf(ordered);
  assert.deepEqual(editionsIn("first and latest order lamp", told).records, [0, 2]);
  assert.deepEqual(editionsIn("latest OL lamp", told).records, [2]);
  assert.deepEqual(editionsIn("first and latest order lamp", index).records, []); // no name has it
});

test("a query that asks for anything but editions, or for one that is not there, sets none side by side", () => {
  for (const text of ["lamp 1 vs 3", "keeper of the lamp 1 vs 2", "lamp 2", "first and latest bell", "1 vs 2"]) {
    assert.deepEqual([text, editionsIn(text, index).records], [text, []]);
  }
  assert.deepEqual(editionsIn("20 lamps at sea 2004", index).records, []); // 20 is part of the name
  assert.deepEqual(editionsIn("20 lamps at sea 2001 vs 2004", index).records, [11, 12]);
});

test("what changed is answered by the page that says so, that which compares, and the editions", async () => {
  assert.deepEqual((await ask("the rule changed over time")).slice(0, 4), [8, 7, 3, 6]);
  assert.deepEqual((await ask("the survey changed over time")).slice(0, 3), [8, 4, 6]);
  assert.deepEqual((await ask("the lamp changed over time")).slice(0, 2), [0, 2]);
  assert.deepEqual((await ask("the latest survey changed")).slice(0, 2), [5, 6]);
  assert.deepEqual((await ask("changed since the first survey")).slice(0, 2), [4, 6]);
  assert.deepEqual((await ask("all surveys compared")).slice(0, 4), [8, 4, 5, 6]);
});

test("a side of a comparison may be an edition by its mark, or a thing of which the first edition is taken", async () => {
  assert.deepEqual((await ask("latest lamp vs bell")).slice(0, 2), [2, 10]);
  assert.deepEqual((await ask("bell vs survey")).slice(0, 2), [10, 4]);
});

test("a sign between two names sets them side by side, one within a name does not", async () => {
  for (const text of ["bell/lamp ii", "bell – lamp ii", "bell, lamp ii", "bell & lamp ii"]) {
    assert.deepEqual([text, (await ask(text)).slice(0, 2)], [text, [10, 1]]);
  }
  assert.deepEqual((await ask("bell lamp ii")).includes(10), true);
  assert.notDeepEqual((await ask("bell lamp ii")).slice(0, 2), [10, 1]);
});

test("what is denied comes after what is asked for instead", () => {
  assert.deepEqual(compared("not the bell but the lamp", words), ["lamp", "bell"]);
  assert.equal(compared("bell but lamp", words), null);
});

test("an abbreviation for versus is one with its dot alone, since the letter may be a number", () => {
  assert.deepEqual(compared("bell v. lamp", words), ["bell", "lamp"]);
  assert.equal(compared("bell v lamp", words), null);
});

test("a list of all things of a kind is asked for by the name of the kind", () => {
  assert.deepEqual(unlisted("list of all lamps", index), ["of lamps"]);
  assert.deepEqual(unlisted("difference between the lamps", index), ["the lamps"]);
  assert.deepEqual(unlisted("difference between lamp and bell", index), []); // these are two
  assert.deepEqual(unlisted("all", index), []);
  assert.deepEqual(unlisted("lamps", index), []);
});

test("what is of the kind and has all words comes first, unless the query is a question or is about that kind as a value", async () => {
  /** @type {Record<string, [number, number][]>} */
  const texts = {
    brass: [
      [9, 1],
      [8, 1],
      [10, 0.1],
    ],
  }; // prettier-ignore

  assert.equal((await ask("brass ships", texts))[0], 10);
  assert.equal((await ask("ships of brass", texts))[0], 10);
  assert.notEqual((await ask("does brass ships", texts))[0], 10);
  assert.notEqual((await ask("brass of the ships", texts))[0], 10);
  assert.deepEqual((await ask("brass ships", { brass: [...texts.brass, [0, 0.5]] })).slice(0, 2), [0, 10]);
  assert.deepEqual(await ask("brass ships"), []);
});

test("pages for editors that have only words like those of the query are no answer", async () => {
  const { likening } = await import("../../scripts/theme/assets/search/texts.js");
  const liken = await find("moored", index, async () => likening(new Map([[9, 1]])));

  assert.deepEqual([liken.results, liken.lacking], [[], ["moored"]]);
  assert.deepEqual(await ask("moored", { moored: [[9, 1]] }), [9]);
});
