"""A web archive: asks whether it holds a page, and asks it to keep one, by the protocol of the Wayback Machine.

The protocol has three requests. `GET /wayback/available?url=&timestamp=` names the copy that is nearest to a moment.
`POST /save` with `url=` (Save Page Now 2) begins to keep a page and names a job; it wants the keys of an account, as
`Authorization: LOW access:secret`. `GET /save/status/JOB` tells when the job is done. All of them are asked one at a time.
"""

import datetime as dt
import json
import math
import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from explainer.base.dataclass import dataclass
from explainer.base.problems import quoted
from explainer.editing.hosts import BUSY, Answer, Hosts
from explainer.editing.manners import Manners

ADDRESS = "https://web.archive.org"
"""The archive that keeps pages; `--archive` names another one."""
LOOKUP = "https://archive.org/wayback/available"
"""Where it tells of the copies that it has; `--lookup` names another one."""
KEYS = "EXPLAINER_ARCHIVE_KEYS"
"""The variable that holds the keys of an account, as access:secret: they belong into no file and no history of a shell."""
LONGEST_WAIT = 120.0
"""The longest time in seconds that a run waits because the archive asks it to; where it asks for more, the run ends."""
MOST_BYTES = 1024 * 1024
"""Maximum bytes of an answer: the state of a job lists every file of the page."""
QUESTIONS = 40
"""How often a job is asked for at most: with the usual pause for longer than the archive gives itself."""
_MOMENT = re.compile(r"[0-9]{14}", re.ASCII)
_FULL = {"error:user-session-limit", "error:no-browsers-available"}
"""What it says where it takes nothing more from anybody, or from this account."""


class ArchiveError(Exception):
    """Raised where the archive cannot keep one page; says what it answered."""


class ClosedError(Exception):
    """Raised where the archive can be asked nothing more for now; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A page as an archive holds it."""

    address: str
    day: dt.date
    """The day on which it was made, in universal time."""


class WebArchive:
    """An archive at an address, asked politely."""

    def __init__(self, manners: Manners, *, address: str = ADDRESS, lookup: str = LOOKUP, keys: str = "") -> None:
        """Ask nothing yet. Raises WayOutError as `Hosts` does."""
        self.address = address.rstrip("/")
        self._lookup = lookup
        self._keys = {"Authorization": f"LOW {keys}"} if keys else {}
        self._manners = manners
        self._stop = threading.Event()
        self._hosts = Hosts(replace(manners, longest_wait=math.inf), self._stop)  # what it asks for is judged here

    def close(self) -> None:
        """Close all connections."""
        self._hosts.close()

    def existing(self, url: str, near: dt.date) -> Copy | None:
        """The copy of a page that is nearest to a day, of those that were made when the page answered.

        Raises ArchiveError or ClosedError.
        """
        asked = urlencode({"url": url, "timestamp": f"{near:%Y%m%d}"})
        said = _said(self._answer(f"{self._lookup}?{asked}"))
        snapshots = said.get("archived_snapshots")
        closest = snapshots.get("closest") if isinstance(snapshots, Mapping) else None
        if not isinstance(closest, Mapping) or not closest.get("available") or str(closest.get("status")) != "200":
            return None
        return self._copy(url, closest.get("timestamp"))

    def kept(self, url: str) -> Copy:
        """The copy of a page that the archive makes now. Raises ArchiveError or ClosedError."""
        begun = _said(self._answer(f"{self.address}/save", {"url": url, "skip_first_archive": "1"}))
        job = begun.get("job_id")
        if not isinstance(job, str) or not job:
            raise _refusal(begun)
        for _ in range(QUESTIONS):
            state = _said(self._answer(f"{self.address}/save/status/{quote(job, safe='')}"))
            if state.get("status") == "success":
                return self._copy(url, state.get("timestamp"))
            if state.get("status") != "pending":
                raise _refusal(state)
        raise ArchiveError("it has not finished; the next run asks for the copy")

    def _copy(self, url: str, moment: object) -> Copy:
        if not isinstance(moment, str) or not _MOMENT.fullmatch(moment):
            raise ArchiveError(f"it names no moment of the copy but {quoted(str(moment)[:40])}")
        try:
            day = dt.datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC).date()
        except ValueError as error:
            raise ArchiveError(f"it names a moment that does not exist, {moment}") from error
        return Copy(f"{self.address}/web/{moment}/{url}", day)

    def _answer(self, url: str, form: Mapping[str, str] | None = None) -> Answer:
        """The answer to a request, tried again while the archive is busy. Raises ClosedError if it stays so."""
        code, wait = 0, 0.0
        for attempt in range(self._manners.tries):
            self._stop.wait(wait)
            answer = self._sent(url, form)
            if answer.code in {401, 403}:
                raise _locked(answer.code)
            if answer.code != BUSY and answer.code < 500:
                return answer
            code, wait = answer.code, max(answer.wait, 2 * self._manners.pause * 2**attempt)
            if wait > LONGEST_WAIT:
                raise ClosedError(
                    f"the archive is busy ({answer.code}) and asks to be left alone for {wait:,.0f} seconds; run again after that"
                )
        raise ClosedError(f"the archive is busy ({code}) however often it is asked; run again later")

    def _sent(self, url: str, form: Mapping[str, str] | None) -> Answer:
        """Send one request; the keys go to the archive itself and to nobody else."""
        own = self._keys if url.startswith(f"{self.address}/") else {}
        headers = {
            "Accept": "application/json",
            "User-Agent": "explainer-archive/1 (keeps copies of cited sources)",
            **own,
        }
        try:
            return self._hosts.sent(url, MOST_BYTES, form=form, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            reason = str(error) or type(error).__name__
            raise ClosedError(
                f"{url.partition('?')[0]} cannot be reached ({quoted(reason[:200])[1:-1]}); expected the archive; "
                "look at the connection, and run again"
            ) from error


def _said(answer: Answer) -> Mapping[str, Any]:
    """The object that an answer holds. Raises ArchiveError if it holds none."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ArchiveError(f"it answers {answer.code} with something that is no JSON")
    return found


def _refusal(said: Mapping[str, Any]) -> Exception:
    """What the archive says where it does not keep a page."""
    code = str(said.get("status_ext") or "")
    told = quoted(" ".join(str(said.get("message") or code or "it does not say why").split())[:200])[1:-1]
    if code in _FULL:
        return ClosedError(f"the archive takes no more for now ({told}); run again later")
    return ArchiveError(told.rstrip("."))


def _locked(code: int) -> ClosedError:
    return ClosedError(
        f"the archive does not know who asks ({code}); expected the keys of an account, as access:secret in {KEYS}; "
        "make them in the settings of your account there, and set the variable"
    )
