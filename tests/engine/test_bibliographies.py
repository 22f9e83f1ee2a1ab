"""Entries for bibliographies: read back by the programs that read them, whatever stands in a name or a title."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from explainer import build
from explainer.base.dependencies import Memo
from explainer.base.values import PartialDate
from explainer.data import references
from explainer.data.bibtex import tex
from explainer.data.references import CitedWork, csl
from explainer.kinds.source import Source
from explainer.library.as_of import as_of
from explainer.library.library import Library
from explainer.outputs import citations
from explainer.pages.composers import compose
from explainer.pages.head import reference
from tests.conftest import whole_harbour

HOSTILE = '100 % {of} \\input{x} $a_b$ & C# ~^ <b> "q" | Łódź 漢字 العربية }} @misc{x, TY  - JOUR'
CSL: dict[str, Any] = {
    "type": "object",
    "required": ["id", "type", "title", "author", "URL"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "type": {"enum": ["webpage", "report", "article-newspaper", "article"]},
        **{name: {"type": "string"} for name in ("title", "publisher", "container-title", "URL", "language")},
        "author": {
            "type": "array",
            "items": {"type": "object", "required": ["literal"], "properties": {"literal": {"type": "string"}}},
        },
        **{
            name: {
                "type": "object",
                "required": ["date-parts"],
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "maxItems": 2,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                    }
                },
            }
            for name in ("issued", "accessed")
        },
    },
}
"""What CSL-JSON allows of what is written here: types, variables, names and dates."""
_WORDS = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "textless": "<", "textgreater": ">", "textbar": "|", "textquotedbl": '"',
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    """The harbour dossier."""
    return build.load(whole_harbour())


def entry(**changes: Any) -> CitedWork:
    """An entry, with changes."""
    usual: dict[str, Any] = {
        "key": "x-1",
        "kind": "webpage",
        "title": "A title",
        "author": "An author",
        "url": "https://a.example/x_1?a=1&b=%20#c",
        "language": "en",
        "container": "A site",
        "issued": PartialDate(2026, 2, 3),
        "accessed": PartialDate(2026, 4),
    }
    return CitedWork(**{**usual, **changes})


def written(ending: str, items: list[CitedWork]) -> bytes:
    """The file of some entries in a format."""
    return citations.file_of(ending, map(citations.FORMATS[ending].entry, items))


def untex(text: str) -> str:
    """The text that TeX would set."""
    text = re.sub(r"\\(text[a-z]+)\{\}", lambda found: _WORDS[found[1]], text)
    return re.sub(r"\\([$&%#_])", r"\1", text)


def fields(data: bytes) -> dict[str, str]:
    """The fields of the one entry of a file of BibTeX, as a program reads them."""
    read = parse_string(data.decode())
    assert not read.failed_blocks
    [found] = read.entries
    return {"key": found.key, "type": found.entry_type, **{field.key: str(field.value) for field in found.fields}}


def references_of(library: Library) -> list[CitedWork]:
    """Every entry that the dossier has: of its pages and its sources."""
    pages = [reference(library, recipe.composed()) for recipe in compose(library)]
    return [*pages, *map(references.of_source, library.all(Source))]


def test_every_page_and_every_source_is_read_back_from_bibtex_ris_and_csl(library: Library) -> None:
    every = references_of(library)
    read = rispy.loads(written("ris", every).decode())
    listed = json.loads(written("json", every))

    assert [item["title"] for item in read] == [item.title for item in every] == [item["title"] for item in listed]
    assert [item["urls"] for item in read] == [[item.url] for item in every]
    assert [list(Draft202012Validator(CSL).iter_errors(item)) for item in listed] == [[]] * len(every)
    for item in every:
        assert untex(fields(written("bib", [item]))["title"].strip("{}")) == item.title.strip("{}")


@pytest.mark.parametrize("kind", ["webpage", "report", "article-newspaper", "article"])
def test_no_text_ends_a_field_or_is_run(kind: str) -> None:
    item = entry(kind=kind, title=HOSTILE, author=HOSTILE, container=HOSTILE)
    read = fields(written("bib", [item]))
    [back] = rispy.loads(written("ris", [item]).decode())

    assert untex(read["title"][1:-1]) == untex(read["author"][1:-1]) == HOSTILE
    assert read["url"] == item.url
    assert back["title"] == " ".join(HOSTILE.split())
    assert back["authors"] == [" ".join(HOSTILE.replace(",", "").split())]
    assert csl(item)["author"] == [{"literal": HOSTILE}]


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_braces_are_balanced_and_what_tex_sets_is_the_text(text: str) -> None:
    written = tex(text)

    assert written.count("{") == written.count("}")
    assert untex(written) == text


def test_a_file_of_ris_has_one_line_a_field_each_ended_by_cr_lf() -> None:
    data = written("ris", [entry(title="One\nTY  - JOUR\r\nER  - "), entry()])

    assert data.count(b"\n") == data.count(b"\r\n")
    assert len(rispy.loads(data.decode())) == 2
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in data.decode().split("\r\n")[:-1])


def test_a_date_is_as_exact_as_it_is_known() -> None:
    for date_known, said, told in (
        (PartialDate(2026), "2026///", [2026]),
        (PartialDate(2026, 2), "2026/02//", [2026, 2]),
        (PartialDate(2026, 2, 3), "2026/02/03/", [2026, 2, 3]),
    ):
        item = entry(issued=date_known)

        assert f"DA  - {said}\r\n" in written("ris", [item]).decode()
        assert csl(item)["issued"] == {"date-parts": [told]}
        assert fields(written("bib", [item]))["date"] == str(date_known)
    assert "issued" not in csl(entry(issued=None))
    assert "year" not in fields(written("bib", [entry(issued=None)]))


def test_a_page_is_of_the_day_that_its_record_tells_and_not_later_than_the_dossier(library: Library) -> None:
    [source, *_] = library.all(Source)
    early, late = PartialDate(2001, 2, 3), PartialDate(2099)

    def told(read: PartialDate | None) -> PartialDate:
        return as_of(replace(library, shared=Memo()), [source.model_copy(update={"read": read})])

    assert told(None) == library.dossier.updated
    assert told(early) == early
    assert told(late) == library.dossier.updated


def test_a_section_has_all_its_records_in_one_file(library: Library) -> None:
    made = {item.path: item.data for item in citations.of_kind(library, Source)}
    sources = rispy.loads(made["cite/sections/sources.ris"].decode())

    assert [item["id"] for item in sources] == [source.id for source in library.all(Source)]
    assert {path.rpartition(".")[2] for path in made} == {"bib", "ris", "json"}
