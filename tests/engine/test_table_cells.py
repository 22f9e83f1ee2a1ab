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


def made(text: str) -> str:
    """A page as HTML."""
    return markdown.markdown(text, extensions=EXTENSIONS)


def cells(text: str) -> list[str]:
    """The opening marks of the cells of a page, without what is said to ears only."""
    found = re.findall(r"<t[hd]\b[^>]*>", made(text))
    return [re.sub(r' (?:role|scope)="[^"]*"', "", each) for each in found]


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("Year", "Year"),
        ("*Year* of `it`", "Year of it"),
        ("Until  4\u202f727\u00a0t", "Until 4\u202f727\u00a0t"),
        ("[Year](x.md)", "Year"),
        ("a &amp; b &lt;c&gt;", "a &amp; b &lt;c&gt;"),
        ('Year <abbr title="x">of</abbr> it', "Year of it"),
        (r"5 \* 5", "5 * 5"),
        ('"it\'s"', "&quot;it's&quot;"),
        ('Year<sup class="cite">[<a href="#s">1</a>]</sup>', "Year"),
    ],
)
def test_cells_of_a_stacked_table_carry_the_text_of_their_heading(head: str, label: str) -> None:
    table = (
        f'<div class="wide stack" markdown>\n<div markdown>\n\n| | {head} |\n|---|---|\n| 1 | 2 |\n\n</div>\n</div>\n'
    )

    assert cells(table) == ["<td>", "<th>", "<th>", f'<td data-label="{label}">']


def test_cells_outside_a_stack_have_no_label() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"

    assert cells(f'<div class="stacks" markdown>\n\n{table}\n</div>\n\n{table}') == ["<th>", "<th>", "<th>", "<td>"] * 2


def test_alignment_becomes_a_class_beside_what_a_cell_has_already() -> None:
    table = "| a | b {: .x } | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n"

    assert cells(f'<div class="stack" markdown>\n\n{table}\n</div>') == [
        '<th class="align-left">',
        '<th class="x align-center">',
        '<th class="align-right">',
        '<th class="align-left">',
        '<td class="align-center" data-label="b">',
        '<td class="align-right" data-label="c">',
    ]


def test_a_table_says_what_it_is_and_what_each_cell_is_whatever_its_layout() -> None:
    table = made("| a | |\n|---|---|\n| 1 | 2 |\n")

    assert re.findall(r"<(?!/|caption)[^>]+>", table) == [
        '<div class="md-typeset__scrollwrap">',
        '<div class="md-typeset__table">',
        '<table role="table">',
        '<thead role="rowgroup">',
        '<tr role="row">',
        '<th role="columnheader" scope="col">',
        '<td role="cell">',
        '<tbody role="rowgroup">',
        '<tr role="row">',
        '<th role="rowheader" scope="row">',
        '<td role="cell">',
    ]


