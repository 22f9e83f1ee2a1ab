/* The service worker of a site whose settings ask for one: keeps the pages that were read. The build puts it beside the
   home page, with what it knows before it: a worker reaches no further than the folder that it stands in. */

import { cacheName, isOld, isPart, keep, kept, keyOf, missing } from "./worker/keeping.js";

const worker = /** @type {ServiceWorkerPlace} */ (/** @type {unknown} */ (self));
const settings = worker.explainerKeeps;
const scope = worker.registration.scope;
const name = cacheName(scope, settings.version);
/** @type {Promise<Cache | undefined> | undefined} */
let cache;
/**
 * The cache, once the worker is active. It is opened once in a worker's life, and not made again where it is gone: a page
 * deletes it to take this worker away, and what is put into a deleted cache is lost with it.
 */
const opened = () => {
  cache ??= caches.has(name).then(there => (there ? caches.open(name) : undefined));
  return cache;
};

/**
 * Asks the network, and answers with what is kept where there is none.
 * @param {FetchEventOfWorker} event
 * @param {string} key
 */
const answered = async (event, key) => {
  const page = event.request.destination === "document";
  try {
    const found = await fetch(event.request);
    const copy = found.clone();
    const keeping = opened().then(held => held && keep(held, key, copy, page));
    event.waitUntil(keeping.catch(() => undefined)); // a full disk keeps nothing
    return found;
  } catch (error) {
    const held = await opened();
    const found = held && ((await kept(held, key)) ?? (page ? await missing(held, settings) : undefined));
    if (found) return found;
    throw error;
  }
};

/**
 * Keeps what the first page was made of: it was there before the worker. The page comes last, so it is never kept without
 * its parts.
 * @param {{page: string, parts: string[]}} seen
 */
const begin = async ({ page, parts }) => {
  const held = await opened();
  if (!held) return;
  for (const url of [...parts, page]) {
    const key = keyOf(url, scope, settings.leave);
    if (key && !(await held.match(key))) await keep(held, key, await fetch(url), url === page);
  }
};

/** Deletes what older versions of this site kept, and takes over the pages that are open. */
const activate = async () => {
  const names = (await caches.keys()).filter(other => isOld(other, scope, settings.version));
  await Promise.all(names.map(other => caches.delete(other)));
  cache = caches.open(name);
  await cache;
  await worker.clients.claim();
};

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", event => event.waitUntil(activate()));
worker.addEventListener("fetch", event => {
  const key = isPart(event.request) ? keyOf(event.request.url, scope, settings.leave) : undefined;
  if (key) event.respondWith(answered(event, key));
});
worker.addEventListener("message", event => event.waitUntil(begin(event.data).catch(() => undefined)));
