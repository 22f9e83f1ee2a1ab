/* Search, loaded when a reader opens it. Names of records are matched here: symbols, other languages, accents, plurals,
   one slip in a long word. Texts are matched word by word by an index in parts. Both together put the results in their order.
   What records and readers write is only ever set as text. */

import { decoded } from "./search/names.js";
import { searchOf } from "./search/page.js";
import { find } from "./search/rank.js";
import { openStore } from "./search/store.js";
import { wordsOf } from "./search/words.js";
import { make } from "./shared/dom.js";

const own = /** @type {HTMLScriptElement} */ (document.currentScript);
const root = new URL("..", own.src);
const { lang, dataset } = document.documentElement;
const store = openStore({ root, folder: new URL("search/", root), packed: "offline" in dataset, language: lang });

const sheet = make("link", { rel: "stylesheet", href: new URL("assets/search.css", root).href });
const styled = new Promise(resolve => Object.assign(sheet, { onload: resolve, onerror: resolve }));
document.head.append(sheet);

window.explainerSearch = {
  ...searchOf(store, styled),
  decoded,
  find: async text => {
    const index = await store.names();
    const { results, also, parts } = await find(text, index, store.inTexts);
    const rest = results.filter(number => !also.includes(number));
    const every = rest.map((number, place) => [number, ...(place ? [] : also)].map(one => index.records[one].at));
    return every.map((links, place) => (place ? links : [...links, ...parts.map(part => `${links[0]}#${part}`)]));
  },
};

/* Where the address holds a query, this script runs before the page is there; what the query needs comes meanwhile. */
const words = wordsOf(new URLSearchParams(location.search).get("q") ?? "");
if (words.length) store.names().catch(() => {}); // said in the box
for (const word of words) store.inTexts(word);
