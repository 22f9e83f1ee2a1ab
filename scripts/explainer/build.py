"""The stations, in their order: read · shape · link · compose · render · write."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache as once
from functools import partial
from pathlib import Path
from typing import TypedDict

from explainer import addresses, checks, disk, frontmatter, ledger, memory, origin, outputs, render, schema, visits
from explainer.compiled import Compiled
from explainer.figures.cache import Cache
from explainer.frontmatter import Document
from explainer.ledger import Output, Plan
from explainer.library import Entry, Library, facts, link
from explainer.memory import Memory
from explainer.outputs import Portion
from explainer.pages import compose
from explainer.pages.redirects import redirects
from explainer.parallel import Group, Maker
from explainer.problems import Problem, article, did_you_mean, listed
from explainer.progress import Progress
from explainer.records import BY_FOLDER, TYPES
from explainer.records.record import Model, Record
from explainer.settings import Site

SETTINGS = "content/site.yml"
RECORDS, RESULTS, TEMPLATES = "records", "results", "templates"
"""Under which names a run leaves what it read, what it made, and the templates that it compiled."""


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
    for file in files:
        problems += _documents_of(file, documents) if file.path != SETTINGS else []
    rest = [file for file in files if file.path == SETTINGS]
    settings, wrong = _settings(rest, told={problem.path for problem in problems})
    return Reading(tuple(documents), settings), problems + wrong


def _settings(files: Iterable[disk.File], told: Container[str]) -> tuple[Document | None, list[Problem]]:
    """What the dossier says of itself; `told` are the files that have problems already."""
    for file in files:
        if not file.raw.strip():
            message = "the file is empty; expected the fields of the dossier; write title: and the others"
            return None, [Problem(SETTINGS, 1, 1, message)]
        text = frontmatter.decode(file.path, file.raw)
        found = frontmatter.split_settings(file.path, text) if isinstance(text, str) else text
        return (None, found) if isinstance(found, list) else (found, [])
    if SETTINGS in told or disk.CONTENT in told:
        return None, []
    message = "the file is missing; expected title, summary and addresses of the dossier; write it"
    return None, [Problem(SETTINGS, 1, 1, message)]


def _documents_of(file: disk.File, documents: list[tuple[type[Record], Document]]) -> list[Problem]:
    """Sort the records of a file to the documents; the problems that keep it from being read."""
    text = frontmatter.decode(file.path, file.raw)
    return text if isinstance(text, list) else _documents(file.path, text, documents)


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


def shape(model: type[Record], documents: Iterable[Document]) -> tuple[list[Entry], list[Problem]]:
    """Station 2: documents of a type as typed records."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for document in documents:
        record = schema.read(model, document)
        if isinstance(record, Record):
            entries.append(Entry(record, document, facts(record)))
        else:
            problems += record
    return entries, problems


@dataclass(frozen=True, slots=True)
class Shaped:
    """Stations 1 and 2 done: every record of `content/` that could be read."""

    site: Site | None
    settings: Document | None
    entries: list[Entry]
    problems: list[Problem]
    about: str
    """Digest of what the dossier says of itself, and of what visits found."""


def shaped(root: Path, kept: Memory) -> Shaped:
    """Stations 1 and 2: files of `content/` as typed records; what is known of an earlier run is not read again."""
    files, problems = disk.content(root)
    entries: list[Entry] = []
    named: list[tuple[type[Record], str, Document]] = []
    rest: list[disk.File] = []
    for file in files:
        key = ledger.digest(f"{file.path}\n".encode() + file.raw)
        again = once(partial(_again, file))
        found = kept.take(file.path, key, again)
        if found is not None:
            entries += found
            named += [(type(entry.record), entry.record.ident, entry.document) for entry in found]
            continue
        documents: list[tuple[type[Record], Document]] = []
        wrong = _documents_of(file, documents) if file.path != SETTINGS else []
        fresh: list[Entry] = []
        for model, document in documents:
            named += [(model, document.data["id"], document)] if isinstance(document.data.get("id"), str) else []
            made, more = shape(model, (document,))
            fresh += made
            wrong += more
        if documents and not wrong:
            kept.put(file.path, key, fresh)
            fresh = [  # places are asked for where something is wrong, and take as much memory as the records
                replace(entry, document=Document.known(file.path, entry.document.line, partial(_nth, again, place)))
                for place, entry in enumerate(fresh)
            ]
        elif file.path == SETTINGS:
            rest.append(file)
        entries += fresh
        problems += wrong
    settings, wrong = _settings(rest, told={problem.path for problem in problems})
    problems += [*wrong, *_names(named)]
    site = schema.read(Site, settings) if settings else None
    if isinstance(site, list):
        problems += site
        site = None
    gone = str(sorted(visits.gone(disk.visits(root))))
    about = ledger.digest(gone.encode() + b"".join(file.raw for file in rest))
    return Shaped(site, settings, entries, problems, about)


