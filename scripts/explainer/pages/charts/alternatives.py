"""What a picture says to those who do not see it: what it is drawn of, and the values that carry its finding.

Its caption stands beside it and is read anyway, so the alternative does not say that again.
"""

from collections.abc import Iterable, Sequence

from explainer.base.language import Language

MOST = 6
"""Maximum number of values that are all told."""
_FIRST = 4
"""Of more, so many from the beginning, and the last."""


def alternative(words: Language, shape: str, points: Sequence[str]) -> str:
    """The alternative of a drawing: the words for its shape in the catalogue, and its values in the order in which it has them."""
    told = [*points[:_FIRST], "…", points[-1]] if len(points) > MOST else points
    return words("mark-off.colon").format(
        before=words("graphic.drawn", shape), after=words("joint.semicolon").join(told)
    )


def valued(words: Language, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Names with their values."""
    said = words("graphic.spot")
    return [said.format(name=name, n=value) for name, value in pairs]


def turning(values: Sequence[float]) -> list[int]:
    """Of a course of values, the places of those that tell it: all of a few, else the first, the lowest, the highest, the last."""
    if len(values) <= MOST:
        return list(range(len(values)))
    return sorted({0, values.index(min(values)), values.index(max(values)), len(values) - 1})
