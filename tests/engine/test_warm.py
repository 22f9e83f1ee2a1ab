"""Builds that keep pages: warm equals clean byte for byte, nothing stale stays, a failing build changes nothing."""

import importlib.util
import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer import build
from explainer.base.files import digest_of
from explainer.base.problems import ContentError
from explainer.incremental import records, results
from explainer.incremental.store import FOLDER, Store
from explainer.publish import builder, fingerprints, kept_pages, page_index
from explainer.publish.built import Built
from explainer.publish.search import index
from explainer.publish.swap import PublishError
from tests.built_harbour import EDITS, EXAMPLES, STEPS, built, built_afresh
from tests.conftest import PROJECT, Said, change, tree

pytest_plugins = ("tests.built_harbour",)


def differing(root: Path) -> list[str]:
    """The files in which the site differs from a clean build."""
    ours, clean = tree(root / "site"), built_afresh(root)
    return sorted(path for path in {*ours, *clean} if ours.get(path) != clean.get(path))


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


def test_nothing_changed_renders_nothing(root: Path) -> None:
    before = tree(root / "site")
    again = built(root)

    assert (again.rendered, again.kept) == (0, again.pages)
    assert before == tree(root / "site")


def test_a_site_for_which_nothing_changed_is_left_where_it_stands(root: Path) -> None:
    built(root)
    before = (root / "site").stat().st_ino
    (root / ".site.new").mkdir()  # of a build that was killed
    again = built(root)

    assert (again.rendered, again.kept) == (0, again.pages)
    assert (root / "site").stat().st_ino == before
    assert not (root / ".site.new").exists()


def test_a_page_that_a_hand_changes_behind_the_generator_is_never_kept_as_the_one_that_it_wrote(root: Path) -> None:
    page = root / "docs" / "operations" / "beacon-2001.md"
    change(root / "content" / "operations" / "beacon-2001.md", ("\nsummary: ", "\nsummary: Once more, "))
    library, plan = build.generate(root)
    written = page.read_bytes()
    page.write_bytes(written + b"\nA hand.\n")
    builder.build(root, root / "site", library.dossier, generated=plan.digests)
    page.write_bytes(written)

    built(root)
    assert not differing(root)


