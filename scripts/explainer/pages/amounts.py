"""An amount as a card shows it: the number large and in one piece, what the source says of it small."""

import re

from markupsafe import Markup

from explainer.base.language import Language
from explainer.reading import prose
from explainer.records.sourced import Figure

_NUMBER = re.compile(r"−?\d[\d.,]*")
LONG = 8
"""From so many characters on, as in 1,300,000, a number takes two columns of a phone."""
LONGEST = 14
"""From so many on a number is set smaller, so that it fits the narrowest phone."""


def _number(found: re.Match[str]) -> str:
    """A number, with a class by its length: style sheets cannot count characters, and the policy forbids inline styles."""
    length = len(found.group())
    size = " longest" if length >= LONGEST else " long" if length >= LONG else ""
    return f'<span class="number{size}">{found.group()}</span>'


def large(words: Language, figure: Figure) -> Markup:
    """The amount of a figure, its qualifier and its numbers marked."""
    before, number, after = (prose.escape(part) for part in words.qualified(figure))
    shown = _NUMBER.sub(_number, number)
    around = [f'<span class="qualifier">{part}</span>' if part else "" for part in (before, after)]
    return Markup(" ".join(part for part in (around[0], shown, around[1]) if part))  # noqa: S704 - escaped parts
