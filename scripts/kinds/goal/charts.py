"""The matrix of goals and the global goals that they serve."""

from collections import defaultdict
from collections.abc import Iterator

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
    served = {link.sdg for _, link in links}
    marks: defaultdict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
    for goal, link in links:
        key = Key(_mark_of(link), _said(words, link))
        marks[link.sdg, goal.id].setdefault(key.swatch, key)
    used = {key.swatch: Key(key.swatch, key.label) for cell in marks.values() for key in cell.values()}
    official = sum(link.basis is Basis.OFFICIAL for _, link in links)
    rows = tuple(
        (
            goal,
            library.get(Sdg, link.sdg),
            ", ".join(link.targets),
            str(link.link) if link.link else None,
            str(link.basis),
            words("yes") if link.all_goals else words("no"),
        )
        for goal, link in sorted(links, key=lambda item: (item[0].number, int(item[1].sdg)))
    )
    yield Graphic(
        id="goals-and-sdgs",
        title=words("graphic.goals.title"),
        says=words("graphic.goals.says").format(
            n=len(links), goals=len({goal.id for goal, _ in links}), sdgs=len(served), official=official
        ),
        drawing=Matrix(
            tuple(sdg for sdg in library.all(Sdg) if sdg.id in served),
            tuple(goal for goal in library.all(Goal) if goal.sdgs),
            words("graphic.goals.corner"),
            {place: tuple(cell[name] for name in sorted(cell, reverse=True)) for place, cell in marks.items()},
        ),
        table=Table(("goal", "sdg", "targets", "link", "basis", "all-goals"), rows),
        kinds=(Goal.KIND,),
        records=len({goal.id for goal, _ in links}),
        legend=tuple(used[name] for name in sorted(used, reverse=True)),
    )


def _mark_of(link: SdgLink) -> str:
    return f"{link.basis}-{link.link}" if link.link else str(link.basis)


def _said(words: Language, link: SdgLink) -> str:
    basis = words("basis", link.basis)
    return words("joint.comma").join([words("directness", link.link), basis]) if link.link else basis
