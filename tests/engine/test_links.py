"""Visits to the addresses of sources, on a server that misbehaves; and what became of an address, on the page of sources."""

import contextlib
import datetime as dt
import json
import re
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response
from werkzeug.http import http_date

from explainer import build
from explainer.cli import review
from explainer.editing import hosts, link_checker, page_text
from explainer.editing.manners import Manners
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


class Misbehaving:
    """Answers as the path of a request says."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.times: list[float] = []
        self.now = 0
        """How many visitors there are at this moment."""
        self.most: list[int] = []
        self.robots = b""
        self.over = threading.Event()
        """Set when a test is over, and nobody waits for an answer any more."""

    def answer(self, request: Request) -> Response:
        self.asked[f"{request.method} {request.path}"] += 1
        self.times.append(time.monotonic())
        name = request.path.strip("/").replace(".", "_").replace("-", "_")
        answer: Response = getattr(self, f"at_{name or 'front'}", self.at_missing)(request)
        return answer

    def at_robots_txt(self, _: Request) -> Response:
        return Response(b"User-agent: *\nDisallow: /private\n" + self.robots)

    def at_ok(self, _: Request) -> Response:
        return Response(b"well")

    at_private = at_front = at_ok

    def at_soft(self, _: Request) -> Response:
        return Response(b"<html><head><TITLE lang=en>\n Page not&nbsp;found | The Gazette </TITLE></head></html>")

    def at_named(self, _: Request) -> Response:
        return Response(b"<title>Two boats were not found after 404 days</title>")

    def at_home(self, _: Request) -> Response:
        return leading("/")

    def at_busy(self, _: Request) -> Response:
        return Response(status=429 if self.asked["GET /busy"] < 2 else 200, headers={"Retry-After": "0"})

    def at_always_busy(self, _: Request) -> Response:
        return Response(status=429)

    def at_missing(self, _: Request) -> Response:
        return Response(status=404)

    def at_forbidden(self, _: Request) -> Response:
        return Response(status=403)

    def at_moved(self, _: Request) -> Response:
        return leading("/ok", 301)

    def at_lent(self, _: Request) -> Response:
        return leading("/ok")

    def at_loop(self, _: Request) -> Response:
        return leading("/loop")

    def at_on(self, request: Request) -> Response:
        return leading(f"/on?{len(request.query_string) + 1}")

    def at_file(self, _: Request) -> Response:
        return leading("file:///etc/passwd")

    def at_nowhere(self, request: Request) -> Response:
        return raw(request, b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:99999/\r\nContent-Length: 0\r\n\r\n")

    def at_to_private(self, _: Request) -> Response:
        return leading("/private")

    def at_slow(self, _: Request) -> Response:
        self.over.wait(HANG)
        return Response()

    def at_wait(self, _: Request) -> Response:
        self.now += 1
        self.most.append(self.now)
        time.sleep(0.05)
        self.now -= 1
        return Response(b"well")

    def at_broken(self, _: Request) -> Response:
        return Response(status=500)

    def at_sometimes(self, _: Request) -> Response:
        return Response(status=503 if self.asked["GET /sometimes"] < 2 else 200)

    def at_garbage(self, request: Request) -> Response:
        return raw(request, b"\x00\xff nothing like HTTP\r\n\r\n")

    def at_huge(self, _: Request) -> Response:
        def pieces() -> Iterator[bytes]:
            while True:
                self.asked["huge bytes"] += 65536
                yield b"x" * 65536

        return Response(pieces())

    def at_drip(self, _: Request) -> Response:
        def pieces() -> Iterator[bytes]:
            while not self.over.wait(0.01):
                yield b"x"

        return Response(pieces())


def leading(to: str, status: int = 302) -> Response:
    """A redirect, whose address goes out as it is."""
    return Response(status=status, headers={"Location": to})


def raw(request: Request, data: bytes) -> Response:
    """Send bytes instead of an answer, and hang up."""
    connection = request.environ["werkzeug.socket"]
    connection.sendall(data)
    connection.shutdown(socket.SHUT_RDWR)
    return Response()


EVERY = re.compile("")


@contextlib.contextmanager
def serving(answer: Callable[[Request], Response], tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of one more server, which gives these answers."""
    with HTTPServer(threaded=True, ssl_context=tls) as served:
        served.expect_request(EVERY).respond_with_handler(answer)
        yield served.url_for("").rstrip("/")


