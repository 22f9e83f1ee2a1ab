"""How many countries took part in something: the number that a source gives, and how many of them are known by name."""

import re
from pathlib import Path

import pytest

from explainer import build
from explainer.pages.composers import compose
from explainer.pages.render import outputs
from tests.conftest import change

FIGURE = "  - {measure: boats-found, value: 9, cite: [gazette-2003]}\n"


def _with(root: Path, countries: str, figure: str) -> None:
    """Let the second operation name some countries, and give it a figure of how many took part."""
    told = f"{FIGURE}  - {{measure: countries-taking-part, {figure}, cite: [gazette-2003]}}\n" if figure else FIGURE
    change(root / "content/operations/beacon-2003.md", ("countries: [NO]\n", countries), (FIGURE, told))


def _listed(root: Path) -> str:
    """What the list of operations counts of the second."""
    library = build.load(root)
    pages = {item.path: item.data.decode() for item in outputs(library, compose(library))}
    row = next(line for line in pages["operations/index.md"].splitlines() if "(beacon-2003.md)" in line)
    (counted,) = re.findall(r"<summary>(.*?)</summary>", row)
    return str(counted)


@pytest.mark.parametrize(
    ("countries", "figure", "said"),
    [
        ("countries: [NO]\n", "", "1 country"),
        ("countries: [NO, DK]\n", "", "2 countries"),
        ("countries: [NO]\n", "value: 119", "119 countries, 1 known by name, 1 more result"),
        ("countries: [NO]\n", "value: 119, comparator: about", "about 119 countries, 1 known by name, 1 more result"),
        ("countries: [NO, DK]\n", "value: 2, comparator: at-least", "at least 2 countries, 2 known by name, 1 more result"),
        ("countries: [NO, DK]\n", "value: 2", "2 countries, 1 more result"),
        ("countries: [NO, DK]\n", "value: 1", "1 countries by the count of a source, 2 known by name, 1 more result"),
        ("", "value: 3, unit: countries and territories", "3 countries and territories, none known by name, 1 more result"),
    ],
)  # fmt: skip
def test_the_list_counts_those_that_took_part_as_the_source_does(
    countries: str, figure: str, said: str, harbour: Path
) -> None:
    _with(harbour, countries, figure)

    assert _listed(harbour) == said


@pytest.mark.parametrize(
    ("countries", "figure", "title"),
    [
        ("countries: [NO]\n", "", "Norway"),
        ("countries: [NO, DK]\n", "", "2 countries and territories named"),
        ("countries: [NO, DK]\n", "value: 2", "2 countries and territories named"),
        ("countries: [NO]\n", "value: 30", "Norway: the only one named of 30 countries"),
        ("countries: [NO, DK]\n", "value: 30", "2 of 30 countries and territories are known by name"),
        ("countries: [NO]\n", "value: 30, comparator: about", "Norway is the only country known by name"),
        ("countries: [NO, DK]\n", "value: 30, comparator: about", "2 countries and territories are known by name"),
    ],
)
def test_a_map_hints_at_others_only_where_a_source_counts_more_than_are_named(
    countries: str, figure: str, title: str, harbour: Path
) -> None:
    _with(harbour, countries, figure)
    library = build.load(harbour)
    page = next(page for page in compose(library) if page.path == "operations/beacon-2003.md").composed()
    titles = [graphic.title for graphic in page.graphics if graphic.id.endswith("-countries")]

    assert titles == [title]
