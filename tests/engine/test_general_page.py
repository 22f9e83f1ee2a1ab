"""The general page: what a kind without a page module shows of a record, whatever its fields hold."""

import html
import re
from pathlib import Path

import pytest

from explainer import build
from explainer.editing import starter_files
from tests.conftest import change

MODEL = '''
"""A mill."""

from typing import Annotated, ClassVar

from explainer.base.values import Dates, Number, Slug, Text, Truth, Url
from explainer.records.model import AnyRef, CountryRef, Model, Prose, Refers, SourceId, Vocabulary
from explainer.records.record import BASE
from explainer.records.sourced import Citations, Cited, DatedFact, Fact, Figure, Names, Period


class Drive(Vocabulary):
    """What turns it."""

    WATER = "water"
    """Water."""


class Owner(Model):
    """Somebody who owned it."""

    name: Text
    """The name."""
    since: Dates | None = None
    """From when."""


class Wheel(Model):
    """A wheel."""

    name: Text
    """Its name."""
    says: Prose
    """What it does."""
    drive: Drive | None = None
    """What turns it."""
    region: Annotated[Slug, Refers("region")] | None = None
    """Where."""
    owners: tuple[Owner, ...] = ()
    """Who owned it."""
    never: Text | None = None
    """A field that no record here fills in."""
    cite: Citations
    """The sources."""


class Mill(BASE):
    """A mill."""

    KIND: ClassVar[str] = "mill"
    FOLDER: ClassVar[str] = "mills"
    ANSWER: ClassVar[str | None] = "summary"

    name: Text
    """The name."""
    text: Text
    """A text."""
    more: tuple[Text, ...] = ()
    """Several texts."""
    told: Prose
    """Prose."""
    height: Number
    """A number."""
    open: Truth
    """Yes or no."""
    built: Dates
    """A date."""
    site: Url | None = None
    """An address."""
    drive: Drive
    """A word."""
    country: CountryRef
    """A country."""
    region: Annotated[Slug, Refers("region")]
    """A record without an address."""
    aims: tuple[Annotated[str, Refers("aim")], ...] = ()
    """Records of a type."""
    near: tuple[AnyRef, ...] = ()
    """Any records."""
    read_in: SourceId
    """A source."""
    deed: Cited
    """A citation."""
    opened: DatedFact
    """A date with sources."""
    ran: Period
    """A period with sources."""
    law: Fact
    """A statement with sources."""
    flour: Figure
    """A figure."""
    called: Names = {}
    """Names in other languages."""
    wheels: tuple[Wheel, ...] = ()
    """Its wheels."""
    summary: Prose
    """What it is."""
    cite: Citations
    """The sources."""
'''

NAMED = [
    "text",
    "more",
    "told",
    "height",
    "open",
    "built",
    "site",
    "drive",
    "country",
    "region",
    "aims",
    "near",
    "read_in",
    "deed",
    "opened",
    "ran",
    "law",
    "flour",
    "called",
]
WORDS = """
kinds: {mill: Mill}
plural: {mill: mills}
counted-kind: {mill: {one: mill, other: mills}}
related: {mill: Mills}
sections: {mills: {title: Mills, summary: Those on the river.}}
fields-shown:
  mill:
    drive: {name: The drive, words: {water: driven by water}}
    wheels:
      name: The wheels
      columns: {name: Wheel, says: Does, drive: Drive, region: Where, owners: Owners, never: Never}
      words: {drive: {water: turned by water}}
""" + "".join(f"    {name}: {{name: The {name}}}\n" for name in NAMED if name != "drive")

