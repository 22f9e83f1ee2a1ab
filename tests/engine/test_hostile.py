"""Text of records and settings is data: markup in every one of them is shown as words, on every page, and runs nowhere."""

import base64
import hashlib
import html.parser
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.served import PROJECT, explainer

CODE = "steal('all')"
ATTACK = f"""</title></script>"'><script>{CODE}</script><img src=x onerror="{CODE}">"""
VALUE = re.compile(
    r"^(\s*(?:- )?(?:title|name|summary|author|licence|independence|publisher|unit|note|finding): ).+$", re.MULTILINE
)
PROSE = {"summary", "independence", "note", "finding"}
"""Fields in which HTML is refused unless a backslash makes it text."""
MARKED = f"Words {ATTACK} end"


class _Elements(html.parser.HTMLParser):
    """What of a page would run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.seen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img" and attributes.get("src") == "x":
            self.bad.append(self.get_starttag_text() or tag)
        self.bad += [f"{tag} {name}" for name, value in attrs if name.startswith("on") and CODE in (value or "")]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and data.strip() == CODE:
            self.bad.append(f"script {data}")
        self.seen += data


def _attacked(found: re.Match[str]) -> str:
    prose = found[1].strip(" -:") in PROSE
    return found[1] + json.dumps(MARKED.replace("<", "\\<") if prose else MARKED)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a dossier that says the same attack wherever a text is free."""
    root = tmp_path_factory.mktemp("hostile") / "dossier"
    assert explainer(PROJECT, "init", str(root)).returncode == 0
    for path in (*(root / "content").rglob("*.md"), *(root / "content").rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(VALUE.sub(_attacked, text), encoding="utf-8")
    built = explainer(root, "build")
    assert built.returncode == 0, built.stderr
    return root / "site"


def test_no_page_holds_the_attack_as_markup_and_pages_show_it_as_words(hostile: Path) -> None:
    found = {}
    shown = 0
    for path in sorted(hostile.rglob("*.html")):
        page = _Elements()
        page.feed(path.read_text(encoding="utf-8"))
        if page.bad:
            found[path.relative_to(hostile).as_posix()] = page.bad
        shown += CODE in page.seen

    assert found == {}
    assert shown > 20


def test_no_policy_allows_the_attack(hostile: Path) -> None:
    digest = base64.b64encode(hashlib.sha256(CODE.encode()).digest()).decode()

    assert [path for path in hostile.rglob("*.html") if digest in path.read_text(encoding="utf-8")] == []


def test_what_is_not_a_page_is_whole_as_well(hostile: Path) -> None:
    for path in hostile.rglob("*"):
        if path.suffix in {".svg", ".xml"}:
            root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own
            assert [element.tag for element in root.iter() if element.tag.rpartition("}")[2] in {"script", "img"}] == []
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
