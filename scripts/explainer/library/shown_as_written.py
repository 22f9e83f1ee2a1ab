"""What stands in prose and would be shown as it is written, though more is meant by it: addresses, ids, footnotes, markup."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from explainer.reading.prose import masked

_MAY_HOLD = re.compile(r"@|://|\{[{%]|\{[ ]?#|\[|<|```|~~|!!!|\?\?\?")
_BARE_ID = re.compile(
    r"(?<![\w@\\/.(\[])(?:\[\s)?@(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\]?|\[(?P<plain>[a-z0-9]+(?:-[a-z0-9]+)+)\](?![(\[:])"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_ADDRESS = re.compile(r"(?<![\w(<\[\"'])https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?]")
_PLACED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_FENCE = re.compile(
    r"^[ ]{0,3}(?:`{3,}|~{3,})[ ]*(?:vega|vega-lite|mermaid|chart|plot|plotly|dot|graphviz)\b", re.MULTILINE
)


_HALF = re.compile(r"^\[\[[a-z](?:(?!\]\])[^\n])*$", re.MULTILINE)
"""A block that names data, without the brackets that end it."""
_FOREIGN = re.compile(
    r"^(?:!!!|\?\?\?\+?)[ ]+\w[^\n]*|^\[(?:TOC|toc)\][ ]*$|^[-*+][ ]\[[ xX]\](?=[ ])|(?<=\w)[ ]*\{[ ]?#[\w-]+[ ]?\}[ ]*$|~~(?=\S)[^~\n]+~~",
    re.MULTILINE,
)
"""Marks of other kinds of Markdown: boxes, a table of contents, boxes to tick, an id for a heading, words that are struck out."""


class ShownAsWritten(NamedTuple):
    """A part of a text that a page would show as it is written."""

    offset: int
    message: str
    ident: str = ""
    """The id by which it is a fault, if a source has it; empty where it is one anyway."""
    remark: bool = False
    """Whether it is only a remark."""


def shown_as_written(text: str, *, story: bool) -> Iterator[ShownAsWritten]:
    """Each such part of a text."""
    if not _MAY_HOLD.search(text):
        return
    bare = masked(text)
    for found in _BARE_ID.finditer(bare):
        ident = found["id"] or found["plain"]
        message = f"'{found.group().strip()}' would be shown as it stands; expected a citation; write [@{ident}]"
        yield ShownAsWritten(found.start(), message, ident)
    for found in _FOOTNOTE.finditer(bare):
        message = f"'{found.group()}' is a footnote, which would be shown as it stands; expected a citation; write [@source-id]"
        yield ShownAsWritten(found.start(), message)
    for pattern, told in _REMARKED if story else ():
        for found in pattern.finditer(text if pattern is _FENCE else bare):
            yield ShownAsWritten(found.start(), told(found.group().strip()), remark=True)


_REMARKED: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (
        _ADDRESS,
        lambda said: (
            f"'{said[:60]}' is shown as text that leads nowhere; expected a link or a source; write [words]({said[:60]}), or record the source and cite it"
        ),
    ),
    (
        _PLACED,
        lambda said: (
            f"'{said[:60]}' is shown as it stands; expected a block that names data; write it as [[figure folder/id measure]], on a line of its own"
        ),
    ),
    (
        _HALF,
        lambda said: (
            f"'{said[:60]}' begins a block that nothing ends, and is shown as it stands; expected ]] behind it; add them"
        ),
    ),
    (
        _FOREIGN,
        lambda said: (
            f"'{said[:60]}' is no mark here, and is shown as it stands; expected plain Markdown, or a block that names data; "
            "say it in words"
        ),
    ),
    (
        _FENCE,
        lambda said: (
            f"'{said}' begins a block of code, and no chart; expected a block that names data; write it as [[tally id]], on a line of its own"
        ),
    ),
)
"""Pattern of what is shown as it stands -> the remark about it."""