FIELDS = """
name: Mill *one* <b>
text: "1. *a* <i>b</i> | {c}"
more: ["- first", "second | third"]
told: Grinds [the accord](../accords/4-1.md).[@wardens-2031-clearwater]
height: 1234.5
open: true
built: 1999-05
site: https://mill.example/a_b
drive: water
country: DK
region: upper-river
aims: ["1"]
near: [patrols/clearwater-2031, countries/NO]
read_in: courier-2031-clearwater
deed: {source: assembly-2030-accord, at: p. 4}
opened: {date: 2000-01-02, note: In *snow*., cite: [assembly-2030-accord]}
ran: {start: 2001, end: 2003, note: Now and then., cite: [assembly-2030-accord]}
law: {says: It may grind., date: 2002, cite: [assembly-2030-accord]}
flour: {measure: volunteers, value: 7, comparator: about, cite: [assembly-2030-accord]}
called: {da: {text: Mølle, cite: [assembly-2030-accord]}}
wheels:
  - name: A | *b*
    says: See [the aim](../aims/index.md#2).
    drive: water
    region: lower-river
    owners: [{name: Ann <i>, since: 1990}, {name: Bob}]
    cite: [assembly-2032-review]
  - {name: Second, says: Rests., cite: [assembly-2032-review]}
summary: It grinds.
cite: [wardens-2033-clearwater]
"""


