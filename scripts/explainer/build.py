"""The build pipeline, station by station: read · shape · link · compose · render · write."""

import functools
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from explainer import outputs
from explainer.base.files import Output, digest_of
from explainer.base.language import Language
from explainer.base.problems import ContentError, Problem, errors
from explainer.base.progress import Progress
from explainer.docs import content, documents, edits, ledger, words, write
from explainer.docs.ledger import Plan
from explainer.incremental import fingerprint
from explainer.incremental.records import RecordCache
from explainer.incremental.results import BuildState
from explainer.incremental.scheduler import Batch, Scheduler
from explainer.incremental.store import Store
from explainer.incremental.unshown import unshown
from explainer.kinds import own_kinds, registry
from explainer.kinds.registry import ENGINE, Kinds
from explainer.kinds.words import ORIGINAL
from explainer.library import addresses, checks, link_status
from explainer.library.checks.links import links_lead_to_anchors
from explainer.library.counts import RecordCounts, count
from explainer.library.library import Library, link
from explainer.library.loaded_record import LoadedRecord
from explainer.library.mentions import mentions_in
from explainer.outputs import Task
from explainer.outputs.redirects import redirects
from explainer.pages import compose, environment, render
from explainer.pages.page import LazyPage
from explainer.pages.template_cache import TemplateCache
from explainer.reading.document import Document, LazyDocument
from explainer.records import validate
from explainer.records.dossier import Dossier
from explainer.records.model import Loc
from explainer.records.record import Record

TEMPLATES = "templates"
"""The root of the store that holds the compiled templates of pages."""


@dataclass(frozen=True, slots=True)
class Read:
    """The result of stations 1 and 2: every valid record of `content/`, and what a library needs besides."""

    kinds: Kinds
    dossier: Dossier | None
    settings: Document | None
    entries: list[LoadedRecord]
    gone: frozenset[str]
    """The URLs that were gone at their last check."""
    about: str
    """Digest of the settings and the words of the dossier and of the URLs that are gone."""
    languages: Mapping[str, Language]
    """Tag -> words, for the language of the dossier and those of its sections."""


def read(root: Path, kinds: Kinds, cache: RecordCache) -> tuple[Read, list[Problem]]:
    """Stations 1 and 2: parse the files of `content/` and validate their records; unchanged files come from the cache."""
    found, problems = documents.sources(root)
    entries: list[LoadedRecord] = []
    named: list[_Identified] = []
    for file in found.records:
        records, idents, wrong = _records_in(file, kinds, cache)
        entries += records
        named += idents
        problems += wrong
    site, wrong = validate.read(Dossier, found.settings) if found.settings else (None, [])
    said, unsaid = _languages(kinds, found.others, site, found.settings)
    gone = frozenset(link_status.gone(edits.visits(root)))
    about = digest_of(str(sorted(gone)).encode() + b"".join(file.raw for file in found.others))
    every = [*problems, *wrong, *_names(named), *unsaid]
    return Read(kinds, site, found.settings, entries, gone, about, said), every


@dataclass(frozen=True, slots=True)
class _Identified:
    """A document with an id, whether or not it is a valid record."""

    model: type[Record]
    ident: str
    document: Document | LazyDocument


def _records_in(
    file: content.File, kinds: Kinds, cache: RecordCache
) -> tuple[list[LoadedRecord], list[_Identified], list[Problem]]:
    """The records of one file: from the cache if the file is unchanged, else parsed, and cached if all are valid."""
    key = digest_of(f"{file.path}\n".encode() + file.raw)
    again = functools.cache(lambda: documents.documents_of(file, kinds)[0])
    cached = cache.take(file.path, key, lambda at: again()[at][1])
    if cached is not None:
        return cached, [_Identified(each.record.__class__, each.record.ident, each.document) for each in cached], []
    parsed, problems = documents.documents_of(file, kinds)
    pairs: list[tuple[Document, LoadedRecord]] = []
    for at, (model, document) in enumerate(parsed):
        record, wrong = validate.read(model, document)
        problems += wrong
        if record is not None:
            lazy = LazyDocument(document.path, document.line, lambda at=at: again()[at][1])  # type: ignore[misc] # mypy knows no defaults of lambdas
            pairs.append((document, LoadedRecord(record, lazy, mentions_in(record, kinds))))
    if pairs and not problems:
        cache.put(file.path, key, pairs)
    return [entry for _, entry in pairs], _identified(parsed), problems


