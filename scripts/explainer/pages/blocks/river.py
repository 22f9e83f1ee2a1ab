"""A part of the river of a text: a theme through all editions, what one edition did, or the whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from explainer.figures.graphic import Graphic
from explainer.library import addresses
from explainer.library.blocks.resolve import RiverPart
from explainer.library.editions import Version, series
from explainer.library.library import Library
from explainer.pages.charts import editions_river
from explainer.pages.charts.editions_river import RiverView
from explainer.records.editions import Change


def river_of(library: Library, asked: RiverPart, page: str, ident: str) -> Graphic:
    """The river on a page, with what is asked for strong; of a part, its own data, and the way to the whole."""
    every = next(item.editions for item in series(library) if item.name == asked.series)
    drawn = editions_river.of_series(library, asked.series, every)
    if drawn is None:  # pragma: no cover - resolved only where there are two recorded editions
        raise TypeError(asked.series)
    own = [version for version in drawn.versions if _is_asked(version, asked)]
    if len(own) == len(drawn.versions):
        return replace(drawn.graphic(RiverView(page)), id=ident)

    def leads(version: Version) -> str:
        return drawn.href(page, version) if version in own else ""

    made = drawn.graphic(RiverView(page, leads, says=library.words("block.river-says")))
    whole = (addresses.index(type(drawn.editions[-1])), drawn.id)
    made = replace(made, id=ident, table=drawn.table(own), whole=whole)
    made = replace(made, title=_finding(library, asked, own, len(drawn.editions)))
    if asked.theme:
        return made
    return replace(made, says=library.words("block.river-edition-says").format(**_marks(library, own)))


def _is_asked(version: Version, asked: RiverPart) -> bool:
    if asked.theme:
        return version.provision.theme == asked.theme.id
    return asked.edition is None or version.edition == asked.edition


def _finding(library: Library, asked: RiverPart, own: Sequence[Version], editions: int) -> str:
    """What became of a theme, or what an edition did."""
    words = library.words
    if asked.theme:
        there = [version for version in own if version.provision.paragraph]
        return words("block.river-theme").format(
            theme=asked.theme.label,
            n=words.number(len(there)),
            some=words.number(len({version.edition.ident for version in there})),
            all=words.number(editions),
        )
    return words("block.river-edition").format(
        name=asked.edition.label if asked.edition else "",
        **editions_river.became(words, Counter(version.mark for version in own)),
    )


def _marks(library: Library, own: Sequence[Version]) -> dict[str, str]:
    """What became of parts -> of how many, in words."""
    counts = Counter(version.mark for version in own)
    return {str(mark): library.words.number(counts[str(mark)]) for mark in Change}
