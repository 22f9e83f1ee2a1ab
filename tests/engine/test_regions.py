"""Regions: which countries they hold, which are around them, and what the search and the pages of countries make of it."""

import json
from pathlib import Path

import pytest

from explainer import build
from explainer.kinds.country import Country
from explainer.library import regions
from explainer.library.library import Library
from explainer.outputs.search_files import SearchSettings
from explainer.outputs.search_texts import outputs as search
from explainer.pages.composers import compose
from explainer.pages.render import outputs

REGIONS = """
- {id: north-sea, name: North Sea, within: atlantic}
- {id: atlantic, name: Atlantic, other_names: [Western Ocean], within: seas}
- {id: seas, name: Seas}
- {id: fjords, name: Fjords, within: atlantic, countries: ["NO"], cite: [log-2001]}
"""


@pytest.fixture
def library(harbour: Path) -> Library:
    """The harbour with regions in regions, of which one holds a country."""
    (harbour / "content/regions.yml").write_text(REGIONS, encoding="utf-8")
    return build.load(harbour)


def _facets(library: Library) -> dict[str, list[str]]:
    """Address of a text of the search -> the regions by which it is filtered."""
    files = {item.path: item.data.decode() for item in search(library, compose(library))}
    lines = [json.loads(line) for path, text in files.items() if path.endswith(".jsonl") for line in text.splitlines()]
    return {line["at"]: line["facets"].get("region", []) for line in lines}


def test_a_country_is_in_the_regions_that_hold_it_and_in_those_around_them(library: Library) -> None:
    found = regions.of_country(library, library.get(Country, "NO"))

    assert [region.id for region in found] == ["fjords", "atlantic", "seas"]


def test_a_record_is_found_in_the_regions_around_those_that_it_names_and_a_country_in_its_own(library: Library) -> None:
    facets = _facets(library)

    assert facets["operations/beacon-2001/"] == ["Atlantic", "North Sea", "Seas"]
    assert facets["countries/no/"] == ["Atlantic", "Fjords", "Seas"]


def test_a_text_that_names_countries_without_taking_place_there_is_in_no_region(library: Library) -> None:
    assert _facets(library)["resolutions/3-4/"] == []


def test_the_search_knows_a_region_by_its_other_names(library: Library) -> None:
    (settings,) = (item for item in search(library, compose(library)) if item.path.endswith("words.json"))
    (facet,) = (facet for facet in SearchSettings.decode(settings.data).facets if facet.key == "region")

    assert facet.names == {"Atlantic": ["Western Ocean"]}


def test_the_page_of_a_country_says_in_which_regions_it_lies_and_by_which_source(library: Library) -> None:
    pages = {item.path: item.data.decode() for item in outputs(library, compose(library)) if item.path.endswith(".md")}

    assert ":   Fjords, Atlantic, Seas<sup" in pages["countries/no.md"]
