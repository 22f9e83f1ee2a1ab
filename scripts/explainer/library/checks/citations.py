"""The rule that figures and dates in prose carry a citation."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from explainer.base.problems import Problem
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord
from explainer.library.mentions import prose_problem
from explainer.library.sentences import NUMBER
from explainer.reading.prose import paragraphs
from explainer.records.record import Story

_SYMBOL = re.compile(
    r"\b(?:[A-Z][A-Z0-9.]*(?:/[A-Z0-9.]+)*/)?\d+/(?:[A-Z]+\.)?\d+(?:/\d+)*\b|\b[A-Z]+(?:/[A-Z0-9.]+)+\b"
)
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s")
_CODE_WITH_DIGIT = re.compile(r"\b[A-Za-z]+-?\d[\w/-]*\b")
_SHOWN = re.compile(r"https?://\S+")
"""A bare address, which is the business of another rule and states nothing."""
_WORD = re.compile(r"\w+|[^\w\s]")


def story_paragraphs_cite(library: Library, pages: Pages) -> Iterator[Problem]:
    """A paragraph of a story, or a summary, that states a figure or a date holds a citation."""
    names_for = names_beside(library)
    for entry in library.entries.values():
        record, names = entry.record, names_for(entry)
        if not isinstance(record, Story) or not any(states_a_figure(text, names) for text in entry.mentions.uncited):
            continue
        for field, text in (("summary", record.summary), ("body", record.body)):
            for paragraph in paragraphs(text) if text else ():
                if paragraph.cites or not _states(paragraph.text, names):
                    continue
                message = (
                    "this paragraph states figures or dates but cites nothing; expected a source; add [@source-id]"
                )
                yield prose_problem(entry.document, (field,), paragraph.offset, message)


def _states(text: str, names: Mapping[str, list[str]]) -> bool:
    """Whether a paragraph states a figure, and holds no footnote, of which another rule tells."""
    return "[^" not in text and states_a_figure(_SHOWN.sub(" ", text), names)


def names_beside(library: Library) -> Callable[[LoadedRecord], Mapping[str, list[str]]]:
    """Record -> the names in its prose that state no figure.

    A name may not be known where a record or the settings have faults: in the prose of other records, every number that
    stands in the same file may be part of it.
    """
    names = names_with_digits(library)
    if not library.gaps.words:
        return lambda _: names
    unsure = names_with_digits(library, filter(NUMBER.search, library.gaps.words))
    return lambda entry: names if entry.record.key in library.gaps.faulty else unsure


def names_with_digits(library: Library, more: Iterable[str] = ()) -> Mapping[str, list[str]]:
    """First word -> names of records that contain digits, longest first, such as "Section 3": they state no figure."""
    found: set[str] = {*library.dossier.uncited, *more}
    for entry in library.entries.values():
        if entry.record.KIND != "source":
            found.update(entry.mentions.names)
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(found, key=len, reverse=True):
        if first := _WORD.match(name):
            names[first.group()].append(name)
    return names


def without_names(text: str, names: Mapping[str, list[str]]) -> str:
    """Remove every name from a text; a name matches whole words only."""
    kept: list[str] = []
    after = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < after or _in_a_word(text[start - 1 : start]):
            continue
        for name in names.get(word.group(), ()):
            end = start + len(name)
            if text.startswith(name, start) and not _in_a_word(text[end : end + 1]):
                kept.append(text[after:start])
                after = end
                break
    return " ".join([*kept, text[after:]])


def _in_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def states_a_figure(text: str, names: Mapping[str, list[str]]) -> bool:
    """Whether a text holds a number that is neither part of a name nor the mark of a list."""
    if not NUMBER.search(text):
        return False
    bare = without_names(_LIST_MARK.sub("", text), names)
    bare = _CODE_WITH_DIGIT.sub(" ", _SYMBOL.sub(" ", bare))
    return bool(NUMBER.search(bare))
