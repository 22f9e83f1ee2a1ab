"""Words, numbers and dates for templates, in the language of the page."""

import functools
import html
from collections.abc import Iterable
from decimal import Decimal
from string import Formatter
from typing import Any

from markupsafe import Markup

from explainer.base.values import Dates, PartialDate
from explainer.pages.context.page_state import PageState
from explainer.pages.environment import finalize
from explainer.reading import prose

_TICK = "\ue000"
"""Placeholder for a backtick while text is escaped: a private-use character that the engine's texts never contain."""


class Wording(PageState):
    """Patterns of the catalogue, filled; and values in words."""

    def say(self, key: str, /, **parts: object) -> Markup:
        """Fill the pattern at a dotted key of the catalogue; the plural form follows `n` where the pattern has forms.

        The pattern is escaped as text. Parts that are safe Markdown are inserted as they are, whole numbers and decimals
        with separators, anything else escaped. Raises KeyError for a key or a part that is missing.
        """
        n = parts.get("n")
        pattern = self.words.phrase(key, n if isinstance(n, int | Decimal) else None)
        return Markup().join(
            literal if name is None else literal + self._value(parts[name]) for literal, name in _pieces(pattern)
        )

    def _value(self, value: object) -> Markup:
        whole = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return finalize(self.number(value) if whole else value)

    def code(self, text: str) -> Markup:
        """Render the engine's own plain text, with the parts between backticks as code."""
        parts = prose.escape(text.replace("`", _TICK)).split(_TICK)
        shown = [f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)]
        return Markup("".join(shown))  # noqa: S704 - escaped parts

    def joined(self, parts: Iterable[object], by: str | None = None) -> Markup:
        """Join the parts that are not empty, by commas unless `by` is given; each is escaped unless it is safe."""
        joint = prose.escape_within(self.words("joint.comma") if by is None else by)
        return Markup(joint).join(shown for part in parts if (shown := finalize(part)))  # noqa: S704 - escaped

    def date(self, dates: Dates | PartialDate) -> str:
        """A date or a range in words."""
        return self.words.date(dates)

    def language(self, tag: str) -> str:
        """The name of a language."""
        return self.words.language(tag)

    def spoken(self, text: str, tag: str) -> Markup:
        """Mark up a text in another language with its language and direction."""
        direction = ' dir="rtl"' if self.words.right_to_left(tag) else ""
        return Markup(f'<span lang="{html.escape(tag)}"{direction}>{prose.escape(text)}</span>')  # noqa: S704 - escaped

    def number(self, value: Any) -> str:
        """A number with thousands separators."""
        return self.words.number(value)

    def share(self, part: int, whole: int) -> str:
        """A share in per cent, rounded to a whole number."""
        return self.words("percent").format(n=round(100 * part / whole) if whole else 0)

    def plurals(self, kinds: Iterable[str]) -> str:
        """The names of kinds of record in the plural, joined by commas."""
        return self.words("joint.comma").join(self.words("plural", kind) for kind in kinds)


@functools.lru_cache(maxsize=2_000)
def _pieces(pattern: str) -> tuple[tuple[Markup, str | None], ...]:
    """Split a pattern of the catalogue into escaped text and the name of the placeholder after it."""
    found: list[tuple[Markup, str | None]] = []
    for literal, name, _, _ in Formatter().parse(pattern):
        within = prose.escape_within(literal)
        found.append((Markup(within if found else prose.escape_start(within)), name))  # noqa: S704 - escaped
    return tuple(found)
