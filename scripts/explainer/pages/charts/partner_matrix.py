"""The chart of which organisations work together."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from explainer.figures.graphic import Cell, Graphic, Table
from explainer.figures.pairs import LONGEST, MOST, pairs
from explainer.kinds.organisation import Organisation
from explainer.library.library import Library
from explainer.pages.charts.basics import FEWEST, language_in
from explainer.records.traits import Joint


def who_works_with_whom(library: Library) -> Iterator[Graphic]:
    """A triangular matrix of organisations: in how many records of joint work two of them are together."""
    words = language_in(library)
    kinds = library.kinds.having(Joint)
    every = {model: [item.bodies for item in library.having(model) if isinstance(item, Joint)] for model in kinds}
    counted = {model: _together(bodies) for model, bodies in every.items()}
    both = sum(counted.values(), Counter[tuple[str, str]]())
    if len(both) < FEWEST:
        return
    weight: Counter[str] = Counter()
    for pair, number in both.items():
        for ident in pair:
            weight[ident] += number
    shown = sorted(weight, key=lambda ident: (-weight[ident], ident))[:MOST]
    bodies = [library.get(Organisation, ident) for ident in shown]
    place = {ident: index for index, ident in enumerate(shown)}
    counts = {
        (min(place[one], place[other]), max(place[one], place[other])): number
        for (one, other), number in both.items()
        if one in place and other in place
    }
    strongest = sorted(both.items(), key=lambda item: (-item[1], item[0]))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            library.get(Organisation, one),
            library.get(Organisation, other),
            *(found[pair] for found in counted.values()),
            number,
        )
        for pair, number in strongest
        for one, other in [sorted(pair, key=lambda ident: (-weight[ident], ident))]
    )
    (one, other), times = strongest[0]
    first, second = sorted((one, other), key=lambda ident: (-weight[ident], ident))
    records = sum(len(set(bodies)) > 1 for found in every.values() for bodies in found)
    notes = [words("graphic.pairs.how")]
    if len(weight) > len(shown):
        notes.append(
            words.phrase("graphic.pairs.largest", len(shown)).format(
                n=words.number(len(shown)), of=words.number(len(weight))
            )
        )
    yield Graphic(
        id="organisations-together",
        title=words("graphic.pairs.title"),
        says=words.phrase("graphic.pairs.says", len(weight)).format(
            n=words.number(len(weight)),
            one=library.get(Organisation, first).name,
            other=library.get(Organisation, second).name,
            times=words.phrase("graphic.pairs.times", times).format(n=words.number(times)),
        ),
        drawing=pairs([_briefly(body) for body in bodies], counts),
        table=Table(("organisation", "counterpart", *(model.FOLDER for model in kinds), "together"), rows),
        kinds=tuple(model.KIND for model in kinds),
        records=records,
        notes=tuple(notes),
    )


def _briefly(body: Organisation) -> str:
    """A name that fits below a column: the abbreviation, else the name or another one if it is short enough."""
    known = (body.abbreviation, body.name, *body.other_names)
    return next((name for name in known if name and len(name) <= LONGEST), body.name)


def _together(groups: Iterable[Iterable[str]]) -> Counter[tuple[str, str]]:
    """Count how often two ids are in a group together; each pair is in sorted order."""
    return Counter((one, other) for group in groups for one, other in combinations(sorted(set(group)), 2))
