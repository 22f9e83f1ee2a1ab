"""The kinds of the invented dossier: they stand in its own folder, are loaded from there, and their words are asked for there."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from explainer import build
from explainer.base.problems import ContentError
from explainer.editing import starter_files
from explainer.kinds import registry
from explainer.kinds.source import Source
from explainer.records.record import Story
from tests.conftest import Run, change, tree


@pytest.fixture
def fresh(tmp_path: Path, run: Run) -> Path:
    """The folder of a dossier that was just made."""
    assert run("init", tmp_path / "other").status == 0
    return tmp_path / "other"


def told(root: Path) -> list[str]:
    """The problems of a dossier, as a check says them."""
    return [str(problem) for problem in build.check(root, pages=False).problems]


def never_loaded(path: Path) -> None:
    """Make a module one that this process has not loaded from another folder: it is known by what stands in it."""
    path.write_text(f"{path.read_text(encoding='utf-8')}# {path}\n", encoding="utf-8")


def test_it_brings_kinds_of_its_own_and_uses_all_of_them(fresh: Path) -> None:
    kinds = registry.load(fresh)
    library = build.load(fresh)

    assert (sorted(kinds.own), kinds.unused) == (["accord", "aim", "patrol"], ())
    assert [kind for kind in kinds.own if len(library.all(kinds.by_kind[kind])) < 2] == []
    assert [source.id for source in library.all(Source) if source.id not in library.citing] == []


def test_it_is_sound_laid_out_and_builds_without_a_configuration_of_its_own(fresh: Path, run: Run) -> None:
    checked, laid_out, built = (run("--root", fresh, *line.split()) for line in ("check", "format --check", "build"))

    assert (checked.status, laid_out.status, built.status) == (0, 0, 0), built.err
    assert "No problem" in checked.out
    assert not (fresh / "mkdocs.yml").exists()
    assert {"accords/compare/4-1/6-2/index.html", "patrols/clearwater-2031/index.html", "aims/index.html"} <= set(
        tree(fresh / "site")
    )


def test_no_mark_of_a_template_is_left_on_a_page(fresh: Path, run: Run) -> None:
    """The lists of attributes that templates write are taken in by what stands before them."""
    assert run("--root", fresh, "build", "--quiet").status == 0
    shown = {
        path: re.sub(rb"(?s)<(code|pre|script)\b.*?</\1>", b"", data)
        for path, data in tree(fresh / "site").items()
        if path.endswith(".html")
    }

    assert len(shown) > 40
    marks = {path: re.findall(rb"\{:? ?[.#][\w-]+.{0,20}", data) for path, data in shown.items()}
    assert {path: found for path, found in marks.items() if found} == {}


def test_the_date_of_an_edition_is_called_as_its_field_is(fresh: Path) -> None:
    change(fresh / "scripts/kinds/accord/words.en.yml", ("adopted: {name: Adopted}", "adopted: {name: Signed}"))
    build.generate(fresh)

    assert "| Edition | Accord | Signed |" in (fresh / "docs/accords/index.md").read_text(encoding="utf-8")


def test_a_record_that_is_numbered_is_renamed_with_its_number(fresh: Path, run: Run) -> None:
    renamed = run("--root", fresh, "rename", "aims/2", "7")
    aims = (fresh / "content/aims.yml").read_text(encoding="utf-8")

    assert (renamed.status, renamed.err) == (0, "")
    assert re.findall(r'id: "(\d)"|number: (\d)', aims) == [("1", ""), ("", "1"), ("7", ""), ("", "7")]
    assert run("--root", fresh, "check").status == 0


def test_its_two_editions_differ_in_every_way(fresh: Path) -> None:
    kinds = registry.load(fresh)
    later = build.load(fresh).get(kinds.by_kind["accord"], "6-2")

    assert {str(item.change) for item in later.fields()["provisions"]} == {
        "new",
        "strengthened",
        "unchanged",
        "narrowed",
        "dropped",
    }


def test_every_story_is_on_a_page_of_its_own(fresh: Path) -> None:
    library, _ = build.generate(fresh)
    stories = [entry.record for entry in library.entries.values() if isinstance(entry.record, Story)]

    assert len(stories) == 7
    assert [story.id for story in stories if not list((fresh / "docs").rglob(f"{story.id}.md"))] == []


def test_bytecode_is_neither_written_into_a_dossier_nor_made_with_it(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    never_loaded(fresh / "scripts/kinds/aim/model.py")
    kinds = registry.load(fresh)
    kinds.module(kinds.by_kind["patrol"], "page")

    assert [path for path in (*tree(fresh), *starter_files.files()) if "__pycache__" in path] == []


def test_a_change_of_a_kind_is_seen_even_if_neither_size_nor_time_of_its_file_differ(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = fresh / "scripts/kinds/aim/model.py"
    never_loaded(path)
    before = registry.load(fresh).by_kind["aim"].__doc__
    time = path.stat().st_mtime_ns
    change(path, ("What the towns want to reach", "What the towns wish to reach"))
    os.utime(path, ns=(time, time))

    assert before == "What the towns want to reach."
    assert registry.load(fresh).by_kind["aim"].__doc__ == "What the towns wish to reach."


def test_a_word_that_a_kind_lacks_is_asked_for_in_its_folder(fresh: Path) -> None:
    change(fresh / "scripts/kinds/aim/words.en.yml", ("    number: {name: Number}\n", ""))

    assert told(fresh) == [
        (
            "scripts/kinds/aim/words.en.yml:1:1: 1 word is missing in 'en' for the kind 'aim': fields-shown.aim.number.name; "
            "expected every word of the site; write them in scripts/kinds/aim/words.en.yml (`explainer words en` prints what is missing)"
        )
    ]


def test_a_word_that_only_a_template_of_a_kind_says_is_asked_for_too(fresh: Path) -> None:
    change(fresh / "scripts/kinds/patrol/words.en.yml", ("  lead: Led by\n", ""), ("  results: Results\n", ""))

    assert told(fresh) == [
        (
            "scripts/kinds/patrol/words.en.yml:1:1: 2 words are missing in 'en' for the kind 'patrol': patrol-page.lead, patrol-page.results; "
            "expected every word of the site; write them in scripts/kinds/patrol/words.en.yml (`explainer words en` prints what is missing)"
        )
    ]


def test_words_of_the_moves_and_bars_of_a_text_in_editions_are_asked_for(fresh: Path) -> None:
    path = fresh / "scripts/kinds/accord/words.en.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(("  moved:", "  bars:"))), encoding="utf-8")

    assert "bars, accord-page.moved.rec-art, accord-page.moved.art-rec" in told(fresh)[0]


def test_small_records_with_pages_of_their_own_need_a_module_that_makes_them(fresh: Path) -> None:
    path = fresh / "scripts/kinds/aim/model.py"
    change(path, ("    FACET: ClassVar[bool] = True\n", "    PAGED: ClassVar[bool] = True\n"))

    with pytest.raises(ContentError) as error:
        registry.load(fresh)

    assert [str(problem) for problem in error.value.problems] == [
        (
            "scripts/kinds/aim/model.py:1:1: the kind 'aim' is PAGED and has no page.py; expected the module that makes "
            "a page for each small record; add it, or delete PAGED"
        )
    ]


def test_an_edition_that_is_called_by_one_name_only_is_not_called_by_it_twice(fresh: Path) -> None:
    build.generate(fresh)
    text = (fresh / "docs/accords/index.md").read_text(encoding="utf-8")

    assert "| [Accord 4/1](4-1.md) |" in text


def test_a_kind_that_the_settings_name_and_that_is_not_there_is_said_with_what_there_is(fresh: Path) -> None:
    change(fresh / "content/site.yml", (" accord,", " acord,"))

    with pytest.raises(ContentError) as error:
        registry.load(fresh)

    line = (fresh / "content/site.yml").read_text(encoding="utf-8").partition("\nkinds:")[0].count("\n") + 2
    assert str(error.value.problems[0]) == (
        f"content/site.yml:{line}:1: kinds: 'acord' is no kind of record; did you mean 'accord'?"
    )


def test_a_field_that_refers_to_a_kind_that_is_gone_is_said_with_its_model(fresh: Path) -> None:
    shutil.rmtree(fresh / "scripts/kinds/aim")
    (fresh / "content/aims.yml").unlink()
    change(fresh / "content/site.yml", (" aim,", ""))

    with pytest.raises(ContentError) as error:
        registry.load(fresh)

    assert [str(problem) for problem in error.value.problems] == [
        (
            "scripts/kinds/patrol/model.py:1:1: the field 'aims' refers to records of 'aim', which is no kind here"
            "; expected a kind that `kinds:` of site.yml names; correct or delete the field"
        )
    ]


def test_a_check_says_what_is_wrong_with_a_kind_like_any_other_problem(fresh: Path, run: Run) -> None:
    change(fresh / "scripts/kinds/aim/model.py", ("class Aim(Entry, Numbered):", "class Aim(Entry, Numbered:"))
    ran = run("--root", fresh, "check", "--format", "json")

    assert ran.status == 1
    assert '"path": "scripts/kinds/aim/model.py"' in ran.out


def test_a_menu_may_leave_out_any_section(fresh: Path, run: Run) -> None:
    path = fresh / "content/site.yml"
    text = path.read_text(encoding="utf-8")
    menu = text[text.index("\nmenu:") + 1 : text.index("lineage:")]
    path.write_text(text.replace(menu, "menu:\n  - sections: [explainers]\n"), encoding="utf-8")

    ran = run("--root", fresh, "build", "--quiet")

    assert (ran.status, ran.err) == (0, "")
