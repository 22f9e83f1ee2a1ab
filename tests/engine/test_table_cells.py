"""Cells of tables: labels for phones, and classes instead of styles, on Markdown as pages have it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import markdown
import pytest

from explainer.publish import table_cells
from tests.conftest import PROJECT
from tests.served import environment

EXTENSIONS = ["attr_list", "md_in_html", "tables", table_cells.NAME]


def cells(text: str) -> list[str]:
    """The opening marks of the cells of a page."""
    return re.findall(r"<t[hd]\b[^>]*>", markdown.markdown(text, extensions=EXTENSIONS))


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("Year", "Year"),
        ("*Year* of `it`", "Year of it"),
        ("[Year](x.md)", "Year"),
        ("a &amp; b &lt;c&gt;", "a &amp; b &lt;c&gt;"),
        ('Year <abbr title="x">of</abbr> it', "Year of it"),
        (r"5 \* 5", "5 * 5"),
        ('"it\'s"', "&quot;it's&quot;"),
    ],
)
def test_cells_of_a_stacked_table_carry_the_text_of_their_heading(head: str, label: str) -> None:
    table = (
        f'<div class="wide stack" markdown>\n<div markdown>\n\n| {head} | |\n|---|---|\n| 1 | 2 |\n\n</div>\n</div>\n'
    )

    assert cells(table) == ["<th>", "<th>", f'<td data-label="{label}">', "<td>"]


def test_cells_outside_a_stack_have_no_label() -> None:
    table = "| a |\n|---|\n| 1 |\n"

    assert cells(f'<div class="stacks" markdown>\n\n{table}\n</div>\n\n{table}') == ["<th>", "<td>"] * 2


def test_alignment_becomes_a_class_beside_what_a_cell_has_already() -> None:
    table = "| a | b {: .x } | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n"

    assert cells(f'<div class="stack" markdown>\n\n{table}\n</div>') == [
        '<th class="align-left">',
        '<th class="x align-center">',
        '<th class="align-right">',
        '<td class="align-left" data-label="a">',
        '<td class="align-center" data-label="b">',
        '<td class="align-right" data-label="c">',
    ]


def test_a_stock_build_labels_and_aligns_cells_too(generated: Path, tmp_path: Path) -> None:
    root = shutil.copytree(generated, tmp_path / "stock")
    shutil.copytree(PROJECT / "scripts", root / "scripts", dirs_exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    page = '# Tides\n\n<div class="stack" markdown>\n\n| When | How high |\n|---|--:|\n| noon | 2 m |\n\n</div>\n'
    (root / "docs" / "tides.md").write_text(page, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=root, env=environment(), check=True, capture_output=True)

    assert '<td class="align-right" data-label="How high">' in (root / "site/tides/index.html").read_text("utf-8")
