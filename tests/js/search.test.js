import assert from "node:assert/strict";
import { test } from "node:test";
import { answering, openQuestion } from "../../scripts/theme/assets/search/answers.js";
import { codesIn } from "../../scripts/theme/assets/search/codes.js";
import { compared, completed, relatedIn } from "../../scripts/theme/assets/search/comparing.js";
import { uncounted } from "../../scripts/theme/assets/search/kinds.js";
import { nearest, same } from "../../scripts/theme/assets/search/matching.js";
import { decoded, facetOf, valuesOf } from "../../scripts/theme/assets/search/names.js";
import { holders } from "../../scripts/theme/assets/search/offices.js";
import { passage, pieces } from "../../scripts/theme/assets/search/passages.js";
import { find } from "../../scripts/theme/assets/search/rank.js";
import { RANKING } from "../../scripts/theme/assets/search/ranking.js";
import { inFigures, respelt } from "../../scripts/theme/assets/search/respelling.js";
import { inSteps } from "../../scripts/theme/assets/search/steps.js";
import { beyondIn, recalled, reworded, synonymsOf } from "../../scripts/theme/assets/search/synonyms.js";
import { likening } from "../../scripts/theme/assets/search/texts.js";
import { tidied } from "../../scripts/theme/assets/search/typed.js";
import { indexing, indexOf } from "../../scripts/theme/assets/search/vocabulary.js";
import { weighed } from "../../scripts/theme/assets/search/weighing.js";
import { takenApart } from "../../scripts/theme/assets/search/within.js";
import { record, words } from "./fixtures/names.js";

/** @import { NameList } from "../../scripts/theme/assets/search/names.js" */

/**
 * The June of a year, as months are counted.
 * @param {number} year
 */
const month = year => year * 12 + 5;

