"""Copies of sources in a web archive, which is a server of the tests; and how a copy gets into the file of its source."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from explainer import build
from explainer.docs import edits
from explainer.editing import insertion
from explainer.library import link_status
from explainer.library.link_status import Status, Visit
from tests.conftest import Run, change, problems_of, tree

DAY = "2026-11-24"
MADE = "20261124093000"
PAPERS = "content/sources/papers.yml"
LOG = "https://harbour.example/log_(2001)?a=1&b=2"
GAZETTE = "http://gazette.example/2003"
ACCORD = "https://union.example/1-2"
SOURCES = 4


class Archive:
    """An archive that keeps what it is asked for, unless a test says otherwise."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        """What was asked, and for which page or job."""
        self.there: dict[str, str] = {}
        """Page -> the moment of the copy that it has."""
        self.answers: dict[str, list[Response]] = {}
        """Path -> answers given before the usual ones."""
        self.refused: dict[str, dict[str, str]] = {}
        """Page -> what it says of a job that fails."""
        self.keys: set[tuple[str, str | None]] = set()
        """The path of each request, and the keys that came with it."""
        self.now = 0
        self.most = 0

    def answer(self, request: Request) -> Response:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            path = "/save/status" if request.path.startswith("/save/status/") else request.path
            self.keys.add((path, request.headers.get("Authorization")))
            if self.answers.get(path):
                self.asked.append((path, "put off"))
                return self.answers[path].pop(0)
            said: dict[str, Any] = {"/wayback/available": self._available, "/save": self._save}.get(path, self._status)(
                request
            )
            return Response(json.dumps(said), content_type="application/json")
        finally:
            self.now -= 1

    def _available(self, request: Request) -> dict[str, Any]:
        url = request.args["url"]
        self.asked.append(("has", f"{url} {request.args['timestamp']}"))
        moment = self.there.get(url)
        closest = {"available": True, "url": f"http://x/{moment}/{url}", "timestamp": moment, "status": "200"}
        return {"url": url, "archived_snapshots": {"closest": closest} if moment else {}}

    def _save(self, request: Request) -> dict[str, Any]:
        assert request.method == "POST"
        url = request.form["url"]
        self.asked.append(("keep", url))
        return {"url": url, "job_id": f"spn2-{url.encode().hex()}"}

    def _status(self, request: Request) -> dict[str, Any]:
        url = bytes.fromhex(request.path.rpartition("-")[2]).decode()
        self.asked.append(("job", url))
        if Counter(self.asked)["job", url] == 1:
            return {"status": "pending", "resources": []}
        if url in self.refused:
            return {"status": "error", **self.refused[url]}
        return {"status": "success", "timestamp": MADE, "original_url": url}


@pytest.fixture
def service(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("EXPLAINER_ARCHIVE_KEYS", "ours:secret")
    found = Archive()
    httpserver.expect_request(re.compile("")).respond_with_handler(found.answer)
    return found


@pytest.fixture
def options(harbour: Path, httpserver: HTTPServer) -> tuple[str, ...]:
    """The command, with the archive of the tests."""
    url = httpserver.url_for("").rstrip("/")
    own = ("--archive", url, "--lookup", f"{url}/wayback/available", "--pause", "0", "--tries", "2", "--today", DAY)
    return ("--root", str(harbour), "archive", *own)


def copies(root: Path) -> dict[str, tuple[str, str]]:
    """The copy and its day of each source that has one."""
    text = (root / PAPERS).read_text(encoding="utf-8")
    form = r"- id: (\S+)\n(?:  .*\n)*?  archived: (\S+)\n  archived_on: (\S+)\n"
    return {ident: (url, day) for ident, url, day in re.findall(form, text)}


def test_a_copy_that_is_there_is_taken_and_what_lacks_one_is_kept(
    harbour: Path, run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    service.there = {LOG: "20020101000000"}
    before = (harbour / PAPERS).read_text(encoding="utf-8")
    ran = run(*options)
    after = (harbour / PAPERS).read_text(encoding="utf-8")

    assert ran.err == ""
    assert ran.status == 0
    assert ran.out.startswith("4 of 4 sources without a copy to ask for.\ncontent/sources/papers.yml:5:8: ")
    assert ran.out.endswith("4 copies recorded, 3 of them new; 0 sources are left.\n")
    assert copies(harbour)["log-2001"] == (f"{options[4]}/web/20020101000000/{LOG}", "2002-01-01")
    assert copies(harbour)["gazette-2003"] == (f"{options[4]}/web/{MADE}/{GAZETTE}", DAY)
    assert len(copies(harbour)) == SOURCES
    assert re.sub(r"  archived(_on)?: .*\n", "", after) == before
    assert problems_of(harbour) == []
    assert service.most == 1
    assert ("keep", LOG) not in service.asked
    assert ("has", f"{LOG} 20010501") in service.asked
    assert ("has", f"{ACCORD} 20261124") in service.asked
    assert run(*options).out == "0 of 0 sources without a copy to ask for.\n"


def test_keys_go_to_the_archive_only_and_never_in_the_clear(
    run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    run(*options, "--limit", "1")
    open_to_all = run(*options, "--archive", "http://archive.example")

    assert {path for path, keys in service.keys if keys == "LOW ours:secret"} >= {"/save", "/save/status"}
    assert open_to_all.status == 2
    assert "is not safe from listeners; expected an address that begins with https://" in open_to_all.err


def test_a_copy_that_is_older_than_its_source_does_not_hold_it(
    harbour: Path, run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    service.there = {GAZETTE: "19990101000000"}
    run(*options, "--only", "gazette-2003")

    assert copies(harbour) == {"gazette-2003": (f"{options[4]}/web/{MADE}/{GAZETTE}", DAY)}


def test_what_is_gone_is_looked_for_and_never_kept_as_it_is_now(
    harbour: Path, run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    visits = {LOG: Visit(Status.GONE, DAY, "404"), GAZETTE: Visit(Status.ROBOTS, DAY)}
    edits.overwrite(harbour, link_status.NAME, link_status.write(visits).encode())
    ran = run(*options)

    assert ran.status == 1
    assert ran.out.startswith("3 of 3 sources")
    assert (
        f"{PAPERS}:5:8: {LOG} could not be kept (the page is gone, and there is no copy of it); expected a copy; "
        "look at the page, and name another copy in archived: if there is one\n"
    ) in ran.out
    assert {url for what, url in service.asked if what == "keep"} == {ACCORD, "https://union.example/3-4"}


def test_a_dry_run_and_an_unknown_source_ask_nothing(
    harbour: Path, run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    before = tree(harbour / "content")
    dry = run(*options, "--dry-run", "--only", "accord-text", "--only", "log-2001")
    slip = run(*options, "--only", "gazete-2003")

    assert dry.out.splitlines() == [
        f"{PAPERS}:5:8: {LOG} would be asked for",
        f"{PAPERS}:22:8: {ACCORD} would be asked for",
        "2 of 2 sources without a copy to ask for.",
    ]
    assert (dry.status, slip.status) == (0, 2)
    assert slip.err == "explainer: no source has the id 'gazete-2003'; did you mean 'gazette-2003'?; correct --only\n"
    assert service.asked == []
    assert tree(harbour / "content") == before


def test_a_source_that_is_a_copy_in_an_archive_needs_no_other(
    harbour: Path, run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    change(harbour / PAPERS, (GAZETTE, f"https://web.archive.org/web/2004/{GAZETTE}"))

    assert run(*options, "--dry-run", "--only", "gazette-2003").out == "0 of 0 sources without a copy to ask for.\n"


def test_a_page_that_cannot_be_kept_is_told_and_waits_until_the_others_had_their_turn(
    harbour: Path, run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    service.refused = {LOG: {"status_ext": "error:blocked-url", "message": "This URL\nis in the \x1b[31mblock list."}}
    first, second = (run(*options, "--limit", "1") for _ in range(2))

    assert first.status == 1
    assert f"{LOG} could not be kept (This URL is in the \\x1b[31mblock list); expected a copy" in first.out
    assert second.status == 0
    assert list(copies(harbour)) == ["gazette-2003"]
    assert second.out.endswith("1 copies recorded, 1 of them new; 3 sources are left.\n")


def test_a_busy_archive_is_waited_for_and_one_that_stays_so_ends_the_run_and_loses_nothing(
    harbour: Path, run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    service.answers = {"/save": [Response(status=429, headers={"Retry-After": "0"})]}
    run(*options, "--limit", "1")
    service.answers = {"/save": [Response(status=503), Response(status=503)]}
    stopped = run(*options)
    service.answers = {"/save": [Response(status=429, headers={"Retry-After": "3600"})]}
    told = run(*options)
    again = run(*options)

    assert stopped.status == 1
    assert stopped.err == (
        "explainer: 0 copies recorded, 0 of them new; 3 sources are left. "
        "Then the archive is busy (503) however often it is asked; run again later\n"
    )
    assert "asks to be left alone for 3,600 seconds; run again after that\n" in told.err
    assert again.out.endswith("3 copies recorded, 3 of them new; 0 sources are left.\n")
    assert len(copies(harbour)) == SOURCES


@pytest.mark.parametrize(
    ("path", "answer", "told"),
    [
        (
            "/save",
            (401, '{"message": "You need to be logged in"}'),
            "the archive does not know who asks (401); expected",
        ),
        (
            "/save/status",
            (200, '{"status": "error", "status_ext": "error:user-session-limit"}'),
            "takes no more for now",
        ),
        ("/save", (200, "<html>"), "could not be kept (it answers 200 with something that is no JSON)"),
        ("/save", (200, "[" * 9999), "could not be kept (it answers 200 with something that is no JSON)"),
        ("/save", (200, '{"message": "Try again."}'), "could not be kept (Try again)"),
        ("/save", (302, ""), "could not be kept (it answers 302 with"),
        ("/save/status", (200, '{"status": "success", "timestamp": "2026"}'), "names no moment of the copy but '2026'"),
        ("/save/status", (200, '{"status": "success", "timestamp": "20261399000000"}'), "a moment that does not exist"),
        ("/wayback/available", (200, '{"archived_snapshots": []}'), "is new"),
    ],
)
def test_each_answer_is_a_copy_or_a_sentence(
    path: str, answer: tuple[int, str], told: str, run: Run, service: Archive, options: tuple[str, ...]
) -> None:
    code, body = answer
    service.answers = {path: [Response(body, status=code, content_type="application/json")]}
    ran = run(*options, "--only", "gazette-2003")

    assert told in ran.out + ran.err
    assert ran.status == (0 if told == "is new" else 1)


def test_an_archive_that_is_not_there_ends_the_run(harbour: Path, run: Run) -> None:
    gone = "http://127.0.0.1:9"
    ran = run("--root", harbour, "archive", "--archive", gone, "--lookup", f"{gone}/has", "--pause", "0")

    assert ran.status == 1
    assert f"Then {gone}/has cannot be reached (" in ran.err


LIST = """\
# papers
- id: one
  url: https://a.example/1  # the first
  read_at: >-
    https://a.example/2

  language: en # é
