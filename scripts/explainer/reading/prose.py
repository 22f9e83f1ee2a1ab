"""Parse the prose of records: extract citations and links, and escape the rest for a Markdown page.

Editors' text never reaches a page as HTML or as an attribute: every `<` and `{` becomes an entity, HTML, images and link
reference definitions are rejected, and a link may only point to http(s), mailto or a page of this site.
"""

import functools
import html
import re
from collections.abc import Callable, Iterator

from explainer.base.dataclass import dataclass
from explainer.base.values import one_line
from explainer.reading.blocks import BlockKind, blocks
from explainer.reading.inlines import inline
from explainer.reading.prose_parts import CitationMark, DataMark, Link, Mark, Part, ProseFault, TextRun
from explainer.reading.source_lines import Passage
from explainer.reading.story import story_parts
from explainer.reading.table_rows import alignments

__all__ = ["CitationMark", "DataMark", "Link", "Mark", "Part", "ProseFault", "TextRun"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#+\-!.=:@&^])")


@functools.lru_cache(maxsize=200_000)
def parse(text: str, folder: str, *, story: bool = False) -> tuple[Part, ...]:
    """Parse prose into parts; relative links are resolved from `folder`, a folder under `content/` and `docs/`.

    Only in a `story` may there be several paragraphs, lists, tables and the like; all else is shown on one line.
    """
    return tuple(story_parts(text, folder) if story else _line_parts(text, folder))


def _line_parts(text: str, folder: str) -> Iterator[Part]:
    """The parts of a text that is shown on one line."""
    if "\n" not in text or not text.strip():
        return map(_without_data, inline(text, lambda index: index, folder, _BREAK))
    first, *others = blocks(text)
    if others or first.kind is not BlockKind.PARAGRAPH:
        wrong = first if first.kind is not BlockKind.PARAGRAPH else others[0]
        return iter((ProseFault(_ONE_LINE, wrong.begun.place),))
    passage = Passage(first.lines)
    return map(_without_data, inline(passage.text, passage.place, folder, _BREAK))


def _without_data(part: Part) -> Part:
    """A part of a text that is shown in places where nothing can be computed, as in lists and previews."""
    return ProseFault(_IN_A_FIELD.format(asked=part.asked), part.offset) if isinstance(part, DataMark) else part


_BREAK = "<br> "
_IN_A_FIELD = "'[[{asked}]]' stands in a field; expected a value in a story only; write the number here, and cite it"
_ONE_LINE = (
    "this text is shown on one line, so that a list, a table, a heading, a quotation or a second paragraph in it would be lost; "
    "expected one paragraph; write it so, or put more into the story"
)


def show(
    text: str,
    folder: str,
    *,
    cite: Callable[[list[CitationMark]], str],
    link: Callable[[Link], str],
    data: Callable[[DataMark], str] = str,
    inline: bool = False,
) -> str:
    """Render prose as Markdown for a page; `inline` text stays on one line and starts no list, heading or quotation."""
    pieces: list[str] = []
    waiting: list[CitationMark] = []
    for part in parse(text, folder, story=not inline):
        if isinstance(part, CitationMark):
            waiting.append(part)
            continue
        if waiting:
            pieces.append(cite(waiting))
            waiting = []
        match part:
            case TextRun() | Mark():
                pieces.append(part.text)
            case Link():
                pieces.append(link(part))
            case DataMark():
                pieces.append(data(part))
            case ProseFault():
                pass  # checks.run has reported it, and no page is rendered while there is a problem
    if waiting:
        pieces.append(cite(waiting))
    shown = "".join(pieces)
    return one_line(shown) if inline else shown


def plain(text: str, *, story: bool = False) -> str:
    """Strip citations and markup from prose, for descriptions and the search index."""
    pieces = []
    for part in parse(text if story else one_line(text), "somewhere", story=story):  # any folder: links stay inside
        if isinstance(part, Mark):
            pieces.append(" " if " " in part.text or "\n" in part.text else "")
        elif isinstance(part, TextRun | Link):
            pieces.append(part.words if isinstance(part, Link) else part.text)
    return one_line(html.unescape(re.sub(r"\\(?=[^\w\s])", "", "".join(pieces))))


_UNREAD = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}(?P=fence)[`~]*[ ]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)|(?<!\\)\[\[[=a-z][^\[\]\n]*\]\]|\[@[^\[\]\n]*\]|(?<=\]\()[^()\n]*(?=\))",
    re.MULTILINE | re.DOTALL,
)


def masked(text: str) -> str:
    """Mask code, citations, data and the targets of links, which are no words; length and line breaks stay the same."""
    return _UNREAD.sub(lambda found: re.sub(r"[^\n]", "\0", found.group()), text)


@functools.lru_cache(maxsize=100_000)
def escape(text: str) -> str:
    """Escape plain text so that Markdown shows it unchanged, on one line."""
    return escape_start(escape_within(one_line(text)))


def escape_within(text: str) -> str:
    """Escape plain text that stands within a line; its spaces stay, also at both ends and those that do not break."""
    return _SPECIAL.sub(
        lambda match: f"&#{ord(match.group())};" if match.group() not in ".-:+!=@" else match.group(), text
    )


def escape_start(line: str) -> str:
    """Escape what would begin a list, a definition or a heading, in text that is escaped otherwise."""
    if match := re.match(r"(?:[+=:!-]|\d+(?=[.)](?:\s|$)))", line):
        if match.group().isdigit():
            return f"{match.group()}&#{ord(line[match.end()])};{line[match.end() + 1 :]}"
        return f"&#{ord(line[0])};{line[1:]}"
    return line


def valued(text: str, say: Callable[[str], str]) -> str:
    """A story with the words that `say` has for what names data, for the search: a block says nothing there."""
    return _ASKED.sub(lambda found: say(found.group()[2:-2]), text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item or table row, with its text and whether it holds a citation."""

    text: str
    offset: int
    cites: bool


_ASKED = re.compile(r"(?<!\\)\[\[[=a-z][^\[\]\n]*\]\]")
_HEADING = re.compile(r"\s*#{1,6}\s")
_FRESH = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ ]|\||#{1,6}[ ])")
"""What begins an item, a row or a heading; `2018.` is a year."""


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Split prose into paragraphs; each list item and table row counts as one, headings and blocks of code and of data are skipped."""
    bare = re.sub(
        r"^[ ]{0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}\1[ ]*$|\Z)",
        lambda m: re.sub(r"[^\n]", " ", m.group()),
        text,
        flags=re.MULTILINE | re.DOTALL,
    )
    for start, block in _blocks(bare):
        if _HEADING.match(block) or not block.strip():
            continue
        if _ASKED.fullmatch(block.strip()) and "[[=" not in block:
            continue
        cites = "[@" in block or "[[=" in block
        said = re.sub(r"\[@[^\]]*\]", " ", _ASKED.sub(" ", block))
        said = re.sub(r"\]\([^)]*\)", "]", said)
        lead = len(block) - len(block.lstrip())
        yield Paragraph(said, start + lead, cites)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each run of lines that forms one paragraph, list item, table row or heading."""
    start = offset = 0
    lines: list[str] = []
    for line, fresh in _lines(text):
        if lines and (fresh or lines[0].lstrip().startswith(("#", "|"))):
            yield start, "".join(lines)
            lines = []
        if not lines:
            start = offset
        if line.strip():
            lines.append(line)
        offset += len(line)
    if lines:
        yield start, "".join(lines)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Every line, and whether it belongs to no run that began above it."""
    rows = False
    for line in text.splitlines(keepends=True):
        words = line.strip()
        rows = bool(words) and (rows or bool("|" in line and alignments(words)))  # with or without bars at their ends
        yield line, not words or rows or bool(_FRESH.match(line))