/** @type {NameList} */
const list = {
  language: "en",
  words,
  kinds: [
    { kind: "ship", weight: 1, asked: 1, index: "ships/" },
    { kind: "term", weight: 1, asked: 1, index: "terms/" },
    { kind: "source", weight: 0.5, asked: 0.5, index: "sources/" },
    { kind: "person", weight: 1, asked: 1, index: "people/" },
    { kind: "overview", weight: 1, asked: 1, index: "" },
    { kind: "guide", weight: 0.4, asked: 1, index: "" },
  ],
  facets: [
    {
      key: "kind",
      label: "Kind",
      values: ["Ship", "Term", "Source"],
      names: {},
    },
    {
      key: "sea",
      label: "Sea",
      values: ["North Sea", "Adriatic"],
      names: { 1: ["Gulf of Venice"] },
    },
    { key: "year", label: "Year", values: [1990, 1995, 2001], names: {} },
  ],
  sections: [],
  counted: { "crews at sea": 17 },
  families: [],
  ends: {},
  most: {},
  rankings: [],
  records: [
    record("Epervier", { names: ["Operation Épervier", "E/2017/4"] }), // 0
    record("Sawiyan"), // 1
    record("The Lamp of the Harbour"), // 2
    record("Harbour", { kind: 1 }), // 3
    record("Ships", { at: "ships/", kind: 4 }), // 4
    record("Report on Sawiyan", { kind: 2, users: [1] }), // 5
    record("Twin", { at: "ships/twin-1/" }), // 6
    record("Twin", { at: "ships/twin-2/" }), // 7
    record("Harbours of the north, their lamps and their keepers"), // 8
    record("国际刑警组织"), // 9
    record("สมาคมแม่น้ำ"), // 10
    record("C++"), // 11
    record("Bell", { names: ["AT&T"] }), // 12
    record("الشرطة"), // 13
    record("Ada Fisk", { kind: 3, held: [["Warden", 17, 18, month(2019), 0]] }), // 14
    record("Bo Lund", { kind: 3, held: [["Warden", 17, 18, month(2011), month(2019)]] }), // 15
    record("Cy Marsh", { kind: 3, held: [["Warden", 17, 18, month(2001), month(2011)]] }), // 16
    record("Pilots’ Guild", { names: ["PGU"] }), // 17
    record("Warden of the guild"), // 18
    record("Pgu", { at: "glossary/#pgu", kind: 1 }), // 19
    record("Old Lighthouse", { facets: { sea: [1] } }), // 20
    record("Epervier and Sawiyan, side by side", { kind: 4 }), // 21
    record("Lights", { at: "sources/#lights", kind: 2 }), // 22
    record("Lamps"), // 23
    record("Rule 77/20", { facets: { year: [0] } }), // 24
    record("Rule 77/241", { facets: { year: [1] } }), // 25
    record("Rule 3", { facets: { year: [2] } }), // 26
    record("Zanzi", { at: "ships/rx/", names: ["RX"] }), // 27
    record("Radio exchange", { names: ["RX"] }), // 28
    record("Di Ray", { kind: 3, held: [["Bosun", -1, -1, month(2001), month(2005)]] }), // 29
    record("Ed Orr", { kind: 3, held: [["Bosun", -1, -1, month(1991), month(2001)]] }), // 30
    record("Flo Hart", { kind: 3, held: [["Mate", 17, -1, month(1991), month(2001)]] }), // 31
    record("Adding a foghorn", { at: "guides/foghorn/", kind: 5 }), // 32
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
test("a page for editors comes after what only mentions the matter, unless it is asked for or its name is", async () => {
  /** @type {Record<string, [number, number][]>} */
  const texts = {
    foghorn: [
      [32, 1],
      [23, 0.9],
    ],
  };

  assert.deepEqual((await ask("foghorn", texts)).results.slice(0, 2), [23, 32]);
  assert.equal((await ask("adding to a foghorn", texts)).results[0], 32);
  assert.equal((await ask("adding a foghorn", texts)).results[0], 32);
});

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

test("a word that tells a value of a facet from the others asks for what has it, a little less surely than its name", async () => {
  /** @type {import("../../scripts/theme/assets/search/weighing.js").InTexts} */
  const none = async () => new Map();
  const [whole, part] = await Promise.all(["gulf of venice", "venice"].map(text => weighed(text, index, none, true)));
  const other = await weighed("sea", index, none, true);

  assert.equal((await ask("adriatic")).results[0], 20);
  assert.ok((whole.scores.get(20) ?? 0) > (part.scores.get(20) ?? 0));
  assert.ok((part.scores.get(20) ?? 0) > 0);
  assert.equal(other.scores.get(20), undefined);
});

test("two things of one kind that a query names side by side come first, in its order; of two kinds they do not", async () => {
  assert.deepEqual(
    (await ask("sawiyan and harbours of the north, their lamps and their keepers")).results.slice(0, 1),
    [1],
  );
  assert.deepEqual((await ask("lamps and epervier")).results.slice(0, 2), [23, 0]);
  assert.deepEqual((await ask("epervier and lamps")).results.slice(0, 2), [0, 23]);
  assert.notDeepEqual((await ask("harbour and epervier")).results.slice(0, 2), [3, 0]); // a term, and a ship
});

test("two names of one kind come first where a query asks for nothing but how they stand to each other", async () => {
  assert.deepEqual((await ask("part of sawiyan the bell")).results.slice(0, 2), [1, 12]);
  assert.deepEqual((await ask("does epervier burn longer than bell")).results.slice(0, 2), [0, 12]);
  assert.deepEqual((await ask("bell, epervier, sawiyan")).results.slice(0, 3), [12, 0, 1]);
  assert.deepEqual(relatedIn("epervier part of the sawiyan paint", index), []); // asks for more
  assert.deepEqual(relatedIn("epervier sawiyan", index), []);
  assert.deepEqual((await ask("paint of sawiyan lost vs bell lost paint")).results.slice(0, 2), [1, 12]);
  assert.notDeepEqual((await ask("harbour part of epervier")).results.slice(0, 2), [3, 0]); // a term, and a ship
});

test("a record of the kind that is asked for between two comes before them", async () => {
  const guilds = ["Pilots", "Keepers", "Divers"].map(title => record(title, { kind: 1 }));
  const own = indexOf({ ...list, counted: {}, records: [...guilds, record("Voyage of Pilots and Keepers")] });
  const of = async (/** @type {string} */ text) => (await find(text, own, async () => new Map())).results;

  assert.deepEqual(await of("ships between pilots and keepers"), [3, 0, 1]);
  assert.deepEqual((await of("ships between pilots and divers")).slice(0, 2), [0, 2]);
  assert.deepEqual((await of("difference between pilots and keepers")).slice(0, 2), [0, 1]);
});

test("of what fits about as well, a record of the kind that is asked for comes first", async () => {
  const own = indexOf({
    ...list,
    counted: {},
    records: [record("Pilots", { kind: 1 }), record("Keepers"), record("Divers")],
  });
  const of = async (/** @type {string} */ text, /** @type {number} */ fit) => {
    const texts = new Map([
      [0, 1],
      [1, fit],
    ]);
    return (await find(text, own, async word => (word === "fog" ? texts : new Map()))).results[0];
  };

  assert.equal(await of("does ships fog", 0.75), 1);
  assert.equal(await of("does ships fog", 0.1), 0);
  assert.equal(await of("ships fog", 0.1), 1); // nothing but the kind and what it is about
  assert.equal(await of("fog", 0.8), 0);
});

test("records of a kind that have all the values which a query names come first, those with few others before the rest", async () => {
  const sea = [[1], [0, 1], [0], [1]];
  const titles = ["Heron", "Gull", "Tern", "Adriatic Guild"];
  const own = indexOf({
    ...list,
    counted: {},
    records: titles.map((title, place) => record(title, { kind: place === 3 ? 1 : 0, facets: { sea: sea[place] } })),
  });
  const of = async (/** @type {string} */ text) => {
    const texts = new Map([
      [1, 0.8],
      [0, 0.7],
      [2, 0.1],
    ]);
    return (await find(text, own, async word => (word === "fog" ? texts : new Map()))).results;
  };

  assert.deepEqual((await of("adriatic ships")).slice(0, 2), [0, 1]); // before the guild that has the word in its name
  assert.deepEqual((await of("ships of the gulf of venice")).slice(0, 2), [0, 1]);
  assert.equal((await of("adriatic"))[0], 3);
  assert.notEqual((await of("adriatic ships fog"))[0], 3);
});

test("of two names of which one holds the other, each word of a query belongs to one", () => {
  assert.deepEqual(takenApart("harbour and The Lamp of the Harbour, epervier", index), {
    names: ["harbour", "The Lamp of the Harbour,", "epervier"],
    rest: ["and"],
  });
  assert.deepEqual(takenApart("eperviers and bells", index).names, ["eperviers", "bells"]);
  assert.deepEqual(completed(["lamp", "lamp room"]), [["lamp"], ["lamp room"]]);
  assert.deepEqual(completed(["lamp room", "room"]), [["lamp room"], ["room"]]);
});

test("a source is compared only where nothing else has its name", async () => {
  const { results } = await ask("account of sawiyan compared with report on sawiyan, bell");

  assert.equal(results.includes(5), true);
  assert.deepEqual((await ask("bell vs sawiyan")).results.slice(0, 2), [12, 1]);
});

test("in a code no slip is looked for, unless nothing has it, and then this is said", async () => {
  assert.deepEqual([...codesIn("the UNTOC, F16 of Sawiyan and I-24/7")], ["untoc", "f16"]);
  assert.deepEqual([...codesIn("SAWIYAN UNTOC")], ["untoc"]); // all in capitals
  const likest = likening(new Map([[1, 1]]));
  const texts = async (/** @type {string} */ word) => (word === "uncac" ? likest : new Map());
  assert.deepEqual((await find("UNCAC", index, texts)).results, []);
  assert.deepEqual((await find("UNCAC", index, texts)).lacking, ["uncac"]);
  assert.deepEqual((await find("uncac", index, texts)).results, [1]);
  assert.deepEqual((await find("uncac", index, texts)).lacking, ["uncac"]); // found for another word
  const slip = await find("SAWYAN of the sea", index, texts);
  assert.equal(slip.results[0], 1);
  assert.deepEqual(slip.lacking.includes("sawyan"), true);
  assert.ok(nearest("PGV", index).includes(17)); // an abbreviation that looks like it
});

test("words that say little are folded, and weigh little", () => {
  assert.ok(index.stop.has("ou"));
  assert.ok(index.weigh("the") < index.weigh("lamp"));
});

test("records of the same title stand together in the first place", async () => {
  assert.deepEqual(await ask("twin"), {
    words: ["twin"],
    results: [6, 7],
    also: [7],
    lacking: [],
    beyond: [],
    nearest: [],
    unnumbered: false,
    parts: [],
  });
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
  const { lacking } = await ask(asked.join(" "));
  assert.equal(lacking.length, RANKING.mostWords);
});

test("a title with more words than a query may have finds its record first", async () => {
  const title = `Epervier ${[...Array(RANKING.mostWords + 6).keys()].map(n => `wordy${n}`).join(" ")}`;
  const own = indexOf({ ...list, records: [...list.records, record(title, { kind: 2 })] });
  const rest = new Map([[0, 1]]);
  const { results } = await find(title, own, async () => rest);
  assert.equal(results[0], list.records.length);
});

test("a query without a word has no result", async () => {
  assert.deepEqual((await ask(" … ")).results, []);
});

test("where nothing fits, the names that look most alike are offered", () => {
  assert.equal(nearest("epperrvierr", index)[0], 0);
  assert.deepEqual(nearest("xqxqxq", index), []);
  assert.deepEqual(nearest("Sapwan", index), []); // as many letters are others as are the same
  assert.deepEqual(nearest("Sawxyan", index).slice(0, 2), [1, 5]);
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
      users: [/** @type {const} */ (0), [3, 1, 4]],
      languages: { fr: [1] },
      held: {
        1: [/** @type {[string, number, number, number, number]} */ (["Keeper", 0, -1, 1999, 0])],
      },
      parts: { 0: ["art1"] },
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
      users: [],
      language: "",
      held: [],
      parts: ["art1"],
    },
    {
      at: "sources/#log",
      title: "Log",
      names: [],
      kind: 2,
      facets: { port: [] },
      users: [3, 4, 8],
      language: "fr",
      held: [["Keeper", 0, -1, 1999, 0]],
      parts: [],
    },
  ]);
  assert.deepEqual([valuesOf(records[1], "kind"), valuesOf(records[0], "port")], [[2], [0, 1]]);
  assert.equal(facetOf(list, "kind").label, "Kind");
  assert.throws(() => facetOf(list, "port"), /no facet port/);
});

