"""What stands beside a chart stays a column of its own, however short the chart is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.conftest import PROJECT
from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

STYLE = PROJECT / "scripts/theme/assets/figures.css"
CHART = """<style>{style} html {{ font-size: 20px }} body {{ width: {width}px }}</style><div class="md-typeset" dir="{way}">
<div class="figure figure-chart"><div class="drawing"><svg viewBox="0 0 380 40"></svg></div>{key}
<p class="about">{words}</p><p class="about">{words}</p><p class="about take">Download</p></div></div>"""
LINES = """() => [...document.querySelectorAll(".legend, .about:not(.take)")].flatMap(about => {
  const range = document.createRange();
  range.selectNodeContents(about);
  return [...range.getClientRects()].map(({left, right}) => [left, right]);
})"""
"""The left and the right edge of every line of text beside a chart."""


@pytest.mark.parametrize("way", ["ltr", "rtl"])
@pytest.mark.parametrize(
    "key", ["", '<div class="legend"><span class="key">exact</span></div>'], ids=["plain", "keyed"]
)
def test_a_caption_longer_than_its_chart_does_not_go_on_below_it(key: str, way: str, chromium: Browser) -> None:
    style, words = STYLE.read_text(encoding="utf-8"), "Computed from the records, with all that they rest on. " * 5
    with looking(chromium, width=1280) as (page, _):
        page.set_content(CHART.format(style=style, width=700, way=way, key=key, words=words))
        lines = page.evaluate(LINES)
        drawing = page.locator(".drawing").bounding_box()
        taking = page.locator(".take").bounding_box()
        assert drawing
        assert taking

    assert len(lines) > 6
    if way == "ltr":
        assert all(left > drawing["x"] + drawing["width"] for left, _ in lines)
    else:
        assert all(right < drawing["x"] for _, right in lines)
    assert taking["width"] > drawing["width"]
