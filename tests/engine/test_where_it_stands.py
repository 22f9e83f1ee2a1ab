"""What a reader needs where it is needed: terms in the text, official sources marked, a form for mistakes filled in."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from explainer import build
from explainer.kinds.source import Source
from explainer.kinds.term import Term
from explainer.pages.glossary_terms import linked
from explainer.records.dossier import Dossier
from tests.conftest import change
from tests.engine.test_opening import page

CITED = {"definition": "A light.", "cite": ["log"]}
LAMP = Term.model_validate({"id": "lamp", "name": "lamp", "other_names": ["LAMPs"], **CITED})
LAMP_ROOM = Term.model_validate({"id": "lamp-room", "name": "lamp room", **CITED})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A lamp, a Lamp.", "A <lamp|lamp>, a Lamp."),
        ("The lamp room has a lamp.", "The <lamp-room|lamp room> has a lamp."),
        ('## The lamp\n\nLamps [lamp](x.md) `lamp` <b title="lamp">a</b> {: .lamp }\n', None),
        ("| lamp |\n|---|\n| lamp |\n", None),
        ("clamp lamp", "clamp <lamp|lamp>"),
        ("No lamps at all, but LAMPs.", "No lamps at all, but <lamp|LAMPs>."),
    ],
)
def test_the_first_place_of_a_term_in_the_text_leads_to_the_glossary(text: str, shown: str | None) -> None:
    found, done = linked(text, (LAMP, LAMP_ROOM), lambda term, word: f"<{term.id}|{word}>")

    assert found == (shown or text)
    assert bool(done) is bool(shown)


def test_a_term_that_is_explained_where_it_stands_is_not_at_the_foot_again(harbour: Path) -> None:
    change(
        harbour / "content/explainers/accord.md",
        ("[@accord-text]", "[@accord-text]\nIt asks for a lamp.[@accord-text]"),
    )
    shown = page(build.load(harbour), "explainers/accord.md")
    inline = re.findall(r"\]\(\.\./glossary/index\.md#([\w-]+)\)\{: \.term \}", shown)
    foot = re.search(r'<details class="terms".*?</details>', shown, re.DOTALL)

    assert inline
    assert "&lt;" not in shown, "what stands before a term stays as it is"
    assert not any(f"#{term})" in (foot[0] if foot else "") for term in inline)


def test_official_sources_are_marked_and_counted_and_keep_their_numbers(harbour: Path) -> None:
    library = build.load(harbour)
    shown = page(library, "resolutions/1-2.md")
    listed = shown[shown.index("{#sources}") : shown.index("{#about-this-page}")]
    entries = re.findall(r"^(\d+)\. <span id=\"source-\1\">.*$", listed, re.MULTILINE)
    marks = listed.count('<strong class="official">Official</strong>')
    official = {source.url for source in library.all(Source) if source.kind == "official"}

    assert entries == [str(number + 1) for number in range(len(entries))]
    assert marks == (len(entries) > 1) + sum(url in listed for url in official)


def test_a_mistake_is_reported_by_a_link_that_knows_the_page_and_its_file(harbour: Path) -> None:
    change(harbour / "content/site.yml", ("doors:", 'report: "new?title={title}&page={address}&file={file}"\ndoors:'))
    shown = page(build.load(harbour), "operations/beacon-2001.md")
    link = re.search(r"\[report a mistake on this page\]\((\S+)\)", shown)
    assert link
    asked = parse_qs(urlsplit(link[1]).query)

    assert link[1].startswith("https://git.example/lantern/new?title=")
    assert asked["file"] == ["content/operations/beacon-2001.md"]
    assert asked["page"] == ["https://lantern.example/operations/beacon-2001/"]
    assert asked["title"][0].startswith("Operation")


def test_a_form_for_mistakes_leaves_open_only_what_a_page_knows(harbour: Path) -> None:
    dossier = build.load(harbour).dossier

    with pytest.raises(ValidationError, match=r"\{page\} is nothing that a page fills in; expected \{title\}"):
        Dossier.model_validate({**dossier.model_dump(), "report": "new?page={page}"})


def test_a_person_has_a_box_with_the_office_and_since_when(harbour: Path) -> None:
    person = next((harbour / "content/people").glob("*.md"))
    change(person, ("roles:", "country: NO\nroles:"))
    shown = page(build.load(harbour), f"people/{person.stem}.md")
    box = shown[shown.index('<div class="facts"') : shown.index("{#offices}")]

    assert re.search(r"^(Office|Last office)\n:   \S", box, re.MULTILINE)
    assert "ountry\n:   [Norway]" in box
