/* Addresses: of pages of the site, and the page's own, which holds the query. */

/** @import { Place } from "./files.js" */

/**
 * The URL of an address on the site; a folder has no index on disk.
 * @param {Place} place
 * @param {string} at
 */
export const urlOf = ({ root, packed }, at) => {
  if (!packed) return new URL(at, root).href;
  const [path, anchor] = at.split("#");
  return new URL(`${path}index.html${anchor ? `#${anchor}` : ""}`, root).href;
};

/**
 * Changes the parameters of the page's address.
 * @param {(parameters: URLSearchParams) => void} change
 */
export const readdress = change => {
  try {
    const now = new URL(location.href);
    change(now.searchParams);
    history.replaceState(history.state, "", now);
  } catch {
    // some browsers forbid it for files
  }
};
