"""What keeps a dossier honest over time: dated questions, corrections, withdrawn records, and the line in a source."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment

from explainer import build
from explainer.kinds.claim import Claim
from explainer.pages.context.citations import text_fragment
from explainer.records.sourced import Citation, OpenQuestion
from tests.conftest import NO_TEXT, PROJECT, change, tree

STORY = "operations/beacon-2003.md"


def made(root: Path) -> dict[str, str]:
    """Every generated text."""
    build.generate(root)
    return {path: data.decode() for path, data in tree(root / "docs").items() if not path.endswith(NO_TEXT)}


def add(root: Path, lines: str) -> None:
    """Add fields to the front matter of an operation."""
    change(root / f"content/{STORY}", ("figures:\n", f"{lines}figures:\n"))


def test_a_question_says_when_and_where_an_answer_was_last_looked_for(harbour: Path) -> None:
    add(
        harbour,
        "open_questions:\n"
        "  - Who paid?\n"
        "  - {asks: Who sang?, looked: '2003-05-01', where: The log of the harbour.}\n"
        "  - {asks: Who danced?, looked: 2003-06}\n",
    )
    pages = made(harbour)

    for page in (pages[STORY], pages["open-questions/index.md"]):
        assert "- Who paid?\n" in page
        assert '- Who sang? <span class="note">Last looked for: 1 May 2003. The log of the harbour.</span>' in page
        assert '- Who danced? <span class="note">Last looked for: June 2003.</span>' in page


def test_when_and_where_all_answers_were_looked_for_is_said_once(harbour: Path) -> None:
    sought = "looked: '2003-05-01', where: The log of the harbour."
    add(harbour, f"open_questions:\n  - {{asks: Who sang?, {sought}}}\n  - {{asks: Who danced?, {sought}}}\n")
    pages = made(harbour)

    for page in (pages[STORY], pages["open-questions/index.md"]):
        assert (
            "- Who sang?\n- Who danced?\n\nAll were last looked for on 1 May 2003. The log of the harbour.\n{ .hint }"
            in page
        )


def test_a_text_alone_is_the_question_and_the_source() -> None:
    assert OpenQuestion.model_validate("Who?") == OpenQuestion(asks="Who?")
    assert Citation.model_validate("log") == Citation(source="log")


def test_corrections_stand_on_their_record_and_on_a_page_of_all(harbour: Path) -> None:
    add(
        harbour,
        "corrections:\n"
        "  - {date: 2003-05, was: Ten boats., since: '2002', now: Nine boats., cite: [gazette-2003], reported_by: A <b>reader</b>}\n"
        "  - {date: 2003-07, was: A log., now: A gazette.}\n",
    )
    pages = made(harbour)
    own, every = pages[STORY], pages["corrections/index.md"]

    assert "## Corrections {#corrections}" in own
    assert "**May 2003.** It said, since 2002: Ten boats. Right is: Nine boats." in own
    assert "<b>reader" not in own
    assert "2 corrections; records with one: 1." in every
    assert every.index("A log.") < every.index("Ten boats.")
    assert "gazette.example/2003" in every


def test_a_dossier_without_corrections_says_so(harbour: Path) -> None:
    assert "0 corrections" in made(harbour)["corrections/index.md"]


def test_a_withdrawn_record_keeps_its_address_says_why_and_is_found_by_no_search(harbour: Path) -> None:
    before = made(harbour)
    add(
        harbour,
        "withdrawn: {date: 2004-01, reason: It was another boat., successor: operations/beacon-2001}\n",
    )
    after = made(harbour)

    def found(pages: dict[str, str]) -> list[str]:
        lines = pages["search/.texts/operation.jsonl"].splitlines()
        return [line for line in lines if json.loads(line)["title"] == "Operation Beacon II"]

    assert 'robots: "noindex"' in after[STORY]
    assert (
        "**Withdrawn: January 2004.** It was another boat. In its place: [Operation Beacon](beacon-2001.md)"
        in after[STORY]
    )
    assert 'robots: "noindex"' not in before[STORY]
    assert (len(found(before)), len(found(after))) == (1, 0)


def test_a_withdrawn_record_without_a_page_is_in_no_search_and_no_preview(harbour: Path) -> None:
    before = made(harbour)
    change(
        harbour / "content/terms/all.yml",
        ("- id: wick\n", "- id: wick\n  withdrawn: {date: 2004-01, reason: Nobody says so.}\n"),
    )
    after = made(harbour)

    def told(pages: dict[str, str], folder: str) -> bool:
        return any("glossary/#wick" in text for path, text in pages.items() if path.startswith(folder))

    for folder in ("search/.texts/term", "data/previews/"):
        assert (told(before, folder), told(after, folder)) == (True, False), folder


def test_the_sitemap_leaves_out_what_no_search_shall_find() -> None:
    template = Environment(autoescape=True).from_string((PROJECT / "scripts/theme/sitemap.xml").read_text("utf-8"))

    def file(name: str, meta: dict[str, str]) -> SimpleNamespace:
        page = SimpleNamespace(canonical_url=f"https://a.example/{name}/", meta=meta, update_date="2026-11-28")
        return SimpleNamespace(page=page)

    shown = template.render(pages=[file("upheld&", {}), file("withdrawn", {"robots": "noindex"})])

    root = ET.fromstring(shown)  # noqa: S314 - made a line above
    assert [entry.text for entry in root.iter() if entry.tag.endswith("}loc")] == ["https://a.example/upheld&/"]


@pytest.mark.parametrize("verdict", ["contradicted", "outdated"])
def test_a_claim_that_a_source_overturns_says_by_which(verdict: str) -> None:
    claim = {
        "id": "c", "title": "C", "source": "log", "paragraph": 1, "says": "So.", "verdict": verdict, "cite": ["log"],
    }  # fmt: skip

    with pytest.raises(ValueError, match="the finding cites nothing"):
        Claim.model_validate({**claim, "finding": "Not so."})
    assert Claim.model_validate({**claim, "finding": "Not so.[@log]"}).verdict == verdict


@pytest.mark.parametrize(
    ("url", "words", "expected"),
    [
        ("https://a.example/x", "nine boats, in all", "https://a.example/x#:~:text=nine%20boats%2C%20in%20all"),
        ("https://a.example/x#part", "well-known", "https://a.example/x#part:~:text=well%2Dknown"),
        ("https://a.example/x", "crews & boats", "https://a.example/x#:~:text=crews%20%26%20boats"),
    ],
)
def test_the_words_of_a_citation_lead_to_their_line(url: str, words: str, expected: str) -> None:
    assert text_fragment(url, words) == expected


def test_the_list_of_sources_links_the_words_that_are_cited(harbour: Path) -> None:
    change(
        harbour / f"content/{STORY}",
        ("value: 9, cite: [gazette-2003]", "value: 9, cite: [{source: gazette-2003, at: p. 2, words: nine boats}]"),
    )
    page = made(harbour)[STORY]

    assert (
        'Cited: [p. 2, “<span lang="fr">nine boats</span>”](http://gazette.example/2003#:~:text=nine%20boats).' in page
    )
