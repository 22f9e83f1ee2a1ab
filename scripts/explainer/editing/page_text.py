"""The part of a page that matters, and its digest: whether a source still says what it said when somebody cited it."""

import html
import re
from collections.abc import Iterator

from explainer.base.files import digest_of

_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z!][\w-]*)[^<>]*>|[^<]+|<")
"""A tag or declaration, a text, or a lone sign; each begins where the one before ends, so that no page takes long."""
_AROUND = frozenset(
    {"aside", "footer", "form", "head", "header", "nav", "noscript", "script", "style", "svg", "template"}
)
"""Elements that hold what stands on every page of a host, what programs read, or what is new each time."""
_MAIN = frozenset({"article", "main"})
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|title|meta)\b", re.IGNORECASE)
_SNIFFED = 1024
"""Bytes at the beginning of a file in which a page of HTML shows that it is one."""
LENGTH = 16
"""Digits of a digest: enough to tell apart the states of one page."""


def digest(body: bytes) -> str:
    """A digest of the words of a page, without regard to its layout; of any other file of its bytes."""
    if not _HTML.search(body[:_SNIFFED]):
        return digest_of(body)[:LENGTH]
    return digest_of(" ".join(words(body.decode("utf-8", "replace"))).encode())[:LENGTH]


def words(page: str) -> list[str]:
    """The words of the main part of a page; of all of it but what stands around on every page, where it names no main part."""
    main, every = [], []
    for text, within in _texts(page):
        found = re.findall(r"\w+", html.unescape(text).casefold())
        every += found
        if within:
            main += found
    return main or every


def _without_comments(page: str) -> str:
    """A page without what only programs read: caches write there how long they took."""
    first, *rest = page.split("<!--")
    return first + " ".join(part.partition("-->")[2] for part in rest)


def _texts(page: str) -> Iterator[tuple[str, bool]]:
    """The texts outside what stands around, and whether each is in the main part."""
    skipped, depth, main = "", 0, 0
    for piece in _PIECE.finditer(_without_comments(page)):
        name, step = (piece["name"] or "").lower(), -1 if piece["end"] else 1
        if skipped:
            depth += step * (name == skipped)
            skipped = skipped if depth > 0 else ""
        elif name in _AROUND and step > 0:
            skipped, depth = name, 1
        elif name in _MAIN:
            main = max(main + step, 0)
        elif not name:
            yield piece[0], main > 0
