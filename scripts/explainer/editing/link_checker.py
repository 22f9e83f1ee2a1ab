"""Link checker for the URLs of sources: runs on demand, limits the rate per host and obeys robots.txt.

A missing page that still answers with 200 is detected by its title or by a redirect to the front page; an editor has
to look at those.
"""

import html
import http.client
import re
import ssl
import threading
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

from explainer.library.link_status import Status, Visit

AGENT = "explainer-links/1 (checks the addresses of cited sources)"
LARGEST_ROBOTS = 512 * 1024
"""Maximum bytes of robots.txt that are read; RFC 9309 requires at least 500 KiB."""
_REDIRECTS = {301, 302, 303, 307, 308}
_LASTING = {301, 308}
_BUSY = 429
_REFUSALS = {401, 402, 403, 405, 406, 407, _BUSY, 451, 999}
_LONGEST_WAIT = 60.0
"""Maximum seconds to wait at a host's request, between two visits or before the next try."""
_TITLE = re.compile(r"<title[^>]*>\s*(.*?)\s*</title", re.IGNORECASE | re.DOTALL)
_NOT_FOUND = re.compile(
    r"^(?:error\W*)?404\b|\b404\W*$|(?:page|file|document|article|site)\W.{0,20}\bnot found\b|^not found\b"
    r"|page (?:introuvable|non trouvée)|página no encontrada|seite nicht gefunden|الصفحة غير موجودة",
    re.IGNORECASE,
)
"""Titles of missing pages."""


@dataclass(frozen=True, slots=True)
class Manners:
    """Rate limits and timeouts of the link checker."""

    workers: int = 8
    """Hosts visited at the same time; one host never gets two requests at once, even by redirects from others."""
    pause: float = 1.0
    """Seconds between two requests to one host, doubled before each retry."""
    timeout: float = 20.0
    """Socket timeout in seconds, and the limit for receiving a whole page."""
    tries: int = 3
    """Maximum number of attempts for a URL that cannot be reached."""
    most_bytes: int = 64 * 1024
    """Maximum bytes of a page that are read."""
    redirects: int = 10
    """Maximum number of redirects that are followed."""


@dataclass(frozen=True, slots=True)
class _Answer:
    code: int
    to: str | None
    body: bytes


@dataclass(slots=True)
class _Host:
    """The shared state of one host; only the holder of its lock sends requests to it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float = 0.0
    """Monotonic time of the last request, in seconds; 0 if there was none."""
    pause: float = 0.0
    """Crawl delay in seconds that its robots.txt asks for."""
    robots: urllib.robotparser.RobotFileParser | None = None
    """Its parsed robots.txt, once fetched."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect handler that follows none, so that the caller can count them."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        """Do not follow the redirect."""


def visited(
    urls: Iterable[str], today: str, manners: Manners, *, tell: Callable[[str, Visit], None] | None = None
) -> dict[str, Visit]:
    """Visit URLs and return URL -> today's visit.

    `tell` is called with each visit as soon as it is made, from several threads. On an interruption, the visits under
    way are finished and the exception is raised again; only the visits passed to `tell` by then are available.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in sorted(set(urls)):
        by_host[urlsplit(url).netloc.lower()].append(url)
    hosts, stop = _Hosts(), threading.Event()

    def one_host(found: list[str]) -> list[tuple[str, Visit]]:
        visitor = _Visitor(today, manners, hosts, stop)
        made: list[tuple[str, Visit]] = []
        for url in found:
            visit = visitor.visit(url)
            if stop.is_set():
                break
            if tell:
                tell(url, visit)
            made.append((url, visit))
        return made

    with ThreadPoolExecutor(max_workers=manners.workers) as pool:
        try:
            return dict(pair for pairs in pool.map(one_host, by_host.values()) for pair in pairs)
        except BaseException:
            stop.set()
            raise


class _Hosts:
    """Registry of hosts by name and port, shared by all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: defaultdict[str, _Host] = defaultdict(_Host)

    def of(self, url: str) -> _Host:
        """The host of a URL, created on first use."""
        with self._lock:
            return self._known[urlsplit(url).netloc.lower()]


