"""Write the skeleton of a new record into its file."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from explainer.base import refusals
from explainer.base.dataclass import dataclass
from explainer.base.problems import did_you_mean, listed
from explainer.cli.command import root_option
from explainer.cli.reference_commands import type_of
from explainer.docs import edits
from explainer.docs.documents import read, text_of
from explainer.editing import editor_schemas
from explainer.editing.scaffold import answers, asking, edition, guessing, placing, skeleton
from explainer.kinds import registry
from explainer.kinds.registry import Kinds
from explainer.kinds.source import Source
from explainer.reading.document import Place
from explainer.records.record import Record


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line says of a new record."""

    words: Sequence[str]
    settings: Sequence[str]
    file: str | None
    reviews: str | None
    bare: bool


def write(root: Path, kind: str, wishes: Wishes) -> int:
    """Write the skeleton of a record of a type, with what is known of it, and print what is left to do."""
    kinds = registry.load(root)
    model = type_of(kinds, kind)
    try:
        documents = read(root, kinds)[0].documents
        path, values = _written(root, kinds, model, wishes, documents)
    except placing.ScaffoldError as refused:
        raise click.ClickException(str(refused)) from refused
    except OSError as error:
        raise click.ClickException(f"nothing was written: {refusals.in_words(error)}") from error
    except EOFError as ended:
        print()
        raise click.ClickException("the answers ended before the last question; nothing was written") from ended
    left = [slot.words for slot in skeleton.slots(model) if slot.place not in values]
    print(f"Wrote {path}.")
    if left:
        print(f"Fill in what is still empty: {listed(left, limit=30)}.")
    if model.STORY:
        print("Write the story below the second ---, with [@source-id] after each statement.")
    print(f"Then run: explainer {root_option(root)}check {path}")
    return 0


def _written(
    root: Path, kinds: Kinds, model: type[Record], wishes: Wishes, documents: placing.Documents
) -> tuple[str, dict[Place, str]]:
    """Write the skeleton, and return its path and the values that it has."""
    old = edition.before(model, wishes.reviews, documents) if wishes.reviews else None
    given = _given(kinds, model, wishes.words, wishes.settings, documents)
    values = _values(kinds, model, {**(edition.values(old) if old else {}), **given}, documents)
    path = placing.path_of(model, values, documents, _list_for(model, values, documents, wishes.file))
    text = skeleton.skeleton(model, values, bare=wishes.bare)
    _put(root, path, model, edition.with_parts(text, model, old) if old else text)
    return path, values


def _given(
    kinds: Kinds, model: type[Record], words: Sequence[str], settings: Sequence[str], documents: placing.Documents
) -> dict[Place, str]:
    """The field values given on the command line."""
    values: dict[Place, str] = {}
    for word in words:
        if "://" in word and model is Source:
            placing.refuse_known(word, documents)
            values = guessing.from_address(word, documents) | values
        else:
            values["id",] = word
    for setting in settings:
        slot, value = _set(model, setting)
        if wrong := answers.refused(kinds, slot, value, documents):
            raise placing.ScaffoldError(f"{slot.words}: {wrong}")
        values[slot.place] = value
    if ("url",) in values:
        _hold(kinds, model, "url", values, documents)
    return values


def _set(model: type[Record], setting: str) -> tuple[skeleton.Slot, str]:
    """The field that `name=value` sets, and the value."""
    known = {slot.words: slot for slot in skeleton.slots(model)}
    name, equals, value = setting.partition("=")
    slot = known.get(name) or (skeleton.Slot((name,), model, name) if name in model.model_fields else None)
    if slot is None or not equals:
        raise placing.ScaffoldError(
            f"'{setting}' sets no field; expected name=value{did_you_mean(name, known)}; fields: {listed(known, limit=40)}"
        )
    return slot, value


def _hold(kinds: Kinds, model: type[Record], name: str, values: dict[Place, str], documents: placing.Documents) -> None:
    """Raise ScaffoldError if the value of a field is wrong."""
    if wrong := answers.refused(kinds, skeleton.Slot((name,), model, name), values[name,], documents):
        raise placing.ScaffoldError(wrong)


def _values(
    kinds: Kinds, model: type[Record], given: dict[Place, str], documents: placing.Documents
) -> dict[Place, str]:
    """The values of the record, its id among them: given, asked for on a terminal, or guessed."""
    values = given
    if ("id",) in values:
        placing.refuse_taken(model, values["id",], documents)
    if sys.stdin.isatty():
        values = asking.asked(kinds, model, values, documents)
    if ("id",) not in values and (guess := guessing.suggested(model, values, documents)):
        values["id",] = guess
    if ("id",) not in values:
        raise placing.ScaffoldError(f"no id; expected one; write `explainer new {model.KIND} ID`")
    _hold(kinds, model, "id", values, documents)
    placing.refuse_taken(model, values["id",], documents)
    return values


def _list_for(
    model: type[Record], values: dict[Place, str], documents: placing.Documents, chosen: str | None
) -> str | None:
    """The list that the record goes into, if somebody chose one: asked for where a terminal can answer."""
    files = [] if model.STORY or chosen else placing.files_of(model, values, documents)
    return asking.asked_file(files) if len(files) > 1 and sys.stdin.isatty() else chosen


def _put(root: Path, path: str, model: type[Record], text: str) -> None:
    """Write a skeleton into a new file, or into a list at the place of its id."""
    if model.STORY or not (root / path).exists():
        head = "" if model.STORY else editor_schemas.modeline(path, model)
        try:
            edits.write_new(root, path, f"{head}{text}".encode())
        except FileExistsError as error:
            raise placing.ScaffoldError(f"{path} is there already; expected a new file; choose another id") from error
        return
    old = text_of(root, path)
    if old is None:
        raise placing.ScaffoldError(f"{path} cannot be read; run `explainer check {path}` and mend it first")
    edits.overwrite(root, path, placing.inserted(path, old, text).encode())
