"""Parse the prose of records: extract citations and links, and escape the rest for a Markdown page.

Editors' text never reaches a page as HTML or as an attribute: every `<` and `{` becomes an entity, images and link
reference definitions are rejected, and a link may only point to http(s), mailto or a page of this site.
"""

import functools
import html
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from explainer.base.values import SLUG, one_line
from explainer.reading.prose_tokens import TOKEN, Kind, kind_of, tokens

_CITATION = re.compile(rf"(?P<source>{SLUG.pattern})(?:,\s*(?P<at>\S.*?))?\s*")
_OUTSIDE = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\{}|^()\[\]]+")
_INSIDE = re.compile(r"(?P<path>[\w./-]*)(?:#(?P<fragment>[\w.-]+))?")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#+\-!.=:@&^])")
_TABLE = re.compile(
    r"^[^\n]*\|[^\n]*\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$(?:\n[^\n]*\S[^\n]*)*",
    re.MULTILINE,
)

CODE = "\0"
"""Placeholder that `masked` writes for each character of a code block; the text of a record never contains it."""
HIDDEN = "\1"
"""Placeholder that `masked` writes for a `|` that separates no cells because it is in code or in a citation."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Markdown that is safe to insert into a page."""

    text: str


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A citation in prose."""

    source: str
    at: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link in prose: to a page of this site (`page` relative to `docs/`), or to a URL."""

    label: str
    page: str | None
    fragment: str | None
    url: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class ProseFault:
    """A construct that prose must not contain, with the message to the editor."""

    message: str
    offset: int
    about: str = ""
    """What was cited or linked to, in which what is meant may be recognised."""


Part = TextRun | CitationMark | Link | ProseFault


@functools.lru_cache(maxsize=200_000)
def parse(text: str, folder: str) -> tuple[Part, ...]:
    """Parse prose into parts; relative links are resolved from `folder`, a folder under `content/` and `docs/`."""
    return tuple(_parts(text, folder))


def _parts(text: str, folder: str) -> Iterator[Part]:
    last = 0
    tables = [found.span() for found in _TABLE.finditer(text)] if "\\|" in text else []
    for token in tokens(text):
        if token.start() > last:
            yield TextRun(text[last : token.start()])
        last = token.end()
        if kind_of(token) is Kind.SPAN and any(start <= token.start() < end for start, end in tables):
            yield _code(token["inner"].replace("\\|", "|"))  # in a table row a pipe ends the cell unless it is escaped
        else:
            yield from _part(token, folder)
    if last < len(text):
        yield TextRun(text[last:])


def _part(token: re.Match[str], folder: str) -> Iterator[Part]:
    found, offset = token.group(), token.start()
    match kind_of(token):
        case Kind.FENCE:
            yield TextRun(f"\n<pre><code>{_as_code(token['code'])}</code></pre>\n")
        case Kind.ESCAPE:
            yield TextRun(_ENTITIES.get(found[1], found))
        case Kind.SPAN:
            yield _code(token["inner"])
        case Kind.CITE:
            yield from _mentions(token["cited"], offset)
        case Kind.STRAY:
            yield ProseFault(
                f"'{found}' is no citation; expected [@source-id]; close it so, or write \\@ where an at sign is meant",
                offset,
            )
        case Kind.LINK:
            yield _link(token["label"], token["target"], folder, offset)
        case Kind.UNSAFE:
            yield TextRun(_ENTITIES[found])
        case Kind.DEFINITION if "[^" in found:
            yield ProseFault(_FOOTNOTE, offset)
        case kind:
            yield ProseFault(_FAULTS[kind], offset)


_ENTITIES = {"<": "&lt;", "{": "&#123;", "&": "&amp;"}
"""Characters that are shown as entities, because attribute lists are read even after a backslash -> the entity."""

_FOOTNOTE = "is the text of a footnote, and there are none; expected citations; write [@source-id] where it is called, and delete it here"
_FAULTS = {
    Kind.DEFINITION: "defines a link apart from its text; expected [text](target); write the link where it is used",
    Kind.IMAGE: "holds an image; records hold text; expected a link to a page or a source",
    Kind.BROKEN: "holds a link that cannot be read; expected [text](target) without brackets inside; write ( as %28",
    Kind.TITLE: "holds a heading of the first level; the title comes from the record; begin headings with ##",
}
"""Kind of token -> message about a construct that prose must not contain."""


def _code(text: str) -> TextRun:
    return TextRun(f"<code>{_as_code(text.strip())}</code>")


def _as_code(text: str) -> str:
    return "".join(char if char.isalnum() or char in " \n" else f"&#{ord(char)};" for char in text)


def _mentions(text: str, offset: int) -> Iterator[Part]:
    for piece in text.split(";"):
        cited = piece.strip().removeprefix("@")
        match = _CITATION.fullmatch(cited)
        if match is None:
            message = f"'[@{text}]' is not a citation; expected [@source-id] or [@source-id, para. 4]"
            yield ProseFault(message, offset, f"@{cited}")
        elif match["at"] and match["at"].startswith("@"):
            several = "; ".join(part.strip() for part in text.split(","))
            yield ProseFault(
                f"'[@{text}]' has a comma between sources; expected a semicolon; write [@{several}]", offset
            )
        else:
            yield CitationMark(match["source"], match["at"], offset)


