import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, heardAs, shelfFor } from "../../scripts/theme/assets/search/texts.js";

/** @import { Shelf } from "../../scripts/theme/assets/search/texts.js" */

/** @type {Shelf} */
const shelf = {
  words: ["res", "rescue", "rescued", "rescuer", "resolve", "run"],
  stems: [0, 1, 2, 2, 1, "ran"],
  slots: [[9], [1, 4], [1], [40], [3], [2]],
  levels: ["0", "60", "3", "0", "0", "0"],
};
const index = { shelves: ["re"], lengths: "llllll" };
/** @type {(word: string, one?: Shelf) => (string | number)[][]} */
const heard = (word, one = shelf) => [...heardAs(word, one)].map(([place, sure]) => [one.words[place], sure]);

test("a word finds itself and those of its stem", () => {
  assert.deepEqual(heard("rescued"), [
    ["rescue", 1],
    ["rescued", 1],
    ["rescuer", 1],
  ]);
  assert.deepEqual(heard("run"), [["run", 1]]);
});

test("a beginning finds the words that go on, the shorter the surer", () => {
  const found = heard("resc");
  assert.deepEqual(
    found.map(([word]) => word),
    ["rescue", "rescued", "rescuer"],
  );
  const [first, second] = found.map(([, sure]) => Number(sure));
  assert.ok(second < first && first < 1);
});

test("a word that no text has finds those with most of its letters or one slip, and nothing else", () => {
  assert.deepEqual(heard("rescuers"), [["rescuer", 1]]);
  assert.deepEqual(heard("ressolve"), [["resolve", 1]]);
  assert.deepEqual(heard("regatta"), []);
  assert.deepEqual(heard("rin"), []); // a short word is near to many
  assert.deepEqual(heard("anything", { words: [], stems: [], slots: [], levels: [] }), []);
});

test("of what is written without spaces, only what begins so is found, and surely", () => {
  const pairs = { words: ["协议", "协流"], stems: [0, 0], slots: [[1], [2]], levels: ["0", "0"] };
  assert.deepEqual(heard("协", pairs), [
    ["协议", 1],
    ["协流", 1],
  ]);
  assert.deepEqual(heard("协河", pairs), []);
});

test("the text that has a word most often, and is short, fits best", () => {
  const numbers = new Map([
    [1, 0],
    [3, 1],
    [5, 2],
    [40, 3],
  ]);
  const found = fitting("rescue", shelf, numbers, index);
  assert.deepEqual(
    [...found].sort((a, b) => b[1] - a[1]).map(([record]) => record),
    [0, 2, 3],
  );
  assert.equal(found.get(0), 1);
  const short = fitting("rescue", shelf, numbers, { ...index, lengths: "lllxl0" });
  assert.ok((short.get(3) ?? 0) < (found.get(3) ?? 0));
  assert.deepEqual([...fitting("zebra", shelf, numbers, index)], []);
});

test("a word stands on the shelf with the longest name that it begins with", () => {
  assert.equal(shelfFor("rescue", new Set(["r", "re", "rest"])), "words/w7265.bin");
  assert.equal(shelfFor("run", new Set(["r", "re"])), "words/w72.bin");
  assert.equal(shelfFor("lamp", new Set(["r"])), undefined);
});
