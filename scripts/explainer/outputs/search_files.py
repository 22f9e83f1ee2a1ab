"""Search texts and the settings of the search as values, with the JSON in which they lie below `docs/`.

`explainer.outputs.search_texts` writes them; `explainer.publish.search` reads them. One line of JSON per text.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, field
from typing import Any, NamedTuple

from explainer.base.dataclass import dataclass
from explainer.library import addresses

FOLDER = f"{addresses.SEARCH}/.texts"
"""Folder of the search texts, relative to `docs/`."""
WORDS = "words.json"
"""File in FOLDER with the settings of the search: language, interface texts, kinds, facets and sections."""
OVERVIEW = "overview"
"""Kind of pages that do not belong to a single record."""
GUIDE = "guide"
"""Kind of those among them that are for whoever edits the dossier, and say nothing of its subject."""
PART = "#"
"""Before the anchor of a numbered part of a text, in what its record says."""
_GUIDES = frozenset({addresses.CONTRIBUTING, addresses.FIELDS})
"""Folders with such pages."""
KIND_FACET = "kind"
"""Key of the facet that every text has exactly one value of: the label of its kind."""
YEAR_FACET = "year"
"""Key of the facet of years, which the script offers from the newest to the oldest."""
RESTS_FACET = "rests"
"""Key of the facet of the kinds of source that a text rests on."""


def kind_of_page(path: str) -> str:
    """The kind of a page that does not belong to a single record, by its path below `docs/`."""
    return GUIDE if path.split("/", maxsplit=1)[0] in _GUIDES else OVERVIEW


class Held(NamedTuple):
    """An office that a person held."""

    title: str
    """What it is called."""
    of: str
    """Address of the organisation; empty without a record of it."""
    page: str
    """Address of the record of the office itself; empty without one."""
    start: int
    """The month in which it began, counted from the year 0; 0 where that is not known."""
    end: int
    """The month in which it ended, or the last in which it is known; 0 for whoever holds it today, or without any date."""


class OfFamily(NamedTuple):
    """The place of an edition among those of the same thing."""

    family: str
    """The kind and the name that its editions share."""
    order: str
    """Puts them in their order, the oldest first."""


class RankingText(NamedTuple):
    """A place of a page that says which group has the most of something; what it says is a reply with PART."""

    part: str
    """Its anchor."""
    title: str
    groups: list[str]
    """What one of the groups is called."""
    counts: str
    """What is counted of each."""
    unit: str
    """Its unit; empty where records are counted."""
    of: str
    """What the records are called."""


class Reply(NamedTuple):
    """What a record says itself to a question: a field of it in words, shown above its summary when that is asked."""

    asks: str
    """How is asked: a key of `search.asks` in the catalogue, who, when or many; "open" for a question without an answer; PART
    with the anchor of a part of a text for what that says."""
    says: str
    cite: list[str]
    """Addresses of its sources."""


def _without(other: str, texts: Iterable[str]) -> list[str]:
    """Texts without empty and repeated ones, and without one that stands elsewhere."""
    return [text for text in dict.fromkeys(texts) if text and text != other]


@dataclass(slots=True)
class SearchText:
    """One search result: a record or page with its indexed text."""

    at: str
    """Address on the hosted site, relative to its root, with anchor."""
    kind: str
    title: str
    names: list[str]
    """Other names, symbols, abbreviations and ids."""
    summary: str
    """One-sentence answer, shown with the result."""
    text: list[str]
    """Further text, as a list of passages."""
    facets: dict[str, list[Any]] = field(default_factory=dict)
    users: list[str] = field(default_factory=list)
    """For a source: addresses of the records that cite it."""
    language: str = ""
    """The language of the title, where it is not that of the search."""
    held: list[Held] = field(default_factory=list)
    """The offices of a person."""
    said: list[Reply] = field(default_factory=list)
    """What the record says to questions of who, when and how many."""
    family: OfFamily | None = None
    """Of which family it is an edition."""
    rankings: list[RankingText] = field(default_factory=list)
    """Which groups it ranks, of a page that adds figures up."""
    day: str = ""
    """The day, month or year in which its main date begins, largest unit first; empty without one."""
    asked: list[str] = field(default_factory=list)
    """What people type who look for it and know none of its words."""

    def line(self) -> str:
        """Serialise as one line of JSON, without duplicates and empty values."""
        said = asdict(self) | {
            "names": _without(self.title, self.names),
            "text": _without(self.summary, self.text),
            "facets": {name: values for name, values in self.facets.items() if values},
        }
        rare = {
            name for name in ("asked", "held", "said", "family", "rankings", "day") if not said[name]
        }  # which most texts lack
        kept = {name: value for name, value in said.items() if name not in rare}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of_line(cls, line: str) -> "SearchText":
        """Parse a line that `line` wrote."""
        said = json.loads(line)
        held, answers = [Held(*each) for each in said.get("held", ())], [Reply(*each) for each in said.get("said", ())]
        family = OfFamily(*said["family"]) if "family" in said else None
        rankings = [RankingText(*each) for each in said.get("rankings", ())]
        return cls(**said | {"held": held, "said": answers, "family": family, "rankings": rankings})


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A kind of result."""

    kind: str
    label: str
    weight: float
    """What the score of such a result is multiplied by."""
    asked: float
    """The same where a query has a word that asks for such."""
    index: str
    """Address of the list of all of this kind, relative to the root of the site."""


@dataclass(frozen=True, slots=True)
class SearchFacet:
    """A filter for results."""

    key: str
    label: str
    names: Mapping[str, list[str]] = field(default_factory=dict)
    """Label of a value -> its other names, for values that are records without a page, which no search finds by name."""


@dataclass(frozen=True, slots=True)
class SearchSection:
    """The index of a section, offered where nothing is found."""

    at: str
    """Address on the hosted site, relative to its root."""
    title: str


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """What the search needs besides the texts; the same for all of them."""

    language: str
    words: Mapping[str, Any]
    """Texts of the interface, and the words with a meaning of their own in a query."""
    kinds: tuple[SearchKind, ...]
    facets: tuple[SearchFacet, ...]
    """The facets in the order in which they are shown; the first is KIND_FACET."""
    sections: tuple[SearchSection, ...]
    counted: Mapping[str, str] = field(default_factory=dict)
    """What only one record counts, in words -> the address of that record."""
    most: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What several records count, in words -> its unit, and the addresses of those with the largest numbers, the largest first."""

    def encode(self) -> bytes:
        """Serialise as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def decode(cls, data: bytes) -> "SearchSettings":
        """Parse what `encode` wrote."""
        said = json.loads(data)
        return cls(
            language=said["language"],
            words=said["words"],
            kinds=tuple(SearchKind(**kind) for kind in said["kinds"]),
            facets=tuple(SearchFacet(**facet) for facet in said["facets"]),
            sections=tuple(SearchSection(**section) for section in said["sections"]),
            counted=said["counted"],
            most=said["most"],
        )
