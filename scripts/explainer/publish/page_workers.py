"""Shares the pages to render out to processes, each a fork of the build that knows the site's files and its navigation.

The first share stays with the process that was there before. A process that was forked goes on as its parent would,
with its own pages to render; it answers twice, with what the navigation shows of its pages and with what it rendered.
"""

from collections.abc import Mapping

from explainer.base.workers import processes

FEW = 24
"""So many pages a process at least; fewer are rendered sooner than a process is forked."""


def dealt(weights: Mapping[str, int], jobs: int) -> dict[str, int]:
    """Page -> number of its share; the heaviest first, each to the share that is lightest by then."""
    loads = [0] * processes(jobs, len(weights) // FEW)
    shares = {}
    for page, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        share = loads.index(min(loads))
        loads[share] += weight + 2000  # what a page costs even where it says nothing
        shares[page] = share
    return shares
