"""Pages and sources as entries of a bibliography, and an entry as CSL-JSON (https://citationstyles.org)."""

import json
from dataclasses import replace
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.base.values import PartialDate
from explainer.kinds.source import Source, SourceKind
from explainer.library import places
from explainer.library.as_of import as_of
from explainer.library.library import Library
from explainer.records.record import Record

_CSL = {SourceKind.OFFICIAL: "report", SourceKind.PRESS: "article-newspaper", SourceKind.ACADEMIC: "article"}
"""Who speaks in a source -> its type in CSL; a work of reference is a page of the web."""


@dataclass(frozen=True, slots=True)
class CitedWork:
    """What a bibliography says of a page or a source."""

    key: str
    """The key under which a text cites it: letters, digits and hyphens."""
    kind: str
    """Its type in CSL: webpage, report, article-newspaper …"""
    title: str
    author: str
    """Who answers for it: a body, which has one name and no first name."""
    url: str
    language: str
    container: str | None = None
    """The site or the paper that it is part of."""
    issued: PartialDate | None = None
    accessed: PartialDate | None = None
    version: str | None = None
    """The last edition of the site that holds it."""
    permalink: str | None = None
    """Its address in that edition, where it stays as it was."""


def of_page(library: Library, path: str, title: str, date: PartialDate) -> CitedWork:
    """A page of this site, at an address relative to its root, as it stood on a day."""
    site = library.dossier
    key = path.strip("/").replace("/", "-") or "home"
    found = CitedWork(
        key, "webpage", title, site.author, places.whole(library, path), library.language, site.title, date
    )
    return _kept(library, path, found)


def _kept(library: Library, address: str, work: CitedWork) -> CitedWork:
    """A page, or a place on one, with where it stands in the last edition that has the page."""
    path, mark, fragment = address.partition("#")
    kept = library.releases.kept_as(path)
    if kept is None:
        return work
    return replace(work, version=kept[0].version, permalink=places.whole(library, f"{kept[1]}{mark}{fragment}"))


def of_source(source: Source) -> CitedWork:
    """A source: its publisher answers for it, as no source has other authors here."""
    return CitedWork(
        source.id,
        _CSL.get(source.kind, "webpage"),
        source.title,
        source.publisher,
        source.url,
        source.titled_in,
        source.publisher if source.kind is SourceKind.PRESS else None,
        source.published,
        source.read,
    )


def csl(item: CitedWork) -> dict[str, Any]:
    """An entry as CSL-JSON has it."""
    found: dict[str, Any] = {
        "id": item.key,
        "type": item.kind,
        "title": item.title,
        "author": [{"literal": item.author}],
        "publisher": item.author,
        "URL": item.url,
        "language": item.language,
    }
    if item.container:
        found["container-title"] = item.container
    if item.version and item.permalink:
        found |= {"version": item.version, "archive_location": item.permalink}
    dates = {"issued": item.issued, "accessed": item.accessed}
    return found | {name: {"date-parts": [parts(date)]} for name, date in dates.items() if date}


def parts(date: PartialDate) -> list[int]:
    """Year, month and day, as far as they are known."""
    return [part for part in (date.year, date.month, date.day) if part is not None]


def csl_entry(item: CitedWork) -> str:
    """An entry of a file of CSL-JSON, which is a list of them."""
    return json.dumps(csl(item), ensure_ascii=False)


def of_record(library: Library, record: Record) -> CitedWork:
    """A source as what it is, and any other record as the page, or the place on a page, that shows it."""
    if isinstance(record, Source):
        return of_source(record)
    site, speaking = library.dossier, library.speaking(record.section() or "")
    key = f"{record.FOLDER}-{record.ident}".lower()
    url = places.address(library, record) or site.url
    date = as_of(library, [record])
    found = CitedWork(key, "webpage", record.label, site.author, url, speaking.language, site.title, date)
    there = places.at(library, record)
    return found if there is None else _kept(library, there, found)


def in_words(words: Language, item: CitedWork) -> tuple[str, str]:
    """An entry as a sentence: short, for a text that has little room, and long, for a list."""
    year = str(item.issued.year) if item.issued else words("undated")
    short = words("cite-as.short").format(author=item.author, title=item.title, year=year)
    where = [part for part in (item.container, words.day(item.issued) if item.issued else None) if part]
    pattern = words("cite-as.long" if where else "cite-as.bare")
    joined = words("joint.comma").join(where)
    return short, pattern.format(author=item.author, title=item.title, where=joined, address=item.url)
