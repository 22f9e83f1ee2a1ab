"""What the real dossier once said wrongly stays corrected: statements over its records, each with what was wrong before."""

import re
from collections import Counter

import pytest

from explainer.kinds.country import Country
from explainer.kinds.event import Event
from explainer.kinds.explainer import Explainer
from explainer.kinds.measure import Measure
from explainer.kinds.organisation import Organisation
from explainer.kinds.source import Source, SourceKind
from explainer.library.library import Library
from explainer.library.totals import tallies, totals
from explainer.library.unresolved import unknown
from explainer.records.sourced import Certainty, Figure
from tests.conftest import PROJECT, own_library
from tests.kinds_of_dossier import Operation, Resolution

RESCUED, IDENTIFIED = "victims-rescued", "trafficking-victims-identified"
COUNTED_APART = {"flash-weka-2023": 823, "global-chain-2025": 1194, "liberterra-iii-2025": 4414}
"""Operations whose sources call people identified, protected or safeguarded, and not rescued."""


@pytest.fixture(scope="module")
def dossier() -> Library:
    """The records of the real dossier."""
    return own_library()


def figures(operation: Operation, measure: str) -> list[Figure]:
    """The figures of a measure."""
    return [figure for figure in operation.figures if figure.measure == measure]


def told(dossier: Library, ident: str) -> list[str]:
    """The lines of an explainer."""
    return (dossier.get(Explainer, ident).body or "").splitlines()


def first_named(dossier: Library, word: str) -> str:
    """The first edition of the series one of whose paragraphs names something."""
    series = sorted(
        (item for item in dossier.all(Resolution) if item.series == "un-interpol"), key=lambda item: item.edition or 0
    )
    return next(item.id for item in series if any(word in one.summary.lower() for one in item.provisions))


WRONG = {
    "membership in 2002, turned round": r"before that year’s admissions|[Bb]efore the admissions decided",
    "the day of the admissions, not read": r"when it became a member was not read",
    "no convictions at all": r"for none of the thirteen were convictions",
    "new in 2024, the lot of them": r"sport, artificial intelligence(,| and) biometrics",
    "the environment alone": r"environment is the exception",
    "cybercrime, new in 2020": r"(adds|added) the pandemic, cybercrime",
}


@pytest.mark.parametrize("pattern", WRONG.values(), ids=WRONG)
def test_no_record_repeats_what_was_wrong(pattern: str) -> None:
    paths = [path for ending in ("md", "yml") for path in sorted((PROJECT / "content").rglob(f"*.{ending}"))]

    assert [
        str(path.relative_to(PROJECT))
        for path in paths
        if re.search(pattern, " ".join(path.read_text(encoding="utf-8").split()))
    ] == []


@pytest.mark.parametrize("ident", COUNTED_APART)
def test_people_identified_or_safeguarded_are_not_counted_as_rescued(dossier: Library, ident: str) -> None:
    operation = dossier.get(Operation, ident)

    assert figures(operation, RESCUED) == []
    assert [figure.value for figure in figures(operation, IDENTIFIED)] == [COUNTED_APART[ident]]


def test_no_sum_of_people_rescued_holds_people_identified(dossier: Library) -> None:
    rows = [row for tally in tallies(dossier) if tally.tally.measure == RESCUED for row in tally.rows]
    sums = [total for total in totals(dossier) if total.sum.measure == RESCUED]
    added = {part.record.label for item in (*rows, *sums) for part in item.parts}

    assert added
    assert [ident for ident in COUNTED_APART if dossier.get(Operation, ident).label in added] == []
    assert not dossier.get(Measure, IDENTIFIED).adds_up


def test_operations_are_counted_for_every_organisation_that_a_role_or_the_partners_name(dossier: Library) -> None:
    rows = next(item for item in tallies(dossier) if item.tally.id == "operations-by-partner").rows
    named: Counter[str] = Counter()
    for operation in dossier.all(Operation):
        roles = (*operation.led, *operation.coordinated, *operation.supported, *operation.facilitated)
        named.update({role.organisation for role in roles} | set(operation.partners))
    del named["interpol"]  # it had a part in nearly all

    assert named["unodc"] > 9
    assert {row.group.ident: len(row.records) for row in rows if row.group} == named


