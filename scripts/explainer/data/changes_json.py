"""What is new as JSON: every day with the records that changed, each difference as data and in words."""

import json

from explainer.data import news
from explainer.library import addresses, places
from explainer.library.history import RecordDay
from explainer.library.library import Library
from explainer.library.releases import Release

PATH = f"{addresses.CHANGES}/changes.json"
"""Where it lies, relative to `docs/`."""


def made(library: Library) -> bytes:
    """The file; a record a line, so that two states of it can be compared."""
    site = library.dossier
    head: dict[str, object] = {
        "title": site.title,
        "licence": site.licence,
        "licence_url": site.licence_url,
        "updated": str(site.updated),
    }
    if library.releases.every:
        head["editions"] = [_edition(library, release) for release in library.releases.every]
    told = [_told(library, passage) for passage in library.history.passages]
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in told)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "changes": [\n{lines}\n]}}\n'.encode()


def is_made(library: Library) -> bool:
    """Whether there is anything to tell."""
    return bool(library.history.passages or library.releases.every)


def _edition(library: Library, release: Release) -> dict[str, str]:
    return {
        "version": release.version,
        "frozen": str(release.frozen),
        "page": places.whole(library, addresses.hosted(release.page)),
        "archive": places.whole(library, release.archived()),
    }


def _told(library: Library, passage: RecordDay) -> dict[str, object]:
    record = news.record_of(library, passage.record.key)
    data: dict[str, object] = {
        "day": str(passage.day),
        "type": passage.record.kind,
        "id": passage.record.ident,
        "name": record.label if record else passage.record.label,
        "page": news.address(library, record),
        "note": passage.note,
        "says": news.speaker(library).sentences(passage.record),
        "changes": [item.packed() for item in passage.record.differences],
    }
    return {name: value for name, value in data.items() if value}
