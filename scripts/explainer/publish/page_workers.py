"""Distributes the pages to render over workers, forked once MkDocs knows the site's files and navigation.

The parent renders the first share itself. A forked worker continues the same MkDocs build with its own share and
reports twice: titles and metadata for the navigation, then the entries of its rendered pages and its warnings.
"""

import logging
from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from explainer.base.workers import Workers, processes
from explainer.publish.fingerprints import beside
from explainer.publish.page_cache import KeptPage

FEW = 24
"""Minimum number of pages per worker; rendering fewer is faster than forking a process."""


def dealt(weights: Mapping[str, int], jobs: int) -> dict[str, int]:
    """Page -> number of its share; greedy: heaviest page first, each to the share with the lowest load."""
    loads = [0] * processes(jobs, len(weights) // FEW)
    shares = {}
    for page, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        share = loads.index(min(loads))
        loads[share] += weight + 2000  # fixed cost of a page, in bytes of Markdown
        shares[page] = share
    return shares


class _Records(logging.Handler):
    """Log handler of a forked worker: collects warnings, which the parent logs."""

    def __init__(self, records: list[tuple[str, int, str]]) -> None:
        """Take the list to which records are appended."""
        super().__init__(logging.WARNING)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        """Append one log record."""
        self.records.append((record.name, record.levelno, record.getMessage()))


class PageWorkers:
    """The processes that render the pages of one build, seen from one of them."""

    def __init__(self, jobs: int) -> None:
        """Set the maximum number of processes; forks none."""
        self.jobs = jobs
        self.shares: dict[str, int] = {}
        """Source of each page to render -> number of the process that renders it."""
        self._crew = Workers()
        self._records: list[tuple[str, int, str]] = []
        """Warnings logged in a forked worker: logger, level, message."""

    @property
    def forked(self) -> bool:
        """Whether this process is a forked worker."""
        return bool(self._crew.parent)

    def deal(self, sizes: Mapping[str, int]) -> None:
        """Share out the pages to render: source -> size of its Markdown."""
        self.shares = dealt(sizes, self.jobs)

    def fork(self, config: MkDocsConfig) -> frozenset[str]:
        """Fork the workers, if any, and return the sources of the pages that other processes render.

        Only the parent builds the rest of the site: a forked worker renders no templates of the theme, writes into a
        folder of its own and keeps its warnings for the parent.
        """
        last = max(self.shares.values(), default=0)
        if not last:
            return frozenset()
        self._crew.fork(last + 1)
        if self.forked:
            logging.getLogger("mkdocs").addHandler(_Records(self._records))
            config.theme.static_templates = set()
            config.site_dir = beside(config.site_dir, self._crew.own)
        return frozenset(page for page, share in self.shares.items() if share != self._crew.own)

    def exchange(self, mine: dict[str, Any]) -> dict[str, Any]:
        """Merge the dictionaries of all processes and return the result in each."""
        return self._crew.exchange(mine)

    def count(self) -> int:
        """Count one more rendered page and return the total of all processes; 0 if none were forked."""
        return self._crew.count()

    def collect(self, rendered: Mapping[str, KeptPage]) -> dict[str, KeptPage]:
        """Merge the rendered pages of all processes and log their warnings; a forked worker reports its own and exits."""
        if self.forked:
            self._crew.leave((rendered, self._records), well=True)
        found = dict(rendered)
        for number in self._crew.down:
            theirs, records = self._crew.answer(number)
            found |= theirs
            for name, level, words in records:
                logging.getLogger(name).log(level, "%s", words)
        return found

    def fail(self, error: BaseException) -> None:
        """Report an error and the warnings before it to the parent, and exit; does nothing in the parent itself."""
        if self.forked:
            words = (words for _, _, words in self._records)
            self._crew.leave("\n".join([str(error).strip(), *words]), well=False)

    def end(self) -> None:
        """Kill the workers that are still running."""
        self._crew.end()
