"""Where each record lives on the site: the page that holds it, and its anchor there."""

import functools
import posixpath

from explainer.records.record import Record

SECTIONS = {
    "explainer": "explainers",
    "resolution": "resolutions",
    "operation": "operations",
    "goal": "goals",
    "organisation": "organisations",
    "person": "people",
    "agreement": "agreements",
    "claim": "claims",
    "dispute": "disputes",
    "event": "timeline",
    "term": "glossary",
    "country": "countries",
    "sdg": "sdgs",
    "theme": "themes",
    "source": "sources",
}
"""The folder of the site that shows a type; types without one have no address of their own."""

OPEN_QUESTIONS = "open-questions"
"""The folder of the page that gathers what is not known."""

RESULTS = "results"
"""The folder of the page of computed counts and sums."""

DATA = "data"
"""The folder of the page about the data."""

GENERATED = (*sorted(set(SECTIONS.values())), OPEN_QUESTIONS, RESULTS, DATA)
"""Folders under `docs/` that belong to the generator, whole."""

HOME = "index.md"
"""The home page."""


def index(kind: str) -> str:
    """The index page of the section that shows a type."""
    return f"{SECTIONS[kind]}/index.md"


def page(record: Record) -> str | None:
    """The Markdown page, relative to `docs/`, that holds a record; None for types that have no address."""
    section = SECTIONS.get(record.KIND)
    if section is None:
        return None
    return f"{section}/{record.ident}.md" if record.STORY else f"{section}/index.md"


def anchor(record: Record) -> str | None:
    """The anchor of a record on its page; None where the page is its own."""
    if record.STORY or record.KIND not in SECTIONS:
        return None
    return f"sdg-{record.ident}" if record.KIND == "sdg" else record.ident.lower()


@functools.lru_cache(maxsize=100_000)
def relative(start: str, target: str, fragment: str | None = None) -> str:
    """The link from one page to another, both relative to `docs/`."""
    path = "" if target == start and fragment else posixpath.relpath(target, posixpath.dirname(start) or ".")
    return f"{path}#{fragment}" if fragment else path


def hosted(path: str) -> str:
    """The address of a page on the hosted site, relative to its root: `goals/3.md` is at `goals/3/`."""
    name = path.removesuffix(".md")
    return name.removesuffix("index") if name == "index" or name.endswith("/index") else f"{name}/"


def has_own_card(path: str) -> bool:
    """Whether a page has a card of its own, for other sites to show: the home page, indexes and explainers do."""
    return path == HOME or path.endswith("/index.md") or path.startswith(f"{SECTIONS['explainer']}/")


def card(path: str) -> str:
    """The card of a page, relative to `docs/`: its own, or that of its section."""
    own = path if has_own_card(path) else f"{path.partition('/')[0]}/index.md"
    return f"{DATA}/cards/{own.removesuffix('.md').removesuffix('/index')}.png"
