"""The formatter: the same records before and after, every comment kept, the second run changes nothing."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer import build
from explainer.docs import documents as docs_documents
from explainer.editing import layout
from explainer.editing.scaffold import skeleton
from explainer.kinds.measure import Measure
from explainer.kinds.source import Source
from explainer.reading import front_matter
from explainer.reading.document import Document
from explainer.records.introspect import in_order
from explainer.records.record import Record
from tests.conftest import Run, change, tree, whole_harbour
from tests.kinds_of_dossier import KINDS, Operation

DOCUMENTS = docs_documents.read(whole_harbour(), KINDS)[0].documents
LONG = (
    "Words: that “run” on — and # on, until the line is longer than anybody's screen, with [@a][@b, p. 3] and *marks*; "
    * 2
)


class Scribe:
    """Writes a record down in one of the many ways in which YAML lets people do it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.comments = 0

    def comment(self, indent: int) -> Iterator[str]:
        """Perhaps a comment, perhaps a blank line."""
        if self.chance.random() < 0.25:
            self.comments += 1
            yield " " * self.chance.choice([0, indent]) + f"# comment {self.comments}: {{a}} - b"
        if self.chance.random() < 0.1:
            yield ""

    def scalar(self, text: str, *, flow: bool = False) -> str:
        """A text, plain or in quotes."""
        if self.chance.random() < 0.2 and text.isprintable():
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return skeleton.scalar(text, flow=flow)

    def flow(self, value: Any) -> str:
        """A value on one line."""
        if isinstance(value, dict):
            pairs = list(value.items())
            self.chance.shuffle(pairs)
            return "{" + ", ".join(f"{key}: {self.flow(item)}" for key, item in pairs) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value, flow=True)

    def fields(self, data: dict[str, Any], indent: int) -> Iterator[str]:
        """Fields in any order, with comments between them."""
        pairs = list(data.items())
        self.chance.shuffle(pairs)
        for number, (name, value) in enumerate(pairs):
            if number:
                yield from self.comment(indent)
            yield from self.field(name, value, indent)

    def field(self, name: str, value: Any, indent: int) -> Iterator[str]:
        """One field: on a line, in a block, or as a text over several lines."""
        start = " " * indent
        if isinstance(value, dict | list) and value and self.chance.random() < 0.7:
            yield f"{start}{name}:"
            if isinstance(value, dict):
                yield from self.fields(value, indent + 2)
            else:
                yield from self.entries(value, indent + 2)
        elif isinstance(value, str) and "  " not in value and self.chance.random() < 0.2:
            yield f"{start}{name}: >-"
            yield f"{start}  {value}"
            if self.chance.random() < 0.3:
                yield ""
        else:
            written = self.flow(value) if isinstance(value, dict | list) else self.scalar(value)
            yield f"{start}{name}: {written}{self.chance.choice(['', '', '  # after it'])}"

    def entries(self, values: list[Any], indent: int) -> Iterator[str]:
        """The entries of a list."""
        for value in values:
            yield from self.comment(indent)
            if isinstance(value, dict):
                first, *rest = self.fields(value, indent + 2)
                yield f"{' ' * indent}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{' ' * indent}- {self.scalar(value)}"


def written(model: type[Record], data: dict[str, Any], scribe: Scribe) -> str:
    """A file with one record."""
    if model.STORY:
        return "\n".join(["---", *scribe.fields(data, 0), "---", "A story.  ", "# with a heading", ""])
    return "\n".join([*scribe.entries([data], 0), ""])


def read(model: type[Record], text: str) -> list[Any]:
    """What stands in a file."""
    found = front_matter.split_story("x", text) if model.STORY else front_matter.split_list("x", text)
    documents = [found] if isinstance(found, Document) else found
    return [(item.data, item.body) if isinstance(item, Document) else item for item in documents]


def comments(text: str) -> list[str]:
    """Every comment that the scribe wrote."""
    return sorted(re.findall(r"# (?:comment \d+|after it)", text))


@given(st.sampled_from(DOCUMENTS), st.integers(0, 10**9))
def test_a_file_says_the_same_and_keeps_its_comments(entry: tuple[type[Record], Document], seed: int) -> None:
    model, document = entry
    data = dict(document.data) | ({"note": LONG.strip()} if "note" in model.model_fields else {})
    text = written(model, data, Scribe(seed))
    made = layout.formatted("x", text, model)

    assert isinstance(made, str), made
    assert read(model, text) == read(model, made)
    assert comments(text) == comments(made)
    assert layout.formatted("x", made, model) == made
    assert text.split("\n---\n")[1:] == made.split("\n---\n")[1:]


