"""Visits to the addresses of sources: on demand, few at a time, slowly for each host, and never where robots may not go.

What this cannot see: a page that says "not found" and answers 200.
"""

import http.client
import ssl
import time
import urllib.error
import urllib.request
import urllib.robotparser
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from explainer.visits import Status, Visit

AGENT = "explainer-links/1 (checks the addresses of cited sources)"
LARGEST_ROBOTS = 512 * 1024
"""Bytes of robots.txt that are read, as RFC 9309 asks at least."""
_REDIRECTS = {301, 302, 303, 307, 308}
_LASTING = {301, 308}
_REFUSALS = {401, 402, 403, 405, 406, 407, 429, 451, 999}


@dataclass(frozen=True, slots=True)
class Manners:
    """How addresses are visited."""

    workers: int = 8
    """Hosts that are visited at the same time; one host never gets two visits at once."""
    pause: float = 1.0
    """Seconds between two visits to one host, doubled before each further try."""
    timeout: float = 20.0
    """Seconds that a host may stay silent, and in all may take to send a page."""
    tries: int = 3
    """How often an address that cannot be reached is tried."""
    most_bytes: int = 64 * 1024
    """How much of a page is read."""
    redirects: int = 10
    """How often an address may lead on."""


@dataclass(frozen=True, slots=True)
class _Answer:
    code: int
    to: str | None
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to the caller, who counts them."""

    def redirect_request(  # noqa: PLR0917 - the signature of the standard library
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        """Never follow."""


def visited(
    urls: Iterable[str], today: str, manners: Manners, *, tell: Callable[[str, Visit], None] | None = None
) -> dict[str, Visit]:
    """Address -> what a visit today found. `tell` hears of each as it is made, from several threads."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in sorted(set(urls)):
        by_host[urlsplit(url).netloc.lower()].append(url)
    visitors = [_Visitor(today, manners) for _ in by_host]

    def one_host(visitor: "_Visitor", found: list[str]) -> list[tuple[str, Visit]]:
        made: list[tuple[str, Visit]] = []
        for url in found:
            visit = visitor.visit(url)
            if tell:
                tell(url, visit)
            made.append((url, visit))
        return made

    with ThreadPoolExecutor(max_workers=manners.workers) as pool:
        return dict(pair for pairs in pool.map(one_host, visitors, by_host.values()) for pair in pairs)


@dataclass(slots=True)
class _Visitor:
    """Visits the addresses of one host, one after the other."""

    today: str
    manners: Manners
    robots: dict[str, urllib.robotparser.RobotFileParser | str] = field(default_factory=dict)
    """What each host asks of programs; a text where its robots.txt could not be read."""
    opener: urllib.request.OpenerDirector = field(default_factory=lambda: urllib.request.build_opener(_Stay()))
    last: float = 0.0

    def visit(self, url: str) -> Visit:
        """Try an address, again where it cannot be reached."""
        found = Visit(Status.UNREACHABLE, self.today)
        for attempt in range(self.manners.tries):
            if attempt:
                time.sleep(self.manners.pause * 2**attempt)
            found = self._tried(url)
            if found.status is not Status.UNREACHABLE:
                break
        return found

    def _tried(self, url: str) -> Visit:
        try:
            return self._followed(url)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            what = "TLS: " if isinstance(reason, ssl.SSLError) else ""
            return Visit(Status.UNREACHABLE, self.today, f"{what}{reason or type(error).__name__}"[:200])

    def _followed(self, url: str) -> Visit:
        here, lasting, seen = url, True, {url}
        while True:
            if refusal := self._refused(here):
                return refusal
            answer = self._asked(here)
            if answer.code not in _REDIRECTS or not answer.to:
                return self._judged(url, here, answer, lasting=lasting)
            lasting = lasting and answer.code in _LASTING
            here = urljoin(here, answer.to)
            if urlsplit(here).scheme not in {"http", "https"}:
                return Visit(Status.UNREACHABLE, self.today, "leads to no web address")
            if here in seen or len(seen) > self.manners.redirects:
                return Visit(Status.UNREACHABLE, self.today, "leads in a circle, or on and on")
            seen.add(here)

    def _judged(self, url: str, here: str, answer: _Answer, *, lasting: bool) -> Visit:
        if answer.code in {404, 410}:
            return Visit(Status.GONE, self.today, str(answer.code))
        if answer.code in _REFUSALS:
            return Visit(Status.REFUSED, self.today, str(answer.code))
        if not 200 <= answer.code < 300:
            return Visit(Status.UNREACHABLE, self.today, str(answer.code))
        if here != url:
            return Visit(Status.MOVED if lasting else Status.OK, self.today, here)
        return Visit(Status.OK, self.today)

    def _asked(self, url: str) -> _Answer:
        """HEAD, then GET where HEAD brings anything but a page or a way on: many hosts answer it wrongly."""
        try:
            answer = self._sent(url, "HEAD", 0)
            if answer.code < 400:
                return answer
        except (OSError, http.client.HTTPException) as error:
            if isinstance(getattr(error, "reason", error), ssl.SSLError | TimeoutError):
                raise
        return self._sent(url, "GET", self.manners.most_bytes)

    def _sent(self, url: str, method: str, most: int) -> _Answer:
        wait = self.last + self.manners.pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        request = urllib.request.Request(  # noqa: S310 - only http and https come here
            url, method=method, headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
        )
        end = time.monotonic() + self.manners.timeout
        try:
            response: Any = self.opener.open(request, timeout=self.manners.timeout)
        except urllib.error.HTTPError as error:
            response = error
        finally:
            self.last = time.monotonic()
        with response:
            body = b"".join(_pieces(response, most, end))
            return _Answer(int(response.status), response.headers.get("Location"), body)

    def _refused(self, url: str) -> Visit | None:
        """What keeps a program from an address: the host's robots.txt, or that it cannot be read."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self.robots:
            self.robots[host] = self._rules(host)
        rules = self.robots[host]
        if isinstance(rules, str):
            del self.robots[host]
            return Visit(Status.UNREACHABLE, self.today, f"robots.txt: {rules}")
        return None if rules.can_fetch(AGENT, url) else Visit(Status.ROBOTS, self.today)

    def _rules(self, host: str) -> urllib.robotparser.RobotFileParser | str:
        """RFC 9309: no robots.txt allows everything, a host that fails to give it allows nothing."""
        here = f"{host}/robots.txt"
        rules = urllib.robotparser.RobotFileParser()
        for _ in range(5):
            answer = self._sent(here, "GET", LARGEST_ROBOTS)
            if answer.code in _REDIRECTS and answer.to:
                here = urljoin(here, answer.to)
                if urlsplit(here).scheme not in {"http", "https"}:
                    break
                continue
            if answer.code >= 500:
                return str(answer.code)
            text = answer.body.decode("utf-8", "replace") if answer.code < 300 else ""
            rules.parse(text.splitlines())
            return rules
        rules.parse([])
        return rules


def _pieces(response: Any, most: int, end: float) -> Iterator[bytes]:
    """At most `most` bytes of a page, in pieces, until a moment has come."""
    left = most
    while left > 0:
        if time.monotonic() > end:
            raise TimeoutError("sends its page too slowly")
        piece = response.read1(min(left, 16 * 1024))
        if not piece:
            return
        left -= len(piece)
        yield piece


def due(urls: Iterable[str], visits: Mapping[str, Visit], since: str) -> list[str]:
    """The addresses that were not visited on or after a day."""
    return [url for url in urls if url not in visits or visits[url].checked < since]
