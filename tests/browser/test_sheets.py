"""A page goes without a style sheet only where no rule of that sheet would fit anything on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.kinds import KINDS
from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

SHEETS = ("figures.css", "review.css")
FITTING = """sheets => {
  const there = [...document.styleSheets].map(({ href }) => href?.split("/").at(-1));
  const selectors = list => [...list].flatMap(rule => [rule.selectorText ?? [], selectors(rule.cssRules ?? [])].flat());
  const seen = one => one.replace(/::?(?:before|after|marker|-webkit-[a-z-]+)|:(?:hover|focus-visible|target)/g, ":not(none)");
  return Object.entries(sheets).flatMap(([name, text]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const fits = selectors(sheet.cssRules).filter(one => document.querySelector(seen(one)));
    return there.includes(name) ? [] : fits.map(one => `${name}: ${one}`);
  });
}"""
"""The rules of sheets, by their names, that fit something on a page which goes without the sheet."""


def test_no_page_lacks_a_sheet_with_a_rule_for_it(site: Path, served: str, chromium: Browser) -> None:
    sheets = {name: (site / "assets" / name).read_text(encoding="utf-8") for name in SHEETS}
    lacking, linked = {}, dict.fromkeys(SHEETS, 0)
    with looking(chromium) as (page, _):
        for path in KINDS:
            page.goto(f"{served}/{path}", wait_until="domcontentloaded")
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            lacking[path] = page.evaluate(FITTING, sheets)
            for name in SHEETS:
                linked[name] += page.locator(f"link[rel=stylesheet][href$='{name}']").count()

    assert {path: found for path, found in lacking.items() if found} == {}
    assert all(0 < number < len(KINDS) for number in linked.values()), linked
