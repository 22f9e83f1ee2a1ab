"""The page of claims: each text that is fact-checked, with the verdicts and sums."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.kinds.claim import Claim, Verdict
from explainer.kinds.source import Source
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.totals import Total, totals
from explainer.pages.common import index, section
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim, with the sums that check it."""

    record: Claim
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text, its claims in the order of its paragraphs, and the number of claims per verdict."""

    source: Source
    claims: tuple[CheckedClaim, ...]
    verdicts: tuple[tuple[Verdict, int], ...]


@dataclass(frozen=True, slots=True)
class ClaimIndex:
    """Template data of the page of claims."""

    texts: tuple[CheckedText, ...]


def _claims(library: Library) -> ClaimIndex:
    by_source: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in library.all(Claim):
        by_source[claim.source].append(claim)
    every = totals(library)
    texts = []
    for source, claims in sorted(by_source.items()):
        ordered = sorted(claims, key=lambda item: (item.paragraph, library.document(item).line))
        checked = [
            CheckedClaim(item, tuple(total for total in every if total.sum.claim == item.id)) for item in ordered
        ]
        counted = [(verdict, sum(item.verdict is verdict for item in claims)) for verdict in Verdict]
        texts.append(
            CheckedText(library.get(Source, source), tuple(checked), tuple(pair for pair in counted if pair[1]))
        )
    return ClaimIndex(tuple(texts))


def _page(library: Library) -> Page:
    return section(library, "claim", _claims(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of claims."""
    yield index(library, addresses.section(Claim), partial(_page, library))
