/* The results on the screen. */

import { make } from "../shared/dom.js";
import { filled, numeral, plural } from "../shared/language.js";
import { urlOf } from "./address.js";
import { answering, openQuestion } from "./answers.js";
import { linkToAll } from "./box.js";
import { chosen, fitting } from "./facets.js";
import { nearest } from "./matching.js";
import { facetOf, KIND } from "./names.js";
import { passage, pieces } from "./passages.js";
import { RANKING } from "./ranking.js";

/** @import { Ready } from "./box.js" */

/** How many results come at a time. */
export const PAGE = 10;

/**
 * A text with the words of the query marked.
 * @param {string} text
 * @param {string[]} sought
 */
const highlighted = (text, sought) =>
  pieces(text, sought).map(({ piece, marked }) => (marked ? make("mark", {}, piece) : piece));

/**
 * @param {Ready} search
 * @param {number} number
 */
const heading = ({ index, shown, store }, number) => {
  const { at, title, kind, language } = index.records[number];
  const label = String(facetOf(index, KIND).values[kind]);
  return make(
    "a",
    { href: urlOf(store.place, at) },
    make("span", { className: "x-find__kind" }, label),
    make(
      "span",
      { className: "x-find__title", ...(language && { lang: language }) },
      ...highlighted(title, shown.words),
    ),
  );
};

/**
 * @param {Ready} search
 * @param {number[]} numbers
 */
const headings = (search, numbers) => make("ul", {}, ...numbers.map(number => make("li", {}, heading(search, number))));

/**
 * The name of a part of a record, which leads to it.
 * @param {Ready} search
 * @param {number} number
 * @param {string} part Its anchor.
 */
const linkToPart = ({ index: { records, rankings, words }, store: { place } }, number, part) => {
  const [group, [form]] = Object.entries(words.parts).find(([key]) => part.startsWith(key)) ?? ["", ["{n}"]];
  const ranking = rankings.find(([record, anchor]) => record === number && anchor === part);
  const name = ranking ? ranking[2] : filled(form, { n: part.slice(group.length).toUpperCase() });
  return make("a", { className: "x-find__part", href: urlOf(place, `${records[number].at}#${part}`) }, name);
};

/**
 * What a record says to the question, with a mark for each of its sources.
 * @param {Ready} search
 * @param {number} number
 * @param {import("./answers.js").Said} said
 */
const sentence = (search, number, [asks, says, cite]) => {
  const { index, store } = search;
  const { records } = index;
  const { place } = store;
  const marks = cite.map((at, number) => {
    const title = records.find(record => record.at === at)?.title ?? "";
    return make("a", { href: urlOf(place, at), title }, `[${numeral(number + 1, place.language)}]`);
  });
  const part = asks.startsWith("#") ? [linkToPart(search, number, asks.slice(1)), " "] : [];
  return make("p", { className: "x-find__answer" }, ...part, `${says} `, ...marks);
};

/**
 * Adds the answer and the passage with the words of the query, once the text of a result is there.
 * @param {Ready} search
 * @param {number} number
 * @param {HTMLElement} says
 */
const fill = async (search, number, says) => {
  const { index, store, shown } = search;
  const { words } = shown;
  const { summary, passages, said } = await store.fragment(number);
  const place = shown.order.indexOf(number);
  const own = place ? [] : answering(shown.text, shown.parts, said, number, index);
  const open = own.length || place >= RANKING.openResults ? [] : openQuestion(shown.text, said, index);
  says.append(...[...own, ...open].map(each => sentence(search, number, each)));
  says.append(make("p", {}, ...highlighted(summary, words)));
  const found = passage(passages, summary, words, index.weigh);
  if (found) says.append(make("p", { className: "x-find__passage" }, ...highlighted(found, words)));
};

/**
 * @param {Ready} search
 * @param {number} number
 * @param {number[]} also Records of the same title, to be listed below it.
 */
