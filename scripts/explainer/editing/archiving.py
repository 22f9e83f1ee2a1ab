"""Copies of sources in a web archive: which sources lack one, in what order they are asked for, and how a copy is recorded."""

import contextlib
import datetime as dt
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from explainer.base.dataclass import dataclass
from explainer.base.files import text_of_file, write_whole
from explainer.docs import content, edits
from explainer.editing import insertion
from explainer.editing.web_archive import ArchiveError, Copy, WebArchive
from explainer.kinds.source import Source
from explainer.library.library import Library
from explainer.library.link_status import Status, Visit

TRIED = ".cache/archive.json"
"""Addresses that the archive could not keep, with the day: they wait until the others had their turn."""
_ARCHIVES = {
    "archive.fo", "archive.is", "archive.li", "archive.md", "archive.ph", "archive.today", "archive.vn", "perma.cc",
    "web.archive.org", "webcitation.org", "www.webcitation.org",
}  # fmt: skip
"""Hosts of copies: a source at one of them is a copy already, which no archive keeps again."""
_GONE = {Status.GONE, Status.DOUBTFUL}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source that lacks a copy."""

    ident: str
    url: str
    path: str
    line: int
    column: int
    read: dt.date | None
    """The day on which it was read, or, where nobody noted that, published: a copy of that day shows what was cited."""
    published: dt.date | None
    """The first day on which it can have been published; an older copy cannot hold it."""
    gone: bool
    """Whether its page is gone: what stands there now is not what was cited."""

    @property
    def place(self) -> str:
        """Where its address stands, for messages."""
        return f"{self.path}:{self.line}:{self.column}"


def wanted(
    library: Library, visits: Mapping[str, Visit], tried: Mapping[str, str], only: Collection[str] = ()
) -> list[Wanted]:
    """The sources without a copy, those that were never asked for first; with `only`, of these alone.

    A source that is itself a copy in an archive needs none. A page whose host asks programs to stay away (robots.txt,
    as `explainer links` found it) is handed to another program only where an editor names it.
    """
    found = []
    for source in library.all(Source):
        status = visits[source.url].status if source.url in visits else None
        if source.archived or urlsplit(source.url).hostname in _ARCHIVES:
            continue
        if source.id not in only if only else status is Status.ROBOTS:
            continue
        document = library.document(source)
        published = source.published.first_day if source.published else None
        read = source.read.last_day if source.read else published
        found.append(
            Wanted(source.id, source.url, document.path, *document.place(("url",)), read, published, status in _GONE)
        )
    return sorted(found, key=lambda item: (tried.get(item.url, ""), item.path, item.line))


def found_or_kept(archive: WebArchive, item: Wanted, today: dt.date) -> tuple[Copy, bool]:
    """The copy that the archive has of a source, or makes now, and whether it is new.

    Raises ArchiveError or ClosedError.
    """
    copy = archive.existing(item.url, item.read or today)
    if copy and (item.published is None or copy.day >= item.published):
        return copy, False
    if item.gone:
        raise ArchiveError("the page is gone, and there is no copy of it")
    return archive.kept(item.url), True


def record(root: Path, item: Wanted, copy: Copy) -> bool:
    """Write a copy into the file of its source, as it is by now; False if a person must do it."""
    text = content.place(root, item.path).read_bytes().decode()
    fields = {"archived": copy.address, "archived_on": f"{copy.day}"}
    changed = insertion.with_fields(item.path, text, item.ident, fields, after=("url", "read_at"))
    if changed is not None:
        edits.overwrite(root, item.path, changed.encode())
    return changed is not None


def tried(root: Path) -> dict[str, str]:
    """Address -> the day on which the archive could not keep it; empty if that was not noted."""
    try:
        found = json.loads(text_of_file(root / TRIED) or "{}")
        return {str(url): str(day) for url, day in found.items()}
    except (ValueError, AttributeError, RecursionError):
        return {}


def note_tried(root: Path, failed: Mapping[str, str]) -> None:
    """Keep which addresses the archive could not keep; where that cannot be written, the next run asks for them again."""
    with contextlib.suppress(OSError):
        write_whole(root / TRIED, (json.dumps(failed, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
