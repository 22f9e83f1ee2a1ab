/* What the service worker keeps of a site, and what it answers without a connection. The network is always asked first, so
   a reader who has a connection sees nothing that is kept. Caches bear the scope in their name: one host may hold several sites. */

/**
 * @typedef {object} Settings What the build knows; it stands before the worker.
 * @property {string} version The digest of the scripts and styles of the site.
 * @property {string[]} leave Beginnings of addresses, relative to the site, that are never kept.
 * @property {{title: string, says: string, pages: string}} words
 * @property {string} language
 * @property {"ltr" | "rtl"} direction
 */

/** What pages are made of; downloads, data and the search are asked for by name and would fill the disk. */
const PARTS = new Set(["document", "font", "image", "script", "style"]);
/** At most so many files are kept, the newest. */
export const MOST = 400;
const KEPT = "X-Kept-On";
const TITLE = "X-Kept-Title";

/**
 * @param {string} scope The address of the site.
 * @param {string} version
 */
export const cacheName = (scope, version) => `explainer ${scope} ${version}`;

/**
 * Whether a cache holds an older version of this very site.
 * @param {string} name
 * @param {string} scope
 * @param {string} version
 */
export const isOld = (name, scope, version) =>
  name.startsWith(`explainer ${scope} `) && name !== cacheName(scope, version);

/**
 * The address under which an answer is kept, without query and place in the page; undefined if it is none of the site's, or is never kept.
 * @param {string} url
 * @param {string} scope
 * @param {string[]} leave
 */
export const keyOf = (url, scope, leave) => {
  const key = url.replace(/[?#].*/s, "");
  return key.startsWith(scope) && !leave.some(path => key.startsWith(scope + path)) ? key : undefined;
};

/**
 * Whether a request asks for a part of a page, whole.
 * @param {Pick<Request, "method" | "destination" | "headers">} request
 */
export const isPart = request =>
  request.method === "GET" && PARTS.has(request.destination) && !request.headers.has("Range");

/**
 * Whether an answer may be kept: whole, from the site itself, no redirect, and a page where a page was asked for.
 * @param {Response} answer
 * @param {boolean} page
 */
const isWhole = (answer, page) =>
  answer.status === 200 &&
  answer.type !== "opaque" &&
  !answer.redirected &&
  (!page || (answer.headers.get("Content-Type") ?? "").startsWith("text/html"));

/**
 * An answer as it is kept: a page with the day, and with its title for the list of pages.
 * @param {Response} answer
 * @param {boolean} page
 * @param {Date} now
 */
const labelled = async (answer, page, now) => {
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  if (!page) return new Response(answer.body, { headers });
  const text = await answer.text();
  headers.set(KEPT, now.toISOString());
  headers.set(TITLE, encodeURIComponent(/<title>(.*?)<\/title>/s.exec(text)?.[1] ?? ""));
  return new Response(text, { headers });
};

/**
 * Keeps an answer, and of all that is kept the newest.
 * @param {Cache} cache
 * @param {string} key
 * @param {Response} answer
 * @param {boolean} page
 * @param {Date} [now]
 */
export const keep = async (cache, key, answer, page, now = new Date()) => {
  if (answer.status === 404 || answer.status === 410) await cache.delete(key);
  if (!isWhole(answer, page)) return;
  await cache.put(key, await labelled(answer, page, now)); // as the newest
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map(old => cache.delete(old)));
};

/**
 * What is kept under an address; a page says when it was kept, for its script to tell the reader.
 * @param {Cache} cache
 * @param {string} key
 */
export const kept = async (cache, key) => {
  const found = await cache.match(key);
  const day = found?.headers.get(KEPT);
  if (!found || !day) return found;
  const text = (await found.text()).replace("<html ", `<html data-kept-on="${day}" `);
  return new Response(text, { headers: found.headers });
};

/** @param {string} text */
const escaped = text => text.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`);

/**
 * A title as it was kept, without the name of the site at its end: HTML of the site itself, in which letters are escaped already.
 * @param {string} title
 */
const shown = title =>
  decodeURIComponent(title)
    .replace(/(.) - [^-]*$/, "$1")
    .replace(/</g, "&lt;");

/**
 * The page that stands in for one that is not kept, with links to those that are.
 * @param {Cache} cache
 * @param {Settings} settings
 */
export const missing = async (cache, { words, language, direction }) => {
  const items = [];
  for (const request of await cache.keys()) {
    const title = (await cache.match(request))?.headers.get(TITLE);
    if (title) items.push(`<li><a href="${escaped(request.url)}">${shown(title)}</a></li>`);
  }
  const list = items.length ? `<h2>${escaped(words.pages)}</h2><ul>${items.reverse().join("")}</ul>` : "";
  const html = `<!doctype html><html lang="${escaped(language)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escaped(words.title)}</title><style>body{max-width:40rem;margin:3rem auto;padding:0 1rem;font:1rem/1.6 sans-serif}h1,h2{font-family:Georgia,serif;line-height:1.25}a{color:inherit}li{margin:.4rem 0}</style></head><body><main><h1>${escaped(words.title)}</h1><p>${escaped(words.says)}</p>${list}</main></body></html>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
};
