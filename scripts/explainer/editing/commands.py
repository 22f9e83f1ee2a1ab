"""The subcommands that help editors: each takes its options and the dossier's folder, talks, and returns the exit status."""

import argparse
import sys
from pathlib import Path

from explainer import build, disk, frontmatter
from explainer.editing import layout, new, schemas, start
from explainer.frontmatter import Place
from explainer.problems import did_you_mean, listed
from explainer.records import BY_FOLDER, BY_KIND, Source
from explainer.records.record import Record


def new_record(options: argparse.Namespace, root: Path) -> int:
    """`explainer new`: write the skeleton of a record where none is."""
    model = BY_KIND.get(options.type) or BY_FOLDER.get(options.type)
    if model is None:
        hint = did_you_mean(options.type, BY_KIND)
        return _no(f"'{options.type}' is not a type of record{hint}; types: {listed(BY_KIND, limit=40)}", 2)
    try:
        path, values = _written(model, options, root)
    except new.Refused as refused:
        return _no(str(refused))
    except OSError as error:
        return _no(f"nothing was written: {error.strerror or error}")
    except EOFError:
        print()
        return _no("the answers ended before the last question; nothing was written")
    left = [slot.words for slot in new.slots(model) if slot.place not in values]
    print(f"Wrote {path}.")
    if left:
        print(f"Fill in what is still empty: {listed(left, limit=30)}.")
    if model.STORY:
        print("Write the story below the second ---, with [@source-id] after each statement.")
    print(f"Then run: explainer check {path}")
    return 0


def _written(model: type[Record], options: argparse.Namespace, root: Path) -> tuple[str, dict[Place, str]]:
    reading, _ = build.read(root)
    values = _given(model, options, reading.documents)
    if sys.stdin.isatty():
        values = new.asked(model, values, reading.documents, input, print)
    if ("id",) not in values and (guess := new.suggested(model, values, reading.documents)):
        values["id",] = guess
    if ("id",) not in values:
        raise new.Refused(f"no id; expected one; write `explainer new {model.KIND} ID`")
    slot = new.Slot(("id",), model, "id")
    if wrong := new.refused(slot, values["id",], reading.documents):
        raise new.Refused(wrong)
    new.refuse_taken(model, values["id",], reading.documents)
    path = new.path_of(model, values, reading.documents, options.file)
    text = new.skeleton(model, values, bare=options.bare)
    there = root / path
    if model.STORY or not there.exists():
        try:
            disk.create(root, path, text.encode())
        except FileExistsError as error:
            raise new.Refused(f"{path} is there already; expected a new file; choose another id") from error
    else:
        old = build.text_of(root, path)
        if old is None:
            raise new.Refused(f"{path} cannot be read; run `explainer check {path}` and mend it first")
        disk.rewrite(root, path, new.inserted(path, old, text).encode())
    return path, values


def _given(model: type[Record], options: argparse.Namespace, documents: new.Documents) -> dict[Place, str]:
    """What the command line says of the record."""
    values: dict[Place, str] = {}
    for word in options.words:
        if "://" in word and model is Source:
            values = new.from_address(word, documents) | values
        else:
            values["id",] = word
    known = {slot.words: slot for slot in new.slots(model)}
    for setting in options.set or ():
        name, equals, value = setting.partition("=")
        slot = known.get(name) or (new.Slot((name,), model, name) if name in model.model_fields else None)
        if slot is None or not equals:
            raise new.Refused(
                f"'{setting}' sets no field; expected name=value{did_you_mean(name, known)}; fields: {listed(known, limit=40)}"
            )
        if wrong := new.refused(slot, value, documents):
            raise new.Refused(f"{name}: {wrong}")
        values[slot.place] = value
    if ("url",) in values and (wrong := new.refused(new.Slot(("url",), model, "url"), values["url",], documents)):
        raise new.Refused(wrong)
    return values


def format_files(options: argparse.Namespace, root: Path) -> int:
    """`explainer format`: lay files out, or say which are not."""
    found, problems = disk.content(root)
    wanted = frozenset(options.wanted)
    changed: list[str] = []
    for file in found:
        model = build.model_of(file.path)
        if model is None or (wanted and file.path not in wanted):
            continue
        text = frontmatter.decode(file.path, file.raw)
        after = layout.formatted(file.path, text, model) if isinstance(text, str) else text
        if isinstance(after, list):
            problems += after
        elif after != text:
            changed.append(file.path)
            if not options.check:
                disk.rewrite(root, file.path, after.encode())
    print("".join(f"{path}\n" for path in changed), end="")
    for problem in sorted(problems):
        print(f"{problem} (left as it is)", file=sys.stderr)
    done = f"{len(changed):,} of {len(wanted) or len(found):,} files"
    if options.check and changed:
        return _no(f"{done} are not laid out; run `explainer format`")
    print(f"{done} changed." if changed else "Every file is laid out.")
    return 1 if problems else 0


def write_schemas(options: argparse.Namespace, root: Path) -> int:
    """`explainer schema --write`: the JSON Schemas for editors' programs."""
    reading, problems = build.read(root)
    if problems:
        return _no(f"{len(problems)} problems; run `explainer check` and mend them first")
    changed = disk.keep(root, schemas.FOLDER, schemas.files(reading.documents))
    print(f"{len(changed):,} files changed in {schemas.FOLDER}.")
    return 0


def init(options: argparse.Namespace, root: Path) -> int:
    """`explainer init`: an invented dossier in an empty or new folder."""
    folder = Path(options.folder).resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return _no(f"{folder} is not empty; expected a new or an empty folder; choose another")
    try:
        for path, data in start.files().items():
            disk.create(folder, path, data)
    except OSError as error:
        return _no(f"{error.filename or folder} cannot be written: {error.strerror}")
    print(f"An invented dossier is in {folder}; README.md there says how to make it yours.")
    print(f"Then run: explainer --root {options.folder} build")
    return 0


def _no(message: str, status: int = 1) -> int:
    print(f"explainer: {message}", file=sys.stderr)
    return status
