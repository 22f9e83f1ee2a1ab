"""Parse the text of a paragraph, a heading or a cell: citations, links, code, emphasis, and characters made safe.

What is returned is Markdown that Python-Markdown shows as CommonMark shows the source: every character that one of the
two could take for a mark is an entity, and emphasis that they could read differently is written as an element.
"""

import posixpath
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from html.entities import html5
from urllib.parse import unquote

from explainer.base.unicode_text import hidden
from explainer.base.values import SLUG
from explainer.reading.emphasis import Run, resolve
from explainer.reading.prose_parts import CitationMark, DataMark, Link, Mark, Part, ProseFault, TextRun
from explainer.reading.prose_tokens import Kind, kind_of, next_token

VALUE = "="
"""What stands first between the brackets of a value."""
MOST_MARKS = 2_000
"""Maximum number of marks in one paragraph: Python-Markdown takes time by the square of their number."""
_CITATION = re.compile(rf"(?P<source>{SLUG.pattern})(?:,\s*(?P<at>\S.*?))?\s*")
_OUTSIDE = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\{}|^()\[\]]+")
_INSIDE = re.compile(r"(?P<path>[\w./-]*)(?:#(?P<fragment>[^\n<>\"'`\\{}|^()\[\]#]+))?")
_TICKS = re.compile(r"`+")
_KEPT = frozenset("`*_}[]()>#+-.!")
"""Characters that Python-Markdown shows by themselves behind a backslash."""
_BARE = frozenset("\"'$%,/;?@^")
"""Characters that mean nothing to it."""


def inline(text: str, place: Callable[[int], int], folder: str, line_break: str) -> list[Part]:
    """The parts of a text; `place` tells the offset in the source of an index, links are resolved from `folder`."""
    return _Inline(text, place, folder, line_break).parts()


class _Inline:
    """Goes through one text."""

    def __init__(self, text: str, place: Callable[[int], int], folder: str, line_break: str) -> None:
        self.text = text
        self.place = place
        self.folder = folder
        self.line_break = line_break
        self.found: list[Part] = []
        self.runs: list[tuple[int, Run]] = []
        self.ticks: dict[int, list[int]] | None = None
        """Length -> where runs of backticks of that length begin."""

    def parts(self) -> list[Part]:
        """The parts, with faults among them."""
        last = marks = 0
        text = self.text
        while token := next_token(text, last):
            if token.start() > last:
                self.found.append(TextRun(text[last : token.start()]))
            last = token.end()
            marks += 1
            if marks > MOST_MARKS:
                return [ProseFault(_MARKS, self.place(0))]
            last = self._token(token) or last
        if last < len(text):
            self.found.append(TextRun(text[last:]))
        if self.runs:
            resolve([run for _, run in self.runs])
            for index, run in self.runs:
                self.found[index] = _emphasised(run)
        return self.found

    def _token(self, token: re.Match[str]) -> int | None:
        """Add the parts of a token; returns where to go on if that is not behind it."""
        found, start = token.group(), token.start()
        kind = kind_of(token)
        if kind is Kind.TICKS:
            return self._code(token)
        if kind is Kind.RUN:
            before = self.text[start - 1] if start else " "
            run = Run(found[0], len(found), before, self.text[token.end() : token.end() + 1] or " ", len(self.runs))
            self.runs.append((len(self.found), run))
            self.found.append(TextRun(""))
        elif kind is Kind.LINK:
            self._link(token["label"], token["target"], start)
        elif kind in {Kind.CITE, Kind.DATA}:
            self.found += _named(kind, token, self.place(start))
        elif kind is Kind.BREAK:
            self.found.append(Mark(self.line_break))
        elif kind is Kind.ADDRESS:
            self._address(token)
        elif message := self._message(kind, token):
            self.found.append(ProseFault(message, self.place(start)))
        else:
            self.found.append(TextRun(_safe(kind, found)))
        return None

    def _message(self, kind: Kind, token: re.Match[str]) -> str | None:
        """What is wrong with a token; None if it is text."""
        if kind is Kind.STRAY:
            return _STRAY.format(found=token.group())
        if kind is Kind.HTML:
            return (_COMMENT if token.group().startswith("<!--") else _HTML).format(found=token.group())
        if kind is Kind.ENTITY and _is_control(token["name"]):
            return _CONTROL.format(found=token.group())
        if kind is Kind.DEFINITION and "[^" in token.group():
            return _FOOTNOTE
        return _FAULTS.get(kind)

    def _code(self, opening: re.Match[str]) -> int | None:
        """Add the code between two runs of backticks; returns its end. A run without a partner is text."""
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.text):
                self.ticks.setdefault(len(run.group()), []).append(run.start())
        count = len(opening.group())
        same = self.ticks.get(count, [])
        place = bisect_right(same, opening.start())
        if place == len(same):
            self.found.append(TextRun("&#96;" * count))
            return None
        inner = self.text[opening.end() : same[place]].replace("\n", " ")
        if inner.startswith(" ") and inner.endswith(" ") and inner.strip(" "):
            inner = inner[1:-1]
        self.found += (Mark("<code>"), TextRun(as_code(inner)), Mark("</code>"))
        return same[place] + count

    def _address(self, token: re.Match[str]) -> None:
        shown = token["url"] or token["mail"]
        target = token["url"] or f"mailto:{token['mail']}"
        label = "".join(_safe(Kind.UNSAFE, char) if char in "<{\\|&[]*_`" else char for char in shown)
        offset = self.place(token.start())
        if _OUTSIDE.fullmatch(target):
            self.found.append(Link(label, None, None, target, offset, shown))
        else:
            self.found.append(ProseFault(_TARGET.format(target=target), offset))

    def _link(self, label: str, target: str, start: int) -> None:
        inner = _Inline(label.replace("\n", " "), lambda index: self.place(start + 1 + index), self.folder, " ")
        within = inner.parts()
        if faults := [part for part in within if isinstance(part, ProseFault)]:
            self.found += faults
        else:
            self.found.append(_labelled(within, target, self.folder, self.place(start)))


