"""Helpers shared by charts of several pages: names, words and the minimum of data worth a chart."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from explainer.base.language import Language
from explainer.figures.graphic import Map
from explainer.figures.world import has_unsettled
from explainer.kinds.country import Country
from explainer.library import addresses
from explainer.library.library import Library
from explainer.records.record import Record

FEWEST = 3
"""Minimum number of points for a chart."""
MOST_NAMED = 3
"""Maximum number of names in a sentence."""
TITLE = 10
"""Number of words that a title has at most where it can name fewer: as many as are read at a glance."""


def language_in(library: Library) -> Language:
    """The language of the dossier."""
    return library.words


def country_names(library: Library) -> dict[str, str]:
    """Country code -> name."""
    return library.shared.get(
        "names of countries", lambda: {country.id: country.name for country in library.all(Country)}
    )


def way_to(page: str, record: Record) -> str:
    """The address of a record's page from another page of the site, as a drawing links it; empty if that is the same."""
    there = addresses.page(record)
    if there is None or there == page:
        return ""
    return addresses.hosted_way(page, there)


def some_names(words: Language, names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Some names, the first of them only if there are many, with how many more there are."""
    named = words("joint.comma").join(names[:most])
    left = len(names) - most
    return words("graphic.and-more").format(labels=named, n=words.number(left)) if left > 0 else named


def words_in(title: str) -> int:
    """The number of words of a title; a sign between spaces is none, and a space that does not break, as in a number, ends none."""
    return sum(any(map(str.isalnum, part)) for part in title.split(" "))


def naming(words: Language, names: Sequence[str], write: Callable[[str], str]) -> str:
    """The title that `write` makes of some names: of as many as leave it short, or the shortest."""
    titles = [write(some_names(words, names, most)) for most in range(MOST_NAMED, 0, -1)]
    return next((title for title in titles if words_in(title) <= TITLE), min(titles, key=words_in))


def notes_of_map(words: Language, drawing: Map) -> tuple[str, ...]:
    """What a reader must know of the lines on a map."""
    return (words("graphic.unsettled"),) if has_unsettled(drawing) else ()


def span(words: Language, low: int, high: int) -> str:
    """A range of whole numbers in words; a single number if both ends are the same."""
    if low == high:
        return words.number(low)
    return words("joint.range").format(low=words.number(low), high=words.number(high))


def axis_label(words: Language, value: float) -> str:
    """The label of a tick on an axis."""
    return words.rounded(int(value)) if float(value).is_integer() else words.number(Decimal(f"{value:g}"))
