"""The editions of the site that were frozen, and the addresses that they published, as `content/history/` keeps them; does no I/O.

Code calls them releases, because an edition is also a text of a series (`library.editions`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem, quoted
from explainer.base.values import PartialDate
from explainer.library.addresses import CHANGES
from explainer.library.history import FOLDER, RecordDifferences, packed, unpacked

ADDRESSES = f"{FOLDER}/addresses.txt"
"""Every address that an edition published, one a line, with the first edition that had it and the last one if it went."""
ARCHIVE = "versions"
"""The folder of the site in which old editions stand whole."""
_FORM = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,2}", re.ASCII)
_FILE = re.compile(rf"{re.escape(FOLDER)}/edition-(?P<version>{_FORM.pattern})\.json", re.ASCII)
_LINE = re.compile(rf"(?P<address>\.|\S.*/) (?P<first>{_FORM.pattern})(?: (?P<last>{_FORM.pattern}))?", re.ASCII)
_REMEDY = "expected it as `explainer release` writes it; restore it from the repository"


def order(version: str) -> tuple[int, ...]:
    """What versions are compared by; raises ValueError if it is none."""
    if not _FORM.fullmatch(version):
        raise ValueError(
            f"{quoted(version[:40])} is no version; expected two or three numbers with dots, as in 2026.12 or 2026.12.1"
        )
    numbers = [int(part) for part in version.split(".")]
    return tuple([*numbers, 0][:3])


@dataclass(frozen=True, slots=True)
class Release:
    """An edition of the site that was frozen."""

    version: str
    frozen: PartialDate
    """The day on which it was frozen."""
    commit: str
    """The commit of the records that it was made from."""
    archive: str = ""
    """SHA-256 of the list of its files, by which its archive is known to be whole."""
    since: str | None = None
    """The edition before, with which it is compared; None for the first one."""
    changes: tuple[RecordDifferences, ...] = ()
    """What changed since then, by type and id."""

    @property
    def file(self) -> str:
        """The file of `content/` that tells of it."""
        return f"{FOLDER}/edition-{self.version}.json"

    @property
    def page(self) -> str:
        """The page, relative to `docs/`, that tells what changed."""
        return f"{CHANGES}/{self.version}.md"

    def archived(self, address: str = "") -> str:
        """Where a page of it stands, relative to the root of the site; without one, its home page."""
        return f"{ARCHIVE}/{self.version}/{address}"

    def text(self) -> str:
        """The file: a record a line, so that it can be read and compared."""
        head = {"version": self.version, "frozen": str(self.frozen), "commit": self.commit, "archive": self.archive}
        if self.since:
            head["since"] = self.since
        lines = ",\n".join(json.dumps(packed(item), ensure_ascii=False) for item in self.changes)
        return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "changes": [\n{lines}\n]}}\n'


@dataclass(frozen=True, slots=True)
class Published:
    """An address that an edition published."""

    address: str
    """Relative to the root of the site; empty for the home page."""
    first: str
    """The first edition that had it."""
    last: str | None = None
    """The last one, if a later one does not have it."""
    line: int = 1

    def text(self) -> str:
        """The line of the file."""
        return " ".join(filter(None, (self.address or ".", self.first, self.last))) + "\n"


@dataclass(frozen=True, slots=True)
class Releases:
    """Every edition, the newest first, and every address that they published."""

    every: tuple[Release, ...] = ()
    addresses: Mapping[str, Published] = field(default_factory=dict)

    @property
    def newest(self) -> Release | None:
        """The last edition."""
        return self.every[0] if self.every else None

    def kept_as(self, address: str) -> tuple[Release, str] | None:
        """The last edition that has a page, and where it stands there, relative to the root of the site.

        None as well while an edition is being frozen: its own pages need no other address than theirs.
        """
        there = self.addresses.get(address)
        if there is None or not self.newest or not self.newest.archive:
            return None
        version = there.last or self.newest.version
        found = next((item for item in self.every if item.version == version), None)
        return (found, found.archived(address)) if found else None


def is_file(path: str) -> bool:
    """Whether a file of `content/` tells of editions or of their addresses."""
    return path == ADDRESSES or _FILE.fullmatch(path) is not None


def read(texts: Mapping[str, str]) -> tuple[Releases, list[Problem]]:
    """The editions that files tell of, by path and text, and a problem for each file or line that cannot be read."""
    every: list[Release] = []
    addresses: Mapping[str, Published] = {}
    problems: list[Problem] = []
    for path, text in sorted(texts.items()):
        if path == ADDRESSES:
            found, wrong = _addresses(text)
            addresses, problems = found, [*problems, *wrong]
        elif (release := _release(text)) and release.file == path:
            every.append(release)
        else:
            problems.append(Problem(path, 1, 1, f"the file tells of no edition; {_REMEDY}"))
    every.sort(key=lambda item: order(item.version), reverse=True)
    return Releases(tuple(every), addresses), problems


def _release(text: str) -> Release | None:
    try:
        data: dict[str, Any] = json.loads(text)
        changes = tuple(unpacked(item) for item in data["changes"])
        since, frozen = data.get("since"), PartialDate.read(str(data["frozen"]))
        known = {name: str(data[name]) for name in ("version", "commit", "archive")}
        order(known["version"])
        return Release(**known, frozen=frozen, since=str(since) if since else None, changes=changes)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _addresses(text: str) -> tuple[dict[str, Published], list[Problem]]:
    found: dict[str, Published] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match:
            address = "" if match["address"] == "." else match["address"]
            found[address] = Published(address, match["first"], match["last"], number)
        elif line.strip():
            message = f"the line is no address with the edition that published it; {_REMEDY}"
            problems.append(Problem(ADDRESSES, number, 1, message))
    return found, problems


def published(before: Releases, version: str, there: Iterable[str]) -> Iterator[Published]:
    """Every address after an edition that has those in `there`, sorted."""
    now = set(there)
    for address in sorted({*before.addresses, *now}):
        known = before.addresses.get(address)
        if address in now:
            yield Published(address, known.first if known and not known.last else version)
        elif known and before.newest:
            yield Published(address, known.first, known.last or before.newest.version)
