"""The matrix of goals and the global goals that they serve."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

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
    goals, sdgs = {goal.id for goal, _ in links}, {link.sdg for _, link in links}
    matrix = _matrix(library, links, words)
    used = {key.swatch: key for cell in matrix.marks.values() for key in cell}
    yield Graphic(
        id="goals-and-sdgs",
        title=words("graphic.goals.title"),
        says=words("graphic.goals.says").format(
            n=len(links),
            goals=len(goals),
            sdgs=len(sdgs),
            official=sum(link.basis is Basis.OFFICIAL for _, link in links),
        ),
        drawing=matrix,
        table=_table(library, links, words),
        kinds=(Goal.KIND,),
        records=len(goals),
        legend=tuple(used[name] for name in sorted(used, reverse=True)),
    )


def _matrix(library: Library, links: Sequence[tuple[Goal, SdgLink]], words: Language) -> Matrix:
    marks: defaultdict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
    for goal, link in links:
        key = Key(_mark_of(link), _said(words, link))
        marks[link.sdg, goal.id].setdefault(key.swatch, key)
    served = {link.sdg for _, link in links}
    return Matrix(
        tuple(sdg for sdg in library.all(Sdg) if sdg.id in served),
        tuple(goal for goal in library.all(Goal) if goal.sdgs),
        words("graphic.goals.corner"),
        {place: tuple(cell[name] for name in sorted(cell, reverse=True)) for place, cell in marks.items()},
    )


def _table(library: Library, links: Sequence[tuple[Goal, SdgLink]], words: Language) -> Table:
    ordered = sorted(links, key=lambda item: (item[0].number, int(item[1].sdg)))
    rows = tuple(
        (
            goal,
            library.get(Sdg, link.sdg),
            ", ".join(link.targets),
            str(link.link) if link.link else None,
            str(link.basis),
            words("yes") if link.all_goals else words("no"),
        )
        for goal, link in ordered
    )
    return Table(("goal", "sdg", "targets", "link", "basis", "all-goals"), rows)


def _mark_of(link: SdgLink) -> str:
    return f"{link.basis}-{link.link}" if link.link else str(link.basis)


def _said(words: Language, link: SdgLink) -> str:
    basis = words("basis", link.basis)
    return words("joint.comma").join([words("directness", link.link), basis]) if link.link else basis