test("the passage with the rarest words is shown, cut around the first of them", () => {
  const weigh = (/** @type {string} */ word) => (word === "lamp" ? 2 : 1);
  const long = `${"before ".repeat(40)}the lamps ${"after ".repeat(40)}`;
  const shown = passage(["A harbour.", long], "Summary", ["harbour", "lamp"], weigh);
  assert.match(shown, /^… .*the lamps .* …$/);
  assert.ok(shown.length < 210);
  assert.equal(passage(["A harbour.", "A lamp."], "It says: A lamp.", ["harbour", "lamp"], weigh), "A harbour.");
  assert.equal(passage(["A harbour."], "", ["ship"], weigh), "");
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
  const shown = passage(["A.", long], "", ["清掃"], () => 1);
  assert.match(shown, /^… .*清掃.* …$/);
  assert.doesNotMatch(shown, /^… \p{M}/u);
  assert.ok(shown.length < 220);
});

first("what people say for a word of the dossier finds it", [
  ["beacon", 20],
  ["the old beacon", 20],
  ["灯塔", 20],
]);
first("a name that people also say for another word finds its own record first", [["lights", 22]]);
first("an abbreviation finds what bears it before what only explains it", [["PGU", 17]]);
first("who holds an office comes before those who held it, unless another time is asked for", [
  ["current head of pgu", 14],
  ["warden of the pilots guild in 2015", 15],
  ["head of pgu 2005", 16],
  ["first warden of pgu", 16],
  ["warden of pgu before fisk", 15],
  ["who succeeded marsh", 15],
  ["marsh was succeeded by", 15],
  ["who did lund succeed", 16],
  ["warden of pgu in january 2019", 15],
  ["warden of pgu in december 2011", 15],
  ["warden of pgu in march 2011", 16],
]);
first("who holds an office now, of which only former holders are known, leads to the organisation", [
  ["current mate of the pilots guild", 17],
  ["mate of pilots guild", 31],
]);
first("two that are compared come first, after what is about both", [
  ["epervier vs sawiyan", 21],
  ["difference between sawiyan and epervier", 21],
]);

