"""The names that Python writes are those that the search script reads: the same records under the same names of fields."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from explainer import build
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person
from explainer.outputs.search_answers import answers
from explainer.outputs.search_files import (
    FOLDER,
    WORDS,
    Held,
    OfFamily,
    RankingText,
    Reply,
    SearchFacet,
    SearchKind,
    SearchSection,
    SearchSettings,
    SearchText,
)
from explainer.outputs.search_offices import of_person, page
from explainer.publish.script_bundle import bundle
from explainer.publish.search.names import ENDS, Facet, NameList, NameRecord, encode, name_list
from tests.conftest import change
from tests.engine.test_sums import without_sums
from tests.node import ASSETS, run_node

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ("tests.served",)

DECODE = """
import { decoded } from MODULE;
import { text } from "node:stream/consumers";
process.stdout.write(JSON.stringify(decoded(JSON.parse(await text(process.stdin)))));
"""
"""Decodes in Node what comes on standard input, with the module that the search imports."""
SETTINGS = SearchSettings(
    language="en",
    words={"stop": ["the"], "meant": {"ship": ["ships"]}},
    kinds=(SearchKind("ship", "Ship", 1.0, 1.0, "ships/"), SearchKind("source", "Source", 0.5, 0.5, "sources/")),
    facets=(SearchFacet("kind", "Type"), SearchFacet("port", "Port", {"Ærø": ["Isle"]}), SearchFacet("year", "Year")),
    sections=(SearchSection("ships/", "Ships"), SearchSection("sources/", "Sources")),
)
TEXTS = (
    SearchText("ships/lamp/", "ship", "The Lamp", ["lamp", "Łampa <b>"], "A ship.", [], {"port": ["Quay", "Ærø"], "year": [2003]}),
    SearchText("ships/", "ship", "Ships", [], "All ships.", [], {"kind": ["Ship"]}),
    SearchText("sources/#log", "source", "Log", ["log", "L. 5"], "A log.", [], {"year": [1999, 2003]}, ["ships/", "ships/lamp/"], "fr",
        [Held("Keeper", "ships/", "", 1999, 0), Held("Mate", "", "ships/lamp/", 0, 1999)]),
)  # fmt: skip

Read = Callable[[NameList], Any]
"""What the script makes of a name list."""


def in_node(told: dict[str, Any]) -> Any:
    """Decode in Node."""
    module = json.dumps((ASSETS / "search" / "names.js").as_uri())
    return json.loads(run_node(DECODE.replace("MODULE", module), json.dumps(told)))


def in_chromium(browser: Browser, told: dict[str, Any]) -> Any:
    """Decode in a page that has nothing but the script as it is published."""
    page = browser.new_page()
    try:
        script = bundle(ASSETS / "search.js").text
        page.route(
            "**/search.js", lambda route: route.fulfill(body=script, content_type="text/javascript; charset=utf-8")
        )
        page.route("**/page", lambda route: route.fulfill(body='<script src="/assets/search.js"></script>', content_type="text/html"))  # fmt: skip
        page.route("**/search.css", lambda route: route.fulfill(body="", content_type="text/css"))
        page.goto("https://example.org/page")
        return page.evaluate("told => window.explainerSearch.decoded(told)", told)
    finally:
        page.close()


@pytest.fixture(
    params=[
        "node",
        pytest.param("chromium", marks=pytest.mark.browser),
    ]
)
def read(request: pytest.FixtureRequest) -> Read:
    """Writes a name list as Python does, and reads it as the script does."""

    def reading(names: NameList) -> Any:
        told = json.loads(gzip.decompress(encode(names)))
        return in_node(told) if request.param == "node" else in_chromium(request.getfixturevalue("chromium"), told)

    return reading


def said(names: NameList) -> dict[str, Any]:
    """A name list as the script should have it: by the names of its fields; labels of kinds are values of a facet."""
    told: dict[str, Any] = json.loads(json.dumps(asdict(names)))
    for kind in told["kinds"]:
        del kind["label"]
    return told


def test_the_script_reads_the_records_that_python_wrote(read: Read) -> None:
    names = name_list(SETTINGS, TEXTS)

    assert names.records == (
        NameRecord("ships/lamp/", "The Lamp", ("lamp", "Łampa <b>"), 0, {"port": (0, 1), "year": (1,)}, ()),
        NameRecord("ships/", "Ships", (), 0, {"port": (), "year": ()}, ()),
        NameRecord("sources/#log", "Log", ("log", "L. 5"), 1, {"port": (), "year": (0, 1)}, (0, 1), "fr",
            (("Keeper", 1, -1, 1999, 0), ("Mate", -1, 0, 0, 1999))),
    )  # fmt: skip
    assert names.facets[1:] == (
        Facet("port", "Port", ("Quay", "Ærø"), {1: ["Isle"]}),
        Facet("year", "Year", (1999, 2003)),
    )
    assert read(names) == said(names)


def test_the_editions_of_a_thing_are_told_oldest_first_and_one_alone_is_no_family(read: Read) -> None:
    def edition(name: str, family: str, order: str) -> SearchText:
        return SearchText(f"ships/{name}/", "ship", name, [], "", [], family=OfFamily(f"ship {family}", order))

    texts = [edition("B", "lamp", "2004-05"), edition("Alone", "bell", "2001"), edition("A", "lamp", "2004-01")]
    names = name_list(SETTINGS, [SearchText.of_line(text.line()) for text in texts])

    assert names.families == ((2, 0),)
    assert read(names)["families"] == [[2, 0]]


def test_the_oldest_and_the_newest_of_a_kind_are_told_and_of_one_alone_there_are_none(read: Read) -> None:
    days = ["2003", "2001-05", "", "2001-04-30", *("2002" for _ in range(ENDS))]
    texts = [SearchText(f"ships/{at}/", "ship", f"Ship {at}", [], "", [], day=day) for at, day in enumerate(days)]
    alone = SearchText("sources/#log", "source", "Log", [], "", [], day="2000")
    names = name_list(SETTINGS, [*texts, alone])

    assert names.ends == {"ship": ([3, 1, *range(4, ENDS + 2)], [0, *range(ENDS + 3, 4, -1)])}
    assert read(names)["ends"]["ship"][1][0] == 0


def largest(root: Path) -> object:
    """What the settings of the search of a dossier tell of the largest numbers."""
    build.generate(root)
    return json.loads((root / "docs" / FOLDER / WORDS).read_bytes())["most"]


def test_those_with_the_largest_numbers_are_told_and_told_anew_when_a_number_changes(harbour: Path) -> None:
    first, second = "operations/beacon-2001/", "operations/beacon-2003/"
    assert largest(harbour) == {"boats found": {"unit": "boats", "at": [first, second]}}

    change(harbour / "content/operations/beacon-2003.md", ("value: 9,", "value: 90,"))
    assert largest(harbour) == {"boats found": {"unit": "boats", "at": [second, first]}}


def test_which_weight_is_the_largest_is_not_told_where_one_has_another_unit(harbour: Path) -> None:
    counted = "counts: items, behaves: flow, unit: boats, says: {one: boat found, other: boats found}"
    change(harbour / "content/measures.yml", (counted, "counts: mass, behaves: flow, unit: kg, says: of boats found"))
    without_sums(harbour)
    assert largest(harbour) != {}

    change(harbour / "content/operations/beacon-2003.md", ("value: 9,", "value: 9, unit: t,"))
    assert largest(harbour) == {}


def test_those_with_the_largest_numbers_are_numbered_as_far_as_a_search_finds_them(read: Read) -> None:
    told = {"boats found": {"unit": "boats", "at": ["ships/", "gone/", "ships/lamp/"]}}
    names = name_list(replace(SETTINGS, most=told), TEXTS)

    assert names.most == {"boats found": ("boats", [1, 0])}
    assert read(names)["most"] == {"boats found": ["boats", [1, 0]]}


def test_what_a_page_ranks_is_told_with_the_number_of_the_page(read: Read) -> None:
    ranking = RankingText("boats-by-year", "Boats, by year", ["Year"], "boats found", "boats", "ships")
    said = [Reply("#boats-by-year", "2001: 9 boats, the most", [])]
    page = SearchText("added/", "ship", "Added up", [], "", [], said=said, rankings=[ranking])
    names = name_list(SETTINGS, (*TEXTS, SearchText.of_line(page.line())))

    assert names.rankings == ((len(TEXTS), *ranking),)
    assert names.records[-1].parts == ("boats-by-year",)
    assert read(names)["rankings"] == [[len(TEXTS), *ranking]]


def test_an_office_without_a_record_of_its_own_does_not_lead_to_the_home_page() -> None:
    home = SearchText("", "ship", "Home", [], "All of it.", [])
    person = SearchText("people/ada/", "ship", "Ada", [], "", [], held=[Held("Mate", "", "", 1999, 0)])
    names = name_list(SETTINGS, (home, person))

    assert names.records[1].held == (("Mate", -1, -1, 1999, 0),)


def test_the_script_reads_a_whole_dossier_that_python_wrote(read: Read, generated: Path) -> None:
    folder = generated / "docs" / FOLDER
    settings = SearchSettings.decode((folder / WORDS).read_bytes())
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    texts = [SearchText.of_line(line) for line in lines]
    names = name_list(settings, texts)

    assert len(names.records) > 30
    assert read(names) == said(names)


def test_the_script_reads_a_list_without_records(read: Read) -> None:
    names = name_list(SETTINGS, ())

    assert read(names) == said(names)


def test_a_source_that_a_withdrawn_record_cites_leads_to_the_other_records_alone() -> None:
    there = tuple(text for text in TEXTS if text.at != "ships/lamp/")

    assert [record.users for record in name_list(SETTINGS, there).records] == [(), (0,)]


def test_search_texts_and_settings_are_the_same_after_they_were_written(harbour: Path) -> None:
    build.generate(harbour)
    folder = harbour / "docs" / FOLDER
    settings = (folder / WORDS).read_bytes()
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]

    assert SearchSettings.decode(settings).encode() == settings
    assert [SearchText.of_line(line).line() for line in lines] == lines


def test_a_record_says_its_open_questions_and_where_they_were_looked_for(harbour: Path) -> None:
    asked = "open_questions:\n  - {asks: Who paid?, looked: 2003-05-02, where: The gazettes.}\n"
    change(harbour / "content/operations/beacon-2001.md", ("open_questions:\n  - Who paid?\n", asked))
    library = build.load(harbour)

    said = [reply.says for reply in answers(library, library.at("operations/beacon-2001")) if reply.asks == "open"]

    assert said == ["This is an open question: Who paid? Last looked for: 2 May 2003. The gazettes."]


def test_the_offices_of_a_person_are_told_by_their_months(harbour: Path) -> None:
    library = build.load(harbour)

    (office,) = of_person(library, library.get(Person, "ada-quay"))

    assert (divmod(office.start, 12), divmod(office.end, 12)) == ((2001, 0), (2003, 3))


def test_an_office_under_an_earlier_name_of_its_body_has_the_page_of_the_office(harbour: Path) -> None:
    library = build.load(harbour)
    role = library.get(Person, "ada-quay").roles[0]
    body = library.get(Organisation, role.organisation or "")
    called = body.name.split()[0]

    assert page(library, role.model_copy(update={"title": f"{called}, Old Guild"})) == body
    assert page(library, role.model_copy(update={"title": "Nobody, Old Guild"})) is None
