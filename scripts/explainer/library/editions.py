"""Editions of a text: their order in a series, the pairs that are compared, and the versions of a paragraph."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import cast

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.library import addresses
from explainer.library.library import Library, sort_key
from explainer.library.loaded_record import Key
from explainer.records.editions import Editions, Provision

LONG = 20
"""Largest family of which every pair is compared; of a larger one, only neighbours, and the first with the last."""

FIRST = "first"
"""The mark of a paragraph in a first edition, which has no earlier one to differ from."""


@dataclass(frozen=True, slots=True)
class Version:
    """A paragraph in one edition, or that edition's note that it dropped the paragraph."""

    edition: Editions
    provision: Provision

    @property
    def mark(self) -> str:
        """How it changed since the edition before: a value of `Change`, or FIRST if there is no edition before."""
        return str(self.provision.change) if self.edition.reviews else FIRST

    @property
    def group(self) -> str:
        """The key of the group to which the paragraph belongs; only of one that stands in the edition."""
        return self.edition.PARTS.split(str(self.provision.paragraph))[0]


def part_in_words(words: Language, edition: Editions, paragraph: str, form: str = "paragraphs-short") -> str:
    """A part of a text by the words of its kind; `form` is the key of how it is said."""
    group, number = edition.PARTS.split(paragraph)
    return words(f"{edition.KIND}-page.{form}.{group}").format(n=number.upper())


@dataclass(frozen=True, slots=True)
class Series:
    """The editions of one text, oldest first."""

    name: str
    editions: tuple[Editions, ...]


def series(library: Library) -> tuple[Series, ...]:
    """Every series that texts name, sorted by its name."""
    found: defaultdict[tuple[str, str], list[Editions]] = defaultdict(list)
    for text in library.having(Editions):
        if text.series:
            found[text.series, text.KIND].append(text)
    return tuple(
        Series(name, tuple(sorted(editions, key=lambda item: (item.edition or 0, sort_key(item.id)))))
        for (name, _), editions in sorted(found.items())
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two editions of which the newer descends from the older, with all between them, oldest first."""

    editions: tuple[Editions, ...]
    family: str
    """The id of the family's first edition, from which both descend."""

    @property
    def older(self) -> Editions:
        """The older of the two editions."""
        return self.editions[0]

    @property
    def newer(self) -> Editions:
        """The newer of the two editions."""
        return self.editions[-1]

    @property
    def between(self) -> tuple[Editions, ...]:
        """The editions between the two."""
        return self.editions[1:-1]

    @property
    def path(self) -> str:
        """The comparison page, relative to `docs/`."""
        return addresses.comparison(self.older, self.newer)


def pairs(library: Library, *, long: int = LONG) -> tuple[Pair, ...]:
    """Every pair of editions with a comparison page, sorted by the newer edition, then by distance from the nearest.

    Two editions can be compared if `reviews` links one to the other, directly or through others, and the paragraphs of
    all these editions are recorded. A family of n editions has n(n-1)/2 such pairs. If n is more than `long`, only
    neighbours are compared and, for each edition that no other reviews, the first with it: at most 2n pages.
    """
    told = library.shared.plain(f"pairs of editions, {long}", lambda: [_keys(pair) for pair in _pairs(library, long)])
    return tuple(
        Pair(tuple(_edition(library, kind, ident) for ident in idents), family) for kind, family, *idents in told
    )


def _keys(pair: Pair) -> list[str]:
    """The type of the editions of a pair, the id of their family, then their own ids."""
    return [pair.newer.KIND, pair.family, *(edition.ident for edition in pair.editions)]


def _edition(library: Library, kind: str, ident: str) -> Editions:
    """The edition of a type with an id, which is not read for it."""
    return cast("Editions", library.entries[(kind, ident)].record)


def _pairs(library: Library, long: int) -> list[Pair]:
    """The same, from what the texts say of each other."""
    children: defaultdict[Key, list[Editions]] = defaultdict(list)
    for text in library.having(Editions):
        if text.reviews:
            children[text.KIND, text.reviews].append(text)
    roots = [text for text in library.having(Editions) if not text.reviews]
    found = [pair for root in roots for pair in _of_family(root, children, long) if _is_recorded(pair)]
    return sorted(found, key=lambda pair: (sort_key(pair.newer.id), len(pair.editions), sort_key(pair.older.id)))


def _of_family(root: Editions, children: Mapping[Key, list[Editions]], long: int) -> Iterator[Pair]:
    """The pairs in the family of a first edition."""
    before: dict[str, Editions] = {}
    members = [root]
    for member in members:  # the loop appends to the list
        for child in children.get(member.key, ()):
            before[child.id] = member
            members.append(child)
    for member in members[1:]:
        chain = _chain(member, before)
        lengths = [*range(2, len(chain) + 1)]
        if len(members) > long:
            lengths = lengths[:1] if member.key in children else sorted({2, len(chain)})
        yield from (Pair(tuple(reversed(chain[:length])), root.id) for length in lengths)


def _chain(member: Editions, before: Mapping[str, Editions]) -> list[Editions]:
    """An edition and all those before it, the first one last."""
    chain = [member]
    while chain[-1].id in before:
        chain.append(before[chain[-1].id])
    return chain


def _is_recorded(pair: Pair) -> bool:
    return all(edition.provisions for edition in pair.editions)