test("a page whose whole title stands beside two that are compared comes first", async () => {
  const own = indexOf({ ...list, records: [...list.records, record("Who keeps the lamps", { kind: 4 })] });
  const of = async (/** @type {string} */ text) => (await find(text, own, async () => new Map())).results;

  assert.deepEqual((await of("epervier vs sawiyan")).slice(0, 1), [21]);
  assert.deepEqual((await of("bell vs old lighthouse, who keeps the lamps")).slice(0, 3), [
    list.records.length,
    12,
    20,
  ]);
});

test("each of two that are compared is among the first, although no name has both", async () => {
  const { results } = await ask("Bell compared with the Old Lighthouse");
  assert.deepEqual(results.slice(0, 2), [12, 20]);
});

test("the longest phrase that people say is put into the words of the dossier, and every way to do so is looked up", () => {
  const synonyms = synonymsOf(["a = x y", "b = x", "c = x", "d = e"]);
  assert.deepEqual(reworded("x y e", synonyms), ["a d"]);
  assert.deepEqual(reworded("X’s e", synonyms), ["b d", "c d"]);
  assert.deepEqual(reworded("nothing of it", synonyms), []);
  const swindle = synonymsOf(["fraud = swindle", "post = mail"]);
  assert.deepEqual(reworded("swindlers swindled", swindle), ["fraud fraud"]);
  assert.deepEqual(reworded("mailing", swindle), []); // too short to be known without its ending
  assert.deepEqual(reworded("a", synonymsOf(["a = A"])), []);
});

test("a word that stands nowhere is called as what people say with it within, a little less surely", async () => {
  const lines = synonymsOf([
    "post = carrier pigeons, pigeons of the post",
    "birds = pigeons on roofs of houses",
    "ship = old barge",
  ]);
  assert.deepEqual(recalled("a pigeon lost", ["pigeon"], lines), ["a post lost"]); // that of the shortest
  assert.deepEqual(recalled("barge", ["barge"], lines), ["ship"]);
  assert.deepEqual(recalled("houses roof", ["houses", "roof"], lines), ["birds roof"]); // too short to be told
  assert.deepEqual(recalled("pigeon", [], lines), []);
  const { results, lacking } = await ask("chief"); // of "keeper in chief"
  assert.deepEqual([results[0], lacking], [14, []]); // the warden
});

test("what is compared may share words that are said once", async () => {
  assert.deepEqual(completed(["red", "blue lamp"]), [["red lamp", "red"], ["blue lamp"]]);
  assert.deepEqual(completed(["lamp 2", "3"]), [["lamp 2"], ["lamp 3", "3"]]);
  const { results } = await ask("compare rule 77/20 and 77/241");
  assert.deepEqual(results.slice(0, 2), [24, 25]);
});

test("what is said around the two that are compared is left out", async () => {
  const { results } = await ask("biggest seen, Bell compared with the Old Lighthouse of all");
  assert.deepEqual(results.slice(0, 2).sort(), [12, 20]);
});

test("like is compared with like: of records of one name, the one of the kind of the other side", async () => {
  const { results } = await ask("Pgu vs Bell");
  assert.deepEqual(results.slice(0, 2), [17, 12]);
});

test("what only one record counts leads to that record, by all words for it or by some beside a name of the record", async () => {
  const first = async (/** @type {string} */ text) => (await ask(text)).results[0];

  assert.equal(await first("many crews at sea"), 17);
  assert.equal(await first("many of the crews at sea 2005"), 17);
  assert.equal(await first("many crews of the pilots’ guild"), 17);
  assert.notEqual(await first("many crews of sawiyan"), 17);
  assert.notEqual(await first("many crews"), 17);
  assert.notEqual(await first("crews at sea in 77/20"), 17);
});

test("how many there are of a kind asks for the list of them, and for no holder of an office", async () => {
  const scoreOf = async (/** @type {string} */ text) =>
    (await weighed(text, index, async () => new Map(), true)).scores.get(4) ?? 0;
  assert.ok((await scoreOf("many ships lighthouse")) > (await scoreOf("many lighthouse and ships")) + 0.5);
  assert.ok((await scoreOf("many lighthouse ships")) > (await scoreOf("many lighthouse and ships")) + 0.5);
  assert.ok((await scoreOf("many ships lighthouse")) > (await scoreOf("many lighthouse ship")) + 0.5); // is none of several
  assert.equal(holders("how many lamps has the warden of pgu", index).size, 0);
  assert.ok(holders("the warden of pgu", index).size > 0);
});

test("in another wording of a query a source comes after what rests on it, though its title is that wording", async () => {
  const { results } = await ask("account of sawiyan");
  assert.ok(results.indexOf(1) < results.indexOf(5));
});

test("whoever held an office for the most of a span comes first", async () => {
  assert.equal((await ask("warden of pgu from 2003 to 2011")).results[0], 16);
  assert.equal((await ask("warden of pgu between 2012 and 2019")).results[0], 15);
});

test("a query compares two things only where it says so", () => {
  assert.deepEqual(compared("difference between the lamp and the harbour", words), ["lamp", "harbour"]);
  assert.deepEqual(compared("8.7 vs. 9", words), ["8.7", "9"]);
  assert.deepEqual(compared("what changed from 2018 to 2020", words)?.slice(1), ["2020"]);
  assert.equal(compared("the lamp and the harbour", words), null);
  assert.equal(compared("vs lamp", words), null);
});

