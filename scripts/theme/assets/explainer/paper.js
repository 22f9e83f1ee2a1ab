/* What paper needs to know of the page, just before it is printed. */

/** Says which parts are folded, as Material opens them all, and the page's address, which the margin of each sheet shows. */
const prepare = () => {
  /** @type {NodeListOf<HTMLElement>} */
  const parts = document.querySelectorAll("article details");
  for (const part of parts) part.toggleAttribute("data-folded", !part.hasAttribute("open"));
  /** @type {HTMLLinkElement | null} */
  const canonical = document.querySelector("link[rel=canonical]");
  const address = canonical?.href ?? location.href;
  document.documentElement.style.setProperty("--x-address", JSON.stringify(decodeURI(address)));
};

/** Listens for printing. */
export const offerPaper = () => window.addEventListener("beforeprint", prepare);