@pytest.mark.parametrize(
    ("first", "heads"),
    [
        (("1", "2"), 2),
        (("1", "1"), 0),
        (("1", ""), 0),
        (('1<sup class="cite">[<a href="#s">2</a>]</sup>', "1"), 0),
    ],
)
def test_first_cells_are_heads_where_each_names_its_row(first: tuple[str, str], heads: int) -> None:
    rows = "".join(f"| {cell} | x |\n" for cell in first)

    assert made(f"| a | b |\n|---|---|\n{rows}").count('scope="row"') == heads


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ((("71", "1", "new", ""), ("71", "2", "new", "x"), ("73", "1", "new", "")), [2, 2, 2]),
        (
            (("71", "1", "new", ""), ("71", "2", "new", ""), ("71", "", "dropped", ""), ("71", "", "dropped", "")),
            [2, 2, 1, 1],
        ),
        ((("71", "1", "a", "x"), ("71", "1", "b", "x")), [3, 3]),
        ((("71", "1", "a", "1"), ("71", "1", "a", "2")), [0, 0]),  # it takes every cell, and numbers are no names
        ((("71", "", "7", "x"), ("71", "", "8", "x")), [0, 0]),
        ((("", "1", "7", "x"), ("", "2", "8", "x")), [0, 0]),
    ],
)
def test_as_many_first_cells_are_heads_as_name_a_row(rows: tuple[tuple[str, ...], ...], heads: list[int]) -> None:
    text = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    table = made(f"| a | b | c | d |\n|---|---|---|---|\n{text}").partition("<tbody")[2]

    assert [row.count('scope="row"') for row in table.split("<tr ")[1:]] == heads


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (("Africa|2017|Trigger", "Africa|2017|Kafo", "Asia|2018|Maya"), ["Trigger", "Kafo", "Maya"]),
        (("True|17 visits", "True|The five", "False|The two"), ["17 visits", "The five", "The two"]),
        (("UN|Chief|Ada|1|2", "UN|Chief|Ada|3|4", "UN|Chief|Bo|5|6", "UN|Envoy|Cy|1|9"), ["Ada", "Ada", "Bo", "Cy"]),
        (
            ("--a|does this", "--b|does that", "--c|does it", *(f"--{n}|does {n}" for n in range(9)), "--a|does more"),
            ["--a"],
        ),
        (("a|x",) * 4 + ("a|y",) * 4, None),  # most rows are not told apart
        (("1|" + 70 * "x", "1|" + 70 * "y"), None),  # what is long describes
    ],
)
def test_where_the_first_cells_do_not_name_a_row_the_column_of_words_does_that_tells_rows_apart(
    rows: tuple[str, ...], named: list[str] | None
) -> None:
    head = "|".join("abcde"[: rows[0].count("|") + 1])
    rule = "|".join("-" for _ in head.split("|"))
    table = made("\n".join(f"|{row}|" for row in (head, rule, *rows)))
    found = re.findall(r'<th [^>]*scope="row"[^>]*>([^<]*)</th>', table)

    assert (found[:1] if named == ["--a"] else found or None) == named


def test_a_head_that_does_not_open_its_row_has_a_label_on_a_phone() -> None:
    table = "| a | b | c |\n|---|---|---|\n| 1 | 2 | x |\n| 1 | 3 | x |\n"

    assert cells(f'<div class="stack" markdown>\n\n{table}\n</div>')[3:6] == [
        "<th>",
        '<th data-label="b">',
        '<td data-label="c">',
    ]


def test_a_table_with_a_class_has_its_own_layout_and_no_boxes_around_it() -> None:
    table = '<table class="matrix" markdown><tbody markdown><tr markdown><td markdown>1</td></tr></tbody></table>'

    assert "scrollwrap" not in made(f'<div markdown="block">\n\n{table}\n\n</div>')


def captions(text: str) -> list[str]:
    """The captions of the tables of a page."""
    return re.findall(r"<caption[^>]*>(.*?)</caption>", made(text))


def test_a_table_has_the_name_of_its_heading_and_a_second_one_its_columns_as_well() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"

    assert captions(table) == ["a, b"]
    assert captions(f"# All\n\n## Of *it* &amp; more\n\n{table}\n\nThen:\n\n{table}") == [
        "Of it &amp; more",
        "Of it &amp; more (a, b)",
    ]


def test_the_table_of_a_figure_has_the_title_of_the_figure() -> None:
    figure = (
        "# All\n\n<figure markdown>\n<figcaption markdown>\n\n**Most in May**\n\nNearly half.\n\n</figcaption>\n\n"
        "<details markdown>\n<summary>Data</summary>\n\n| a |\n|---|\n| 1 |\n\n</details>\n</figure>"
    )

    assert captions(figure) == ["Most in May"]


def test_a_stock_build_labels_and_aligns_cells_too(generated: Path, tmp_path: Path) -> None:
    root = shutil.copytree(generated, tmp_path / "stock")
    shutil.copytree(PROJECT / "scripts", root / "scripts", dirs_exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    page = '# Tides\n\n<div class="stack" markdown>\n\n| When | How high |\n|---|--:|\n| noon | 2 m |\n\n</div>\n'
    (root / "docs" / "tides.md").write_text(page, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=root, env=environment(), check=True, capture_output=True)

    assert '<td class="align-right" data-label="How high" role="cell">' in (root / "site/tides/index.html").read_text(
        "utf-8"
    )
