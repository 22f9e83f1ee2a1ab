"""Style sheets as a site gets them: without what only their authors read."""

from pathlib import Path

import pytest

from explainer.publish.style_sheets import packed

ASSETS = Path(__file__).resolve().parents[2] / "scripts/theme/assets"


def test_comments_and_indentation_go_and_strings_stay() -> None:
    sheet = '/* a\n b */\na {\n  color: red; /* c */\n}\n\nb::after {\n  content: "/* d */";\n}\n'

    assert packed(sheet) == 'a {\ncolor: red; \n}\nb::after {\ncontent: "/* d */";\n}\n'.replace("; \n", ";\n")


@pytest.mark.parametrize("path", sorted(ASSETS.glob("*.css")), ids=lambda path: path.name)
def test_no_rule_of_a_sheet_is_lost(path: Path) -> None:
    sheet = path.read_text(encoding="utf-8")

    assert packed(sheet).count("}") == sheet.count("}")
    assert "/*" not in packed(sheet)
