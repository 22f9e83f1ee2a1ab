"""The subcommands that generate, build and serve."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.base import heap, refusals
from explainer.base.files import write_whole
from explainer.base.problems import ContentError
from explainer.base.progress import Progress
from explainer.cli import streams
from explainer.cli.command import ShardNumber, Subcommand, jobs
from explainer.cli.generation import Generated, Generation, generated, generating, told
from explainer.cli.interrupts import Interrupts
from explainer.cli.terminal import (
    Quiet,
    counted,
    peak,
    progress_on,
    report_problems,
    say_unkept,
)
from explainer.docs import content

if TYPE_CHECKING:
    from explainer.base.shard import Shard
    from explainer.publish.built import Built
    from explainer.publish.untouched import Watch

_site_dir = click.option(
    "--site-dir",
    metavar="DIR",
    type=click.Path(),
    help="Where the site goes (default: site/ in the dossier's folder).",
)
_quiet = click.option("--quiet", is_flag=True, help="Say nothing but what is wrong.")


@click.command(cls=Subcommand)
@jobs
def generate(*, root: Path, jobs: int) -> int:
    """Write the pages of all records into docs/."""
    from explainer.publish import swap

    progress = Quiet()
    try:
        content.required(root)
        with swap.alone(root, progress.say):
            found = generated(root, progress, jobs)
    except ContentError as stopped:
        report_problems(root, stopped.problems, wrote=stopped.wrote)
        return 1
    say_unkept(progress)
    print(f"{found.told} in {root / 'docs'}.")
    return 0


@click.command(cls=Subcommand)
@_site_dir
@click.option(
    "--shard",
    metavar="K/N",
    type=ShardNumber(),
    help="Make only the K-th of N pieces of the site, for `explainer join`, into --site-dir (default: pieces/K-of-N/).",
)
@click.option("--clean", is_flag=True, help="Render every page again, whatever was kept of the last build.")
@_quiet
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people, or for programs: one line with pages, seconds and memory at the end (default: text).",
)
@jobs
def build(
    *, root: Path, site_dir: str | None, shard: "Shard | None", clean: bool, quiet: bool, form: str, jobs: int
) -> int:
    """Generate, then build the site with MkDocs into site/."""
    from explainer.publish import moment, swap

    if form == "json":
        streams.for_programs()
    talks = not quiet and form == "text"
    progress = progress_on(talks=talks)
    try:
        with progress:
            content.required(root)
            moment.pin(root)
            folder = _folder(root, site_dir, shard)
            with swap.alone(root, progress.say):
                built = _built(root, folder, progress, jobs, shard, clean=clean, talks=talks)
    except ContentError as stopped:
        report_problems(root, stopped.problems, wrote=stopped.wrote)
        return 1
    except swap.PublishError as failed:
        what = "site was" if shard is None else "piece was"
        raise click.ClickException(f"the {what} not built: {failed}") from failed
    say_unkept(progress)
    if form == "json":
        print(json.dumps({"pages": built.pages, "rendered": built.rendered, "kept": built.kept, **_costs(progress)}))
    elif talks:
        what = "The site" if shard is None else f"Piece {shard}"
        print(f"{what} is in {built.site}: {counted(built.rendered, 'page')} rendered, {built.kept:,} kept.")
    return 0


def _folder(root: Path, given: str | None, shard: "Shard | None") -> Path:
    """Where the site goes, or a piece of it. Raises PublishError if it may not go there."""
    from explainer.publish import places

    if shard is None:
        return places.settled(root, Path(given) if given else root / "site")
    from explainer.publish import pieces  # with all that makes pages, which a build with nothing to do needs not

    return pieces.settled(root, Path(given) if given else root / pieces.FOLDER / f"{shard.number}-of-{shard.of}")


def _costs(progress: Progress) -> dict[str, object]:
    """Seconds of each stage and the peak memory, for programs."""
    return {"seconds": {stage: round(taken, 3) for stage, taken in progress.seconds.items()}, "peak_rss_mb": peak()}


@click.command(cls=Subcommand)
@click.argument("pieces", metavar="[PIECE]...", nargs=-1, type=click.Path())
@click.option(
    "--pieces",
    "above",
    metavar="DIR",
    type=click.Path(),
    help="The folder in which the pieces lie, where none is named (default: pieces/ in the dossier's folder).",
)
@_site_dir
@_quiet
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people, or for programs: one line with pages, pieces, seconds and memory at the end (default: text).",
)
def join(
    *, root: Path, pieces: tuple[str, ...], above: str | None, site_dir: str | None, quiet: bool, form: str
) -> int:
    """Join the pieces that `explainer build --shard` made, on whichever machines, into one site."""
    from explainer.publish import joining, places, swap

    if pieces and above is not None:
        raise click.UsageError("--pieces names a folder of pieces, and PIECE a piece; expected one of both.")
    if form == "json":
        streams.for_programs()
    talks = not quiet and form == "text"
    progress = progress_on(talks=talks)
    try:
        with progress:
            site = places.settled(root, Path(site_dir) if site_dir else root / "site")
            with swap.alone(root, progress.say):
                joined = joining.join(root, _pieces(root, pieces, above), site, progress=progress)
    except swap.PublishError as failed:
        raise click.ClickException(f"the site was not joined: {failed}") from failed
    if form == "json":
        print(json.dumps({"pages": joined.pages, "pieces": joined.pieces, **_costs(progress)}))
    elif talks:
        print(f"The site is in {joined.site}: {counted(joined.pages, 'page')} of {counted(joined.pieces, 'piece')}.")
    return 0


def _pieces(root: Path, pieces: tuple[str, ...], above: str | None) -> list[Path]:
    """The folders of the pieces: those that are named, or all in a folder."""
    from explainer.publish import pieces as of_site

    return list(map(Path, pieces)) or of_site.folders(Path(above or root / of_site.FOLDER))


def _built(
    root: Path, folder: Path, progress: Progress, jobs: int, shard: "Shard | None", *, clean: bool, talks: bool
) -> "Built":
    """Generate and build, unless nothing changed since that was done last; or make a piece of the site."""
    from explainer.incremental.store import Store
    from explainer.publish import untouched

    store = Store(root, progress)  # one for all: what the generator found sound is so for the builder
    if shard is not None:
        about = _said(generated(root, progress, jobs, shard, store), talks=talks).about
        from explainer.publish import builder

        return builder.build_shard(root, folder, about, shard, clean=clean, progress=progress, jobs=jobs)
    watched = untouched.watch(root, folder, store)
    before = None if clean else untouched.standing(watched)
    if before:
        if talks:
            print(f"{told(0, before.files, 0)}.", flush=True)
        return before.built(folder)
    with generating(root, progress, jobs, store=store, look=watched.docs(0)) as pages:
        from explainer.publish import builder

        ahead = builder.prepared(root, folder, store, clean=clean) if pages.beside else None
        build_site = partial(builder.build, clean=clean, progress=progress, jobs=jobs, ahead=ahead)
        return _site(watched, _said(pages.written(), talks=talks), pages, build_site)


def _said(found: Generated, *, talks: bool) -> Generated:
    """What was generated, once it is told how many files were written."""
    if talks:
        print(f"{found.told}.", flush=True)
    return found


def _site(watched: "Watch", found: Generated, pages: Generation, build_site: "Callable[..., Built]") -> "Built":
    """Build the site, wait until what was generated is kept, and note how everything looks then."""
    from explainer.publish import untouched

    files = len(found.digests)
    looks = [(lambda: pages.seen or watched.docs(0)()) if pages.beside else watched.docs(files)]

    def published() -> Mapping[str, os.stat_result]:
        states: dict[str, os.stat_result] = {}
        looks.append(watched.made(files, states))
        pages.kept()  # what nobody needs is deleted next, and that must be known then
        return states

    built = build_site(
        watched.root, watched.site, found.about, store=watched.store, generated=found.digests, published=published
    )
    pages.kept()
    watched.remember(untouched.Standing(built.pages, files), built.outside, looks)
    return built


@click.command(cls=Subcommand)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(),
    help="Where the zip goes (default: dist/explainer-offline.zip).",
)
@jobs
def offline(*, root: Path, output: str | None, jobs: int) -> int:
    """Build, then put the site into one zip that opens from disk, search included."""
    from explainer.publish import builder, moment, offline, places, swap

    progress = progress_on(talks=True)
    try:
        with progress:
            content.required(root)
            moment.pin(root)
            folder = places.settled(root, root / "site", "move it elsewhere")
            zipped = offline.place(root, Path(output) if output else root / offline.NAME)
            with swap.alone(root, progress.say):
                about, _, digests = generated(root, progress, jobs)
                built = builder.build(root, folder, about, progress=progress, jobs=jobs, generated=digests)
                progress.begin("zip")
                data = offline.bundle(built.site, root, about)
                write_whole(offline.place(root, zipped), data)
                progress.end()
    except ContentError as stopped:
        report_problems(root, stopped.problems, wrote=stopped.wrote)
        return 1
    except (swap.PublishError, OSError) as failed:
        told = refusals.in_words(failed) if isinstance(failed, OSError) else str(failed)
        raise click.ClickException(f"the offline edition was not made: {told}") from failed
    say_unkept(progress)
    print(f"The offline edition is {zipped}: {len(data) / 1e6:.1f} MB, SHA-256 {offline.digest(data)}.")
    print("Unzip it into an empty folder and open index.html there.")
    return 0


@click.command(cls=Subcommand)
@click.option("--host", default="127.0.0.1", help="The address to listen on (default: 127.0.0.1).")
@click.option("--port", type=int, default=8000, help="The port to listen on (default: 8000).")
@jobs
def serve(*, root: Path, host: str, port: int, jobs: int) -> int:
    """Build, serve on this machine, and build again when a record changes."""
    from explainer.publish import swap
    from explainer.serve import server

    def say(words: str) -> None:
        print(f"[{time.strftime('%H:%M:%S')}] {words}", file=sys.stderr, flush=True)

    heap.for_one_run(ends=False)
    signal.signal(
        signal.SIGTERM, Interrupts()
    )  # what ends services ends this one as Ctrl-C does, so that nothing is left
    try:
        server.serve(root, host, port, jobs=jobs, say=say)
    except swap.PublishError as failed:
        raise click.ClickException(str(failed)) from failed
    return 0
