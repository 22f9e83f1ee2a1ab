"""The texts of rendered pages on disk: no template sees a difference, and a page without room keeps them in memory."""

from pathlib import Path
from typing import IO

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from explainer.incremental import spool
from explainer.publish.set_aside import PageAside, SetAside, back, drop, forget

_TEXTS = ("markdown", "content", "toc")


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """A page as MkDocs leaves it once its Markdown is rendered."""
    found = Page(None, File("tide.md", str(tmp_path), str(tmp_path), use_directory_urls=True), MkDocsConfig())
    found.markdown, found.content = "# Tide\n\nIt rises.", "<h1>Tide</h1><p>It rises.</p>"
    found._title_from_render = "Tide"
    found.toc = TableOfContents([AnchorLink("Tide", "tide", 1)])
    return found


def test_a_page_that_is_set_aside_says_what_it_said(page: Page, tmp_path: Path) -> None:
    SetAside(tmp_path).put(page)

    assert not vars(page).keys() & set(_TEXTS)
    assert (page.markdown, page.content) == ("# Tide\n\nIt rises.", "<h1>Tide</h1><p>It rises.</p>")
    assert [link.title for link in page.toc] == ["Tide"]
    assert page.title == "Tide"


def test_a_page_comes_back_from_disk_and_leaves_again_without_being_written_twice(page: Page, tmp_path: Path) -> None:
    aside = SetAside(tmp_path)
    aside.put(page)
    back(page)
    was = type(page)
    in_memory = vars(page).keys() & {*_TEXTS, "title"}
    drop(page)

    assert (was, in_memory) == (Page, set(_TEXTS))
    assert isinstance(page, PageAside)
    assert page.content == "<h1>Tide</h1><p>It rises.</p>"


def test_who_changes_a_page_that_is_set_aside_changes_it_in_memory(page: Page, tmp_path: Path) -> None:
    SetAside(tmp_path).put(page)
    page.content = "<p>It falls.</p>"

    assert (type(page), page.content, page.markdown) == (Page, "<p>It falls.</p>", "# Tide\n\nIt rises.")


def test_a_page_that_is_forgotten_is_as_one_that_was_never_read(page: Page, tmp_path: Path) -> None:
    SetAside(tmp_path).put(page)
    forget(page)

    assert (type(page), page.markdown, page.content, page.title) == (Page, None, None, None)


def test_a_page_for_which_there_is_no_room_stays_in_memory(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def seek(self, *_: int) -> int:
            return 0

        def write(self, _: bytes) -> int:
            return 0

        def close(self) -> None:
            pass

    def full(_: Path) -> IO[bytes]:
        return Full()  # type: ignore[return-value] # as much of a file as is asked for

    monkeypatch.setattr(spool, "_opened", full)
    SetAside(tmp_path).put(page)

    assert (type(page), page.content) == (Page, "<h1>Tide</h1><p>It rises.</p>")
