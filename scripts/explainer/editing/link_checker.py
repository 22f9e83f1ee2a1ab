"""Link checker for the URLs of sources: runs on demand, limits the rate per host and obeys robots.txt.

A missing page that still answers with 200 is detected by its title or by a redirect to the front page; an editor has
to look at those.
"""

import contextlib
import html
import re
import ssl
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_result,
    sleep_using_event,
    stop_after_attempt,
    stop_when_event_set,
    wait_exponential,
)

from explainer.base.dataclass import dataclass
from explainer.editing import page_text
from explainer.editing.hosts import BUSY, SCHEMES, Answer, Hosts, RobotsError, authority
from explainer.editing.manners import Manners
from explainer.library.link_status import Status, Visit

_LASTING = {301, 308}
_REFUSALS = {401, 402, 403, 405, 406, 407, BUSY, 451, 999}
_TITLE = re.compile(r"<title[^>]*>\s*(.*?)\s*</title", re.IGNORECASE | re.DOTALL)
_NOT_FOUND = re.compile(
    r"^(?:error\W*)?404\b|\b404\W*$|(?:page|file|document|article|site)\W.{0,20}\bnot found\b|^not found\b"
    r"|page (?:introuvable|non trouvée)|página no encontrada|seite nicht gefunden|الصفحة غير موجودة",
    re.IGNORECASE,
)
"""Titles of missing pages."""


def visited(
    urls: Iterable[str], today: str, manners: Manners, *, tell: Callable[[str, Visit], None] | None = None
) -> dict[str, Visit]:
    """Visit URLs and return URL -> today's visit.

    `tell` is called with each visit as soon as it is made, from several threads. On an interruption, the visits under
    way are finished and the exception is raised again; only the visits passed to `tell` by then are available.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in sorted(set(urls)):
        by_host[_group(url)].append(url)
    if not by_host:  # nothing may hinder a run that visits nothing
        return {}
    stop = threading.Event()

    def one_host(found: list[str]) -> list[tuple[str, Visit]]:
        visitor = _Visitor(today, hosts, stop)
        made: list[tuple[str, Visit]] = []
        for url in found:
            visit = visitor.visit(url)
            if stop.is_set():
                break
            if tell:
                tell(url, visit)
            made.append((url, visit))
        return made

    with (
        contextlib.closing(Hosts(manners, stop)) as hosts,
        ThreadPoolExecutor(max_workers=manners.workers) as pool,
    ):
        try:
            return dict(pair for pairs in pool.map(one_host, by_host.values()) for pair in pairs)
        except BaseException:
            stop.set()
            raise


def _group(url: str) -> str:
    """The host of a URL, whose URLs are visited one after the other; the URL itself if it names no host."""
    try:
        return authority(url)
    except (httpx.InvalidURL, ValueError):
        return url


@dataclass(slots=True)
class _Visitor:
    """Visits URLs one after the other."""

    today: str
    hosts: Hosts
    stop: threading.Event
    """Set to stop all further visits."""
    wait: float = 0.0
    """Seconds that the last response asked us to wait (Retry-After)."""

    def visit(self, url: str) -> Visit:
        """Visit a URL, with retries if it cannot be reached or the host is busy."""
        if self.stop.is_set():
            return Visit(Status.UNREACHABLE, self.today)
        manners = self.hosts.manners
        backoff = wait_exponential(multiplier=2 * manners.pause)

        def wait(state: RetryCallState) -> float:
            return max(backoff(state), self.wait)

        retrying: Retrying = Retrying(
            retry=retry_if_result(_worth_another_try),
            stop=stop_after_attempt(manners.tries) | stop_when_event_set(self.stop),
            wait=wait,
            sleep=sleep_using_event(self.stop),
            retry_error_callback=_last,
        )
        return retrying(self._tried, url)

    def _tried(self, url: str) -> Visit:
        self.wait = 0.0
        try:
            return self._followed(url)
        except RobotsError as error:
            code, self.wait = error.args
            return self._unreachable(f"robots.txt: {code}")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            said = str(error) or type(error).__name__
            return self._unreachable(f"{'TLS: ' if _is_tls(error) else ''}{said}"[:200])

    def _unreachable(self, detail: str) -> Visit:
        return Visit(Status.UNREACHABLE, self.today, detail)

    def _followed(self, url: str) -> Visit:
        here, lasting, seen = url, True, {url}
        while True:
            if urlsplit(here).scheme.lower() not in SCHEMES:
                return self._unreachable("is no web address" if here == url else "leads to no web address")
            if not self.hosts.allowed(here):
                return Visit(Status.ROBOTS, self.today)
            answer = self.hosts.sent(here, self.hosts.manners.most_bytes)
            self.wait = answer.wait
            if not answer.to:
                return self._judged(url, here, answer, lasting=lasting)
            lasting = lasting and answer.code in _LASTING
            here = answer.to
            if here in seen or len(seen) > self.hosts.manners.redirects:
                return self._unreachable("leads in a circle, or on and on")
            seen.add(here)

    def _judged(self, url: str, here: str, answer: Answer, *, lasting: bool) -> Visit:
        if answer.code in {404, 410}:
            return Visit(Status.GONE, self.today, str(answer.code))
        if answer.code in _REFUSALS:
            return Visit(Status.REFUSED, self.today, str(answer.code))
        if not 200 <= answer.code < 300:
            return self._unreachable(str(answer.code))
        if doubt := _doubt(url, here, answer.body):
            return Visit(Status.DOUBTFUL, self.today, doubt)
        status = Status.MOVED if here != url and lasting else Status.OK
        return Visit(status, self.today, here if here != url else "", page_text.digest(answer.body), self.today)


def _worth_another_try(visit: Visit) -> bool:
    """Whether a visit failed for a reason that may pass: no answer, a server error, a busy host."""
    return visit.status is Status.UNREACHABLE or visit.detail == str(BUSY)


def _last(state: RetryCallState) -> Visit:
    """The visit of the last try, when all of them failed."""
    assert state.outcome is not None  # noqa: S101 - tenacity calls this only after a try
    visit: Visit = state.outcome.result()
    return visit


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that led to it, each once: one that was raised a second time may lead to itself."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_tls(error: BaseException) -> bool:
    """Whether a connection failed because of its encryption; httpx wraps that error in its own."""
    return any(isinstance(cause, ssl.SSLError) for cause in _causes(error))


def _doubt(url: str, here: str, body: bytes) -> str | None:
    """Why a page may be gone although it answers; None if there is no sign of that."""
    if urlsplit(url).path.strip("/") and not urlsplit(here).path.strip("/") and not urlsplit(here).query:
        return f"leads to the front page {here}"
    found = _TITLE.search(body.decode("utf-8", "replace"))
    title = " ".join(html.unescape(found[1]).split())[:80] if found else ""
    return f"its title is '{title}'" if _NOT_FOUND.search(title) else None


def due(urls: Iterable[str], visits: Mapping[str, Visit], since: str) -> list[str]:
    """The URLs that were not visited on or after the day `since`."""
    return [url for url in urls if url not in visits or visits[url].checked < since]
