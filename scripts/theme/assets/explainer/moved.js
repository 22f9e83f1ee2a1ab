/* Addresses of places that have moved to another page: the place that is left there stands beside a link to its new page. */

/** Goes on to where the place of the address has moved, if it has. */
const follow = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  /** @type {HTMLAnchorElement | null | undefined} */
  const link = place?.matches(".moved li span") ? place.closest("li")?.querySelector("a") : null;
  if (link) location.replace(link.href.replace(/#.*/, location.hash));
};

/** Follows what has moved, when the page is there and when its address changes. */
export const followMoved = () => {
  document.addEventListener("DOMContentLoaded", follow);
  window.addEventListener("hashchange", follow);
};
