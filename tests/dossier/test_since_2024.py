"""What happened up to November 2026 and once was missing from the real dossier is in it, with the values of its sources."""

import pytest

from explainer.kinds.explainer import Explainer
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person
from explainer.kinds.source import Source
from explainer.kinds.term import Term
from explainer.library.library import Library
from tests.conftest import own_library
from tests.kinds_of_dossier import Agreement, Operation

ADDED = {
    "synergia-iii-2026": {
        "arrests": 94,
        "malicious-ip-addresses-taken-down": 45000,
        "devices-seized": 212,
        "countries-taking-part": 72,
    },
    "ramz-2026": {
        "arrests": 201,
        "suspects-identified": 382,
        "victims-identified": 3867,
        "servers-seized": 53,
        "countries-taking-part": 13,
    },
    "secure-2025": {
        "arrests": 32,
        "malicious-ip-addresses-taken-down": 20000,
        "servers-seized": 41,
        "countries-taking-part": 26,
    },
    "fugitives-2025": {"arrests": 85, "countries-taking-part": 17},
    "east-africa-2024": {"arrests": 37, "countries-taking-part": 8},
    "simba-iii-2021": {"checks": 4600000, "wanted-persons-detected": 7},
}
"""Operations that were missing, and the figures that their sources give."""


@pytest.fixture(scope="module")
def dossier() -> Library:
    """The records of the real dossier."""
    return own_library()


@pytest.mark.parametrize("ident", ADDED)
def test_an_operation_that_was_missing_has_the_figures_of_its_sources(dossier: Library, ident: str) -> None:
    operation = dossier.get(Operation, ident)

    assert {figure.measure: int(figure.value) for figure in operation.figures} == ADDED[ident]
    assert all(figure.cite for figure in operation.figures)


@pytest.mark.parametrize("ident", ["ramz-2026", "fugitives-2025", "east-africa-2024"])
def test_as_many_countries_are_named_as_are_counted(dossier: Library, ident: str) -> None:
    operation = dossier.get(Operation, ident)

    assert len(operation.countries) == ADDED[ident]["countries-taking-part"]


def test_operations_of_interpol_alone_rest_on_its_own_words_where_these_were_read(dossier: Library) -> None:
    for ident in ("fugitives-2025", "east-africa-2024", "simba-iii-2021"):
        first = dossier.get(Operation, ident).figures[0]

        assert next(dossier.get(Source, item.source).kind for item in first.cite) == "official", ident


def test_the_head_of_unodc_appointed_in_2026_is_named_and_nobody_asks_who_it_is(dossier: Library) -> None:
    roles = dossier.get(Person, "monica-juma").roles
    asked = [
        question.asks
        for record in (dossier.get(Person, "john-brandolino"), dossier.get(Organisation, "unodc"))
        for question in record.open_questions
    ]

    assert [role.organisation for role in roles if role.organisation] == ["unodc"]
    assert [question for question in asked if "Who " in question] == []
    assert [question for question in asked if "Monica Juma" in question]


def test_the_second_term_of_the_secretary_general_ends_with_2026(dossier: Library) -> None:
    (role,) = dossier.get(Person, "antonio-guterres").roles

    assert (str(role.start), str(role.end)) == ("2017-01-01", "2026-12-31")


def test_the_session_in_marrakech_is_told_by_interpol_with_scam_centres_and_the_next_host(dossier: Library) -> None:
    assembly = dossier.get(Organisation, "interpol-general-assembly")
    cited = {item.source for fact in assembly.facts for item in fact.cite}
    told = " ".join(fact.says for fact in assembly.facts)

    assert {"interpol-2025-ga93-outcome", "interpol-2025-scam-centres"} <= cited
    assert "scam centres" in told
    assert "Hong Kong is to host the 94th session" in told


def test_the_convention_against_cybercrime_is_a_record_with_its_number_and_its_signatures(dossier: Library) -> None:
    convention = dossier.get(Agreement, "un-cybercrime-convention-2024")
    told = " ".join(fact.says for fact in convention.facts)

    assert [part for part in ("79/243", "74 States", "ninetieth day") if part not in told] == []


@pytest.mark.parametrize(
    ("ident", "said"),
    [
        ("ccf", ("296", "2,586", "2,411")),
        ("ndtf", ("1,270", "2,462")),
        ("interpol-notices", ("58,000", "10,776", "15,548")),
    ],
)
def test_the_safeguards_of_red_notices_have_records_with_numbers(
    dossier: Library, ident: str, said: tuple[str, ...]
) -> None:
    told = " ".join(fact.says for fact in dossier.get(Organisation, ident).facts)

    assert [number for number in said if number not in told] == []


def test_the_explainer_on_red_notices_tells_what_holds_them_in_check(dossier: Library) -> None:
    body = dossier.get(Explainer, "red-notice-machinery").body or ""
    part = body.partition("## What holds it in check")[2].partition("## Who asks")[0]
    terms = {
        dossier.get(Term, ident).id for ident in ("article-2", "neutrality-rule", "rules-on-the-processing-of-data")
    }

    assert [ident for ident in terms if f"glossary/index.md#{ident}" not in part] == []
    assert [ident for ident in ("ccf", "ndtf") if f"organisations/{ident}.md" not in part] == []
    assert [number for number in ("58,000", "15,548", "2,462", "2,411") if number not in part] == []
