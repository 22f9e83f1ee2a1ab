"""Tables show what there is: no rows, no table; nothing in a column, no column; and a kind names its own columns."""

import re
from pathlib import Path

import pytest

from explainer import build
from tests.conftest import change


def _page(root: Path, section: str) -> str:
    build.generate(root)
    return (root / "docs" / section / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("memberships", [False, True])
def test_countries_are_filtered_by_memberships_only_where_one_is_recorded(harbour: Path, *, memberships: bool) -> None:
    file = harbour / "content/countries/all.yml"
    if not memberships:
        file.write_text(re.sub(r"  memberships: .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    page = _page(harbour, "countries")

    assert f'data-filters="{"1" if memberships else ""}"' in page
    assert ("Union of Harbours: member" in page) is memberships


def test_a_kind_names_the_column_of_its_dates(harbour: Path) -> None:
    change(harbour / "scripts/kinds/resolution/words.en.yml", ("  adopted: Adopted", "  adopted: Signed"))
    page = _page(harbour, "resolutions")
    assert "| Signed |" in page
    assert "| Adopted |" not in page
