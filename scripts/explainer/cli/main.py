"""Entry point of the command `explainer`: its subcommands, dispatch and the exit status."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from explainer.base import heap
from explainer.cli import (
    archive_command,
    build_commands,
    check_command,
    editing_commands,
    history_commands,
    reference_commands,
    release_command,
    renaming_commands,
    streams,
)
from explainer.cli.command import Commands
from explainer.cli.interrupts import Interrupts
from explainer.cli.outcomes import status_of


@click.group(cls=Commands)
def explainer(root: str | None) -> None:
    """Turn typed, sourced records into a static site."""


for command in (
    check_command.check,
    build_commands.generate,
    build_commands.build,
    build_commands.join,
    build_commands.offline,
    build_commands.serve,
    release_command.release,
    editing_commands.new,
    editing_commands.format_files,
    renaming_commands.rename,
    renaming_commands.who_names,
    editing_commands.init,
    editing_commands.stale,
    editing_commands.links,
    archive_command.archive,
    history_commands.diff,
    history_commands.log,
    reference_commands.fields,
    reference_commands.words,
    reference_commands.schema,
    reference_commands.mcp,
):
    explainer.add_command(command)


def run() -> NoReturn:
    """Run `main`, then exit the process without a last search for unused memory, which would take a tenth of a run."""
    interrupts = Interrupts()
    try:
        interrupts.begin()
        streams.ready()
        heap.for_one_run()
        status = main()
    except SystemExit as leaving:  # raised where a shell asks for completions
        status = int(leaving.code or 0)
    except KeyboardInterrupt as pressed:
        status = status_of(pressed, Path())
    interrupts.over()
    gc.freeze()
    sys.exit(streams.finished(status))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit status: 0, 1 for a problem, 2 for a wrong command line, 130 on Ctrl-C."""
    try:
        status: int = explainer.main(arguments, "explainer", standalone_mode=False, windows_expand_args=False)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - there is a sentence for each
        return status_of(error, Path())
    return status
