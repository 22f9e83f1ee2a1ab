"""Value types of the fields of records; each parses text, and raises ValueError with the expected form if it cannot."""

import calendar
import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from explainer.base import country_guesses
from explainer.base.dataclass import dataclass
from explainer.base.numerals import numeral
from explainer.base.problems import quoted
from explainer.base.unicode_text import SOFT_HYPHEN, hidden, is_blank
from explainer.base.web_address import site_address, web_address
from explainer.base.written_dates import both_ends, guesses

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80
ID_FORM = "lower-case letters a to z, digits and single hyphens, as in 'beacon-ii-2018'"
"""How messages describe an id."""
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
LARGEST_FIGURE = Decimal(10) ** 18
_BREAKABLE = re.compile(r"[^\S\u00a0\u2007\u202f]+")
"""White space at which a line may break: all but the no-break spaces."""


def one_line(text: str) -> str:
    """Join the lines of a text, with single spaces; spaces that do not break stay, as French and large numbers need them."""
    if "  " not in text and text.isprintable():  # most are one line already: any other space is not printable
        return text.strip()
    return _BREAKABLE.sub(" ", text).strip()


class NotAnIdError(ValueError):
    """Raised for a text that cannot be an id; holds the text."""

    def __init__(self, text: str, message: str) -> None:
        """Keep the text, in which the name of a record may be recognised."""
        super().__init__(message)
        self.text = text


class NotANumberError(ValueError):
    """Raised for a text that is not written in digits alone; holds the text."""

    def __init__(self, text: str) -> None:
        """Word the error, with the number that is meant where nothing else is said of it."""
        found = numeral(text)
        alone = found and not (found.high or found.said or found.unit)
        hint = f"; did you mean {found.digits}?" if found and alone else ""
        super().__init__(
            f"{quoted(text)} is not a number; expected digits without separators, as in 1300000 or 4.5{hint}"
        )
        self.text = text


class NotADateError(ValueError):
    """Raised for a text that is not a date in the form that is expected; holds the text."""

    def __init__(self, text: str, hint: str = "") -> None:
        """Word the error, with the dates that may be meant."""
        if re.fullmatch(r"[1-9][0-9]{2}", text):
            hint = f"'0{text}'"  # in quotes, since YAML takes digits after a zero for a number to the base of eight
        hint = hint or " or ".join(guesses(text))
        told = f"; did you mean {hint}?" if hint else ""
        super().__init__(f"{quoted(text)} is not a date; expected 2018, 2018-09 or 2018-09-18{told}")
        self.text = text


def _slug(text: str) -> str:
    if len(text) > LONGEST_SLUG:
        raise NotAnIdError(text, f"an id has at most {LONGEST_SLUG} characters, got {len(text)}; shorten it")
    if not SLUG.fullmatch(text):
        raise NotAnIdError(text, f"{quoted(text)} is not an id; expected {ID_FORM}")
    return text


def slug_of(text: str) -> str:
    """A text as an id: without folder, ending, accents and marks, in small letters, with hyphens for spaces."""
    name = re.sub(r"\.(?:md|yml|html)$", "", text.strip().rpartition("/")[2])
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(filter(str.isascii, letters))).strip("-")


def plain_text(text: str) -> str:
    """The text on one line; raises ValueError if it is empty or holds an invisible character."""
    seen = _seen(text)
    if SOFT_HYPHEN in seen:  # the same name would be two: in filters, in sums, in the search
        raise ValueError(f"holds the invisible character U+{ord(SOFT_HYPHEN):04X}; delete it")
    return one_line(seen)


def _seen(text: str) -> str:
    """The text without spaces around it; raises ValueError if nothing of it is seen, or a character is invisible."""
    if is_blank(text):
        raise ValueError("is empty; expected a text")
    stripped = text.strip()
    if (place := hidden(stripped)) is not None:
        raise ValueError(f"holds the invisible character U+{ord(stripped[place]):04X}; delete it")
    return stripped


