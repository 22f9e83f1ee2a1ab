"""Writes the OpenSearch descriptor, with which browsers offer the site's search in the address bar."""

import html
from collections.abc import Iterator, Sequence

from explainer.base.files import Output
from explainer.library import addresses, places
from explainer.library.library import Library
from explainer.pages.descriptions import describe
from explainer.pages.page import LazyPage

PATH = f"{addresses.SEARCH}/opensearch.xml"
"""Path of the descriptor, relative to `docs/`."""
LONGEST_NAME, LONGEST_DESCRIPTION = 16, 1024
"""Maximum number of characters of the short name and the description (OpenSearch 1.1, draft 6)."""


def outputs(library: Library, pages: Sequence[LazyPage]) -> Iterator[Output]:
    """Yield the descriptor as XML."""
    site = library.dossier
    name = site.title if len(site.title) <= LONGEST_NAME else site.title[:LONGEST_NAME].rsplit(" ", 1)[0]
    address = places.whole(library, f"{addresses.SEARCH}/?q={{searchTerms}}")
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{html.escape(name)}</ShortName>\n"
        f"<LongName>{html.escape(site.title[:48])}</LongName>\n"
        f"<Description>{html.escape(describe(site.summary)[:LONGEST_DESCRIPTION])}</Description>\n"
        f"<Language>{html.escape(site.language)}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{html.escape(address)}"/>\n'
        "</OpenSearchDescription>\n"
    )
    yield Output(PATH, text.encode(), "content/site.yml")
