"""The edition for reading offline: the built site in one zip that opens from disk, search included.

A browser that shows files lets a page load scripts from its folder, but fetch nothing and start no worker. So every file
that the search asks for stands in scripts as base64, Pagefind's worker runs in the page, and links name the file that a
server would have chosen for a folder.
"""

import base64
import datetime as dt
import hashlib
import html
import io
import json
import os
import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from explainer.base.language import language_of
from explainer.library import addresses
from explainer.publish import manifest, places
from explainer.publish.search import names
from explainer.publish.search.index import WORKER
from explainer.publish.swap import PublishError, shown
from explainer.records.dossier import Dossier

NAME = "dist/explainer-offline.zip"
"""Where the zip goes, in the dossier's folder."""
_LEFT_OUT = {"sitemap.xml", "sitemap.xml.gz", "404.html", manifest.NAME, f"{addresses.SEARCH}/opensearch.xml"}
"""What only a server or the hosted site has a use for."""
_LINK = re.compile(
    r'(?P<before>\s(?:href|action)="|<meta http-equiv="refresh" content="0; url=)(?P<to>[^"]*)(?P<after>")'
)
_FRAGMENT = re.compile(r"fragment/.*_(?P<pack>[0-9a-f]{2})[0-9a-f]*\.pf_fragment")
_DESCRIPTOR = re.compile(r'<link rel="search"[^>]*>')
"""What tells a browser how to search the hosted site."""
_PROGRAM = "script-src 'self'"
_KNOWS, _HEAD = b"<html data-offline ", 4096
"""What every page of an edition has, and how many bytes from its beginning it may stand."""
_EARLIEST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""No zip knows an earlier moment."""


def place(root: Path, output: Path) -> Path:
    """Where the zip is to stand, links followed. Raises Failed where it may not; nothing is written.

    Only an offline edition, or a file with nothing in it, is ever replaced.
    """
    remedy = "name another file with --output"
    path = places.resolved(output, remedy)
    if os.path.lexists(path) and not path.is_file():
        raise PublishError(f"{shown(str(path))} is not a regular file; expected the name of a zip; {remedy}")
    places.apart(root, path, remedy)
    if not path.is_file():
        return path
    if path.stat().st_size and not _is_edition(path):
        raise PublishError(
            f"{shown(str(path))} is there, and is no offline edition; expected one to replace, or no file; {remedy}"
        )
    return path


def _is_edition(path: Path) -> bool:
    """Whether a file is a zip of ours: its first page knows that it is read from disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            first = archive.getinfo("index.html")
            if first.compress_type != zipfile.ZIP_DEFLATED:
                return False
            with archive.open(first) as page:
                return _KNOWS in page.read(_HEAD)
    except (OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return False


def bundle(site: Path, root: Path, about: Dossier) -> bytes:
    """The zip of a built site; the same site and commit give the same bytes (with the same zlib)."""
    moment = max(dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or 0), dt.UTC), _EARLIEST)
    files = dict(sorted(edition(site, root, about).items()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # so that the bytes are the same on every system
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def edition(site: Path, root: Path, about: Dossier) -> dict[str, bytes]:
    """Every file of the edition, by its path."""
    there = {name: site / name for name in manifest.read(site) or () if name not in _LEFT_OUT}
    files: dict[str, bytes] = {}
    asked: dict[str, bytes] = {}
    for name, path in there.items():
        folder, _, rest = name.partition("/")
        if name.endswith(".html"):
            files[name] = _page(path.read_text(encoding="utf-8"), name, there).encode()
        elif folder == addresses.SEARCH and rest != WORKER:
            asked[rest] = path.read_bytes()
        elif folder != addresses.SEARCH:
            files[name] = path.read_bytes()
    if names.NAMES in asked:
        worker = (site / addresses.SEARCH / WORKER).read_bytes()
        files[f"{addresses.SEARCH}/engine.js"] = (
            b"window.explainerEngine = (self, fetch, document) => {\n%s\n};\n" % worker
        )
        files |= {f"{addresses.SEARCH}/packs/{name}.js": data for name, data in _packs(asked)}
    files["index.html"] = _first(files["index.html"].decode(), root, about).encode()
    return files


def _packs(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files of the search as scripts: the texts of records in many small ones, the rest in one."""
    packs: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, data in sorted(files.items()):
        match = _FRAGMENT.fullmatch(name)
        packs[match["pack"] if match else "index"][name] = base64.b64encode(data).decode()
    for name, inside in packs.items():
        yield name, f"explainerPack({json.dumps(inside, separators=(',', ':'))});\n".encode()


def _page(text: str, name: str, there: Mapping[str, object]) -> str:
    """A page whose links name files, and that knows that it is read from disk."""

    def named(match: re.Match[str]) -> str:
        return f"{match['before']}{html.escape(_file(html.unescape(match['to']), name, there), quote=True)}{match['after']}"

    page = _LINK.sub(named, _DESCRIPTOR.sub("", text))
    page = page.replace("<html ", _KNOWS.decode(), 1)
    # Pagefind is a program of WebAssembly; on the hosted site it runs in a worker, to which a page's policy does not apply
    return page.replace(_PROGRAM, f"{_PROGRAM} 'wasm-unsafe-eval'", 1)


def _file(link: str, page: str, there: Mapping[str, object]) -> str:
    """A link with the file that a server would have chosen; any other link as it is."""
    match = re.fullmatch(r"(?P<path>[^?#:]*)(?P<rest>[?#].*)?", link)
    if match is None or not match["path"] or match["path"].startswith("/"):
        return link
    path = match["path"]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    index = "index.html" if target == "." else f"{target}/index.html"
    if index not in there or target in there:
        return link
    return f"{path.rstrip('/')}/index.html{match['rest'] or ''}"


def _first(text: str, root: Path, about: Dossier) -> str:
    """The first page, which says what edition this is."""
    words = language_of(about.language)
    commit = manifest.commit(root)
    key = "offline.edition" if commit else "offline.edition-without-commit"
    says = words(key).format(
        date=words.day(about.updated),
        commit=(commit or "")[:12] + ("-dirty" if (commit or "").endswith("-dirty") else ""),
    )
    return text.replace("</h1>", f'</h1>\n<p class="x-edition">{html.escape(says)}</p>', 1)


def digest(data: bytes) -> str:
    """SHA-256 of the zip, for whoever passes it on."""
    return hashlib.sha256(data).hexdigest()
