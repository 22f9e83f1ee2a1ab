"""Visits to the addresses of sources, on a server that misbehaves; and what became of an address, on the page of sources."""

import contextlib
import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from explainer import build
from explainer.cli import review
from explainer.editing import link_checker
from explainer.editing.link_checker import Manners
from explainer.library import link_status
from explainer.library.link_status import Status, Visit
from tests.conftest import Run, change
from tests.patience import HANG

CALM = Manners(pause=0.0, timeout=HANG, tries=2)
"""For hosts that answer, however long that takes."""
SOON = 0.6
"""Seconds for hosts that never answer: over at some time however slow the machine is, and the answer is the same."""
BRIEF = Manners(pause=0.0, timeout=SOON, tries=2)
DAY = "2026-11-24"


class Misbehaving(BaseHTTPRequestHandler):
    """Answers as its path says."""

    asked: ClassVar[Counter[str]] = Counter()
    times: ClassVar[list[float]] = []
    now: ClassVar[int] = 0
    """How many visitors there are at this moment."""
    most: ClassVar[list[int]] = []
    robots: ClassVar[bytes] = b""
    over: ClassVar[threading.Event] = threading.Event()
    """Set when a test is over, and nobody waits for an answer any more."""

    def do_GET(self) -> None:
        self.answer()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library calls it so
        """Keep quiet."""

    def answer(self) -> None:
        path = self.path.split("?")[0]
        type(self).asked[f"{self.command} {path}"] += 1
        type(self).times.append(time.monotonic())
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, "at_" + (path.strip("/").replace(".", "_").replace("-", "_") or "front"), self.at_missing)()

    def say(self, code: int, text: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def at_robots_txt(self) -> None:
        self.say(200, b"User-agent: *\nDisallow: /private\n" + self.robots)

    def at_ok(self) -> None:
        self.say(200, b"well")

    at_private = at_front = at_ok

    def at_soft(self) -> None:
        self.say(200, b"<html><head><TITLE lang=en>\n Page not&nbsp;found | The Gazette </TITLE></head></html>")

    def at_named(self) -> None:
        self.say(200, b"<title>Two boats were not found after 404 days</title>")

    def at_home(self) -> None:
        self.say(302, Location="/")

    def at_busy(self) -> None:
        self.say(429 if self.asked["GET /busy"] < 2 else 200, b"well", **{"Retry-After": "0"})

    def at_always_busy(self) -> None:
        self.say(429, b"no")

    def at_missing(self) -> None:
        self.say(404, b"gone")

    def at_forbidden(self) -> None:
        self.say(403)

    def at_moved(self) -> None:
        self.say(301, Location="/ok")

    def at_lent(self) -> None:
        self.say(302, Location="/ok")

    def at_loop(self) -> None:
        self.say(302, Location="/loop")

    def at_on(self) -> None:
        self.say(302, Location=f"/on?{len(self.path)}{self.path[-30:].replace('/on', '')}")

    def at_file(self) -> None:
        self.say(302, Location="file:///etc/passwd")

    def at_to_private(self) -> None:
        self.say(302, Location="/private")

    def at_slow(self) -> None:
        self.over.wait(HANG)

    def at_wait(self) -> None:
        type(self).now += 1
        self.most.append(self.now)
        time.sleep(0.05)
        type(self).now -= 1
        self.say(200, b"well")

    def at_broken(self) -> None:
        self.say(500)

    def at_sometimes(self) -> None:
        self.say(503 if self.asked["GET /sometimes"] < 2 else 200, b"well")

    def at_garbage(self) -> None:
        self.wfile.write(b"\x00\xff nothing like HTTP\r\n\r\n")
        self.close_connection = True

    def at_huge(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65536)
            self.asked["huge bytes"] += 65536

    def at_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.over.wait(0.01):
            self.wfile.write(b"x")
            self.wfile.flush()


class Leading(BaseHTTPRequestHandler):
    """Leads to another server."""

    to: ClassVar[str] = ""

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 302)
        self.send_header("Location", f"{self.to}/wait?{self.path}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library calls it so
        """Keep quiet."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that misbehaves."""
    monkeypatch.setenv("no_proxy", "*")
    Misbehaving.asked.clear()
    Misbehaving.times.clear()
    Misbehaving.most.clear()
    monkeypatch.setattr(Misbehaving, "robots", b"")
    Misbehaving.over.clear()
    served = ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    served.daemon_threads = True
    thread = threading.Thread(target=served.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{served.server_address[1]}"
    Misbehaving.over.set()
    served.shutdown()
    served.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("ok", Status.OK, ""),
        ("soft", Status.DOUBTFUL, "its title is 'Page not found | The Gazette'"),
        ("named", Status.OK, ""),
        ("home", Status.DOUBTFUL, "leads to the front page"),
        ("", Status.OK, ""),
        ("missing", Status.GONE, "404"),
        ("forbidden", Status.REFUSED, "403"),
        ("moved", Status.MOVED, "/ok"),
        ("lent", Status.OK, "/ok"),
        ("loop", Status.UNREACHABLE, "circle"),
        ("on", Status.UNREACHABLE, "circle"),
        ("file", Status.UNREACHABLE, "no web address"),
        ("private", Status.ROBOTS, ""),
        ("to-private", Status.ROBOTS, ""),
        ("broken", Status.UNREACHABLE, "500"),
        ("sometimes", Status.OK, ""),
        ("busy", Status.OK, ""),
        ("always-busy", Status.REFUSED, "429"),
        ("garbage", Status.UNREACHABLE, ""),
        ("huge", Status.OK, ""),
    ],
)
def test_an_address_is_judged_by_what_it_answers(path: str, status: Status, detail: str, server: str) -> None:
    url = f"{server}/{path}"
    found = link_checker.visited([url], DAY, CALM)

    assert (found[url].status, found[url].checked) == (status, DAY)
    assert detail in found[url].detail


