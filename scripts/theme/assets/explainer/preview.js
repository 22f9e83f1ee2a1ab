/* Previews of linked pages, and of the sources that a statement cites. */

import { make, textOf } from "../shared/dom.js";
import { previewOf } from "./previews.js";

/** Milliseconds that a pointer rests on a link before its preview comes. */
const REST = 250;
/** Milliseconds that a preview stays once the pointer has left its link, so that the pointer can come to it (WCAG 1.4.13). */
const STAY = 300;
/** More links or entries than these make a long list. */
const MANY = 12;
/** Letters of the preview of a source, of which the last word is whole. */
const LONGEST = /^(.{300}\S*).+/;
/** Pixels between a preview and its link, and the edges of the window. */
const GAP = 6;
const EDGE = 8;

/**
 * What surrounds a place, without the links of a source to what cites it.
 * @param {Element} place
 */
const entry = place => {
  const copy = /** @type {Element} */ ((place.closest("li, tr, p, dd") ?? place).cloneNode(true));
  copy.querySelector(".onward")?.remove();
  return copy;
};

/**
 * Whether a link is one of many, of which each would cover the next with what it shows.
 * @param {Element} link
 */
const inLongList = link => {
  const list = link.closest("ul, ol, dl, tbody");
  const passage = link.closest("p, li, dd, td, th");
  return (list?.children.length ?? 0) > MANY || (passage?.querySelectorAll("a:not(.cite a)").length ?? 0) > MANY;
};

/**
 * A citation, or the link in the text to another page of this site; null for anything else.
 * @param {EventTarget | null} target
 */
const previewed = target => {
  /** @type {HTMLAnchorElement | null} */
  const link = target instanceof Element ? target.closest("article a[href]:not(.crumbs a)") : null;
  if (link?.matches(".cite a")) return link;
  if (!link || link.origin !== location.origin || !/^(https?|file):$/.test(link.protocol)) return null;
  return link.pathname !== location.pathname && /(\/|\.html)$/.test(link.pathname) && !inLongList(link) ? link : null;
};

/**
 * What a preview says: the entry of a source on this page, or what is known of another.
 * @param {HTMLAnchorElement} link
 * @returns {Promise<(Node | string)[]>}
 */
const words = async link => {
  if (link.matches(".cite a")) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return place ? [textOf(entry(place)).replace(LONGEST, "$1 …")] : [];
  }
  const found = await previewOf(link).catch(() => undefined);
  if (!found) return [];
  const [title, about, summary, lang] = found;
  return [
    make("strong", { ...(lang && { lang }) }, title),
    make("span", { className: "x-preview__kind" }, about),
    summary,
  ];
};

const preview = make("div", { className: "x-preview", id: "x-preview" });
preview.setAttribute("role", "tooltip");
/** @type {HTMLAnchorElement | null} */
let current = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let leaving;

const hide = () => {
  clearTimeout(timer);
  clearTimeout(leaving);
  current?.removeAttribute("aria-describedby");
  current = null;
  preview.remove();
};

/**
 * Puts the preview below its link, or above where there is no room.
 * @param {HTMLAnchorElement} link
 */
const put = link => {
  const { left, top, bottom } = link.getClientRects()[0];
  const { clientWidth, clientHeight } = document.documentElement;
  const { offsetWidth, offsetHeight } = preview;
  const above = bottom + GAP + offsetHeight > clientHeight && top > offsetHeight + GAP;
  preview.style.left = `${scrollX + Math.max(EDGE, Math.min(left, clientWidth - offsetWidth - EDGE))}px`;
  preview.style.top = `${scrollY + (above ? top - GAP - offsetHeight : bottom + GAP)}px`;
};

/** @param {HTMLAnchorElement} link */
const show = async link => {
  const says = await words(link);
  if (!says.length || current !== link) return;
  preview.replaceChildren(...says);
  document.body.append(preview);
  put(link);
  link.setAttribute("aria-describedby", preview.id);
};

/** @param {HTMLAnchorElement} link */
const consider = link => {
  clearTimeout(leaving);
  if (link === current) return;
  hide();
  current = link;
  timer = setTimeout(show, REST, link);
};

/**
 * Whether something lies in the preview.
 * @param {EventTarget | null} target
 */
const within = target => target instanceof Node && preview.contains(target);

/** @param {PointerEvent} event */
const over = ({ target, pointerType }) => {
  const link = pointerType === "mouse" ? previewed(target) : null;
  clearTimeout(leaving);
  if (link) consider(link);
  else if (current && current !== document.activeElement && !within(target)) leaving = setTimeout(hide, STAY);
};

/** @param {FocusEvent} event */
const focus = ({ target }) => {
  const link = target instanceof Element && target.matches(":focus-visible") ? previewed(target) : null;
  if (link) consider(link);
};

/** Listens for what shows and hides previews. */
export const offerPreviews = () => {
  document.addEventListener("pointerover", over);
  document.addEventListener("focusin", focus);
  document.addEventListener("focusout", hide);
  document.addEventListener("click", ({ target }) => within(target) || hide());
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
};