def _link(label: str, target: str, folder: str, offset: int) -> Part:
    safe = "".join(part.text for part in parse(label, folder) if isinstance(part, TextRun))
    if _OUTSIDE.fullmatch(target):
        return Link(safe, None, None, target, offset)
    match = _INSIDE.fullmatch(target)
    if match is None or not target or target.startswith("/"):
        return ProseFault(
            f"links to '{target}'; expected http://, https://, mailto: or a relative path such as ../people/name.md",
            offset,
            target,
        )
    if not match["path"]:
        return Link(safe, "", match["fragment"], None, offset)
    path = posixpath.normpath(posixpath.join(folder, match["path"]))
    if path.startswith(".."):
        return ProseFault(
            f"links to '{target}', outside the dossier; expected a path such as ../people/name.md", offset, target
        )
    return Link(safe, path, match["fragment"], None, offset)


def show(
    text: str,
    folder: str,
    *,
    cite: Callable[[list[CitationMark]], str],
    link: Callable[[Link], str],
    inline: bool = False,
) -> str:
    """Render prose as Markdown for a page; `inline` text stays on one line and starts no list, heading or quotation."""
    pieces: list[str] = []
    waiting: list[CitationMark] = []
    for part in parse(text, folder):
        if isinstance(part, CitationMark):
            waiting.append(part)
            continue
        if waiting:
            pieces.append(cite(waiting))
            waiting = []
        match part:
            case TextRun():
                pieces.append(part.text)
            case Link():
                pieces.append(link(part))
            case ProseFault():
                pass  # checks.run has reported it, and no page is rendered while there is a problem
    if waiting:
        pieces.append(cite(waiting))
    shown = "".join(pieces)
    return _one_line(shown) if inline else shown


def _one_line(text: str) -> str:
    line = one_line(text)
    line = re.sub(r"(?<!\\)\|", "&#124;", line)
    if match := re.match(r"(?:[#>+*=~:!-]|\d+(?=[.)]\s))", line):
        if match.group().isdigit():
            return f"{match.group()}&#{ord(line[match.end()])};{line[match.end() + 1 :]}"
        return f"&#{ord(line[0])};{line[1:]}" if not _emphasis(line) else line
    return line


def _emphasis(line: str) -> bool:
    return line.startswith("*") and not line.startswith("* ") and line.count("*") > 1


def masked(text: str) -> str:
    """Mask code, citations and link targets, which Markdown does not parse; length and line breaks stay the same."""
    return TOKEN.sub(_mask, text)


def _mask(token: re.Match[str]) -> str:
    found = token.group()
    match kind_of(token):
        case Kind.FENCE:
            return re.sub(r"[^\n]", CODE, found)
        case Kind.SPAN:
            return re.sub(r"[^\n|]", "x", found.replace("\\|", "xx")).replace("|", HIDDEN)
        case Kind.CITE:
            return re.sub(r"[^|]", "x", found).replace("|", HIDDEN)
        case Kind.LINK:
            return f"[{masked(token['label'])}]({'x' * len(token['target'])})"
        case _:
            return found


def plain(text: str) -> str:
    """Strip citations and markup from prose, for descriptions and the search index."""
    pieces = [
        part.text if isinstance(part, TextRun) else part.label
        for part in parse(text, "somewhere")  # any folder, so that links to others stay inside
        if isinstance(part, TextRun | Link)
    ]
    bare = html.unescape(re.sub(r"</?(?:code|pre)>", "", "".join(pieces)))
    return one_line(re.sub(r"\\(?=[^\w\s])|[*_`](?=\S)|(?<=\S)[*_`]", "", bare))


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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item or table row, with its text and whether it holds a citation."""

    text: str
    offset: int
    cites: bool


_HEADING = re.compile(r"\s*#{1,6}\s")


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Split prose into paragraphs; each list item and table row counts as one, headings and code blocks are skipped."""
    bare = re.sub(
        r"^[ ]{0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}\1[ ]*$|\Z)",
        lambda m: re.sub(r"[^\n]", " ", m.group()),
        text,
        flags=re.MULTILINE | re.DOTALL,
    )
    for start, block in _blocks(bare):
        if _HEADING.match(block) or not block.strip():
            continue
        cites = "[@" in block
        said = re.sub(r"\[@[^\]]*\]", " ", block)
        said = re.sub(r"\]\([^)]*\)", "]", said)
        lead = len(block) - len(block.lstrip())
        yield Paragraph(said, start + lead, cites)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each run of lines that forms one paragraph, list item, table row or heading."""
    start = offset = 0
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        fresh = re.match(r"[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ ]|\||#{1,6}[ ])", line)  # 2018. is a year
        if lines and (fresh or not line.strip() or lines[0].lstrip().startswith(("#", "|"))):
            yield start, "".join(lines)
            lines = []
        if not lines:
            start = offset
        if line.strip():
            lines.append(line)
        offset += len(line)
    if lines:
        yield start, "".join(lines)
