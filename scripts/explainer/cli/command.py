"""What all subcommands share: how they are listed, --root and --jobs, and that no exception leaves them."""

import datetime as dt
import math
import os
import shlex
from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explainer.cli.outcomes import status_of

if TYPE_CHECKING:
    from explainer.base.shard import Shard


class WrongWordError(click.ClickException):
    """Raised for a word of the command line that only the dossier can tell to be wrong, such as a type of record."""

    exit_code = 2


def _show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it so
    """Print the help by `print`: click's own output would bypass the wrapped streams where they are not UTF-8."""
    if wanted and not context.resilient_parsing:
        print(context.get_help())
        context.exit()


def _shared() -> list[click.Parameter]:
    """The options of every command: before the subcommand's name and behind it they mean the same."""
    folder = click.Path(file_okay=False)
    root = "The dossier's folder, which holds content/ and docs/ (default: here)."
    return [
        click.Option(["--root"], metavar="DIR", type=folder, help=root),
        click.Option(
            ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help, help="Show this."
        ),
    ]


class Subcommand(click.Command):
    """A subcommand: its function gets the dossier's folder as `root` and returns the exit status."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Add the options that all have."""
        super().__init__(*given, **named | {"add_help_option": False})
        self.params += _shared()

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - the list wraps it, so nothing is cut
        """The first paragraph of the help."""
        return " ".join((self.help or "").partition("\n\n")[0].split())

    def invoke(self, ctx: click.Context) -> int:
        """Run the function; an error that reaches this place becomes a message and an exit status."""
        folder = ctx.params["root"] or ctx.find_root().params["root"] or "."
        try:
            ctx.params["root"] = _resolved(folder)
            status: int = super().invoke(ctx)
        except click.ClickException:
            raise
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - there is a sentence for each
            return status_of(error, Path(ctx.params["root"] or folder))
        return status


def root_option(root: Path) -> str:
    """What a command needs before its name to find the dossier from here: `--root DIR ` with its space, or nothing in its folder."""
    if Path(os.path.realpath(".")) == root:
        return ""
    return f"--root {shlex.quote(min(os.path.relpath(root), os.fspath(root), key=len))} "


def _resolved(folder: str) -> Path:
    """Resolve the dossier's folder; raises OSError, with its name, if the working directory is gone."""
    try:
        return Path(os.path.realpath(folder))
    except OSError as error:
        raise OSError(error.errno, error.strerror, folder) from error


class Commands(click.Group):
    """The command with its subcommands, listed in the order in which they were added."""

    command_class = Subcommand

    def __init__(self, *given: Any, **named: Any) -> None:
        """Add the options that all have."""
        super().__init__(*given, **named | {"add_help_option": False, "subcommand_metavar": "COMMAND [ARGS]..."})
        self.params += _shared()

    def _main_shell_completion(
        self, ctx_args: MutableMapping[str, Any], prog_name: str, complete_var: str | None = None
    ) -> None:
        """Answer a shell; one that is not known, or does not say what to complete, gets a message."""
        try:
            super()._main_shell_completion(ctx_args, prog_name, complete_var)
        except (KeyError, ValueError) as error:
            raise click.UsageError(
                "_EXPLAINER_COMPLETE is set, but not what to complete; expected a shell that asks; "
                "unset it to run a command"
            ) from error
        except SystemExit as leaving:
            if not leaving.code:
                raise
            raise click.UsageError(  # click itself says nothing then
                "_EXPLAINER_COMPLETE asks for what is not known; expected bash, zsh or fish, and source or complete, "
                "as in bash_source; correct it, or unset it to run a command"
            ) from leaving

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """The names of the subcommands."""
        return list(self.commands)


def processors() -> int:
    """Default number of worker processes: the number of processors, at most 4."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(there, 4)


jobs = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=processors,
    help="How many processes make pages (default: as many as there are processors, at most 4).",
)
"""The option that the commands which make pages have."""


COUNTED_BACK = dt.date(1000, 1, 1)
"""The earliest day from which a command counts back: what lies as far before it as options allow is a day as well."""


class Day(click.ParamType[dt.date]):
    """A date on the command line."""

    name = "date"

    def __init__(self, earliest: dt.date = dt.date.min) -> None:
        """Take no day before the earliest."""
        self.earliest = earliest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Parse it."""
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; expected one as in 2026-11-24.", param, ctx)
        if day < self.earliest:
            self.fail(
                f"{value} is too early to count back from; expected {self.earliest} or later, as in 2026-11-24.",
                param,
                ctx,
            )
        return day


class Seconds(click.FloatRange):
    """A number of seconds on the command line."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Parse it; a pause without an end would never be over, and nan is below no bound."""
        seconds: float = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(f"{value} is no number of seconds; expected one as in 5.", param, ctx)
        return seconds


class LanguageTag(click.ParamType[str]):
    """The tag of a language on the command line."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check that it is one, since files are named after it."""
        from explainer.base.values import language_tag

        try:
            return language_tag(value)
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)


class ShardNumber(click.ParamType["Shard"]):
    """Which of how many pieces of a site, on the command line."""

    name = "shard"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Shard":
        """Parse it."""
        from explainer.base.shard import Shard

        try:
            return Shard.parse(value)
        except ValueError:
            self.fail(
                f"{value!r} is no share of a site; expected its number and how many there are, as in 3/8.", param, ctx
            )
