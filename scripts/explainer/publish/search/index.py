"""Builds, caches and installs the search: the name list for our own script and the index for Pagefind.

Pagefind numbers pages in the order in which it receives them, so the same texts give the same files on every machine.
The result is cached in `.cache/search/` under a digest of its inputs.
"""

import gzip
import hashlib
import html
import importlib.metadata
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from explainer.base.files import digest_of
from explainer.base.progress import Progress
from explainer.docs import write
from explainer.library import addresses
from explainer.outputs.search_files import FOLDER, OVERVIEW, WORDS, SearchSettings, SearchText
from explainer.publish.cache_folder import usable
from explainer.publish.page_cache import second_name
from explainer.publish.search.names import END_OF_NAMES, END_OF_PASSAGE, NAMES, encode, name_list
from explainer.publish.search.pagefind import pagefind_files

VERSION = 4
WORKER = "pagefind-worker.js"
_OWN_NAME = re.compile(r"[0-9a-f]{64}")
"""Names of the folders in which searches are kept; others are never deleted."""
MARK = b"pagefind_dcd"
"""Magic bytes at the start of Pagefind's files."""
_ENTRY = "pagefind-entry.json"
KEPT = ".cache/search"
"""Cache folder of search indexes, relative to the dossier; safe to delete at any time."""


def install(
    docs: Path, site: Path, *, last: bool = False, before: Iterable[str] = (), progress: Progress | None = None
) -> dict[str, str]:
    """Install the search for the pages in `docs` into a built site; `last` allows an outdated index from the cache.

    `before` lists paths in the site that may hold files of an earlier search; those that this one lacks are deleted.
    Returns path in the site -> SHA-256 of the installed files. Raises PublishError if Pagefind fails.
    """
    folder = docs / FOLDER
    if not (folder / WORDS).is_file():  # not generated, or by another version
        return {}
    top = site / addresses.SEARCH
    with usable(docs.parent / KEPT, progress) as cache:
        made, digests = _kept(cache, docs, last=last)
        for name in sorted({name.rpartition("/")[0] for name in digests}):
            (top / name).mkdir(parents=True, exist_ok=True)
        for name in digests:
            second_name(made / name, os.fspath(top / name))
    placed = {f"{addresses.SEARCH}/{name}": known for name, known in digests.items()}
    for path in set(before) - placed.keys():
        (site / path).unlink(missing_ok=True)
    return placed


def inodes(docs: Path) -> dict[str, int]:
    """Path in the site -> inode of every file in the search cache, to recognise its hard links in a site."""
    found: dict[str, int] = {}
    try:
        folders = sorted(path for path in (docs.parent / KEPT).iterdir() if not path.name.startswith("."))
    except OSError:  # missing, or owned by another user
        return found
    for folder in folders:
        for base, _, _ in os.walk(folder):
            inside = os.path.relpath(base, folder).replace(os.sep, "/")
            with os.scandir(base) as entries:
                for entry in entries:
                    name = entry.name if inside == "." else f"{inside}/{entry.name}"
                    if name != SEAL and entry.is_file(follow_symlinks=False):
                        found[f"{addresses.SEARCH}/{name}"] = entry.inode()
    return found


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
        body, front = get_data((docs / path).read_text(encoding="utf-8-sig", errors="replace"))
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


def _kept(cache: Path, docs: Path, *, last: bool) -> tuple[Path, dict[str, str]]:
    """Return the cached search of the pages in `docs` and its digests; build it if the cache has no intact one."""
    folder = cache / _key(docs)
    for known in (folder, *(sorted(cache.glob("[!.]*")) if last else ())):
        if digests := _whole(known):
            return known, digests
    settings = SearchSettings.decode((docs / FOLDER / WORDS).read_bytes())
    texts = [*_recorded(docs / FOLDER, settings), *written(docs)]
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".") as part:
        new = Path(part) / "new"
        made = make(settings, texts)
        digests = {name: digest_of(made[name]) for name in sorted(made)}
        _write(new, made, digests, sorted(cache.glob("[!.]*")))
        (new / SEAL).write_bytes(json.dumps(digests).encode())
        shutil.rmtree(folder, ignore_errors=True)
        new.replace(folder)
    for other in cache.iterdir():
        if other != folder and _OWN_NAME.fullmatch(other.name):
            shutil.rmtree(other, ignore_errors=True)
    return folder, digests


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


SEAL = ".whole.json"
"""File in a cached search that lists all its other files with their digests."""


def _digests(folder: Path) -> dict[str, str]:
    """Path -> SHA-256 of all files of a cached search except the seal, sorted."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != SEAL]
    return {name: digest_of((folder / name).read_bytes()) for name in sorted(names)}


def _whole(folder: Path) -> dict[str, str]:
    """Verify a cached search against its seal: its digests, or an empty mapping if any file is missing or changed."""
    try:
        noted = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        return dict(noted) if noted == _digests(folder) else {}
    except (OSError, ValueError, TypeError):
        return {}


def _write(new: Path, made: Mapping[str, bytes], digests: Mapping[str, str], others: Iterable[Path]) -> None:
    """Write a search into a new folder; files that another cached search already has are hard-linked to it."""
    known = {
        name: other / name for other in others for name, known in _whole(other).items() if digests.get(name) == known
    }
    for folder in sorted({name.rpartition("/")[0] for name in made}):
        (new / folder).mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        if name in known:
            second_name(known[name], os.fspath(new / name))
        else:
            (new / name).write_bytes(data)


def make(settings: SearchSettings, texts: list[SearchText]) -> dict[str, bytes]:
    """Build a search: path -> content of all its files. Raises PublishError if Pagefind fails."""
    language = settings.language
    found = pagefind_files(language, [_page(text) for text in texts])
    numbers: dict[int, str] = {}
    for path in found:
        if path.startswith("fragment/"):
            said = json.loads(gzip.decompress(found[path]).removeprefix(MARK))
            numbers[int(said["url"].strip("/"))] = path.rpartition("/")[2].partition(".")[0].rpartition("_")[2]
    program = json.loads(found[_ENTRY])["languages"][language]["wasm"] or "unknown"
    used = re.compile(rf"fragment/.*|index/.*|pagefind\..*\.pf_meta|wasm\.{program}\.pagefind|{_ENTRY}|{WORKER}")
    files = {path: data for path, data in found.items() if used.fullmatch(path)}
    return {**files, NAMES: encode(name_list(settings, texts, numbers))}


def _page(text: SearchText) -> str:
    """Render a text as an HTML page for Pagefind, in which title and names weigh more than the passages."""
    said = "".join(f"<p>{html.escape(part)} {END_OF_PASSAGE}</p>" for part in (text.summary, *text.text))
    names = html.escape(" ; ".join(text.names))
    return (
        f"<html><body><h1>{html.escape(text.title)}</h1><p data-pagefind-weight='4'>{names} {END_OF_NAMES}</p>"
        f"<meta data-pagefind-meta='answer[content]' content='{html.escape(text.summary, quote=True)}'>{said}</body></html>"
    )
