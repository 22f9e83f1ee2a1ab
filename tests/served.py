"""The real dossier, built once a session in a temporary folder, served on this machine, and looked at in a browser.

A test file asks for these fixtures with `pytest_plugins = ("tests.served",)`. PYTEST_DONT_REWRITE: nothing is asserted here.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from explainer.publish import offline
from tests.chromium import launch_options
from tests.patience import BROWSER
from tests.shared import alone, once

expect.set_options(timeout=BROWSER * 1000)

PROJECT = Path(__file__).resolve().parent.parent

TIME = "1767225600"
"""The moment that every build of a test takes for now: 2026-01-01."""


def copy_project(root: Path, *, content: Path = PROJECT / "content", docs: Path | None = PROJECT / "docs") -> Path:
    """A folder that builds by itself: records, hand-written pages, configuration and code; returns `root`."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copytree(content, root / "content")
    shutil.copytree(PROJECT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", root)
    (root / "docs").mkdir()
    for name in ("about", "contributing") if docs else ():
        shutil.copytree(PROJECT / "docs" / name, root / "docs" / name)
    return root


def environment(**variables: str) -> dict[str, str]:
    """The environment of a command, without the caller's modules."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {
        **kept,
        "SOURCE_DATE_EPOCH": TIME,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        **variables,
    }


def explainer(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `explainer` in a folder."""
    command = [sys.executable, "-m", "explainer", *arguments]
    return subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives it
        """Keep the output of the tests clean."""


class _Server(http.server.ThreadingHTTPServer):
    """Takes it calmly when a browser window closes before all of a file has come."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that the browser gave up, and all of anything else."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address, without a slash at its end, at which the files of a folder are served."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(slots=True)
class Record:
    """What a browser did while it showed pages."""

    requests: list[str] = field(default_factory=list)
    """Every address that a page asked for."""
    icons: list[str] = field(default_factory=list)
    """Addresses of a site's own icons: the browser asks for those of its own accord, at any moment, and again as it likes."""
    faults: list[str] = field(default_factory=list)
    """Errors on the console, errors of scripts, requests that failed or were refused."""

    def hosts(self) -> set[str]:
        """The hosts that were asked for something, with their ports; files and data in the page have none."""
        return {urlsplit(address).netloc for address in self.requests} - {""}


_NOTHING = "/nothing-is-here"
"""An address of no page, on which no script runs."""
_KEPT: list[Page] = []
"""Windows that nobody looks through at the moment: to open one takes twice as long as to load a page into it."""


def _window(browser: Browser, *, scripts: bool) -> Page:
    """A new page in a window of its own."""
    context = browser.new_context(reduced_motion="reduce", java_script_enabled=scripts)
    context.set_default_timeout(
        BROWSER * 1000
    )  # of steps and of loading pages; expectations have an option of their own
    page = context.new_page()
    commands = context.new_cdp_session(page)
    commands.send("Network.enable")
    commands.send("Network.setCacheDisabled", {"cacheDisabled": True})  # so every page asks for all that it needs
    return page


def _kept(browser: Browser) -> Page | None:
    """A window that was put back, if it is one of this browser."""
    while _KEPT:
        page = _KEPT.pop()
        if page.context.browser == browser and not page.is_closed():
            return page
    return None


def _put_back(page: Page) -> None:
    """Make a window as good as new: nothing stored, nothing intercepted. Close it where that cannot be."""
    context = page.context
    if len(context.pages) > 1 or not page.url.startswith("http"):
        context.close()
        return
    page.unroute_all()
    context.unroute_all()
    page.goto(urljoin(page.url, _NOTHING))  # its storage can be emptied, and no script fills it again
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    context.clear_cookies()
    _KEPT.append(page)


def _listeners(record: Record) -> dict[str, Callable[[Any], object]]:
    """What writes the record of a page, by event."""

    def failed(request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # the browser gave it up because the reader left the page
            record.faults.append(f"{request.url}: {request.failure}")

    def answered(answer: Any) -> None:
        if answer.status >= 400:
            record.faults.append(f"{answer.url}: {answer.status}")

    def said(words: Any) -> None:
        if words.type == "error" and not words.location["url"].endswith(_NOTHING):  # told late, of the reader before
            record.faults.append(words.text)

    def asked(request: Any) -> None:
        address = urlsplit(request.url)
        icon = address.hostname in {None, "127.0.0.1"} and address.path.endswith(("/favicon.svg", "/favicon.ico"))
        (record.icons if icon else record.requests).append(request.url)

    return {
        "request": asked,
        "requestfailed": failed,
        "response": answered,
        "pageerror": lambda error: record.faults.append(str(error)),
        "console": said,
    }


@contextlib.contextmanager
def looking(
    browser: Browser,
    *,
    width: int = 1280,
    height: int = 900,
    scheme: str = "light",
    scripts: bool = True,
    afresh: bool = False,
) -> Iterator[tuple[Page, Record]]:
    """A page in a browser window without a past, in the colours of a scheme, and the record of what it does.

    The window is used again by the next test, unless this one failed, opened another window or left the web. A test that
    gives the window what cannot be taken back, such as a script for every page, asks for one of its own: `afresh`.
    """
    shared = scripts and not afresh
    page = (_kept(browser) if shared else None) or _window(browser, scripts=scripts)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(
        media="null",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        forced_colors="null",
    )
    record = Record()
    listeners = _listeners(record)
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        yield page, record
    except BaseException:
        page.context.close()
        raise
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    if shared:
        _put_back(page)
    else:
        page.context.close()


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real dossier, with its site built by `explainer build` in site/; to be read, and not to be changed."""

    def make(root: Path) -> None:
        built = explainer(copy_project(root), "build")
        if built.returncode:
            shutil.rmtree(root)
            pytest.fail(f"the real dossier does not build:\n{built.stdout}{built.stderr}", pytrace=False)

    return once(tmp_path_factory, "dossier", make)


@pytest.fixture(scope="session")
def unzipped(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline edition of the real dossier, unzipped."""

    def make(folder: Path) -> None:
        with alone(tmp_path_factory, "dossier"):
            made = explainer(dossier, "offline")
        if made.returncode:
            pytest.fail(f"the real dossier has no offline edition:\n{made.stdout}{made.stderr}", pytrace=False)
        with zipfile.ZipFile(dossier / offline.NAME) as archive:
            archive.extractall(folder)

    return once(tmp_path_factory, "unzipped", make)


@pytest.fixture(scope="session")
def site(dossier: Path) -> Path:
    """The built site of the real dossier."""
    return dossier / "site"


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the built site of the real dossier, without a slash at its end."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How pytest-playwright starts the browser: ours, with what its options `--headed` and `--slowmo` say."""
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def chromium(browser: Browser) -> Browser:
    """A Chromium without a window, the same for all tests of a session."""
    return browser
