"""What a reader sees first: numbers and the newest edition on the home page, squares of themes, folds of a comparison."""

import re
from pathlib import Path

import pytest

from explainer import build
from explainer.library.library import Library
from explainer.pages import comparing
from explainer.pages.composers import compose
from explainer.pages.render import render
from tests.conftest import change
from tests.engine.test_lineage import FOURTH, THIRD, edition


def page(library: Library, path: str) -> str:
    """A page as Markdown."""
    found = next(page for page in compose(library) if page.path == path)
    return render(library, found.composed()).output.data.decode()


@pytest.fixture
def counted(harbour: Path) -> Path:
    """The harbour dossier, with numbers and a claim on its home page."""
    counts = (
        "counts:\n"
        "  - {of: resolutions, series: lantern, part: op, says: operative paragraphs}\n"
        "  - {of: operations, says: operations}\n"
        "  - {of: countries, named_in: operations, says: countries named in them}\n"
    )
    change(harbour / "content/site.yml", ("doors:\n", f"claim: Lamps help.\n{counts}doors:\n"))
    return harbour


def test_the_home_page_opens_with_its_claim_and_numbers_that_follow_the_records(counted: Path) -> None:
    home = page(build.load(counted), "index.md")
    numbers = re.findall(r"^- \*\*(.+)\*\*\n(.+)$", home, re.MULTILINE)

    assert (
        home.index("Lamps help.\n{ .answer }")
        < home.index('<div class="numbers"')
        < home.index("\nHow a made-up union")
    )
    assert [says for _, says in numbers] == [
        "operative paragraphs, 2001\xa0→\xa02003",
        "operations",
        "countries named in them",
    ]
    assert numbers[1][0] == "[2](operations/index.md)"
    edition(counted, 1, "3-4", THIRD)
    grown = page(build.load(counted), "index.md")
    assert "**[2 → 3](resolutions/index.md#series-lantern)**\noperative paragraphs, 2001\xa0→\xa02004" in grown


def test_the_home_page_names_what_the_newest_edition_added(harbour: Path) -> None:
    edition(harbour, 1, "3-4", THIRD)
    home = page(build.load(harbour), "index.md")

    assert "## Accord 9/1 added 3 paragraphs {#newest}" in home
    assert "compared with [Accord 3/4](resolutions/compare/3-4/9-1.md)" in home
    assert re.findall(r"\[Lamps\]\(resolutions/9-1\.md#(\w+)\)", home) == ["pp2", "op2", "op3"]


def test_a_home_page_without_numbers_and_editions_has_no_empty_frames(harbour: Path) -> None:
    for path in (harbour / "content/resolutions").glob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("series: lantern\n", ""), encoding="utf-8")
    home = page(build.load(harbour), "index.md")

    assert not re.search('class="(numbers|opening|first)"', home)


def test_every_square_of_a_theme_leads_into_what_the_edition_says_there(harbour: Path) -> None:
    edition(harbour, 1, "3-4", THIRD)
    edition(harbour, 2, "9-1", FOURTH)
    themes = page(build.load(harbour), "themes/index.md")
    squares = re.findall(r'<a class="mark-(\w+)" href="#(at-[^"]+)" aria-label="([^"]+)"', themes)
    places = re.findall(r'<div class="said" id="([^"]+)"', themes)

    assert [place for _, place, _ in squares] == places
    assert len(set(places)) == len(places) > 3
    assert ("new", "at-1-lamps-9-1") in [square[:2] for square in squares], "of several marks the telling one"
    label = next(label for _, place, label in squares if place == "at-1-lamps-9-1")
    assert label == "U/RES/9/1: unchanged (PP 1), new (PP 2), narrowed (OP 1), new (OP 2), new (OP 3)"


def test_a_comparison_of_many_changes_folds_them_and_says_what_became_of_how_many(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition(harbour, 1, "3-4", THIRD)
    path = "resolutions/compare/3-4/9-1.md"
    assert 'class="same spread' not in page(build.load(harbour), path)
    monkeypatch.setattr(comparing, "MANY", 1)
    monkeypatch.setattr(comparing, "FOLD", range(2, 4))
    folded = page(build.load(harbour), path)
    folds = re.findall(r'<details class="same spread group" markdown="block">\n<summary>(.+)</summary>', folded)

    assert [re.sub("<[^>]+>", "", fold) for fold in folds] == [
        "OP 1 to OP 3 · 2 &#43; new, 1 ▼ narrowed Lamps; Lamps; Lamps"
    ]
    assert folded.count('<div class="pair"') == 5


def test_a_few_changes_that_stand_together_stay_open_and_folds_are_about_the_same_size() -> None:
    rows = tuple(range(19))
    sizes = [(len(fold.rows), fold.folded) for fold in comparing._folds(rows)]  # type: ignore[arg-type]

    assert sizes == [(7, True), (7, True), (5, True)]
    assert [fold.folded for fold in comparing._folds(rows[:3])] == [False]  # type: ignore[arg-type]


def test_on_a_comparison_each_strand_leads_to_its_paragraph_there(harbour: Path) -> None:
    edition(harbour, 1, "3-4", THIRD)
    edition(harbour, 2, "9-1", FOURTH)
    compared = page(build.load(harbour), "resolutions/compare/3-4/9-1.md")
    strands = re.findall(r'<a class="(\w+)" href="#([^"]+)" tabindex="-1"', compared)
    headings = re.findall(r"^### .+ \{#([^}]+)\}$", compared, re.MULTILINE)

    assert {place for _, place in strands} == set(headings)
    assert ("first", "op1") in strands, "the parts of the older edition stand without the way to them"
    assert 'class="scenery"' in compared
