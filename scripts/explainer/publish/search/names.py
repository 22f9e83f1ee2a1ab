"""Defines the name list, which the site's own search script loads before it fetches any text, and writes `names.bin`.

The file holds columns instead of one object per record, because that compresses two fifths better. The function
`decoded` of `scripts/theme/assets/search.js` turns them back into records with the names of the fields here.
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, field
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.outputs.search_files import (
    KIND_FACET,
    PART,
    Held,
    SearchFacet,
    SearchKind,
    SearchSection,
    SearchSettings,
    SearchText,
)

ENDS = 12
"""How many of the oldest and of the newest records of a kind are listed as such."""
NAMES = "names.bin"
"""File with the names and facets of all records: JSON, already gzipped, so that the server need not compress it."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter for results, with all values that it can have."""

    key: str
    label: str
    values: tuple[Any, ...]
    """Texts or years, in the order in which they are numbered."""
    names: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Number of a value -> its other names."""


@dataclass(frozen=True, slots=True)
class NameRecord:
    """What the script knows of a record or page; its number is its place in the list."""

    at: str
    """Address on the hosted site, relative to its root, with anchor."""
    title: str
    names: tuple[str, ...]
    """Other names, symbols, abbreviations and ids."""
    kind: int
    """Number of its kind."""
    facets: Mapping[str, tuple[int, ...]]
    """Key of a facet -> numbers of the values that it has, for every facet but KIND_FACET."""
    users: tuple[int, ...]
    """For a source: numbers of the records that cite it, ascending."""
    language: str = ""
    """The language of the title, where it is not that of the search."""
    held: tuple[tuple[str, int, int, int, int], ...] = ()
    """The offices of a person: the title, the numbers of the organisation and of the record of the office (-1 without one),
    the month in which it began, counted from the year 0 (0 where that is not known), and that in which it ended (0 for one that
    is held today)."""
    parts: tuple[str, ...] = ()
    """The anchors of the numbered parts of a text."""


@dataclass(frozen=True, slots=True)
class NameList:
    """The names of all records and pages, and the settings of the search."""

    language: str
    words: Mapping[str, Any]
    kinds: tuple[SearchKind, ...]
    facets: tuple[Facet, ...]
    """The values of KIND_FACET are the labels of `kinds`, in the same order."""
    sections: tuple[SearchSection, ...]
    records: tuple[NameRecord, ...]
    counted: Mapping[str, int] = field(default_factory=dict)
    """What only one record counts, in words -> the number of that record."""
    families: tuple[tuple[int, ...], ...] = ()
    """The editions of each thing that has several, the oldest first."""
    ends: Mapping[str, tuple[Sequence[int], Sequence[int]]] = field(default_factory=dict)
    """Kind -> the oldest and the newest of its records that have a date, the oldest and the newest first."""
    most: Mapping[str, tuple[str, Sequence[int]]] = field(default_factory=dict)
    """What several records count, in words -> its unit, and those with the largest numbers, the largest first."""
    rankings: tuple[tuple[Any, ...], ...] = ()
    """Which page says where what of a group has the most: the number of the page, then the fields of `RankingText`."""


def name_list(settings: SearchSettings, texts: Sequence[SearchText]) -> NameList:
    """Build the name list of some texts."""
    facets = tuple(_facet(settings, facet, texts) for facet in settings.facets)
    kinds = _numbers(kind.kind for kind in settings.kinds)
    values = {facet.key: _numbers(facet.values) for facet in facets if facet.key != KIND_FACET}
    records = _numbers(text.at for text in texts)
    return NameList(
        language=settings.language,
        words=settings.words,
        kinds=settings.kinds,
        facets=facets,
        sections=settings.sections,
        records=tuple(
            NameRecord(
                at=text.at,
                title=text.title,
                names=tuple(text.names),
                kind=kinds[text.kind],
                facets={key: _known(known, text.facets.get(key, ())) for key, known in values.items()},
                # A withdrawn record still cites its sources, and is found by no search.
                users=tuple(sorted(records[user] for user in records.keys() & set(text.users))),
                language=text.language,
                held=tuple(_held(office, records) for office in text.held),
                parts=_parts(text),
            )
            for text in texts
        ),
        counted=_counted(settings, records),
        families=_families(texts),
        ends=_ends(texts),
        most=_most(settings, records),
        rankings=_rankings(texts),
    )


def _rankings(texts: Sequence[SearchText]) -> tuple[tuple[Any, ...], ...]:
    """What pages rank, each with the number of its page."""
    return tuple((number, *each) for number, text in enumerate(texts) for each in text.rankings)


def _parts(text: SearchText) -> tuple[str, ...]:
    """The anchors of the parts of a text."""
    return tuple(said.asks.removeprefix(PART) for said in text.said if said.asks.startswith(PART))


def _ends(texts: Sequence[SearchText]) -> dict[str, tuple[Sequence[int], Sequence[int]]]:
    """The numbers of the oldest and of the newest records of each kind that has several with a date."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, text in enumerate(texts):
        if text.day:
            found.setdefault(text.kind, []).append((text.day, number))
    orders = {kind: [number for _, number in sorted(found[kind])] for kind in sorted(found) if len(found[kind]) > 1}
    return {kind: (order[:ENDS], order[: -ENDS - 1 : -1]) for kind, order in orders.items()}


