"""The subcommands that find where a record is named, and give it another id."""

import functools
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.base import files
from explainer.cli.command import Subcommand

if TYPE_CHECKING:
    from explainer.editing.renaming import Renaming
    from explainer.editing.uses import Lines, Use
    from explainer.library.directory import Directory
    from explainer.library.library import Library
    from explainer.records.record import Record


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


@click.command("who-names", cls=Subcommand)
@click.argument("name", metavar="FOLDER/ID")
def who_names(*, root: Path, name: str) -> int:
    """List each file and line that names a record.

    FOLDER/ID is a record, as in people/name.
    """
    _, _, uses = _found(root, name)
    for use in uses:
        print(f"{use.path}:{use.line}:{use.column}: {use.within}")
    files = len({use.path for use in uses})
    print(f"{name} is named in {files:,} {'file' if files == 1 else 'files'}, {_times(len(uses))}.")
    return 0


@click.command(cls=Subcommand)
@click.argument("name", metavar="FOLDER/ID")
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="Change nothing; show what would change.")
def rename(*, root: Path, name: str, new: str, dry_run: bool) -> int:
    """Give a record another id: its file, its fields, and all that names it.

    FOLDER/ID is a record, as in people/name, and NEW its new id. A story keeps its old address.
    """
    from explainer.editing import renaming

    library, record, uses = _found(root, name)
    try:
        plan = renaming.renaming(
            library, record, new.removeprefix("content/").removeprefix(f"{record.FOLDER}/"), uses, _lines_in(root)
        )
    except renaming.RenamingError as refused:
        raise click.ClickException(str(refused)) from refused
    _refuse_problems(root, plan)
    for use in plan.uses:
        print(f"{use.path}:{use.line}:{use.column}: {use.within}")
    if plan.moved:
        print(f"{plan.moved[0]} -> {plan.moved[1]}")
    if not dry_run:
        _write(root, plan)
    print(f"{len(plan.texts):,} files {'would change' if dry_run else 'changed'}.")
    return 0


def _lines_in(root: Path) -> "Lines":
    return functools.cache(lambda path: (root / path).read_bytes().decode("utf-8").split("\n"))


def _directory(library: "Library") -> "Directory":
    from explainer.library.directory import Directory

    return Directory(library.kinds, {key: entry.record for key, entry in library.entries.items()})


def _found(root: Path, name: str) -> "tuple[Library, Record, Sequence[Use]]":
    """The library, the record of a name, and every place that names it."""
    from explainer import build
    from explainer.docs import write
    from explainer.editing import uses

    library = build.load(root)
    folder, _, ident = name.strip("/").removeprefix("content/").removesuffix(".md").partition("/")
    model = library.kinds.by_folder.get(folder)
    entry = library.entries.get((model.KIND, ident)) if model else None
    if entry is None:
        raise click.ClickException(_directory(library).dangling(name, None))
    return library, entry.record, uses.of(library, entry.record, _lines_in(root), write.hand_written(root))


def _refuse_problems(root: Path, plan: "Renaming") -> None:
    """Make the change in a copy, and stop if a check finds a problem there."""
    from explainer import build
    from explainer.docs import write

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(root / "content", copy / "content")
        if (root / "scripts" / "kinds").is_dir():
            shutil.copytree(root / "scripts" / "kinds", copy / "scripts" / "kinds")
        for page in write.hand_written(root):
            (copy / "docs" / page).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / "docs" / page, copy / "docs" / page)
        _write(copy, plan)
        build.load(copy)


def moved(path: Path, target: Path) -> None:
    """Give a file another name."""
    files.patiently(path.rename, target)


def _write(root: Path, plan: "Renaming") -> None:
    """Write all files, or none: what was written is put back where one cannot be, or where Ctrl-C comes between."""
    from explainer.docs import edits

    if plan.moved and (root / plan.moved[1]).exists():
        raise click.ClickException(f"{plan.moved[1]} is there already; expected a new file; choose another id")
    before = {path: (root / path).read_bytes() for path in plan.texts}
    try:
        for path, text in plan.texts.items():
            edits.overwrite(root, path, text.encode())
        if plan.moved:
            moved(root / plan.moved[0], root / plan.moved[1])
    except BaseException:
        if plan.moved and not (root / plan.moved[0]).exists():
            moved(root / plan.moved[1], root / plan.moved[0])
        for path, raw in before.items():
            edits.overwrite(root, path, raw)
        raise
