"""What the server for editors takes for a change, reported by the system or found by looking at all files."""

import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from watchdog.observers.api import BaseObserver, EventEmitter

from explainer.serve import watch
from explainer.serve.watch import Watcher
from tests.patience import until

Act = Callable[[Path], object]


class Exhausted(BaseObserver):
    """An observer to whom the system gives no watch."""

    def __init__(self) -> None:
        super().__init__(EventEmitter)

    def schedule(self, *_: object, **__: object) -> NoReturn:
        """Refuse."""
        raise OSError(errno.ENOSPC, "inotify watch limit reached")


@pytest.fixture(params=["reported", "polled"])
def watcher(request: pytest.FixtureRequest, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    """A watcher of the harbour dossier, which has a theme and pages by hand."""
    if request.param == "polled":
        monkeypatch.setattr(watch, "Observer", Exhausted)
        monkeypatch.setattr(watch, "POLLING", 0.05)
    for path in ("theme/main.html", "docs/about/index.md", "docs/goals/1.md", "docs/index.md", "mkdocs.yml"):
        write(harbour / path)
    with Watcher(harbour, str(harbour / "theme"), lambda _: None) as made:
        yield made


def write(path: Path, text: str = "x") -> None:
    """Write a file, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def renamed(path: Path) -> None:
    """Save a file as many editors do: under another name, which then replaces it."""
    write(path.with_name(f".{path.name}.swp"), "another text")
    path.with_name(f".{path.name}.swp").replace(path)


def heard(watcher: Watcher, act: Act, root: Path) -> None:
    """Do something, and wait until the watcher has heard of it."""
    waiting = threading.Thread(target=watcher.wait, daemon=True)
    waiting.start()
    act(root)
    until(lambda: not waiting.is_alive(), "the change is heard")


@pytest.mark.parametrize(
    "act",
    [
        lambda root: write(root / "content/people/new.md"),
        lambda root: write(root / "content/people/ada-quay.md", "changed"),
        lambda root: renamed(root / "content/people/ada-quay.md"),
        lambda root: (root / "content/people/ada-quay.md").unlink(),
        lambda root: write(root / "content/new/folder/new.md"),
        lambda root: shutil.rmtree(root / "content/people"),
        lambda root: (root / "content").rename(root / "away"),
        lambda root: write(root / "docs/about/index.md", "changed"),
        lambda root: write(root / "docs/new/page.md"),
        lambda root: write(root / "mkdocs.yml", "changed"),
        lambda root: renamed(root / "mkdocs.yml"),
        lambda root: write(root / "scripts/kinds/new/__init__.py"),
        lambda root: renamed(root / "theme/main.html"),
        lambda root: shutil.rmtree(root / "theme"),
        shutil.rmtree,
    ],
)
def test_a_change_of_a_source_is_heard(act: Act, watcher: Watcher, harbour: Path) -> None:
    heard(watcher, act, harbour)


def test_what_lies_in_a_folder_that_is_new_or_back_is_heard(watcher: Watcher, harbour: Path) -> None:
    heard(watcher, lambda root: (root / "content").rename(root / "away"), harbour)
    heard(watcher, lambda root: (root / "away").rename(root / "content"), harbour)
    heard(watcher, lambda root: write(root / "content/people/ada-quay.md", "changed"), harbour)
    heard(watcher, lambda root: write(root / "docs/new/page.md"), harbour)
    heard(watcher, lambda root: write(root / "docs/new/page.md", "changed"), harbour)
    heard(watcher, shutil.rmtree, harbour)
    heard(watcher, lambda root: write(root / "content/site.yml"), harbour)
    heard(watcher, lambda root: write(root / "content/site.yml", "changed"), harbour)


def test_a_change_before_anybody_waits_is_heard(watcher: Watcher, harbour: Path) -> None:
    write(harbour / "content/people/new.md")
    watcher.wait()


@pytest.mark.parametrize(
    ("path", "is_source"),
    [
        ("content/people/x.md", True),
        ("content", True),
        ("scripts", True),
        ("mkdocs.yml", True),
        ("docs/about/x.md", True),
        ("theme/assets/x.css", True),
        ("docs/goals/1.md", False),
        ("docs/goals", False),
        ("docs/index.md", False),
        ("docs/.ledger.json", False),
        ("content/.links.json", False),
        ("content/.git/x", False),
        ("content/people/.x.md.part", False),
        ("content/people/x.md~", False),
        ("scripts/kinds/x/__pycache__/x.pyc", False),
        ("site/index.html", False),
        ("README.md", False),
    ],
)
def test_what_a_build_or_an_editor_writes_for_itself_is_no_change(
    path: str, is_source: bool, watcher: Watcher, harbour: Path
) -> None:
    assert watcher._changed({os.fspath(harbour / path)}) is is_source


def test_a_burst_of_changes_is_one_change(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = os.fspath(harbour / "content/people/x.md")
    reports = [set(), {os.fspath(harbour / "docs/goals/1.md")}, {page}, {page}, {page}, set(), {page}]
    watcher = Watcher(harbour, None, lambda _: None)
    monkeypatch.setattr(watcher, "_next", lambda _: reports.pop(0))
    watcher.wait()

    assert reports == [{page}]


def test_a_burst_without_an_end_does_not_hold_up_the_build(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LONGEST_STORM", 0.0)
    watcher = Watcher(harbour, None, lambda _: None)
    monkeypatch.setattr(watcher, "_next", lambda _: {os.fspath(harbour / "content/people/x.md")})
    watcher.wait()


def test_that_all_files_are_looked_at_is_said_once(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "Observer", Exhausted)
    said: list[str] = []
    with Watcher(harbour, None, said.append) as watcher:
        heard(watcher, lambda root: write(root / "content/new/x.md"), harbour)

    assert len(said) == 1
    assert said[0].startswith("This system does not report changes of files (inotify watch limit reached); they are")
