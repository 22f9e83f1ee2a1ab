"""The descent of paragraphs: which editions are compared, and what becomes of each paragraph between two of them."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from explainer import build
from explainer.library.comparison import ComparedParagraph, Comparison, Outcome
from explainer.library.editions import pairs
from explainer.outputs.redirects import redirects
from explainer.pages.composers import compose
from explainer.pages.render import outputs
from explainer.records.traits import Dated
from tests.conftest import change
from tests.kinds_of_dossier import Agreement, Goal, Operation, Resolution

Said = tuple[str | None, str, str | None]
"""A paragraph as an editor writes it: its place, what became of it, and what it follows."""

THIRD: tuple[Said, ...] = (
    ("pp1", "unchanged", "pp1"),
    ("pp2", "new", None),
    ("op1", "narrowed", "op1"),
    ("op2", "new", "op1"),
    ("op3", "new", None),
)
"""Splits op1 of the second edition in two, and adds a recital and a paragraph."""

FOURTH: tuple[Said, ...] = (
    ("op1", "unchanged", "pp1"),
    ("op2", "unchanged", "op1"),
    ("op3", "strengthened", "op2"),
    (None, "dropped", "pp2"),
    (None, "dropped", "op3"),
)
"""Moves the recital into the operative part, and drops what came with the third edition."""


def edition(root: Path, number: int, before: str, provisions: Iterable[Said]) -> None:
    """Write an edition of the accord of the harbour dossier: `9-1` reviews `3-4`, `9-2` reviews `9-1`, and so on."""
    rows = []
    for paragraph, became, follows in provisions:
        place = f"paragraph: {paragraph}, " if paragraph else ""
        descent = f", follows: {follows}" if follows else ""
        name = f"{paragraph or 'Without ' + str(follows)} of edition {number}."
        rows.append(f"  - {{{place}theme: lamps, summary: {name}, change: {became}{descent}}}")
    text = "\n".join(
        (
            "---",
            f"id: 9-{number}",
            "summary: One more.",
            f"name: Accord 9/{number}",
            f"symbol: U/RES/9/{number}",
            "title: Lamps for all harbours",
            "organ: union",
            "series: lantern",
            f"edition: {number + 2}",
            f"reviews: {before}",
            f"adopted: {{date: {2003 + number}-03-04, cite: [accord-text]}}",
            "text: accord-text",
            "provisions:",
            *rows,
            "---",
            "Lamps again.",
        )
    )
    (root / f"content/resolutions/9-{number}.md").write_text(text + "\n", encoding="utf-8")


@pytest.fixture
def accord(harbour: Path) -> Path:
    """The harbour dossier with four editions of its accord."""
    edition(harbour, 1, "3-4", THIRD)
    edition(harbour, 2, "9-1", FOURTH)
    return harbour


def compared(root: Path, older: str, newer: str) -> Comparison:
    """The comparison of two editions."""
    found = next(pair for pair in pairs(build.load(root)) if (pair.older.id, pair.newer.id) == (older, newer))
    return Comparison(found)


def told(rows: Iterable[ComparedParagraph]) -> list[tuple[str | None, str | None, Outcome]]:
    """Older place, newer place and outcome of rows."""
    return [
        (
            row.older.provision.paragraph if row.older else None,
            row.newer.provision.paragraph if row.newer else None,
            row.outcome,
        )
        for row in rows
    ]


def test_a_dropped_paragraph_is_gone_and_the_edition_that_dropped_it_is_named(harbour: Path) -> None:
    found = compared(harbour, "1-2", "3-4")

    assert told(found.rows) == [("pp1", "pp1", Outcome.UNCHANGED), ("op1", "op1", Outcome.STRENGTHENED)]
    assert told(found.gone) == [("op2", None, Outcome.GONE)]
    assert [(step.edition.id, step.mark) for step in found.gone[0].changed] == [("3-4", "dropped")]
    assert found.gone[0].anchor == "gone-op2"


def test_changes_add_up_over_the_editions_between(accord: Path) -> None:
    found = compared(accord, "1-2", "9-2")

    assert told(found.rows) == [
        ("pp1", "op1", Outcome.UNCHANGED),
        ("op1", "op2", Outcome.MIXED),
        ("op1", "op3", Outcome.NEW),
    ]
    assert [(step.edition.id, step.mark) for step in found.rows[1].changed] == [
        ("3-4", "strengthened"),
        ("9-1", "narrowed"),
    ]
    assert [(outcome, len(rows)) for outcome, rows in found.counts] == [
        (Outcome.NEW, 1),
        (Outcome.MIXED, 1),
        (Outcome.UNCHANGED, 1),
        (Outcome.GONE, 1),
        (Outcome.PASSING, 2),
    ]


def test_paragraphs_that_come_from_the_same_one_name_each_other(accord: Path) -> None:
    rows = compared(accord, "3-4", "9-2").rows

    assert [[version.provision.paragraph for version in row.beside] for row in rows] == [[], ["op3"], ["op2"]]


def test_a_paragraph_that_moves_to_the_operative_part_is_told_from_one_that_stays(accord: Path) -> None:
    assert [row.moved for row in compared(accord, "9-1", "9-2").rows] == [True, False, False]


def test_what_came_and_went_between_two_editions_is_kept(accord: Path) -> None:
    found = compared(accord, "3-4", "9-2")

    assert told(found.gone) == []
    assert [(row.anchor, [step.mark for step in row.changed]) for row in found.passing] == [
        ("passing-9-1-pp2", ["new", "dropped"]),
        ("passing-9-1-op3", ["new", "dropped"]),
    ]


def test_a_part_that_is_dropped_while_the_rest_goes_on_is_gone_in_part(accord: Path) -> None:
    edition(accord, 2, "9-1", ((None, "dropped", "op2"), ("op2", "unchanged", "op1"), *(FOURTH[:1]), *(FOURTH[3:])))
    found = compared(accord, "1-2", "9-2")

    assert told(found.rows) == [("op1", "op2", Outcome.MIXED), ("pp1", "op1", Outcome.UNCHANGED)]
    assert [(row.anchor, row.partly) for row in found.gone] == [("gone-op2", False), ("gone-9-2-op2", True)]


def test_a_paragraph_that_is_followed_and_dropped_at_once_is_gone_in_part(accord: Path) -> None:
    edition(accord, 2, "9-1", (*FOURTH, (None, "dropped", "op1")))
    found = compared(accord, "9-1", "9-2")

    assert [(row.anchor, row.partly) for row in found.gone] == [
        ("gone-pp2", False),
        ("gone-9-2-op1", True),
        ("gone-op3", False),
    ]


def test_every_paragraph_of_both_editions_stands_in_a_comparison(accord: Path) -> None:
    library = build.load(accord)
    for pair in pairs(library):
        found = Comparison(pair)
        older = {row.older.provision.paragraph for row in (*found.rows, *found.gone) if row.older}
        newer = [row.newer.provision.paragraph for row in found.rows if row.newer]
        anchors = [row.anchor for row in (*found.rows, *found.gone, *found.passing)]

        assert older == {item.paragraph for item in pair.older.provisions if item.paragraph}
        assert newer == [item.paragraph for item in pair.newer.provisions if item.paragraph]
        assert len(set(anchors)) == len(anchors)


def ends(root: Path, *, long: int = 20) -> list[tuple[str, str]]:
    """The ids of every pair."""
    return [(pair.older.id, pair.newer.id) for pair in pairs(build.load(root), long=long)]


def test_every_two_editions_of_a_few_are_compared(accord: Path) -> None:
    assert ends(accord) == [
        ("1-2", "3-4"),
        ("3-4", "9-1"),
        ("1-2", "9-1"),
        ("9-1", "9-2"),
        ("3-4", "9-2"),
        ("1-2", "9-2"),
    ]


def test_of_many_editions_only_neighbours_and_the_first_with_the_last_are_compared(accord: Path) -> None:
    assert ends(accord, long=3) == [("1-2", "3-4"), ("3-4", "9-1"), ("9-1", "9-2"), ("1-2", "9-2")]


def test_nothing_is_compared_across_an_edition_whose_paragraphs_are_not_recorded(accord: Path) -> None:
    path = accord / "content/resolutions/9-1.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("provisions:")] + text[text.rindex("---\n") :], encoding="utf-8")

    assert ends(accord) == [("1-2", "3-4")]


def test_a_shortened_address_of_a_comparison_leads_to_the_edition_or_to_the_index(accord: Path) -> None:
    library = build.load(accord)
    made = {output.path: output.data.decode() for output in redirects(library)}

    assert 'content="0; url=../"' in made["resolutions/compare/index.html"]
    for edition in ("1-2", "3-4", "9-1", "9-2"):
        assert f'content="0; url=../../{edition}/"' in made[f"resolutions/compare/{edition}/index.html"]


def test_words_that_only_a_screen_reader_says_are_apart_from_those_before_them(accord: Path) -> None:
    first = ("Asks for lamps.", '"Asks for lamps at every pier of the harbour."')
    later = ("Asks for brighter lamps.", '"Asks for lamps, brighter than before, at every pier of the harbour."')
    change(accord / "content/resolutions/1-2.md", first)
    change(accord / "content/resolutions/3-4.md", later)
    library = build.load(accord)
    made = {output.path: output.data.decode() for output in outputs(library, compose(library))}

    assert 'lamps<ins><span class="unseen"> added: </span>, brighter' in made["resolutions/compare/1-2/3-4.md"]


def test_the_pages_say_what_became_of_a_paragraph(accord: Path) -> None:
    library = build.load(accord)
    made = {output.path: output.data.decode() for output in outputs(library, compose(library))}
    page = made["resolutions/compare/1-2/9-2.md"]

    assert (
        "moved from the preamble to the operative part · through the editions: [Lamps](../../../themes/lamps.md)"
    ) in page
    assert "the same paragraph also became [OP 3](#op3)" in page
    assert "## Came and went in between {#passing}" in page
    assert '<strong title="Accord 1/2 (this page)">●</strong>' in page
    assert page.count("(../3-4/9-1.md){: aria-label=") == 2, "in either order"
    assert (
        "next: [Accord 9/1, operative paragraph 1](9-1.md#op1) (narrowed), [Accord 9/1, operative paragraph 2](9-1.md#op2) (new)"
        in made["resolutions/3-4.md"]
    )
    assert (
        "From [preambular paragraph 1](../resolutions/9-1.md#pp1) of [Accord 9/1](../resolutions/9-1.md)"
        in made["themes/lamps.md"]
    )


def test_an_edition_that_is_silent_on_a_theme_is_shown_as_silent(accord: Path) -> None:
    library = build.load(accord)
    made = {output.path: output.data.decode() for output in outputs(library, compose(library))}

    assert made["themes/ropes.md"].count("No paragraph on this theme.") == 2


def test_a_theme_keeps_one_anchor_on_the_index_where_several_texts_speak_of_it(accord: Path) -> None:
    change(accord / "content/resolutions/9-2.md", ("series: lantern\nedition: 4\nreviews: 9-1\n", ""))
    text = (accord / "content/resolutions/9-2.md").read_text(encoding="utf-8")
    kept = "\n".join(line for line in text.split("\n") if "dropped" not in line).replace("unchanged", "new")
    for place in ("pp1", "op1", "op2"):
        kept = kept.replace(f", follows: {place}", "")
    (accord / "content/resolutions/9-2.md").write_text(kept.replace("strengthened", "new"), encoding="utf-8")
    library = build.load(accord)
    index = next(
        output.data.decode() for output in outputs(library, compose(library)) if output.path == "themes/index.md"
    )

    assert index.count('id="lamps"') == 1
    assert index.count("(lamps.md)") == 2
    assert "## Other resolutions {#others}" in index


def test_a_record_is_dated_by_the_field_that_its_type_has(harbour: Path) -> None:
    library = build.load(harbour)

    assert [str(record.when) for record in library.all(Resolution)] == [
        "2001-03-04",
        "2003-03-04",
    ]
    dated: list[Dated] = [*library.all(Agreement), *library.all(Operation)]
    assert all(record.when for record in dated)
    assert not issubclass(Goal, Dated)
