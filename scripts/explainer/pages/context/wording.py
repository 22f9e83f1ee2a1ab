"""Words, numbers and dates for templates, in the language of the page."""

import functools
import html
from collections.abc import Iterable
from decimal import Decimal
from string import Formatter
from typing import Any

from markupsafe import Markup

from explainer.base.unicode_text import isolated, script_of
from explainer.base.values import Dates, PartialDate
from explainer.kinds.words import ORIGINAL
from explainer.pages.context.page_state import PageState
from explainer.pages.environment import finalize
from explainer.reading import prose

_TICK = "\ue000"
"""Placeholder for a backtick while text is escaped: a private-use character that the engine's texts never contain."""

UNTOLD = frozenset({"mul", "mis", "und", "zxx"})
"""Language tags that say of a text in which languages it is, and of its title nothing."""


class Wording(PageState):
    """Patterns of the catalogue, filled; and values in words."""

    def say(self, key: str, /, **parts: object) -> Markup:
        """Fill the pattern at a dotted key of the catalogue; the plural form follows `n` where the pattern has forms.

        The pattern is escaped as text. Parts that are safe Markdown are inserted as they are, whole numbers and decimals
        with separators, anything else escaped. Raises KeyError for a key or a part that is missing.
        """
        n = parts.get("n")
        pattern = self.words.phrase(key, n if isinstance(n, int | Decimal) else None)
        pieces = _pieces(pattern)
        if len(pieces) == 1 and pieces[0][1] is None:
            return pieces[0][0]
        # Joined as plain text: every piece is safe already, and Markup would escape each of them once more.
        said = [
            piece for literal, name in pieces for piece in (literal, "" if name is None else self._value(parts[name]))
        ]
        return Markup("".join(said))  # noqa: S704 - escaped pieces

    def _value(self, value: object) -> Markup:
        whole = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return finalize(self.number(value)) if whole else self._isolated(value)

    def _isolated(self, value: object) -> Markup:
        """A part of a sentence; on pages from right to left isolated, so that names do not pull what is beside them along."""
        shown = finalize(value)
        plain = isinstance(value, str) and not isinstance(value, Markup) and shown
        return Markup(f"<bdi>{shown}</bdi>") if plain and self.words.from_right else shown  # noqa: S704 - escaped

    def code(self, text: str) -> Markup:
        """Render plain text from the source code, which is in English, with the parts between backticks as code."""
        parts = prose.escape(text.replace("`", _TICK)).split(_TICK)
        shown = [f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)]
        text = "".join(shown)
        foreign = self.library.language.partition("-")[0] != ORIGINAL
        return Markup(f"<span{self._language(ORIGINAL)}>{text}</span>" if foreign else text)  # noqa: S704 - escaped parts

    def joined(self, parts: Iterable[object], by: str | None = None) -> Markup:
        """Join the parts that are not empty, by commas unless `by` is given; each is escaped unless it is safe."""
        joint = prose.escape_within(self.words("joint.comma") if by is None else by)
        return Markup(joint.join([shown for part in parts if (shown := self._isolated(part))]))  # noqa: S704 - escaped

    def date(self, dates: Dates | PartialDate) -> str:
        """A date or a range in words."""
        return self.words.date(dates)

    def language(self, tag: str) -> str:
        """The name of a language."""
        return self.words.language(tag)

    def in_language(self, text: str, tag: str) -> Markup:
        """A text, marked up with its language if that is not the language of the page."""
        return finalize(text) if tag == self.library.language else self.spoken(text, tag)

    def titled(self, text: str, tag: str) -> Markup:
        """A title of something that is not of the dossier, in its language; isolated if it runs against the page."""
        if tag != self.library.language and tag not in UNTOLD:
            return self.spoken(text, tag)
        against = isolated(text, from_right=self.words.from_right) != text
        return Markup(f"<bdi>{finalize(text)}</bdi>") if against else finalize(text)  # noqa: S704 - escaped

    def named(self, name: str, tag: str) -> Markup:
        """A proper name in a text in some language, which only its script gives away: a name in the page's script is one anywhere."""
        own = script_of(name) in {"", script_of(self.words("kinds", "source"))}
        return self.titled(name, self.library.language if own else tag)

    def of_dossier(self, text: str) -> Markup:
        """A text of the dossier's settings, marked up with their language on pages in another."""
        return self.in_language(text, self.library.dossier.language)

    def spoken(self, text: str, tag: str) -> Markup:
        """Mark up a text in another language with its language, and its direction unless both run from left to right."""
        return Markup(f"<span{self._language(tag)}>{prose.escape(text)}</span>")  # noqa: S704 - escaped

    def _language(self, tag: str) -> str:
        """The attributes of an element in another language; the direction is left out where both run from left to right."""
        rtl = self.words.right_to_left(tag)
        direction = f' dir="{"rtl" if rtl else "ltr"}"' if rtl or self.words.from_right else ""
        return f' lang="{html.escape(tag)}"{direction}'

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