@pytest.fixture(scope="session")
def make_httpserver() -> Iterator[HTTPServer]:
    """The server that all tests of a session share: to stop one takes half a second."""
    with HTTPServer(threaded=True) as served:
        yield served


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    """What a server that misbehaves does."""
    monkeypatch.setenv("no_proxy", "*")
    host = Misbehaving()
    yield host
    host.over.set()


@pytest.fixture
def server(host: Misbehaving, httpserver: HTTPServer) -> str:
    """The address of a server that misbehaves."""
    return answering(httpserver, host.answer)


def answering(httpserver: HTTPServer, answer: Callable[[Request], Response]) -> str:
    """The address of the shared server, which gives these answers from now on."""
    httpserver.expect_request(EVERY).respond_with_handler(answer)
    return httpserver.url_for("").rstrip("/")


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
        ("file", Status.UNREACHABLE, "leads to no web address"),
        ("nowhere", Status.UNREACHABLE, "99999 is no port"),
        ("lent?é=–", Status.OK, "/ok"),
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
    monkeypatch.setattr(hosts, "time", Hasty())
    found = link_checker.visited([f"{server}/drip"], DAY, CALM)[f"{server}/drip"]

    assert (found.status, "too slowly" in found.detail) == (Status.UNREACHABLE, True)


def test_a_huge_page_is_not_read_to_its_end(host: Misbehaving, server: str) -> None:
    link_checker.visited([f"{server}/huge"], DAY, CALM)

    assert host.asked["huge bytes"] < 20_000_000


def test_a_program_stays_away_from_where_it_may_not_go(host: Misbehaving, server: str) -> None:
    link_checker.visited([f"{server}/private", f"{server}/to-private"], DAY, CALM)

    assert [path for path in host.asked if path.endswith(" /private")] == []


def test_a_host_is_visited_with_a_pause_between(host: Misbehaving, server: str) -> None:
    link_checker.visited([f"{server}/ok?{number}" for number in range(5)], DAY, Manners(pause=0.1, timeout=HANG))
    gaps = [later - earlier for earlier, later in zip(host.times, host.times[1:], strict=False)]

    assert host.asked["GET /robots.txt"] == 1
    assert min(gaps) > 0.08


def test_a_host_may_ask_for_a_longer_pause(host: Misbehaving, server: str) -> None:
    host.robots = b"Crawl-delay: 1\n"
    link_checker.visited([f"{server}/ok"], DAY, CALM)

    assert host.times[1] - host.times[0] > 0.9


def test_a_host_never_gets_two_visits_at_once_whoever_leads_there(host: Misbehaving, server: str) -> None:
    def to_server(request: Request) -> Response:
        return Response(status=404) if request.path == "/robots.txt" else leading(f"{server}/wait?{request.path}")

    with serving(to_server) as here:
        link_checker.visited(
            [f"{here}/{n}" for n in range(3)] + [f"{server}/wait?{n}" for n in range(3)],
            DAY,
            Manners(pause=0.0, timeout=HANG),
        )

    assert set(host.most) == {1}
    assert host.asked["GET /wait"] == 6


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


def test_tls_that_fails_and_hosts_that_are_not_there_are_out_of_reach(host: Misbehaving, server: str) -> None:
    plain = server.replace("http:", "https:") + "/ok"
    without_certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with serving(host.answer, without_certificate) as bare:
        found = link_checker.visited([plain, bare, "http://127.0.0.1:1/x", "http://nobody.invalid/"], DAY, CALM)

    assert {visit.status for visit in found.values()} == {Status.UNREACHABLE}
    assert [found[url].detail.startswith("TLS: ") for url in (plain, bare)] == [True, True]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/a",
        "http://",
        "http:///x",
        "http://[::1/x",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "http://a b.invalid/",
        "http://xn--.invalid/",
        f"http://{'a' * 70}.invalid/",
        "http://bücher.invalid/straße",
        "http://127.0.0.1:1/\n",
    ],
)
def test_an_address_that_is_none_is_out_of_reach(url: str, host: Misbehaving) -> None:
    found = link_checker.visited([url], DAY, CALM)[url]

    assert found.status is Status.UNREACHABLE
    assert found.detail


