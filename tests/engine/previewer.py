"""What a page shows of a prose text, and what a CommonMark previewer with tables shows, in one form to compare."""

import functools
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import markdown
import yaml
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from explainer.library.library import Library
from explainer.reading.prose import ProseFault, parse, show
from explainer.records.model import HoldsProse
from explainer.records.references import marked
from tests.conftest import PROJECT


def _without_indents(state: StateCore) -> None:
    """Strip the lines of a paragraph, as section 4.8 of the specification asks; markdown-it keeps their indents within code."""
    for token in state.tokens:
        if token.type == "inline":
            token.content = re.sub(r"\n[ \t]+", "\n", token.content)


PREVIEWER = MarkdownIt("commonmark").enable("table")
PREVIEWER.core.ruler.before("inline", "without_indents", _without_indents)
INLINE = {"em", "strong", "code", "a"}
"""Elements that end no word."""
PASSED_OVER = {"p", "thead", "tbody"}
"""Elements that hold nothing that the elements around and within them do not tell: loose lists and tables may differ."""
EMPTY = {"br", "hr"}
HEAD, TAIL = "# Title\n\n", "\n\n## Sources\n"
"""What stands around a story on its page."""


class _Shape(HTMLParser):
    """Reads the words of a page, and the elements that they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; of a numbered list also its first number, of a link where it leads."""
        given = dict(attrs)
        told = {"ol": given.get("start") or "1", "a": _outside(given.get("href"))}.get(tag, "")
        if tag in PASSED_OVER:
            self.pieces.append("\n")
        else:
            self.pieces.append(f"\0<{tag} {told}>\0" if tag in INLINE else f"\n\0<{tag} {told}>\0\n")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        if tag not in EMPTY:
            self.pieces.append(
                "\n" if tag in PASSED_OVER else f"\0</{tag}>\0" if tag in INLINE else f"\n\0</{tag}>\0\n"
            )

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.pieces.append(data)


def shape(html: str) -> list[str]:
    """The words of a page, then its elements with the words in them, in their order."""
    reader = _Shape()
    reader.feed(html)
    reader.close()
    joined = "".join(reader.pieces)
    words = re.sub(r"\0[^\0]*\0", "", joined).split()
    return [*words, *(" ".join(piece.split()) for piece in joined.split("\0") if piece.strip())]


def _outside(href: str | None) -> str:
    """The address of another site; links between pages are laid out anew for each page."""
    return href if href and href.startswith(("http", "mailto:")) else ""


@functools.cache
def extensions() -> list[str]:
    """The extensions of Python-Markdown that this project uses."""
    options = yaml.safe_load(re.sub(r"!ENV.*", "", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")))
    return [item if isinstance(item, str) else next(iter(item)) for item in options["markdown_extensions"]]


def page(text: str, *, story: bool = True) -> str:
    """A prose text as the site shows it, between a title and the list of sources; citations and what names data stand as they are written."""
    shown = show(
        text,
        "operations",
        cite=lambda mentions: "".join(_literal(item.source, item.at) for item in mentions),
        link=lambda link: f"[{link.label}]({link.url or link.page or '#' + str(link.fragment)})",
        data=lambda mark: f"&#91;&#91;{mark.asked}&#93;&#93;",
        inline=not story,
    )
    html = markdown.markdown(f"{HEAD}{shown}{TAIL}", extensions=extensions())
    begin, end = '<h1 id="title">Title</h1>\n', '\n<h2 id="sources">Sources</h2>'
    assert html.startswith(begin.rstrip())
    assert html.endswith(end.lstrip())
    return html[len(begin) : len(html) - len(end)]


def _literal(source: str, at: str | None) -> str:
    return f"&#91;@{source}, {at}&#93;" if at else f"&#91;@{source}&#93;"


def refused(text: str, *, story: bool = True) -> list[str]:
    """The messages of check about a prose text."""
    return [part.message for part in parse(text, "operations", story=story) if isinstance(part, ProseFault)]


def previewed(text: str, *, story: bool = True) -> list[str]:
    """What a previewer shows."""
    return shape(PREVIEWER.render(text) if story else PREVIEWER.renderInline(text))


def marked_prose(library: Library) -> Iterator[tuple[str, bool]]:
    """The prose texts of a dossier in which there are marks, and whether each is a story."""
    for entry in library.entries.values():
        for item in marked(entry.record):
            if isinstance(item.marker, HoldsProse) and (item.marker.story or _MARKS.search(item.value)):
                yield item.value, item.marker.story


_MARKS = re.compile(r"[*_`<&\\\[\n]|^\W|[0-9][.)] ")
