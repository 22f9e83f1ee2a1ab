"""Which cells of a table name its rows: the first ones, as many as it takes to tell each row from the others."""

from collections.abc import Iterable, Sequence
from itertools import islice

MOST = 3
"""So many cells may name a row; of more a screen reader would say most of the row before each cell."""


def naming(columns: Iterable[Sequence[str]]) -> int:
    """How many first cells name a row: so few that no two rows have the same, and none where that takes more than `MOST`.

    `columns` holds the texts of the first cells of all rows, then of the second, and of no column that must not be a head.
    The very first cell is never empty then; a row in which a later one is empty has fewer heads than the others.
    """
    names: list[tuple[str, ...]] | None = None
    for number, column in enumerate(islice(columns, MOST), start=1):
        names = [(*name, text) for name, text in zip(names or [()] * len(column), column, strict=True)]
        if not all(name[0] for name in names):
            return 0
        whole = [name for name in names if all(name)]
        if whole and len(set(whole)) == len(whole):
            return number
    return 0
