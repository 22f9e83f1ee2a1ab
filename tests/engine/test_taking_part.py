"""How many countries took part in something: the number that a source gives, and how many of them are known by name."""

import re
from pathlib import Path

import pytest

from explainer import build
from explainer.pages.composers import compose
from explainer.pages.render import outputs
from tests.conftest import change
from tests.kinds_of_dossier import operation_charts

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


def test_the_map_of_all_says_of_how_many_it_is_drawn_where_some_name_no_country(harbour: Path) -> None:
    third = (harbour / "content/operations/beacon-2003.md").read_text(encoding="utf-8")
    for place, (name, countries) in enumerate((("a", "countries: [SE]\n"), ("b", ""))):
        text = third.replace("beacon-2003", f"beacon-{name}").replace("edition: II", f"edition: {place}X")
        text = text.replace("countries: [NO]\n", countries).replace("Beacon II", f"Beacon {name}")
        (harbour / f"content/operations/beacon-{name}.md").write_text(text, encoding="utf-8")
    lands = harbour / "content/countries/all.yml"
    sweden = "- {id: SE, alpha3: SWE, name: Sweden, cite: [log-2001]}\n"
    lands.write_text(lands.read_text(encoding="utf-8") + sweden, encoding="utf-8")

    (made,) = operation_charts.countries_in_operations(build.load(harbour))

    assert made.title == "Norway: in 2 of 3 operations, the most"
    assert made.says.endswith("; of 4 operations 3 name a country")
