"""What the parts of organisations in an operation show: each role with its source, and nobody named twice."""

from pathlib import Path

from tests.conftest import Run, change

PATH = "content/operations/beacon-2001.md"
PAGE = "docs/operations/beacon-2001.md"


def test_each_role_is_told_with_its_source(harbour: Path, run: Run) -> None:
    change(
        harbour / PATH,
        (
            "led: [{organisation: union, cite: [log-2001]}]",
            "coordinated: [{organisation: union, cite: [log-2001]}]\nfacilitated: [{organisation: guild, cite: [gazette-2003]}]",
        ),
    )
    ran = run("--root", harbour, "generate")
    page = (harbour / PAGE).read_text(encoding="utf-8")

    assert ran.status == 0
    assert "Coordinated by\n:   [Union of Harbours](../organisations/union.md)<sup" in page
    assert "Facilitated by\n:   [" in page
    assert "Led by" not in page


def test_a_partner_with_a_role_of_its_own_is_not_named_twice(harbour: Path, run: Run) -> None:
    change(harbour / PATH, ("partners: ", "supported: [{organisation: lamp-office, cite: [log-2001]}]\npartners: "))
    run("--root", harbour, "generate")
    page = (harbour / PAGE).read_text(encoding="utf-8")
    facts = page[page.index("Led by") : page.index("Goals")]

    assert "Supported by\n:   [Lamp Office]" in facts
    assert facts.count("Lamp Office]") == 1
    assert "\nPartners\n" not in facts


def test_an_organisation_that_both_led_and_coordinated_counts_once_among_those_who_worked_together(
    harbour: Path, run: Run
) -> None:
    change(harbour / PATH, ("partners: ", "coordinated: [{organisation: union, cite: [log-2001]}]\npartners: "))
    run("--root", harbour, "generate")
    index = (harbour / "docs/operations/index.md").read_text(encoding="utf-8")
    row = next(line for line in index.splitlines() if "beacon-2001.md)" in line and line.startswith("|"))

    assert row.count("organisations/union.md") <= 1
    assert row.count("UH") == 1 or row.count("Union of Harbours") == 1
