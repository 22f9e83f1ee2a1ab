"""The chart of which organisations work together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from explainer.figures.graphic import Cell, Chart, Graphic, Table
from explainer.figures.pairs import LONGEST, MOST, pairs
from explainer.kinds.organisation import Organisation
from explainer.library.library import Library
from explainer.pages.charts.alternatives import MOST as SAID
from explainer.pages.charts.alternatives import alternative, valued
from explainer.pages.charts.basics import FEWEST, language_in
from explainer.records.record import Record
from explainer.records.traits import Joint


def who_works_with_whom(library: Library) -> Iterator[Graphic]:
    """A triangular matrix of organisations: in how many records of joint work two of them are together."""
    words = language_in(library)
    work = _Work(
        {
            model: [item.bodies for item in library.having(model) if isinstance(item, Joint)]
            for model in library.kinds.having(Joint)
        }
    )
    if len(work.together) < FEWEST:
        return
    shown = sorted(work.weight, key=lambda ident: (-work.weight[ident], ident))[:MOST]
    notes = [words("graphic.pairs.how")]
    if len(work.weight) > len(shown):
        notes.append(
            words.phrase("graphic.pairs.largest", len(shown)).format(
                n=words.number(len(shown)), of=words.number(len(work.weight))
            )
        )
    strongest, times = work.strongest[0]
    first, second = (_briefly(library.get(Organisation, ident)) for ident in work.by_weight(strongest))
    yield Graphic(
        id="organisations-together",
        title=words.phrase(f"graphic.pairs.{_key(work)}", len(work.weight)).format(
            tied=words.number(list(work.together.values()).count(times)),
            n=words.number(len(work.weight)),
            one=first,
            other=second,
            times=words.phrase("graphic.pairs.times", times).format(n=words.number(times)),
        ),
        says=words("graphic.pairs.title").format(n=words.number(len(work.weight))),
        drawing=_drawing(library, work, shown),
        table=_table(library, work),
        kinds=tuple(model.KIND for model in work.bodies),
        records=sum(len(set(bodies)) > 1 for found in work.bodies.values() for bodies in found),
        notes=tuple(notes),
        alternative=alternative(words, "pairs", _most(library, work)),
    )


def _most(library: Library, work: "_Work") -> list[str]:
    """The pairs with their numbers, the most frequent first."""
    words = library.words
    pairs_of = (
        (words("joint.and").join(_briefly(library.get(Organisation, ident)) for ident in work.by_weight(pair)), number)
        for pair, number in work.strongest[:SAID]
    )
    return valued(words, ((names, words.number(number)) for names, number in pairs_of))


def _key(work: "_Work") -> str:
    """The word for the sentence: whether one pair is the most frequent, several are, or all alike."""
    numbers = list(work.together.values())
    tied = numbers.count(max(numbers))
    return "says" if tied == 1 else "alike" if tied == len(numbers) else "tied"


_Pair = tuple[str, str]
"""The ids of two organisations, sorted."""


class _Work:
    """Which organisations work together, and how often."""

    def __init__(self, bodies: Mapping[type[Record], Sequence[Iterable[str]]]) -> None:
        """Count the pairs; `bodies` holds the organisations of each record of joint work, by type."""
        self.bodies = bodies
        self.counted = {model: _together(found) for model, found in bodies.items()}
        self.together = sum(self.counted.values(), Counter[_Pair]())
        self.weight: Counter[str] = Counter()
        """Organisation -> in how many pairs it is, each as often as it occurs."""
        for pair, number in self.together.items():
            self.weight.update(dict.fromkeys(pair, number))

    @property
    def strongest(self) -> list[tuple[_Pair, int]]:
        """The pairs with their counts, the most frequent first."""
        return sorted(self.together.items(), key=lambda item: (-item[1], item[0]))

    def by_weight(self, pair: _Pair) -> Sequence[str]:
        """A pair, the organisation with the greater weight first."""
        return sorted(pair, key=lambda ident: (-self.weight[ident], ident))


def _drawing(library: Library, work: _Work, shown: Sequence[str]) -> Chart:
    place = {ident: index for index, ident in enumerate(shown)}
    counts = {
        (min(place[one], place[other]), max(place[one], place[other])): number
        for (one, other), number in work.together.items()
        if one in place and other in place
    }
    return pairs([_briefly(library.get(Organisation, ident)) for ident in shown], counts, library.words.number)


def _table(library: Library, work: _Work) -> Table:
    """The number of records of each type, and of all, for every pair."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(library.get(Organisation, ident) for ident in work.by_weight(pair)),
            *(found[pair] for found in work.counted.values()),
            number,
        )
        for pair, number in work.strongest
    )
    return Table(("organisation", "counterpart", *(model.FOLDER for model in work.counted), "together"), rows)


def _briefly(body: Organisation) -> str:
    """A name that fits below a column: the abbreviation, else the name or another one if it is short enough."""
    known = (body.abbreviation, body.name, *body.other_names)
    return next((name for name in known if name and len(name) <= LONGEST), body.name)


def _together(groups: Iterable[Iterable[str]]) -> Counter[tuple[str, str]]:
    """Count how often two ids are in a group together; each pair is in sorted order."""
    return Counter((one, other) for group in groups for one, other in combinations(sorted(set(group)), 2))
