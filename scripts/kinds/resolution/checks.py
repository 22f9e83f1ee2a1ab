"""Rules about resolutions."""

from collections.abc import Iterator
from urllib.parse import unquote

from explainer.base.problems import Problem
from explainer.kinds.source import Seen, Source, SourceKind
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.library.mentions import cited_by

from .model import Resolution


def texts_that_were_read_are_named(library: Library, pages: Pages) -> Iterator[Problem]:
    """A resolution names its official text if that is a source of its page and was read; else it is called unread."""
    for resolution in library.all(Resolution):
        if resolution.text is not None:
            continue
        for source in (library.get(Source, ident) for ident in dict.fromkeys(cited_by(resolution))):
            if _is_text(source, resolution.symbol):
                yield library.document(resolution).problem(
                    ("symbol",),
                    f"{resolution.symbol} stands at the address of '{source.id}', which this page cites and which was read, but "
                    f"text: is missing; expected text: {source.id}; add it, so that the page does not call the text unread",
                )


def _is_text(source: Source, symbol: str) -> bool:
    """Whether an official source that was read is the document with a symbol, which ends its address then."""
    if source.kind is not SourceKind.OFFICIAL or source.seen is Seen.NOT_SEEN:
        return False
    address, sought = ("".join(unquote(text).split()).casefold() for text in (source.url, symbol))
    return address.endswith((f"/{sought}", f"={sought}"))


CHECKS = (texts_that_were_read_are_named,)
