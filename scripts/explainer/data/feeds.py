"""Atom feeds (RFC 4287) of what is new, of all records, of each kind, and of corrections."""

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from explainer.base.dataclass import dataclass
from explainer.base.values import PartialDate
from explainer.data import news
from explainer.data.news import KindNews
from explainer.library import addresses, places, sections
from explainer.library.history import Differs, RecordDay, RecordDifferences
from explainer.library.library import Library
from explainer.reading import prose
from explainer.records.record import Entry, Record
from explainer.records.sourced import Correction

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100
"""Entries of a feed, the newest ones."""
ALL, CORRECTIONS = "all", "corrections"
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML may hold, not even escaped; listed by what may be instead, they would take 4 ms of every command."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed."""

    ident: str
    title: str
    day: PartialDate
    address: str
    said: tuple[str, ...]
    """What it tells, as sentences."""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, with where it stands and what it is called."""

    name: str
    title: str
    entries: tuple[FeedEntry, ...]
    page: str
    """The full address of the page that tells the same."""

    @property
    def path(self) -> str:
        """Where it lies, relative to `docs/`."""
        return path(self.name)


def path(name: str) -> str:
    """Where a feed lies, relative to `docs/`; the address stays as long as the section has its name."""
    return f"{addresses.CHANGES}/{name}.xml"


def names(library: Library) -> tuple[str, ...]:
    """The names of the feeds that there are: none without a history or an edition, else all, one a section that changed, and corrections."""
    if not (library.history.passages or library.releases.every):
        return ()
    kinds, sections_of = library.history.kinds, library.kinds.sections
    return (ALL, *(name for name, model in sections_of.items() if model.KIND in kinds), CORRECTIONS)


def title(library: Library, name: str) -> str:
    """What a feed is called."""
    if name in {ALL, CORRECTIONS}:
        return library.words(f"changes.feeds.{name}").format(site=library.dossier.title)
    section = sections.title(library.dossier, library.words, name)
    return library.words("changes.feeds.section").format(site=library.dossier.title, section=section)


def feeds(library: Library) -> Iterator[Feed]:
    """Every feed."""
    days = news.days(library)
    for name in names(library):
        model = library.kinds.sections.get(name)
        page = addresses.CORRECTIONS if name == CORRECTIONS else addresses.CHANGES
        if name == CORRECTIONS:
            entries = list(_corrections(library))
        else:
            entries = [
                entry
                for day in days
                for kind in day.kinds
                if model is None or kind.kind == model.KIND
                for entry in _of_kind(library, day.day, kind)
            ]
        if name == ALL:
            entries = sorted([*_editions(library), *entries], key=lambda entry: entry.day.last_day, reverse=True)
        address = places.whole(library, f"{page}/")
        yield Feed(name, title(library, name), tuple(entries[:MOST]), address)


def _editions(library: Library) -> Iterator[FeedEntry]:
    """The entries on the editions of the site, the newest first."""
    words = library.words
    for release in library.releases.every:
        name = words("site-editions.name").format(version=release.version)
        address = places.whole(library, addresses.hosted(release.page))
        says = words("site-editions.frozen" if release.since else "site-editions.first")
        told = [says.format(date=words.day(release.frozen))]
        if release.since:
            told.append(counted_changes(library, release.changes))
        yield FeedEntry(
            tag(library, release.frozen, f"editions/{release.version}"),
            name,
            release.frozen,
            address,
            tuple(told),
            is_new=True,
        )


def counted_changes(library: Library, changes: Iterable[RecordDifferences]) -> str:
    """How many records came, went and changed."""
    words, firsts = library.words, [record.differences[0].what for record in changes]
    sorts = {"came": firsts.count(Differs.NEW), "went": firsts.count(Differs.GONE)}
    sorts["differ"] = len(firsts) - sum(sorts.values())
    told = [
        words.phrase(f"changes.counts.{key}", number).format(n=words.number(number))
        for key, number in sorts.items()
        if number
    ]
    return words("joint.comma").join(told) or words("changes.counts.none")


def of_record(library: Library, record: Record) -> Feed | None:
    """The feed of one record; None if it has no address, or the history does not know it."""
    passages, section = library.history.of(record.key), record.section()
    if not passages or section is None:
        return None
    name = library.words("changes.feeds.section").format(site=library.dossier.title, section=record.label)
    entries = tuple(entry for passage in passages if (entry := _of_passage(library, passage)))
    return Feed(f"{section}/{record.ident}", name, entries[:MOST], news.address(library, record))


def _of_kind(library: Library, day: PartialDate, kind: KindNews) -> Iterator[FeedEntry]:
    """The entries on a kind: one a record, or one for all where they are many."""
    for passages, named, key in ((kind.new, kind.names_new, "new"), (kind.changed, kind.names_changed, "changed")):
        if named:
            yield from filter(None, (_of_passage(library, passage) for passage in passages))
        elif passages:
            text = counted(library, kind.kind, len(passages), key)
            section = addresses.section(library.kinds.by_kind[kind.kind])
            address = places.whole(library, f"{section}/")
            yield FeedEntry(tag(library, day, f"{section}/{key}"), text, day, address, (text,))


def counted(library: Library, kind: str, number: int, key: str) -> str:
    """How many records of a kind are new, or changed."""
    kinds = library.words.phrase(f"counted-kind.{kind}", number)
    return library.words(f"changes.counted.{key}").format(n=library.words.number(number), kinds=kinds)


def _of_passage(library: Library, passage: RecordDay) -> FeedEntry | None:
    """The entry on what became of a record on one day; None if no words tell of it."""
    said = news.speaker(library).sentences(passage.record)
    if not said:
        return None
    record = news.record_of(library, passage.record.key)
    label = record.label if record else passage.record.label
    model = library.kinds.by_kind[passage.record.kind]
    return FeedEntry(
        tag(library, passage.day, f"{addresses.section(model)}/{passage.record.ident}"),
        library.words("mark-off.colon").format(before=label, after=said[0]),
        passage.day,
        news.address(library, record),
        (*filter(None, [passage.note]), *said),
        news.is_new(passage),
    )


def tag(library: Library, day: PartialDate, what: str) -> str:
    """A name that no other entry anywhere has (RFC 4151), and that stays where the page moves."""
    return f"tag:{urlsplit(library.dossier.url).hostname},{day.first_day}:{what}"


def _corrections(library: Library) -> Iterator[FeedEntry]:
    """The corrections that stand on records, the newest first."""
    found = [
        (correction, number, entry.record)
        for entry in library.entries.values()
        if isinstance(entry.record, Entry)
        for number, correction in enumerate(entry.record.corrections, 1)
    ]
    found.sort(key=lambda item: (str(item[0].date), *item[2].key, item[1]), reverse=True)
    for correction, number, record in found:
        what = f"corrections/{record.FOLDER}/{record.ident}/{number}"
        said = tuple(_said(library, correction))
        yield FeedEntry(
            tag(library, correction.date, what), record.label, correction.date, news.address(library, record), said
        )


def _said(library: Library, correction: Correction) -> Iterator[str]:
    words, was = library.words, prose.plain(correction.was)
    if correction.since:
        yield words("correction.was-since").format(date=words.day(correction.since), was=was)
    else:
        yield words("correction.was").format(was=was)
    yield words("correction.now").format(now=prose.plain(correction.now))


def xml(library: Library, feed: Feed) -> bytes:
    """A feed as XML; the same history gives the same bytes, since its dates are those of the records."""
    site = library.dossier
    own = places.whole(library, feed.path)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": library.language})
    _add(root, "id", own)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(max((entry.day for entry in feed.entries), key=str, default=site.updated)))
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=own)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(ET.SubElement(root, "author"), "name", site.author)
    _add(root, "rights", f"{site.licence} ({site.licence_url})")
    for entry in feed.entries:
        _write(root, entry)
    ET.indent(root, "")
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _write(root: ET.Element, entry: FeedEntry) -> None:
    element = ET.SubElement(root, "entry")
    _add(element, "id", entry.ident)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.day))
    if entry.is_new:
        _add(element, "published", _moment(entry.day))
    ET.SubElement(element, "link", rel="alternate", type="text/html", href=entry.address)
    _add(element, "content", _as_list(entry.said)).set("type", "html")


def _as_list(said: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(text)}</li>' for text in said)}</ul>"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _REFUSED.sub("\ufffd", text)
    return element


def _moment(day: PartialDate) -> str:
    """A day as RFC 3339 writes a moment; a month or a year as its first day."""
    return f"{day.first_day}T00:00:00Z"
