"""The stations, in their order: read · shape · link · compose · render · write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypedDict

from explainer import checks, disk, frontmatter, ledger, render, schema, visits
from explainer.figures.cache import Cache
from explainer.frontmatter import Document
from explainer.ledger import Output, Plan
from explainer.library import Entry, Library, cited_by, link
from explainer.outputs import outputs
from explainer.pages import compose
from explainer.pages.redirects import redirects
from explainer.problems import Problem, article, did_you_mean, listed
from explainer.progress import Progress
from explainer.records import BY_FOLDER, TYPES
from explainer.records.record import Model, Record
from explainer.settings import Site

SETTINGS = "content/site.yml"


class Stopped(Exception):  # noqa: N818 - it names what happened, as the stations do
    """A run that found problems; nothing was written."""

    def __init__(self, problems: list[Problem], *, wrote: bool = False) -> None:
        """Keep the problems, sorted by file and line, and whether some pages had been written by then."""
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(set(problems))
        self.wrote = wrote


@dataclass(frozen=True, slots=True)
class Reading:
    """Documents by their type, and the settings of the dossier."""

    documents: tuple[tuple[type[Record], Document], ...]
    settings: Document | None


def read(root: Path) -> tuple[Reading, list[Problem]]:
    """Station 1: every file of `content/` as documents."""
    files, problems = disk.content(root)
    documents: list[tuple[type[Record], Document]] = []
    settings: Document | None = None
    for file in files:
        text = frontmatter.decode(file.path, file.raw)
        if file.path == SETTINGS and not file.raw.strip():
            message = "the file is empty; expected the fields of the dossier; write title: and the others"
            problems.append(Problem(SETTINGS, 1, 1, message))
        elif isinstance(text, list):
            problems += text
        elif file.path == SETTINGS:
            found = frontmatter.split_settings(file.path, text)
            if isinstance(found, list):
                problems += found
            else:
                settings = found
        else:
            problems += _documents(file.path, text, documents)
    if settings is None and not any(problem.path in {SETTINGS, disk.CONTENT} for problem in problems):
        problems.append(
            Problem(
                SETTINGS, 1, 1, "the file is missing; expected title, summary and addresses of the dossier; write it"
            )
        )
    return Reading(tuple(documents), settings), problems


def model_of(path: str) -> type[Model] | None:
    """The model of what a file of `content/` holds, by its place; None for files that hold no records."""
    if path == SETTINGS:
        return Site
    parts = path.split("/")[1:]
    folder, ending = parts[0], Path(path).suffix
    model = BY_FOLDER.get(folder.removesuffix(ending) if len(parts) == 1 else folder)
    return model if model and ending == (".md" if model.STORY else ".yml") and parts[-1] != "README.md" else None


def text_of(root: Path, path: str) -> str | None:
    """The text of one file of `content/`; None where it is none that can be read."""
    try:
        text = frontmatter.decode(path, (root / path).read_bytes())
    except OSError:
        return None
    return text if isinstance(text, str) else None


def _documents(path: str, text: str, documents: list[tuple[type[Record], Document]]) -> list[Problem]:
    """Sort a file's records to the documents; the problems that keep it from being read."""
    parts = path.split("/")[1:]
    ending = Path(path).suffix
    folder = parts[0].removesuffix(ending) if len(parts) == 1 else parts[0]
    if parts[-1] == "README.md":
        return []  # for people who look at the folder
    model = BY_FOLDER.get(folder)
    if model is None or len(parts) > 2:
        hint = did_you_mean(folder, BY_FOLDER) or f"; expected one of {listed(sorted(BY_FOLDER), limit=30)}"
        what = (
            f"'{parts[0]}' holds no type of record{hint}"
            if model is None
            else "a folder in a folder; expected content/type/file; move it up"
        )
        return [Problem(path, 1, 1, what)]
    if ending != (".md" if model.STORY else ".yml") or (model.STORY and len(parts) == 1):
        expected = f"content/{folder}/id.md" if model.STORY else f"content/{folder}.yml or content/{folder}/name.yml"
        return [
            Problem(path, 1, 1, f"{article(model.KIND)} does not stand in such a file; expected {expected}; rename it")
        ]
    found = frontmatter.split_story(path, text) if model.STORY else frontmatter.split_list(path, text)
    if isinstance(found, Document):
        documents.append((model, found))
        return []
    problems = [item for item in found if isinstance(item, Problem)]
    documents += [(model, item) for item in found if isinstance(item, Document)]
    return problems


def shape(reading: Reading) -> tuple[Site | None, list[Entry], list[Problem]]:
    """Station 2: documents as typed records."""
    problems = _names(reading)
    entries: list[Entry] = []
    for model, document in reading.documents:
        record = schema.read(model, document)
        if isinstance(record, Record):
            entries.append(Entry(record, document))
        else:
            problems += record
    site = schema.read(Site, reading.settings) if reading.settings else None
    if isinstance(site, list):
        return None, entries, problems + site
    return site, entries, problems


