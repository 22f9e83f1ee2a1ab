"""What people and other programs keep in site/: it outlives every build, and no build takes it for its own."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explainer import build
from explainer.base.problems import ContentError
from explainer.publish import manifest, offline, strangers
from explainer.publish import swap as publish
from explainer.publish.swap import PublishError
from tests.built_harbour import EDITS, EXAMPLES, STEPS, built, built_afresh
from tests.conftest import tree

pytest_plugins = ("tests.built_harbour",)

Look = tuple[str, int, int, bytes]
"""Kind and permissions, time and content of a file, a link or a folder."""


@pytest.fixture(autouse=True)
def _time(built_time: None) -> None:
    """Every build has the same time."""


@pytest.fixture
def root(built_root: Path) -> Path:
    """A dossier that was built, to be changed at will."""
    return built_root


@pytest.fixture
def prototype(built_prototype: Path) -> Path:
    """The dossier of which `root` is a copy."""
    return built_prototype


def looks(site: Path, paths: list[str] | None = None) -> dict[str, Look]:
    """How everything looks that no build put into a site; or what stands at some paths, and in them."""
    found: dict[str, Look] = {}
    waiting = strangers.found(site) if paths is None else list(paths)
    while waiting:
        path = waiting.pop()
        place = site / path
        about = place.lstat()
        data = b""
        if place.is_symlink():
            data = os.fsencode(place.readlink())
        elif place.is_dir():
            waiting += [f"{path}/{name}" for name in os.listdir(place)]  # noqa: PTH208 - names, not paths
        elif place.is_file():
            data = place.read_bytes()
        found[path] = (stat.filemode(about.st_mode), about.st_mode, about.st_mtime_ns, data)
    return found


def furnish(site: Path) -> list[str]:
    """Put into a site what people, hosts and other programs keep there; where it stands."""
    (site / ".git" / "refs" / "heads").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("ref: refs/heads/pages\n", "utf-8")
    (site / ".well-known").mkdir()
    (site / ".well-known" / "security.txt").write_text("Contact: mailto:x@y.example\n", "utf-8")
    (site / "CNAME").write_text("dossier.example\n", "utf-8")
    (site / ".nojekyll").touch()
    (site / "people" / "own.txt").write_text("mine", "utf-8")
    (site / "people" / "ada-quay" / "photo album").mkdir()
    (site / "people" / "ada-quay" / "photo album" / "1.jpg").write_bytes(b"\xff\xd8")
    (site / "empty" / "below").mkdir(parents=True)
    (site / "to the dossier").symlink_to("..")
    (site / "to nowhere").symlink_to("gone")
    (site / "private").mkdir()
    (site / "private" / "key").write_text("secret", "utf-8")
    (site / "private" / "key").chmod(0o600)
    Path(os.fsdecode(os.fsencode(site) + b"/not \xff utf-8")).write_text("x", "utf-8")
    os.mkfifo(site / "pipe")
    tops = [
        ".git", ".well-known", "CNAME", ".nojekyll", "people/own.txt", "people/ada-quay/photo album", "empty",
        "to the dossier", "to nowhere", "private", os.fsdecode(b"not \xff utf-8"), "pipe",
    ]  # fmt: skip
    for number, path in enumerate(looks(site, tops)):
        os.utime(site / path, ns=(10**18, 10**18 + number), follow_symlinks=False)
    (site / "private").chmod(0o700)
    (site / "empty" / "below").chmod(0o555)
    (site / "empty").chmod(0o1777)
    return sorted(tops)


def edit(root: Path, number: int) -> None:
    """Change a page that a person wrote."""
    (root / "docs" / "about" / "index.md").write_text(f"# About\n\n{'Again. ' * number}\n", "utf-8")


def ours(site: Path) -> dict[str, bytes]:
    """The files that the manifest of a site lists, and the manifest."""
    return {path: (site / path).read_bytes() for path in (manifest.NAME, *(manifest.read(site) or ()))}


def same_as_clean(root: Path) -> bool:
    """Whether the site without what people keep there is what a clean build makes."""
    return ours(root / "site") == built_afresh(root)


# --- carried over


def test_what_people_keep_in_a_site_outlives_every_build(root: Path) -> None:
    tops = furnish(root / "site")
    before = looks(root / "site", tops)
    assert strangers.found(root / "site") == tops

    for number in range(4):
        edit(root, number)
        built(root)

        assert looks(root / "site") == before
        assert not [path for path in tree(root / ".cache") if path.endswith(("CNAME", "own.txt", "HEAD", "key"))]
        assert not list(root.glob(".site.*"))
    built(root, clean=True)
    assert looks(root / "site") == before
    assert same_as_clean(root)


def test_what_people_keep_is_in_no_manifest_no_search_and_no_zip(root: Path) -> None:
    before = ours(root / "site")
    (root / "site" / "page.html").write_text("<html><body>zyzzyva</body></html>", "utf-8")
    (root / "site" / "search" / "own.txt").write_text("mine", "utf-8")
    tops = furnish(root / "site")
    built(root, clean=True)
    library, _ = build.generate(root)
    edition = offline.edition(root / "site", root, library.dossier)

    assert ours(root / "site") == before
    assert strangers.found(root / "site") == sorted([*tops, "page.html", "search/own.txt"])
    assert set(edition) & {"page.html", "CNAME", ".git/HEAD", "people/own.txt"} == set()
    assert not [data for data in edition.values() if b"zyzzyva" in data or data == b"mine"]


def test_a_second_build_writes_nothing_whatever_people_do_with_their_files(root: Path) -> None:
    furnish(root / "site")
    edit(root, 1)
    built(root)
    before = (root / "site").stat().st_ino
    (root / "site" / "CNAME").write_text("other.example\n", "utf-8")
    (root / "site" / ".git" / "index").write_text("more", "utf-8")
    shutil.rmtree(root / "site" / "private")
    after = looks(root / "site")
    again = built(root)

    assert (again.rendered, again.kept) == (0, again.pages)
    assert (root / "site").stat().st_ino == before
    assert looks(root / "site") == after


def test_a_file_beside_a_page_outlives_the_page(root: Path) -> None:
    furnish(root / "site")
    before = looks(root / "site")
    page = root / "content" / "people" / "ada-quay.md"
    text = page.read_bytes()
    page.unlink()
    built(root)

    assert not (root / "site" / "people" / "ada-quay" / "index.html").exists()
    assert (
        looks(root / "site", ["people/ada-quay"]).items()
        >= {path: look for path, look in before.items() if path.startswith("people/ada-quay/")}.items()
    )
    page.write_bytes(text)
    built(root)

    assert looks(root / "site") == before
    assert same_as_clean(root)


def test_a_page_of_the_site_that_a_hand_changed_is_made_again(root: Path) -> None:
    page = root / "site" / "about" / "index.html"
    before = page.read_bytes()
    page.unlink()
    page.write_text("by hand", "utf-8")
    built(root)

    assert page.read_bytes() == before
    assert strangers.found(root / "site") == []


def test_a_build_leaves_no_empty_folder_in_a_site(root: Path) -> None:
    assert [base for base, folders, names in os.walk(root / "site") if not folders and not names] == []


def test_a_folder_that_holds_files_of_people_keeps_its_permissions(root: Path) -> None:
    (root / "site" / "people" / "own.txt").write_text("mine", "utf-8")
    (root / "site" / "people").chmod(0o770)
    for number in range(3):
        edit(root, number)
        built(root)

        assert stat.S_IMODE((root / "site" / "people").stat().st_mode) == 0o770


def test_a_manifest_that_vouches_for_somebodys_file_costs_nobody_that_file(tmp_path: Path) -> None:
    site = small(tmp_path / "site", "one")
    (site / "own.txt").write_text("mine", "utf-8")
    (site / "gone.html").write_text("a page that a hand changed", "utf-8")
    (site / "old.html").write_text("old", "utf-8")
    listed = json.loads((site / manifest.NAME).read_text("utf-8"))
    digest = hashlib.sha256(b"old").hexdigest()
    listed["files"] |= {"own.txt": "0" * 64, "gone.html": "1" * 64, "old.html": digest, "missing.html": digest}
    (site / manifest.NAME).write_text(json.dumps(listed), "utf-8")
    for text in ("two", "three"):
        new = small(publish.staging(site), text)
        manifest.write(new, new, {})
        publish.publish(site, tmp_path / "spare")

        assert (site / "own.txt").read_text("utf-8") == "mine"
        assert (site / "gone.html").read_text("utf-8") == "a page that a hand changed"
        assert not (site / "old.html").exists()
        assert strangers.found(site) == ["gone.html", "own.txt"]


# --- the same place


def _file(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("mine", "utf-8")


@pytest.mark.parametrize(
    ("stranger", "source", "needed"),
    [
        ("about/more/index.html", "docs/about/more.md", "about/more/index.html"),
        ("about/more", "docs/about/more.md", "about/more/index.html"),
        ("plan", "docs/plan/a.txt", "plan/a.txt"),
        ("plan/", "docs/plan", "plan"),
    ],
)
def test_a_page_that_needs_the_place_of_somebodys_file_stops_the_build(
    stranger: str, source: str, needed: str, root: Path
) -> None:
    place = root / "site" / stranger
    if stranger.endswith("/"):
        place.mkdir()
    else:
        _file(place)
    _file(root / source)
    before, ino = tree(root / "site"), (root / "site").stat().st_ino
    with pytest.raises(PublishError) as failed:
        built(root)

    named = f"{root}/site/{stranger}".rstrip("/")
    assert str(failed.value) == (
        f"{named} was not made by a build, and {source} becomes {needed}; expected another place for one of them;"
        " move or rename it; the old site is as it was"
    )
    assert (tree(root / "site"), (root / "site").stat().st_ino, place.exists()) == (before, ino, True)
    assert not list(root.glob(".site.*"))


def test_a_page_may_move_into_an_empty_folder(root: Path) -> None:
    (root / "site" / "about" / "more").mkdir(mode=0o700)
    _file(root / "docs" / "about" / "more.md")
    built(root)

    assert strangers.found(root / "site") == []
    assert (root / "site" / "about" / "more" / "index.html").is_file()
    assert same_as_clean(root)


def test_a_folder_in_the_place_of_a_file_of_the_site_stops_the_build(root: Path) -> None:
    _file(root / "site" / "plan" / "own.txt")
    (root / "docs" / "plan").write_text("a plan", "utf-8")
    before = tree(root / "site")
    with pytest.raises(PublishError, match=r"site/plan was not made by a build, and docs/plan becomes plan;"):
        built(root)

    assert tree(root / "site") == before


def test_a_link_in_the_place_of_a_folder_of_the_site_is_no_way_out_of_it(root: Path, tmp_path: Path) -> None:
    (root / "site" / "people").rename(tmp_path / "moved")
    (root / "site" / "people").symlink_to(tmp_path / "moved")
    before = tree(tmp_path / "moved")
    edit(root, 1)
    with pytest.raises(PublishError, match=r"site/people was not made by a build, and docs/people/index.md becomes"):
        built(root)

    assert (root / "site" / "people").is_symlink()
    assert tree(tmp_path / "moved") == before


def test_the_place_of_a_file_of_the_search_is_named_without_a_source(root: Path) -> None:
    listed = json.loads((root / "site" / manifest.NAME).read_text("utf-8"))
    del listed["files"]["search/names.bin"]
    (root / "site" / manifest.NAME).write_text(json.dumps(listed), "utf-8")
    with pytest.raises(
        PublishError, match=r"site/search/names.bin was not made by a build, and the new site has its own sea"
    ):
        built(root)


# --- disks that cannot do everything


def _refusing(*arguments: object, **options: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_without_second_names_and_without_an_exchange_everything_is_copied(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(root / "site")
    (root / "site" / "pipe").unlink()
    before = looks(root / "site")
    monkeypatch.setattr(os, "link", _refusing)
    monkeypatch.setattr(publish, "_exchanged", lambda one, other: False)
    for number in range(3):
        edit(root, number)
        built(root)

        assert looks(root / "site") == before
    assert same_as_clean(root)


def test_caches_on_another_disk_cost_nobody_their_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(root / "site")
    before = looks(root / "site")
    rename = os.rename

    def elsewhere(source: str | Path, target: str | Path) -> None:
        if ".cache" in os.fspath(source) or ".cache" in os.fspath(target):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        rename(source, target)

    monkeypatch.setattr(os, "rename", elsewhere)
    for number in range(3):
        edit(root, number)
        built(root)

        assert looks(root / "site") == before
    assert not (root / ".cache" / "store" / "spare").exists()


def test_what_cannot_be_taken_over_stops_the_build_and_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "site" / "pipe")
    monkeypatch.setattr(os, "link", _refusing)
    before = looks(root / "site")
    edit(root, 1)
    with pytest.raises(
        PublishError, match=r"site/pipe was not made by a build and cannot be taken over into the new site"
    ):
        built(root)

    assert looks(root / "site") == before


# --- in the middle


def small(folder: Path, text: str) -> Path:
    """A site with few files, as a build makes one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("index.html", "404.html", "sitemap.xml", "about/index.html"):
        _file(folder / name)
        (folder / name).write_text(text, "utf-8")
    manifest.write(folder, folder, {})
    return folder