def _families(texts: Sequence[SearchText]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the editions of each family that has several, the oldest first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, text in enumerate(texts):
        if text.family:
            found.setdefault(text.family.family, []).append((text.family.order, number))
    return tuple(tuple(number for _, number in sorted(found[name])) for name in sorted(found) if len(found[name]) > 1)


def _counted(settings: SearchSettings, records: Mapping[str, int]) -> dict[str, int]:
    """What only one record counts -> the number of that record, of those that a search finds."""
    return {name: records[at] for name, at in settings.counted.items() if at in records}


def _most(settings: SearchSettings, records: Mapping[str, int]) -> dict[str, tuple[str, Sequence[int]]]:
    """What several records count -> its unit and the numbers of those with the largest numbers, of those that a search finds."""
    return {
        name: (each["unit"], [records[at] for at in each["at"] if at in records])
        for name, each in settings.most.items()
    }


def _known(numbers: Mapping[str, int], values: Iterable[str]) -> tuple[int, ...]:
    """The numbers of some values."""
    return tuple(numbers[value] for value in values)


def _held(office: Held, records: Mapping[str, int]) -> tuple[str, int, int, int, int]:
    """An office with the numbers of the records of its body and its own; -1 for none."""
    of, page = (
        records.get(at, -1) if at else -1  # the empty address is that of the home page
        for at in (office.of, office.page)
    )
    return office.title, of, page, office.start, office.end


def _facet(settings: SearchSettings, facet: SearchFacet, texts: Iterable[SearchText]) -> Facet:
    """A facet with the labels of all kinds, or with all values that the texts have, sorted."""
    if facet.key == KIND_FACET:
        return Facet(facet.key, facet.label, tuple(kind.label for kind in settings.kinds))
    values = tuple(sorted({value for text in texts for value in text.facets.get(facet.key, ())}))
    names = {number: facet.names[value] for number, value in enumerate(values) if value in facet.names}
    return Facet(facet.key, facet.label, values, names)


def _numbers(values: Iterable[Any]) -> dict[Any, int]:
    return {value: number for number, value in enumerate(values)}


def encode(names: NameList) -> bytes:
    """Serialise the name list as the content of NAMES."""
    told = {
        "language": names.language,
        "words": names.words,
        "kinds": [
            {"kind": kind.kind, "weight": kind.weight, "asked": kind.asked, "index": kind.index} for kind in names.kinds
        ],
        "facets": [asdict(facet) for facet in names.facets],
        "sections": [asdict(section) for section in names.sections],
        "counted": names.counted,
        "families": names.families,
        "ends": names.ends,
        "most": names.most,
        "rankings": names.rankings,
        "records": _columns(names),
    }
    return gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def _columns(names: NameList) -> dict[str, Any]:
    """Each field of the records as a column; an empty list is 0, and so is a name that the address ends with."""
    records = names.records
    return {
        **{name: [getattr(record, name) for record in records] for name in ("at", "title", "kind")},
        "names": [_short_names(record) for record in records],
        "facets": _facet_columns(names),
        "users": [_steps(record.users) or 0 for record in records],
        "languages": _languages(records),
        "held": {number: record.held for number, record in enumerate(records) if record.held},
        "parts": {number: record.parts for number, record in enumerate(records) if record.parts},
    }


def _languages(records: Iterable[NameRecord]) -> dict[str, list[int]]:
    """Language -> the records whose titles are in it, as steps."""
    found: dict[str, list[int]] = {}
    for number, record in enumerate(records):
        if record.language:
            found.setdefault(record.language, []).append(number)
    return {language: _steps(found[language]) for language in sorted(found)}


def _facet_columns(names: NameList) -> dict[str, list[tuple[int, ...] | int]]:
    keys = (facet.key for facet in names.facets if facet.key != KIND_FACET)
    return {key: [record.facets[key] or 0 for record in names.records] for key in keys}


def _short_names(record: NameRecord) -> list[str | int]:
    ident = last_part(record.at)
    return [0 if name == ident else name for name in record.names]


def last_part(address: str) -> str:
    """Last segment of an address, which for most records is their id."""
    return next((part for part in reversed(re.split("[/#]", address)) if part), "")


def _steps(ordered: Iterable[int]) -> list[int]:
    """Delta-encode ascending numbers: each as the difference to the previous one."""
    found = list(ordered)
    return [number - before for before, number in zip([0, *found], found, strict=False)]
