"""Addresses of records on the site: the page that holds each record, and its anchor there."""

import functools
import posixpath

from explainer.kinds.registry import Kinds
from explainer.records.record import Record

OPEN_QUESTIONS = "open-questions"
"""The folder of the page of open questions."""

ACCESSIBILITY = "accessibility"
"""The folder of the accessibility statement."""
CORRECTIONS = "corrections"
"""The folder of the page of corrections."""

CHANGES = "changes"
"""The folder of the page of what is new, and of the feeds."""

EDITIONS = f"{CHANGES}/editions.md"
"""The page that lists the editions of the site that were frozen."""

RESULTS = "results"
"""The folder of the page of computed counts and sums."""

DATA = "data"
"""The folder of the page about the data."""

SEARCH = "search"
"""The folder of the search page and of all its files."""

FIELDS = "fields"
"""The folder of the field reference."""

PARTS = "parts"
"""The page of the field reference about what several kinds share."""

COMPARISONS = "compare"
"""The subfolder of a section for the pages that compare two of its records side by side."""

ABOUT, CONTRIBUTING = "about", "contributing"
"""Folders of pages that people write; a menu may name them, and leaves them out where they have no index."""

INDEXES = ("index", "README")
"""The names of a page that stands for its folder; MkDocs knows the second one because hosts of repositories show it."""

API, CITE = "api", "cite"
"""Folders of files for programs, with no page in them: the records as JSON, and entries for bibliographies."""

EMBED = "embed"
"""The folder of the figures as pages for the frames of other sites."""

PREVIEWS = f"{DATA}/previews"
"""The folder of the pieces of the previews."""

ENTRANCE = "llms.txt"
"""The entrance for programs, at the root of the site, where they look for it."""

ENTRANCE_MADE = f"{API}/{ENTRANCE}"
"""Where it is made, relative to `docs/`, since the generator owns folders only; `publish.hooks` puts it at the root."""

HOME = "index.md"
"""The home page."""


def generated(kinds: Kinds) -> tuple[str, ...]:
    """Folders under `docs/` that hold pages which the generator makes."""
    return (*sorted(kinds.sections), OPEN_QUESTIONS, CORRECTIONS, CHANGES, RESULTS, DATA, FIELDS, ACCESSIBILITY, SEARCH)


def owned(kinds: Kinds) -> tuple[str, ...]:
    """Folders under `docs/` that the generator owns entirely."""
    return (*generated(kinds), API, CITE, EMBED)


def section(model: Record | type[Record]) -> str:
    """The folder of the site that shows a type; raises KeyError for a type whose records have no address."""
    found = model.section()
    if found is None:
        raise KeyError(model.KIND)
    return found


def index(model: Record | type[Record]) -> str:
    """The index page of the section that shows a type; raises KeyError for a type without an address."""
    return f"{section(model)}/index.md"


def on_index(record: Record) -> tuple[str, str] | None:
    """The index page that lists a small record, and the anchor there; None for stories and types without a section."""
    return None if record.STORY or record.section() is None else (index(record), record.anchor)


def has_page(record: Record) -> bool:
    """Whether a record has a page of its own."""
    return record.section() is not None and (record.STORY or record.PAGED)


def page(record: Record) -> str | None:
    """The Markdown page, relative to `docs/`, that holds a record; None for types that have no address.

    In small letters, as addresses are typed: an id may be a code in capitals.
    """
    if has_page(record):
        return f"{record.section()}/{record.ident.lower()}.md"
    there = on_index(record)
    return there[0] if there else None


def anchor(record: Record) -> str | None:
    """The anchor of a record on its page; None if the page is its own or it has no address."""
    there = None if has_page(record) else on_index(record)
    return there[1] if there else None


def comparison(older: Record, newer: Record) -> str:
    """The page that compares two records of one type side by side."""
    return f"{older.section()}/{COMPARISONS}/{older.ident}/{newer.ident}.md"


def field_page(name: str) -> str:
    """The page of the field reference about a kind, the settings or the shared parts."""
    return f"{FIELDS}/{name}.md"


def relative(start: str, target: str, fragment: str | None = None) -> str:
    """The relative link from one page to another, both given relative to `docs/`."""
    path = "" if target == start and fragment else _way(posixpath.dirname(start), target)
    return f"{path}#{fragment}" if fragment else path


@functools.lru_cache(maxsize=100_000)
def _way(folder: str, target: str) -> str:
    return posixpath.relpath(f"/{target}", f"/{folder}")  # absolute, so that no working directory is looked up


def hosted(path: str) -> str:
    """The address of a page on the hosted site, relative to its root: `people/name.md` is at `people/name/`."""
    folder, slash, name = path.removesuffix(".md").rpartition("/")
    return f"{folder}{slash}" if name in INDEXES else f"{folder}{slash}{name}/"


def hosted_way(start: str, target: str, fragment: str | None = None) -> str:
    """The relative link from one page to another as the hosted site has them, for drawings, which MkDocs does not read."""
    way = posixpath.relpath(f"/{hosted(target)}", f"/{hosted(start)}") + "/"
    return f"{way}#{fragment}" if fragment else way


def is_index(path: str) -> bool:
    """Whether a page is the home page or the index of a section."""
    return path == HOME or path.endswith("/index.md")


def card(path: str, *, own: bool) -> str:
    """The preview card of a page, relative to `docs/`: its own, or that of its section."""
    card_of = path if own or is_index(path) else f"{path.partition('/')[0]}/index.md"
    return f"{DATA}/cards/{card_of.removesuffix('.md').removesuffix('/index')}.png"


def embedded(ident: str) -> str:
    """A figure as a page of its own, relative to `docs/`."""
    return f"{EMBED}/{ident}/index.html"


def cited(path: str) -> str:
    """The files with the entry of a page for bibliographies, without their endings, relative to `docs/`."""
    return f"{CITE}/pages/{path.removesuffix('.md')}"


def cited_source(ident: str) -> str:
    """The same of a source."""
    return f"{CITE}/sources/{ident}"


def cited_section(section: str) -> str:
    """The same of all pages of a section, or of all sources."""
    return f"{CITE}/sections/{section}"
