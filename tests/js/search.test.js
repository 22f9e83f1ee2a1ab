import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, same } from "../../scripts/theme/assets/search/matching.js";
import { decoded, facetOf, valuesOf } from "../../scripts/theme/assets/search/names.js";
import { passage, pieces } from "../../scripts/theme/assets/search/passages.js";
import { find } from "../../scripts/theme/assets/search/rank.js";
import { RANKING } from "../../scripts/theme/assets/search/ranking.js";
import { isHeard } from "../../scripts/theme/assets/search/store.js";
import { indexOf } from "../../scripts/theme/assets/search/vocabulary.js";

/** @import { NameList, NameRecord, Words } from "../../scripts/theme/assets/search/names.js" */

/** @type {Words} */
const words = {
  placeholder: "",
  hint: "",
  results: {},
  none: "",
  deaf: "",
  nearest: "",
  browse: "",
  more: {},
  all: {},
  also: "",
  any: "",
  reset: "",
  stop: ["the", "of", "Où"],
  meant: { term: ["definition", "Définition"], ship: ["ships"] },
};

/**
 * A record of a list.
 * @param {string} title
 * @param {Partial<NameRecord>} others
 * @returns {NameRecord}
 */
const record = (title, others = {}) => ({
  at: `ships/${title}/`,
  title,
  names: [],
  kind: 0,
  facets: {},
  text: title,
  users: [],
  language: "",
  ...others,
});

/** @type {NameList} */
const list = {
  language: "en",
  words,
  kinds: [
    { kind: "ship", weight: 1, index: "ships/" },
    { kind: "term", weight: 1, index: "terms/" },
    { kind: "source", weight: 0.5, index: "sources/" },
  ],
  facets: [{ key: "kind", label: "Kind", values: ["Ship", "Term", "Source"] }],
  sections: [],
  records: [
    record("Epervier", { names: ["Operation Épervier", "E/2017/4"] }), // 0
    record("Sawiyan"), // 1
    record("The Lamp of the Harbour"), // 2
    record("Harbour", { kind: 1 }), // 3
    record("Ships", { at: "ships/" }), // 4
    record("Report on Sawiyan", { kind: 2, users: [1] }), // 5
    record("Twin", { at: "ships/twin-1/" }), // 6
    record("Twin", { at: "ships/twin-2/" }), // 7
    record("Harbours of the north, their lamps and their keepers"), // 8
    record("国际刑警组织"), // 9
    record("สมาคมแม่น้ำ"), // 10
    record("C++"), // 11
    record("Bell", { names: ["AT&T"] }), // 12
    record("الشرطة"), // 13
  ],
};
const index = indexOf(list);

/**
 * Results of a query where some words stand in the texts of some records.
 * @param {string} text
 * @param {Record<string, [number, number][]>} texts
 */
const ask = (text, texts = {}) => find(text, index, async word => new Map(texts[word] ?? []));

/**
 * Tests what comes first, query by query.
 * @param {string} name
 * @param {[string, number][]} pairs
 */
const first = (name, pairs) =>
  test(name, async () => {
    for (const [text, number] of pairs) assert.deepEqual([text, (await ask(text)).results[0]], [text, number]);
  });

first("the title of a record finds it first", [
  ["Epervier", 0],
  ["the lamp of the harbour", 2],
  ["Harbour", 3],
  ["ships", 4],
]);
first("accents, case, plurals and signs make no difference to what comes first", [
  ["ÉPERVIER", 0],
  ["e-2017-4", 0],
  ["E/2017/4", 0],
  ["harbours ", 3],
]);
first("a slip in a long word and the beginning of a word are understood", [
  ["sawyian", 1],
  ["epervie", 0],
  ["saw", 1],
]);
first("a word that asks for a kind of record is folded as the query is", [["définition of harbour", 3]]);

first("a word without spaces around it is found where it begins, goes on and ends a name", [
  ["国际", 9],
  ["刑警", 9],
  ["组织", 9],
  ["织", 9],
  ["国际刑警组织", 9],
  ["แม่น้ำ", 10],
  ["น้ำ", 10],
]);
first("a name with signs is found, and so is one with the Arabic article or without it", [
  ["c++", 11],
  ["AT&T", 12],
  ["شرطة", 13],
  ["والشرطة", 13],
]);
first("a word that asks for a kind of record may have another ending", [["definitions of harbour", 3]]);

test("words that say little are folded, and weigh little", () => {
  assert.ok(index.stop.has("ou"));
  assert.ok(index.weigh("the") < index.weigh("lamp"));
});

test("records of the same title stand together in the first place", async () => {
  assert.deepEqual(await ask("twin"), { words: ["twin"], results: [6, 7], also: [7] });
});

test("a source comes after what rests on it, unless it is asked for by its title", async () => {
  const texts = /** @type {Record<string, [number, number][]>} */ ({
    sawiyan: [
      [5, 1],
      [1, 0.2],
    ],
  });
  assert.deepEqual((await ask("sawiyan", texts)).results, [1, 5]);
  assert.equal((await ask("report on sawiyan")).results[0], 5);
});

test("a word of a text finds the record, after one that bears it in its name", async () => {
  const { results } = await ask("harbour", { harbour: [[0, 1]] });
  assert.deepEqual([results[0], results.includes(0)], [3, true]);
});