def _identified(parsed: Iterable[tuple[type[Record], Document]]) -> list[_Identified]:
    idents = ((model, document.data.get("id"), document) for model, document in parsed)
    return [_Identified(model, ident, document) for model, ident, document in idents if isinstance(ident, str)]


def _languages(
    kinds: Kinds, files: Iterable[content.File], site: Dossier | None, settings: Document | None
) -> tuple[Mapping[str, Language], list[Problem]]:
    """The words of the dossier's language and of those of its sections, and the problems with its catalogues."""
    catalogues = [file for file in files if words.is_catalogue(file.path)]
    if site is None or settings is None:
        return words.languages(kinds, catalogues, (ORIGINAL,))
    places = dict(_places_of_languages(site, addresses.generated(kinds)))
    known = {place: tag for place, tag in places.items() if words.is_known(tag, catalogues)}
    found, problems = words.languages(kinds, catalogues, known.values())
    if unknown := sorted(places.keys() - known.keys(), key=str):
        return found, [settings.problem(place, words.UNKNOWN.format(tag=places[place])) for place in unknown]
    return found, [*problems, *words.unused(catalogues, dict(_places_of_languages(site, site.sections)).values())]


def _places_of_languages(site: Dossier, sections: Container[str]) -> Iterator[tuple[Loc, str]]:
    """Place in the settings and tag of the language of a dossier, and of those of some sections that have their own."""
    yield ("language",), site.language
    for name, section in site.sections.items():
        if section.language and name in sections:  # a check names the sections that are not there
            yield ("sections", name, "language"), section.language


def _names(every: Iterable[_Identified]) -> list[Problem]:
    """Problems with ids that are duplicates, differ only in case, or differ from the name of the file."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], tuple[str, Document | LazyDocument]] = {}
    for named in every:
        model, ident, document = named.model, named.ident, named.document
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


def remembered(root: Path, store: Store) -> BuildState:
    """What earlier runs left of records; empty if there is nothing, or if other code or kinds made it."""
    kinds = registry.load(root)
    kept = BuildState(RecordCache(f"{fingerprint.code_fingerprint()} {kinds.fingerprint}", kinds))
    kept.records.load(store)
    return kept


def load(root: Path, progress: Progress | None = None) -> Library:
    """Stations 1 to 3 without a cache: build the library and check it; raises ContentError with every problem found."""
    kinds = registry.load(root)
    return _loaded(root, BuildState(RecordCache(kinds=kinds)), None, progress or Progress())


def _loaded(root: Path, kept: BuildState, store: Store | None, progress: Progress) -> Library:
    progress.begin("read")
    found, problems = read(root, kept.records.kinds, kept.records)
    if problems:
        raise ContentError(problems)
    if store is not None:
        kept.load(store, found.about)
    progress.begin("check")
    library, problems = linked(found)
    if library is not None:
        problems = checked(root, library, kept)
    if library is None or errors(problems):
        raise ContentError(problems)
    return library


def linked(found: Read) -> tuple[Library | None, list[Problem]]:
    """Station 3: resolve the references of records without problems."""
    if found.dossier is None or found.settings is None:  # pragma: no cover - then there are problems
        return None, []
    return link(found.kinds, found.languages, found.dossier, found.settings, found.entries, found.gone)


def checked(root: Path, library: Library, kept: BuildState) -> list[Problem]:
    """Run every check on the library, but those whose result is known."""
    kept.texts(library.shared)
    return [*write.faults(root), *checks.run(library, write.hand_written(root), kept.problems)]


def planned(
    root: Path,
    library: Library,
    kept: BuildState | None = None,
    *,
    progress: Progress | None = None,
    jobs: int = 1,
    writes: bool = True,
) -> tuple[Plan, Mapping[str, Output]]:
    """Stations 4 and 5: render every page in memory and compare the result with `docs/`.

    Up to `jobs` processes render pages. Without `writes`, an unchanged page is not rendered even if its file is missing.
    Raises ContentError if a file in the generated folders is not as the generator wrote it, or if an own kind has a
    field that is filled and that no page shows.
    """
    maker = Scheduler(
        kept or BuildState(RecordCache(kinds=library.kinds)), library.shared, progress or Progress(), jobs
    )
    there = write.generated(root)
    made = maker.outputs(list(_groups(root, library)), there if writes else None)
    if problems := [*unshown(library, maker.kept), *misled(root, library)]:
        raise ContentError(problems)
    plan = ledger.plan(made, there, write.known(root))
    if plan.conflicts:
        raise ContentError(list(plan.conflicts))
    return plan, made


def misled(root: Path, library: Library) -> list[Problem]:
    """The links in prose to places that their pages do not have; a page is made if no run has made it."""

    @functools.cache
    def recipes() -> Mapping[str, LazyPage]:
        return {page.path: page for page in compose(library, home_is_written=write.home_is_written(root))}

    @functools.cache
    def anchors(path: str) -> frozenset[str] | None:
        if path in recipes():
            return render.anchors_of(library, recipes()[path])
        return write.anchors(root, path)

    return list(links_lead_to_anchors(library, anchors))


def _groups(root: Path, library: Library) -> Iterator[Batch]:
    """The batches of tasks that generate `docs/`."""
    pages = compose(library, home_is_written=write.home_is_written(root))
    for each in outputs.of_all(library, pages):
        yield Batch((each,), long=True)
    for page in pages:
        own = Task(f"file {page.path}", partial(render.files, library, page))
        beside = outputs.of_page(library, page)
        yield Batch((own, *beside), page=True, long=page.path.endswith(addresses.HOME))
    for each in outputs.of_records(library):
        yield Batch((each,))
    yield Batch((Task("redirects", partial(redirects, library)),))


def generate(root: Path, progress: Progress | None = None, *, jobs: int = 1) -> tuple[Library, Plan]:
    """All stations: build `docs/` from `content/`, with up to `jobs` processes that render pages.

    Raises ContentError if there is a problem, with nothing written unless the problem is a failed write.
    """
    progress = progress or Progress()
    store = Store(root, progress)
    kept = remembered(root, store)
    library = _loaded(root, kept, store, progress)
    templates = TemplateCache(store.load(TEMPLATES))
    environment.keep_compiled(library.kinds, templates)
    plan, made = planned(root, library, kept, progress=progress, jobs=jobs)
    progress.begin("write")
    _write(root, plan, made)
    kept.save(store, library.shared)
    if templates.fresh:
        store.save(TEMPLATES, dict(sorted(templates.known.items())))
    progress.end()
    return library, plan


def _write(root: Path, plan: Plan, made: Mapping[str, Output]) -> None:
    """Station 6: write the outputs; raises ContentError if the system refuses."""
    before = write.known(root)
    try:
        write.apply(root, plan, made)
    except OSError as error:
        path = Path(error.filename or root / write.DOCS)
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else write.DOCS
        folder = name.rpartition("/")[0] if name.endswith(".part") else name
        message = f"cannot be written ({error.strerror}); expected a folder that can be; check its permissions and the space on the disk, then run again"
        raise ContentError([Problem(folder or write.DOCS, 1, 1, message)], wrote=write.known(root) != before) from error


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: every problem and remark, and counts over the valid records."""

    problems: tuple[Problem, ...]
    counts: RecordCounts
    linked: bool
    """Whether every record is valid and every reference resolves, so that the checks across records ran."""