@pytest.mark.parametrize(
    ("rules", "path", "status"),
    [
        (b"Disallow: /*.pdf$", "a/b.pdf", Status.ROBOTS),
        (b"Disallow: /*.pdf$", "a/b.pdf?page=2", Status.GONE),
        (b"Disallow: /a/*/c", "a/b/c", Status.ROBOTS),
        (b"Disallow: /a\nAllow: /a/b", "a/b", Status.GONE),
        (b"Disallow: /stra%C3%9Fe", "straße", Status.ROBOTS),
        (b"Crawl-delay: nan", "ok", Status.OK),
        (b"Crawl-delay: -1\nRequest-rate: 0/0", "ok", Status.OK),
        (b"User-agent: explainer-links\nDisallow: /ok", "ok", Status.ROBOTS),
        (b"User-agent: links\nDisallow: /ok\nUser-agent: a\nDisallow: /", "ok", Status.OK),
    ],
)
def test_the_rules_of_a_host_hold_as_rfc_9309_reads_them(
    rules: bytes, path: str, status: Status, host: Misbehaving, server: str
) -> None:
    host.robots = rules + b"\n"
    url = f"{server}/{path}"

    assert link_checker.visited([url], DAY, CALM)[url].status is status


@pytest.mark.parametrize(
    ("answer", "status", "detail"),
    [
        (Response(status=404), Status.OK, ""),
        (Response(status=403), Status.OK, ""),
        (Response(status=500), Status.UNREACHABLE, "robots.txt: 500"),
        (Response(status=429), Status.UNREACHABLE, "robots.txt: 429"),
        (leading("/robots.txt"), Status.OK, ""),
        (leading("ftp://127.0.0.1/robots.txt"), Status.OK, ""),
        (Response(b"\xef\xbb\xbfUser-agent: *\nDisallow: /ok"), Status.ROBOTS, ""),
    ],
)
def test_a_robots_txt_that_cannot_be_had_forbids_only_where_the_host_is_to_blame(
    answer: Response, status: Status, detail: str, httpserver: HTTPServer
) -> None:
    server = answering(httpserver, lambda request: answer if request.path == "/robots.txt" else Response(b"well"))
    found = link_checker.visited([f"{server}/ok"], DAY, CALM)[f"{server}/ok"]

    assert (found.status, found.detail) == (status, detail)


def test_a_try_again_waits_as_long_as_the_host_asks(httpserver: HTTPServer) -> None:
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
    times: list[float] = []

    def answer(request: Request) -> Response:
        if request.path == "/robots.txt":
            return Response(status=404)
        times.append(time.monotonic())
        return Response(status=503 if len(times) == 1 else 200, headers={"Retry-After": http_date(soon)})

    server = answering(httpserver, answer)
    found = link_checker.visited([f"{server}/ok"], DAY, CALM)[f"{server}/ok"]

    assert found.status is Status.OK
    assert dt.datetime.now(dt.UTC) >= soon.replace(microsecond=0)


def test_a_redirect_that_needs_a_cookie_is_a_circle_and_no_cookie_is_kept(httpserver: HTTPServer) -> None:
    sent: list[str] = []

    def answer(request: Request) -> Response:
        sent.append(request.headers.get("Cookie", ""))
        return Response(status=302, headers={"Location": "/again", "Set-Cookie": "a=b; Path=/"})

    server = answering(httpserver, answer)
    found = link_checker.visited([f"{server}/ok"], DAY, CALM)[f"{server}/ok"]

    assert (found.status, set(sent)) == (Status.UNREACHABLE, {""})


def test_the_help_names_the_defaults_of_the_visits(run: Run) -> None:
    said = " ".join(run("links", "--help").out.split())

    assert [f"(default: {getattr(Manners(), name):g})" in said for name in ("days", "workers", "pause", "timeout")] == [
        True
    ] * 4


def test_what_was_visited_lately_is_not_due() -> None:
    seen = {"a": Visit(Status.OK, "2026-11-01"), "b": Visit(Status.GONE, "2026-09-01")}

    assert link_checker.due(["a", "b", "c"], seen, "2026-10-25") == ["b", "c"]


def test_visits_are_kept_and_read_again() -> None:
    seen = {
        "https://b.example/": Visit(Status.GONE, DAY, "404"),
        "https://a.example/": Visit(Status.OK, DAY, "", "0123456789abcdef", "2026-11-01"),
    }
    text = link_status.write(seen)

    assert link_status.read(text) == seen
    assert list(json.loads(text)["links"]) == sorted(seen)


