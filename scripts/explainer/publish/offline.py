"""Builds the offline edition: the built site, search included, as one zip whose pages open from disk.

On `file:` URLs browsers let a page load scripts from its folder, but neither fetch files nor start workers. Therefore
each file of the search lies in a script, and links to folders name their `index.html`.
"""

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
from collections.abc import Mapping
from pathlib import Path

from explainer.base.problems import shown
from explainer.docs import words as own_words
from explainer.kinds import registry
from explainer.library import addresses
from explainer.library.releases import ARCHIVE
from explainer.publish import keeping, manifest, places
from explainer.publish.search import names
from explainer.publish.search.contents import decoded
from explainer.publish.swap import PublishError
from explainer.records.dossier import Dossier

NAME = "dist/explainer-offline.zip"
"""Default path of the zip, relative to the dossier's folder."""
_SEARCH = f"{addresses.SEARCH}/"
_LEFT_OUT = {
    "sitemap.xml",
    "sitemap.xml.gz",
    "404.html",
    keeping.FILE,
    manifest.NAME,
    f"{addresses.SEARCH}/opensearch.xml",
}
"""Files that are of use only on a server."""
_CARDS = f"{addresses.DATA}/cards/"
"""The folder of the pictures that other sites show beside a link."""
_TWIN = re.compile(r'<link rel="alternate ?" type="text/markdown"[^>]*>')
_LINK = re.compile(
    r'(?P<before>\s(?:href|action)="|<meta http-equiv="refresh" content="0; url=)(?P<to>[^"]*)(?P<after>")'
)
_HOSTED = re.compile(r'<link rel="(?:search|preload)"[^>]*>')
"""Links to the OpenSearch descriptor, which describes the hosted site, and to what its pages fetch."""
_KNOWS, _HEAD = b"<html data-offline ", 4096
"""Marker in every page of an offline edition, and how many bytes of a page are searched for it."""
_EARLIEST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Earliest timestamp that zip can store."""


def place(root: Path, output: Path) -> Path:
    """Resolve and validate the output path of the zip; writes nothing. Raises PublishError if it may not be written.

    Only an existing offline edition or an empty file may be replaced.
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
    """Whether a file is an offline edition: a zip whose `index.html` has the marker."""
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
    """Pack the offline edition as a zip; reproducible: the same site and commit give the same bytes (same zlib)."""
    moment = max(dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or 0), dt.UTC), _EARLIEST)
    files = dict(sorted(edition(site, root, about).items()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # fixed to Unix, so that the bytes do not depend on the system
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def edition(site: Path, root: Path, about: Dossier) -> dict[str, bytes]:
    """Path -> content of every file of the offline edition."""
    there = {name: site / name for name in manifest.read(site) or () if not _is_left_out(name)}
    files = {name: _offline(name, there) for name in there if name.endswith(".html") or not name.startswith(_SEARCH)}
    if _SEARCH + names.NAMES in there:
        files |= _search({name: path for name, path in there.items() if name not in files})
    files["index.html"] = _first(files["index.html"].decode(), root, about).encode()
    return files


def _is_left_out(name: str) -> bool:
    """Whether a file is of no use on a disk, or for programs that read the hosted site."""
    return name in _LEFT_OUT or name.startswith((_CARDS, f"{ARCHIVE}/")) or name.endswith(".md")


def _offline(name: str, there: Mapping[str, Path]) -> bytes:
    """The bytes of a file in the offline edition: a page with links to files, anything else as it is."""
    data = there[name].read_bytes()
    return _page(data.decode(), name, there).encode() if name.endswith(".html") else data


def _search(there: Mapping[str, Path]) -> dict[str, bytes]:
    """The files of the search, each in a script: pages opened from disk may load nothing else."""
    return {f"{name}.js": _script(name.removeprefix(_SEARCH), path.read_bytes()) for name, path in there.items()}


def _script(name: str, data: bytes) -> bytes:
    """A script that hands over the JSON of a file of the search."""
    said = json.dumps([name, decoded(data)], ensure_ascii=False, separators=(",", ":"))
    return f"explainerPack(...{said});\n".encode()


def _page(text: str, name: str, there: Mapping[str, object]) -> str:
    """Rewrite a page for offline use: links to files instead of folders, and the marker."""

    def named(match: re.Match[str]) -> str:
        return f"{match['before']}{html.escape(_file(html.unescape(match['to']), name, there), quote=True)}{match['after']}"

    page = _LINK.sub(named, _HOSTED.sub("", _TWIN.sub("", keeping.unasked(text))))
    return page.replace("<html ", _KNOWS.decode(), 1)


def _file(link: str, page: str, there: Mapping[str, object]) -> str:
    """Append `index.html` to a link to a folder of the site; return any other link unchanged."""
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
    """Add the date and commit of the edition below the heading of the home page."""
    words = own_words.language(root, registry.load(root), about.language)
    commit = manifest.commit(root)
    key = "offline.edition" if commit else "offline.edition-without-commit"
    says = words(key).format(
        date=words.day(about.updated),
        commit=(commit or "")[:12] + ("-dirty" if (commit or "").endswith("-dirty") else ""),
    )
    return text.replace("</h1>", f'</h1>\n<p class="x-edition">{html.escape(says)}</p>', 1)


def digest(data: bytes) -> str:
    """SHA-256 of the zip as a hexadecimal string."""
    return hashlib.sha256(data).hexdigest()
