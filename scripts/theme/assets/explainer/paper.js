/* What paper needs to know of the page, just before it is printed. */

/** @returns {NodeListOf<HTMLDetailsElement>} */
const folds = () => document.querySelectorAll("article details");

/** Opens what is printed whole, says what else is folded, and the page's address, which the margin of each sheet shows. */
const prepare = () => {
  for (const fold of folds()) {
    if (!fold.hasAttribute("data-folded")) fold.toggleAttribute("data-folded", !fold.open);
    if (fold.matches(".spread")) fold.open = true;
  }
  /** @type {HTMLLinkElement | null} */
  const canonical = document.querySelector("link[rel=canonical]");
  const address = canonical?.href ?? location.href;
  document.documentElement.style.setProperty("--x-address", JSON.stringify(decodeURI(address)));
};

/** Folds again what was folded. */
const putBack = () => {
  for (const fold of folds()) {
    if (fold.hasAttribute("data-folded")) fold.open = false;
    fold.removeAttribute("data-folded");
  }
};

/** Listens for printing. */
export const offerPaper = () => {
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", putBack);
};