def test_a_page_is_told_once_when_its_words_change_and_keeps_the_day_since_which_they_are_so(
    harbour: Path, run: Run, host: Misbehaving, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointed(harbour, server, last="ok?last")

    def visit(day: str, words: str, status: int = 200) -> str:
        page = f"<html><nav>{day}</nav><main>{words}</main><script>{day}</script>".encode()
        monkeypatch.setattr(host, "at_ok", lambda _: Response(page, status=status), raising=False)
        options = ("--today", day, "--days", "0", "--pause", "0", "--timeout", str(HANG), "--tries", "1")
        said = run("--root", harbour, "links", *options).out
        return "\n".join(line for line in said.splitlines() if "words" in line and "/ok?last" in line)

    first = visit("2026-01-01", "Ten lamps.")
    same = visit("2026-02-01", "<p>Ten\n<b>lamps</b>")
    refused = visit("2026-03-01", "", status=403)
    other = visit("2026-04-01", "Nine lamps.")
    then = visit("2026-05-01", "Nine lamps.")
    kept = link_status.read((harbour / link_status.NAME).read_text(encoding="utf-8"))[f"{server}/ok?last"]

    assert (first, same, refused, then) == ("", "", "", "")
    assert other == (
        f"content/sources/papers.yml:29:8: {server}/ok?last has other words than on 2026-03-01; "
        "read what rests on it there again"
    )
    assert (kept.since, kept.checked) == ("2026-04-01", "2026-05-01")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<body><h1>A</h1><nav>B</nav><p>C &amp; D</body>", ["a", "c", "d"]),
        ("<header>x</header><main><article>A <em>b</em></article> c<form>x</form></main><p>d", ["a", "b", "c"]),
        ("<script>if (a < b) { x('<main>') }</script><p>A", ["a"]),
        ("<nav><nav>x</nav>y</nav>A</main>B", ["a", "b"]),
        pytest.param("<" * 100_000 + "a", ["a"], id="signs without an end"),
        ("a <!-- 0.3 s <b>x</b> --> b<!-- c", ["a", "b"]),
        pytest.param("<!--" * 100_000, [], id="comments without an end"),
        pytest.param("<b " * 100_000, ["b"] * 100_000, id="tags without an end"),
    ],
)
def test_the_words_of_a_page_are_those_of_its_main_part(page: str, words: list[str]) -> None:
    assert page_text.words(page) == words


def test_a_file_that_is_no_page_is_known_by_its_bytes() -> None:
    assert page_text.digest(b"%PDF-1.7 <main>a") != page_text.digest(b"%PDF-1.7 <main> a")
    assert page_text.digest(b"<html><p>A b") == page_text.digest(b"<!doctype html>\n<p>a\n<i>B</i>")


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


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://quay.example/été", "quay.example", "/%C3%A9t%C3%A9"),
        ("https://quay.example/%C3%A9t%C3%A9/é?q=ü&x=%2F#é", "quay.example", "/%C3%A9t%C3%A9/%C3%A9?q=%C3%BC&x=%2F"),
        ("https://übersee.example/", "xn--bersee-2ya.example", "/"),
        ("https://Übersee.example:8080/é", "xn--bersee-2ya.example:8080", "/%C3%A9"),
        ("https://faß.example/", "xn--fa-hia.example", "/"),
        ("https://пример.рф/путь?к=з", "xn--e1afmkfd.xn--p1ai", "/%D0%BF%D1%83%D1%82%D1%8C?%D0%BA=%D0%B7"),
        ("https://日本語。jp/a", "xn--wgv71a119e.jp", "/a"),
        ("https://☃.example/x", "xn--n3h.example", "/x"),
        ("https://e\u0301te\u0301.example/", "xn--t-9fab.example", "/"),
    ],
)
def test_an_address_outside_ascii_is_visited_as_browsers_do_it(url: str, host: str, path: str) -> None:
    assert hosts.authority(url) == host
    assert hosts.parsed(url).raw_path.decode() == path


def test_a_host_that_no_encoding_can_name_is_out_of_reach() -> None:
    url = f"https://{'ü' * 70}.example/"

    assert link_checker.visited([url], DAY, Manners(tries=1, pause=0))[url].status is Status.UNREACHABLE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "::::"),
        ("ALL_PROXY", "ftp://x"),
        ("SSL_CERT_FILE", "/nonexistent"),
    ],
)
def test_a_way_out_that_cannot_be_used_is_said_with_its_variable(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(
        hosts.WayOutError, match=rf"of .*{name}.* cannot be used \(.*\); expected a proxy as in .*; correct or"
    ):
        link_checker.visited(["https://quay.example/"], DAY, Manners(tries=1, pause=0))
    assert link_checker.visited([], DAY, Manners()) == {}


def test_errors_that_lead_to_each_other_are_looked_at_once() -> None:
    one, other = ValueError("one"), OSError("other")
    one.__context__, other.__context__ = other, one

    assert list(link_checker._causes(one)) == [one, other]
