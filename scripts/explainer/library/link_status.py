"""What the last visit to each address found, as `explainer links` keeps it in `content/.links.json`. Pure: no network here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NAME = "content/.links.json"
"""The file; the generator passes hidden files over, and reads this one to know what is gone."""
VERSION = 1


class Status(StrEnum):
    """What became of a visit."""

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
"""What each says of an address."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one address."""

    status: Status
    checked: str
    """The day, as in 2026-11-24."""
    detail: str = ""
    """The code of the answer, where it leads to, or what went wrong."""


def read(text: str | None) -> dict[str, Visit]:
    """Address -> the last visit; empty where there is no file or it cannot be believed."""
    try:
        data = json.loads(text or "")
        if data["version"] != VERSION:
            return {}
        return {
            str(url): Visit(Status(item["status"]), str(item["checked"]), str(item.get("detail", "")))
            for url, item in data["links"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def write(visits: Mapping[str, Visit]) -> str:
    """Visits as text, sorted by address."""
    links = {
        url: {"status": visit.status, "checked": visit.checked} | ({"detail": visit.detail} if visit.detail else {})
        for url, visit in sorted(visits.items())
    }
    return json.dumps({"version": VERSION, "links": links}, ensure_ascii=False, indent=1) + "\n"


def gone(visits: Mapping[str, Visit]) -> frozenset[str]:
    """The addresses that are gone."""
    return frozenset(url for url, visit in visits.items() if visit.status is Status.GONE)
