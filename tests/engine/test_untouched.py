"""A build that has nothing to do: it is told from a look at the files, and nothing that changed is overlooked."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from explainer import build
from explainer.base.files import digest_of
from explainer.incremental import store
from explainer.incremental.store import Store
from explainer.publish import builder, untouched
from tests.built_harbour import built, built_afresh
from tests.conftest import change, tree

pytest_plugins = ("tests.built_harbour",)
pytestmark = pytest.mark.usefixtures("built_time")


@pytest.fixture
def root(built_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier that was built, to be changed at will, on a file system with a fine clock."""
    monkeypatch.setattr(store, "TICK", 20_000_000)
    time.sleep(0.05)
    built(built_root)
    return built_root


def stands(root: Path) -> bool:
    """Whether a build would find nothing to do by a look."""
    return untouched.standing(untouched.watch(root, root / "site", Store(root))) is not None


def test_a_second_build_is_told_from_a_look_and_says_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, afresh = tree(root / "site"), built_afresh(root)
    monkeypatch.setattr(build, "generate", None)
    monkeypatch.setattr(builder, "build", None)

    again = built(root)

    assert (again.rendered, again.kept) == (0, again.pages)
    assert again.pages == len(list((root / "docs").rglob("*.md")))
    assert tree(root / "site") == before == afresh


def test_a_build_that_has_nothing_to_do_loads_nothing_that_makes_records_and_pages(root: Path) -> None:
    code = "import sys, explainer.cli.main as main; main.main(['--root', sys.argv[1], 'build']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code, root], capture_output=True, text=True, check=True)

    assert "0 pages rendered" in ran.stdout
    assert {"pydantic", "yaml", "jinja2", "mkdocs", "babel"} & set(ran.stdout.split()) == set()


def test_what_a_build_wrote_is_read_once_more_and_not_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stands(root)
    time.sleep(0.05)
    assert stands(root)
    read: list[bytes] = []

    def noted(data: bytes) -> str:
        read.append(data)
        return digest_of(data)

    monkeypatch.setattr(untouched, "digest_of", noted)

    assert stands(root)
    assert len(read) == 1  # the key


def same_size(path: Path) -> None:
    """Change one letter of a file, and set its time back."""
    looked = path.stat()
    data = bytearray(path.read_bytes())
    at = data.index(b"e")
    data[at] = ord("a")
    path.write_bytes(bytes(data))
    os.utime(path, ns=(looked.st_atime_ns, looked.st_mtime_ns))


