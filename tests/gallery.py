"""Pictures of a page of every kind, for people to judge: `make gallery` writes them to build/gallery/, with an index of all.

Four widths, both schemes, and one picture of the print layout of each; with `--paths` of those pages only, with `--site` of
a site that is built already.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import launch_options
from tests.kinds import KINDS, SCHEMES
from tests.served import PROJECT, copy_project, explainer, looking, serving

TALLEST = 6000
"""Longer pages are cut here, in pixels."""
WIDTHS = (320, 390, 768, 1280)
PAPER = 794
"""The width of a sheet of A4 in pixels."""
MORE = (
    "countries/br/",
    "sources/i/",
    "timeline/2010s/",
    "sdgs/",
    "operations/?countries=Brazil",
    "claims/",
    "search/?q=battlefield",
)
"""Pages of lists that are spread over several, and lists that a reader has asked for something."""
FOLDER = PROJECT / "build" / "gallery"


@contextlib.contextmanager
def _built(site: Path | None) -> Iterator[Path]:
    """The folder of a built site: the one that is given, or the real dossier's, built for this."""
    if site:
        yield site
        return
    with tempfile.TemporaryDirectory() as temporary:
        root = copy_project(Path(temporary) / "copy")
        built = explainer(root, "build")
        if built.returncode:
            raise SystemExit(built.stdout + built.stderr)
        yield root / "site"


def _picture(page: Page, width: int, name: str) -> str:
    """Take a picture of a page as tall as it is, up to a limit; returns the name of the file."""
    tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    page.set_viewport_size({"width": width, "height": tall})
    page.screenshot(path=FOLDER / name)
    return name


def _pictures(browser: Browser, address: str, path: str) -> Iterator[str]:
    """Take every picture of a page."""
    base = path.strip("/").translate(str.maketrans("/?=&", "____")) or "home"
    for scheme in SCHEMES:
        for width in WIDTHS:
            with looking(browser, width=width, scheme=scheme) as (page, _):
                page.goto(f"{address}/{path}", wait_until="networkidle")
                yield _picture(page, width, f"{base}-{width}-{scheme}.png")
    with looking(browser, width=PAPER) as (page, _):
        page.goto(f"{address}/{path}", wait_until="networkidle")
        page.emulate_media(media="print")
        yield _picture(page, PAPER, f"{base}-print.png")


def _index(pictures: dict[str, list[str]]) -> str:
    """A page with all pictures, small, each a link to itself."""
    rows = (
        f"<h2>{html.escape(path or 'home')}</h2>"
        + "".join(
            f'<a href="{name}"><img loading="lazy" height="420" alt="{name}" src="{name}"></a> ' for name in names
        )
        for path, names in pictures.items()
    )
    return f'<!doctype html><meta charset="utf-8"><title>Gallery</title>{"".join(rows)}'


def main() -> None:
    """Build the real dossier, then take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    every = [*KINDS, *(path for path in MORE if path not in KINDS)]
    parser.add_argument("--paths", nargs="*", default=every, help="pages, as in operations/ (default: all kinds)")
    parser.add_argument("--site", type=Path, help="the folder of a built site (default: the real dossier is built)")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _built(arguments.site) as site, serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        pictures = {path: list(_pictures(browser, address, path)) for path in arguments.paths}
        browser.close()
    (FOLDER / "index.html").write_text(_index(pictures), encoding="utf-8")
    print(f"{len(pictures)} pages, {len(SCHEMES) * len(WIDTHS) + 1} pictures each, in {FOLDER}/index.html")


if __name__ == "__main__":
    main()