def test_a_host_that_stays_silent_is_out_of_reach(server: str) -> None:
    found = link_checker.visited([f"{server}/slow"], DAY, BRIEF)[f"{server}/slow"]

    assert (found.status, "timed out" in found.detail) == (Status.UNREACHABLE, True)


class Hasty:
    """A clock that goes on by a tenth of what a host may take whenever somebody looks at it."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        """A later moment than the one before."""
        self.now += HANG / 10
        return self.now


def test_a_host_that_sends_its_page_too_slowly_is_out_of_reach(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_checker, "time", Hasty())
    found = link_checker.visited([f"{server}/drip"], DAY, CALM)[f"{server}/drip"]

    assert (found.status, "too slowly" in found.detail) == (Status.UNREACHABLE, True)


def test_a_huge_page_is_not_read_to_its_end(server: str) -> None:
    link_checker.visited([f"{server}/huge"], DAY, CALM)

    assert Misbehaving.asked["huge bytes"] < 20_000_000


def test_a_program_stays_away_from_where_it_may_not_go(server: str) -> None:
    link_checker.visited([f"{server}/private", f"{server}/to-private"], DAY, CALM)

    assert [path for path in Misbehaving.asked if path.endswith(" /private")] == []


def test_a_host_is_visited_with_a_pause_between(server: str) -> None:
    link_checker.visited([f"{server}/ok?{number}" for number in range(5)], DAY, Manners(pause=0.1, timeout=HANG))
    gaps = [later - earlier for earlier, later in zip(Misbehaving.times, Misbehaving.times[1:], strict=False)]

    assert Misbehaving.asked["GET /robots.txt"] == 1
    assert min(gaps) > 0.08


def test_a_host_may_ask_for_a_longer_pause(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Misbehaving, "robots", b"Crawl-delay: 1\n")
    link_checker.visited([f"{server}/ok"], DAY, CALM)

    assert Misbehaving.times[1] - Misbehaving.times[0] > 0.9


def test_a_host_never_gets_two_visits_at_once_whoever_leads_there(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = ThreadingHTTPServer(("127.0.0.1", 0), Leading)
    monkeypatch.setattr(Leading, "to", server)
    threading.Thread(target=other.serve_forever, args=(0.02,), daemon=True).start()
    here = f"http://127.0.0.1:{other.server_address[1]}"
    link_checker.visited(
        [f"{here}/{n}" for n in range(3)] + [f"{server}/wait?{n}" for n in range(3)],
        DAY,
        Manners(pause=0.0, timeout=HANG),
    )
    other.shutdown()
    other.server_close()

    assert set(Misbehaving.most) == {1}
    assert Misbehaving.asked["GET /wait"] == 6


def test_an_interrupted_run_keeps_what_it_found(
    harbour: Path, run: Run, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointed(harbour, server)
    noted = review._noted

    def once(found: dict[str, Visit], count: Any, url: str, visit: Visit) -> None:
        noted(found, count, url, visit)
        raise KeyboardInterrupt

    monkeypatch.setattr(review, "_noted", once)
    ran = run("--root", harbour, "links", "--today", DAY, "--pause", "0", "--timeout", str(HANG), "--tries", "1")
    kept = link_status.read((harbour / link_status.NAME).read_text(encoding="utf-8"))

    assert (ran.status, len(kept)) == (130, 1)


def test_tls_that_fails_and_hosts_that_are_not_there_are_out_of_reach(server: str) -> None:
    plain = server.replace("http:", "https:") + "/ok"
    with unfit() as bare:
        found = link_checker.visited([plain, bare, "http://127.0.0.1:1/x", "http://nobody.invalid/"], DAY, CALM)

    assert {visit.status for visit in found.values()} == {Status.UNREACHABLE}
    assert [found[url].detail.startswith("TLS: ") for url in (plain, bare)] == [True, True]


class Unfit(ThreadingHTTPServer):
    """A server at which every greeting fails, which is the point."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet."""


