/* The page's side of the service worker: registers it where the site asks for one, says so where a page comes from what is
   kept, and takes the worker away where the site no longer asks for it, or its readers would keep it for ever. */

import { make } from "../shared/dom.js";

const own = typeof document === "undefined" ? null : /** @type {HTMLScriptElement | null} */ (document.currentScript);
const root = own ? new URL("..", own.src).href : "";
const address = `${root}service-worker.js`;
/** The sentence over a page that is kept, if the site keeps any. */
const notice = own?.dataset.kept;

/** Tells the reader that the page is kept, and since when. */
const say = () => {
  const on = document.documentElement.dataset.keptOn;
  if (!notice || !on) return;
  const lang = own?.dataset.language || undefined;
  const written = lang === "en" ? "en-GB" : lang; // the site's dates have the day before the month
  const date = new Intl.DateTimeFormat(written, { dateStyle: "long", timeStyle: "short" }).format(new Date(on));
  const says = make("p", { textContent: notice.replace("{date}", date) });
  const aside = make("aside", { className: "x-kept", lang: lang ?? "", dir: own?.dataset.direction ?? "" }, says);
  aside.setAttribute("role", "status");
  document.querySelector("article")?.prepend(aside);
};

/** Tells the worker what this page is made of. */
const tell = async () => {
  const { active } = await navigator.serviceWorker.ready;
  const kinds = ["css", "img", "link", "script"];
  const entries = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource"));
  const parts = entries.filter(entry => kinds.includes(entry.initiatorType)).map(entry => entry.name);
  active?.postMessage({ page: location.href.replace(/#.*/, ""), parts });
};

const register = async () => {
  navigator.serviceWorker.addEventListener("controllerchange", tell);
  await navigator.serviceWorker.register(address, { scope: root });
};

/**
 * Takes away the worker that this very site registered, and what it kept; another one on the host is left alone. What is
 * kept without a worker is deleted too: the worker may have started anew while it was taken away.
 */
const unregister = async () => {
  const found = await navigator.serviceWorker.getRegistration(root);
  const worker = found?.active ?? found?.waiting ?? found?.installing;
  if (found && found.scope === root && worker?.scriptURL !== address) return;
  if (found?.scope === root) await found.unregister();
  const names = (await caches.keys()).filter(name => name.startsWith(`explainer ${root} `));
  await Promise.all(names.map(name => caches.delete(name)));
};

/** Keeps the pages that are read, or no longer; never where a page is read from disk, or a browser has no workers. */
export const keepPages = () => {
  if (!own || !location.protocol.startsWith("http") || !("serviceWorker" in navigator)) return;
  document.addEventListener("DOMContentLoaded", say);
  const act = () => (notice ? register() : unregister()).catch(() => undefined); // a browser may forbid it
  window.addEventListener("load", act);
};
