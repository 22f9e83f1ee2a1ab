"""Results of the last link check of each URL, stored by `explainer links` in `content/.links.json`; does no I/O."""

import json
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from explainer.base.dataclass import dataclass

NAME = "content/.links.json"
"""The file; the generator skips hidden files but reads this one to know which URLs are gone."""
VERSION = 1
_MORE = ("detail", "digest", "since")
"""Fields of a visit that are written where they say something."""


class Status(StrEnum):
    """The outcome of a visit."""

    OK = "ok"
    MOVED = "moved"
    GONE = "gone"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"
    ROBOTS = "robots"
    UNREACHABLE = "unreachable"


MEANINGS = {
    Status.OK: "answers",
    Status.MOVED: "answers at another address, for good",
    Status.GONE: "is gone",
    Status.DOUBTFUL: "answers, but the page seems to be gone",
    Status.REFUSED: "answers, but not to a program",
    Status.ROBOTS: "asks programs to stay away (robots.txt)",
    Status.UNREACHABLE: "could not be reached",
}
"""Status -> predicate for a message about a URL."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one URL."""

    status: Status
    checked: str
    """The date of the visit, as in 2026-11-24."""
    detail: str = ""
    """The HTTP status code, the target of a redirect, or what went wrong."""
    digest: str = ""
    """The digest of what the page says, of its last visit that showed it; empty if none did."""
    since: str = ""
    """The day from which on every visit found that digest."""

    def after(self, before: "Visit | None") -> "Visit":
        """This visit, with what it did not see taken from the one before."""
        if before is None or not before.digest:
            return self
        if not self.digest:
            return replace(self, digest=before.digest, since=before.since)
        return replace(self, since=before.since) if self.digest == before.digest else self


def read(text: str | None) -> dict[str, Visit]:
    """Parse the file into URL -> last visit; empty if there is no file or it is not valid."""
    try:
        data = json.loads(text or "")
        if data["version"] != VERSION:
            return {}
        return {
            str(url): Visit(Status(item["status"]), str(item["checked"]), *(str(item.get(name, "")) for name in _MORE))
            for url, item in data["links"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def write(visits: Mapping[str, Visit]) -> str:
    """Serialise visits as JSON, sorted by URL."""
    links = {
        url: {"status": visit.status, "checked": visit.checked}
        | {name: value for name in _MORE if (value := getattr(visit, name))}
        for url, visit in sorted(visits.items())
    }
    return json.dumps({"version": VERSION, "links": links}, ensure_ascii=False, indent=1) + "\n"


def gone(visits: Mapping[str, Visit]) -> frozenset[str]:
    """The URLs that were gone at their last visit."""
    return frozenset(url for url, visit in visits.items() if visit.status is Status.GONE)
