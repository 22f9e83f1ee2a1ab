"""Output for people: progress on a terminal or a pipe, and the report of problems."""

import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from explainer.base.problems import Problem, errors
from explainer.base.progress import Progress

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar as Bar


def report_problems(root: Path, problems: Sequence[Problem], *, wrote: bool = False) -> None:
    """Print problems on stderr: with the source line and a caret on a terminal, as plain lines elsewhere."""
    from explainer.cli import report

    if sys.stderr.isatty():
        from explainer.docs import content

        width = shutil.get_terminal_size().columns
        colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        files = {path: content.lines(root, path) for path in sorted({problem.path for problem in problems})}
        told = report.as_excerpts(problems, files, report.Terminal(width, colour))
        click.echo(
            told, file=sys.stderr, nl=False, color=colour
        )  # on Windows it puts colours as the console wants them
    else:
        print(report.as_lines(problems), file=sys.stderr, end="")
    print(total(problems, wrote=wrote), file=sys.stderr)


def total(problems: Sequence[Problem], *, wrote: bool = False) -> str:
    """Summary of problems: how many errors and remarks in how many files, and whether errors let anything be written."""
    files = counted(len({problem.path for problem in problems}), "file")
    stopped = len(errors(problems))
    remarks = counted(len(problems) - stopped, "remark")
    if not stopped and problems:
        return f"{remarks} in {files}."
    every = counted(stopped, "problem") + (f" and {remarks}" if stopped < len(problems) else "")
    so_far = "the pages written so far are whole, run again for the rest" if wrote else "nothing was written"
    return f"{every} in {files}; {so_far}."


def counted(number: int, word: str) -> str:
    """A number with the noun that it counts, in the singular for one."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def refused(problems: int) -> click.ClickException:
    """What a command says that needs a dossier without problems."""
    return click.ClickException(f"{counted(problems, 'problem')}; run `explainer check` and mend what it names first")


class Lines(Progress):
    """Progress as one line per stage, for a pipe; as a context manager it leaves the terminal as it was."""

    def __enter__(self) -> Self:
        """Start; nothing is shown before the first stage."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear what is shown, also if the run ends early."""

    def say(self, words: str) -> None:
        """Print a message on stderr, separate from the output of the command."""
        print(f"explainer: {words}.", file=sys.stderr, flush=True)

    def finished(self) -> None:
        """Print the stage and how long it took."""
        pages = f", {counted(self.done, 'page')}" if self.total else ""
        print(f"{self.stage}: {self.seconds[self.stage]:.2f} s{pages}", flush=True)


class Quiet(Lines):
    """Progress that prints messages but no stages."""

    def finished(self) -> None:
        """Print nothing."""


class ProgressBar(Lines):
    """Progress as click's bar on a terminal: the stage, how much of it is done, and pages per second."""

    OFTEN = 0.1
    """Minimum seconds between two redraws."""

    def __init__(self) -> None:
        """Start without a bar on the screen."""
        super().__init__()
        self._shown = 0.0
        self._bar: Bar[int] | None = None

    def __exit__(self, *_: object) -> None:
        """Erase the bar of a run that ends early."""
        self._wipe()

    def say(self, words: str) -> None:
        """Print a message above the bar."""
        self._wipe()
        super().say(words)

    def show(self) -> None:
        """Redraw the bar, unless it was drawn a moment ago."""
        now = time.perf_counter()
        if self._bar is None or not self.done:
            self._bar = self._begun()
            self._bar.render_progress()
        elif now - self._shown < self.OFTEN:
            return
        else:
            self._bar.update(self.done - self._bar.pos)
        self._shown = now

    def _begun(self) -> "Bar[int]":
        """A bar for the stage; for one that does not go page by page, only its name."""
        return click.progressbar(
            length=self.total,
            label=f"{self.stage:<8}",
            bar_template="%(label)s [%(bar)s] %(info)s" if self.total else "%(label)s",
            width=24,
            fill_char="#",
            empty_char=".",
            show_eta=False,
            show_percent=False,
            item_show_func=self._pages,
            file=sys.stderr,
        )

    def _pages(self, _: object) -> str:
        rate = self.done / max(time.perf_counter() - self._since, 0.001)
        return f"{self.done:,} of {self.total:,} pages, {rate:,.0f} a second"

    def finished(self) -> None:
        """Erase the bar."""
        self._wipe()

    def _wipe(self) -> None:
        """Erase the bar, and show the cursor, which click hides beside it."""
        if self._bar is not None:
            print("\r\x1b[K\x1b[?25h", end="", file=sys.stderr, flush=True)


def progress_on(*, talks: bool) -> Lines:
    """The progress display: none unless the command talks to people, then a bar on a terminal and lines elsewhere."""
    if not talks:
        return Quiet()
    return ProgressBar() if sys.stderr.isatty() else Lines()


def say_unkept(progress: Progress) -> None:
    """Print a warning if the finished run could not write its cache for the next one."""
    from explainer.incremental import cache_folder

    if told := cache_folder.unkept(progress):
        progress.say(told)


def peak() -> float:
    """Peak memory of this process or of its largest child process, in MB; 0 if the system does not report it."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(max(resource.getrusage(each).ru_maxrss for each in who) * unit / 1e6, 1)
