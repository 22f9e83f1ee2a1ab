"""A text that cites some of its sources itself is followed by the others alone."""

import re
from pathlib import Path

import pytest

from explainer import build
from tests.conftest import change

CLAIMS = "content/claims/all.yml"


def cited(root: Path, finding: str, cite: str) -> list[str]:
    """The sources that the page of claims cites for a finding, as those hear them who do not see their numbers."""
    for file in (root / "content/claims").glob("*.yml"):
        change(
            file,
            ("finding: Nearly 40 and 9 make about 49.", f'finding: "{finding}"'),
            ("cite: [log-2001, gazette-2003]", f"cite: {cite}"),
        )
    build.generate(root)
    (line,) = re.findall(
        r"^\*\*Consistent.*$", (root / "docs/claims/index.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    return re.findall(r'aria-label="Source \d+: ([^"]*)"', line)


@pytest.mark.parametrize(
    ("finding", "cite", "expected"),
    [
        ("About 49.", "[log-2001, gazette-2003]", ["Harbour Office", "Gazette"]),
        ("Nearly 40.[@log-2001] About 49.", "[log-2001, gazette-2003]", ["Harbour Office", "Gazette"]),
        ("Nearly 40.[@log-2001][@gazette-2003]", "[log-2001, gazette-2003]", ["Harbour Office", "Gazette"]),
        ("Nearly 40.[@log-2001, p. 3] About 49.", "[{source: log-2001, at: p. 3}]", ["Harbour Office, p. 3"]),
        (
            "Nearly 40.[@log-2001, p. 3] About 49.",
            "[{source: log-2001, at: p. 4}]",
            ["Harbour Office, p. 3", "Harbour Office, p. 4"],
        ),
        ("Nearly 40.[@log-2001, p. 3] About 49.", "[log-2001]", ["Harbour Office, p. 3"]),
    ],
)
def test_a_source_that_a_mark_in_a_text_cites_is_cited_once(
    harbour: Path, finding: str, cite: str, expected: list[str]
) -> None:
    assert cited(harbour, finding, cite) == expected
