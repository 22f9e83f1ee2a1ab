"""Builds, caches and installs the search: the name list for our own script and the index for Pagefind.

Pagefind numbers pages in the order in which it receives them, so the same texts give the same files on every machine.
The result is kept in the store, with a digest of its inputs.
"""

import gzip
import hashlib
import html
import importlib.metadata
import json
import os
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from explainer.base.files import digest_of
from explainer.base.unicode_text import composed
from explainer.docs import write
from explainer.incremental.store import DAMAGED, Store
from explainer.library import addresses
from explainer.outputs.search_files import FOLDER, OVERVIEW, WORDS, SearchSettings, SearchText
from explainer.publish.search.names import END_OF_NAMES, END_OF_PASSAGE, END_OF_TEXT, NAMES, encode, name_list
from explainer.publish.search.pagefind import pagefind_files
from explainer.publish.search.words import unheard

VERSION = 6
WORKER = "pagefind-worker.js"
MARK = b"pagefind_dcd"
"""Magic bytes at the start of Pagefind's files."""
_ENTRY = "pagefind-entry.json"
KEPT = "search"
"""The root of the store that holds the search."""
_PATH = re.compile(rf"{addresses.SEARCH}/(?:[\w-]+/)*\w[\w.-]*")
"""Paths of the files of a search; a damaged value must not name others."""


def install(store: Store, docs: Path, site: Path, *, last: bool = False) -> dict[str, str]:
    """Install the search for the pages in `docs` into a built site; `last` allows an outdated one from the store.

    Files of the search that was kept before, which the site may hold, are deleted if this one lacks them. Returns path in
    the site -> SHA-256 of the installed files. Raises PublishError if Pagefind fails.
    """
    if not (docs / FOLDER / WORDS).is_file():  # not generated, or by another version
        return {}
    key, before = _key(docs), kept(store)
    if before.digests and (last or before.key == key) and all(_linked(store, site, before.digests)):
        return before.digests
    settings = SearchSettings.decode((docs / FOLDER / WORDS).read_bytes())
    made = make(settings, [*_recorded(docs / FOLDER, settings), *written(docs)])
    digests = {f"{addresses.SEARCH}/{name}": store.put(data) for name, data in sorted(made.items())}
    for there, (name, data) in zip(_linked(store, site, digests), sorted(made.items()), strict=True):
        if not there:
            (site / addresses.SEARCH / name).write_bytes(data)
    store.save(KEPT, (key, digests), digests.values())
    for path in before.digests.keys() - digests.keys():
        (site / path).unlink(missing_ok=True)
    return digests


def _linked(store: Store, site: Path, digests: Mapping[str, str]) -> Iterator[bool]:
    """Link the files of a search into a site; yields for each whether it was in the store."""
    for path, digest in digests.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        yield store.link(digest, os.fspath(site / path))


class KeptSearch(NamedTuple):
    """The search that is kept: the key of what it was made from, and path in the site -> SHA-256 of its files."""

    key: str
    digests: dict[str, str]


def kept(store: Store) -> KeptSearch:
    """The search that is kept; one without files if there is none, or if it is damaged."""
    value = store.load(KEPT)
    try:
        key, digests = ("", {}) if value is None else value
        if not all(_PATH.fullmatch(path) for path in digests):
            raise ValueError(digests)
        return KeptSearch(key, digests)
    except DAMAGED:
        store.damaged(KEPT)
        return KeptSearch("", {})


def _recorded(folder: Path, settings: SearchSettings) -> Iterator[SearchText]:
    """Read the search texts of records and generated pages, kind by kind in the order of the settings."""
    for kind in settings.kinds:
        file = folder / f"{kind.kind}.jsonl"
        if file.is_file():
            yield from map(SearchText.of_line, file.read_text(encoding="utf-8").splitlines())


