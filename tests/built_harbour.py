"""The harbour dossier with a theme, a configuration and hand-written pages of its own, built once, and edits of it for histories.

A test file asks for the fixtures with `pytest_plugins = ("tests.built_harbour",)`. PYTEST_DONT_REWRITE: nothing is asserted here.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from explainer import build
from explainer.base.files import digest_of
from explainer.base.progress import Progress
from explainer.incremental.store import Store
from explainer.publish import builder, moment, untouched
from explainer.publish.built import Built
from tests.conftest import HARBOUR, PROJECT, copied, tree
from tests.shared import once

EXAMPLES = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 3
STEPS = 12 if EXAMPLES > 3 else 4


@pytest.fixture
def built_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of every build is the same."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


def made(root: Path) -> Path:
    """A dossier with a configuration, a theme and hand-written pages of its own, to be changed at will."""
    copied(HARBOUR, root)
    shutil.copytree(PROJECT / "scripts" / "theme", root / "theme")
    text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("scripts/theme", "theme").replace("scripts/mkdocs", f"{PROJECT}/scripts/mkdocs")
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    (root / "docs" / "about").mkdir(parents=True)
    (root / "docs" / "about" / "index.md").write_text("# About\n\n[Beacon](../operations/beacon-2001.md)\n", "utf-8")
    return root


@pytest.fixture(scope="session")
def built_prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier that was built once; a copy of it in another folder is as warm."""

    def make(root: Path) -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("SOURCE_DATE_EPOCH", "1767225600")
            built(made(root))

    return once(tmp_path_factory, "built-harbour", make)


@pytest.fixture
def built_root(built_prototype: Path, tmp_path: Path) -> Path:
    """A dossier that was built, to be changed at will."""
    return shutil.copytree(built_prototype, tmp_path / "dossier")


def built(root: Path, *, clean: bool = False, said: Progress | None = None, site: str = "site") -> Built:
    """Generate and build as the command does, if anything changed. Raises Stopped or Failed."""
    moment.pin(root)
    watched = untouched.watch(root, root / site, Store(root))
    before = None if clean else untouched.standing(watched)
    if before:
        return before.built(root / site)
    library, plan = build.generate(root)
    made = builder.build(root, root / site, library.dossier, clean=clean, progress=said)
    watched.remember(untouched.Standing(made.pages, len(plan.write) + len(plan.keep)), made.outside)
    return made


_LEFT = shutil.ignore_patterns(".cache", "site", ".site.*")
"""What earlier builds left."""
_AFRESH: dict[str, dict[str, bytes]] = {}
"""What a dossier is made of -> the files of its site."""


def built_afresh(root: Path) -> dict[str, bytes]:
    """The files of the site where nothing is kept: of a copy without what earlier builds left.

    Many tests end with the same records, pages and theme, whatever they did to the site and to what is kept: such a
    site is built once.
    """
    with tempfile.TemporaryDirectory() as folder:
        fresh = shutil.copytree(root, Path(folder) / "fresh", ignore=_LEFT)
        made_of = digest_of(repr((os.environ["SOURCE_DATE_EPOCH"], sorted(tree(fresh).items()))).encode())
        if made_of not in _AFRESH:
            built(fresh)
            _AFRESH[made_of] = tree(fresh / "site")
        return dict(_AFRESH[made_of])


def _texts(root: Path) -> list[Path]:
    return sorted(path for path in (root / "content").rglob("*") if path.is_file())


def _add_page(root: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["one", "two"]))
    folder = root / "docs" / "contributing"
    folder.mkdir(exist_ok=True)
    (folder / "index.md").write_text(f"# Contributing\n\n[x]({name}.md)\n", "utf-8")
    (folder / f"{name}.md").write_text(f"# {data.draw(st.sampled_from(['A', 'B']))}\n\n[h](../index.md)\n", "utf-8")


def _drop_page(root: Path, data: st.DataObject) -> None:
    pages = sorted((root / "docs" / "contributing").glob("*.md"))
    if pages:
        data.draw(st.sampled_from(pages)).unlink()


def _rename_page(root: Path, data: st.DataObject) -> None:
    for page in sorted((root / "docs" / "contributing").glob("one.md")):
        page.rename(page.with_name("three.md"))


def _change_record(root: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(_texts(root)))
    text = path.read_text("utf-8")
    path.write_text(text.replace("lamp", "lantern", 1) if "lamp" in text else text.replace("boat", "ship", 1), "utf-8")


def _break_or_mend(root: Path, data: st.DataObject) -> None:
    path = root / "content" / "people" / "ada-quay.md"
    if not path.exists():
        return
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("titel:", "name:", 1) if "titel:" in text else text.replace("name:", "titel:", 1), "utf-8"
    )


def _delete_or_bring_back(root: Path, data: st.DataObject) -> None:
    name = Path("content", "people", "ada-quay.md")
    if (root / name).exists():
        (root / name).unlink()
    else:
        shutil.copy(HARBOUR / name, root / name)


def _theme(root: Path, data: st.DataObject) -> None:
    with (root / "theme" / "main.html").open("a", encoding="utf-8") as file:
        file.write("\n{# a remark #}")
    with (root / "theme" / "assets" / "explainer.css").open("a", encoding="utf-8") as file:
        file.write("\n/* a remark */\n")


def _configuration(root: Path, data: st.DataObject) -> None:
    path = root / "mkdocs.yml"
    text = path.read_text("utf-8")
    old, new = data.draw(
        st.sampled_from([("toc.follow", "toc.integrate"), ("Timeline:", "Days:"), ("toc_depth: 3", "toc_depth: 2")])
    )
    path.write_text(text.replace(old, new) if old in text else text.replace(new, old), "utf-8")


EDITS: tuple[Callable[[Path, st.DataObject], None], ...] = (
    _add_page, _drop_page, _rename_page, _change_record, _change_record, _break_or_mend, _delete_or_bring_back, _theme, _configuration,
)  # fmt: skip