def first(folder: Path, pattern: str) -> Path:
    """The first file below a folder."""
    return min(folder.rglob(pattern))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a record": lambda root: same_size(first(root / "content", "*.md")),
    "a new record": lambda root: shutil.copy(first(root / "content", "*.md"), root / "content" / "new.md"),
    "a generated page": lambda root: same_size(first(root / "docs" / "operations", "*.md")),
    "a page by hand": lambda root: same_size(root / "docs" / "about" / "index.md"),
    "a page of the site": lambda root: first(root / "site", "*.html").write_bytes(b"x"),
    "a page of the site is gone": lambda root: first(root / "site", "*.html").unlink(),
    "a strange file in the site": lambda root: (root / "site" / "CNAME").write_bytes(b"x"),
    "the manifest": lambda root: (root / "site" / "manifest.json").write_bytes(b"{}"),
    "the theme": lambda root: same_size(first(root / "theme", "*.html")),
    "the configuration": lambda root: same_size(root / "mkdocs.yml"),
    "an icon": lambda root: same_size(root / "icons" / "lamp.svg"),
    "a kind of record": lambda root: first(root / "scripts", "*.py").touch(),
    "nothing is kept": lambda root: shutil.rmtree(root / ".cache"),
    "what is kept is damaged": lambda root: Store(root).save(untouched.NAME, ["x"]),
    "the time": lambda _: os.environ.update(SOURCE_DATE_EPOCH="1767225601"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_is_seen(what: str, root: Path) -> None:
    (root / "scripts").mkdir(exist_ok=True)
    (root / "scripts" / "x.py").touch()
    (root / "icons").mkdir()
    (root / "icons" / "lamp.svg").write_text("<svg/>e", encoding="utf-8")
    own = f"pymdownx.emoji: {{options: {{custom_icons: [{root}/icons]}}}}"
    change(root / "mkdocs.yml", ("  - attr_list\n", f"  - attr_list\n  - {own}\n"))
    time.sleep(0.05)
    built(root)
    assert stands(root)

    CHANGES[what](root)

    assert not stands(root)


def test_after_an_edit_nobody_looks_at_what_was_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stands(root)
    CHANGES["a record"](root)
    looked: list[str] = []
    files = untouched._files

    def noted(paths: Iterable[str], **how: Any) -> Iterator[tuple[str, os.stat_result]]:
        for path, told in files(paths, **how):
            looked.append(path)
            yield path, told

    monkeypatch.setattr(untouched, "_files", noted)

    assert not stands(root)
    assert any(path.startswith(f"{root}/content/") for path in looked)
    assert not any(path.startswith((f"{root}/docs/", f"{root}/site/")) for path in looked)


@pytest.mark.parametrize("changed", ["operations/*.md", "about/index.md"])
def test_a_page_that_a_hand_changes_while_a_build_runs_is_not_taken_for_built(changed: str, root: Path) -> None:
    watched = untouched.watch(root, root / "site", Store(root))
    library, plan = build.generate(root)
    made = builder.build(root, root / "site", library.dossier)
    same_size(min((root / "docs").glob(changed)))

    watched.remember(untouched.Standing(made.pages, len(plan.keep)), made.outside)

    assert not stands(root)


@pytest.mark.parametrize("changed", ["operations/*.md", "about/index.md"])
def test_nor_is_one_that_changes_after_docs_was_looked_at_beside_the_build(changed: str, root: Path) -> None:
    watched = untouched.watch(root, root / "site", Store(root))
    library, plan = build.generate(root)
    looked = watched.docs(untouched.MANY)()
    assert looked == watched.docs(0)()
    same_size(min((root / "docs").glob(changed)))
    made = builder.build(root, root / "site", library.dossier)

    watched.remember(untouched.Standing(made.pages, len(plan.keep)), made.outside, [lambda: looked])

    assert not stands(root)


def test_nor_is_a_site_that_changes_after_it_was_looked_at(root: Path) -> None:
    watched = untouched.watch(root, root / "site", Store(root))
    library, plan = build.generate(root)
    looks = [watched.docs(0)]
    published = lambda: looks.append(watched.made(untouched.MANY))  # noqa: E731 - called by the builder
    made = builder.build(root, root / "site", library.dossier, clean=True, published=published)
    looked = [look() for look in looks]
    assert [*looked] == [watched.docs(0)(), watched.made(0)()]
    page = min((root / "site").rglob("*.html"))
    page.unlink()
    page.write_bytes(b"x")

    told = untouched.Standing(made.pages, len(plan.keep))
    watched.remember(told, made.outside, [lambda: looked[0], lambda: looked[1]])

    assert not stands(root)


def test_a_record_that_is_changed_while_a_build_runs_is_not_taken_for_built(root: Path) -> None:
    watched = untouched.watch(root, root / "site", Store(root))
    library, plan = build.generate(root)
    made = builder.build(root, root / "site", library.dossier)
    same_size(first(root / "content", "*.md"))

    watched.remember(untouched.Standing(made.pages, len(plan.keep)), made.outside)

    assert not stands(root)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("site_name:", "copyright: !ENV [SAID, nobody]\nsite_name:"),
        ("  - attr_list\n", "  - attr_list\n  - pymdownx.snippets\n"),
        ("site_name:", '"INHERIT": base.yml\nsite_name:'),
        ("site_name:", "? INHERIT\n: base.yml\nsite_name:"),
    ],
    ids=["a variable of the environment", "an extension that reads files", "a quoted name", "a name behind a mark"],
)
def test_a_site_of_more_than_files_is_never_told_from_a_look(before: str, after: str, root: Path) -> None:
    (root / "base.yml").write_text("copyright: one\n", encoding="utf-8")
    change(root / "mkdocs.yml", (before, after))
    time.sleep(0.05)
    built(root)

    assert not stands(root)


def test_links_that_lead_back_are_not_gone_through_again(tmp_path: Path) -> None:
    inside = tmp_path / "content" / "inside"
    inside.mkdir(parents=True)
    (inside / "a.md").write_bytes(b"a")
    for name in ("back", "again"):
        (inside / name).symlink_to(tmp_path / "content")

    found = [path for path, _ in untouched._files([str(tmp_path / "content")], follow=True)]

    assert found == [str(inside / "a.md")]


def test_a_folder_that_people_link_into_a_site_is_not_looked_through(root: Path) -> None:
    (root / "site" / "back").symlink_to(root)
    built(root)
    assert stands(root)

    (root / "own.txt").write_bytes(b"mine")

    assert stands(root)
