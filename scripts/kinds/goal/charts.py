"""The matrix of goals and the global goals that they serve."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from explainer.base.language import Language
from explainer.figures.graphic import Graphic, Key, Matrix, Table
from explainer.library.library import Library
from explainer.pages.charts.basics import FEWEST, language_in
from explainer.records.sourced import Basis

from ..sdg.model import Sdg
from .model import Goal, SdgLink


def goals_and_sdgs(library: Library) -> Iterator[Graphic]:
    """A matrix: which goal serves which global goal, directly or indirectly, and according to whom."""
    words = language_in(library)
    links = [(goal, link) for goal in library.all(Goal) for link in goal.sdgs]
    if len(links) < FEWEST:
        return
    marks = _marks(words, links)
    drawing = _matrix(library, words, marks)
    official = sum(link.basis is Basis.OFFICIAL for _, link in links)
    used = {name: Key(name, key.label) for cell in marks.values() for name, key in cell.items()}
    yield Graphic(
        id="goals-and-sdgs",
        title=words("graphic.goals.says").format(n=len(links), official=official),
        says=words("graphic.goals.title").format(goals=len(drawing.columns), sdgs=len(drawing.rows)),
        drawing=drawing,
        table=_table(library, words, links),
        kinds=(Goal.KIND,),
        records=len(drawing.columns),
        legend=_in_order(used),
    )


_Marks = Mapping[tuple[str, str], Mapping[str, Key]]
"""Global goal and goal -> swatch -> its mark in the cell where they meet."""


def _matrix(library: Library, words: Language, marks: _Marks) -> Matrix:
    """The global goals that are served, against the goals that serve them."""
    served, serving = ({place[side] for place in marks} for side in (0, 1))
    return Matrix(
        tuple(sdg for sdg in library.all(Sdg) if sdg.id in served),
        tuple(goal for goal in library.all(Goal) if goal.id in serving),
        words("graphic.goals.corner"),
        {place: _in_order(cell) for place, cell in marks.items()},
    )


def _marks(words: Language, links: Iterable[tuple[Goal, SdgLink]]) -> _Marks:
    """The marks of every cell in which a goal and a global goal meet."""
    marks: defaultdict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
    for goal, link in links:
        mark = _mark_of(link)
        marks[link.sdg, goal.id].setdefault(mark, Key(mark, _said(words, link)))
    return marks


def _in_order(marks: Mapping[str, Key]) -> tuple[Key, ...]:
    """Marks in the order of the legend."""
    return tuple(marks[name] for name in sorted(marks, reverse=True))


def _table(library: Library, words: Language, links: Iterable[tuple[Goal, SdgLink]]) -> Table:
    """A row for each link, by goal and global goal."""
    ordered = sorted(links, key=lambda item: (item[0].number, int(item[1].sdg)))
    rows = (
        (
            goal,
            library.get(Sdg, link.sdg),
            words("joint.comma").join(link.targets),
            str(link.link) if link.link else None,
            str(link.basis),
            words("yes") if link.all_goals else words("no"),
        )
        for goal, link in ordered
    )
    return Table(("goal", "sdg", "targets", "link", "basis", "all-goals"), tuple(rows))


def _mark_of(link: SdgLink) -> str:
    return f"{link.basis}-{link.link}" if link.link else str(link.basis)


def _said(words: Language, link: SdgLink) -> str:
    basis = words("basis", link.basis)
    return words("joint.comma").join([words("directness", link.link), basis]) if link.link else basis