@pytest.mark.parametrize("what", ["page", "copied file", "file less", "day", "theme", "asset", "file of docs"])
def test_a_site_that_is_not_as_it_would_be_made_now_is_made_anew(
    what: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = root / "site"
    (root / "docs/about/plan.txt").write_text("one", encoding="utf-8")
    built(root)
    before = site.stat().st_ino
    match what:
        case "page":
            (site / "index.html").write_text("other", encoding="utf-8")
        case "copied file":
            (site / "about/plan.txt").write_text("two", encoding="utf-8")
        case "file less":
            (site / "about/plan.txt").unlink()
        case "day":
            monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767311999")
        case "theme":
            change(root / "theme/404.html", ("<h1 ", '<h1 class="other" '))
        case "asset":
            (root / "theme/assets/figures.css").write_text("a {}", encoding="utf-8")
        case _:
            (root / "docs/about/plan.txt").write_text("two", encoding="utf-8")
    built(root)

    assert site.stat().st_ino != before
    assert differing(root) == []


def test_a_dossier_that_is_moved_keeps_its_pages(root: Path) -> None:
    shutil.copy(PROJECT / "scripts/mkdocs_hooks.py", root / "own_hooks.py")
    change(root / "mkdocs.yml", (f"{PROJECT}/scripts/mkdocs_hooks.py", "own_hooks.py"))
    built(root)
    moved = root.rename(root.with_name("moved"))

    assert built(moved).rendered == 0
    assert differing(moved) == []


def test_a_change_of_one_page_renders_that_page_alone(root: Path) -> None:
    change(root / "docs" / "about" / "index.md", ("[Beacon]", "[The beacon]"))

    assert built(root).rendered == 1
    assert differing(root) == []


def test_pages_that_ask_for_a_page_that_came_or_went_are_rendered(root: Path) -> None:
    page = root / "docs" / "about" / "more.md"
    config = root / "mkdocs.yml"
    change(config, ("unrecognized_links: warn", "unrecognized_links: info"))
    change(root / "docs" / "about" / "index.md", ("# About\n", "# About\n\n[More](more)\n"))
    built(root)
    page.write_text("# More\n", "utf-8")
    built(root)

    assert differing(root) == []
    page.unlink()
    built(root)
    assert differing(root) == []
    assert not (root / "site" / "about" / "more").exists()


def test_a_kept_page_whose_link_leads_nowhere_any_more_fails_the_build(root: Path) -> None:
    other = root / "docs" / "about" / "other.md"
    other.write_text("# Other\n\n## There {#there}\n", "utf-8")
    change(root / "docs" / "about" / "index.md", ("# About\n", "# About\n\n[There](other.md#there)\n"))
    built(root)
    before = tree(root / "site")
    change(other, ("{#there}", "{#elsewhere}"))

    with pytest.raises(
        PublishError, match=r"index\.md:3:9: links to 'other\.md#there', but that page has no such place"
    ):
        built(root)
    assert before == tree(root / "site")


def test_a_new_title_in_the_menu_renders_every_page(root: Path) -> None:
    with (root / "content/site.yml").open("a", encoding="utf-8") as settings:
        settings.write("sections: {timeline: {menu: Days}}\n")
    made = built(root)

    assert made.rendered == made.pages
    assert differing(root) == []


@pytest.mark.parametrize("root_name", [page_index.NAME, kept_pages.TEMPLATES, index.KEPT, records.NAME, results.NAME])
@pytest.mark.parametrize("poison", [None, 7, [], {"pages": 1}, ("", {"x": ["y"]}), ("", "", {}, [(1,)], {"a": 1})])
def test_a_value_of_another_shape_is_never_believed(root_name: str, poison: object, root: Path) -> None:
    Store(root).save(root_name, poison)
    change(root / "docs" / "about" / "index.md", ("[Beacon]", "[The beacon]"))
    built(root)

    assert differing(root) == []


def test_a_page_of_the_store_that_was_damaged_is_rendered_again_with_a_word(root: Path) -> None:
    page = page_index.load(Store(root)).pages["about/index.md"].html
    (root / FOLDER / page).unlink()
    (root / FOLDER / page).write_bytes(b"<html>something else</html>")
    (root / "site" / "index.html").unlink()
    said = Said()
    built(root, said=said)

    assert differing(root) == []
    assert said.words


def test_a_page_of_the_site_that_a_hand_changed_is_right_after_the_next_build(root: Path) -> None:
    with (root / "site" / "about" / "index.html").open("a", encoding="utf-8") as file:  # the cache's own bytes
        file.write("mischief")
    built(root)

    assert differing(root) == []


# --- the site before the last


def _edited(root: Path, number: int) -> Built:
    (root / "docs" / "about" / "index.md").write_text(f"# About\n\n{'Again. ' * number}\n", "utf-8")
    return built(root)


def _spoilt(root: Path) -> list[str]:
    """The files of the cache that are not what their names say."""
    names = [path.name for path in (root / FOLDER).iterdir() if path.is_file()]
    return [name for name in names if digest_of((root / FOLDER / name).read_bytes()) != name]


def test_the_site_before_the_last_becomes_the_next_one(root: Path) -> None:
    places = []
    for number in range(4):
        assert _edited(root, number).rendered == 1
        assert (_spoilt(root), differing(root)) == ([], [])
        places.append(((root / "site").stat().st_ino, (root / "site/people/ada-quay/index.html").stat().st_ino))

    assert places[0][0] != places[1][0]
    assert places[:2] == places[2:]


@pytest.mark.parametrize("what", ["file", "folder", "links", "page", "fragment", "place", "nothing"])
def test_nothing_of_the_site_before_the_last_is_believed(what: str, root: Path, tmp_path: Path) -> None:
    _edited(root, 1)
    _edited(root, 2)
    spare, outside = root / FOLDER / "spare", tmp_path / "outside"
    shutil.copytree(root / "site", outside)
    before = tree(outside)
    page = "people/ada-quay/index.html"
    match what:
        case "file":
            (spare / page).unlink()
            (spare / page).write_text("something else", "utf-8")
            (spare / "more.html").write_text("more", "utf-8")
        case "folder":
            shutil.rmtree(spare / "people")
            (spare / "people").write_text("no folder", "utf-8")
            (spare / "assets" / "empty" / "folder").mkdir(parents=True)
        case "links":
            shutil.rmtree(spare / "people")
            (spare / "people").symlink_to(outside / "people")
            (spare / "index.html").unlink()
            (spare / "index.html").symlink_to(outside / "index.html")
        case "page":
            with (spare / page).open("a", encoding="utf-8") as file:  # the cache's own bytes, and the site's
                file.write("mischief")
        case "fragment":
            for path in sorted((spare / "search" / "texts").iterdir())[:3]:
                path.unlink()
                path.write_text("something else", "utf-8")
            (spare / "search" / "texts" / "more.bin").write_text("more", "utf-8")
        case "place":
            shutil.rmtree(spare)
            spare.symlink_to(outside)
        case _:
            shutil.rmtree(spare)
    _edited(root, 3)

    assert (_spoilt(root), differing(root)) == ([], [])
    assert tree(outside) == before


def test_a_page_that_is_rendered_again_never_changes_the_site_that_stands(root: Path) -> None:
    for number in range(2):
        _edited(root, number)
    page = root / FOLDER / "spare" / "people" / "ada-quay" / "index.html"
    stands = root / "site" / "people" / "ada-quay" / "index.html"
    with page.open("a", encoding="utf-8") as file:
        file.write("mischief")
    before = stands.read_bytes()
    with (root / "docs" / "about" / "index.md").open("a", encoding="utf-8") as file:
        file.write("[nowhere](nowhere.md)\n")
    with pytest.raises(PublishError):
        built(root)

    assert stands.read_bytes() == before


def test_a_file_that_the_theme_writes_as_well_is_no_second_name_of_a_kept_one(root: Path) -> None:
    (root / "docs" / "404.html").write_text("own", "utf-8")
    for number in range(4):
        _edited(root, number)
        assert (_spoilt(root), differing(root)) == ([], [])
    noted = json.loads((root / "site" / "manifest.json").read_text("utf-8"))["files"]["404.html"]
    assert noted == digest_of((root / "site" / "404.html").read_bytes())


def test_a_template_that_shows_other_pages_is_never_kept(root: Path) -> None:
    change(root / "theme/main.html", ("{% block site_meta %}", "{% block site_meta %}<!-- {{ pages | length }} -->"))
    built(root)
    again = built(root)

    assert again.rendered == again.pages
    assert differing(root) == []


def test_a_strange_plugin_or_extension_keeps_nothing(root: Path) -> None:
    change(root / "mkdocs.yml", ("  - attr_list\n", "  - attr_list\n  - pymdownx.snippets\n"))
    built(root)

    assert built(root).kept == 0


@pytest.fixture
def with_icons(root: Path) -> Path:
    """The dossier with a folder of icons beside its theme, one of which a page shows."""
    (root / "icons/own").mkdir(parents=True)
    (root / "icons/own/lamp.svg").write_text('<svg id="one"/>', encoding="utf-8")
    (root / "docs/about/index.md").write_text("# About\n\nA :own-lamp:.\n", encoding="utf-8")
    emoji = "!!python/name:material.extensions.emoji"
    own = f"emoji_index: {emoji}.twemoji , emoji_generator: {emoji}.to_svg , options: {{custom_icons: [{root}/icons]}}"
    change(root / "mkdocs.yml", ("  - attr_list\n", f"  - attr_list\n  - pymdownx.emoji: {{{own}}}\n"))
    built(root)
    assert '<svg id="one"/>' in (root / "site/about/index.html").read_text(encoding="utf-8")
    return root


def test_an_icon_that_an_extension_finds_in_a_folder_of_its_options_is_an_input(with_icons: Path) -> None:
    assert built(with_icons).rendered == 0
    time.sleep(0.05)
    (with_icons / "icons/own/lamp.svg").write_text('<svg id="two"/>', encoding="utf-8")
    built(with_icons)

    assert '<svg id="two"/>' in (with_icons / "site/about/index.html").read_text(encoding="utf-8")
    assert differing(with_icons) == []


@pytest.mark.parametrize(
    "option",
    [
        "toc: {slugify: !!python/name:operator.add }",
        "toc: {slugify: !!python/object/apply:functools.partial {args: [!!python/name:operator.add ]}}",
        "pymdownx.emoji: {options: {custom_icons: [!relative ]}}",
        "pymdownx.emoji: {options: {custom_icons: [!relative $config_dir]}}",
    ],
)
def test_an_option_that_may_bring_anything_keeps_nothing(root: Path, option: str) -> None:
    change(root / "mkdocs.yml", ("  - toc: {permalink: true, toc_depth: 3}\n", f"  - {option}\n"))
    built(root)

    assert built(root).kept == 0


def test_a_function_of_a_known_package_is_the_same_in_every_process(root: Path) -> None:
    made = "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}"
    change(root / "mkdocs.yml", ("toc: {permalink", f"toc: {{slugify: {made}, permalink"))
    built(root)

    assert built(root).rendered == 0


def test_every_version_of_a_package_is_in_the_key(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.publish.fingerprints.versions", lambda: {"mkdocs": "1.6.2"})

    assert built(root).kept == 0


# --- what MkDocs and Material must go on doing


def test_the_theme_shows_nothing_else_of_other_pages_in_the_navigation() -> None:
    material = importlib.util.find_spec("material")
    assert material
    assert material.origin
    folders = [Path(material.origin).parent / "templates", PROJECT / "scripts" / "theme"]
    texts = [
        path.read_text("utf-8") for folder in folders for path in folder.rglob("*.html") if ".icons" not in path.parts
    ]
    shown = {
        name for text in texts for name in re.findall(r"\b(?:nav_item|item|previous_page|next_page)\.meta\.(\w+)", text)
    }

    assert set(fingerprints.NAVIGATION_META) == shown


def test_mkdocs_asks_for_the_pages_to_render_by_their_inclusion_and_for_all_others_without() -> None:
    from mkdocs.commands import build as upstream

    text = Path(upstream.__file__).read_text("utf-8")

    assert re.findall(r"files\.documentation_pages\((.*?)\)", text) == [
        "",
        "",
        "inclusion=inclusion",
        "inclusion=inclusion",
    ]


# --- histories


@contextmanager
def dossier(prototype: Path) -> Iterator[Path]:
    """A dossier that lasts for one history."""
    with tempfile.TemporaryDirectory() as folder:
        yield shutil.copytree(prototype, Path(folder) / "dossier")


@settings(max_examples=EXAMPLES, derandomize=EXAMPLES == 3)
@given(st.data())
def test_after_any_history_warm_equals_clean_and_a_failing_build_changes_nothing(
    prototype: Path, data: st.DataObject
) -> None:
    with dossier(prototype) as root:
        for _ in range(STEPS):
            data.draw(st.sampled_from(EDITS))(root, data)
            before = tree(root / "site")
            try:
                built(root)
            except (ContentError, PublishError):
                assert before == tree(root / "site")
                assert not list(root.glob(".site.*"))
            else:
                assert differing(root) == []