def test_a_figure_of_people_rescued_says_so_where_its_note_says_identified_or_potential(dossier: Library) -> None:
    doubtful = re.compile(r"identified|safeguarded|protected", re.IGNORECASE)
    noted = [
        (operation.id, figure.note or "")
        for operation in dossier.all(Operation)
        for figure in figures(operation, RESCUED)
        if figure.certainty is Certainty.POTENTIAL or doubtful.search(figure.note or "")
    ]

    assert noted
    assert [ident for ident, note in noted if "rescued" not in note] == []


def test_interpol_had_181_members_with_those_admitted_on_21_october_2002(dossier: Library) -> None:
    members = [item for item in dossier.get(Organisation, "interpol").figures if str(item.date).startswith("2002")]
    assembly = dossier.get(Organisation, "interpol-general-assembly")
    event = dossier.get(Event, "yaounde-2002")
    notes = [
        item.note
        for code in ("AF", "TL")
        for item in dossier.get(Country, code).memberships
        if item.organisation == "interpol"
    ]

    assert [(int(item.value), str(item.date), "179" in (item.note or "")) for item in members] == [
        (181, "2002-10-21", True)
    ]
    assert str(event.date) == "2002-10-21"
    assert all("21 October 2002" in (note or "") for note in notes)
    assert [str(fact.date) for fact in assembly.facts if "181" in fact.says] == ["2002-10-21"]
    for cite in (event.cite, *(item.cite for item in members)):
        assert {item.source for item in cite} >= {"interpol-2002-admissions-fr", "logreglan-2002-members"}


def test_the_convictions_that_unodc_reports_after_kafo_are_told_and_cited(dossier: Library) -> None:
    lines = [line for line in told(dossier, "regional-weapons-operations") if "conviction of" in line]

    assert lines
    assert all("[@unodc-2024-kafo-iv]" in line for line in lines)
    for ident in ("kafo-2019", "kafo-ii-2020"):
        questions = [item.asks for item in dossier.get(Operation, ident).open_questions]
        asked = [item for item in questions if "convicted" in item]

        assert [item for item in asked if "[@unodc-2024-kafo-iv]" not in item] == []


def test_what_the_table_of_reviews_calls_new_was_not_named_before(dossier: Library) -> None:
    row = next(line for line in told(dossier, "resolution-71-19") if line.startswith("| 79/136 |"))

    assert (first_named(dossier, "biometric data"), first_named(dossier, "artificial intelligence")) == (
        "73-11",
        "77-20",
    )
    assert "biometrics" not in row
    assert [found.group() for found in re.finditer(r"\w+ \w+ artificial intelligence", row)] == [
        "on responsible artificial intelligence"
    ]
    for word in ("responsible artificial", "biometric hub", "labour exploitation", "aircop"):
        assert first_named(dossier, word) == "79-136"


def test_the_fields_that_no_review_gave_a_paragraph_are_named_together(dossier: Library) -> None:
    line = next(item for item in told(dossier, "what-each-review-changed") if "environment" in item)

    assert [word for word in ("Drug trafficking", "piracy", "counterfeit goods") if word not in line] == []


def test_every_open_question_says_when_and_where_an_answer_was_last_looked_for(dossier: Library) -> None:
    questions = [(item.record.ident, question) for item in unknown(dossier) for question in item.questions]

    assert len(questions) > 500
    assert [(ident, each.asks) for ident, each in questions if each.looked is None or each.where is None] == []


def test_no_adoption_of_a_resolution_rests_on_a_reference_work(dossier: Library) -> None:
    assert [
        (item.ident, citation.source)
        for item in dossier.all(Resolution)
        for citation in item.adopted.cite
        if dossier.get(Source, citation.source).kind is SourceKind.REFERENCE
    ] == []