test("the page of an office comes with whoever holds it, but not where another time is asked for", () => {
  assert.deepEqual([...holders("warden pgu", index)].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0], 14);
  assert.ok((holders("warden pgu 2015", index).get(18) ?? 0) < (holders("warden pgu 2015", index).get(15) ?? 0));
  assert.deepEqual([...holders("the", index)], []);
});

test("a word that an office has not chooses the one of its holders whose text has it", async () => {
  assert.equal((await ask("tall warden", { tall: [[16, 1]] })).results[0], 16);
  assert.equal((await ask("warden", { tall: [[16, 1]] })).results[0], 14);
});

test("a holder who is named beside the office is the one, though the texts of the others have the name as well", async () => {
  const everywhere = { lund: [14, 15, 16].map(record => /** @type {[number, number]} */ ([record, 1])) };
  assert.equal((await ask("warden lund", everywhere)).results[0], 15);
  assert.equal((await ask("lund warden of the pilots guild", everywhere)).results[0], 15);
});

test("a value that one holder has, by any name of it, chooses them, whoever of those today first", () => {
  const held = (
    /** @type {string} */ title,
    /** @type {number[]} */ sea,
    /** @type {number} */ first,
    /** @type {number} */ last,
  ) => record(title, { kind: 3, facets: { sea }, held: [["Warden", 0, 1, month(first), last && month(last)]] });
  const own = indexOf({
    ...list,
    counted: {},
    records: [
      record("Pilots’ Guild"),
      record("Warden of the guild"),
      record("North Sea", { names: ["German Ocean", "NS"] }),
      held("Ada Fisk", [1], 2021, 0),
      held("Bo Lund", [0], 2011, 2021),
      held("Cy Marsh", [1], 2001, 2011),
    ],
  });
  const first = (/** @type {string} */ text) =>
    [...holders(text, own)].sort((a, b) => b[1] - a[1]).map(([each]) => each);

  assert.equal(first("north sea warden of the pilots guild")[0], 4);
  assert.equal(first("german ocean warden of the pilots guild")[0], 4); // the value is a record, and that is another name of it
  assert.deepEqual(first("adriatic warden of the pilots guild").slice(0, 2), [3, 5]);
  assert.equal(first("adriatic warden of the pilots guild 2005")[0], 5);
  assert.equal(first("ns warden of the pilots guild")[0] === 4, false); // so short a code may mean anything
});

test("of two whose office ended in one month, the one who began later held it last", () => {
  const held = (/** @type {string} */ title, /** @type {number} */ first) =>
    record(title, { kind: 3, held: [["Warden", 0, 1, month(first), month(2003)]] });
  const records = [record("Pilots’ Guild"), record("Warden of the guild"), held("Di Ray", 2001), held("Ed Orr", 2003)];
  const found = holders("warden of the pilots guild", indexOf({ ...list, counted: {}, records }));

  assert.ok((found.get(3) ?? 0) > (found.get(2) ?? 0));
});

test("a decade is the years that it spans, and a symbol has its dot", async () => {
  assert.equal(tidied("the 1990s, die 1980er, 1970年代, 2010's"), "the 1990–1999, die 1980–1989, 1970–1979, 2010–2019");
  assert.equal(tidied("B/12/L7 is B/12/L.7, but not 12/LX7"), "B/12/L.7 is B/12/L.7, but not 12/LX7");
  assert.equal((await ask("warden of pgu in the 2000s")).results[0], 16);
  assert.equal((await ask("warden of pgu in the 2010s")).results[0], 15);
});

test("whoever asks for all since a year finds the page of the office no later than those who held it", () => {
  const found = holders("wardens of the pilots guild since 1990", index);
  assert.equal(found.get(18), Math.max(...found.values()));
  const then = holders("warden of the pilots guild in 2005", index);
  assert.notEqual(then.get(18), Math.max(...then.values()));
});

test("letters that changed places are understood in shorter words, too", async () => {
  assert.equal((await ask("pilots giuld")).results[0], 17);
  assert.deepEqual((await ask("pilots guelt")).results.includes(17), false);
});

test("a value of a facet in a query finds the records that have it", async () => {
  const { results } = await ask("adriatic");
  assert.deepEqual(results, [20]);
});

test("a value of a facet is found by its other names too", async () => {
  assert.deepEqual((await ask("gulf of venice")).results, [20]);
});

test("two years are a span, and one with since or until is open, for what has a date in it", async () => {
  const sorted = async (/** @type {string} */ text) => (await ask(text)).results.filter(each => each > 23).sort();
  const two = async (/** @type {string} */ text) => (await ask(text)).results.slice(0, 2).sort();
  assert.deepEqual(await two("rule 1990 to 1995"), [24, 25]);
  assert.deepEqual(await two("rule 1994-2001"), [25, 26]);
  assert.equal((await ask("rule since 2000")).results[0], 26);
  assert.deepEqual(await sorted("until 1996"), [24, 25]);
});

test("a name within what opens as a question counts for more", async () => {
  const none = async () => new Map();
  const scoreOf = async (/** @type {string} */ text) => (await weighed(text, index, none, true)).scores.get(12) ?? 0;

  assert.ok((await scoreOf("does ring bell")) > (await scoreOf("now ring bell")));
});

test("a number with a sign in it is met as a whole or not at all", async () => {
  assert.equal((await ask("how many lamps in 77/20")).results[0], 24);
  assert.ok(!(await ask("77/3")).results.includes(25));
});

