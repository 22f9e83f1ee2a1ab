"""Mistakes that people make when they write a record: each is a change of a small dossier, told in the words of `mistakes.txt`."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import HARBOUR, change, copied

RECORD = "content/operations/lantern-2024.md"
SOURCES = "content/sources/press.yml"
COUNTRIES = "content/countries/all.yml"
EVENTS = "content/events/all.yml"
WORDS = Path(__file__).with_name("mistakes.txt")
"""What is told of each mistake: its name after `## `, then a line for each problem or remark."""

_RECORD = """\
---
id: lantern-2024
name: Operation Lantern
family: lantern
dates:
  start: 2024-04-06
  end: 2024-04-10
  cite: [gazette-2024-lantern]
countries: [NO, DK]
goals:
  - goal: "1"
    basis: editorial
led:
  - organisation: union
    cite: [gazette-2024-lantern]
figures:
  - {measure: boats-found, value: 40, comparator: nearly, cite: [gazette-2024-lantern]}
disputes:
  - about: Boats found
    positions:
      - says: The Gazette wrote of nearly 40.
        cite: [gazette-2024-lantern]
      - says: The log has 41.
        cite: [log-2001]
summary: Two countries looked for boats and found nearly 40.[@gazette-2024-lantern]
---
The gazette reported it.[@gazette-2024-lantern, p. 2]

It belongs to [the goal](../goals/1.md).
"""
_SOURCES = """\
- id: gazette-2024-lantern
  title: Two countries look for lost boats
  publisher: The Gazette
  kind: press
  url: https://gazette.example/2024/lantern
  published: 2024-04-12
  language: en
  seen: excerpt
