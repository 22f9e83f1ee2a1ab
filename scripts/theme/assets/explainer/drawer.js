/* The drawer with all sections, on windows that are too narrow to have them beside the page. Without this script a checkbox
   opens it, which the keyboard reaches; with it the two labels of that checkbox are buttons. */

import { make } from "../shared/dom.js";

/** The checkbox that the style sheets open the drawer by. */
const drawer = () => /** @type {HTMLInputElement | null} */ (document.getElementById("__drawer"));

/** @type {HTMLButtonElement | undefined} */
let opener;
/** @type {HTMLButtonElement | undefined} */
let closer;

/**
 * Opens or closes it; where the keyboard did so, the focus goes with it.
 * @param {boolean} open
 * @param {{ focus?: boolean }} how
 */
const show = (open, { focus = true } = {}) => {
  const box = drawer();
  if (!box) return;
  box.checked = open;
  opener?.setAttribute("aria-expanded", String(open));
  if (focus) (open ? closer : opener)?.focus();
};

/**
 * A button in the place of a label, which no key can press.
 * @param {string} selector
 * @param {boolean} opens
 */
const button = (selector, opens) => {
  const label = document.querySelector(selector);
  if (!label) return;
  const made = make("button", { type: "button", className: label.className }, ...label.childNodes);
  made.addEventListener("click", () => show(opens));
  label.replaceWith(made);
  return made;
};

/** Closes it when the focus goes on to what it covers. */
const left = (/** @type {FocusEvent} */ { target }) => {
  if (!drawer()?.checked || !(target instanceof Element)) return;
  if (target !== opener && !target.closest(".md-sidebar--primary")) show(false, { focus: false });
};

const begin = () => {
  opener = button("label.x-drawer", true);
  closer = button("label.x-menu__close", false);
  opener?.setAttribute("aria-expanded", "false");
  drawer()?.addEventListener("change", ({ target }) => {
    show(/** @type {HTMLInputElement} */ (target).checked, { focus: false });
  });
  document.addEventListener("focusin", left);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && drawer()?.checked) show(false);
  });
};

/** Whoever comes back by the way of the browser finds the page, not the menu over it. */
const close = () => show(false, { focus: false });

/** Makes the drawer ready for keys, when the page is there. */
export const offerDrawer = () => {
  document.addEventListener("DOMContentLoaded", begin);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", close);
};