@functools.cache
def country_codes() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 code -> English common name, or short name if it has none; from the package pycountry."""
    import pycountry

    return {country.alpha_2: str(getattr(country, "common_name", country.name)) for country in pycountry.countries}


def alpha3_of(code: str) -> str:
    """The ISO 3166-1 alpha-3 code for an alpha-2 code; empty if that is unknown."""
    import pycountry

    country = pycountry.countries.get(alpha_2=code)
    return str(country.alpha_3) if country else ""


def _country_code(text: str) -> str:
    known = country_codes()
    if text in known:
        return text
    begins = next((code for code in known if text.upper().startswith(code) and len(text) == 3), None)
    if guess := country_guesses.guess(text, known) or begins:
        hint = f"; did you mean '{guess}' ({known[guess]})?"
    elif name := country_guesses.without_code(text):
        hint = f": it has none for {name}; expected a country that has one; say it in words elsewhere"
    else:
        hint = "; expected two capital letters, as in 'TD' for Chad"
    raise ValueError(f"{quoted(text)} is not an ISO 3166 country code{hint}")


_DIGITS = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)


def _value(text: object) -> object:
    """Parse a number: digits with an optional minus sign and decimal point, without separators."""
    if not isinstance(text, str):
        return text
    if not _DIGITS.fullmatch(text):
        raise NotANumberError(text)
    try:
        number = Decimal(text)
    except InvalidOperation as error:  # pragma: no cover - Decimal accepts every match of _DIGITS
        raise ValueError(f"'{text}' is not a number; expected digits, as in 94") from error
    if abs(number) > LARGEST_FIGURE:
        raise ValueError(f"'{text}' is larger than any figure that this site can hold; check the number of digits")
    return number


def language_tag(text: str) -> str:
    """The text, if it has the form of a BCP 47 language tag in its usual case; raises ValueError if not."""
    if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        raise ValueError(f"'{text}' is not a language tag; expected a code such as en, fr, es or ar")
    return text


def _truth(text: object) -> object:
    """Reject any text but `true` and `false`: yes, no and 1 are no booleans in YAML 1.2 and the JSON Schemas."""
    if isinstance(text, str) and text not in {"true", "false"}:
        raise ValueError(f"'{text}' is neither true nor false; write one of them")
    return text


LONGEST_TERM = 100
"""Number of characters beyond which nobody types a question."""


def _search_term(value: str) -> str:
    if len(value) > LONGEST_TERM:
        raise ValueError(
            f"has {len(value)} characters; expected what somebody types into a search, at most {LONGEST_TERM}; shorten it"
        )
    return value


Slug = Annotated[str, AfterValidator(_slug), Field(examples=["beacon-ii-2018"])]
"""An id that is safe in a URL: lower-case letters, digits, single hyphens."""
Text = Annotated[str, AfterValidator(plain_text)]
"""One line of plain text; Markdown characters in it are displayed literally."""
SearchTerm = Annotated[Text, AfterValidator(_search_term), Field(examples=["who lit the lamps of the harbour"])]
"""What somebody types to find something."""
Url = Annotated[str, AfterValidator(web_address), Field(examples=["https://union.example/2018/beacon"])]
"""An http or https URL."""
SiteAddress = Annotated[Url, AfterValidator(site_address)]
"""The address of a site, to which the paths of its pages are added."""
CountryCode = Annotated[str, AfterValidator(_country_code), Field(examples=["NO", "TD"])]
"""An ISO 3166-1 alpha-2 code; `NO` is Norway."""
Number = Annotated[Decimal, BeforeValidator(_value), Field(examples=["1300000", "4.5"])]
"""A number written in digits."""
Truth = Annotated[bool, BeforeValidator(_truth)]
"""true or false."""
Language = Annotated[str, AfterValidator(language_tag), Field(examples=["en", "fr", "mul"])]
"""A BCP 47 language tag."""
ProseText = Annotated[str, AfterValidator(_seen)]
"""Markdown text; `[@source-id]` cites a source, links point to other records."""


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of the precision that is known: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse `2018`, `2018-09` or `2018-09-18`; raises ValueError with the expected form."""
        match = PARTIAL_DATE.fullmatch(text)
        if match is None:
            raise NotADateError(text)
        year = int(match[1])
        month = int(match[2]) if match[2] else None
        day = int(match[3]) if match[3] else None
        if not 1 <= year <= dt.MAXYEAR:
            raise ValueError(f"'{text}' has no such year; expected 2018, 2018-09 or 2018-09-18")
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"'{text}' has no such month; expected 01 to 12")
        if month is not None and day is not None:
            last = calendar.monthrange(year, month)[1]
            if not 1 <= day <= last:
                raise ValueError(f"'{text}' does not exist; expected a day from 01 to {last} in that month")
        return cls(year, month, day)

    @property
    def first_day(self) -> dt.date:
        """The earliest day that the date can denote."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The latest day that the date can denote."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.first_day, self.last_day) < (other.first_day, other.last_day)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _from_text(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": ["string", "integer"],
            "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
            "description": "A date as exact as it is known: 2018, 2018-09 or 2018-09-18.",
            "examples": ["2018", "2018-09", "2018-09-18"],
        }


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class Dates:
    """A date, or a range of dates with both ends included."""

    start: PartialDate
    end: PartialDate

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse `2018-09`, or a range such as `2017-11-06/2017-11-10`; raises ValueError with the expected form."""
        first, slash, second = text.partition("/")
        try:
            start = PartialDate.read(first.strip())
            end = PartialDate.read(second.strip()) if slash else start
        except NotADateError as error:
            raise NotADateError(text, "/".join(both_ends(text) or ())) from error
        if end.last_day < start.first_day:
            raise ValueError(f"'{text}' ends before it begins; write the earlier date first: {end}/{start}")
        return cls(start, end)

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"

    def __lt__(self, other: "Dates") -> bool:
        return (self.start, self.end) < (other.start, other.end)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _from_text(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": ["string", "integer"],
            "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$",
            "description": "A date, or a range with both ends included: 2018-09, 2017-11-06/2017-11-10.",
            "examples": ["2018-09", "2017-11-06/2017-11-10"],
        }


def _told(value: object) -> str:
    return "a list" if isinstance(value, list) else "what stands here"


def _from_text(cls: type[PartialDate] | type[Dates]) -> CoreSchema:
    """Pydantic core schema that accepts an instance of `cls`, or text that `cls.read` parses."""

    def read(value: object) -> object:
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls.read(value)
        raise ValueError(
            f"{_told(value)} is not a date; expected one, as in 2018, 2018-09 or 2018-09-18; write it alone"
        )

    return core_schema.no_info_plain_validator_function(
        read,
        serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
    )
