"""Writes `llms.txt`, the entrance for programs that read text: what the site is, its sections and its data."""

from collections.abc import Iterator, Sequence

from explainer.base.files import Output
from explainer.base.plain_blocks import literal
from explainer.data import api, downloads
from explainer.kinds.explainer import Explainer
from explainer.library import addresses, places, sections
from explainer.library.library import Library
from explainer.pages.descriptions import describe
from explainer.pages.page import LazyPage
from explainer.reading import prose

_FILES = ("all-zip", "all-jsonl", "all-sqlite", "all-xlsx")
"""Downloads of the whole, as the catalogue names them."""


def outputs(library: Library, pages: Sequence[LazyPage]) -> Iterator[Output]:
    """The file."""
    site, words = library.dossier, library.words
    there = {page.path for page in pages}
    about = words("llms.about").format(licence=site.licence, date=words.day(site.updated))
    parts = [
        f"# {literal(site.title)}",
        f"> {literal(_line(prose.plain(site.summary)))}",
        literal(_line(about)),
        *_list(library.words("llms.explainers"), _explainers(library)),
        *_list(library.words("llms.sections"), _sections(library, there)),
        *_list(library.words("llms.data"), _data(library)),
    ]
    yield Output(addresses.ENTRANCE_MADE, ("\n\n".join(parts) + "\n").encode(), "content/site.yml")


def _line(text: str) -> str:
    return " ".join(text.split())


def _list(title: str, items: Iterator[str]) -> Iterator[str]:
    """A heading and its links; nothing if there are none."""
    if lines := "\n".join(items):
        yield f"## {literal(title)}\n\n{lines}"


def _link(title: str, address: str, says: str) -> str:
    return f"- [{literal(_line(title))}]({address}): {literal(_line(says))}"


def _explainers(library: Library) -> Iterator[str]:
    for item in library.all(Explainer):
        address = places.whole(library, f"{addresses.hosted(addresses.page(item) or '')}index.md")
        yield _link(item.label, address, describe(item.answer or item.label))


def _sections(library: Library, there: set[str]) -> Iterator[str]:
    """The overviews of sections, each leading to its records; the search is no text."""
    for name in addresses.generated(library.kinds):
        path = f"{name}/index.md"
        if path in there and name != addresses.SEARCH and library.words.has_section(name):
            says = prose.plain(sections.summary(library.dossier, library.words, name))
            yield _link(sections.title(library.dossier, library.words, name), places.whole(library, path), says)


def _data(library: Library) -> Iterator[str]:
    words = library.words
    yield _link("API", places.whole(library, f"{api.FOLDER}/index.json"), words("llms.api"))
    yield _link("OpenAPI", places.whole(library, f"{api.FOLDER}/openapi.json"), words("llms.openapi"))
    for name in _FILES:
        file = name.replace("-", ".")
        yield _link(file, places.whole(library, f"{downloads.FOLDER}/{file}"), words(f"data-page.files.{name}"))
