import assert from "node:assert/strict";
import { test } from "node:test";
import { startPagefind } from "../../scripts/theme/assets/search/pagefind.js";
import { RANKING } from "../../scripts/theme/assets/search/ranking.js";

/** @import { Files, Place } from "../../scripts/theme/assets/search/files.js" */

const folder = new URL("https://example.org/site/search/");
/** @type {Place} */
const place = { root: new URL("https://example.org/site/"), folder, packed: true, language: "en" };
/** @type {string[]} */
const read = [];
/** @type {Files} */
const files = {
  script: async name => {
    read.push(name);
  },
  bytes: async name => {
    read.push(name);
    return new Uint8Array([1, 2]);
  },
  json: async () => ({}),
};

test("from disk, the program in the page is asked one message after the other, and reads from the packs", async () => {
  /** @type {unknown[]} */
  const asked = [];
  globalThis.window = /** @type {any} */ ({
    // as much of a window as is needed
    /** @type {Window["explainerEngine"]} */
    explainerEngine: (port, load) =>
      port.addEventListener("message", async ({ data }) => {
        const { id, method, args } = /** @type {{ id: number, method: string, args: unknown[] }} */ (data);
        asked.push([method, ...args]);
        if (method === "fail") port.postMessage({ id, error: "no" });
        else
          port.postMessage({ id, result: (await (await load(`${folder.href}index/en_1.pf_index?x`)).bytes()).length });
      }),
  });
  const ask = await startPagefind(files, place);

  assert.equal(await ask("search", "lamp", {}), 2);
  await assert.rejects(ask("fail"), /no/);
  assert.deepEqual(asked, [
    ["init", { basePath: folder.href, language: "en" }],
    ["options", { ranking: RANKING.pagefind }],
    ["search", "lamp", {}],
    ["fail"],
  ]);
  assert.deepEqual(read, ["engine.js", ...Array(3).fill("index/en_1.pf_index")]);
});