def _nth(again: Callable[[], list[Document]], place: int) -> Document:
    return again()[place]


def _again(file: disk.File) -> list[Document]:
    """The documents of a file that is known to hold no mistake."""
    documents: list[tuple[type[Record], Document]] = []
    _documents_of(file, documents)
    return [document for _, document in documents]


def _names(named: Iterable[tuple[type[Record], str, Document]]) -> list[Problem]:
    """Ids that are there twice, differ only in case, or differ from the file's name."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], tuple[str, Document]] = {}
    for model, ident, document in named:
        stem = document.path.rpartition("/")[2].rpartition(".")[0]
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


def remembered(root: Path, progress: Progress) -> Memory:
    """What earlier runs kept of the records of a dossier."""
    kept = Memory(origin.key())
    data = disk.recall(root, RECORDS)
    try:
        if data is not None:
            kept.read(data)
    except memory.DAMAGED:
        progress.say(f"{disk.MEMORY}/{RECORDS} is damaged; every record is read again")
    return kept


def _results(root: Path, kept: Memory, about: str, progress: Progress) -> None:
    """Recall what earlier runs kept of pages and checks."""
    kept.about = about
    data = disk.recall(root, RESULTS)
    try:
        if data is not None:
            kept.recall(data, about)
    except memory.DAMAGED:
        progress.say(f"{disk.MEMORY}/{RESULTS} is damaged; every page is made again")


def retain(root: Path, kept: Memory, progress: Progress, library: Library | None = None) -> set[str]:
    """Leave what this run read, and with a library what it made, for the next one; the drawings that pages show."""
    found = kept.found(library.shared) if library is not None else {}
    if kept.fresh or (found and kept.files != kept.before):
        progress.keeps_nothing(disk.retain(root, RECORDS, kept.readings(kept.files if found else None)))
    if found and (kept.made or kept.files != kept.before):
        progress.keeps_nothing(disk.retain(root, RESULTS, kept.nodes(found)))
    return memory.drawings(found)


def load(root: Path, progress: Progress | None = None, kept: Memory | None = None) -> Library:
    """Stations 1 to 3: the library, checked. Raises Stopped with every problem that was found."""
    progress = progress or Progress()
    progress.begin("read")
    kept = kept if kept is not None else Memory("")
    found = shaped(root, kept)
    if found.problems or found.site is None or found.settings is None:
        raise Stopped(found.problems)
    if kept.key:
        _results(root, kept, found.about, progress)
    progress.begin("check")
    library = link(found.site, found.settings, found.entries, visits.gone(disk.visits(root)))
    return checked(root, library, kept)


def checked(root: Path, library: Library | list[Problem], kept: Memory) -> Library:
    """The library, where every reference and every check holds. Raises Stopped otherwise."""
    if isinstance(library, list):
        raise Stopped(library)
    kept.texts(library.shared)
    if found := checks.run(library, disk.hand_written(root), kept.problems):
        raise Stopped(found)
    return library


def planned(
    root: Path,
    library: Library,
    kept: Memory | None = None,
    cache: Cache | None = None,
    *,
    progress: Progress | None = None,
    jobs: int = 1,
    writes: bool = True,
) -> tuple[Plan, Mapping[str, Output]]:
    """Stations 4 and 5: every page in memory, compared with what is on disk. Raises Stopped where a hand edit is in the way.

    As many as `jobs` processes make pages. Drawings that are kept in the dossier's folder are read from there; new ones
    go to `cache` and no further. Without `writes` the bytes of pages that nothing changed for are not needed, even
    where the pages are not there.
    """
    cache = cache if cache is not None else disk.Kept(root)
    maker = Maker(kept or Memory(""), library.shared, cache, progress or Progress(), jobs)
    there = disk.generated(root)
    made = maker.outputs(list(_groups(root, library, cache)), there if writes else None)
    plan = ledger.plan(made, there, disk.known(root))
    if plan.conflicts:
        raise Stopped(list(plan.conflicts))
    return plan, made


def _groups(root: Path, library: Library, cache: Cache) -> Iterator[Group]:
    """All that `docs/` is made of."""
    pages = compose(library, home_is_written=addresses.HOME in disk.hand_written(root))
    for each in outputs.of_all(library, pages, cache):
        yield Group((each,), long=True)
    for page in pages:
        own = Portion(f"file {page.path}", partial(render.files, library, page, cache))
        beside = outputs.of_page(library, page, cache)
        yield Group((own, *beside), page=True, long=page.path.endswith(addresses.HOME))
    for each in outputs.of_records(library, cache):
        yield Group((each,))
    yield Group((Portion("redirects", partial(redirects, library)),))


def generate(
    root: Path, progress: Progress | None = None, *, jobs: int = 1, kept: Memory | None = None
) -> tuple[Library, Plan]:
    """All stations: `content/` to `docs/`, with as many as `jobs` processes that make pages.

    `kept` is what `remembered` found; whoever gives it can see what this run made. Raises Stopped, with nothing written,
    where there is a problem.
    """
    progress = progress or Progress()
    kept = kept if kept is not None else remembered(root, progress)
    library = load(root, progress, kept)
    cache = disk.Kept(root)
    templates = Compiled(disk.recall(root, TEMPLATES))
    render.keep_compiled(templates)
    plan, made = planned(root, library, kept, cache, progress=progress, jobs=jobs)
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
    progress.keeps_nothing(cache.store(retain(root, kept, progress, library)))
    if templates.fresh:
        progress.keeps_nothing(disk.retain(root, TEMPLATES, templates.data()))
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


def check(root: Path, *, pages: bool = True, jobs: int = 1) -> Checked:
    """Stations 1 to 5, with no page written: every problem of a dossier, and what it holds.

    Without `pages` the pages are not made, which takes most of the time and finds only pages changed by hand.
    """
    progress = Progress()
    kept = remembered(root, progress)
    found = shaped(root, kept)
    problems = found.problems
    library: Library | list[Problem] = []
    if not problems and found.site is not None and found.settings is not None:
        _results(root, kept, found.about, progress)
        library = link(found.site, found.settings, found.entries, visits.gone(disk.visits(root)))
        try:
            sound = checked(root, library, kept)
            if pages:
                planned(root, sound, kept, progress=progress, jobs=jobs, writes=False)
        except Stopped as stopped:
            problems = stopped.problems
    linked = isinstance(library, Library)
    retain(root, kept, progress, library if isinstance(library, Library) and pages and not problems else None)
    return Checked(tuple(sorted(set(problems))), count(found.entries), linked)


def count(entries: Iterable[Entry]) -> Counts:
    """Counts over records, whether or not their references hold."""
    records = {model.KIND: 0 for model in TYPES}
    cited: set[str] = set()
    sources: set[str] = set()
    figures = citations = 0
    for entry in entries:
        record = entry.record
        records[record.KIND] += 1
        figures += entry.facts.figures
        if record.KIND == "source":
            sources.add(record.ident)
        for _, (kind, ident), _ in entry.facts.named:
            if kind == "source":
                citations += 1
                cited.add(ident)
    return {
        "records": records,
        "figures": figures,
        "citations": citations,
        "sources": {"cited": len(sources & cited), "uncited": len(sources - cited)},
    }