test("two slips are understood in each word of a query that stands nowhere, and letters that are doubled or not", async () => {
  assert.equal((await ask("old lighthuze")).results[0], 20);
  assert.equal((await ask("oold lighthuze")).results[0], 20);
  assert.equal((await ask("lightthoose")).results[0], 20);
});

test("a word with two slips is that of a name, rather than one of a text that only begins like it", async () => {
  const { results } = await find("lighthuze", index, async () => likening(new Map([[1, 1]])));
  assert.deepEqual(results, [20]);
});

test("a number word behind a name is a number", async () => {
  assert.equal(inFigures("rule three of one the two", index), "rule 3 of one the two");
  assert.equal((await ask("rule three")).results[0], 26);
  assert.deepEqual((await ask("rule three vs bell")).results.slice(0, 2), [26, 12]);
});

test("two words that are written as one are taken apart, and a word that is written twice counts once", async () => {
  assert.equal((await ask("oldlighthouse")).results[0], 20);
  assert.equal((await ask("the keepers of the oldlighthouse")).results[0], 20);
  assert.equal((await ask("sawiyan sawiyan")).results[0], 1);
  assert.deepEqual(respelt("keeper of 8.7", index), []);
});

test("a symbol that no record has finds nothing, and offers those that are numbered nearest", async () => {
  const { results, nearest: offered, unnumbered } = await ask("Rule 78/20");
  assert.deepEqual([results, offered, unnumbered], [[], [24, 25], true]);
  assert.deepEqual((await ask("who keeps rule 78/20")).results, []);
  assert.deepEqual((await ask("rule 78/20", { 7820: [[1, 1]] })).unnumbered, false);
  assert.deepEqual((await ask("rule 77/20")).unnumbered, false);
  assert.deepEqual((await ask("rules from 1990 to 1995")).unnumbered, false);
});

test("a symbol that no name has is looked up as texts write it, without its letters", async () => {
  assert.equal((await ask("rule B/78/20", { 7820: [[1, 1]], b: [[24, 1]] })).results[0], 1);
  assert.equal((await ask("rule B/77/20", { 7820: [[1, 1]], b: [[24, 1]] })).results[0], 24);
});

test("an edition that is not there leads to the nearest of its series, and is said not to be there", async () => {
  const { results, unnumbered } = await ask("rule IV");
  assert.deepEqual([results[0], unnumbered], [26, true]);
  assert.equal((await ask("rule III")).unnumbered, false);
  assert.equal((await ask("rule of 2001")).unnumbered, false);
});

test("a kind of which there is none in a year leads to those nearest in time, and is said not to be there", async () => {
  const voyage = (/** @type {string} */ title, /** @type {number} */ year) =>
    record(title, { facets: { year: [year] } });
  const dated = indexOf({
    ...list,
    counted: {},
    records: [voyage("First voyage", 0), voyage("Second voyage", 1), voyage("Third voyage", 2)],
  });
  const of = (/** @type {string} */ text) => find(text, dated, async () => new Map());

  assert.deepEqual((await of("ships of 1996")).results, [1, 2, 0]);
  assert.equal((await of("ships of 1996")).unnumbered, true);
  assert.deepEqual((await of("ships of 2030")).results, [2, 1, 0]);
  assert.deepEqual((await of("ships third 1996")).results, [2]); // only what fits the rest as well
  assert.equal((await of("ships of 1995")).unnumbered, false);
  assert.equal((await of("ships since 1996")).unnumbered, false);
  assert.equal((await ask("ships of 1996")).unnumbered, false); // not all of these have a date
});

test("an office is one under each name of its body, and who held it first did so under the oldest", () => {
  const held = (/** @type {string} */ title, /** @type {number} */ first, /** @type {number} */ last) =>
    record(`${title} of ${first}`, { kind: 3, held: [[title, 1, 0, month(first), last && month(last)]] });
  const own = indexOf({
    ...list,
    counted: {},
    records: [
      record("Warden of the guild"),
      record("Pilots’ Guild"),
      held("Warden", 2001, 0),
      held("Warden, Brotherhood of Pilots and Keepers", 1971, 2001),
    ],
  });
  const first = (/** @type {string} */ text) =>
    [...holders(text, own)].sort((a, b) => b[1] - a[1]).map(([each]) => each);

  assert.deepEqual(first("first warden of the pilots guild").slice(0, 2).sort(), [0, 3]);
  assert.equal(first("warden of the pilots guild 1980")[0], 3);
  assert.deepEqual(first("warden of the pilots guild").slice(0, 2).sort(), [0, 2]);
});

test("before anybody is known to have held an office its page comes first, then who held it next", async () => {
  const first = (/** @type {string} */ text) =>
    [...holders(text, index)].sort((a, b) => b[1] - a[1]).map(([each]) => each);

  assert.deepEqual(first("warden pgu 1950").slice(0, 2), [18, 16]);
  assert.deepEqual(first("warden pgu 1999").slice(0, 2), [18, 16]);
  assert.equal((await ask("warden of the pgu in 1950")).results[0], 18);
  assert.equal((await ask("warden of the pgu in 1999")).results[0], 16); // so near, the records may be off
  assert.equal((await ask("warden of the pgu in 2005")).results[0], 16);
  assert.equal(first("mate pgu 1950")[0], 17); // an office without a page
});

test("a query whose rarest words stand nowhere has no answer, but what fits the rest of it is offered", async () => {
  const { results, lacking, nearest: offered } = await ask("zzyzx qwertz lamps");
  assert.deepEqual([results, lacking, offered[0]], [[], ["zzyzx", "qwertz"], 23]);
});

