"""Style sheets as a site gets them: without what only their authors read."""

from pathlib import Path

import pytest

from explainer.publish.style_sheets import needed, packed, reach

ASSETS = Path(__file__).resolve().parents[2] / "scripts/theme/assets"


def test_comments_and_indentation_go_and_strings_stay() -> None:
    sheet = '/* a\n b */\na {\n  color: red; /* c */\n}\n\nb::after {\n  content: "/* d */";\n}\n'

    assert packed(sheet) == 'a {\ncolor: red; \n}\nb::after {\ncontent: "/* d */";\n}\n'.replace("; \n", ";\n")


@pytest.mark.parametrize("path", sorted(ASSETS.glob("*.css")), ids=lambda path: path.name)
def test_no_rule_of_a_sheet_is_lost(path: Path) -> None:
    sheet = path.read_text(encoding="utf-8")

    assert packed(sheet).count("}") == sheet.count("}")
    assert "/*" not in packed(sheet)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<p class="other mark">', True),
        ("<p class='mark'>", True),
        ('<p class="marks">', False),
        ("<p>mark</p>", False),
        ('<ul class="legend"><li>', False),  # the rule asks for a class within it as well
        ('<ul class="legend"><li class="b">', True),
    ],
)
def test_a_page_needs_a_sheet_if_it_has_all_classes_of_a_rule(content: str, expected: bool) -> None:
    sheet = "@media print { .md-typeset .mark:is(.a, .b) > [x='.c'] { color: red; } }\n.legend .b,\n.z { top: 0; }\n"

    assert needed(content, {"a.css": reach(sheet)}) == (["a.css"] if expected else [])


def test_a_rule_without_a_class_of_its_own_is_for_every_page() -> None:
    assert needed("", {"a.css": reach(".md-typeset td { top: 0; }")}) == ["a.css"]


@pytest.mark.parametrize("name", ["figures.css", "review.css"])
def test_a_sheet_that_not_every_page_has_has_no_rule_for_every_page(name: str) -> None:
    assert needed("", {name: reach((ASSETS / name).read_text(encoding="utf-8"))}) == []
