"""Finding one's place: the list of a page's headings, and the neighbours of a record."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from explainer import build
from explainer.kinds.term import Term
from explainer.library.library import Library
from explainer.pages.neighbours import neighbours
from explainer.publish import contents
from tests.conftest import whole_harbour


def _toc(*titles: str, level: int = 2) -> list[SimpleNamespace]:
    below = [SimpleNamespace(title=title, level=level, children=[]) for title in titles]
    return [SimpleNamespace(title="Page", level=1, children=below)]


def test_the_list_of_headings_stands_below_the_lead() -> None:
    page = '<h1>Page</h1>\n<p class="answer">Lead.</p>\n<h2>One</h2>'

    assert contents.marked(page, _toc("One", "Two", "Three")) == (
        f'<h1>Page</h1>\n<p class="answer">Lead.</p>\n{contents.MARK}\n<h2>One</h2>'
    )


def test_the_list_of_headings_stands_below_the_title_of_a_page_without_a_lead() -> None:
    assert (
        contents.marked("<h1>Page</h1>\n<p>x</p>", _toc("1", "2", "3")) == f"<h1>Page</h1>\n{contents.MARK}\n<p>x</p>"
    )


def test_a_page_with_few_headings_has_no_list_of_them() -> None:
    assert contents.marked("<h1>Page</h1>", _toc("One", "Two")) == "<h1>Page</h1>"
    assert contents.entries([]) == ()


@pytest.fixture(scope="module")
def library() -> Library:
    return build.load(whole_harbour())


def test_the_neighbours_of_an_edition_are_the_others_of_its_family(library: Library) -> None:
    beside = neighbours(library, library.entries["operation", "beacon-2001"].record)

    assert beside
    assert beside.title == "Others: Beacon"
    assert [record.label for record in beside.records] == ["Operation Beacon II"]


def test_in_a_small_section_all_records_are_neighbours(library: Library) -> None:
    beside = neighbours(library, library.entries["theme", "flags"].record)

    assert beside
    assert [record.ident for record in beside.records] == ["lamps", "pilots", "ropes"]


def test_a_record_in_a_large_section_has_no_neighbours(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.pages.neighbours.FEW", 2)

    assert neighbours(library, library.entries["theme", "flags"].record) is None
    assert neighbours(library, library.all(Term)[0]) is None