def _named(kind: Kind, token: re.Match[str], offset: int) -> Iterable[Part]:
    """The citations, or the data, that stand between brackets."""
    return _mentions(token["cited"], offset) if kind is Kind.CITE else (_data(token["asked"], offset),)


def _data(asked: str, offset: int) -> Part:
    """A value; a block within a line is a fault."""
    if asked.startswith(VALUE):
        return DataMark(asked, offset)
    return ProseFault(_WITHIN.format(asked=asked), offset)


def _labelled(label: Sequence[Part], target: str, folder: str, offset: int) -> Part:
    """A link with the parts of its label; a backtick there may belong to code that goes on behind the link."""
    texts = [part for part in label if isinstance(part, TextRun | Mark)]
    words = "".join(part.text for part in texts if isinstance(part, TextRun))
    if "&#96;" in words or len(texts) < len(label):
        return ProseFault(_FAULTS[Kind.BROKEN], offset)
    return _lead("".join(part.text for part in texts), words, target, folder, offset)


def _emphasised(run: Run) -> Part:
    return Mark(run.shown()) if run.left < run.length else TextRun(run.shown())


def _safe(kind: Kind, found: str) -> str:
    """The Markdown that shows a token as it is."""
    char = found[-1]
    if kind is Kind.ESCAPE:
        return found if char in _KEPT else char if char in _BARE else _entity(char)
    if kind is Kind.ENTITY:
        return found if found[1] == "#" or found[1:] in html5 else f"&amp;{found[1:]}"
    if found[0] == "\\":  # the spaces between a backslash and the end of its line keep no line break
        return _entity("\\") + "\n" * found.endswith("\n")
    return found[:-1] + _entity(char)


def _entity(char: str) -> str:
    return _ENTITIES.get(char) or f"&#{ord(char)};"


def _is_control(name: str) -> bool:
    """Whether a numeric reference names a character that is none, or is not seen."""
    if not name.startswith("#"):
        return False
    number = int(name[1:]) if name[1:].isdecimal() else int(f"0{name[1:]}", 0)
    if 0x200B <= number <= 0x200D:  # joiners, which some scripts need
        return False
    return not 0 < number <= 0x10FFFF or hidden(chr(number)) is not None


_ENTITIES = {"<": "&lt;", "&": "&amp;"}
"""Characters whose entities have names -> the entity."""


def as_code(text: str) -> str:
    """Every character of a text as itself."""
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


def _lead(label: str, words: str, target: str, folder: str, offset: int) -> Part:
    if _OUTSIDE.fullmatch(target):
        return Link(label, None, None, target, offset, words)
    match = _INSIDE.fullmatch(unicodedata.normalize("NFC", unquote(target)))
    if match is None or not target or target.startswith("/"):
        return ProseFault(_TARGET.format(target=target), offset, target)
    if not match["path"]:
        return Link(label, "", match["fragment"], None, offset, words)
    path = posixpath.normpath(posixpath.join(folder, match["path"]))
    if path.startswith(".."):
        return ProseFault(
            f"links to '{target}', outside the dossier; expected a path such as ../people/name.md", offset, target
        )
    return Link(label, path, match["fragment"], None, offset, words)


_FOOTNOTE = "is the text of a footnote, and there are none; expected citations; write [@source-id] where it is called, and delete it here"
_WITHIN = (
    "'[[{asked}]]' stands within a sentence, a list, a table or a heading; expected a block on a line of its own, with an "
    "empty line above and below it; move it, or write \\[ where the marks are meant"
)
_FAULTS = {
    Kind.OPEN: "double brackets that name data do not close on their line; expected ]] behind the last word; "
    "write it, or \\[ where the marks are meant",
    Kind.DEFINITION: "defines a link apart from its text; expected [text](target); write the link where it is used",
    Kind.IMAGE: "holds an image; expected a link, or a block that names data, as in [[map folder/id]] on a line of its own; write that",
    Kind.BROKEN: "holds a link that cannot be read; expected [text](target) without brackets inside; write ( as %28",
}
"""Kind of token -> message about a construct that prose must not contain."""
_TARGET = "links to '{target}'; expected http://, https://, mailto: or a relative path such as ../people/name.md"
_STRAY = "'{found}' is no citation; expected [@source-id]; close it so, or write \\@ where an at sign is meant"
_HTML = "'{found}' is HTML, which other programs would not show; expected Markdown; write ** for bold, * for italics, or \\< where the mark is meant"
_COMMENT = (
    "'{found}' begins a comment, which readers of this page would see; expected words for readers; "
    "delete it, or put it behind # between the fields"
)
_CONTROL = "'{found}' is an invisible character or none; expected one that readers see; delete it"
_MARKS = f"this paragraph holds more than {MOST_MARKS} marks of Markdown; expected words; split it, or delete what no reader needs"
