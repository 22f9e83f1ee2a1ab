"""Measures what a search costs its reader: the bytes that come and the time until they see something, in Chromium."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

ASKED = """
async text => {
  const box = () => document.querySelector(".x-find input");
  const began = performance.now();
  if (!box()) {
    const focused = new Promise(resolve => addEventListener("focusin", ({ target }) => target === box() && resolve()));
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true }));
    await focused;
  }
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
  const shown = () => {
    const place = document.querySelector(".x-find");
    return place.dataset.done === text && place.querySelector(".x-find__results > li a");
  };
  while (!shown()) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}
"""
"""Press the key that opens the search, where it is not open; ask; the milliseconds until a result is on the screen."""
FURTHER = 4
"""How many queries each reader goes on to ask."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What readers pay: milliseconds until a result is there, and what came from the server, in units of 1,000 bytes."""

    opened_ms: float
    """From the first key press to the first result; the middle one of all readers."""
    opened_kb: float
    """For the first query; the most of all readers."""
    further_ms: float
    """For a further query; the middle one of all."""
    further_kb: float
    """For a further query; the most of all."""


def questions(docs: Path) -> list[str]:
    """Queries for a dossier that nobody has seen: of each kind, the title of a record and two words from its text."""
    found: list[str] = []
    for path in sorted((docs / "search/.texts").glob("*.jsonl")):
        texts: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if texts:
            text = texts[len(texts) // 2]
            words = [word for word in " ".join([text["summary"], *text["text"]]).split() if word.isalpha()]
            found += [text["title"], " ".join(words[-2:])]
    return [text for text in found if text]


def cost(browser: Browser, address: str, queries: Sequence[str]) -> Cost:
    """What readers pay on a page at an address, each beginning with another query and with nothing in their cache."""
    first: list[tuple[float, int]] = []
    further: list[tuple[float, int]] = []
    for number, query in enumerate(queries):
        context = browser.new_context()
        try:
            page = context.new_page()
            page.goto(address, wait_until="networkidle")
            first.append(_asked(page, query))
            others = [*queries[number + 1 :], *queries[:number]]
            further += [_asked(page, other) for other in others[:FURTHER]]
        finally:
            context.close()
    return Cost(
        opened_ms=statistics.median(time for time, _ in first),
        opened_kb=max(size for _, size in first) / 1000,
        further_ms=statistics.median(time for time, _ in further),
        further_kb=max(size for _, size in further) / 1000,
    )


def _asked(page: Page, query: str) -> tuple[float, int]:
    """Milliseconds and bytes of one query; what is still on its way when the result stands there counts as well."""
    sizes: list[int] = []
    watch = lambda request: sizes.append(sum(request.sizes().values()))  # noqa: E731 - it is taken away again
    page.on("requestfinished", watch)
    time: float = page.evaluate(ASKED, query)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    page.remove_listener("requestfinished", watch)
    return time, sum(sizes)
