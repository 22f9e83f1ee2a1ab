"""The store of what is kept between runs: whole entries or none, no code from elsewhere, nothing that must be there."""

import errno
import marshal
import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from explainer.base.files import digest_of
from explainer.base.progress import Progress
from explainer.incremental.store import FOLDER, ROOTS, TICK, Store
from explainer.publish.site_files import PartialFiles
from tests.conftest import Said, tree


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path, Said())


def entries(store: Store) -> set[str]:
    """The names of the entries."""
    return {path.name for path in store.folder.iterdir() if path.is_file()}


def piped(path: Path) -> None:
    """Make a pipe that nobody writes to: opening it for reading would wait for ever."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with names")
    os.mkfifo(path)


def refused(*_: object) -> NoReturn:
    """Stand in for a call that the file system does not know."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_an_entry_is_named_by_its_digest_and_comes_back(store: Store) -> None:
    assert store.get(store.put(b"lamp")) == b"lamp"
    assert entries(store) == {digest_of(b"lamp")}


@pytest.mark.parametrize("damage", ["other bytes", "cut", "empty", "link", "folder", "pipe", "gone"])
def test_an_entry_that_is_damaged_is_none_and_can_be_made_again(damage: str, store: Store, tmp_path: Path) -> None:
    path = store.folder / store.put(b"lamp")
    path.unlink()
    match damage:
        case "other bytes":
            path.write_bytes(b"boat")
        case "cut":
            path.write_bytes(b"la")
        case "empty":
            path.touch()
        case "link":
            (tmp_path / "lamp").write_bytes(b"lamp")
            path.symlink_to(tmp_path / "lamp")
        case "folder":
            path.mkdir()
        case "pipe":
            piped(path)
        case _:
            pass
    (tmp_path / "target").write_bytes(b"old")

    assert store.get(path.name) is None
    assert not store.link(path.name, os.fspath(tmp_path / "target"))
    assert not (tmp_path / "target").exists()
    if damage != "folder":
        assert store.get(store.put(b"lamp")) == b"lamp"


def test_what_changed_within_a_tick_before_a_run_began_is_not_settled(tmp_path: Path) -> None:
    """On a coarse clock, a later change of the same length could leave the same time."""
    store = Store(tmp_path, Said())
    (tmp_path / "now").touch()

    assert store.settled <= (tmp_path / "now").stat().st_mtime_ns - TICK
    assert store.settled > (tmp_path / "now").stat().st_mtime_ns - TICK - 3_600_000_000_000


@pytest.mark.parametrize("name", ["../own.txt", "roots", "", "x" * 64, "/etc/hostname"])
def test_a_name_that_is_no_digest_leads_nowhere(name: str, store: Store, tmp_path: Path) -> None:
    own = tmp_path / ".cache" / "own.txt"
    own.write_text("mine", "utf-8")
    store.save("pages", [1])

    assert store.get(name) is None
    assert own.read_text("utf-8") == "mine"
    assert store.load("pages") == [1]