def replaced(site: Path, text: str) -> None:
    """Publish a small site, as the builder does."""
    small(publish.staging(site), text)
    publish.publish(site, site.parent / "spare")


MOVES = ("rename", "replace", "link", "mkdir", "unlink", "rmdir", "chmod", "utime")


@contextlib.contextmanager
def ending_at(step: int) -> Iterator[None]:
    """End this process, as SIGKILL would, before the step-th change that it makes on the disk."""
    left = [step]

    def counted(known: Callable[..., object]) -> Callable[..., object]:
        def counting(*arguments: object, **options: object) -> object:
            left[0] -= 1
            if not left[0]:
                os._exit(9)
            return known(*arguments, **options)

        return counting

    with pytest.MonkeyPatch.context() as patched:
        for name in MOVES:
            counting = counted(getattr(os, name))
            os.supports_follow_symlinks.add(counting)
            patched.setattr(os, name, counting)
        patched.setattr(publish, "_exchanged", counted(publish._exchanged))
        yield


def _ended(what: Callable[[], None], step: int) -> bool:
    """Whether something, done in a process of its own, was ended at a step."""
    pid = os.fork()
    if not pid:
        with contextlib.suppress(BaseException), ending_at(step):
            what()
            os._exit(0)
        os._exit(4)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status in {0, 9}
    return status == 9


