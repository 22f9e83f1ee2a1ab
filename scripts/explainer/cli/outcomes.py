"""What becomes of an exception that leaves a subcommand: a sentence on stderr and an exit status, in one place for all."""

import sys
from pathlib import Path

import click

from explainer.base import refusals
from explainer.base.problems import ContentError
from explainer.cli.interrupts import STOPPED
from explainer.cli.terminal import report_problems


def status_of(error: BaseException, root: Path) -> int:
    """Print what an exception says to people; returns the exit status. A developer's Python (-X dev) shows it as it is."""
    match error:
        case KeyboardInterrupt() | click.Abort():
            print("explainer: stopped; nothing is half-written.", file=sys.stderr)
            return STOPPED
        case click.ClickException():
            print(in_words(error), file=sys.stderr)
            return error.exit_code
        case ContentError():
            report_problems(root, error.problems)
        case _:
            _say(error, root)
    return 1


def _say(error: BaseException, root: Path) -> None:
    """Print the sentence about an exception that no code of the engine expected."""
    from explainer.kinds.own_kinds import failure

    if problem := failure(error):
        report_problems(root, [problem])
    elif isinstance(error, OSError):
        print(f"explainer: {refusals.in_words(error)}", file=sys.stderr)
    elif isinstance(error, MemoryError):
        print("explainer: the memory does not suffice; close other programs, or try --jobs 1", file=sys.stderr)
    elif sys.flags.dev_mode:
        raise error
    else:
        print(f"explainer: {_fault(error)}", file=sys.stderr)


def _fault(error: BaseException) -> str:
    """The sentence about a mistake of the engine itself, with the place in its code."""
    place, trace = "", error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__"))
        place = f" in {module}, line {trace.tb_lineno}" if module.startswith("explainer.") else place
        trace = trace.tb_next
    reason = " ".join(str(error).split())[:200]
    told = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    return (
        f"the program itself failed ({told}{place}); no file is half-written; run it again with PYTHONDEVMODE=1 in the "
        "environment to see where, and report that"
    )


def in_words(error: click.ClickException) -> str:
    """What is wrong with the command line, and where to look."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = f" Run `{context.command_path} --help` for what there is." if context else ""
    return f"explainer: {error.format_message()}{hint}"
