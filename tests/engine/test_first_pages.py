"""What an editor waits for comes first: the saved page, then those that are open, then all others; in the end all is as built."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer import build
from explainer.publish import builder
from explainer.serve import later_search, live
from explainer.serve.live import Live
from explainer.serve.page_script import to_go
from explainer.serve.watch import Watcher
from tests.conftest import HARBOUR, change, copied, tree

ADA, GOAL = "content/people/ada-quay.md", "content/goals/1.md"


@pytest.fixture(autouse=True, scope="module")
def _time() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        yield


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harbour dossier, with what a build keeps for the next one."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("warm") / "harbour")
    served(root).refresh()
    return root


def served(root: Path) -> Live:
    """A dossier as it is served."""
    return Live(root, root / ".cache" / "serve" / "site", 1)


@pytest.fixture
def state(warm: Path, tmp_path: Path) -> Live:
    """The harbour dossier, built for the server."""
    made = served(Path(shutil.copytree(warm, tmp_path / "harbour", symlinks=True)))
    made.refresh()
    return made


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stages that builds went through."""
    seen: list[str] = []
    begin = live._Watched.begin

    def begun(self: live._Watched, stage: str, total: int = 0) -> None:
        seen.append(stage)
        begin(self, stage, total)

    monkeypatch.setattr(live._Watched, "begin", begun)
    return seen


def shown_first(state: Live, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Build anew; returns the pages that were shown before the site was built, in their order, which must be those of the end."""
    told: list[str] = []
    early: dict[str, bytes] = {}

    def say(words: str) -> None:
        told.append(words)
        early.update(state.first)

    monkeypatch.setattr(state, "say", say)
    said = state.refresh()
    assert not state.problems, said
    assert dict(state.first) == {}
    assert {name: state._read(name) for name in early} == early, "what came first is what a build makes"
    return [words.partition(" shown after ")[0] for words in told]


def test_the_saved_page_comes_first_then_those_that_are_open_if_they_change(
    state: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("operations/beacon-2001/", "people/", "goals/"):
        state.open(name)
    change(state.root / ADA, ("name: ", "name: Old "))

    assert shown_first(state, monkeypatch)[:2] == ["people/ada-quay.md", "people/index.md"]


def test_the_newest_save_comes_first(state: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    change(state.root / ADA, ("name: ", "name: Old "))
    change(state.root / GOAL, ("\n---\n", "\n---\n\nA newer sentence.\n"))
    os.utime(state.root / ADA, (1, 1))

    assert shown_first(state, monkeypatch)[:2] == ["goals/1.md", "people/ada-quay.md"]


def test_a_page_that_is_new_comes_first_as_well_and_its_browser_hears_of_it(
    state: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = state.find("people/bea-quay/")
    text = (state.root / ADA).read_text("utf-8").replace("ada-quay", "bea-quay").replace("Ada", "Bea")
    (state.root / "content/people/bea-quay.md").write_text(text, "utf-8")

    assert shown_first(state, monkeypatch)[:1] == ["people/bea-quay.md"]
    assert state.version(state.find("people/bea-quay/").data) != state.version(missing.data)


def test_a_page_by_hand_comes_first_as_well(state: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    page = state.root / "docs/about/index.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("# About\n\nA sentence.\n", "utf-8")
    state.refresh()
    page.write_text("# About\n\nAnother sentence.\n", "utf-8")

    assert shown_first(state, monkeypatch) == ["about/index.md"]


def test_a_change_while_pages_are_made_begins_anew_and_ends_as_a_build(
    state: Live, stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(state.root / ADA, ("name: ", "name: Old "))
    before = tree(state.site)
    state.changed = lambda: "render" in stages
    given_up = state.refresh()
    state.changed = lambda: False

    assert stages[-1] == "render"
    assert given_up.startswith("Saved again with ")
    assert tree(state.site) == before, "the old site stands whole"
    assert b"Old Ada" in state.find("people/ada-quay/").data, "what was made first is shown meanwhile"
    change(state.root / GOAL, ("\n---\n", "\n---\n\nA newer sentence.\n"))
    assert shown_first(state, monkeypatch)[0] == "goals/1.md"
    state.search()
    about = build.generate(state.root)[0].dossier
    built = builder.build(state.root, state.root / "elsewhere", about, clean=True)
    assert tree(built.site) == tree(state.site)


def test_a_problem_leaves_what_was_shown_before_the_newest_change(state: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    old = state.find("people/ada-quay/").data
    change(state.root / ADA, ("name: ", "name: Old "))
    with monkeypatch.context() as full:
        full.setattr(builder, "build", fails)
        state.refresh()

    assert len(state.problems) == 1
    assert (state.find("people/ada-quay/").data, state.left) == (old, 0)
    state.refresh()
    assert b"Old Ada" in state.find("people/ada-quay/").data


def test_a_setting_that_every_page_may_show_brings_no_page_forward(
    state: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.open("people/ada-quay/")
    change(state.root / "content/site.yml", ("title: ", "title: New "))

    assert shown_first(state, monkeypatch) == []


def test_a_page_that_cannot_be_made_early_is_left_to_the_build(state: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError

    change(state.root / ADA, ("name: ", "name: Old "))
    monkeypatch.setattr("explainer.publish.one_page.PageMaker.made", fails)

    assert shown_first(state, monkeypatch) == []
    assert b"Old Ada" in state.find("people/ada-quay/").data


def test_a_browser_hears_how_many_pages_are_to_come(tmp_path: Path) -> None:
    empty = Live(tmp_path, tmp_path / "site", 1)
    empty.count(1234)
    version = empty.version(empty.find("").data)
    before = time.monotonic()

    assert empty.wait("", version, "0", live.OPEN) == version
    assert empty.opened[""] >= before
    assert (to_go(1), to_go(empty.left)) == ("1 page to go", "1,234 pages to go")


def test_what_is_no_source_is_no_news(harbour: Path) -> None:
    watcher = Watcher(harbour, None, lambda _: None)
    watcher._reported = {str(harbour / "docs/goals/1.md")}

    assert not watcher.has_news()
    assert watcher._reported == set()
    watcher._reported = {str(harbour / ADA)}
    assert watcher.has_news()
    assert watcher.has_news(), "until somebody waits for it"


def test_the_search_that_follows_can_be_ended_at_any_moment(harbour: Path) -> None:
    running = later_search.begin(harbour, harbour / "site")
    later_search.end(running)
    later_search.end(None)

    assert running.poll() is not None
