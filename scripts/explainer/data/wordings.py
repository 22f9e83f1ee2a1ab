"""How two wordings of a text differ, short enough for a sentence; citations in them are told as sources."""

import re
from collections.abc import Iterator
from typing import Final

from explainer.library.history import Difference, Differs
from explainer.library.word_changes import word_changes
from explainer.reading import prose

LONGEST: Final = 160
"""Most characters of a text that a difference repeats."""
FEWEST_WORDS: Final = 4
"""From so many words on a value is a text, whose words are compared."""
_CITED = re.compile(r"\[@([\w.-]+)")


def is_prose(text: str) -> bool:
    """Whether a value is a text rather than a name, a number or an id."""
    return len(text.split()) >= FEWEST_WORDS


def short(text: str) -> str:
    """A text without its marks, cut to what a sentence can hold."""
    plain = prose.plain(text) if is_prose(text) else " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def differences(place: tuple[str, ...], old: str, new: str) -> Iterator[Difference]:
    """The differences between two wordings at a place: at least one."""
    gone, came = (set(_CITED.findall(one)) - set(_CITED.findall(other)) for one, other in ((old, new), (new, old)))
    cited = list(_sources((*place, "cite"), sorted(gone), sorted(came)))
    yield from cited
    plain = [prose.plain(text, story=True) for text in (old, new)]
    if plain[0] != plain[1]:
        yield _words(place, *plain)
    elif not cited:
        yield Difference(Differs.REWRITTEN, place)


def _sources(place: tuple[str, ...], gone: list[str], came: list[str]) -> Iterator[Difference]:
    if len(gone) == len(came) == 1:
        yield Difference(Differs.REPLACED, place, gone[0], came[0])
        return
    yield from (Difference(Differs.LEFT_OUT, place, before=source) for source in gone)
    yield from (Difference(Differs.ADDED, place, after=source) for source in came)


def _words(place: tuple[str, ...], old: str, new: str) -> Difference:
    """The words that went and came if they are few; else only that the text was written anew."""
    changes = word_changes(old, new)
    if changes is None:
        return Difference(Differs.REWRITTEN, place)
    went, came = ([piece.words for piece in side if piece.changed] for side in (changes.older, changes.newer))
    if max(len(went), len(came)) > 1 or max(map(len, went + came), default=0) > LONGEST:
        return Difference(Differs.REWRITTEN, place)
    return Difference(Differs.REWORDED, place, "".join(went), "".join(came))
