"""Files of a dossier that a command writes: records in their layout, the starter dossier, schemas for editors' programs."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from explainer.base.problems import Problem
from explainer.cli.terminal import refused
from explainer.docs import content, edits
from explainer.docs.documents import model_of, read
from explainer.editing import editor_schemas, layout, starter_files
from explainer.kinds import registry
from explainer.reading import encoding


def lay_out(root: Path, wanted: frozenset[str], *, check: bool) -> int:
    """Format files, all or the wanted ones; with `check`, only list those that would change."""
    files, problems = content.content_files(root)
    changed: list[str] = []
    try:
        for path, after in _laid_out(root, files, wanted):
            if not isinstance(after, str):
                problems += after
                continue
            if not check:
                _overwrite(root, path, after)
            changed.append(path)
    finally:
        print("".join(f"{path}\n" for path in changed), end="")
    for problem in sorted(problems):
        print(f"{problem} (left as it is)", file=sys.stderr)
    if files:
        _say_how_many(len(changed), len(wanted) or len(files), left=bool(problems), check=check)
    return 1 if problems else 0


def _say_how_many(changed: int, of: int, *, left: bool, check: bool) -> None:
    done = f"{changed:,} of {of:,} files"
    if check and changed:
        raise click.ClickException(f"{done} are not laid out; run `explainer format`")
    print(f"{done} changed." if changed else f"Every {'other ' * left}file is laid out.")


def _overwrite(root: Path, path: str, text: str) -> None:
    try:
        edits.overwrite(root, path, text.encode())
    except OSError as error:
        raise click.ClickException(
            f"{path} cannot be written ({error.strerror}); expected a file that can be; "
            "check its permissions and the space on the disk, then run again"
        ) from error


def _laid_out(
    root: Path, files: list[content.File], wanted: frozenset[str]
) -> Iterator[tuple[str, str | list[Problem]]]:
    """Path and new text of each file of records that is not laid out, or the problems that prevent it."""
    kinds = registry.load(root)
    for file in files:
        model = model_of(file.path, kinds)
        if model is None or (wanted and file.path not in wanted):
            continue
        text = encoding.decode(file.path, encoding.plain(file.raw))
        after = layout.formatted(file.path, text, model) if isinstance(text, str) else text
        if not isinstance(after, str) or after.encode() != file.raw:
            yield file.path, after


def start(name: str) -> int:
    """Write the starter dossier into a new or empty folder."""
    folder = Path(os.path.realpath(name))  # unlike resolve(), it does not raise on a symlink loop
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"{folder} is not empty; expected a new or an empty folder; choose another")
    new = not folder.exists()
    try:
        for path, data in starter_files.files().items():
            edits.write_new(folder, path, data)
        kinds = registry.load(folder)
        edits.sync_folder(folder, editor_schemas.FOLDER, editor_schemas.files(kinds, read(folder, kinds)[0].documents))
    except BaseException:  # Ctrl-C as well: half a dossier would be in the way of the next try
        _take_back(folder, whole=new)
        raise
    print(f"An invented dossier is in {folder}; README.md there says how to make it yours.")
    print(f"Then run: explainer --root {name} build")
    return 0


def _take_back(folder: Path, *, whole: bool) -> None:
    """Delete the files of the starter dossier, and the folders that are empty then; `whole` counts the folder itself."""
    for path in starter_files.files():
        with contextlib.suppress(OSError):
            (folder / path).unlink()
    for schema in (folder / editor_schemas.FOLDER).glob("*.json"):
        schema.unlink()
    for base, _, _ in os.walk(folder, topdown=False):
        if whole or Path(base) != folder:
            with contextlib.suppress(OSError):
                Path(base).rmdir()


def write_schemas(root: Path) -> int:
    """Write the JSON Schemas for editors' programs."""
    kinds = registry.load(root)
    reading, problems = read(root, kinds)
    if problems:
        raise refused(len(problems))
    changed = edits.sync_folder(root, editor_schemas.FOLDER, editor_schemas.files(kinds, reading.documents))
    if (root / editor_schemas.SNIPPETS).parent.is_dir():
        edits.overwrite(root, editor_schemas.SNIPPETS, editor_schemas.snippets(kinds).encode())
    print(f"{len(changed):,} files changed in {editor_schemas.FOLDER}.")
    return 0
