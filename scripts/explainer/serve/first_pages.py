"""Makes the pages that an editor wants to see first: those of the saved records, then those that are open in a browser."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from explainer.base.dataclass import dataclass
from explainer.base.files import text_of_file
from explainer.build import Ready
from explainer.docs import content, write
from explainer.library import addresses
from explainer.pages import render
from explainer.pages.composers import compose
from explainer.pages.page import LazyPage
from explainer.publish.one_page import PageMaker


@dataclass(frozen=True)
class FirstPages:
    """Which pages of a library come first, and what becomes of them."""

    root: Path
    given: Ready
    written: Mapping[str, str]
    """Path -> text of the hand-written pages that changed."""

    @cached_property
    def pages(self) -> Mapping[str, LazyPage]:
        """Path -> page, for every page that is made of records."""
        home_is_written = write.home_is_written(self.root)
        return {page.path: page for page in compose(self.given.library, home_is_written=home_is_written)}

    @cached_property
    def stale(self) -> frozenset[str]:
        """The pages that are to be made anew."""
        generated = (path for path in self.pages if not self.given.kept.stands(f"file {path}"))
        return frozenset((*generated, *self.written))

    def wanted(self, opened: Iterable[str]) -> list[str]:
        """The stale pages to make first: those of saved records, the newest save first, then those that are open."""
        at = {addresses.hosted(path): path for path in self.pages}
        there = (at[address] for address in opened if address in at)
        return [path for path in dict.fromkeys((*self.written, *self._saved(), *there)) if path in self.stale]

    def _saved(self) -> Iterator[str]:
        """The pages of the records whose data changed."""
        library, kept = self.given.library, self.given.kept
        records = [library.entries[key].record for key in kept.records.differing(kept.before)]
        for record in sorted(records, key=lambda record: -self._saved_at(library.document(record).path)):
            if (page := addresses.page(record)) and page in self.pages:
                yield page

    def _saved_at(self, path: str) -> float:
        """When a file of `content/` was saved."""
        try:
            return content.place(self.root, path).stat().st_mtime
        except OSError:  # it went in this moment
            return 0.0

    def made(self, path: str, maker: PageMaker) -> dict[str, bytes]:
        """Address -> bytes of a page and of its plain twin."""
        text = self.written.get(path)
        if text is None:
            first, *_ = render.files(self.given.library, self.pages[path])
            text = first.data.decode()
        return maker.made(path, text)


def hand_written(root: Path) -> dict[str, str]:
    """Path -> text of every hand-written page."""
    docs = root / write.DOCS
    texts = ((path, text_of_file(docs / path)) for path in sorted(write.hand_written(root)))
    return {path: text.removeprefix("\ufeff") for path, text in texts if text is not None}
