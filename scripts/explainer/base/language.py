"""Localisation: looks up texts in the string catalogue of a language, and formats dates and numbers."""

import functools
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any, Protocol

import yaml

from explainer.base.values import Dates, PartialDate

if TYPE_CHECKING:
    from babel import Locale

    from explainer.base.dates import DatePatterns


class Amount(Protocol):
    """Interface of a figure to format: a number or a range, with the qualifier of its source."""

    @property
    def value(self) -> Decimal:
        """The number, or the lower end of the range."""

    @property
    def high(self) -> Decimal | None:
        """The upper end of the range."""

    @property
    def margin(self) -> Decimal | None:
        """The margin of error."""

    @property
    def comparator(self) -> str:
        """The qualifier of the source, a key of `comparators` in the catalogue."""

    @property
    def unit(self) -> str | None:
        """The unit, if it is not that of the measure."""


FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The plural categories of the CLDR."""


def is_plural(words: object) -> bool:
    """Whether an entry of a catalogue is one text in its plural forms."""
    return isinstance(words, Mapping) and bool(words) and FORMS.issuperset(words)


def is_locale(name: str) -> bool:
    """Whether the CLDR knows a locale, such as fr_FR."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


class Language:
    """The string catalogue of one language, and formatters for values."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        """Take the words of a catalogue."""
        self.words = words
        self._locale = str(self.words["locale"])
        self._found: dict[str, Any] = {}
        """Dotted key -> what stands there, for those that were looked up."""

    def __call__(self, key: str, word: str | None = None) -> str:
        """The text at a dotted key of the catalogue, or at `word` below that key; raises KeyError if it is missing."""
        found = self._at(key)
        return str(found if word is None else found[word])

    def _at(self, key: str) -> Any:
        """What stands at a dotted key; raises KeyError if nothing does."""
        if key not in self._found:
            found: Any = self.words
            for part in key.split("."):
                found = found[part]
            self._found[key] = found
        return self._found[key]

    def phrase(self, key: str, n: Decimal | int | None = None) -> str:
        """The pattern at a dotted key; of one with plural forms, that for `n` by the CLDR's rules for the language.

        Raises KeyError if the key is missing, or if the catalogue lacks the form that the language needs for `n`.
        """
        found = self._at(key)
        if isinstance(found, Mapping):
            found = found[self._plural_form(0 if n is None else n)]
        return str(found)

    def forms(self, key: str, **values: str) -> dict[str, str]:
        """The plural forms of the pattern at a dotted key, for a script that knows the number; `values` are filled in.

        A pattern without forms is that for every number.
        """
        found = self._at(key)
        forms = {form: str(text) for form, text in (found if is_plural(found) else {"other": found}).items()}
        for name, value in values.items():
            forms = {form: text.replace(f"{{{name}}}", value) for form, text in forms.items()}
        return forms

    @functools.cached_property
    def _babel(self) -> "Locale":
        from babel import Locale

        return Locale.parse(self._locale)

    @functools.cached_property
    def _plural_form(self) -> Callable[[Decimal | int], str]:
        return self._babel.plural_form

    @functools.cached_property
    def from_right(self) -> bool:
        """Whether the language itself is written from right to left."""
        return self._babel.text_direction == "rtl"

    def has_section(self, section: str) -> bool:
        """Whether there are words for a section of the site."""
        return section in self.words["sections"]

    def section(self, section: str, part: str) -> str:
        """The title or the summary of a section of the site, or its name in the menu, as `part` says."""
        words = self.words["sections"][section]
        return str(words[part] if part in words else words["title"])

    def lists(self, key: str) -> tuple[str, ...]:
        """The list of texts at a dotted key of the catalogue; raises KeyError if it is missing."""
        found: Any = self.words
        for part in key.split("."):
            found = found[part]
        return tuple(str(item) for item in found)

    def search(self) -> Mapping[str, Any]:
        """The texts of the search script: its labels, and the words that it recognises in a query."""
        return {
            name: value
            for name, value in self.words["search"].items()
            if name not in {"names", "sought", "facets", "kinds", "held"}
        }

    def kind_found(self, kind: str) -> str:
        """The label of a type in search results; narrower than on pages if they use it for more than its records."""
        return str(self.words["search"]["kinds"].get(kind) or self("kinds", kind))

    def search_names(self, section: str) -> list[str]:
        """Search terms for the page of a section, in addition to its title."""
        return [str(name) for name in self.words["search"]["names"].get(section, ())]

    def search_terms(self, section: str) -> list[str]:
        """What people type who look for the page of a section and know none of its words."""
        return [str(term) for term in self.words["search"]["sought"].get(section, ())]

    @functools.lru_cache(maxsize=200)  # noqa: B019 - the few instances live as long as the process
    def language(self, tag: str) -> str:
        """The name of the language with a BCP 47 tag: from the catalogue, else from the CLDR, else the tag itself."""
        from babel import Locale, UnknownLocaleError

        if tag in self.words["languages"]:
            return str(self.words["languages"][tag])
        try:
            return Locale.parse(tag, sep="-").get_display_name(self._locale) or tag
        except (UnknownLocaleError, ValueError):
            return tag

    @functools.lru_cache(maxsize=200)  # noqa: B019 - as above
    def right_to_left(self, tag: str) -> bool:
        """Whether a language is written from right to left; False for an unknown tag."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(tag, sep="-").text_direction == "rtl"
        except (UnknownLocaleError, ValueError):
            return False

    def number(self, value: Decimal | int) -> str:
        """Format a number with the language's separators and a true minus sign: 1,300,000, 4.50 or −0.5 in English."""
        return self._number(f"{Decimal(value):f}")

    @functools.lru_cache(maxsize=10_000)  # noqa: B019 - as above
    def _number(self, digits: str) -> str:
        """Format a number as written, with as many decimals; numbers that differ only in these are equal as a key."""
        from babel.numbers import format_decimal

        whole, grouped = Decimal(digits), self._babel.decimal_formats[None].pattern.partition(".")[0]
        decimals = len(digits.partition(".")[2])
        pattern = f"{grouped}.{'0' * decimals}" if decimals else grouped
        number = format_decimal(abs(whole), format=pattern, locale=self._babel)
        return f"−{number}" if whole < 0 else number

    @functools.cached_property
    def separators(self) -> str:
        """The characters between the digits of a number."""
        from babel.numbers import get_decimal_symbol, get_group_symbol

        return get_group_symbol(self._babel) + get_decimal_symbol(self._babel)

    def rounded(self, value: Decimal | int) -> str:
        """Format a number for a sentence: millions and more in words, 4.3 million, where that loses nothing."""
        for power in (12, 9, 6):
            scaled = Decimal(value).scaleb(-power)
            if abs(scaled) >= 1 and scaled == round(scaled, 2):
                short = Decimal(f"{scaled.normalize():f}")
                return self._in_words(power, self.plural_form(short)).replace("0", self.number(short))
        return self.number(value)

    @functools.lru_cache(maxsize=40)  # noqa: B019 - the few instances live as long as the process
    def _in_words(self, power: int, form: str) -> str:
        """The CLDR's pattern of a power of ten in words, `0 million` in English; `0` stands for the number."""
        from babel import Locale

        forms = Locale.parse(self._locale).compact_decimal_formats["long"]
        pattern = forms.get(form, forms["other"])[str(10**power)].pattern
        return re.sub("0+", "0", pattern).replace("'", "")

    def amount(self, figure: Amount) -> str:
        """Format a figure with the qualifier of its source: nearly 500."""
        return "".join(self.qualified(figure))

    def qualified(self, figure: Amount, within: str = "{n}", *, rounded: bool = False) -> tuple[str, str, str]:
        """Format a figure in three parts: the text before the number, the number or range, the text after it.

        `within` is a pattern that puts the number and its unit together; `rounded` writes millions as a word.
        """
        shown = self.rounded if rounded else self.number
        number = shown(figure.value)
        if figure.high is not None:
            number = str(self.words["range"]).format(low=number, high=shown(figure.high))
        elif figure.margin is not None:
            number = self("margin").format(n=number, margin=shown(figure.margin))
        before, _, after = self(f"comparators.{figure.comparator}").partition("{n}")
        return before, within.format(n=number), after

    def plural_form(self, n: Decimal | int) -> str:
        """The plural category of the CLDR that a number takes in the language."""
        return self._plural_form(n)

    @functools.lru_cache(maxsize=10_000)  # noqa: B019 - as above
    def day(self, date: PartialDate) -> str:
        """Format a date to the precision that is known: 2018, September 2018, 18 September 2018."""
        return self._dates.day(date)

    @functools.lru_cache(maxsize=10_000)  # noqa: B019 - as above
    def date(self, dates: Dates | PartialDate) -> str:
        """Format a date or a range of dates: 6–10 November 2017."""
        return self.day(dates) if isinstance(dates, PartialDate) else self._dates.span(dates)

    @functools.cached_property
    def _dates(self) -> "DatePatterns":
        from explainer.base.dates import DatePatterns

        return DatePatterns(self._locale, self("first-of-month"))


@functools.lru_cache(maxsize=8)
def catalogue(language: str) -> Mapping[str, Any]:
    """The engine's catalogue of a language, read once per process; empty if there is none."""
    file = resources.files("explainer") / "templates" / "strings" / f"{language}.yml"
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8")
    words: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - CSafeLoader is SafeLoader in C
    return words
