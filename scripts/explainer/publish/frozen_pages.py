"""Turns a built site into the files of a frozen edition, and those into what stands under `versions/`; pure functions.

What would differ from edition to edition (its version, the sentence at the head of its pages) is left open when it is
frozen, so that editions share their pages, and filled in when a site is built: only then it is known whether a page is
still there.
"""

import html
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping

from explainer.base.dataclass import dataclass
from explainer.library import addresses
from explainer.library.releases import ARCHIVE
from explainer.publish import keeping, manifest

VERSION, BANNER, EDITION, SEARCH, NOT_KEPT = (f"\ue010{letter}\ue011" for letter in "vbesn")
"""What is left open: between private-use characters, which no text has."""
_LEFT_OUT = re.compile(
    rf"(?:sitemap\.xml(?:\.gz)?|404\.html|llms\.txt|{re.escape(keeping.FILE)}|{re.escape(manifest.NAME)})"
    rf"|(?:{addresses.SEARCH}|{ARCHIVE}|{addresses.DATA}/cards)/.*"
    r"|.*\.(?:xml|ics|md|map)"
)
"""Files of use only to a search, to other sites, to programs that follow what is new, or beside a page."""
_UNKEPT = re.compile(r".*\.(?:xlsx|sqlite|zip)")
"""Files to take away that hold what the texts beside them hold, and of which no two editions share a byte."""
_ARTICLE = re.compile(r"<article\b[^>]*>")
_OPENER = re.compile(r'<a class="x-search".*?</a>', re.DOTALL)
_FOOTER = re.compile(r'<p class="x-release">.*?</p>', re.DOTALL)
_PERMALINK = re.compile(r'<dd>\s*<span class="x-permalink">.*?</span></span>\s*</dd>\s*', re.DOTALL)
_HEAD = re.compile(
    r'\s*<link rel="(?:alternate ?|search)"[^>]*>|\s*<meta (?:property="og:image|name="twitter:)[^>]*>'
    r'|\s*<link rel="[^"]*" type="application/(?:atom\+xml|opensearchdescription\+xml)"[^>]*>'
)
_LINK = re.compile(r' href="(?P<to>[^"#?:]+)(?P<rest>[#?][^"]*)?"')
_ROBOTS = '<meta name="robots" content="noindex">'


@dataclass(frozen=True, slots=True)
class Frozen:
    """A built site, seen as an edition."""

    url: str
    """The address of the site, with a slash at its end."""
    there: frozenset[str]
    """The files of the site."""

    @property
    def kept(self) -> list[str]:
        """The files that the edition keeps, sorted."""
        return sorted(name for name in self.there if is_kept(name))

    def file(self, name: str, data: bytes) -> bytes:
        """A file as the edition keeps it."""
        if name.endswith(".html"):
            return self._page(name, data.decode()).encode()
        if name.startswith(f"{addresses.CITE}/"):
            return self._with_permalinks(data.decode()).encode()
        return data

    def _page(self, name: str, text: str) -> str:
        text = _PERMALINK.sub("", keeping.unasked(_HEAD.sub("", text)))
        text = _FOOTER.sub(f'<p class="x-release">{EDITION}</p>', text)
        away = posixpath.relpath(f"/{addresses.SEARCH}", f"/{ARCHIVE}/v/{posixpath.dirname(name)}") + "/"
        text = _OPENER.sub(f'<a class="x-newest" href="{away}">{SEARCH}</a>', text)
        if _ROBOTS not in text:
            text = text.replace("</head>", f"{_ROBOTS}\n</head>", 1)
        text = self._with_permalinks(text)
        text = _LINK.sub(lambda match: self._link(name, match), text)
        return _ARTICLE.sub(lambda match: match[0] + BANNER, text, count=1)

    def _with_permalinks(self, text: str) -> str:
        """The whole addresses of pages of the site as those of this edition."""
        return re.sub(re.escape(self.url) + r'([^"<>{}\s#?]*)(?=["<>}\s#?]|$)', self._permalink, text)

    def _permalink(self, match: re.Match[str]) -> str:
        is_page = f"{match[1]}index.html" in self.there and (not match[1] or match[1].endswith("/"))
        return f"{self.url}{ARCHIVE}/{VERSION}/{match[1]}" if is_page else match[0]

    def _link(self, name: str, match: re.Match[str]) -> str:
        """A link to what the edition does not keep leads to the site as it is, or nowhere if it would be other data."""
        to = html.unescape(match["to"])
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), to))
        file = target if target in self.there else f"{target}/index.html".removeprefix("./")
        if to.startswith("/") or file not in self.there or is_kept(file):
            return match[0]
        if _UNKEPT.fullmatch(file):
            return f' title="{NOT_KEPT}"'
        way = posixpath.relpath(f"/{target}", f"/{ARCHIVE}/v/{posixpath.dirname(name)}") + "/" * to.endswith("/")
        return f' href="{html.escape(way)}{match["rest"] or ""}"'


def is_kept(name: str) -> bool:
    """Whether an edition keeps a file of the site."""
    return not _LEFT_OUT.fullmatch(name) and not _UNKEPT.fullmatch(name)


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills the places that an edition leaves open."""

    version: str
    words: Mapping[str, str]
    """`old`, `banner`, `today`, `gone`, `home`, `search`, `not-kept`: sentences of the catalogue, with version and date."""
    language: str
    direction: str

    def file(self, name: str, data: bytes, now: Collection[str]) -> bytes:
        """A file as it stands under `versions/`; `now` holds the files of the site as it is."""
        parts = dict(self._parts(name, now))
        for mark, text in parts.items():
            data = data.replace(mark.encode(), text.encode())
        return data

    def _parts(self, name: str, now: Collection[str]) -> Iterator[tuple[str, str]]:
        yield VERSION, self.version
        if name.endswith(".html"):
            yield BANNER, self._banner(name, is_there=name in now)
            yield EDITION, html.escape(self.words["old"])
            yield SEARCH, html.escape(self.words["search"])
            yield NOT_KEPT, html.escape(self.words["not-kept"])

    def _banner(self, name: str, *, is_there: bool) -> str:
        """The sentence at the head of a page, with the way to the newest version of that very page."""
        target = name.removesuffix("index.html") if is_there else ""
        way = posixpath.relpath(f"/{target}", f"/{ARCHIVE}/v/{posixpath.dirname(name)}")
        link = f'<a href="{html.escape(way)}/">{html.escape(self.words["today" if is_there else "home"])}</a>'
        says = [self.words["banner"], *([] if is_there else [self.words["gone"]])]
        return (
            f'<aside class="x-frozen" lang="{html.escape(self.language)}" dir="{self.direction}">'
            f"<p>{html.escape(' '.join(says))} {link}</p></aside>"
        )
