"""Rules about prose that would be shown as it is written, though more is meant by it: addresses, ids of sources, footnotes, markup."""

import re
from collections.abc import Callable, Container, Iterator

from explainer.base.problems import Problem
from explainer.kinds.source import Source
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.library.mentions import prose_problem
from explainer.reading.prose import masked
from explainer.records.model import HoldsProse
from explainer.records.references import marked

_MAY_HOLD = re.compile(r"@|://|\{\{|\{%|\[|<|```|~~~")
_BARE_ID = re.compile(
    r"(?<![\w@\\/.(\[])(?:\[\s)?@(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\]?|\[(?P<plain>[a-z0-9]+(?:-[a-z0-9]+)+)\](?![(\[:])"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_ADDRESS = re.compile(r"(?<![\w(<\[\"'])https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?]")
_PLACED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_FENCE = re.compile(
    r"^[ ]{0,3}(?:`{3,}|~{3,})[ ]*(?:vega|vega-lite|mermaid|chart|plot|plotly|dot|graphviz)\b", re.MULTILINE
)


def prose_means_what_it_shows(library: Library, pages: Pages) -> Iterator[Problem]:
    """Prose holds no id of a source beside a citation, no footnote, no bare address, and no markup that places a picture."""
    sources = {source.id for source in library.all(Source)}
    for entry in library.entries.values():
        for item in marked(entry.record):
            if not isinstance(item.marker, HoldsProse) or not _MAY_HOLD.search(item.value):
                continue
            for offset, message, remark in _faults(item.value, sources, story=item.marker.story):
                found = prose_problem(entry.document, item.loc, offset, message)
                yield Problem(found.path, found.line, found.column, found.message, remark=remark)


def _faults(text: str, sources: Container[str], *, story: bool) -> Iterator[tuple[int, str, bool]]:
    """Offset and message of each fault, and whether it is only a remark."""
    bare = masked(text)
    for found in _BARE_ID.finditer(bare):
        ident = found["id"] or found["plain"]
        if ident in sources:
            said = found.group().strip()
            yield found.start(), f"'{said}' would be shown as it stands; expected a citation; write [@{ident}]", False
    for found in _FOOTNOTE.finditer(bare):
        yield (
            found.start(),
            f"'{found.group()}' is a footnote, which would be shown as it stands; expected a citation; write [@source-id]",
            False,
        )
    for pattern, told in _REMARKED if story else ():
        for found in pattern.finditer(text if pattern is _FENCE else bare):
            yield found.start(), told(found.group().strip()), True


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
            f"'{said[:60]}' is shown as it stands; expected text, since charts and pictures come from records by themselves; delete it"
        ),
    ),
    (
        _FENCE,
        lambda said: (
            f"'{said}' begins a block of code, and no chart; expected text, since charts come from records by themselves; delete it"
        ),
    ),
)
"""Pattern of what is shown as it stands -> the remark about it."""
