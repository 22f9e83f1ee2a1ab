"""Records as linked data in the vocabulary of schema.org, for the heads of pages; a kind says what its records are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from explainer.base.values import Dates, PartialDate
from explainer.kinds.claim import Claim, Verdict
from explainer.kinds.source import Source
from explainer.library import places
from explainer.library.as_of import as_of
from explainer.library.library import Library
from explainer.reading import prose
from explainer.records.identifiers import same_as
from explainer.records.record import Named, Record
from explainer.records.sourced import DatedFact, Period
from explainer.records.traits import Dated

Node = dict[str, Any]
CONTEXT = "https://schema.org"
_RATED = {Verdict.CONFIRMED, Verdict.CONSISTENT, Verdict.IMPRECISE, Verdict.CONTRADICTED, Verdict.OUTDATED}
"""The verdicts that say how true a claim is; what only its author says, or announces and does not give, is not rated."""


def author(library: Library) -> Node:
    """Who answers for the dossier, by an id that other nodes can name."""
    return {"@type": "Organization", "@id": f"{places.whole(library)}#author", "name": library.dossier.author}


def node(library: Library, record: Record) -> Node | None:
    """What a record is; None for one that no page shows or upholds, a source, which is not ours, and a claim without a rating."""
    address = places.address(library, record)
    unrated = isinstance(record, Claim) and record.verdict not in _RATED
    if address is None or record.is_withdrawn or unrated or isinstance(record, Source):
        return None
    found: Node = {"@type": record.LINKED, "@id": address, "url": address, **_about(library, record)}
    return {name: value for name, value in found.items() if value}


def _about(library: Library, record: Record) -> Node:
    if isinstance(record, Claim):
        return _review(library, record)
    own = _own(record)
    names = [str(name) for name in record.other_names] if isinstance(record, Named) else []
    if alternate := own.pop("alternateName", None):
        names.insert(0, alternate)
    return {
        "name": record.label,
        "alternateName": list(dict.fromkeys(names)),
        "description": prose.plain(record.answer) if record.answer else None,
        **_span(record),
        **own,
        "sameAs": [url for _, url in same_as(record)],
    }


def _own(record: Record) -> Node:
    """The fields that a kind declares to be properties."""
    values = ((name, getattr(record, field)) for field, name in record.LINKED_FIELDS.items())
    return {name: _written(value) for name, value in values if value is not None}


def _written(value: object) -> str:
    """A value as one text: a date to the day on which it begins, as exact as it is known."""
    match value:
        case DatedFact(date=Dates(start=start)) | Period(start=start) | Dates(start=start):
            return str(start)
        case _:
            return str(value)


def _span(record: Record) -> Mapping[str, str]:
    """When an event took place; an end that is not known is left out."""
    if record.LINKED != "Event" or not isinstance(record, Dated) or record.when is None:
        return {}
    ends: Mapping[str, PartialDate] = {"startDate": record.when.start, "endDate": record.when.end}
    return {name: str(day) for name, day in ends.items()}


def _review(library: Library, claim: Claim) -> Node:
    """A claim with what became of it."""
    source = library.get(Source, claim.source)
    return {
        "claimReviewed": prose.plain(claim.says),
        "reviewRating": {"@type": "Rating", "alternateName": library.words("verdict", claim.verdict)},
        "author": {"@id": author(library)["@id"]},
        "dateModified": str(as_of(library, [claim])),
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Organization", "name": source.publisher},
            **({"datePublished": str(source.published)} if source.published else {}),
            "appearance": {"@type": "CreativeWork", "url": source.url},
        },
    }


def nodes(library: Library, records: Iterable[Record]) -> Iterator[Node]:
    """What each record is."""
    yield from (found for record in records if (found := node(library, record)))
