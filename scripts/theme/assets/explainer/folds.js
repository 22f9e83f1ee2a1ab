/* Folds that hold the place of the address. Not every browser opens them by itself, and some have scrolled before. */

/** Opens what holds the place of the address, and scrolls to it if something had to be opened. */
const open = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let opened = false;
  for (let fold = place?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
    opened ||= !fold.open;
    fold.open = true;
  }
  if (opened) place?.scrollIntoView();
};

/** Opens folds when the page is there and when its address changes. */
export const openFolds = () => {
  document.addEventListener("DOMContentLoaded", open);
  window.addEventListener("hashchange", open);
};
