"""What readers do, in clicks and in pixels of scrolling: `python -m tests.readers SITE` prints a table for a built site.

A way is a row of pages, each with the place that the reader looks for on it: a link, or the answer on the last one. What lies
on the first screen costs no scrolling.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.chromium import launch_options
from tests.served import looking, serving

WIDTHS = (1280, 390)
PLACE = """element => {
  for (let fold = element.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  const {top} = element.getBoundingClientRect();
  return Math.max(0, Math.round(top + 40 - innerHeight));
}"""
"""How far a reader scrolls from where the page opened; folds above the place are opened."""
WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "the claim, checked": (
        ("", "article a[href*='claims/']"),
        ("claims/#nearly-1000-victims", "#nearly-1000-victims"),
    ),
    "2018 and 2024 on battlefields": (
        ("", "article a[href$='resolutions/79-136/']"),
        ("resolutions/79-136/", "article a[href*='compare/73-11/79-136']"),
        ("resolutions/compare/73-11/79-136/", ".strip a[href='#op2']"),
        ("resolutions/compare/73-11/79-136/#op2", "#op2"),
    ),
    "artificial intelligence in the newest review": (("search/?q=artificial+intelligence", ".x-find__results a"),),
    "operations in Brazil": (
        ("operations/", ".x-filters select[name=countries]"),
        ("operations/?countries=Brazil", ".filterable tbody tr:not([hidden]) a"),
    ),
    "operations for a goal": (("goals/3/", "article h2:has-text('Operations')"),),
    "who leads now": (("search/?q=who+is+secretary+general", ".x-find__answer"),),
    "what is a Red Notice": (("search/?q=red+notice", ".x-find__results a"),),
    "operations as a file": (("operations/", "button:has-text('Download these')"),),
    "an entry for a bibliography": (("operations/epervier-2017/#about-this-page", "article a[href$='.bib']"),),
    "a link to a figure": (("operations/epervier-2017/", "article .place[id]"),),
    "a drawing for a slide": (("explainers/three-rescues/", "article a[href$='.png']"),),
    "what changed lately": (("", "article a[href$='changes/']"), ("changes/", "article h2")),
}


def scrolled(page: Page, address: str, way: tuple[tuple[str, str], ...]) -> list[int]:
    """The pixels that a reader scrolls on each page of a way."""
    found = []
    for path, place in way:
        page.goto("about:blank")
        page.goto(f"{address}/{path}", wait_until="networkidle")
        found.append(int(page.locator(place).first.evaluate(PLACE)))
    return found


def main() -> None:
    """Walk every way at every width."""
    say = sys.stdout.write
    say(f"{'task':45} clicks {'  '.join(f'scrolling at {width}' for width in WIDTHS)}\n")
    with serving(Path(sys.argv[1])) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for task, way in WAYS.items():
            sums = []
            for width in WIDTHS:
                with looking(browser, width=width) as (page, _):
                    sums.append(" + ".join(map(str, scrolled(page, address, way))))
            say(f"{task:45} {len(way) - 1:6} {'   '.join(sums)}\n")
        browser.close()


if __name__ == "__main__":
    main()