def _names(reading: Reading) -> list[Problem]:
    """Ids that are there twice, differ only in case, or differ from the file's name."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], tuple[str, Document]] = {}
    for model, document in reading.documents:
        ident = document.data.get("id")
        if not isinstance(ident, str):
            continue
        stem = Path(document.path).stem
        if model.STORY and ident != stem:
            problems.append(
                document.problem(
                    ("id",),
                    f"id '{ident}' differs from the file's name '{stem}'; expected the same; rename one of them",
                )
            )
        key = (model.KIND, ident.casefold())
        if key in seen:
            other, first = seen[key]
            place = f"{first.path}:{first.place(('id',))[0]}"
            how = "is there twice" if other == ident else f"differs from '{other}' only in case"
            problems.append(
                document.problem(
                    ("id",), f"id '{ident}' {how}, first in {place}; expected an id of its own; rename one of them"
                )
            )
        seen.setdefault(key, (ident, document))
    return problems


def load(root: Path, progress: Progress | None = None) -> Library:
    """Stations 1 to 3: the library, checked. Raises Stopped with every problem that was found."""
    progress = progress or Progress()
    progress.begin("read")
    reading, problems = read(root)
    site, entries, more = shape(reading)
    problems += more
    if problems or site is None or reading.settings is None:
        raise Stopped(problems)
    progress.begin("check")
    return checked(root, link(site, reading.settings, entries, visits.gone(disk.visits(root))))


def checked(root: Path, library: Library | list[Problem]) -> Library:
    """The library, where every reference and every check holds. Raises Stopped otherwise."""
    if isinstance(library, list):
        raise Stopped(library)
    if found := checks.run(library, disk.hand_written(root)):
        raise Stopped(found)
    return library


def planned(root: Path, library: Library, cache: Cache | None = None) -> tuple[Plan, Mapping[str, Output]]:
    """Stations 4 and 5: every page in memory, compared with what is on disk. Raises Stopped where a hand edit is in the way.

    Drawings that are kept in the dossier's folder are read from there; new ones go to `cache` and no further.
    """
    kept = cache if cache is not None else disk.Kept(root)
    home_is_written = "index.md" in disk.hand_written(root)
    pages = compose(library, home_is_written=home_is_written)
    every = chain(render.outputs(library, pages, cache=kept), outputs(library, pages, kept), redirects(library))
    made = {output.path: output for output in every}
    there = {path: ledger.digest(data) for path, data in disk.generated(root).items()}
    plan = ledger.plan(made, there, disk.known(root))
    if plan.conflicts:
        raise Stopped(list(plan.conflicts))
    return plan, made


def generate(root: Path, progress: Progress | None = None) -> tuple[Library, Plan]:
    """All stations: `content/` to `docs/`. Raises Stopped, with nothing written, where there is a problem."""
    progress = progress or Progress()
    library = load(root, progress)
    progress.begin("compose")
    cache = disk.Kept(root)
    plan, made = planned(root, library, cache)
    progress.begin("write")
    before = disk.known(root)
    try:
        disk.apply(root, plan, made)
    except OSError as error:
        path = Path(error.filename or root / disk.DOCS)
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else disk.DOCS
        folder = name.rpartition("/")[0] if name.endswith(".part") else name
        message = f"cannot be written ({error.strerror}); expected a folder that can be; check its permissions and the space on the disk, then run again"
        raise Stopped([Problem(folder or disk.DOCS, 1, 1, message)], wrote=disk.known(root) != before) from error
    cache.store()
    progress.end()
    return library, plan


class Sources(TypedDict):
    """How many sources a record cites, and how many none does."""

    cited: int
    uncited: int


class Counts(TypedDict):
    """What `explainer check --format json` counts."""

    records: dict[str, int]
    figures: int
    citations: int
    sources: Sources


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: every problem, and counts over the records that could be read."""

    problems: tuple[Problem, ...]
    counts: Counts
    linked: bool
    """Whether every record could be read and every reference holds, so that the rules across records were looked at."""


def check(root: Path, *, pages: bool = True) -> Checked:
    """Stations 1 to 5, with nothing written: every problem of a dossier, and what it holds.

    Without `pages` the pages are not made, which takes most of the time and finds only pages changed by hand.
    """
    reading, problems = read(root)
    site, entries, more = shape(reading)
    problems += more
    counts = count(entries)
    linked = False
    if not problems and site is not None and reading.settings is not None:
        try:
            found = link(site, reading.settings, entries, visits.gone(disk.visits(root)))
            linked = isinstance(found, Library)
            library = checked(root, found)
            if pages:
                planned(root, library)
        except Stopped as stopped:
            problems = stopped.problems
    return Checked(tuple(sorted(set(problems))), counts, linked)


def count(entries: Iterable[Entry]) -> Counts:
    """Counts over records, whether or not their references hold."""
    records = {model.KIND: 0 for model in TYPES}
    cited: set[str] = set()
    sources: set[str] = set()
    figures = citations = 0
    for entry in entries:
        record = entry.record
        records[record.KIND] += 1
        figures += sum(len(getattr(part, "figures", ())) for part in (record,))
        if record.KIND == "source":
            sources.add(record.ident)
        for ident in cited_by(record):
            citations += 1
            cited.add(ident)
    return {
        "records": records,
        "figures": figures,
        "citations": citations,
        "sources": {"cited": len(sources & cited), "uncited": len(sources - cited)},
    }
