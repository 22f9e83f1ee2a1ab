"""The service worker, which keeps the pages that a reader has read: put at the root of a site that asks for one, else left out."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from explainer.base.files import digest_of
from explainer.base.language import Language
from explainer.library.releases import ARCHIVE
from explainer.records.dossier import Dossier

SOURCE = "assets/service-worker.js"
FILE = "service-worker.js"
"""Its place in a site: beside the home page, for a worker reaches no further than the folder that it stands in."""

_ASKS = re.compile(r' data-kept="[^"]*"')
"""What asks for the worker in a page."""


def unasked(page: str) -> str:
    """A page that asks for no worker: a disk has no use for one, and that of the site as it is would stand for an old edition."""
    return _ASKS.sub("", page)


def settings(about: Dossier, words: Language) -> dict[str, Any] | None:
    """What the worker and the pages need to know; None where the dossier asks for none."""
    if not about.keep_pages:
        return None
    return {
        "leave": [f"{ARCHIVE}/"],
        "words": {name: words(f"kept.{name}") for name in ("title", "says", "pages")},
        "notice": words("kept.notice"),
        "language": about.language,
        "direction": "rtl" if words.right_to_left(about.language) else "ltr",
    }


def install(files: Any, given: Mapping[str, Any] | None) -> None:
    """Put the worker at the root of the site, with what it needs to know; leave it out where nothing is given."""
    worker = files.get_file_from_path(SOURCE)
    if worker is None:
        return
    if given is None:
        files.remove(worker)
        return
    known = json.dumps({**given, "version": _version(files)}, ensure_ascii=False, sort_keys=True)
    worker.content_string = f"self.explainerKeeps = {known};\n{worker.content_string}"
    worker.dest_uri = FILE


def _version(files: Iterable[Any]) -> str:
    """A digest of the scripts and styles that pages are shown with: a change of one makes another worker."""
    shown = (file for file in files if file.dest_uri.startswith("assets/") and file.dest_uri.endswith((".css", ".js")))
    lines = (
        f"{file.dest_uri} {digest_of(file.content_bytes)}\n" for file in sorted(shown, key=lambda one: one.dest_uri)
    )
    return digest_of("".join(lines).encode())[:16]
