"""Render pages as Markdown with templates; text from records is escaped unless it was made safe here."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from explainer.base.files import Output
from explainer.data import feeds
from explainer.figures import csv_tables
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages import anchors, head
from explainer.pages.card_text import card_text
from explainer.pages.context import TemplateContext
from explainer.pages.environment import environment
from explainer.pages.neighbours import neighbours
from explainer.pages.page import LazyPage, Page
from explainer.reading import headings
from explainer.records.record import Story


def _front(library: Library, page: Page, language: str | None) -> str:
    """The front matter of a page; values are written as JSON, which is valid YAML.

    `language` is that of the page, where it is not that of the dossier.
    """
    lines: dict[str, object] = {"title": page.title, "description": page.description}
    if page.source:
        lines["edit"] = page.source
    elif page.files:
        lines["edit"] = "#about-this-page"  # the files are listed there
    if language:
        lines["lang"] = language
        lines["contents"] = library.words("contents")
    if page.record and page.record.is_withdrawn:
        lines["robots"] = "noindex"
    lines["card"] = page.card
    lines["pictured"] = card_text(library, page).says
    lines |= _feed(library, page)
    lines |= head.front(library, page)
    if page.record and (beside := neighbours(library, page.record)):
        lines["neighbours"] = {
            "title": beside.title,
            "pages": [[other.label, addresses.page(other)] for other in beside.records],
        }
    rows = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in lines.items()]
    return "---\n" + "\n".join(rows) + "\n---\n\n"


def _feed(library: Library, page: Page) -> dict[str, object]:
    """Title and path of the feed that is closest to a page, if there is one: that of its record, else of its section."""
    if isinstance(page.record, Story) and (feed := feeds.of_record(library, page.record)):
        return {"feed": {"title": feed.title, "path": feed.path}}
    section = page.path.partition("/")[0]
    if section not in feeds.names(library):
        return {}
    return {"feed": {"title": feeds.title(library, section), "path": feeds.path(section)}}


class Rendered(NamedTuple):
    """A page as a Markdown file, with the anchors that it will have."""

    output: Output
    anchors: tuple[str, ...]


def render(library: Library, page: Page) -> Rendered:
    """Render one page as a Markdown file."""
    library = library.speaking(page.path.partition("/")[0])
    words = library.words
    voice = TemplateContext(library, page, words)
    template = environment(library.kinds).get_template(page.template)
    text = template.render(
        page=page,
        data=page.data,
        reference=head.reference(library, page),
        v=voice,
        t=words,
        say=voice.say,
        site=library.dossier,
    )
    tag = None if library.language == library.dossier.language else library.language
    text, there = headings.anchored(_tidy(text), anchors.reserved(library.kinds, page.template))
    return Rendered(Output(page.path, (_front(library, page, tag) + text).encode(), page.source), there)


def anchors_of(library: Library, recipe: LazyPage, made: list[Output] | None = None) -> frozenset[str]:
    """The anchors of a page; kept between runs. If the page is rendered for them, it is appended to `made`."""

    def find() -> str:
        output, there = render(library, recipe.composed())
        if made is not None:
            made.append(output)
        return "\n".join(there)

    return frozenset(library.shared.text(f"anchors {recipe.path}", find).split("\n"))


def _tidy(text: str) -> str:
    """Strip trailing spaces, collapse runs of empty lines, and end with a single newline."""
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.rstrip()
        if bare or (lines and lines[-1]):
            lines.append(bare)
    return "\n".join(lines).rstrip("\n") + "\n"


def files(library: Library, recipe: LazyPage) -> Iterator[Output]:
    """Render a page as a Markdown file, then the data of its graphics as CSV."""
    page = recipe.composed()
    made: list[Output] = []
    anchors_of(library, recipe, made)
    yield made[0] if made else render(library, page).output
    for graphic in page.drawings:
        yield Output(graphic.csv, csv_tables.csv(graphic.table), page.source)


def outputs(library: Library, pages: Iterable[LazyPage]) -> Iterator[Output]:
    """Render every page in the order given, each followed by the data of graphics that no earlier page showed."""
    told: set[str] = set()
    for page in pages:
        for output in files(library, page):
            if output.path not in told:
                told.add(output.path)
                yield output
