"""Resolves links between pages once for all pages of a folder.

MkDocs takes each link apart and reckons the way from page to page anew. Pages of one folder write the same addresses and
lie equally deep, so the way is the same, unless it leads to or below the page itself.
"""

import posixpath
import re
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from weakref import WeakKeyDictionary

from mkdocs.structure.files import Files

_HERE = re.compile(r"#[\w.:-]+")
"""A link to a place on the page itself."""


class _Way(NamedTuple):
    """Where a link leads."""

    target: str
    """The path of the source that it names."""
    below: str
    """The address of the target, which ends in a slash here."""
    anchor: str
    written: str
    """The link as it stands in the page."""


_known: WeakKeyDictionary[Files, dict[tuple[str, str, str], _Way | None]] = WeakKeyDictionary()
"""Files of a site -> folder of a page, that of its address, and link -> way."""


class QuickLinks:
    """Takes the place of `path_to_url` of the tree processor by which MkDocs resolves the links of a page."""

    def __init__(self, resolver: Any) -> None:
        """Begin a page, which has a resolver of its own."""
        self._resolver, self._slowly = resolver, resolver.path_to_url
        self._ways = _known.setdefault(resolver.files, {})
        self._own = f"{resolver.file.url.rstrip('/')}/"
        self._folder = (posixpath.dirname(resolver.file.src_uri), posixpath.dirname(self._own[:-1]))

    def __call__(self, url: str) -> str:
        """The link that stands in the page for one of its source; MkDocs tells what is wrong with one, and resolves what is not known."""
        if _HERE.fullmatch(url):
            self._resolver.links_to_anchors.setdefault(self._resolver.file, {}).setdefault(url[1:], url)
            return url
        key = (*self._folder, url)
        way = self._ways.get(key)
        if way and not way.below.startswith(self._own):
            target = self._resolver.files.get_file_from_path(way.target)  # which notes that the page depends on it
            if way.anchor:
                self._resolver.links_to_anchors.setdefault(target, {}).setdefault(way.anchor, url)
            return way.written
        written = str(self._slowly(url))
        if key not in self._ways:
            self._ways[key] = self._way(url, written)
        return written

    def _way(self, url: str, written: str) -> _Way | None:
        """What other pages of the folder need to know of a link; None if MkDocs is to look at it on every page."""
        scheme, host, path, _, anchor = urlsplit(url)
        if scheme or host or not path or path.startswith(("/", "\\")):
            return None
        target = posixpath.normpath(posixpath.join(self._folder[0], unquote(path)).lstrip("/"))
        file = self._resolver.files.src_uris.get(target)
        if file is None or file.inclusion.is_excluded() or f"{file.url}/".startswith(self._own):
            return None
        return _Way(target, f"{file.url.rstrip('/')}/", anchor, written)
