"""The matrix of goals and the global goals that they serve."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

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
    official = _pairs(links, lambda link: link.basis is Basis.OFFICIAL)
    alone = _pairs(links, lambda link: link.basis is Basis.OFFICIAL and not link.all_goals)
    together = len(official - alone)
    yield Graphic(
        id="goals-and-sdgs",
        title=words("graphic.goals.says").format(n=len(marks), official=len(official)),
        says=words("graphic.goals.title").format(goals=len(drawing.columns), sdgs=len(drawing.rows)),
        drawing=drawing,
        table=_table(library, words, links),
        kinds=(Goal.KIND,),
        records=len(drawing.columns),
        notes=(words.phrase("graphic.goals.together", together).format(n=words.number(together)),) if together else (),
        legend=_legend(words, links),
    )


_Marks = Mapping[tuple[str, str], Mapping[str, Key]]
"""Global goal and goal -> swatch -> its mark in the cell where they meet."""


def _pairs(links: Iterable[tuple[Goal, SdgLink]], fits: Callable[[SdgLink], bool]) -> set[tuple[str, str]]:
    """The pairs of a global goal and a goal with a link that fits: several links of one pair are one."""
    return {(link.sdg, goal.id) for goal, link in links if fits(link)}


def _legend(words: Language, links: Iterable[tuple[Goal, SdgLink]]) -> tuple[Key, ...]:
    """What each mark means; the word is called ours where it is so in every link with the mark."""
    marked: defaultdict[str, list[SdgLink]] = defaultdict(list)
    for _, link in links:
        marked[_mark_of(link)].append(link)
    said = {name: _said(words, every[0], ours=all(each.our_label for each in every)) for name, every in marked.items()}
    return _in_order({name: Key(name, label) for name, label in said.items()})


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
        marks[link.sdg, goal.id].setdefault(mark, Key(mark, _said(words, link, ours=link.our_label)))
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


def _said(words: Language, link: SdgLink, *, ours: bool) -> str:
    basis = words("basis", link.basis)
    if link.link is None:
        return basis
    word = words("directness", link.link)
    label = words("mark-off.brackets").format(before=word, within=words("graphic.goals.ours")) if ours else word
    return words("joint.comma").join([label, basis])
