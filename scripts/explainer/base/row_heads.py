"""Which cells of a table name its rows: the first ones, as many as it takes, or those of the column whose words tell rows apart."""

from collections.abc import Callable, Sequence

MOST = 3
"""So many cells may name a row; of more a screen reader would say most of the row before each cell."""
ENOUGH = 0.9
"""A column is as good as the one that tells the most rows apart if it tells such a share of them apart: the first one is taken."""
LEAST = 0.25
"""A column that tells no larger share of the rows apart names none; in a list by groups, one thing may stand under several."""
BRIEF = 60
"""Letters of a name, in the mean of a column: what is longer describes."""

Column = Callable[[int], Sequence[str]]
"""Place of a column -> its texts, row by row."""


def naming(number: int, column: Column) -> range:
    """The places of the cells that name a row, in a table of a number of columns.

    The first cells name it, but not the last one unless it is the only one: so few that no two rows have the same. The
    very first is never empty then; a row in which a later one is empty has fewer heads than the others. Where that takes
    more than `MOST`, as in a list by groups or of people who held an office twice, one column names it, any of them.
    """
    return range(_first(number, column)) or _telling(number, column)


def _first(number: int, column: Column) -> int:
    """How many first cells name a row; none if none do."""
    names: list[tuple[str, ...]] | None = None
    for place in range(min(MOST, max(number - 1, min(1, number)))):
        texts = column(place)
        names = [(*name, text) for name, text in zip(names or [()] * len(texts), texts, strict=True)]
        if not all(name[0] for name in names):
            return 0
        whole = [name for name in names if all(name)]
        if whole and len(set(whole)) == len(whole):
            return place + 1
    return 0


def _telling(number: int, column: Column) -> range:
    """The place of the column of words that tells rows apart, the first of those that do so about as well."""
    told: dict[int, float] = {}
    for place in range(number):
        texts = column(place)
        if texts and _are_names(texts):
            told[place] = len(set(texts)) / len(texts)
    best = max(told.values(), default=0)
    if best <= LEAST:
        return range(0)
    place = next(place for place, share in told.items() if share >= ENOUGH * best)
    return range(place, place + 1)


def _are_names(texts: Sequence[str]) -> bool:
    """Whether texts can be names: brief, not all the same, and words rather than numbers or dates, which begin with a digit as few names do."""
    numbers = sum(text[:1].isdecimal() for text in texts)
    return (
        all(texts) and len(set(texts)) > 1 and 2 * numbers < len(texts) and sum(map(len, texts)) <= BRIEF * len(texts)
    )
