"""Pages that people write into `docs/`: what they are called, and which of them the footer leads to."""

import posixpath
from collections.abc import Collection, Iterator
from pathlib import Path

from explainer.library import addresses
from explainer.reading import headings


def place(docs: Path, section: str) -> str | None:
    """The page of an entry of the menu: the index of a folder, or a page beside the home page; None if there is neither."""
    ways = (*_indexes(section), f"{section}.md")
    return next((path for path in ways if (docs / path).is_file()), None)


def _indexes(folder: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}.md" for name in addresses.INDEXES)


def entrances(pages: Collection[str], named: Collection[str]) -> Iterator[str]:
    """The hand-written pages that the footer leads to, sorted: those beside the home page, and of each folder its index.

    A folder without an index has no page that would lead to the others, so all of them are named. What the menu names,
    and the folders that every footer names, are left out.
    """
    for page in sorted(pages):
        indexes = _indexes(posixpath.dirname(page))
        first = page.partition("/")[0].removesuffix(".md")
        inside = page not in indexes and not {*indexes}.isdisjoint(pages)
        if page != addresses.HOME and first not in named and not inside:
            yield page


def title(docs: Path, page: str) -> str:
    """What a page is called: by its front matter, else by its first heading, else by its file."""
    from mkdocs.utils.meta import get_data

    body, front = get_data((docs / page).read_text(encoding="utf-8-sig", errors="replace"))
    heading = next((headings.title(line[2:].strip(" #")) for line in body.splitlines() if line.startswith("# ")), "")
    name = addresses.hosted(page).rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")
    return str(front.get("title") or heading or name[:1].upper() + name[1:])