def _unmade(root: Path, library: Library, kept: BuildState, jobs: int) -> list[Problem]:
    """The problems that are found where pages are made."""
    try:
        planned(root, library, kept, jobs=jobs, writes=False)
    except ContentError as stopped:
        return stopped.problems
    return []


def check(root: Path, *, pages: bool = True, jobs: int = 1) -> Checked:
    """Stations 1 to 5 without writing `docs/`: every problem of a dossier, and counts over its records.

    Without `pages`, only pages are rendered to whose anchors prose leads: that takes most of the time, and otherwise
    only finds pages that were edited by hand.
    """
    try:
        return _checked(root, pages=pages, jobs=jobs)
    except ContentError as stopped:  # without its kinds and their words no record can be read
        return Checked(tuple(sorted(set(stopped.problems))), count(ENGINE, ()), linked=False)
    except Exception as error:
        if problem := own_kinds.failure(error):
            return Checked((problem,), count(ENGINE, ()), linked=False)
        raise


def _checked(root: Path, *, pages: bool, jobs: int) -> Checked:
    store = Store(root)
    kept = remembered(root, store)
    found, problems = read(root, kept.records.kinds, kept.records)
    library = None
    if not problems:
        kept.load(store, found.about)
        library, problems = linked(found)
    if library is not None:
        problems = checked(root, library, kept)
        if not errors(problems):
            problems += _unmade(root, library, kept, jobs) if pages else misled(root, library)
    kept.save(store, library.shared if library is not None and pages and not errors(problems) else None)
    return Checked(tuple(sorted(set(problems))), count(found.kinds, found.entries), library is not None)