"""


def dossier(root: Path) -> Path:
    """The harbour dossier and one more operation, whose fields stand one a line, with its source."""
    copied(HARBOUR, root)
    (root / RECORD).write_text(_RECORD, encoding="utf-8")
    (root / SOURCES).write_text(_SOURCES, encoding="utf-8")
    return root


@dataclass(frozen=True, slots=True)
class Mistake:
    """A change of the dossier that somebody would make by mistake."""

    name: str
    changes: tuple[tuple[str, str], ...] = ()
    """Old and new texts in a file."""
    path: str = RECORD
    moved: str = ""
    """Where the file is put instead; to the bin where it is `-`."""
    added: str = ""
    """The text of a new file at the path."""

    def make(self, root: Path) -> None:
        """Make the mistake in a dossier."""
        if self.added:
            (root / self.path).parent.mkdir(parents=True, exist_ok=True)
            (root / self.path).write_text(self.added, encoding="utf-8")
        change(root / self.path, *self.changes)
        if self.moved == "-":
            (root / self.path).unlink()
        elif self.moved:
            (root / self.moved).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(root / self.path, root / self.moved)


def told() -> dict[str, list[str]]:
    """Name of each mistake -> the lines that are told of it."""
    sections = re.split(r"^## ", WORDS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:] if WORDS.exists() else []
    return {lines[0]: lines[1:] for section in sections if (lines := section.strip().split("\n"))}


def write(said: dict[str, list[str]], order: list[str]) -> None:
    """Write what is told, in the order of the mistakes."""
    sections = ("\n".join((f"## {name}", *said[name])) for name in order if name in said)
    WORDS.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _in_a_figure(*values: str) -> list[Mistake]:
    return [Mistake(f"a figure of {value}", (("value: 40", f"value: {value}"),)) for value in values]


def _in_a_field(*values: str) -> list[Mistake]:
    """A figure whose fields stand one a line."""
    lines = (
        "figures:\n  - measure: boats-found\n    value: {}\n    comparator: nearly\n    cite: [gazette-2024-lantern]\n"
    )
    old = _RECORD[_RECORD.index("figures:") : _RECORD.index("disputes:")]
    return [Mistake(f"a figure, on its line, of {value}", ((old, lines.format(value)),)) for value in values]


def _in_a_date(*values: str) -> list[Mistake]:
    return [Mistake(f"the date {value}", (("start: 2024-04-06", f"start: {value}"),)) for value in values]


def _in_countries(*values: str) -> list[Mistake]:
    return [Mistake(f"the country {value}", (("[NO, DK]", f"[NO, {value}]"),)) for value in values]


def _in_a_citation(*values: str) -> list[Mistake]:
    return [
        Mistake(f"the citation {value}", (("  cite: [gazette-2024-lantern]\n", f"  cite: {value}\n"),))
        for value in values
    ]


def _in_the_story(*values: str) -> list[Mistake]:
    return [
        Mistake(f"in the story: {value}", (("[@gazette-2024-lantern, p. 2]", f"[@gazette-2024-lantern] {value}"),))
        for value in values
    ]


def _as_a_link(*values: str) -> list[Mistake]:
    return [Mistake(f"a link to {value}", (("../goals/1.md", value),)) for value in values]


def _as_an_id(*values: str) -> list[Mistake]:
    return [Mistake(f"the id {value}", (("id: lantern-2024", f"id: {value}"),)) for value in values]


def _as_a_body(*values: str) -> list[Mistake]:
    return [
        Mistake(f"the organisation {value}", (("organisation: union", f"organisation: {value}"),)) for value in values
    ]


def _as_a_name(*values: str) -> list[Mistake]:
    return [Mistake(f"the name {value}", (("name: Operation Lantern", f"name: {value}"),)) for value in values]


THIRTY_SIX = (
    Mistake("a tab before a field", (("  start:", "\tstart:"),)),
    Mistake("front matter that is not closed", (("lantern]\n---\nThe", "lantern]\n\nThe"),)),
    Mistake("marks of a merge", (("name: Operation Lantern\n", "<<<<<<< HEAD\nname: Operation Lantern\n=======\nname: Lantern\n>>>>>>> other\n"),)),
    Mistake("a mark of byte order", (("---\nid", "\ufeff---\nid"),)),
    Mistake("a field twice", (("family: lantern\n", "family: lantern\nfamily: lamp\n"),)),
    Mistake("a colon in a value", (("Operation Lantern", "Operation: Lantern"),)),
    Mistake("31 April", (("start: 2024-04-06", "start: 2024-04-31"),)),
    Mistake("an end before the start", (("end: 2024-04-10", "end: 2024-03-10"),)),
    Mistake("country for countries", (("countries:", "country:"),)),
    Mistake("a quote and a colon", (("name: Operation Lantern", 'name: "Lantern": an operation'),)),
    Mistake("a measure that is not there", (("measure: boats-found", "measure: boat-found"),)),
    Mistake("a slip in a citation of the story", (("[@gazette-2024-lantern, p. 2]", "[@gazete-2024-lantern, p. 2]"),)),
    Mistake("a citation in round brackets", (("[@gazette-2024-lantern, p. 2]", "(@gazette-2024-lantern)"),)),
    Mistake("a heading of the first level", (("The gazette reported", "# How it went\n\nThe gazette reported"),)),
    Mistake("a link from the root of the site", (("../goals/1.md", "/goals/1/"),)),
    Mistake("an id twice", path="content/operations/lantern-2024b.md", added=_RECORD),
    Mistake("capitals in an id", (("id: lantern-2024", "id: Lantern-2024"),)),
    Mistake("a country by its name", (("[NO, DK]", "[NO, Denmark]"),)),
    Mistake("a number with a comma in braces", (("value: 40", "value: 1,300"),)),
    Mistake("ids where fields are wanted", (('  - goal: "1"\n    basis: editorial\n', ""), ("goals:", "goals: [1]"))),
    Mistake("fields where a list of them is wanted", (('\n  - goal: "1"\n    basis: editorial\n', " {goal: 1, basis: editorial}\n"),)),
    Mistake("an empty entry", (("countries: [NO, DK]", "countries:\n  - NO\n  -\n  - DK"),)),
    Mistake("a link without ../", (("../goals/1.md", "goals/1.md"),)),
    Mistake("a footnote", (("[@gazette-2024-lantern, p. 2]", "[^1] It found 40.[^1]"), ("(../goals/1.md).", "(../goals/1.md).\n\n[^1]: The Gazette, 2024"))),
    Mistake("a comparator in words", (("comparator: nearly", "comparator: more than"),)),
    *_in_a_date("06.04.2024", "6 April 2024", "2024-04-06–10"),
    *_in_countries("UK", "EL"),
    *_in_a_figure("1.3m", "nearly 40", "40%"),
    Mistake("an address as a citation", (("  cite: [gazette-2024-lantern]\n", "  cite: [https://gazette.example/2024/lantern]\n"),)),
    Mistake("a colon without a space", (("family: lantern", "family:lantern"),)),
    Mistake("one position", (("      - says: The log has 41.\n        cite: [log-2001]\n", ""),)),
    Mistake("one address in two sources", path="content/sources/gazette-again.yml", added=_SOURCES.replace("id: gazette-2024-lantern", "id: gazette-again")),
    Mistake("another number in the summary", (("looked for boats and found nearly 40.[", "looked together, with 50 boats found.["),)),
    Mistake("a chart in braces", (("It belongs", "{{ chart: boats }}\n\nIt belongs"),)),
    Mistake("an element of HTML", (("It belongs", '<div class="chart">boats</div>\n\nIt belongs'),)),
    Mistake("a fenced chart", (("It belongs", '```vega\n{"mark": "bar"}\n```\n\nIt belongs'),)),
    Mistake("a bare address in the story", (("It belongs", "See https://gazette.example/2024/lantern for more.\n\nIt belongs"),)),
)  # fmt: skip
"""Those that an editor made when the first dossier was written."""

MORE = (
    *_in_a_figure("1 300", "1.300,5", "1.300", "1,3 million", "1.3 million", "~40", ">40", "40+", "< 40", "12%", "USD 4.3m", "$5", "10-12", "10–12", "٤٠", "forty", "4.3k",
                  "40 boats", "040", "40.", "-", "yes", "null", '""', "4e3", "½", "[40]", "more than 40", "at least 1,300", "40 or more", "１２", "1/2", "±3"),
    *_in_a_field("1,300", "1 300", "1.300.000", "~40", "> 40", "'40'", "", "about 40", "€ 12", "12 %"),
    *_in_a_date("2024/04/06", "4/6/2024", "13/04/2024", "April 2024", "6. April 2024", "6 avril 2024", "le 6 avril 2024", "6 de abril de 2024", "2024-4-6", "2024-4", "06/04/24", "spring 2024",
                "2024-13-01", "24-04-06", "20240406", "c. 2024", "2024s", "2024-04-06/2024-04-10", "2024-04-06 to 2024-04-10", "April 6, 2024", "Apr 6 2024", "6th April 2024",
                "2024-04-06T10:00", "unknown", "?", "2024-02-30", "2024年4月6日", "6 апреля 2024", "٢٠٢٤", "2024-04-", "Q2 2024", "april", "[2024]", "2024-04-06, 2024-04-10", "Mai 2024"),
    *_in_countries("uk", "USA", "EU", "no", "dk", "NOR", "Norway", "Germany", "Deutschland", "United Kingdom", "Great Britain", "England", "Russia", "South Korea", "Ivory Coast", "Czech Republic", "Turkey", "Holland",
                   "XK", "Kosovo", "SU", "YU", "Africa", "[DK]", "DK (Denmark)", "D", "countries/DK", "Danmark", "true", "EN", "JA", "Burma", "U.S.", "AB", "Côte d'Ivoire"),
    *_as_an_id("Lantern 2024", "lantern_2024", "lantern-2024.md", "operations/lantern-2024", "länterne-2024", "Operation Lantern", "lantern--2024", "-lantern", "2024", "yes", "null", "lantern-2025", "[lantern-2024]", '"lantern-2024 "'),
    *_as_a_body("Union of Harbours", "UH", "Union", "organisations/union", "union.md", "[union]", "{id: union}", "guild of pilots", "unoin", "beacon-2001", "null", "yes", "unicef", "union ", "ada-quay", "people/ada-quay"),
    *_in_a_citation("gazette-2024-lantern", "[gazette-2024-lantern", "gazette-2024-lantern, log-2001", "[[gazette-2024-lantern]]", "[gazette-2024-lantern,]", "[@gazette-2024-lantern]", "'@gazette-2024-lantern'", "@gazette-2024-lantern", "[]", "", "[The Gazette]",
                    "[Two countries look for lost boats]", "[gazette-2024-lantern p. 2]", "[{source: gazette-2024-lantern, page: 2}]", "[{id: gazette-2024-lantern}]", "[sources/gazette-2024-lantern]", "[gazette-2024]", "[gazette-2024-lantren]", "[Gazette-2024-lantern]", "[beacon-2001]",
                    "https://gazette.example/2024/lantern", "[https://www.gazette.example/2024/lantern/]", "[https://other.example/story]", "gazette.example/2024/lantern", "[gazette-2024-lantern; log-2001]", "(gazette-2024-lantern)", "{gazette-2024-lantern}", "[gazette-2024-lantern], [log-2001]",
                    "[null]", "yes", "[, log-2001]", "“gazette-2024-lantern”",
        "gazette-2024-lantern and log-2001", "[gazette-2024-lantern, gazette-2024-lantern]"),
    *_in_the_story("[@gazette-2024-lantren]", "[@gazette-2024-lantern, @log-2001]", "[@gazette-2024-lantern @log-2001]", "@log-2001", "[log-2001]", "(@log-2001)", "[@ log-2001]", "[@log-2001 ]", "[ @log-2001]", "[@Log-2001]", "[@log_2001]", "[@The Gazette]", "[@beacon-2001]",
                   "[@sources/log-2001]", "[@log-2001](http://a.example)", "[@https://gazette.example/2024/lantern]", "[@log-2001.md]", "[@log-2001;]", "[@]", "[@log-2001, ]", "[@log-2001 p. 2]", "[@log-2001: 2]", "[[@log-2001]]", "[@log-2001", "@log-2001]", "[@gazette-2024-lantern; log-2001]", "{@log-2001}", "[^log-2001]", "\\cite{log-2001}",
                   "[1]", "mail me@quay.example", "@union said so", "[@log-2001, p. 2; @gazete-2024-lantern]"),
    *_as_a_link("goals/1", "../goals/1", "../goals/1.html", "../goals/1/", "/goals/1.md", "https://lantern.example/goals/1/", "https://lantern.example/goals/9/", "..\\goals\\1.md", "../../content/goals/1.md", "content/goals/1.md", "../../docs/goals/1.md", "docs/goals/1.md", "../goal/1.md", "../goals/2.md", "goals/1.md#top",
                "../goals/1.MD", "../Goals/1.md", "1.md", "./goals/1.md", "../operations/beacon-first.md", "beacon-first.md", "../claims/fifty-boats.md", "../terms/lamp.md", "../glossary/index.md#lamb", "../countries/NO.md", "../people/Ada Quay.md", "<../goals/1.md>", "", "#", "../goals/", "../goals", "../goals/index.md", "www.gazette.example", "gazette.example/2024", "http:/gazette.example", "file:///C:/goals/1.md", "C:\\goals\\1.md",
                "goals/1.md 'Goal'", "../sources/gazette-2024-lantern.md", "../sources/press.yml", "mailto:", "javascript:alert(1)", "//gazette.example", "../../goals/1.md", "ftp://gazette.example/1"),
    *_as_a_name("", "null", "yes", "# Lantern", "@Lantern", "%Lantern", "*Lantern*", "&Lantern", "!Lantern", "`Lantern`", "Lantern #2", "'Lantern", '"Lantern', "“Lantern”", "Lantern, Operation", "[Lantern]", "{Lantern}", "- Lantern", "? Lantern", "| Lantern", "> Lantern", "Lantern: the boats", "2024", "~", "Operation 'Lantern'", '"Operation" Lantern', "'Operation' Lantern", "[Lantern"),
    Mistake("a list on one line without brackets", (("[NO, DK]", "NO, DK"),)),
    Mistake("one country without brackets", (("[NO, DK]", "NO"),)),
    Mistake("countries as fields", (("[NO, DK]", "{NO, DK}"),)),
    Mistake("countries by language", (("[NO, DK]", "{en: NO}"),)),
    Mistake("countries in a list in a list", (("[NO, DK]", "[[NO, DK]]"),)),
    Mistake("countries as a list of fields", (("[NO, DK]", "\n  - country: NO\n  - country: DK"),)),
    Mistake("a bracket that is not closed", (("[NO, DK]", "[NO, DK"),)),
    Mistake("a bracket too many", (("[NO, DK]", "[NO, DK]]"),)),
    Mistake("a brace that is not closed", (("lantern]}", "lantern]"),)),
    Mistake("a brace for a bracket", (("[gazette-2024-lantern]}", "{gazette-2024-lantern}}"),)),
    Mistake("a comma at the end of a list", (("[NO, DK]", "[NO, DK,]"),)),
    Mistake("a comma at the end of a line", (("family: lantern\n", "family: lantern,\n"),)),
    Mistake("two commas", (("[NO, DK]", "[NO,, DK]"),)),
    Mistake("a semicolon in a list", (("[NO, DK]", "[NO; DK]"),)),
    Mistake("a full stop in a list", (("[NO, DK]", "[NO. DK]"),)),
    Mistake("no comma in braces", (("value: 40, comparator", "value: 40 comparator"),)),
    Mistake("equals for a colon", (("family: lantern", "family = lantern"),)),
    Mistake("a colon without a space in braces", (("value: 40", "value:40"),)),
    Mistake("a space before the colon", (("family: lantern", "family : lantern"),)),
    Mistake("a capital in a field's name", (("family: lantern", "Family: lantern"),)),
    Mistake("a field's name in quotes that curl", (("family: lantern", "“family”: lantern"),)),
    Mistake("a field's name with a space", (("family: lantern", "family name: lantern"),)),
    Mistake("a dash in a field's name", (("goals:", "lead-countries: [NO]\ngoals:"),)),
    Mistake("one space too many", (("family: lantern", " family: lantern"),)),
    Mistake("one space too few in a field of a field", (("  end:", " end:"),)),
    Mistake("one space too many in a field of a field", (("  end:", "   end:"),)),
    Mistake("one space too few in an entry", (("    basis", "   basis"),)),
    Mistake("one space too many in an entry", (("    basis", "     basis"),)),
    Mistake("no space after a dash", (("  - goal:", "  -goal:"),)),
    Mistake("a long dash for a dash", (("  - goal:", "  – goal:"),)),
    Mistake("a star for a dash", (("  - goal:", "  * goal:"),)),
    Mistake("a dash forgotten", (("  - goal:", "    goal:"),)),
    Mistake("fields of a field that are not indented", (("  start: 2024-04-06\n  end: 2024-04-10\n  cite: [gazette-2024-lantern]\ncountries", "start: 2024-04-06\nend: 2024-04-10\ncite: [gazette-2024-lantern]\ncountries"),)),
    Mistake("a list where fields are wanted", (("dates:\n  start: 2024-04-06\n  end", "dates:\n  - start: 2024-04-06\n    end"), ("  cite: [gazette-2024-lantern]\ncountries", "    cite: [gazette-2024-lantern]\ncountries"))),
    Mistake("a value where fields are wanted", (("dates:\n  start: 2024-04-06\n  end: 2024-04-10\n  cite: [gazette-2024-lantern]\n", "dates: 2024-04-06\n"),)),
    Mistake("a field at the wrong level", (("  cite: [gazette-2024-lantern]\ncountries", "cite: [gazette-2024-lantern]\ncountries"),)),
    Mistake("an id where fields are wanted", (("led:\n  - organisation: union\n    cite: [gazette-2024-lantern]\n", "led: union\n"),)),
    Mistake("a list where one is wanted", (("family: lantern", "family: [lantern]"),)),
    Mistake("an empty field", (("countries: [NO, DK]", "countries:"),)),
    Mistake("an empty list", (("positions:\n", "positions: []\n#"), ("      - says: The Gazette wrote of nearly 40.\n        cite: [gazette-2024-lantern]\n      - says: The log has 41.\n        cite: [log-2001]\n", ""))),
    Mistake("an entry of a list of fields that is empty", (("led:\n", "led:\n  -\n"),)),
    Mistake("null in a list", (("[NO, DK]", "[NO, null]"),)),
    Mistake("a text where a list of fields is wanted", (("disputes:\n", "open_questions: Who paid?\ndisputes:\n"),)),
    Mistake("no front matter", (("---\nid: lantern-2024\n", "id: lantern-2024\n"),)),
    Mistake("front matter twice", (("---\nThe gazette", "---\n---\nid: lantern-2024\nname: Lantern\n---\nThe gazette"),)),
    Mistake("an empty line before the front matter", (("---\nid", "\n---\nid"),)),
    Mistake("four dashes", (("---\nid", "----\nid"),)),
    Mistake("pluses for dashes", (("---\nid", "+++\nid"), ("lantern]\n---\n", "lantern]\n+++\n"))),
    Mistake("dashes with a space", (("lantern]\n---\nThe", "lantern]\n- - -\nThe"),)),
    Mistake("a long dash for dashes", (("lantern]\n---\nThe", "lantern]\n—\nThe"),)),
    Mistake("the ending .markdown", moved="content/operations/lantern-2024.markdown"),
    Mistake("the ending .yml for a story", moved="content/operations/lantern-2024.yml"),
    Mistake("the ending .MD", moved="content/operations/lantern-2024.MD"),
    Mistake("the ending .md.txt", moved="content/operations/lantern-2024.md.txt"),
    Mistake("a story without an ending", moved="content/operations/lantern-2024"),
    Mistake("the ending .yaml for a list", path=SOURCES, moved="content/sources/press.yaml"),
    Mistake("the ending .md for a list", path=SOURCES, moved="content/sources/press.md"),
    Mistake("a story in the folder of another kind", moved="content/people/lantern-2024.md"),
    Mistake("a folder in the singular", moved="content/operation/lantern-2024.md"),
    Mistake("a folder with a capital", moved="content/Operations/lantern-2024.md"),
    Mistake("a story beside the folders", moved="content/lantern-2024.md"),
    Mistake("a folder in a folder", moved="content/operations/2024/lantern-2024.md"),
    Mistake("a name of a file with a capital", moved="content/operations/Lantern-2024.md"),
    Mistake("a name of a file with a space", moved="content/operations/lantern 2024.md"),
    Mistake("a copied file", path="content/operations/lantern-2024 (copy).md", added=_RECORD),
    Mistake("a source that is deleted", path=SOURCES, moved="-"),
    Mistake("a list as fields by id", path="content/sources/more.yml", added="gazette-2025:\n  title: More\n"),
    Mistake("a list with the entries under a name", path="content/sources/more.yml", added="sources:\n  - id: gazette-2025\n    title: More\n"),
    Mistake("a list with front matter", path="content/sources/more.yml", added="---\n- id: gazette-2025\n---\n"),
    Mistake("a field of another kind", (("family: lantern", "family: lantern\nsymbol: U/1"),)),
    Mistake("a field in another language", (("countries: [NO, DK]", "pays: [NO, DK]"),)),
    Mistake("a basis in another word", (("basis: editorial", "basis: editor"),)),
    Mistake("a basis in capitals", (("basis: editorial", "basis: Editorial"),)),
    Mistake("a kind of source in other words", (("kind: press", "kind: newspaper"),), path=SOURCES),
    Mistake("a language in words", (("language: en", "language: English"),), path=SOURCES),
    Mistake("a language in capitals", (("language: en", "language: EN"),), path=SOURCES),
    Mistake("an address without https", (("url: https://gazette.example", "url: gazette.example"),), path=SOURCES),
    Mistake("an address with www alone", (("url: https://gazette", "url: www.gazette"),), path=SOURCES),
    Mistake("an address in brackets", (("url: https://gazette.example/2024/lantern", "url: <https://gazette.example/2024/lantern>"),), path=SOURCES),
    Mistake("two addresses", (("url: https://gazette.example/2024/lantern", "url: https://gazette.example/2024/lantern, https://b.example/"),), path=SOURCES),
    Mistake("an address as a link", (("url: https://gazette.example/2024/lantern", "url: '[Gazette](https://gazette.example/2024/lantern)'"),), path=SOURCES),
    Mistake("a number where an id is wanted", (("family: lantern", "family: 7 Lanterns"),)),
)  # fmt: skip
"""Others of the same kinds."""