@pytest.mark.parametrize("linked", [True, False])
def test_an_entry_stands_in_a_site_as_a_second_name_or_a_copy(
    linked: bool, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not linked:
        monkeypatch.setattr(os, "link", refused)
    (tmp_path / "made").write_bytes(b"lamp")
    store.adopt(digest_of(b"lamp"), tmp_path / "made")
    target = tmp_path / "target"
    target.write_bytes(b"old")

    assert store.link(digest_of(b"lamp"), os.fspath(target))
    assert target.read_bytes() == b"lamp"
    assert (target.stat().st_ino == (store.folder / digest_of(b"lamp")).stat().st_ino) is linked
    assert store.link(digest_of(b"lamp"), os.fspath(target))


def test_every_root_keeps_its_own_entries_and_pruning_deletes_the_others(store: Store, tmp_path: Path) -> None:
    page, search, neither = store.put(b"page"), store.put(b"search"), store.put(b"neither")
    store.save("pages", {"a": page}, [page])
    store.save("search", ("key", {}), [search])
    (store.folder / ".x.part").write_bytes(b"half")
    (store.folder / "own.txt").write_text("mine", "utf-8")
    store.prune()

    assert {page, search, "own.txt"} <= entries(store)
    assert not {neither, ".x.part"} & entries(store)
    assert store.load("pages") == {"a": page}
    assert Store(tmp_path).load("search") == ("key", {})


def test_a_root_that_is_written_again_leaves_no_old_value(store: Store) -> None:
    for number in range(3):
        store.save("results", number)

    assert len(entries(store)) == 1


def test_roots_with_equal_values_do_not_share_their_fate(store: Store) -> None:
    store.save("seen", {})
    store.save("verified", {})
    store.save("verified", {"a": 1})

    assert store.load("seen") == {}
    assert store.load("verified") == {"a": 1}
    assert isinstance(store.progress, Said)
    assert store.progress.words == []


def test_the_value_of_another_root_is_taken_for_damaged(store: Store) -> None:
    store.save("seen", {"a": 1})
    roots = store.folder / "roots"
    (roots / "verified").write_bytes((roots / "seen").read_bytes())

    assert store.load("verified") is None


@pytest.mark.parametrize("root", [b"", b"rubbish", b"\xff", digest_of(b"none").encode(), b"../../own.txt"])
def test_a_root_that_is_damaged_is_none(root: bytes, store: Store) -> None:
    store.save("records", {"a": 1})
    (store.folder / "roots" / "records").write_bytes(root)

    assert store.load("records") is None


@pytest.mark.parametrize("value", [b"", b"rubbish", marshal.dumps([1, 2])[:-3], b"c" + b"\x01" * 40])
def test_a_value_that_is_no_data_is_none_and_said(value: bytes, store: Store) -> None:
    digest = store.put(value)
    store.save("records", {})
    (store.folder / "roots" / "records").write_text(digest, "utf-8")

    assert store.load("records") is None
    assert isinstance(store.progress, Said)
    assert len(store.progress.words) == 1


def test_a_folder_that_cannot_be_used_costs_nothing_but_a_word(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("mine\n", "utf-8")
    store = Store(tmp_path, progress := Progress())
    digest = store.put(b"lamp")
    store.save("pages", 1, [digest])
    store.prune()

    assert (store.get(digest), store.load("pages"), store.inodes()) == (None, None, {})
    assert not store.link(digest, os.fspath(tmp_path / "target"))
    assert progress.unkept
    assert tree(tmp_path) == {".cache": b"mine\n"}


def test_a_root_that_is_a_pipe_is_none(store: Store) -> None:
    store.save("pages", 1)
    (store.folder / ROOTS / "pages").unlink()
    piped(store.folder / ROOTS / "pages")

    assert store.load("pages") is None


def test_roots_that_are_a_link_to_something_else_cost_nothing_but_a_word(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "pages").write_text("mine\n", "utf-8")
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / ROOTS).symlink_to(mine)
    store = Store(tmp_path, progress := Progress())
    store.save("pages", 1)
    store.prune()

    assert progress.unkept
    assert tree(mine) == {"pages": b"mine\n"}


def test_a_folder_that_is_filled_up_meanwhile_costs_nothing_but_a_word(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explainer.incremental.store.write_whole", refused)
    store.save("pages", 1, [store.put(b"lamp")])

    assert store.progress.unkept
    assert store.load("pages") is None
    shutil.rmtree(tmp_path / FOLDER)
    store.prune()


def test_a_file_of_a_site_that_the_store_lacks_is_written_once_and_never_through_a_link(tmp_path: Path) -> None:
    store = Store(tmp_path)
    before = store.put(b"before")
    place = tmp_path / "page.css"
    store.link(before, os.fspath(place))
    digest = PartialFiles((), store)._placed(SimpleNamespace(abs_dest_path=place, content_bytes=b"after"))  # type: ignore[arg-type]

    assert (store.get(before), store.get(digest), place.read_bytes()) == (b"before", b"after", b"after")
    assert store.inodes()[digest] == place.stat().st_ino
