"""HTTP requests of the link checker: one at a time to each host, with the pause and the robots.txt rules of that host.

The transport is httpx. It follows no redirect by itself, because the host that a redirect leads to has rules of its own.
"""

import datetime as dt
import email.utils
import math
import os
import threading
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from explainer.base.dataclass import dataclass
from explainer.base.problems import listed
from explainer.editing.manners import Manners

PRODUCT = "explainer-links"
"""The name by which a robots.txt may address the link checker."""
AGENT = f"{PRODUCT}/1 (checks the addresses of cited sources)"
LARGEST_ROBOTS = 512 * 1024
"""Maximum bytes of robots.txt that are read; RFC 9309 requires at least 500 KiB."""
ROBOTS_REDIRECTS = 5
"""Redirects of robots.txt that are followed, as RFC 9309 asks; a longer chain counts as no robots.txt."""
BUSY = 429
SCHEMES = frozenset({"http", "https"})
_WAYS = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""Variables by which a machine says how hosts are reached; in small letters as well."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class RobotsError(Exception):
    """The rules of a host cannot be read, so nothing on it may be visited (RFC 9309, 2.3.1.4)."""


class WayOutError(Exception):
    """No host can be reached at all, because of what the environment says of proxies and certificates."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The response of a host, as far as it was read."""

    code: int
    to: str | None
    """Absolute URL of the redirect; None if the response is no redirect."""
    body: bytes
    wait: float
    """Seconds that the host asks to wait before the next try (Retry-After)."""


@dataclass(slots=True)
class _Host:
    """The shared state of one host; only the holder of its lock sends requests to it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float = 0.0
    """Monotonic time of the last request, in seconds; 0 if there was none."""
    pause: float = 0.0
    """Crawl delay in seconds that its robots.txt asks for."""
    robots: Protego | None = None
    """Its parsed robots.txt, once fetched."""


class Hosts:
    """All hosts by name and port, shared by all threads, and the HTTP client that reaches them."""

    def __init__(self, manners: Manners, stop: threading.Event) -> None:
        """Open no connection yet. Once `stop` is set, no pause is waited for."""
        self.manners = manners
        self._stop = stop
        self._lock = threading.Lock()
        self._known: defaultdict[str, _Host] = defaultdict(_Host)
        self._client = _client(manners)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def sent(
        self, url: str, most: int, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request once the host is free and its pause is over, and read at most `most` bytes of the response.

        With a `form` it is a POST of these fields, else a GET.

        Raises:
            httpx.HTTPError, httpx.InvalidURL, OSError, ValueError: there is no usable response.
        """
        host = self._of(url)
        with host.lock:
            pause = max(self.manners.pause, host.pause)
            self._stop.wait(host.last + pause - time.monotonic() if host.last else 0.0)
            end = time.monotonic() + self.manners.timeout
            try:
                with self._client.stream(
                    "POST" if form else "GET", parsed(url), data=form, headers=headers
                ) as response:
                    host.last = time.monotonic()
                    body = b"".join(_pieces(response, most, end))
            finally:
                host.last = time.monotonic()
        to = response.headers.get("Location") if response.status_code in REDIRECTS else None
        wait = _seconds(response.headers.get("Retry-After", ""))
        return Answer(
            response.status_code, urljoin(url, to) if to else None, body, min(wait, self.manners.longest_wait)
        )

    def allowed(self, url: str) -> bool:
        """Whether robots.txt of the host lets us fetch a URL. Raises RobotsError, or as `sent` does."""
        host = self._of(url)
        if host.robots is None:
            rules = self._rules(parsed(url))
            host.pause = min(_pause(rules), self.manners.longest_wait)
            host.robots = rules
        return host.robots.can_fetch(url, PRODUCT)

    def _of(self, url: str) -> _Host:
        """The host of a URL, created on first use."""
        with self._lock:
            return self._known[authority(url)]

    def _rules(self, url: httpx.URL) -> Protego:
        """Fetch robots.txt by RFC 9309: a missing one allows everything, a server error or a busy host nothing."""
        here = f"{url.scheme}://{url.netloc.decode()}/robots.txt"
        for _ in range(ROBOTS_REDIRECTS + 1):
            answer = self.sent(here, LARGEST_ROBOTS)
            if answer.code >= 500 or answer.code == BUSY:
                raise RobotsError(str(answer.code), answer.wait)
            if answer.to is None:
                return Protego.parse(answer.body.decode("utf-8-sig", "replace") if answer.code < 300 else "")
            here = answer.to
            if parsed(here).scheme not in SCHEMES:
                break
        return Protego.parse("")


def _client(manners: Manners) -> httpx.Client:
    """The HTTP client, which also reads proxies and certificates from the environment. Raises WayOutError."""
    try:
        trusted = httpx.create_ssl_context()
        trusted.load_default_certs()  # the machine's authorities besides those that httpx brings along
        return httpx.Client(
            headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
            timeout=manners.timeout,
            verify=trusted,
            limits=httpx.Limits(max_keepalive_connections=0),  # a host may hang up in the pause before the next request
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )
    except (httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        asked = [name for way in _WAYS for name in (way, way.lower()) if os.environ.get(name)]
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).partition(". ")[0]
        raise WayOutError(
            f"the proxy or the certificates of {listed(asked) or 'this machine'} cannot be used ({reason}); expected a proxy "
            "as in http://proxy.example:3128, and files that are there; correct or unset it"
        ) from error


def parsed(url: str) -> httpx.URL:
    """Parse a URL, with its host as IDNA and its path percent-encoded. Raises httpx.InvalidURL or ValueError.

    httpx follows IDNA 2008, which has no symbols and no combining accents; browsers map those, so such a host is encoded
    as they do it.
    """
    try:
        return httpx.URL(url)
    except httpx.InvalidURL:
        mapped = _mapped(url)
        if mapped == url:
            raise
    return httpx.URL(mapped)


def _mapped(url: str) -> str:
    """A URL with its host as browsers encode it; as it is if nothing encodes the host."""
    host = urlsplit(url).hostname or ""
    try:
        return url.replace(host, unicodedata.normalize("NFKC", host).encode("idna").decode(), 1)
    except UnicodeError:
        return url


def authority(url: str) -> str:
    """The host and port of a URL in the one form that all its spellings share. Raises httpx.InvalidURL or ValueError."""
    parts = parsed(url)
    if (parts.port or 0) > 65535:  # httpx would ask a port that has the lower 16 bits of the number
        raise ValueError(f"{parts.port} is no port")
    return parts.netloc.decode()


def _pause(rules: Protego) -> float:
    """Seconds between two requests that a robots.txt asks for; 0 if it asks for none, or for nonsense."""
    asked = rules.crawl_delay(PRODUCT) or 0.0
    if rate := rules.request_rate(PRODUCT):
        asked = max(asked, rate.seconds / max(rate.requests, 1))
    return asked if math.isfinite(asked) and asked > 0 else 0.0


def _seconds(after: str) -> float:
    """Parse Retry-After, which is a number of seconds or a date; 0 if it is neither."""
    if after.isascii() and after.isdecimal():
        return float(after)
    try:
        moment = email.utils.parsedate_to_datetime(after)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max((moment - dt.datetime.now(dt.UTC)).total_seconds(), 0.0)


def _pieces(response: httpx.Response, most: int, end: float) -> Iterator[bytes]:
    """Read at most `most` bytes of a response in pieces; raises TimeoutError after the monotonic time `end`."""
    left = most
    for piece in response.iter_raw():
        if time.monotonic() > end:
            raise TimeoutError("sends its page too slowly")
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return