@contextlib.contextmanager
def unfit() -> Iterator[str]:
    """The address of a server that speaks TLS and has no certificate to show."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served = Unfit(("127.0.0.1", 0), Misbehaving)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    threading.Thread(target=served.serve_forever, args=(0.02,), daemon=True).start()
    yield f"https://127.0.0.1:{served.server_address[1]}/ok"
    served.shutdown()
    served.server_close()


def test_what_was_visited_lately_is_not_due() -> None:
    seen = {"a": Visit(Status.OK, "2026-11-01"), "b": Visit(Status.GONE, "2026-09-01")}

    assert link_checker.due(["a", "b", "c"], seen, "2026-10-25") == ["b", "c"]


def test_visits_are_kept_and_read_again() -> None:
    seen = {"https://b.example/": Visit(Status.GONE, DAY, "404"), "https://a.example/": Visit(Status.OK, DAY)}
    text = link_status.write(seen)

    assert link_status.read(text) == seen
    assert list(json.loads(text)["links"]) == sorted(seen)


@pytest.mark.parametrize(
    "text", [None, "", "[]", "{}", '{"version": 1, "links": []}', '{"version": 1, "links": {"a": 1}}', "<<<<"]
)
def test_a_file_that_cannot_be_believed_says_nothing(text: str | None) -> None:
    assert link_status.read(text) == {}


def pointed(harbour: Path, server: str, last: str = "slow") -> Path:
    """The list of sources, with addresses of the server; `last` is what the last one does."""
    path = harbour / "content/sources/papers.yml"
    change(
        path,
        ("https://harbour.example/log_(2001)?a=1&b=2", f"{server}/missing"),
        ("http://gazette.example/2003", f"{server}/moved"),
        ("https://union.example/1-2", f"{server}/ok"),
        ("https://union.example/3-4", f"{server}/{last}"),
    )
    return path


def test_the_command_names_what_needs_a_hand(harbour: Path, run: Run, server: str) -> None:
    path = pointed(harbour, server)
    change(
        harbour / "content/site.yml",
        ("uncited:", f"links:\n  - {{url: '{server}/slow', reason: It is slow., until: 2027}}\nuncited:"),
    )
    options = ("links", "--today", DAY, "--pause", "0", "--timeout", str(HANG), "--tries", "1")
    first = run("--root", harbour, *options)
    second = run("--root", harbour, *options)
    change(path, ("  published: 2001-05\n", "  archived: https://archive.example/log\n  published: 2001-05\n"))
    third = run("--root", harbour, *options)
    late = run(
        "--root",
        harbour,
        "links",
        "--today",
        "2028-01-01",
        "--pause",
        "0",
        "--timeout",
        str(SOON),
        "--tries",
        "1",
    )

    assert first.out.startswith("3 of 4 addresses to visit, 1 left alone.\n")
    assert f"content/sources/papers.yml:5:8: {server}/missing is gone (404); correct it, or add archived:" in first.out
    assert f"{server}/moved answers at another address, for good ({server}/ok)\n" in first.out
    assert second.out.startswith("0 of 4 addresses to visit")
    assert (first.status, second.status, third.status, late.status) == (1, 1, 0, 1)
    assert f"{server}/slow was left alone until 2027 (It is slow.)" in late.out


def test_the_page_of_sources_offers_the_copy_of_what_is_gone(harbour: Path, run: Run, server: str) -> None:
    path = pointed(harbour, server, last="ok?last")
    change(path, ("  published: 2001-05\n", "  archived: https://archive.example/log\n  published: 2001-05\n"))
    build.generate(harbour)
    page = harbour / "docs/sources/index.md"
    before = page.read_text(encoding="utf-8")
    run("--root", harbour, "links", "--today", DAY, "--pause", "0", "--timeout", str(HANG), "--tries", "1")
    build.generate(harbour)

    assert "https://archive.example/log" not in before
    assert "the address no longer answers, [archived copy](https://archive.example/log" in page.read_text(
        encoding="utf-8"
    )


def test_an_address_left_alone_is_one_of_a_source(harbour: Path, run: Run) -> None:
    entry = "links:\n  - {url: 'https://union.exmaple/1-2', reason: x, until: 2027}\nuncited:"
    change(harbour / "content/site.yml", ("uncited:", entry))

    assert (
        "is the address of no source; did you mean 'https://union.example/1-2'?" in run("--root", harbour, "check").err
    )
