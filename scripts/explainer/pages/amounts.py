"""Format an amount for a card: the number large and unbroken, the source's qualifier small."""

import re

from markupsafe import Markup

from explainer.base.language import Language
from explainer.kinds.measure import Measure
from explainer.library.figure_words import qualified
from explainer.reading import prose
from explainer.records.sourced import Figure

LONG = 8
"""Number of characters, as in 1,300,000, from which a number takes two columns of a phone."""
LONGEST = 14
"""Number of characters from which a number is set smaller, so that it fits the narrowest phone."""


def _number(digits: str) -> str:
    """Mark up a number with a class for its length: CSS cannot count characters, and the CSP forbids inline styles."""
    size = " longest" if len(digits) >= LONGEST else " long" if len(digits) >= LONG else ""
    return f'<span class="number{size}">{digits}</span>'


def _unit(text: str) -> str:
    """Mark up what stands around a number, such as its unit: smaller than the number."""
    words = text.strip()
    return text.replace(words, f'<span class="unit">{words}</span>') if words else text


def large(words: Language, measure: Measure, figure: Figure) -> Markup:
    """Mark up the amount of a figure: its qualifier, its numbers and their unit."""
    before, number, after = (prose.escape(part) for part in qualified(words, measure, figure))
    marks = re.escape(words.separators)
    parts = re.split(rf"(−?\d[\d{marks}]*)", number)  # every second one is a number
    shown = "".join(_number(part) if place % 2 else _unit(part) for place, part in enumerate(parts))
    around = [f'<span class="qualifier">{part}</span>' if part else "" for part in (before, after)]
    return Markup(" ".join(part for part in (around[0], shown, around[1]) if part))  # noqa: S704 - escaped parts