first("a short id that abbreviates nothing comes after the abbreviation of something else", [["RX", 28]]);
first("an office that nobody holds any more leads to whoever held it last", [["bosun", 29]]);

test("the words that no record has are told apart from those that one has", async () => {
  const { lacking } = await ask("harbour zzyzx beacon");
  assert.deepEqual(lacking, ["zzyzx"]);
  assert.deepEqual((await ask("lighthuze of the harbour zzyzx")).lacking, ["zzyzx"]);
});

test("of a comparison each side is known, and of other queries more words than not", async () => {
  const every = [...Array(100).keys()].map(number =>
    record(number < 20 ? `Lamp of the quay ${number}` : `Ship ${number}`),
  );
  const own = indexOf({ ...list, words: { ...words, stop: [...words.stop, "vs"] }, counted: {}, records: every });
  const of = async (/** @type {string} */ text) => (await find(text, own, async () => new Map())).results.length;

  assert.ok((await of("lamp quay zzyzxyz")) > 0);
  assert.equal(await of("lamp zzyzxyz"), 0);
  assert.equal(await of("lamp quay vs zzyzxyz"), 0);
});

test("a record says that a question is open, where that has most of the words of the query", () => {
  /** @type {import("../../scripts/theme/assets/search/answers.js").Said[]} */
  const said = [
    ["open", "This is an open question: Whether Sawiyan lit a lamp.", []],
    ["open", "This is an open question: Whether the harbour is deep.", []],
    ["many", "12 lamps lit", []],
  ];
  assert.deepEqual(openQuestion("how deep is the harbour", said, index), [said[1]]);
  assert.deepEqual(openQuestion("harbour of lighthuze and zzyzx", said, index), []);
});

test("a name alone asks no open question in which it stands", () => {
  /** @type {import("../../scripts/theme/assets/search/answers.js").Said[]} */
  const said = [["open", "This is an open question: Whether Sawiyan lit a lamp.", []]];
  assert.ok(index.wholes.has("sawiyan"));
  assert.deepEqual(openQuestion("Sawiyan", said, index), []);
  assert.deepEqual(openQuestion("Sawiyan lamp", said, index), said);
});

test("a record says what is asked of it in a field of its own, and nothing else", () => {
  /** @type {import("../../scripts/theme/assets/search/answers.js").Said[]} */
  const said = [
    ["who", "Ada Fisk, since 2019", ["sources/#a"]],
    ["when", "1899", []],
    ["many", "12 lamps lit", []],
    ["many", "3 ships saved", []],
    ["many", "9 crews (2021)", []],
    ["many", "5 crews (2003)", []],
  ];
  const says = (/** @type {string} */ text, record = 17) =>
    answering(text, [], said, record, index).map(([, one]) => one);
  assert.deepEqual(says("who is head of the guild"), ["Ada Fisk, since 2019"]);
  assert.deepEqual(says("warden", 18), ["Ada Fisk, since 2019"]);
  assert.deepEqual(says("warden in 2015", 18), []);
  assert.deepEqual(says("when did it begin"), ["1899"]);
  assert.deepEqual(says("how many lights were lit"), ["12 lamps lit"]);
  assert.deepEqual(says("how many whales"), []);
  assert.deepEqual(says("how many crews"), ["9 crews (2021)"]);
  assert.deepEqual(says("how many crews in 2003"), ["5 crews (2003)"]);
  assert.deepEqual(says("how many whales in 2003"), []);
  assert.deepEqual(says("the guild"), []);
});

test("the names are made ready in steps between which a slow phone answers, and are the same as at once", async () => {
  const many = { ...list, records: Array.from({ length: 40 }, () => list.records).flat() };
  let steps = 0;
  const work = indexing(many);
  while (!work.next().done) steps += 1;
  assert.ok(steps >= many.records.length / 50);
  const asked = "operation epervier";
  const none = async () => new Map();
  const inParts = await inSteps(indexing(list));
  assert.deepEqual(await find(asked, inParts, none), await find(asked, indexOf(list), none));
});

test("what waits for work in steps does not begin in the same task", async () => {
  let done = false;
  const work = inSteps(indexing(list)).then(() => {
    done = true;
  });
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
  assert.equal(done, false);
  await work;
  assert.equal(done, true);
});

test("what people say is found within letters without spaces, behind an article with an apostrophe, and in any case of Russian", () => {
  const synonyms = synonymsOf([
    "lamp = 红灯",
    "red lamp = 红灯塔",
    "warden = gardien d’armes, смотритель",
    "of = de",
    "port = gavan",
  ]);

  assert.deepEqual(reworded("什么是红灯塔", synonyms), ["什么是 red lamp"]);
  assert.deepEqual(reworded("红灯与红灯塔", synonyms), ["lamp 与 red lamp"]);
  assert.deepEqual(reworded("「红灯」、PGU红灯塔？", synonyms), ["lamp pgu red lamp"]);
  assert.deepEqual(reworded("什么是塔", synonyms), []);
  assert.deepEqual(reworded("l'gardien d'armes", synonyms), ["warden"]);
  assert.deepEqual(reworded("gardien armes", synonyms), ["warden"]);
  assert.deepEqual(reworded("d'ici", synonyms), []); // an article alone makes no other wording
  assert.deepEqual(reworded("смотрителями", synonyms), ["warden"]);
  assert.deepEqual(reworded("смотрителя", synonyms), ["warden"]);
});

