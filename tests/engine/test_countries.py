"""The pages of countries: what names each, its memberships, where it lies, and the ways that lead there."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from explainer import build
from explainer.base.values import alpha3_of, country_codes
from explainer.figures import draw, world
from explainer.figures.graphic import Graphic, Map, Spot, Table
from explainer.library.library import Library
from explainer.pages.charts.basics import way_to
from explainer.pages.composers import compose
from explainer.pages.render import outputs
from explainer.records.record import Record
from tests.conftest import change

GREENLAND = """
- id: GL
  alpha3: GRL
  name: Greenland
  memberships: [{organisation: union, status: outside, note: It was asked.}]
  cite: [log-2001]
"""


@pytest.fixture
def pages(harbour: Path) -> dict[str, str]:
    """Path -> text of the pages of the harbour with a third country, which only a resolution names."""
    file = harbour / "content/countries/all.yml"
    file.write_text(file.read_text(encoding="utf-8") + GREENLAND, encoding="utf-8")
    library = build.load(harbour)
    return {item.path: item.data.decode() for item in outputs(library, compose(library)) if item.path.endswith(".md")}


def _section(page: str, anchor: str) -> list[str]:
    """The items of a list under a heading."""
    return re.findall(r"^- (.*)$", page.partition(f"{{#{anchor}}}")[2].partition("\n## ")[0], re.MULTILINE)


def test_a_country_has_a_page_with_what_takes_place_in_it_the_newest_first(pages: dict[str, str]) -> None:
    assert _section(pages["countries/no.md"], "named-operation") == [
        "[Operation Beacon II](../operations/beacon-2003.md) (April 2003)",
        "[Operation Beacon](../operations/beacon-2001.md) (6–10 April 2001)",
    ]
    assert _section(pages["countries/no.md"], "named-resolution") == [
        "[Accord 3/4](../resolutions/3-4.md) (4 March 2003)"
    ]
    assert "timeline/index.md#" in pages["countries/no.md"].partition("{#named-event}")[2]


def test_a_member_has_a_tick_and_any_other_status_stands_in_words(pages: dict[str, str]) -> None:
    (member,) = _section(pages["countries/no.md"], "memberships")
    (outside,) = _section(pages["countries/gl.md"], "memberships")

    assert member.startswith('<span class="tick" role="img" aria-label="member">✓</span> [Union of Harbours]')
    assert "member since 1999<sup" in member
    assert outside == (
        '[Union of Harbours](../organisations/union.md): not a member <span class="note">It was asked.</span>'
    )


def test_a_country_that_nothing_names_says_so(pages: dict[str, str]) -> None:
    assert "None of the operations that were read names it." in pages["countries/gl.md"]
    assert "that were read names it" not in pages["countries/dk.md"]


def test_the_list_of_countries_keeps_every_anchor_and_leads_to_every_page(pages: dict[str, str]) -> None:
    listed = re.findall(r'^- <span id="(..)".*?</span>\[[^]]*\]\((..)\.md\)', pages["countries/index.md"], re.MULTILINE)

    assert listed == [("dk", "dk"), ("no", "no"), ("gl", "gl")]


def test_a_story_may_link_the_page_of_a_country_and_its_old_place_and_no_other(harbour: Path) -> None:
    story = harbour / "content/operations/beacon-2003.md"
    text = story.read_text(encoding="utf-8")
    story.write_text(
        f"{text}\n[Old](../countries/index.md#no), [new](../countries/no.md)[@log-2001].\n", encoding="utf-8"
    )
    assert build.check(harbour).problems == ()

    story.write_text(f"{text}\n[No page](../countries/xx.md)[@log-2001].\n", encoding="utf-8")
    assert "countries/xx.md" in str(build.check(harbour).problems)


def _drawn(drawing: Map) -> ET.Element:
    graphic = Graphic("x", "A title", "What it shows.", drawing, Table((), ()), ("country",), 1)
    return ET.fromstring(draw.draw(graphic))  # noqa: S314 - made here


@pytest.mark.parametrize(("code", "mark"), [("TD", "path"), ("MT", "circle")])
def test_a_marked_country_with_a_page_is_a_link_for_the_pointer(code: str, mark: str) -> None:
    linked = _drawn(Map({code: Spot(4, "It", "../../countries/xx/")}, {}, whole=True))
    links = list(linked.iter("a"))

    assert linked.get("role") is None
    assert {(link.get("href"), link.get("tabindex")) for link in links} == {("../../countries/xx/", "-1")}
    assert mark in {each.tag for link in links for each in link}
    assert _drawn(Map({code: Spot(4, "It")}, {}, whole=True)).get("role") == "img"


def _country(library: Library, code: str) -> Record:
    return library.at(f"countries/{code}")


def test_the_maps_of_operations_lead_to_the_pages_of_countries(pages: dict[str, str], harbour: Path) -> None:
    norway = _country(build.load(harbour), "NO")

    assert way_to("operations/index.md", norway) == "../countries/no/"
    assert way_to("operations/beacon-2001.md", norway) == "../../countries/no/"
    assert way_to("countries/no.md", norway) == ""
    assert '<a href="../../countries/no/" tabindex="-1"><path class="step-4"' in pages["operations/beacon-2001.md"]
    assert "<a href" not in re.findall(r"<svg.*</svg>", pages["countries/no.md"])[0]


@pytest.mark.parametrize(("code", "most"), [("BR", 0.52), ("RU", 0.8)])  # one so far away is light in any case
def test_a_small_map_takes_half_the_room_and_less_text(code: str, most: float) -> None:
    large, small = (Map({code: Spot(4, code)}, {}, small=small) for small in (False, True))

    assert tuple(2 * side for side in world.size(small)) == pytest.approx(world.size(large), abs=1)
    assert len(world.draw(small)) < most * len(world.draw(large))


def test_a_link_to_a_country_leads_to_its_page(harbour: Path) -> None:
    change(harbour / "content/events/all.yml", ("countries: [NO]", "countries: [DK, NO]"))
    library = build.load(harbour)
    made = {item.path: item.data.decode() for item in outputs(library, compose(library))}

    assert "[Denmark](../countries/dk.md), [Norway](../countries/no.md)" in made["timeline/index.md"]


def test_the_events_of_a_record_stand_in_lines_of_their_own_with_the_newest_first(harbour: Path) -> None:
    events = harbour / "content/events/all.yml"
    later = "- id: a-second-lamp\n  title: A second lamp\n  date: '2002'\n  says: It was lit.\n  about: [organisations/union]\n  cite: [log-2001]\n"
    change(events, ("  says: A storm put", "  about: [organisations/union]\n  says: A storm put"))
    events.write_text(later + events.read_text(encoding="utf-8"), encoding="utf-8")
    library = build.load(harbour)
    made = {output.path: output.data.decode() for output in outputs(library, compose(library))}
    lines = re.findall(r"^:   (.*?): \[.*timeline", made["organisations/union.md"], re.MULTILINE)

    assert lines == ["2002", "29 November – 2 December 2001", "1999"]


def test_many_countries_of_an_organisation_are_counted_by_how_they_belong_to_it(harbour: Path) -> None:
    codes = sorted(country_codes())[:40]
    lands = "".join(
        f"- {{id: {code}, alpha3: {alpha3_of(code)}, name: Land {code}, cite: [log-2001],"
        f" memberships: [{{organisation: union, status: {'outside' if place < 3 else 'member'}}}]}}\n"
        for place, code in enumerate(code for code in codes if code not in {"NO", "DK"})
    )
    file = harbour / "content/countries/all.yml"
    file.write_text(file.read_text(encoding="utf-8") + lands, encoding="utf-8")
    library = build.load(harbour)
    pages = {item.path: item.data.decode() for item in outputs(library, compose(library))}
    members = len(codes) - 3 + 1

    assert (
        f":   member: {members}; not a member: 3; see [Countries](../countries/index.md)"
        in pages["organisations/union.md"]
    )
