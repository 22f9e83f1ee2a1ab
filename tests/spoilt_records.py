"""Breaks single records of a dossier, each in several ways, and gathers what a check then says of files that are right."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from explainer import build
from explainer.docs import documents
from explainer.incremental.store import Store
from explainer.kinds import registry
from explainer.reading.document import Document
from explainer.records.record import Record
from tests.conftest import problems_of

WRONG = "[[1]]"
"""A value that no field may have."""


def remember(root: Path) -> Path:
    """Keep what is read of a sound dossier, so that a check after it reads only what was broken since."""
    store = Store(root)
    state = build.remembered(root, store)
    build.read(root, state.records.kinds, state.records)
    state.save(store, None)
    return root


def records(root: Path) -> Sequence[tuple[type[Record], Document]]:
    """The records of a sound dossier with their models."""
    reading, problems = documents.read(root, registry.load(root))

    assert problems == []
    return reading.documents


def spoilt(model: type[Record], document: Document, text: str) -> Iterator[tuple[str, str]]:
    """How a record is broken, and the text of its file then: a name misspelt and a wrong value beside it, each value wrong, an open quotation mark."""
    lines = text.split("\n")
    fields = {
        str(name): place for (name, *more), place in document.keys.items() if not more and name in model.model_fields
    }
    first = next(name for name in fields if name != "id" and model.model_fields[name].is_required())

    def instead(name: str, new: str) -> str:
        line, column = fields[name]
        row = lines[line - 1]
        return "\n".join(
            [*lines[: line - 1], row[: column - 1] + new + row[column - 1 + len(f"{name}:") :], *lines[line:]]
        )

    yield f"{first} misspelt", instead(first, f"{first}q: {WRONG}\n{' ' * (fields[first][1] - 1)}more:")
    for name, (_, column) in fields.items():
        if name != "id":
            yield f"a wrong {name}", instead(name, f"{name}: {WRONG}\n{' ' * (column - 1)}more:")
    line, column = document.place(("id",))
    row = lines[line - 1]
    opened = row[: column - 1] + '"' + row[column - 1 :].lstrip("'\"")
    yield "an open quotation mark", "\n".join([*lines[: line - 1], opened, *lines[line:]])


def misled(root: Path, files: Iterable[tuple[str, str]]) -> list[str]:
    """What a check says of other files where some have these texts; the files are mended afterwards."""
    every = list(files)
    before = {root / path: (root / path).read_bytes() for path, _ in every}
    try:
        for path, text in every:
            (root / path).write_text(text, encoding="utf-8")
        said = problems_of(root)
    finally:
        for place, raw in before.items():
            place.write_bytes(raw)

    assert [path for path, _ in every if not any(words.startswith(f"{path}:") for words in said)] == []
    return [words for words in said if not words.startswith(tuple(f"{path}:" for path, _ in every))]
