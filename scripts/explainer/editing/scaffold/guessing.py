"""Guess an id and the fields of a source from a name or a URL."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from explainer.base.values import LONGEST_SLUG
from explainer.base.web_address import host
from explainer.editing.scaffold.placing import STEM, Documents
from explainer.editing.scaffold.skeleton import LONGEST_WORDS, Values
from explainer.kinds.source import Source
from explainer.reading.document import Place
from explainer.records.record import Record
from explainer.records.traits import Dated, Numbered

# Guesses


def slug(text: str) -> str:
    """Convert a text to an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")


def from_address(url: str, documents: Documents) -> dict[Place, str]:
    """Guess fields of a source from sources of the same host: publisher, kind and language, if most agree, and id.

    If no source has the host, its parent domains are tried: `unis.union.example` matches `union.example`. Nothing is
    fetched.
    """
    found: dict[Place, str] = {("url",): url}
    sources = [doc.data for kind, doc in documents if kind is Source]
    same = _of_host(host(url), sources)
    found |= {(name,): value for name in ("publisher", "kind", "language") if (value := _of_most(name, same))}
    if language := _language(url, {str(data.get("language")) for data in sources}):
        found["language",] = language
    found[("id",)] = unused(_ident(url, same), {str(data.get("id")) for data in sources})
    return found


def _of_most(name: str, same: Sequence[Mapping[str, Any]]) -> str | None:
    """The value of a field that more than half of the sources have; None if there is none."""
    counted = Counter(str(data[name]) for data in same if data.get(name))
    value, number = counted.most_common(1)[0] if counted else (None, 0)
    return value if number * 2 > len(same) else None


def _of_host(name: str, sources: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The sources of a host, or of its nearest parent domain that has any."""
    hosts = [(host(str(data.get("url", ""))), data) for data in sources]
    while name:
        if same := [data for there, data in hosts if there == name]:
            return same
        name = name.partition(".")[2]
    return []


def _language(url: str, known: Iterable[str]) -> str | None:
    """The known language code that a URL begins with, as in `https://union.example/fr/`; None if there is none."""
    words = (host(url).split(".")[0], *urlsplit(url).path.lower().split("/")[1:2])
    return next((word for word in words if word in known), None)


def _ident(url: str, same: Sequence[Mapping[str, Any]]) -> str:
    """Build an id `publisher-year-words`; the publisher is abbreviated as in most ids of the host's other sources."""
    address = urlsplit(url)
    segments = [slug(unquote(segment).rsplit(".", 1)[0]) for segment in address.path.split("/")]
    words = next((segment for segment in reversed(segments) if segment and not segment.isdecimal()), "")
    found = STEM.search(address.path)
    year = found[1] if found else ""
    rest = _shortened("-".join(word for word in words.split("-") if word != year))
    return slug("-".join(filter(None, (_prefix(url, same), year, rest)))) or "source"


def _prefix(url: str, same: Sequence[Mapping[str, Any]]) -> str:
    """The first word of most ids of the host's other sources; without any, the name of the host."""
    prefixes = Counter(str(data.get("id", "")).split("-")[0] for data in same)
    labels = host(url).split(".")
    return prefixes.most_common(1)[0][0] if prefixes else slug(labels[-2] if len(labels) > 1 else labels[0])


def _shortened(words: str) -> str:
    """As many whole words as an id takes from a URL."""
    return words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rpartition("-")[0]


def unused(ident: str, taken: set[str]) -> str:
    """The id, with a number appended if it is taken."""
    number = 2
    unused = ident
    while unused in taken:
        unused, number = f"{ident}-{number}", number + 1
    return unused


def suggested(model: type[Record], values: Values, documents: Documents) -> str | None:
    """Suggest an id from the name of a record: its words, and the year if most ids of the type end with one.

    A numbered type uses its number.
    """
    if issubclass(model, Numbered) and (number := values.get(("number",))):
        return number
    label = values.get((model.LABEL,)) or values.get(("name",)) or values.get(("title",))
    if not label:
        return None
    words, year = slug(label), _year(model, values)
    dated = year and not words.endswith(year) and _end_with_year(model, documents)
    return f"{words}-{year}" if dated else words


def _year(model: type[Record], values: Values) -> str:
    """The year of a record's main date; empty if it is not known yet."""
    main = model.DATE if issubclass(model, Dated) else ""
    dates = (values.get((main, "start")), values.get((main, "date")), values.get((main,)))
    return next((date[:4] for date in dates if date), "")


def _end_with_year(model: type[Record], documents: Documents) -> bool:
    """Whether most ids of a type end with a year."""
    idents = [str(doc.data.get("id", "")) for kind, doc in documents if kind is model]
    return sum(bool(re.search(r"-[0-9]{4}$", ident)) for ident in idents) * 2 > len(idents)
