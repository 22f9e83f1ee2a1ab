"""The tasks that generate `docs/`, in batches; the heavy ones begin as soon as there is a library."""

import contextlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from explainer.base.progress import Progress
from explainer.base.shard import Shard
from explainer.docs import write
from explainer.incremental.results import BuildState
from explainer.incremental.scheduler import Batch, Scheduler
from explainer.incremental.spool import Spool
from explainer.library import addresses
from explainer.library.library import Library
from explainer.outputs import kept_pictures, tasks
from explainer.outputs.redirects import redirects
from explainer.pages import render
from explainer.pages.composers import compose
from explainer.pages.page import LazyPage


class Making(NamedTuple):
    """Tasks of which the heavy ones may have begun."""

    maker: Scheduler
    groups: Sequence[Batch]


@contextlib.contextmanager
def making(
    root: Path,
    library: Library,
    kept: BuildState,
    progress: Progress,
    jobs: int,
    shard: Shard | None,
    *,
    writes: bool = True,
) -> Iterator[Making]:
    """The tasks that generate `docs/`; the heavy ones begin beside this process, and are given up at the end of the block."""
    maker = Scheduler(kept, library.shared, progress, Spool(root if writes else None), jobs)
    with kept_pictures.kept(root, shard):
        groups = list(_groups(root, library))
        with maker.ahead(groups if writes else ()):
            yield Making(maker, groups)


def _groups(root: Path, library: Library) -> Iterator[Batch]:
    """The batches of tasks that generate `docs/`."""
    pages = compose(library, home_is_written=write.home_is_written(root))
    batches = [_of_page(library, page) for page in pages]
    yield from (batch for batch in batches if batch.long)  # among them that with the downloads, the longest of all
    for each in tasks.of_all(library, pages):
        yield Batch((each,), long=not each.late)
    yield from (batch for batch in batches if not batch.long)
    for each in tasks.of_records(library):
        yield Batch((each,))
    yield Batch((tasks.Task("redirects", partial(redirects, library)),))


def _of_page(library: Library, page: LazyPage) -> Batch:
    """A page with the files beside it; an index shows many records."""
    texts = partial(tasks.texts_of_page, library, page)
    large = tasks.frees(page)  # a page that counts and lists what other pages show: no check finds anything there
    made, path = partial(render.files, library, page), page.path if large else ""
    own = tasks.Task(f"file {page.path}", made, derived=bool(large), texts=texts, page=path)
    portions = (own, *tasks.of_page(library, page))
    home = page.path.endswith(addresses.HOME)
    return Batch(portions, page=True, long=home, frees=(page.name, *large), heavy=bool(large))
