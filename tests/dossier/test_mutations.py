"""Two hundred mistakes, made in real records: each is told with the right file, a line at most two away, and no page."""

import functools
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from explainer import build
from explainer.base.problems import ContentError, Problem
from explainer.docs import documents, write
from explainer.reading.document import Document
from explainer.records.introspect import part
from explainer.records.record import Record
from tests.conftest import PROJECT, copied
from tests.kinds_of_dossier import KINDS
from tests.spoilt_records import remember

NUMBER = 208
FAR = 2
"""How many lines away from a mistake its problem may stand."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one mistake in it."""

    kind: str
    path: str
    line: int
    """The line of the mistake; where something was taken away, that of its place."""
    raw: bytes


Mutation = Callable[[random.Random, type[Record], Document, list[str]], tuple[int, bytes] | None]
"""Draws a mistake in a record: its line, and the bytes of the file; None where the record has no place for it."""


def joined(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def required(model: type[Record], document: Document, lines: list[str]) -> list[tuple[str, int]]:
    """The needed fields of a record that take one line, and their lines, counted from 0."""
    found = []
    for name, info in model.model_fields.items():
        line = document.keys.get((name,), (0, 0))[0] - 1
        if info.is_required() and name != "id" and line >= 0 and re.match(rf"\s*{name}: \S.*$", lines[line]):
            after = lines[line + 1] if line + 1 < len(lines) else ""
            indent = len(lines[line]) - len(lines[line].lstrip())
            if not after.startswith(" " * (indent + 1)):
                found.append((name, line))
    return found


def drop(chance: random.Random, model: type[Record], document: Document, lines: list[str]) -> tuple[int, bytes] | None:
    """A needed field is gone."""
    there = required(model, document, lines)
    if not there:
        return None
    _, line = chance.choice(there)
    return line + 1, joined(lines[:line] + lines[line + 1 :])


def rename(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A field has a letter too many."""
    place, (line, column) = chance.choice([item for item in document.keys.items() if "names" not in item[0]])
    name = str(place[-1])
    row = lines[line - 1]
    at = column - 1
    if not row[at:].startswith(f"{name}:"):
        return None
    wrong = name[:-1] + "xq" + name[-1]
    return line, joined([*lines[: line - 1], row[:at] + wrong + row[at + len(name) :], *lines[line:]])


def retype(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A text stands where a list or fields should, or a list where a text should."""
    there = required(model, document, lines)
    if not there:
        return None
    name, line = chance.choice(there)
    found = part(model.model_fields[name].annotation)
    wrong = "a plain text" if found.many or found.inner else "[one, two]"
    start = lines[line].split(":")[0]
    return line + 1, joined([*lines[:line], f"{start}: {wrong}", *lines[line + 1 :]])


def misindent(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A field stands one space too far to the right."""
    there = [
        line
        for name, line in required(model, document, lines)
        if lines[line][: document.keys[name,][1] - 1].strip() == ""
    ]
    if not there:
        return None
    line = chance.choice(there)
    return line + 1, joined([*lines[:line], " " + lines[line], *lines[line + 1 :]])


def unbalance(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A bracket or a quote is not closed."""
    end = document.body_line - 1 if model.STORY else len(lines)
    first = document.line - 1
    there = [
        line
        for line in range(first, min(end, first + 40, len(lines)))
        if re.search(r": (\[[^\[\]]*\]|\"[^\"]*\")$", lines[line])
    ]
    if not there:
        return None
    line = chance.choice(there)
    return line + 1, joined([*lines[:line], lines[line][:-1], *lines[line + 1 :]])


def truncate(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """The file ends within its front matter, or in the middle of the needed fields of an entry."""
    if model.STORY:
        last = chance.randrange(2, document.body_line - 2)
        return 1, joined(lines[:last])
    there = required(model, document, lines)
    if len(there) < 2:
        return None
    line = max(line for _, line in there)
    return line, joined([*lines[:line], ""])


def recode(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A line is in another encoding, or ends as on another system."""
    line = chance.randrange(document.line - 1, min(len(lines) - 1, document.line + 8))
    if chance.random() < 0.3:
        return line + 1, joined(lines[:line]) + b"\n" * bool(line) + lines[line].encode() + b"\r\n" + joined(
            lines[line + 1 :]
        )
    wrong = (lines[line] + " Zürich").encode("latin-1", "replace")
    return line + 1, joined(lines[:line]) + b"\n" * bool(line) + wrong + b"\n" + joined(lines[line + 1 :])


def dangle(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A citation names no source."""
    there = [line for line in range(document.line - 1, min(len(lines), document.line + 60)) if "cite: [" in lines[line]]
    if not there:
        return None
    line = chance.choice(there)
    return line + 1, joined(
        [*lines[:line], lines[line].replace("cite: [", "cite: [no-such-source-", 1), *lines[line + 1 :]]
    )


def before(lines: list[str], line: int, *more: str) -> bytes:
    """The file with lines put before one of it, counted from 0."""
    return joined([*lines[:line], *more, *lines[line:]])


def repeat(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A field stands there twice."""
    there = required(model, document, lines)
    if not there:
        return None
    _, line = chance.choice(there)
    if lines[line].startswith("- "):
        return None
    return line + 1, before(lines, line, lines[line])


def conflict(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A merge left two versions of a line, in the fields or in the story."""
    line = chance.randrange(document.line - 1, min(len(lines), document.line + 40))
    there = ["<<<<<<< HEAD", lines[line], "=======", lines[line], ">>>>>>> theirs"]
    return line + 1, joined([*lines[:line], *there, *lines[line + 1 :]])


def tab(chance: random.Random, model: type[Record], document: Document, lines: list[str]) -> tuple[int, bytes] | None:
    """A tab, or a space that is none, stands before a field."""
    there = [line for _, line in required(model, document, lines) if not lines[line].startswith("- ")]
    if not there:
        return None
    line = chance.choice(there)
    return line + 1, joined([*lines[:line], chance.choice("\t\u00a0") + lines[line].lstrip(), *lines[line + 1 :]])


def stray(chance: random.Random, model: type[Record], document: Document, lines: list[str]) -> tuple[int, bytes] | None:
    """Words, or what another program writes, stand before everything else."""
    return 1, before(lines, 0, chance.choice(["Please see below", "<!doctype html>", "```yaml", "+++", "{"]))


def special(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A value begins with a character that means something else to YAML."""
    there = [(name, line) for name, line in required(model, document, lines) if not lines[line].startswith("- ")]
    if not there:
        return None
    name, line = chance.choice(there)
    start = lines[line].split(name + ":")[0]
    wrong = (
        chance.choice(["*", "&", "!", "%", "@", "`", "? ", "- ", "| ", "> ", '"a" ', "[a] ", "{a} "]) + "words: more"
    )
    return line + 1, joined([*lines[:line], f"{start}{name}: {wrong}", *lines[line + 1 :]])


def misdate(
    chance: random.Random, model: type[Record], document: Document, lines: list[str]
) -> tuple[int, bytes] | None:
    """A date or a number is written in another way than ours."""
    end = document.body_line - 1 if model.STORY else min(len(lines), document.line + 20)
    dates = re.compile(r"^(\s*(?:- )?(?:date|start|end|published|value|year|number): )'?(\d[\d.-]*)'?$")
    there = [(line, found) for line in range(document.line - 1, end) if (found := dates.match(lines[line]))]
    if not there:
        return None
    line, found = chance.choice(there)
    wrong = chance.choice(
        ["6 May 2017", "06/05/2017", "2017-31-12", "00{}", "{},0", "~{}", "{}!", "{} or so", "yes", "0x1F", "1e3"]
    )
    return line + 1, joined([*lines[:line], found[1] + wrong.format(found[2]), *lines[line + 1 :]])


def shout(chance: random.Random, model: type[Record], document: Document, lines: list[str]) -> tuple[int, bytes] | None:
    """An id, in capital letters as people write names."""
    line, column = document.place(("id",))
    start, ident = lines[line - 1][: column - 1], lines[line - 1][column - 1 :].strip("'\"")
    wrong = ident.lower() if ident.isupper() else ident.upper()
    if wrong == ident:
        return None
    return line, joined([*lines[: line - 1], start + wrong, *lines[line:]])


MUTATIONS: tuple[Mutation, ...] = (
    drop,
    rename,
    retype,
    misindent,
    unbalance,
    truncate,
    recode,
    dangle,
    repeat,
    conflict,
    tab,
    stray,
    special,
    misdate,
    shout,
)


def drawn() -> Iterator[Mutant]:
    """Mistakes of all kinds in records of all types, always the same for the same content."""
    found = documents.read(PROJECT, KINDS)[0].documents
    texts = {document.path: (PROJECT / document.path).read_text(encoding="utf-8").split("\n") for _, document in found}
    kinds = sorted({model.KIND for model, _ in found})
    by_kind = {kind: [pair for pair in found if kind == pair[0].KIND] for kind in kinds}
    made = seed = 0
    while made < NUMBER:
        chance = random.Random(seed)
        mutation = MUTATIONS[seed % len(MUTATIONS)]
        model, document = chance.choice(by_kind[kinds[(seed // len(MUTATIONS)) % len(kinds)]])
        seed += 1
        mistake = mutation(chance, model, document, list(texts[document.path]))
        if mistake:
            made += 1
            yield Mutant(mutation.__name__, document.path, *mistake)


@functools.cache
def mutants() -> tuple[Mutant, ...]:
    """All of them, drawn once a process."""
    return tuple(drawn())


def batches() -> Iterator[list[Mutant]]:
    """Mistakes that are made at the same time: one a file, and what only linking finds apart from the rest."""
    for late in (False, True):
        waiting = [mutant for mutant in mutants() if (mutant.kind == dangle.__name__) is late]
        while waiting:
            batch = list({mutant.path: mutant for mutant in reversed(waiting)}.values())
            yield batch
            waiting = [mutant for mutant in waiting if mutant not in batch]


def told(root: Path, batch: list[Mutant]) -> list[Problem]:
    """What `generate` says of a dossier with these mistakes."""
    for mutant in batch:
        (root / mutant.path).write_bytes(mutant.raw)
    try:
        with pytest.raises(ContentError) as stopped:
            build.generate(root)
        return stopped.value.problems
    finally:
        for mutant in batch:
            shutil.copyfile(PROJECT / mutant.path, root / mutant.path)


def test_there_are_many_of_every_kind_in_sound_records() -> None:
    assert len({(mutant.path, mutant.raw) for mutant in mutants()}) == NUMBER
    assert {mutant.kind for mutant in mutants()} == {mutation.__name__ for mutation in MUTATIONS}
    assert documents.read(PROJECT, KINDS)[1] == []


def test_every_mistake_is_told_where_it_is_and_no_page_is_written(tmp_path: Path) -> None:
    remember(copied(PROJECT, tmp_path))
    missed: dict[str, list[str]] = {}
    for batch in batches():
        problems = told(tmp_path, batch)
        for mutant in batch:
            mine = [problem for problem in problems if problem.path == mutant.path]
            if not any(abs(problem.line - mutant.line) <= FAR for problem in mine):
                missed[f"{mutant.kind} {mutant.path}:{mutant.line}"] = [str(problem) for problem in mine]

    assert missed == {}
    assert not (tmp_path / write.DOCS).exists()
