"""Addresses of the real dossier that have been given out are there for ever."""

from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.ids import ids_twice

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.slow

FIXED = (
    *(f"resolutions/{number}/" for number in ("71-19", "73-11", "75-10", "77-20", "79-136", "51-1")),
    *(f"operations/{name}/" for name in ("epervier-2017", "libertad-2018", "sawiyan-2018", "trigger-iv-2018")),
    *(f"goals/{number}/" for number in range(1, 8)),
    "organisations/interpol/",
    "claims/",
    "sources/",
    "glossary/",
    "timeline/",
    "countries/",
)
"""Addresses that other sites may hold links to."""


@pytest.mark.parametrize("path", FIXED)
def test_an_address_that_others_may_have_noted_is_there(path: str, served: str) -> None:
    with urlopen(f"{served}/{path}") as answer:
        assert (200, f"{served}/{path}") == (answer.status, answer.url)


def test_no_page_has_an_id_twice(site: Path) -> None:
    found = {
        path.relative_to(site).as_posix(): twice
        for path in site.rglob("*.html")
        if (twice := ids_twice(path.read_text(encoding="utf-8")))
    }

    assert found == {}
