"""A small whole site, compared with blessed output: `pytest tests/engine/test_sites.py --bless` rewrites it."""

import difflib
import re
import shutil
from pathlib import Path

from explainer import build
from explainer.data import downloads
from explainer.docs import ledger, write
from explainer.library import addresses
from tests.conftest import HARBOUR, tree

EXPECTED = HARBOUR / "expected"


PICTURE = b"\x89PNG\r\n"
SIZE = re.compile(rb"[0-9,]+ kB")
DRAWING = re.compile(rb'(<svg class="map"[^>]*>).*?</svg>')


def shortened(path: str, data: bytes) -> bytes:
    """A page without the insides of its maps, which are long; tests of their own look at them."""
    if path.startswith(downloads.FOLDER):
        return b"a file to take away, with tests of its own\n"
    if data.startswith(PICTURE):
        return b"a picture\n"
    if path.endswith(".ics"):
        return data.replace(b"\r\n", b"\n")  # git keeps lines with the ending of the system
    return SIZE.sub(b"some kB", DRAWING.sub(rb"\1...</svg>", data))


def is_blessed(path: str) -> bool:
    """Whether a file is compared; those for programs have tests of their own, which read them as programs do."""
    return path != ledger.NAME and path.partition("/")[0] not in {addresses.API, addresses.CITE, addresses.EMBED}


def test_the_pages_of_the_harbour_are_as_blessed(harbour: Path, bless: bool) -> None:
    build.generate(harbour)
    made = {path: shortened(path, data) for path, data in tree(harbour / write.DOCS).items() if is_blessed(path)}
    if bless:
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, data in made.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_bytes(data)
    blessed = tree(EXPECTED)
    changes = [
        line
        for path in sorted({*made, *blessed})
        for line in difflib.unified_diff(
            blessed.get(path, b"").decode().splitlines(),
            made.get(path, b"").decode().splitlines(),
            path,
            path,
            lineterm="",
        )
    ]

    assert "\n".join(changes) == ""


def test_a_page_that_gathers_records_leads_to_the_files_behind_it(harbour: Path) -> None:
    (harbour / "content/events/second.yml").write_text(
        '- {id: later, date: "2009", title: Later, says: It was so., cite: [log-2001]}\n', encoding="utf-8"
    )
    build.generate(harbour)
    pages = {
        path: (harbour / write.DOCS / path / "index.md").read_text(encoding="utf-8") for path in ("timeline", "claims")
    }

    assert 'edit: "#about-this-page"' in pages["timeline"]
    assert all(f"/content/events/{name}.yml)" in pages["timeline"] for name in ("all", "second"))
    assert "\nedit: content/claims" in pages["claims"].replace('"', "")


def test_a_treaty_needs_no_organisations_as_its_parties(harbour: Path) -> None:
    (harbour / "content/agreements/storm-2001.md").write_text(
        "---\nid: storm-2001\nsummary: States agreed on lamps.\nname: Storm convention\nkind: treaty\n"
        "signed: {date: 2001-05-01, cite: [log-2001]}\n---\n",
        encoding="utf-8",
    )
    build.generate(harbour)
    page, index = (
        (harbour / write.DOCS / "agreements" / path).read_text(encoding="utf-8")
        for path in ("storm-2001.md", "index.md")
    )

    assert "\nParties\n:   States\n" in page
    assert "[Storm convention](storm-2001.md) | States |" in index
