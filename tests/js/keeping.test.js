import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cacheName,
  isOld,
  isPart,
  keep,
  kept,
  keyOf,
  MOST,
  missing,
} from "../../scripts/theme/assets/worker/keeping.js";

const SCOPE = "https://union.example/a/";
const DAY = new Date("2026-11-24T09:30:00Z");

/** As much of a cache as the worker uses: the newest last. */
const cacheOf = () => {
  /** @type {Map<string, Response>} */
  const all = new Map();
  const found = {
    all,
    /** @param {string | Request} key */
    match: async key => all.get(typeof key === "string" ? key : key.url)?.clone(),
    /** @param {string} key @param {Response} answer */
    put: async (key, answer) => {
      all.delete(key);
      all.set(key, answer);
    },
    /** @param {string | Request} key */
    delete: async key => all.delete(typeof key === "string" ? key : key.url),
    keys: async () => [...all.keys()].map(url => ({ url })),
  };
  return /** @type {Cache & {all: Map<string, Response>}} */ (/** @type {unknown} */ (found));
};

/** @param {string} text @param {ResponseInit} [given] */
const page = (text, given) => new Response(text, { headers: { "Content-Type": "text/html" }, ...given });

/** @param {string} destination @param {Record<string, string>} [headers] @param {string} [method] */
const asking = (destination, headers, method = "GET") =>
  /** @type {Request} */ ({ method, destination, headers: new Headers(headers) });

test("only caches of this very site are old, whatever other sites of the host are called", () => {
  assert.equal(isOld(cacheName(SCOPE, "1"), SCOPE, "2"), true);
  assert.equal(isOld(cacheName(SCOPE, "2"), SCOPE, "2"), false);
  assert.equal(isOld(cacheName("https://union.example/a/b/", "1"), SCOPE, "2"), false);
  assert.equal(isOld(cacheName("https://union.example/", "1"), SCOPE, "2"), false);
  assert.equal(isOld("of somebody else", SCOPE, "2"), false);
});

test("an address of another host, of another site of the host, or of an old edition is never kept", () => {
  const key = (/** @type {string} */ url) => keyOf(url, SCOPE, ["versions/"]);
  assert.equal(key(`${SCOPE}people/?sort=name#x`), `${SCOPE}people/`);
  assert.equal(key("https://union.example/people/"), undefined);
  assert.equal(key("https://other.example/?https://union.example/a/"), undefined);
  assert.equal(key(`${SCOPE}versions/2026.6/people/`), undefined);
});

test("what is asked for in part, sent, or taken away is left to the network", () => {
  assert.equal(isPart(asking("document")), true);
  assert.equal(isPart(asking("style")), true);
  assert.equal(isPart(asking("")), false);
  assert.equal(isPart(asking("document", {}, "POST")), false);
  assert.equal(isPart(asking("image", { Range: "bytes=0-1" })), false);
});

test("a page is kept with its day, which it says when it comes from what is kept", async () => {
  const cache = cacheOf();
  await keep(
    cache,
    SCOPE,
    page("<html lang=en><title>A &amp; B</title>", {
      headers: { "Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip", Vary: "*" },
    }),
    true,
    DAY,
  );
  const found = await kept(cache, SCOPE);
  assert.equal(await found?.text(), `<html data-kept-on="2026-11-24T09:30:00.000Z" lang=en><title>A &amp; B</title>`);
  assert.deepEqual([found?.headers.get("Vary"), found?.headers.get("Content-Encoding")], [null, null]);
  assert.equal(await kept(cache, `${SCOPE}other/`), undefined);
});

test("faults, downloads and answers of other addresses are not kept, and a page that is gone is forgotten", async () => {
  const cache = cacheOf();
  const redirected = Object.defineProperty(page("x"), "redirected", { value: true });
  await keep(cache, SCOPE, page("x", { status: 500 }), true);
  await keep(cache, SCOPE, new Response("x", { headers: { "Content-Type": "application/zip" } }), true);
  await keep(cache, SCOPE, redirected, true);
  assert.equal(cache.all.size, 0);
  await keep(cache, SCOPE, page("x"), true);
  await keep(cache, SCOPE, page("x", { status: 503 }), true);
  assert.equal(cache.all.size, 1);
  await keep(cache, SCOPE, page("x", { status: 404 }), true);
  assert.equal(cache.all.size, 0);
});

test("of many files the newest are kept", async () => {
  const cache = cacheOf();
  for (let number = 0; number < MOST; number++) await cache.put(`${SCOPE}${number}.css`, new Response(""));
  await keep(cache, `${SCOPE}0.css`, new Response("again"), false);
  await keep(cache, `${SCOPE}new.css`, new Response(""), false);
  assert.equal(cache.all.size, MOST);
  assert.equal(cache.all.has(`${SCOPE}1.css`), false);
  assert.equal(cache.all.has(`${SCOPE}0.css`), true);
});

test("a page that is not kept is stood in for by the list of those that are, in which nothing runs", async () => {
  const cache = cacheOf();
  await keep(cache, `${SCOPE}"><b>/`, page("<title><script>A & B</title>"), true, DAY);
  await keep(cache, `${SCOPE}x.css`, new Response(""), false);
  const words = { title: "<None>", says: "Not yet.", pages: "Kept" };
  const found = await missing(cache, { version: "1", leave: [], words, language: "en", direction: "ltr" });
  const text = await found.text();
  assert.equal(found.status, 503);
  assert.match(text, /<title>&#60;None&#62;<\/title>/);
  assert.match(text, /<li><a href="https:\/\/union\.example\/a\/&#34;&#62;&#60;b&#62;\/">&lt;script>A & B<\/a><\/li>/);
  assert.doesNotMatch(text, /x\.css|<script>/);
});
