"""Remarks on single statements: a sentence without the citation that those beside it have, a number that no figure has."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem
from explainer.kinds.measure import Measure
from explainer.library.checks import by_record
from explainer.library.checks.citations import names_beside, states_a_figure
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.library.loaded_record import Key, LoadedRecord
from explainer.library.mentions import prose_problem
from explainer.library.sentences import SENTENCE, uncited_sentences
from explainer.reading.prose import CitationMark, parse
from explainer.records.record import Story
from explainer.records.sourced import Figure
from explainer.records.traits import WithFigures


def sentences_cite(library: Library, pages: Pages) -> Iterator[Problem]:
    """A sentence of a story that states a figure or a date cites, if another one of its paragraph does.

    One whose numbers all stand in links or in cited sentences of the paragraph rests on those; one in which the editors
    speak of their own work rests on nothing.
    """
    names_for = names_beside(library)
    for entry in library.entries.values():
        names = names_for(entry)
        if not any(states_a_figure(said, names) for said in entry.mentions.sentences):
            continue
        body = entry.record.body if isinstance(entry.record, Story) else None
        for offset, said in uncited_sentences(body or ""):
            if states_a_figure(said, names):
                message = (
                    "this sentence states figures or dates but cites nothing, beside others that do; "
                    "expected a source; add [@source-id] behind it"
                )
                yield prose_problem(entry.document, ("body",), offset, message).as_remark()


@dataclass(frozen=True, slots=True)
class _Said:
    """A number beside the words of a measure."""

    value: Decimal
    measures: frozenset[str]
    offset: int
    sources: frozenset[str]
    """The sources that its sentence cites."""


def numbers_are_those_of_figures(library: Library, pages: Pages) -> Iterator[Problem]:
    """A number beside the words of a measure is that of a figure of the record, or of a record to which it leads.

    In a summary every other number is named. In a story only one that is larger than every figure, so that it can be no part
    of one, in a sentence that cites a source of such a figure.
    """
    if _measured(library) is not None:
        every = (entry for entry in library.entries.values() if isinstance(entry.record, Story))
        yield from by_record.found(library, every, _strange_numbers)


def _strange_numbers(library: Library, entry: LoadedRecord) -> Iterator[Problem]:
    """The remarks on the numbers in the prose of one record."""
    measured, record = _measured(library), entry.record
    if measured is None or not isinstance(record, Story) or library.gaps.touch(*_near(library, entry)):
        return
    for field, text in (("summary", record.summary), ("body", record.body)):
        for said in _numbers(text or "", measured):
            if message := _differs(library, entry, said, story=field == "body"):
                yield prose_problem(entry.document, (field,), said.offset, message).as_remark()


class _Measured(NamedTuple):
    """How numbers of measures are found in prose."""

    pattern: re.Pattern[str]
    measures: Mapping[str, frozenset[str]]
    """What stands behind a number -> the measures that are said so."""


def _measured(library: Library) -> _Measured | None:
    """How numbers are found, once for all records; None if there is no measure."""
    return library.shared.get("words of measures", partial(_pattern, library))


def _pattern(library: Library) -> _Measured | None:
    measures = _words(library)
    if not measures:
        return None
    words = "|".join(map(re.escape, measures))
    return _Measured(re.compile(rf"(?<![\w.,/–-])(\d+(?:,\d{{3}})*)\s+({words})\b", re.IGNORECASE), measures)


def _words(library: Library) -> dict[str, frozenset[str]]:
    """What stands behind a number -> the measures that are said so, the longest words first."""
    found: dict[str, set[str]] = {}
    for measure in library.all(Measure):
        said = {words for forms in measure.says.values() for words in forms.values()} | {measure.name}
        for words in said if not measure.counts.measured else ():
            found.setdefault(words.casefold(), set()).add(measure.id)
    return {words: frozenset(found[words]) for words in sorted(found, key=len, reverse=True)}


def _numbers(text: str, measured: _Measured) -> Iterator[_Said]:
    for found in measured.pattern.finditer(text):
        sentence = next((each for each in SENTENCE.finditer(text) if each.start() <= found.start() < each.end()), None)
        cites = (
            {part.source for part in parse(sentence["said"], "") if isinstance(part, CitationMark)} if sentence else ()
        )
        value = Decimal(found[1].replace(",", ""))
        yield _Said(value, measured.measures[found[2].casefold()], found.start(), frozenset(cites))


def _differs(library: Library, entry: LoadedRecord, said: _Said, *, story: bool) -> str | None:
    """Message if no figure has the number, though there are figures that count the same."""
    every = [figure for key in _near(library, entry) for figure in _figures(library.entries.get(key))]
    counted = _figures(entry) if isinstance(entry.record, WithFigures) else every
    same = [figure for figure in counted if figure.measure in said.measures]
    if not same or _is_known(said, every) or (story and not _is_beyond(said, same)):
        return None
    return _no_figure(said, same)


def _is_known(said: _Said, figures: Iterable[Figure]) -> bool:
    return any(said.value in {figure.value, figure.high} for figure in figures)


def _no_figure(said: _Said, same: Sequence[Figure]) -> str:
    numbers = ", ".join(str(value) for value in sorted({figure.value for figure in same})[:3])
    return (
        f"{said.value} is no figure of '{same[0].measure}' here; expected {numbers}, "
        "as in the figures; correct one of them, or say what else is counted"
    )


def _is_beyond(said: _Said, same: Iterable[Figure]) -> bool:
    """Whether a number is larger than every figure of the same measure, in a sentence that cites a source of one."""
    every = tuple(same)
    sources = {cite.source for figure in every for cite in figure.cite}
    largest = max(figure.high or figure.value for figure in every)
    return said.value > largest and not said.sources.isdisjoint(sources)


def _near(library: Library, entry: LoadedRecord) -> Iterator[Key]:
    """The record itself, and those that it names or links to."""
    yield entry.record.key
    yield from dict.fromkeys(mention.target for mention in entry.mentions.named)
    for page, _ in entry.mentions.links:
        folder, _, name = page.removesuffix(".md").partition("/")
        if model := library.kinds.sections.get(folder):
            yield model.KIND, name


def _figures(entry: LoadedRecord | None) -> tuple[Figure, ...]:
    return entry.record.figures if entry is not None and isinstance(entry.record, WithFigures) else ()
