"""The subcommand that has copies of sources kept by a web archive."""

import contextlib
import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from explainer.cli.command import Day, Seconds, Subcommand, WrongWordError
from explainer.editing.manners import Manners

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explainer.editing.archiving import Wanted
    from explainer.editing.web_archive import WebArchive
    from explainer.library.library import Library

PAUSE = 5.0
"""Seconds between two requests: an archive takes a dozen pages a minute from one account."""


class _Service(click.ParamType[str]):
    """The address of a service, to which keys go: in the clear to this machine only."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check it."""
        from explainer.base.web_address import web_address

        try:
            parts = urlsplit(web_address(value))
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)
        if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
            self.fail(
                f"{value!r} is not safe from listeners; expected an address that begins with https://.", param, ctx
            )
        return str(value)


@click.command(cls=Subcommand)
@click.option(
    "--only", "only", metavar="ID", multiple=True, help="Ask for this source only; may be given several times."
)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Ask for at most so many sources.")
@click.option("--dry-run", is_flag=True, help="Ask nothing and change nothing; list what would be asked for.")
@click.option("--today", metavar="DATE", type=Day(), help="The day of the question (default: today).")
@click.option(
    "--archive", "address", metavar="URL", type=_Service(), help="Another archive that speaks Save Page Now 2."
)
@click.option("--lookup", metavar="URL", type=_Service(), help="Where that archive tells of the copies that it has.")
@click.option("--pause", type=Seconds(min=0), default=PAUSE, help=f"Seconds between two requests (default: {PAUSE:g}).")
@click.option(
    "--timeout", type=Seconds(min=0, min_open=True), default=60.0, help="Seconds for an answer (default: 60)."
)
@click.option("--tries", type=click.IntRange(min=1), default=3, help="How often a busy archive is tried (default: 3).")
def archive(
    *,
    root: Path,
    only: tuple[str, ...],
    limit: int | None,
    dry_run: bool,
    today: dt.date | None,
    address: str | None,
    lookup: str | None,
    pause: float,
    timeout: float,
    tries: int,
) -> int:
    """Have copies of sources kept by a web archive, and record them.

    Asks for each source without `archived:` whether the archive has a copy, else to make one, slowly and one after the
    other, and writes its address and day into the file of the source at once: a run that ends early loses nothing, and
    the next one goes on. The keys of your account there stand in EXPLAINER_ARCHIVE_KEYS, as access:secret.
    """
    from explainer.docs import edits
    from explainer.editing import archiving

    library = _sound(root, only)
    failed = archiving.tried(root)
    every = archiving.wanted(library, edits.visits(root), failed, only)
    asked = every[:limit]
    if dry_run:
        print("".join(f"{item.place}: {item.url} would be asked for\n" for item in asked), end="")
    print(f"{len(asked):,} of {len(every):,} sources without a copy to ask for.", flush=True)
    if dry_run or not asked:
        return 0
    day = today or dt.datetime.now(dt.UTC).date()
    service = _service(Manners(pause=pause, timeout=timeout, tries=tries), address, lookup)
    with contextlib.closing(service):
        return _Asking(root, service, day, failed).all(asked, len(every))


def _service(manners: Manners, address: str | None, lookup: str | None) -> "WebArchive":
    """The archive; raises ClickException where the surroundings let nobody ask it."""
    from explainer.editing import web_archive
    from explainer.editing.hosts import WayOutError

    try:
        return web_archive.WebArchive(
            manners,
            address=address or web_archive.ADDRESS,
            lookup=lookup or web_archive.LOOKUP,
            keys=os.environ.get(web_archive.KEYS, "").strip(),
        )
    except WayOutError as error:
        raise click.ClickException(f"nothing was asked: {error}") from error


def _sound(root: Path, only: "Sequence[str]") -> "Library":
    """Load the library; raises WrongWordError for an id that no source has."""
    from explainer import build
    from explainer.base.problems import did_you_mean
    from explainer.kinds.source import Source

    library = build.load(root)
    there = [source.id for source in library.all(Source)]
    for ident in only:
        if ident not in there:
            raise WrongWordError(f"no source has the id {ident!r}{did_you_mean(ident, there)}; correct --only")
    return library


class _Asking:
    """One run: what was recorded, and what could not be."""

    def __init__(self, root: Path, service: "WebArchive", day: dt.date, failed: dict[str, str]) -> None:
        """Begin with nothing."""
        self.root, self.service, self.day, self.failed = root, service, day, failed
        self.recorded = self.new = self.troubles = 0

    def all(self, asked: "Sequence[Wanted]", of: int) -> int:
        """Ask for each source; what is recorded stays, whatever ends the run."""
        from explainer.editing import archiving
        from explainer.editing.web_archive import ClosedError

        try:
            for item in asked:
                self._one(item)
        except ClosedError as closed:
            raise click.ClickException(f"{self._counts(of)} Then {closed}") from closed
        finally:
            archiving.note_tried(self.root, self.failed)
        print(self._counts(of))
        return 1 if self.troubles else 0

    def _one(self, item: "Wanted") -> None:
        from explainer.editing import archiving
        from explainer.editing.web_archive import ArchiveError

        try:
            copy, new = archiving.found_or_kept(self.service, item, self.day)
        except ArchiveError as error:
            self.troubles += 1
            self.failed[item.url] = f"{self.day}"
            print(
                f"{item.place}: {item.url} could not be kept ({error}); expected a copy; look at the page, and name another "
                "copy in archived: if there is one",
                flush=True,
            )
            return
        if not archiving.record(self.root, item, copy):
            self.troubles += 1
            print(
                f"{item.place}: the copy cannot be written here without changing more; expected the entry of '{item.ident}' as "
                f"it was read, without archived:; write archived: {copy.address} and archived_on: {copy.day} yourself",
                flush=True,
            )
            return
        self.failed.pop(item.url, None)
        self.recorded, self.new = self.recorded + 1, self.new + new
        print(f"{item.place}: {copy.address} {'is new' if new else 'was there'}", flush=True)

    def _counts(self, of: int) -> str:
        return f"{self.recorded:,} copies recorded, {self.new:,} of them new; {of - self.recorded:,} sources are left."
