/* The list "On this page", which stays over the text while it is open: a choice, Escape or a click elsewhere closes it. */

/** @returns {HTMLDetailsElement | null} */
const opened = () => document.querySelector("details.x-contents[open]");

/** @param {MouseEvent} event */
const click = ({ target }) => {
  const list = opened();
  if (!list || !(target instanceof Element)) return;
  if (!list.contains(target) || target.closest("a")) list.open = false;
};

/** @param {KeyboardEvent} event */
const keydown = ({ key }) => {
  const list = opened();
  if (!list || key !== "Escape") return;
  list.open = false;
  list.querySelector("summary")?.focus();
};

/** Listens for what closes the list. */
export const closeContents = () => {
  document.addEventListener("click", click);
  document.addEventListener("keydown", keydown);
};
