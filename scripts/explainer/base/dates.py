"""Dates and ranges of dates in the patterns that the CLDR gives for a locale, with month names in full."""

from babel import Locale
from babel.dates import DateTimeFormat, parse_pattern

from explainer.base.values import Dates, PartialDate

_SKELETONS = {"day": ("yMMMMd", "yMMMd"), "month": ("yMMMM",), "year": ("y",)}
"""Precision of both ends -> the CLDR's names of the patterns for a range, the best one first."""


class DatePatterns:
    """The date patterns of one locale."""

    def __init__(self, locale: str, first: str) -> None:
        """Take the name of a locale, and how its language writes the first day of a month, as in 1er mars."""
        self._locale = Locale.parse(locale)
        self._first = first

    def day(self, date: PartialDate) -> str:
        """Format a date to the precision that is known."""
        skeletons = self._locale.datetime_skeletons
        if date.month is None:
            return self._filled(skeletons["y"].pattern, date)
        return self._filled((self._locale.date_formats["long"] if date.day else skeletons["yMMMM"]).pattern, date)

    def span(self, dates: Dates) -> str:
        """Format a range of dates, without repeating what both ends have in common if both are equally precise."""
        start, end = dates.start, dates.end
        if start == end:
            return self.day(start)
        patterns = self._of_interval(start, end)
        if patterns is not None:
            return "".join(self._filled(pattern, date) for pattern, date in zip(patterns, (start, end), strict=True))
        return _spaced(self._locale.interval_formats[None]).format(self.day(start), self.day(end))

    def _of_interval(self, start: PartialDate, end: PartialDate) -> tuple[str, str] | None:
        """The patterns for the two ends of a range; None if they differ in precision, or if the CLDR has no patterns.

        Babel's own format_interval falls back to short months, because few locales have a pattern with long ones.
        """
        if _precision(start) != _precision(end):
            return None
        differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
        intervals = [self._locale.interval_formats.get(name, {}).get(differs) for name in _SKELETONS[_precision(start)]]
        first, *second = next(filter(None, intervals), ("",))
        if not second or (start.day and not self._as_long(first + second[0])):
            return None
        return _widened(first), _widened(second[0])

    def _as_long(self, pattern: str) -> bool:
        """Whether a pattern writes the month as a single date does: as a word, or as a number."""
        return ("MMM" in pattern) == ("MMM" in self._locale.date_formats["long"].pattern)

    def _filled(self, pattern: str, date: PartialDate) -> str:
        form = str(parse_pattern(pattern).format)
        if date.day == 1:
            form = form.replace("%(d)s", self._first)
        return form % DateTimeFormat(date.first_day, self._locale)


def _precision(date: PartialDate) -> str:
    return "day" if date.day else "month" if date.month else "year"


def _widened(pattern: str) -> str:
    """A pattern with the names of months in full."""
    for short in ("MMM", "LLL"):
        if short[0] * 4 not in pattern:
            pattern = pattern.replace(short, short[0] * 4)
    return _spaced(pattern)


def _spaced(pattern: str) -> str:
    """A pattern with plain spaces for the CLDR's thin ones, which a search for typed words would not match."""
    return pattern.replace("\u2009", " ")
