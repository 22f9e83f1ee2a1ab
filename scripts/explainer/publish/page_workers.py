"""Distributes the pages to render over workers, forked once MkDocs knows the site's files and navigation.

The parent renders the first share itself. A forked worker continues the same MkDocs build with its own share and
reports twice: titles and metadata for the navigation, then the entries of its rendered pages and its warnings.
"""

from collections.abc import Mapping

from explainer.base.workers import processes

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