def dossier(root: Path, base: str) -> Path:
    """The invented dossier with a kind of mills, of which there is one."""
    for name, data in starter_files.files().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    folder = root / "scripts/kinds/mill"
    folder.mkdir()
    (folder / "model.py").write_text(MODEL.replace("BASE", base), encoding="utf-8")
    (folder / "words.en.yml").write_text(WORDS, encoding="utf-8")
    change(root / "content/site.yml", (" aim,", " aim, mill,"))
    more = "disputes: [{about: Its *age*, positions: [{says: Old., cite: [assembly-2030-accord]}, {says: New., cite: [assembly-2032-review]}]}]\n"
    fields = f"id: old\n{FIELDS.strip()}\n{more}open_questions: [Who built it.]\n"
    if base == "Story":
        (root / "content/mills").mkdir()
        (root / "content/mills/old.md").write_text(f"---\n{fields}---\nA story.\n", encoding="utf-8")
    else:
        lines = fields.splitlines()
        text = "\n".join([f"- {lines[0]}", *(f"  {line}" for line in lines[1:])])
        (root / "content/mills.yml").write_text(f"{text}\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module", params=["Story", "Entry"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Markdown of the page that shows the mill: its own, or the index of small records."""
    root = dossier(tmp_path_factory.mktemp("mills"), request.param)
    build.generate(root)
    return (root / "docs/mills" / ("old.md" if request.param == "Story" else "index.md")).read_text(encoding="utf-8")


SAID = {
    "text": "1. *a* <i>b</i> | {c}",
    "more": "- first; second | third",
    "told": "Grinds [the accord](../accords/4-1.md).",
    "height": "1,234.5",
    "open": "yes",
    "built": "May 1999",
    "site": "[https://mill.example/a_b](https://mill.example/a_b)",
    "country": "[Denmark](../countries/dk.md)",
    "region": "Upper river",
    "aims": "[Aim 1: A river without waste](../aims/index.md#1)",
    "near": "[Clearwater](../patrols/clearwater-2031.md); [Norway](../countries/no.md)",
    "read_in": "[Towns haul barrels out of the river](../sources/index.md#courier-2031-clearwater)",
    "deed": "[Accord 4/1 on the river](https://assembly.example/4-1)",
    "opened": "2 January 2000",
    "ran": "2001–2003",
    "law": "2002. It may grind.",
    "flour": "about 7 volunteers",
    "called": '<span lang="da">Mølle</span> (Danish)',
}


@pytest.mark.parametrize("field", SAID)
def test_a_field_says_its_value_below_its_name(page: str, field: str) -> None:
    said = html.unescape(page).partition(f"\nThe {field}\n:   ")[2].partition("\n")[0]

    assert said.partition("<sup")[0] == SAID[field]


@pytest.mark.parametrize("field", ["told", "deed", "opened", "ran", "law", "flour", "called"])
def test_a_value_with_sources_cites_them(page: str, field: str) -> None:
    assert page.partition(f"\nThe {field}\n:   ")[2].partition("\n")[0].count('<sup class="cite">') == 1


def test_a_date_says_what_a_reader_must_know(page: str) -> None:
    assert "</sup> In *snow*." in page
    assert "</sup> Now and then." in page


def test_a_word_of_a_vocabulary_is_that_of_the_catalogue(page: str) -> None:
    assert "\nThe drive\n:   driven by water\n" in page


def test_parts_are_a_table_with_their_sources_and_without_columns_that_nothing_fills(page: str) -> None:
    rows = [line for line in page.splitlines() if line.startswith("|")]
    plain = [html.unescape(row.partition("<sup")[0]) for row in rows]

    assert plain == [
        "| Wheel | Does | Drive | Where | Owners |",
        "|---|---|---|---|---|",
        "| A | *b* | See [the aim](../aims/index.md#2). | turned by water | Lower river | Ann <i>; 1990; Bob",
        "| Second | Rests. |  |  | ",
    ]
    assert all("<sup" in row for row in rows[2:])


def test_no_name_and_no_text_is_taken_for_markdown_or_html(page: str) -> None:
    body = page.partition("\n---\n")[2]

    assert "# Mill *one* <b>" in html.unescape(body)
    assert [
        mark
        for mark in ("<b>", "<i>", "*one*", "*a*", "*b*", "*age*", "{c}", " | third", ":   1.", ":   -")
        if mark in body
    ] == []


def test_its_sources_its_disputes_and_what_is_unknown_are_told(page: str) -> None:
    assert "Report on the second clean-up" in page
    assert "Its *age*" in html.unescape(page)
    assert "- Old.<sup" in page
    assert "- Who built it." in page


def test_the_page_is_part_of_a_site_that_is_built_without_a_warning(tmp_path: Path) -> None:
    from explainer.publish import builder

    root = dossier(tmp_path / "mills", "Story")
    library, _ = build.generate(root)

    assert builder.build(root, root / "site", library.dossier).pages > 40


FERRY = '''
"""A ferry."""

from typing import Annotated, ClassVar

from explainer.base.values import Dates, Text
from explainer.records.record import Story
from explainer.records.traits import Dated, InFamily


class Ferry(Dated, InFamily, Story):
    """A ferry."""

    KIND: ClassVar[str] = "ferry"
    FOLDER: ClassVar[str] = "ferries"
    LABEL: ClassVar[str] = "name"
    DATE: ClassVar[str] = "begun"

    name: Text
    """The name."""
    begun: Dates | None = None
    """When it began."""
'''
FERRY_WORDS = """
kinds: {ferry: Ferry}
plural: {ferry: ferries}
counted-kind: {ferry: {one: ferry, other: ferries}}
related: {ferry: Ferries}
sections: {ferries: {title: Ferries, summary: All of them.}}
fields-shown: {ferry: {begun: {name: Begun}, family: {name: Family}, edition: {name: Edition}}}
"""


def test_records_with_dates_stand_in_their_order_and_a_family_has_a_name(tmp_path: Path) -> None:
    root = dossier(tmp_path, "Story")
    folder = root / "scripts/kinds/ferry"
    folder.mkdir()
    (folder / "model.py").write_text(FERRY, encoding="utf-8")
    (folder / "words.en.yml").write_text(FERRY_WORDS, encoding="utf-8")
    change(root / "content/site.yml", (" mill,", " mill, ferry,"))
    (root / "content/ferries").mkdir()
    for ident, name, more in (
        ("b", "Upper Town Ferry", "begun: 1990\nfamily: upper-town-ferry\nedition: '1'"),
        ("c", "Low Ferry", "begun: 1890-05\nfamily: crossing-by-rope"),
        ("a", "Old Ferry", "family: old-ferry"),
    ):
        (root / f"content/ferries/{ident}.md").write_text(
            f"---\nid: {ident}\nname: {name}\n{more}\nsummary: It crosses.\n---\nIt crosses.\n", encoding="utf-8"
        )
    build.generate(root)
    index, upper, low = ((root / f"docs/ferries/{name}.md").read_text(encoding="utf-8") for name in ("index", "b", "c"))

    assert re.findall(r"^- (\*\*.*): It crosses\.", index, re.MULTILINE) == [
        "**[Low Ferry](c.md)** (May 1890)",
        "**[Upper Town Ferry](b.md)** (1990)",
        "**[Old Ferry](a.md)**",
    ]
    assert "\nFamily\n:   Upper Town Ferry\n" in upper
    assert "\nFamily\n:   Crossing by rope\n" in low