@given(st.sampled_from(DOCUMENTS), st.integers(0, 10**9))
def test_fields_stand_in_the_order_of_the_model(entry: tuple[type[Record], Document], seed: int) -> None:
    model, document = entry
    made = layout.formatted("x", written(model, dict(document.data), Scribe(seed)), model)
    assert isinstance(made, str)
    found = [name for data, _ in read(model, made) for name in data]

    assert found == [name for name in in_order(model) if name in found]


def test_an_operation_is_laid_out_so() -> None:
    text = """---
summary: They looked.
# when
dates: {cite: [log], start: 2001}  # the log
name: Beacon
id: beacon
figures:
  # the first
  - cite:
      - log
    # nearly
    value: 40
    measure: boats
  - {value: 2, measure: lamps, cite: [log]}
note: The line of this note is so long that nobody wants to read it in one go, and so it is wrapped where a screen ends, here.
---
The story.
"""
    assert (
        layout.formatted("x.md", text, Operation)
        == """---
id: beacon
name: Beacon
# when
dates: {start: 2001, cite: [log]}  # the log
figures:
  # the first
  - measure: boats
    # nearly
    value: 40
    cite:
      - log
  - {measure: lamps, value: 2, cite: [log]}
note: The line of this note is so long that nobody wants to read it in one go, and so it is wrapped where a screen ends,
  here.
summary: They looked.
---
The story.
"""
    )


def test_the_dash_stays_first_and_the_comment_of_a_field_goes_above_it() -> None:
    text = "- unit: boats\n  # what is counted\n  id: boats\n  name: boats found\n"

    assert layout.formatted("x.yml", text, Measure) == (
        "# what is counted\n- id: boats\n  name: boats found\n  unit: boats\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, name: A,\n   unit: x}\n",
        "- id: a\n  name: |+\n    A\n\n  unit: x\n",
        "- id: a\n  name: 'long " + "word " * 40 + "\n\n    and a blank line'\n  unit: x\n",
        "- id: a\n  unknown: 1\n  also: 2\n",
        '- id: a\n  name: "' + "word " * 40 + '\\\n    end"\n',
    ],
)
def test_what_cannot_be_moved_safely_is_left(text: str) -> None:
    made = layout.formatted("x.yml", text, Measure)

    assert isinstance(made, str)
    assert read(Measure, made) == read(Measure, text)
    assert layout.formatted("x.yml", made, Measure) == made


def test_an_address_is_never_broken() -> None:
    text = f"- id: a\n  url: https://a.example/{'b' * 200}\n"

    assert layout.formatted("x.yml", text, Source) == text


def test_check_changes_nothing_and_names_what_would_change(harbour: Path, run: Run) -> None:
    before = tree(harbour)
    checked = run("--root", harbour, "format", "--check")

    assert checked.status == 1
    assert "content/operations/beacon-2001.md\n" in checked.out
    assert tree(harbour) == before


def test_format_changes_the_layout_and_no_page(harbour: Path, run: Run) -> None:
    build.generate(harbour)
    ran = run("--root", harbour, "format")
    _, plan = build.generate(harbour)

    assert (ran.status, ran.err) == (0, "")
    assert (plan.write, plan.remove) == ((), ())
    assert run("--root", harbour, "format", "--check").status == 0


def test_format_gives_files_of_windows_the_ends_of_lines_of_the_others(harbour: Path, run: Run) -> None:
    run("--root", harbour, "format")
    before = tree(harbour / "content")
    files = [harbour / "content" / name for name in ("site.yml", "terms/all.yml", "people/ada-quay.md")]
    for file in files:
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    refused, checked = run("--root", harbour, "check"), run("--root", harbour, "format", "--check")
    ran = run("--root", harbour, "format")

    assert (refused.status, checked.status, ran.status, ran.err) == (1, 1, 0, "")
    assert sorted(ran.out.splitlines()[:3]) == sorted(file.relative_to(harbour).as_posix() for file in files)
    assert tree(harbour / "content") == before


def test_one_file_can_be_laid_out(harbour: Path, run: Run) -> None:
    ran = run("--root", harbour, "format", "content/operations/beacon-2001.md")

    assert ran.out == "content/operations/beacon-2001.md\n1 of 1 files changed.\n"


def test_a_file_that_cannot_be_read_is_left_and_named(harbour: Path, run: Run) -> None:
    path = harbour / "content/operations/beacon-2001.md"
    change(path, ("partners: [lamp-office]", "partners: [lamp-office"))
    before = path.read_bytes()
    ran = run("--root", harbour, "format", "content/operations/beacon-2001.md")

    assert (ran.status, path.read_bytes()) == (1, before)
    assert "(left as it is)" in ran.err
    assert ran.out == "Every other file is laid out.\n"


def test_without_a_file_nothing_is_said_to_be_laid_out(tmp_path: Path, run: Run) -> None:
    ran = run("--root", tmp_path, "format")

    assert (ran.status, ran.out) == (1, "")
    assert "content/ is missing" in ran.err
