"""A number stays in one piece: on no page and at no width does a line end within one, or a card be too narrow for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.kinds import KINDS
from tests.served import looking

pytest_plugins = ("tests.served",)

WIDTHS = (320, 390, 768, 1280)

LARGE = (
    *(f"operations/{name}/" for name in ("lionfish-hurricane-2024", "lionfish-mayag-iii-2025", "catalyst-2025")),
    *(f"operations/{name}/" for name in ("haechi-v-2024", "haechi-vi-2025", "liberterra-ii-2024", "kafo-v-2024")),
    *(f"organisations/{name}/" for name in ("interpol-databases", "iarms")),
)
"""Pages with numbers of seven digits and more."""

BROKEN = r"""
() => {
  document.querySelectorAll("details").forEach(details => { details.open = true; });
  /* What is out of view has no boxes where a sheet says that it need not be laid out. */
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets = [sheet];
  /* With the sign before it, the capitals of a name such as I-24/7, and a sign of per cent after it. */
  const number = /[≈≥≤~±+−$€£]*(?:\p{Lu}+-)?\p{Nd}(?:[\p{Nd}.,:\/\u2009\u202f'’·–-]*\p{Nd})?(?:[\u00a0\u202f]?[%‰°])?/gu;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest("svg, script, style") || !element.checkVisibility({ visibilityProperty: true })) continue;
    for (const { 0: token, index } of node.data.matchAll(number)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + token.length);
      const boxes = [...range.getClientRects()].filter(box => box.width > 0);
      if (new Set(boxes.map(box => Math.round(box.top))).size > 1) found.push(`${token} on two lines: ${node.data.trim().slice(0, 80)}`);
      const card = element.closest(".figures li");
      if (!card) continue;
      const edge = card.getBoundingClientRect().right - parseFloat(getComputedStyle(card).paddingRight);
      if (boxes.some(box => box.right > edge + 0.5)) found.push(`${token} wider than its card`);
    }
  }
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push("the page scrolls sideways");
  return found;
}
"""
"""Every number that stands on two lines, every one that sticks out of its card, and whether the page is too wide.

At 320 pixels that is what a reader sees who has made the text of a window of 640 twice as large.
"""


@pytest.mark.browser
@pytest.mark.parametrize("path", [*KINDS, *LARGE])
def test_no_number_is_broken_at_any_width_on_a_page_of_any_kind(path: str, served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/{path}")
        found = {}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found[width] = page.evaluate(BROKEN)

    assert found == {width: [] for width in WIDTHS}


@pytest.mark.browser
def test_the_largest_number_that_a_record_may_hold_fits_the_narrowest_phone(served: str, chromium: Browser) -> None:
    largest = '<strong><span class="number longest">1,000,000,000,000,000,000</span></strong>'
    with looking(chromium, width=320) as (page, _):
        page.goto(f"{served}/operations/lionfish-hurricane-2024/")
        page.locator(".figures li").first.evaluate("(card, number) => { card.innerHTML = number; }", largest)

        assert page.evaluate(BROKEN) == []
