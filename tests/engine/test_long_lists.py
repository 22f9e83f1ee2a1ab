"""Long lists are spread over pages or fold, and every address that led into them still does."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from explainer import build
from explainer.kinds.event import Event
from explainer.kinds.source import Source
from explainer.library import places
from explainer.library.library import Library
from explainer.pages import sources
from explainer.pages.composers import compose
from explainer.pages.context.citations import slugs
from explainer.pages.render import render
from tests.conftest import whole_harbour


def _pages(library: Library, section: str) -> Mapping[str, str]:
    every = [page for page in compose(library) if page.path.startswith(f"{section}/")]
    return {page.path: render(library, page.composed())[0].data.decode() for page in every}


@pytest.fixture
def library() -> Library:
    return build.load(whole_harbour())


def test_few_sources_stand_on_one_page(library: Library) -> None:
    assert list(_pages(library, "sources")) == ["sources/index.md"]


def test_many_sources_stand_under_the_letters_of_their_publishers(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LONG", 1)
    pages = _pages(library, "sources")
    letters = {places.shelf(source) for source in library.all(Source)}

    assert set(pages) == {"sources/index.md", *(f"sources/{letter}.md" for letter in letters)}
    for source in library.all(Source):
        place = f"sources/{places.shelf(source)}.md"
        assert places.page(library, source) == place
        assert f'<span id="{source.ident}"></span>' in pages["sources/index.md"]  # where old addresses lead
        assert f'<div class="item" id="{source.ident}" markdown>' in pages[place]


def test_of_many_sources_of_one_publisher_the_first_stand_open(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LONG", 1)
    monkeypatch.setattr(sources, "MANY", 0)
    monkeypatch.setattr(sources, "FIRST", 0)
    folded = _pages(library, "sources")
    letter = f"sources/{places.shelf(library.all(Source)[0])}.md"

    assert '<details class="fold group" markdown>' in folded[letter]
    assert folded[letter].index('class="fold group"') < folded[letter].index('<div class="item"')


def test_citations_lead_to_the_letter_of_a_source(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LONG", 1)
    page = _pages(library, "explainers")["explainers/accord.md"]

    assert "](../sources/index.md#" not in page
    assert re.search(r"\]\(\.\./sources/[a-z]\.md#[a-z-]+", page)


@pytest.mark.parametrize(
    ("publisher", "letter"), [("Éditions du Port", "e"), ("24 Hours", "0-9"), ("الميناء", "other"), ("union", "u")]
)
def test_the_letter_of_a_publisher(library: Library, publisher: str, letter: str) -> None:
    source = library.all(Source)[0].model_copy(update={"publisher": publisher})

    assert places.shelf(source) == letter


def test_few_events_stand_with_their_sources_on_the_timeline(library: Library) -> None:
    pages = _pages(library, "timeline")

    assert list(pages) == ["timeline/index.md"]
    assert '<sup class="cite">' in pages["timeline/index.md"]


def test_many_events_fold_by_decade_and_have_their_sources_on_its_page(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explainer.pages.timeline.LONG", 1)
    pages = _pages(library, "timeline")
    index = pages["timeline/index.md"]

    assert index.count('<details class="fold"') == len(pages) - 1
    assert index.count('<details class="fold" open') == 1
    assert '<sup class="cite">' not in index
    for event in library.all(Event):
        assert f'id="{event.ident}"' in index
        assert any(f"{{#{event.ident}}}" in page for path, page in pages.items() if path != "timeline/index.md")


def test_a_story_knows_the_anchors_of_its_headings() -> None:
    assert slugs("## What *came* next\n\nWords.\n\n### At 9 o’clock\n") == {"what-came-next", "at-9-oclock"}