test("what is written as one word with figures is looked up as one", async () => {
  const { results } = await ask("8.7", { 87: [[1, 1]] });
  assert.equal(results[0], 1);
});

test("more words than a query may have are left out", async () => {
  const asked = [...Array(RANKING.mostWords + 6).keys()].map(n => `word${n}`);
  const { words: marked } = await ask(asked.join(" "));
  assert.equal(marked.length, RANKING.mostWords);
});

test("a query without a word has no result", async () => {
  assert.deepEqual(await ask(" … "), { words: [], results: [], also: [] });
});

test("where nothing fits, the names that look most alike are offered", () => {
  assert.equal(nearest("epperrvierr", index)[0], 0);
  assert.deepEqual(nearest("xqxqxq", index), []);
});

test("a name is the more exact the less it differs", () => {
  assert.deepEqual(
    [["lamp"], ["lamps"], ["light"], ["lamp", "room"]].map(named => same(["lamp"], named)),
    [1, RANKING.exactStem, 0, 0],
  );
  assert.equal(same(["sawiyan"], ["sawyian"]), RANKING.exactSlip);
});

test("every number of the ranking is one that the search can use", () => {
  const numbers = Object.entries(RANKING).filter(([, value]) => typeof value === "number");
  assert.deepEqual(
    numbers.filter(([, value]) => !(Number(value) > 0)),
    [],
  );
  assert.ok(Object.isFrozen(RANKING));
});

test("columns become records, with the numbers and names that they stand for", () => {
  const file = {
    ...list,
    records: {
      at: ["ships/lamp/", "sources/#log"],
      title: ["The Lamp", "Log"],
      names: [[/** @type {const} */ (0), "Łampa"], []],
      kind: [0, 2],
      facets: { port: [[0, 1], /** @type {const} */ (0)] },
      text: "en_01 en_203",
      users: [/** @type {const} */ (0), [3, 1, 4]],
      languages: { fr: [1] },
    },
  };
  const { records } = decoded(file);
  assert.deepEqual(records, [
    {
      at: "ships/lamp/",
      title: "The Lamp",
      names: ["lamp", "Łampa"],
      kind: 0,
      facets: { port: [0, 1] },
      text: "en_01",
      users: [],
      language: "",
    },
    {
      at: "sources/#log",
      title: "Log",
      names: [],
      kind: 2,
      facets: { port: [] },
      text: "en_203",
      users: [3, 4, 8],
      language: "fr",
    },
  ]);
  assert.deepEqual([valuesOf(records[1], "kind"), valuesOf(records[0], "port")], [[2], [0, 1]]);
  assert.equal(facetOf(list, "kind").label, "Kind");
  assert.throws(() => facetOf(list, "port"), /no facet port/);
});

test("the passage with the rarest words is shown, cut around the first of them", () => {
  const weigh = (/** @type {string} */ word) => (word === "lamp" ? 2 : 1);
  const long = `${"before ".repeat(40)}the lamps ${"after ".repeat(40)}`;
  const shown = passage(`A harbour. ␞ ${long}␞`, "Summary", ["harbour", "lamp"], weigh);
  assert.match(shown, /^… .*the lamps .* …$/);
  assert.ok(shown.length < 210);
  assert.equal(passage("A harbour. ␞ A lamp. ␞", "It says: A lamp.", ["harbour", "lamp"], weigh), "A harbour.");
  assert.equal(passage("A harbour. ␞", "", ["ship"], weigh), "");
});

test("words are marked with their endings and accents", () => {
  const marked = pieces("Épervier’s notices: nothing", ["epervier", "notice"]).filter(({ marked }) => marked);
  assert.deepEqual(
    marked.map(({ piece }) => piece),
    ["Épervier", "notices"],
  );
});

test("what is written without spaces is marked letter by letter, and cut between letters", () => {
  const marked = pieces("河流协议, Épervier协议 แม่น้ำ", ["协议", "น้ำ"]);
  assert.deepEqual(
    marked.filter(({ piece }) => piece).map(({ piece, marked: is }) => (is ? `<${piece}>` : piece)),
    ["河流", "<协议>", ", ", "Épervier", "<协议>", " ", "แม่", "<น้ำ>"],
  );
  const long = `${"เก้า".repeat(100)}清掃${"ที่".repeat(100)}`;
  const shown = passage(`A. ␞ ${long} ␞ ␝ 清掃 掃`, "", ["清掃"], () => 1);
  assert.match(shown, /^… .*清掃.* …$/);
  assert.doesNotMatch(shown, /^… \p{M}|␝/u);
  assert.ok(shown.length < 220);
});

test("a word is heard only where the text has it, or most of its letters", () => {
  assert.ok(isHeard("rescued", "they rescued 85", [1]));
  assert.ok(isHeard("rescues", "they rescued 85", [1]));
  assert.ok(!isHeard("resolute", "they res 85", [1]));
  assert.ok(!isHeard("rescued", "they", [7]));
  assert.ok(isHeard("协", "河流协议 协议", [1]));
  assert.ok(!isHeard("协流", "河流协议 协议", [0, 1]));
});