def written(docs: Path) -> Iterator[SearchText]:
    """Search texts of hand-written pages, sorted by path."""
    import markdown
    from mkdocs.utils.meta import get_data

    for path in sorted(write.hand_written(docs.parent)):
        body, front = get_data(composed((docs / path).read_text(encoding="utf-8-sig", errors="replace")))
        parsed = _Passages()
        parsed.feed(
            markdown.markdown(
                body, extensions=["attr_list", "tables", "fenced_code", "sane_lists", "def_list", "md_in_html"]
            )
        )
        title = str(front.get("title") or parsed.title or path)
        yield SearchText(
            at=addresses.hosted(path),
            kind=OVERVIEW,
            title=title,
            names=[part for part in parsed.headings if part != title],
            summary=str(front.get("description") or (parsed.passages[0] if parsed.passages else title)),
            text=parsed.passages,
        )


class _Passages(HTMLParser):
    """Extracts the title, the headings and the text blocks of an HTML page."""

    BLOCKS = frozenset({"p", "li", "dt", "dd", "tr", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})

    def __init__(self) -> None:
        """Start with no text."""
        super().__init__()
        self.passages: list[str] = []
        self.headings: list[str] = []
        self.title = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Close the current block when the next one starts."""
        if tag in self.BLOCKS:
            self._end("")

    def handle_endtag(self, tag: str) -> None:
        """Close a block; separate the cells of a table row by a space."""
        if tag in self.BLOCKS:
            self._end(tag)
        elif tag in {"td", "th"}:
            self._words.append(" ")

    def handle_data(self, data: str) -> None:
        """Append text to the current block."""
        self._words.append(data)

    def _end(self, tag: str) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if not text:
            return
        if tag == "h1" and not self.title:
            self.title = text
        elif tag.startswith("h"):
            self.headings.append(text)
        else:
            self.passages.append(text)


def origin() -> str:
    """Version of this code and of Pagefind; part of every search's cache key."""
    return f"{VERSION} {importlib.metadata.version('pagefind_bin')}"


def _key(docs: Path) -> str:
    """Cache key of a search: digest of the tool versions, this package's code, the texts and hand-written pages."""
    found = hashlib.sha256(f"{origin()}\n".encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        found.update(module.read_bytes())
    files = sorted((docs / FOLDER).iterdir())
    for path in [*files, *(docs / name for name in sorted(write.hand_written(docs.parent)))]:
        found.update(f"{path.relative_to(docs).as_posix()} {digest_of(path.read_bytes())}\n".encode())
    return found.hexdigest()


def make(settings: SearchSettings, texts: list[SearchText]) -> dict[str, bytes]:
    """Build a search: path -> content of all its files. Raises PublishError if Pagefind fails."""
    language = settings.language
    found = pagefind_files(language, [_page(text) for text in texts])
    numbers: dict[int, str] = {}
    for path in found:
        if path.startswith("fragment/"):
            said = json.loads(gzip.decompress(found[path]).removeprefix(MARK))
            number = int(said["url"].strip("/"))
            numbers[number] = path.rpartition("/")[2].partition(".")[0].rpartition("_")[2]
            if texts[number].said:  # which Pagefind would look words up in
                told = json.dumps({**said, "said": texts[number].said}, ensure_ascii=False, separators=(",", ":"))
                found[path] = gzip.compress(MARK + told.encode(), mtime=0)
    program = json.loads(found[_ENTRY])["languages"][language]["wasm"] or "unknown"
    used = re.compile(rf"fragment/.*|index/.*|pagefind\..*\.pf_meta|wasm\.{program}\.pagefind|{_ENTRY}|{WORKER}")
    files = {path: data for path, data in found.items() if used.fullmatch(path)}
    return {**files, NAMES: encode(name_list(settings, texts, numbers))}


def _page(text: SearchText) -> str:
    """Render a text as an HTML page for Pagefind, in which title and names weigh more than the passages.

    After the text come words of it in the form in which the search script asks for them, where Pagefind knows no such form.
    """
    said = "".join(f"<p>{html.escape(part)} {END_OF_PASSAGE}</p>" for part in (text.summary, *text.text))
    names = html.escape(" ; ".join(text.names))
    if more := " ".join(unheard([text.title, *text.names, text.summary, *text.text])):
        said += f"<p>{END_OF_TEXT} {html.escape(more)}</p>"
    return (
        f"<html><body><h1>{html.escape(text.title)}</h1><p data-pagefind-weight='4'>{names} {END_OF_NAMES}</p>"
        f"<meta data-pagefind-meta='answer[content]' content='{html.escape(text.summary, quote=True)}'>{said}</body></html>"
    )
