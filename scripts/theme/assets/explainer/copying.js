/* Copies: a citation by its button, and the address of a heading, a figure or a paragraph by its mark. */

import { make, textOf } from "../shared/dom.js";

/** How long a button says that it has copied. */
const SHOWN = 2000;
/** So many words of a paragraph make its address; few enough to fit, enough to find it. */
const WORDS = 8;
/** So many sources get their formats in one task. */
const SLICE = 25;
const FORMATS = { bib: "BibTeX", ris: "RIS", json: "CSL" };

/**
 * The address of a paragraph by its first words, to which a browser scrolls (Text Fragments); a hyphen means something there.
 * @param {string} text
 */
export const fragment = text => {
  const words = text.split(" ").slice(0, WORDS).join(" ");
  return `#:~:text=${encodeURIComponent(words).replace(/-/g, "%2D")}`;
};

/**
 * Copies a text, and says so on what was pressed until a moment has passed.
 * @param {HTMLElement} pressed
 * @param {string} text
 * @param {string} said
 */
const copy = async (pressed, text, said) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return; // not allowed, or no https: the text and the address are there to be marked
  }
  pressed.dataset.said = said;
  setTimeout(() => delete pressed.dataset.said, SHOWN);
};

/** @param {HTMLElement} block */
const offerButtons = block => {
  const { copy: name = "", copied = "", copies = "[]" } = block.dataset;
  /** @type {string[]} */
  const names = JSON.parse(copies); // of what stands there in this order; all buttons look alike, and begin with the same word
  for (const [place, part] of block.querySelectorAll(".copyable").entries()) {
    const text = textOf(part);
    const ariaLabel = names[place] ?? name;
    const button = make("button", { type: "button", className: "x-copy", textContent: name, ariaLabel });
    button.addEventListener("click", () => copy(button, text, copied));
    part.after(" ", button);
  }
};

/** @param {string} place */
const offerMarks = place => {
  /** @type {(address: string) => HTMLAnchorElement} */
  const mark = href =>
    make("a", { className: "headerlink", href, title: place, textContent: "¶", ariaHidden: "true", tabIndex: -1 });
  for (const figure of document.querySelectorAll("article .place[id]")) {
    figure.parentElement?.append(" ", mark(`#${figure.id}`));
  }
  for (const paragraph of document.querySelectorAll("article > p:not([class])")) {
    const text = textOf(paragraph);
    if (text.split(" ").length > WORDS) paragraph.append(" ", mark(fragment(text)));
  }
};

/**
 * The formats of a source's entry for bibliographies, on lists of sources, where links in every entry would weigh too much.
 * @param {string} folder
 */
const offerFormats = async folder => {
  const anchors = document.querySelectorAll("article :is(.item[id], li > [id][data-field='1'])");
  for (const [place, anchor] of anchors.entries()) {
    if (place % SLICE === SLICE - 1) await new Promise(done => setTimeout(done)); // a long list must not halt the page
    const title = anchor.closest(".item, li")?.querySelector("a"); // the formats of many sources stand on a page
    const links = Object.entries(FORMATS).map(([ending, textContent]) =>
      make("a", {
        href: `${folder}${anchor.id}.${ending}`,
        textContent,
        ariaLabel: title ? `${textContent}: ${textOf(title)}` : textContent,
      }),
    );
    const formats = make("span", { className: "formats" }, ...links.flatMap(link => [" · ", link]).slice(1));
    const entry = anchor.querySelector("details") ?? anchor.closest("li");
    (entry?.querySelector("p") ?? entry)?.append(" ", formats);
  }
};

const start = () => {
  /** @type {HTMLElement | null} */
  const block = document.querySelector(".cite-as");
  if (!block) return;
  offerButtons(block);
  offerMarks(block.dataset.place ?? "");
  if (block.dataset.sources) offerFormats(block.dataset.sources);
  document.addEventListener("click", event => {
    const pressed = event.target instanceof Element && event.target.closest("a.headerlink");
    if (pressed instanceof HTMLAnchorElement) copy(pressed, pressed.href, block.dataset.copied ?? "");
  });
};

/** Adds buttons to citations and marks to figures and paragraphs, and copies the address that a mark leads to. */
export const offerCopies = () => document.addEventListener("DOMContentLoaded", () => setTimeout(start));