@dataclass(slots=True)
class _Visitor:
    """Visits URLs one after the other."""

    today: str
    manners: Manners
    hosts: _Hosts
    stop: threading.Event
    """Set to stop all further visits."""
    opener: urllib.request.OpenerDirector = field(default_factory=lambda: urllib.request.build_opener(_Stay()))
    wait: float = 0.0
    """Seconds that the last response asked us to wait (Retry-After)."""

    def visit(self, url: str) -> Visit:
        """Visit a URL, with retries if it cannot be reached or the host is busy."""
        found = Visit(Status.UNREACHABLE, self.today)
        for attempt in range(self.manners.tries):
            if attempt:
                self.stop.wait(max(self.manners.pause * 2**attempt, self.wait))
            if self.stop.is_set():
                break
            self.wait = 0.0
            found = self._tried(url)
            if found.status is not Status.UNREACHABLE and found.detail != str(_BUSY):
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
            answer = self._sent(here, self.manners.most_bytes)
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
        if doubt := _doubt(url, here, answer.body):
            return Visit(Status.DOUBTFUL, self.today, doubt)
        if here != url:
            return Visit(Status.MOVED if lasting else Status.OK, self.today, here)
        return Visit(Status.OK, self.today)

    def _sent(self, url: str, most: int) -> _Answer:
        """Send a request under the host's lock and after its pause, and return the response."""
        host = self.hosts.of(url)
        with host.lock:
            self.stop.wait(host.last + max(self.manners.pause, host.pause) - time.monotonic() if host.last else 0.0)
            request = urllib.request.Request(  # noqa: S310 - only http and https come here
                url, headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
            )
            end = time.monotonic() + self.manners.timeout
            try:
                response: Any = self.opener.open(request, timeout=self.manners.timeout)
            except urllib.error.HTTPError as error:
                response = error
            finally:
                host.last = time.monotonic()
            with response:
                body = b"".join(_pieces(response, most, end))
                after = str(response.headers.get("Retry-After", ""))
                self.wait = min(float(after), _LONGEST_WAIT) if after.isdecimal() else 0.0
                return _Answer(int(response.status), response.headers.get("Location"), body)

    def _refused(self, url: str) -> Visit | None:
        """The result if robots.txt disallows the URL or cannot be fetched; None if the URL may be fetched."""
        parts = urlsplit(url)
        host = self.hosts.of(url)
        if host.robots is None:
            rules = self._rules(f"{parts.scheme}://{parts.netloc}")
            if isinstance(rules, str):
                return Visit(Status.UNREACHABLE, self.today, f"robots.txt: {rules}")
            host.robots = rules
            host.pause = min(float(rules.crawl_delay(AGENT) or 0), _LONGEST_WAIT)
        return None if host.robots.can_fetch(AGENT, url) else Visit(Status.ROBOTS, self.today)

    def _rules(self, host: str) -> urllib.robotparser.RobotFileParser | str:
        """Fetch robots.txt by RFC 9309: a missing one allows everything, a server error (as text) allows nothing."""
        here = f"{host}/robots.txt"
        rules = urllib.robotparser.RobotFileParser()
        for _ in range(5):
            answer = self._sent(here, LARGEST_ROBOTS)
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


def _doubt(url: str, here: str, body: bytes) -> str | None:
    """Why a page may be gone although it answers; None if there is no sign of that."""
    if urlsplit(url).path.strip("/") and not urlsplit(here).path.strip("/") and not urlsplit(here).query:
        return f"leads to the front page {here}"
    found = _TITLE.search(body.decode("utf-8", "replace"))
    title = " ".join(html.unescape(found[1]).split())[:80] if found else ""
    return f"its title is '{title}'" if _NOT_FOUND.search(title) else None


def _pieces(response: Any, most: int, end: float) -> Iterator[bytes]:
    """Read at most `most` bytes of a response in pieces; raises TimeoutError after the monotonic time `end`."""
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
    """The URLs that were not visited on or after the day `since`."""
    return [url for url in urls if url not in visits or visits[url].checked < since]
