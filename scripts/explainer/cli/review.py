"""What is due for a second look: records, and the addresses of sources."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer import build
from explainer.base.problems import ContentError
from explainer.cli.terminal import refused
from explainer.docs import edits
from explainer.docs.documents import SETTINGS
from explainer.editing import link_checker
from explainer.editing.hosts import WayOutError
from explainer.editing.manners import Manners
from explainer.kinds.source import Source
from explainer.library import freshness, link_status
from explainer.library.library import Library
from explainer.reading.document import LazyDocument

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar as Bar


def _sound(root: Path) -> Library:
    """Load the library; raises ClickException if there are problems."""
    try:
        return build.load(root)
    except ContentError as stopped:
        raise refused(len(stopped.problems)) from stopped


def show_stale(root: Path, today: dt.date | None, months: int | None) -> int:
    """List the records that are due for review."""
    library = _sound(root)
    allowed = months if months is not None else library.dossier.stale_after
    found = freshness.stale(library, today or dt.datetime.now(dt.UTC).date(), allowed)
    print("".join(f"{item}\n" for item in found), end="")
    print(f"{len(found):,} of {len(library.entries):,} records to look at again.")
    return 0


def check_links(root: Path, day: dt.date | None, manners: Manners) -> int:
    """Visit the URLs of sources, store the results, and list the URLs that need attention."""
    library = _sound(root)
    today = day or dt.datetime.now(dt.UTC).date()
    places = _places(library)
    left_alone = _left_alone(library, today)
    before = edits.visits(root)
    found = {url: visit for url, visit in before.items() if url in places}
    since = (today - dt.timedelta(days=manners.days)).isoformat()
    due = link_checker.due([url for url in places if url not in left_alone], before, since)
    print(f"{len(due):,} of {len(places):,} addresses to visit, {len(left_alone):,} left alone.", flush=True)
    try:
        with _bar(len(due)) as bar:
            link_checker.visited(due, today.isoformat(), manners, tell=partial(_noted, found, bar))
    except WayOutError as error:
        raise click.ClickException(f"nothing was visited: {error}") from error
    finally:  # also saves the partial results of an interrupted run
        if found:
            edits.overwrite(root, link_status.NAME, link_status.write(found).encode())
    told = [*_troubles(places, found, left_alone), *_changed(places, before, found), *_overdue(library, today)]
    return _report(told, found)


def _report(told: Sequence[tuple[str, bool]], found: Mapping[str, link_status.Visit]) -> int:
    """Print the lines and the counts; the exit status says whether an editor must act."""
    print("".join(f"{line}\n" for line, _ in told), end="")
    print(_counts(found) or "Nothing was visited.")
    return 1 if any(bad for _, bad in told) else 0


def _left_alone(library: Library, today: dt.date) -> set[str]:
    """The URLs that the dossier exempts from the link check."""
    return {item.url for item in library.dossier.links if item.until.last_day >= today}


def _bar(total: int) -> "Bar[int]":
    """A bar of visits, shown on a terminal."""
    return click.progressbar(
        length=total,
        label="visited",
        show_pos=True,
        show_percent=False,
        file=sys.stderr,
        hidden=not (total and sys.stderr.isatty()),
    )


def _counts(found: Mapping[str, link_status.Visit]) -> str:
    """How many URLs have which status."""
    counted = Counter(visit.status for visit in found.values())
    return ", ".join(f"{status}: {counted[status]:,}" for status in link_status.Status if counted[status])


def _noted(found: dict[str, link_status.Visit], bar: "Bar[int]", url: str, visit: link_status.Visit) -> None:
    found[url] = visit.after(found.get(url))
    bar.update(1)


def _troubles(
    places: Mapping[str, tuple[Source, LazyDocument, str]], found: Mapping[str, link_status.Visit], left_alone: set[str]
) -> Iterator[tuple[str, bool]]:
    """A line for each URL that did not simply answer, and whether an editor must act."""
    for url, (source, document, name) in places.items():
        visit = found.get(url)
        if visit is None or url in left_alone or visit.status is link_status.Status.OK:
            continue
        line, column = document.place((name,))
        bad = visit.status in {link_status.Status.GONE, link_status.Status.DOUBTFUL} and source.archived is None
        step = "; correct it, or add archived: with the address of a copy" if bad else ""
        detail = f" ({visit.detail})" if visit.detail else ""
        yield f"{document.path}:{line}:{column}: {url} {link_status.MEANINGS[visit.status]}{detail}{step}", bad


def _changed(
    places: Mapping[str, tuple[Source, LazyDocument, str]],
    before: Mapping[str, link_status.Visit],
    found: Mapping[str, link_status.Visit],
) -> Iterator[tuple[str, bool]]:
    """A line for each page that says something else than at the last visit; whether that matters only a person can tell."""
    for url, (_, document, name) in places.items():
        old, new = before.get(url), found.get(url)
        if old and new and old.digest and new.digest != old.digest:
            line, column = document.place((name,))
            place, next_step = f"{document.path}:{line}:{column}", "read what rests on it there again"
            yield f"{place}: {url} has other words than on {old.checked}; {next_step}", False


def _overdue(library: Library, today: dt.date) -> Iterator[tuple[str, bool]]:
    """A line for each URL whose exemption from the link check has expired."""
    for index, item in enumerate(library.dossier.links):
        if item.until.last_day < today:
            line, column = library.settings.place(("links", index, "until"))
            place = f"{SETTINGS}:{line}:{column}"
            told = f"{item.url} was left alone until {item.until} ({item.reason})"
            yield f"{place}: {told}; delete the entry, or renew it with a reason", True


def _places(library: Library) -> dict[str, tuple[Source, LazyDocument, str]]:
    """URL -> the source, its document, and the field that holds the URL."""
    found: dict[str, tuple[Source, LazyDocument, str]] = {}
    for source in library.all(Source):
        for name, url in (("url", source.url), ("read_at", source.read_at)):
            if url:
                found.setdefault(url, (source, library.document(source), name))
    return found