@pytest.mark.parametrize("exchange", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_a_build_that_ends_at_any_step_loses_nobodys_file(
    exchange: bool, links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr(publish, "_exchanged", lambda one, other: False)
    if not links:
        monkeypatch.setattr(os, "link", _refusing)
    step, ended = 0, True
    while ended:
        step += 1
        site = small(tmp_path / str(step) / "site", "one")
        (site / ".git" / "refs").mkdir(parents=True)
        (site / ".git" / "HEAD").write_text("ref", "utf-8")
        (site / "about" / "own.txt").write_text("mine", "utf-8")
        (site / "empty").mkdir()
        (site / "link").symlink_to("index.html")
        before = looks(site)
        replaced(site, "two")  # so that there is a spare folder
        ended = _ended(lambda site=site: replaced(site, "three"), step)  # type: ignore[misc] # mypy knows no defaults

        stands = site if site.exists() else site.with_name(".site.old")
        assert looks(stands) == before, step
        assert (stands / "index.html").read_text("utf-8") in {"two", "three"}
        replaced(site, "four")
        assert looks(site) == before, step
        assert {*ours(site).values()} >= {b"four"}
        assert sorted(path.name for path in site.parent.iterdir()) == ["site", "spare"]
    assert step > 20


def test_what_somebody_writes_while_the_folders_are_exchanged_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = small(tmp_path / "site", "one")
    for name in ("replaced.txt", "kept.txt"):
        (site / name).write_text("before", "utf-8")
    swap = publish._swap

    def busy(site: Path, new: Path, old: Path) -> None:
        (site / "part").write_text("after", "utf-8")
        (site / "part").replace(site / "replaced.txt")
        (site / "folder").mkdir()
        (site / "folder" / "more.txt").write_text("more", "utf-8")
        swap(site, new, old)

    monkeypatch.setattr(publish, "_swap", busy)
    replaced(site, "two")

    assert strangers.found(site) == ["folder", "kept.txt", "replaced.txt"]
    assert (site / "replaced.txt").read_text("utf-8") == "after"
    assert (site / "folder" / "more.txt").read_text("utf-8") == "more"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "spare"]


def test_ctrl_c_between_two_renames_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = small(tmp_path / "site", "one")
    (site / "own.txt").write_text("mine", "utf-8")
    before = tree(site)
    site.rename(tmp_path / ".site.old")
    small(tmp_path / ".site.new", "two")
    publish.sweep(site)

    assert tree(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", [".site.old", "site"])
def test_a_folder_of_somebody_else_under_the_name_of_the_old_site_is_refused(name: str, tmp_path: Path) -> None:
    site = small(tmp_path / "site", "one")
    (tmp_path / ".site.old").mkdir()
    (tmp_path / ".site.old" / "own.txt").write_text("mine", "utf-8")
    if name == "site":
        shutil.rmtree(site)
    before = tree(tmp_path)
    publish.sweep(site)
    with pytest.raises(PublishError, match=r"\.site\.old is where a build puts the old site, and holds something else"):
        publish.staging(site)

    assert tree(tmp_path) == before


def test_folders_that_may_not_be_written_to_are_taken_over_as_well(tmp_path: Path) -> None:
    site = small(tmp_path / "site", "one")
    (site / "locked" / "inside").mkdir(parents=True)
    (site / "locked" / "inside" / "own.txt").write_text("mine", "utf-8")
    (site / "about" / "own.txt").write_text("mine", "utf-8")
    for folder in ("locked/inside", "locked", "about"):
        (site / folder).chmod(0o555)
    if os.access(site / "locked", os.W_OK):
        pytest.skip("whoever runs this may write into every folder")
    before = looks(site)
    for text in ("two", "three", "four"):
        replaced(site, text)

        assert looks(site) == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "spare"]


# --- histories

NAMES = st.sampled_from(
    ["own.txt", ".git", "CNAME", "people", "about", "more", "two", "index.html", "é", "a b", "search"]
)
PLACES = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


def _settle(site: Path, data: st.DataObject) -> None:
    """Put a file, a link or a folder somewhere into a site, or take away one that was put there."""
    place = site / data.draw(PLACES)
    kind = data.draw(st.sampled_from(["file", "file", "link", "folder", "gone"]))
    listed = manifest.read(site) or {}
    taken = {site / path for path in listed} | {above for path in listed for above in (site / path).parents}
    with contextlib.suppress(OSError):  # something is there, or nothing
        if kind == "gone":
            if place not in taken:
                place.unlink()
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        if kind == "folder":
            place.mkdir(mode=data.draw(st.sampled_from([0o700, 0o755, 0o1777])))
        elif kind == "link":
            place.symlink_to(data.draw(NAMES))
        else:
            with place.open("xb") as file:
                file.write(data.draw(st.binary(max_size=3)))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=EXAMPLES == 3,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_whatever_people_keep_in_a_site_outlives_any_history(prototype: Path, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = shutil.copytree(prototype, Path(folder) / "dossier")
        for _ in range(STEPS):
            for _ in range(data.draw(st.integers(0, 6))):
                _settle(root / "site", data)
            data.draw(st.sampled_from(EDITS))(root, data)
            before, whole = looks(root / "site"), tree(root / "site")
            try:
                built(root)
            except (ContentError, PublishError):
                assert tree(root / "site") == whole
            else:
                assert same_as_clean(root)
            after = looks(root / "site")
            shared = {
                path for path in before if path not in after and any((root / "site" / path).glob("**/index.html"))
            }
            assert {path: after.get(path) for path in before.keys() - shared} == {
                path: look for path, look in before.items() if path not in shared
            }
            assert not list(root.glob(".site.*"))
