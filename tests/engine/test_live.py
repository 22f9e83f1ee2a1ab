"""The server for editors: what was saved is shown, problems stand above the last good page, trouble is answered."""

import gzip
import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from explainer.publish.swap import PublishError
from explainer.serve.live import Live
from explainer.serve.server import _Server, serve
from tests.conftest import Run, change
from tests.patience import HANG, until


@pytest.fixture(autouse=True)
def _time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


@pytest.fixture
def server(harbour: Path) -> Iterator[tuple[Live, str]]:
    """The harbour dossier, served, and its address; nothing watches its files."""
    state = Live(harbour, harbour / ".cache" / "serve" / "site", 1)
    state.refresh()
    listening = _Server(("127.0.0.1", 0), state)
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield state, f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()
    thread.join()


def version_of(state: Live, page: str) -> str:
    """The version of a page, by which a browser knows whether to show it anew."""
    return state.version(state.find(page).data)


def text(address: str) -> str:
    """What the server answers."""
    with urlopen(address) as answer:
        return str(answer.read().decode())


def test_a_page_carries_a_script_of_the_same_origin_and_no_other(server: tuple[Live, str]) -> None:
    state, address = server
    page = text(f"{address}/operations/beacon-2001/")
    version = version_of(state, "operations/beacon-2001/")

    assert f'<script src="/-/explainer/reload.js" data-version="{version}" defer></script>' in page
    assert "explainer-notice" not in page
    assert "location.reload" in text(f"{address}/-/explainer/reload.js")


def test_a_browser_hears_of_a_build(server: tuple[Live, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.serve.server.PATIENCE", HANG)
    state, address = server
    before, other = (version_of(state, page) for page in ("people/ada-quay/", "goals/1/"))
    heard = [{"version": before, "left": 0}]

    def ask() -> None:
        while heard[-1]["version"] == before:
            query = urlencode({"page": "/people/ada-quay/", "after": before, "left": heard[-1]["left"]})
            heard.append(json.loads(text(f"{address}/-/explainer/state?{query}")))

    waiting = threading.Thread(target=ask)
    waiting.start()
    until(lambda: state.news._waiters, "the browser asks")  # type: ignore[attr-defined] # those of a Condition, which typeshed does not know
    change(state.root / "content" / "people" / "ada-quay.md", ("name: ", "name: Old "))
    state.refresh()
    waiting.join(HANG)

    assert heard[-1]["version"] == version_of(state, "people/ada-quay/") != before
    assert version_of(state, "goals/1/") == other, "a page that is the same is not shown anew"
    state.count(154)
    assert json.loads(text(f"{address}/-/explainer/state?page=/&after=none"))["told"] == "154 pages to go"
    assert "Old Ada" in text(f"{address}/people/ada-quay/")


def test_the_search_follows_the_page(server: tuple[Live, str]) -> None:
    state, address = server

    def names() -> bytes:
        with urlopen(f"{address}/search/names.bin") as answer:
            return gzip.decompress(answer.read())

    change(state.root / "content/people/ada-quay.md", ("name: ", "name: Marigold "))
    state.refresh()
    early = names()
    state.search()

    assert b"Marigold" in text(f"{address}/people/ada-quay/").encode()
    assert (b"Marigold" in early, b"Marigold" in names()) == (False, True)


def test_a_problem_stands_above_the_last_good_page_as_text(server: tuple[Live, str]) -> None:
    state, address = server
    change(state.root / "content" / "goals" / "1.md", ("number: 1", "number: <b>one</b>"))
    state.refresh()
    page = text(f"{address}/goals/1/")

    assert 'role="alert"' in page
    assert "<li>content/goals/1.md:5:9: " in page
    assert "&lt;b&gt;one" in page
    assert "<b>one" not in page
    assert "<h1" in page
    change(state.root / "content" / "goals" / "1.md", ("number: <b>one</b>", "number: 1"))
    state.refresh()
    assert 'role="alert"' not in text(f"{address}/goals/1/")


def test_a_folder_that_is_gone_is_a_problem_until_it_is_back(server: tuple[Live, str], tmp_path: Path) -> None:
    state, address = server
    (state.root / "content").rename(tmp_path / "away")
    state.refresh()

    assert "content/ is missing" in text(f"{address}/")
    (tmp_path / "away").rename(state.root / "content")
    state.refresh()
    assert state.problems == ()
    shutil.rmtree(state.root)
    state.refresh()
    with pytest.raises(HTTPError) as gone:
        text(f"{address}/")
    assert "bring it back" in gone.value.read().decode()


@pytest.mark.parametrize(
    "path",
    [
        "/../../content/site.yml",
        "/%2e%2e/%2e%2e/content/site.yml",
        "/nothing",
        "/%00",
        f"/{'x' * 256}",
        f"/people/{'x' * 300}/",
        f"/{'x/' * 5000}",
    ],
)
def test_nothing_outside_the_site_is_served(path: str, server: tuple[Live, str]) -> None:
    with pytest.raises(HTTPError) as refused:
        text(server[1] + path)

    assert refused.value.code == 404
    assert "There is no page at this address" in refused.value.read().decode()


def test_a_link_in_the_site_leads_to_nothing_outside_it(server: tuple[Live, str], tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a secret of others", encoding="utf-8")
    (tmp_path / "index.html").write_text("a secret of others", encoding="utf-8")
    state, address = server
    (state.site / "secret.txt").symlink_to(tmp_path / "secret.txt")
    (state.site / "folder").symlink_to(tmp_path)
    (state.site / "inside.html").symlink_to(state.site / "index.html")

    for path in ("secret.txt", "folder/", "folder/secret.txt"):
        with pytest.raises(HTTPError) as refused:
            text(f"{address}/{path}")
        assert "secret" not in refused.value.read().decode()
    assert text(f"{address}/inside.html") == text(f"{address}/index.html")


def listening(root: Path, host: str) -> str:
    """What a server says that is ended once it listens."""
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if line.startswith("Serving on"):
            raise KeyboardInterrupt

    serve(root, host, 0, jobs=1, say=say)
    return said[-2]


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_an_address_of_ipv6_is_listened_on(harbour: Path, host: str) -> None:
    try:
        with socket.socket(socket.AF_INET6) as tried:
            tried.bind(("::1", 0))
    except OSError:
        pytest.skip("this computer has no IPv6")
    assert re.fullmatch(r"Serving on http://\[::1\]:\d+/; Ctrl-C ends it", listening(harbour, host))


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "a" * 70, "2001:db8::1"])
def test_a_host_that_is_not_this_computer_is_answered(harbour: Path, host: str) -> None:
    with pytest.raises(PublishError) as refused:
        serve(harbour, host, 0, jobs=1, say=lambda _: None)

    assert str(refused.value).endswith(
        "expected a name or an address of this computer, as 127.0.0.1; choose another with --host"
    )


def test_a_port_that_is_taken_is_answered(harbour: Path, run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("--root", harbour, "serve", "--port", str(taken.getsockname()[1]))

    assert ran.status == 1
    assert "choose another with --port" in ran.err
    with pytest.raises(PublishError, match="cannot be listened on"):
        serve(harbour, "127.0.0.1", 99999, jobs=1, say=lambda _: None)
