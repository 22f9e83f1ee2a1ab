"""Deals a site out to machines: which files each makes, and what it has to know of the pages that others make.

Every machine generates `docs/` and deals pages and pictures out by the same rule, so that none has to ask another. The
first one, which leads, also makes the rest: copied files, templates of the theme, the search. That counts as load.
"""

import heapq
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from explainer.base.shard import Shard
from explainer.outputs.kept_pictures import is_picture
from explainer.outputs.search_files import FOLDER

PAGE = 2000
"""Fixed cost of a page, in bytes of Markdown."""
SEARCHED = 1.5
"""Cost of a byte that is searched, in bytes of Markdown that are rendered."""
FOREIGN_CODE = (
    "mkdocs.yml names plugins, hooks, extensions or templates that this program does not know, and they may look at every"
    " page; expected none, so that machines can share the pages out; take them out, or build without --shard"
)
Links = dict[str, dict[str, dict[str, str]]]
"""Source of a page -> source of a page of another shard -> anchor there -> the link as written."""


def foreign_pages(shard: Shard, sizes: Mapping[str, int], docs: Path) -> frozenset[str]:
    """The pages that other machines make, of all pages: source -> size of its Markdown."""
    texts = sum(path.stat().st_size for path in (docs / FOLDER).glob("*") if path.is_file())
    loads = [int(texts * SEARCHED), *[0] * min(shard.of - 1, len(sizes))]  # machines beyond these get no page
    dealt = spread(sizes, loads)
    return frozenset(page for page, share in dealt.items() if share != shard.number - 1)


def copies(shard: Shard, source: str) -> bool:
    """Whether a shard copies a file of `docs/` that is no page."""
    return shard.owns(source) if is_picture(source) else shard.leads


def spread(sizes: Mapping[str, int], loads: Iterable[int]) -> dict[str, int]:
    """Page -> number of its share; greedy: largest page first, each to the share with the lowest load so far."""
    heap = [(load, share) for share, load in enumerate(loads)]
    heapq.heapify(heap)
    shares = {}
    for page, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        load, share = heap[0]
        heapq.heapreplace(heap, (load + size + PAGE, share))
        shares[page] = share
    return shares


def learn(foreign: frozenset[str], nav: Any, config: Any, files: Any, *, everything: bool) -> None:
    """Read what this machine shows of pages that others make: titles and metadata of those in the navigation.

    With `everything`, the metadata of all of them, which the site map asks for. Only a page whose title stands in its
    text is rendered for it.
    """
    for page in nav.pages:
        if page.file.src_uri in foreign:
            _read(page, config, files)
            if "title" not in page.meta:
                page.render(config, files)
                config.plugins.on_page_content(page.content, page=page, config=config, files=files)
    known = {page.file.src_uri for page in nav.pages}
    for source in sorted(foreign - known) if everything else ():
        page = files.src_uris[source].page
        _read(page, config, files)
        page.markdown = None  # text that nobody needs any more


def _read(page: Any, config: Any, files: Any) -> None:
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