test("what the dossier says nothing on is told, in any form of its words, unless a record has that name", async () => {
  assert.deepEqual(await ask("ticket for the harbour"), {
    words: [],
    results: [],
    also: [],
    lacking: [],
    beyond: ["tickets"],
    nearest: [],
    unnumbered: false,
    parts: [],
  });
  assert.deepEqual((await ask("opening hours of the lighthouse")).beyond, ["opening hours"]);
  assert.deepEqual(beyondIn("a ticket", ["ticket", "tickets"]), ["tickets"]); // once
  assert.deepEqual((await ask("hours of opening")).beyond, []);
  const own = indexOf({ ...list, records: [...list.records, record("Tickets")] });
  assert.equal((await find("tickets", own, async () => new Map())).results[0], list.records.length);
});

test("a number before a kind that says how many of it there are names none of them", () => {
  const head = record("All the Ships", { kind: 1, at: "ships/" });
  const ships = [1, 2, 3].map(number => record(`Ship ${number}`));
  const kinds = [{ kind: "ship", weight: 1, asked: 1, index: "ships/" }, { ...list.kinds[4] }];
  const own = indexOf({ ...list, kinds, counted: {}, records: [head, ...ships] });

  assert.equal(uncounted("the 3 ships", own), "the ships");
  assert.equal(uncounted("what are the 3 old iron ships of it", own), "what are the old iron ships of it");
  assert.equal(uncounted("the 2 ships", own), "the 2 ships");
  const terms = ["Buoy", "Pier", "Quay"].map(title => record(title, { kind: 2 }));
  const twice = indexOf({
    ...list,
    kinds: [...kinds, { kind: "term", weight: 1, asked: 1, index: "terms/" }],
    counted: {},
    records: [head, ...ships, record("Terms", { kind: 1, at: "terms/" }), ...terms],
  });
  assert.equal(uncounted("the 3 ships", twice), "the ships"); // there are as many of another kind
  assert.equal(uncounted("the 3 terms", twice), "the terms");
  assert.equal(uncounted("ship 3", own), "ship 3");
  assert.equal(uncounted("3 lamps of all ships", own), "3 lamps of all ships"); // too far from it
});

test("a kind with a name behind it that no record of it has finds nothing, but what comes near", async () => {
  const texts = /** @type {Record<string, [number, number][]>} */ ({ storm: [[0, 1]], calm: [[1, 1]] });
  const own = indexOf({
    ...list,
    counted: {},
    records: [record("Sawiyan"), record("Gannet"), ...[...Array(8).keys()].map(number => record(`Barge ${number}`))],
  });
  const of = async (/** @type {string} */ text) => find(text, own, async word => new Map(texts[word] ?? []));

  assert.deepEqual((await of("ship storm calm")).results, []);
  assert.ok((await of("ship storm calm")).nearest.length > 0);
  assert.deepEqual((await of("ship sawiyan storm")).results[0], 0);
  assert.deepEqual((await of("ship gannett")).results[0], 1); // a slip
  assert.ok((await of("ship storm gannet")).results.includes(1)); // one of its words is a name of it
  assert.ok((await of("ship of the storm calm")).results.length > 0); // no name
  assert.deepEqual((await of("ship storm calm 1990")).results, []); // a year is no name either
  assert.ok((await of("ship barge storm calm")).results.includes(2)); // some are named so, and this asks something of them
  assert.deepEqual((await of("ship storm calm barge")).results, []);
});

test("of a kind that a query names, what has dates in other years comes after what is of the year", async () => {
  const texts = /** @type {Record<string, [number, number][]>} */ ({
    signed: [
      [0, 2],
      [1, 3.2],
    ],
  });
  const ships = [record("Gannet", { facets: { year: [0] } }), record("Petrel", { facets: { year: [2] } })];
  const own = indexOf({ ...list, counted: {}, records: ships });
  const of = async (/** @type {string} */ text) => find(text, own, async word => new Map(texts[word] ?? []));

  assert.equal((await of("ship signed")).results[0], 1);
  assert.equal((await of("ship signed 1990")).results[0], 0);
});

test("a name that is written as one word is an answer, though no word of it is known", async () => {
  const own = indexOf({ ...list, counted: {}, records: [record("Goal 3", { names: ["PGU 3"] }), record("Goal 4")] });
  assert.equal((await find("pgu3", own, async () => new Map())).results[0], 0);
  assert.equal((await find("goal3", own, async () => new Map())).results[0], 0);
});

test("a comparison that only the words of the dossier make one sets its two sides first", async () => {
  const own = indexOf({
    ...list,
    words: { ...words, synonyms: ["difference = unterschied", "between = zwischen", "and = und"] },
    counted: {},
    records: ["Bell", "Coast", "Anchor"].map(title => record(title)),
  });
  const { results } = await find("unterschied zwischen anchor und bell", own, async () => new Map());
  assert.deepEqual(results.slice(0, 2), [2, 0]);
});

test("a word that is found nowhere means a name that sounds like it, if it is no short one", async () => {
  const own = indexOf({
    ...list,
    counted: {},
    records: ["Quentin Sharp", "Wicktor", "Gannet"].map(title => record(title)),
  });
  const first = async (/** @type {string} */ text) => (await find(text, own, async () => new Map())).results[0];

  assert.equal(await first("kwentin"), undefined);
  assert.equal(await first("kentin sarp"), 0);
  assert.equal(await first("viktor"), 1);
  assert.equal(await first("ganet"), 2);
  assert.equal(await first("sarb"), undefined);

  const guided = indexOf({ ...list, counted: {}, records: [record("Quentin"), record("Manual", { kind: 5 })] });
  const only = await find("kuentin", guided, async () => new Map([[1, 1]])); // stands in a text for editors, as an example
  assert.equal(only.results[0], 0);
});
