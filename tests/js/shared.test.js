import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { nameOf, pieceOf } from "../../scripts/theme/assets/explainer/previews.js";
import { columns, comparing, holds, slug } from "../../scripts/theme/assets/explainer/values.js";
import { KIND, lastOf, YEAR } from "../../scripts/theme/assets/search/names.js";
import { slotsOf } from "../../scripts/theme/assets/search/slots.js";
import { packOf } from "../../scripts/theme/assets/search/store.js";
import { shelfFor } from "../../scripts/theme/assets/search/texts.js";
import { near, stem, wordsOf } from "../../scripts/theme/assets/search/words.js";
import { cell, csv } from "../../scripts/theme/assets/shared/csv.js";
import { fold } from "../../scripts/theme/assets/shared/fold.js";
import { filled, plural } from "../../scripts/theme/assets/shared/language.js";

/** Read by tests/engine/test_scripts.py as well. */
const shared = JSON.parse(readFileSync(new URL("fixtures/words.json", import.meta.url), "utf-8"));

/**
 * The fixtures of a function with what it makes of them.
 * @param {[unknown, unknown][]} pairs
 * @param {(text: any) => unknown} act
 */
const agree = (pairs, act) => {
  assert.ok(pairs.length);
  assert.deepEqual(
    pairs.map(([text]) => [text, act(text)]),
    pairs,
  );
};

test("a text is folded as the fixture says, and folding it again changes nothing", () => {
  agree(shared.folded, fold);
  for (const [text] of shared.folded) assert.equal(fold(fold(text)), fold(text));
});

test("a cell of a file is as the fixture says, and a file begins with its byte order mark", () => {
  agree(shared.cells, cell);
  assert.equal(
    csv([
      ["Name", "Ö"],
      ["a,b", "=c"],
    ]),
    '\uFEFFName,Ö\r\n"a,b",\'=c\r\n',
  );
});

test("a text falls into the words of the fixture", () => agree(shared.words, wordsOf));

test("a word has the stem of the fixture", () => agree(shared.stems, stem));

test("one slip makes a word near to another, from both sides", () => {
  for (const [one, two, is] of shared.near)
    assert.deepEqual([one, two, near(one, two), near(two, one)], [one, two, is, is]);
});

test("the last part of an address is the same as in Python", () => agree(shared.last, lastOf));

test("a text lies in the slot and the pack, and a word on the shelf, where Python puts them", () => {
  agree(shared.slots, slotsOf);
  agree(shared.packs, packOf);
  agree(shared.shelves, name => shelfFor(`${name}x`, new Set([name])));
});

test("the preview of an address lies in the piece that Python puts it into", () => {
  agree(shared.pieces, ([address, all]) => pieceOf(address, all));
});

test("a page has the same name whether its address names a folder or a file", () => {
  const paths = ["", "goals/", "goals/3/", "index.html", "goals/index.html", "goals/3/index.html", "goals/3.html"];
  assert.deepEqual(paths.map(nameOf), ["", "goals/", "goals/3/", "", "goals/", "goals/3/", "goals/3/"]);
});

test("two facets have the keys that Python gives them", () => {
  assert.deepEqual({ kind: KIND, year: YEAR }, shared.facets);
});

test("a plural form follows the rules of the language", () => {
  const arabic = { zero: "0", one: "1", two: "2", few: "3-10", many: "11-99", other: "100" };
  assert.deepEqual(
    [0, 1, 2, 5, 20, 100].map(n => plural(arabic, n, "ar")),
    Object.values(arabic),
  );
  const english = { one: "result", other: "results" };
  assert.deepEqual(
    [0, 1, 2].map(n => plural(english, n, "en")),
    ["results", "result", "results"],
  );
  assert.equal(plural({ one: "résultat", other: "résultats" }, 0, "fr"), "résultat");
  assert.equal(plural({ other: "any" }, 1, ""), "any");
});

test("a value that looks like a pattern is filled in as it is", () => {
  assert.equal(filled("{n} results for “{q}”", { n: "{q}", q: "$& {n} $1" }), "{q} results for “$& {n} $1”");
  assert.equal(filled("{n} of {all}", { n: "1" }), "1 of {all}");
});

test("a row is found by words in any order, without their accents", () => {
  const text = fold("Operation KAFO II, Côte d’Ivoire, Łódź");
  assert.deepEqual(
    ["kafo", "ivoire kafo", "cote", "Côte", "lodz", "", "kafo xyz"].map(query => holds(text, query)),
    [true, true, true, true, true, true, false],
  );
});

test("keys are sorted as figures where all are, and empty ones come last in both directions", () => {
  const order = new Intl.Collator("en", { numeric: true }).compare;
  /** @type {(keys: string[], down: boolean) => string[]} */
  const sorted = (keys, down) => [...keys].sort(comparing(keys, { down, order }));
  assert.deepEqual(sorted(["1,300", "", "2", "-5"], false), ["-5", "2", "1,300", ""]);
  assert.deepEqual(sorted(["1,300", "", "2", "-5"], true), ["1,300", "2", "-5", ""]);
  assert.deepEqual(sorted(["b 10", "a", "b 9"], false), ["a", "b 9", "b 10"]);
});

test("a heading becomes a name in the address", () => {
  assert.equal(slug("Rests on: Été (2018)"), "rests-on-ete-2018");
  assert.deepEqual(columns("1 3  4"), [1, 3, 4]);
  assert.deepEqual(columns(undefined), []);
});
