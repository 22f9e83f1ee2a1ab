"""Restores pages that this process did not render: what the navigation shows of them, and the anchors to link to."""

from collections.abc import Mapping

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from explainer.publish.page_cache import KeptPage


def recall(page: Page, kept: KeptPage) -> None:
    """Restore the title, metadata and anchors of a page that this process did not render."""
    if page.title is None:
        page.title = kept.title
    page.meta = dict(kept.meta)
    page.present_anchor_ids = set(kept.anchors)


def check_anchors(files: Files, pages: Mapping[str, KeptPage], shares: Mapping[str, int], level: int) -> None:
    """Log missing anchors, as MkDocs does, for links to a rendered page from one of another worker or the cache."""
    for source, kept in pages.items():
        file = files.src_uris[source]
        others = {
            files.src_uris[to]: anchors
            for to, anchors in kept.links.items()
            if to in shares and shares[to] != shares.get(source) and to in files.src_uris
        }
        if others and file.page is not None:
            file.page.links_to_anchors = others
            file.page.validate_anchor_links(files=files, log_level=level)
