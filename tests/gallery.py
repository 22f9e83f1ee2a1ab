"""Pictures of a page of every kind, for people to judge: `make gallery` writes them to build/gallery/.

Both widths, both schemes, and one picture of the print layout of each; with `--paths` of those pages only.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import launch_options
from tests.kinds import KINDS, SCHEMES, WIDTHS
from tests.served import PROJECT, copy_project, explainer, looking, serving

TALLEST = 6000
"""Longer pages are cut here, in pixels."""


def main() -> None:
    """Build the real dossier, then take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paths", nargs="*", default=list(KINDS), help="pages, as in operations/ (default: all kinds)")
    arguments = parser.parse_args()
    folder = PROJECT / "build" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        root = copy_project(Path(temporary) / "copy")
        built = explainer(root, "build")
        if built.returncode:
            raise SystemExit(built.stdout + built.stderr)
        with serving(root / "site") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            for path in arguments.paths:
                for scheme in SCHEMES:
                    for width in WIDTHS:
                        with looking(browser, width=width, scheme=scheme) as (page, _):
                            page.goto(f"{address}/{path}", wait_until="networkidle")
                            tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
                            name = f"{path.strip('/').replace('/', '_') or 'home'}-{width}-{scheme}.png"
                            page.set_viewport_size({"width": width, "height": tall})
                            page.screenshot(path=folder / name)
                with looking(browser, width=794) as (page, _):
                    page.goto(f"{address}/{path}", wait_until="networkidle")
                    page.emulate_media(media="print")
                    page.screenshot(path=folder / f"{path.strip('/').replace('/', '_') or 'home'}-print.png")
            browser.close()
    print(f"{len(arguments.paths)} pages, {len(SCHEMES) * len(WIDTHS) + 1} pictures each, in {folder}")


if __name__ == "__main__":
    main()
