"""Entries of a bibliography as RIS, which Zotero, EndNote, Citavi and Mendeley read; one line a field, ended by CR LF."""

from collections.abc import Iterator

from explainer.base.values import PartialDate
from explainer.data.references import CitedWork

_TYPES = {"report": "RPRT", "article-newspaper": "NEWS", "article": "GEN"}
"""Type in CSL -> type of reference; ELEC is a page of the web."""


def entry(item: CitedWork) -> str:
    """An entry of RIS."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _fields(item))


def _fields(item: CitedWork) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(item.kind, "ELEC")
    yield "ID", item.key
    yield "TI", _line(item.title)
    yield "AU", _name(item.author)
    if item.container:
        yield "T2", _line(item.container)
    yield "PB", _line(item.author)
    if item.issued:
        yield "PY", str(item.issued.year)
        yield "DA", _date(item.issued)
    yield "UR", item.url
    if item.version and item.permalink:
        yield "ET", item.version
        yield "LK", item.permalink
    if item.accessed:
        yield "Y2", _date(item.accessed)
    yield "LA", item.language
    yield "ER", ""


def _line(text: str) -> str:
    """A text on one line: a line that begins with two letters, two spaces and a hyphen would be a field."""
    return " ".join(text.split())


def _name(text: str) -> str:
    """The name of a body without commas: what follows one would be read as a first name, and RIS knows no escape."""
    return _line(text.replace(",", ""))


def _date(date: PartialDate) -> str:
    """`YYYY/MM/DD/`, with as many of the parts as are known."""
    known = [f"{date.year:04}", *(f"{part:02}" if part else "" for part in (date.month, date.day)), ""]
    return "/".join(known)