-   url: "https://é.example/3"
    id: two
- {id: three, url: 'https://a.example/[3]', language: en}
- id: four
  archived: https://b.example/4
  url: https://a.example/4"""
FIELDS = {"archived": "https://w.example/web/1/https://a.example:", "archived_on": DAY}


@pytest.mark.parametrize(
    ("ident", "added"),
    [
        ("one", {5: ["  archived: https://w.example/web/1/https://a.example", f"  archived_on: {DAY}"]}),
        ("two", {8: ["    archived: https://w.example/web/1/https://a.example", f"    archived_on: {DAY}"]}),
    ],
)
def test_fields_get_lines_of_their_own_and_nothing_else_changes(ident: str, added: dict[int, list[str]]) -> None:
    fields = {**FIELDS, "archived": FIELDS["archived"].rstrip(":")}
    lines = LIST.split("\n")
    for at, more in added.items():
        lines[at:at] = more

    assert insertion.with_fields("x.yml", LIST, ident, fields, after=("url", "read_at")) == "\n".join(lines)


def test_a_record_in_braces_gets_fields_within_them() -> None:
    after = insertion.with_fields("x.yml", LIST, "three", FIELDS, after=("url",))

    assert after == LIST.replace("[3]'", f"[3]', archived: '{FIELDS['archived']}', archived_on: '{DAY}'")