const item = (search, number, also) => {
  const says = make("div", { className: "x-find__says" });
  const line = make("li", {}, heading(search, number), says);
  const texts = fill(search, number, says).catch(() => {}); // the heading leads to the page all the same
  if (also.length) {
    line.append(
      make("div", { className: "x-find__also" }, make("p", {}, search.index.words.also), headings(search, also)),
    );
  }
  return { line, texts };
};

/**
 * Where nothing is found: the names that look most like the query, and the sections.
 * @param {Ready} search
 */
const offerHelp = search => {
  const { index, shown, store, parts } = search;
  const isTold = shown.nearest.length || shown.beyond.length; // of what is not here at all, nothing is near
  const close = isTold ? shown.nearest : nearest(shown.text, index);
  if (close.length) parts.help.append(make("p", {}, index.words.nearest), headings(search, close));
  const sections = index.sections.map(({ at, title }) =>
    make("li", {}, make("a", { href: urlOf(store.place, at) }, title)),
  );
  parts.help.append(make("p", {}, index.words.browse), make("ul", { className: "x-find__sections" }, ...sections));
};

/**
 * What else there is to say of the answer to a query; empty where there is nothing.
 * @param {Ready["index"]["words"]} words
 * @param {Ready["shown"]} shown
 * @param {boolean} deaf Whether names alone were searched.
 * @param {boolean} asked
 */
const remark = (words, { beyond, unnumbered, lacking }, deaf, asked) => {
  if (deaf) return words.deaf;
  if (beyond.length) return filled(words.beyond, { words: beyond.join(", ") });
  if (asked && unnumbered) return words.unnumbered;
  return lacking.length ? filled(words.lacks, { words: lacking.join(", ") }) : "";
};

/**
 * Says how many results there are.
 * @param {Ready} search
 * @param {number} length
 * @param {boolean} asked Whether there is a query or a facet.
 */
const announce = ({ index: { words }, store, shown, parts: { status } }, length, asked) => {
  const { language } = store.place;
  const pattern = length ? plural(words.results, length, language) : words.none;
  status.textContent = asked ? filled(pattern, { n: numeral(length, language), q: shown.text.trim() }) : words.hint;
  const also = remark(words, shown, asked && store.deaf(), asked);
  if (also) status.append(`${/[.!?。؟।]$/.test(status.textContent) ? "" : "."} ${also}`);
};

/**
 * Waits for the texts of results until those fill the window: what comes later lies below its edge, and moves nothing in it.
 * @param {ReturnType<typeof item>[]} items
 */
const untilFull = async items => {
  for (const { line, texts } of items) {
    await texts;
    if (line.getBoundingClientRect().bottom > window.innerHeight) return;
  }
};

/**
 * Shows the results up to a number, and what belongs below them; resolves once the texts are there that the window shows.
 * @param {Ready} search
 * @param {number} upto
 */
export const show = (search, upto) => {
  const { whole, shown, store, parts, index } = search;
  const { language } = store.place;
  const filtered = chosen(search).length > 0;
  const also = filtered ? [] : shown.also;
  shown.results = fitting(search).filter(number => !also.includes(number));
  const from = upto > PAGE ? shown.upto : 0;
  if (!from) parts.list.replaceChildren();
  const items = shown.results.slice(from, upto).map((number, place) => item(search, number, from + place ? [] : also));
  parts.list.append(...items.map(({ line }) => line));
  shown.upto = upto;
  const left = shown.results.length - upto;
  const next = Math.min(PAGE, left);
  parts.more.hidden = left <= 0 || !whole;
  parts.more.textContent = filled(plural(index.words.more, next, language), {
    n: numeral(next, language),
  });
  parts.help.replaceChildren();
  const length = shown.results.length + also.length;
  const asked = Boolean(shown.text.trim()) || filtered;
  announce(search, length, asked);
  if (asked && !length) offerHelp(search);
  if (left > 0 && !whole) {
    const text = filled(plural(index.words.all, length, language), {
      n: numeral(length, language),
    });
    parts.help.append(linkToAll(search, text));
  }
  return untilFull(items);
};