@pytest.mark.parametrize("ident", ["one", "four", "five"])
def test_what_would_say_something_else_is_not_written(ident: str) -> None:
    """An address that ends with a colon would be the name of a field; one record has the field; one is not there."""
    assert insertion.with_fields("x.yml", LIST, ident, FIELDS, after=("url", "read_at")) is None


def test_a_copy_of_a_page_that_is_gone_is_offered_where_the_source_is_cited(harbour: Path) -> None:
    change(
        harbour / PAPERS,
        (
            "  published: 2001-05\n",
            "  archived: https://archive.example/log\n  archived_on: 2001-06-02\n  published: 2001-05\n",
        ),
    )
    visits = {LOG: Visit(Status.GONE, DAY, "404")}
    edits.overwrite(harbour, link_status.NAME, link_status.write(visits).encode())
    build.generate(harbour)
    told = "; the address no longer answers, [archived copy of 2 June 2001](https://archive.example/log)"

    assert told in (harbour / "docs/operations/beacon-2001.md").read_text(encoding="utf-8")
    assert told in (harbour / "docs/sources/index.md").read_text(encoding="utf-8")


def test_a_copy_has_an_address_and_is_no_older_than_its_source(harbour: Path) -> None:
    change(harbour / PAPERS, ("  published: 2001-05\n", "  archived_on: 2001-06-02\n  published: 2001-05\n"))
    lone = problems_of(harbour)
    change(
        harbour / PAPERS,
        ("archived_on: 2001-06-02", "archived: https://archive.example/log\n  archived_on: 2001-04-30"),
    )

    assert lone == [
        f"{PAPERS}:1:3: archived_on: without archived:; expected the address of the copy; add it, or delete the day"
    ]
    told = (
        f"{PAPERS}:7:16: the copy is of 2001-04-30, and the source of 2001-05; expected a copy that was made later, which can "
        "hold it; correct one of the two days, or name another copy"
    )
    assert problems_of(harbour) == [told]
