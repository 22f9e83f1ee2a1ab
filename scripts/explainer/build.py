"""The build pipeline, station by station: read · shape · link · compose · render · write."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache as once
from functools import partial
from pathlib import Path

from explainer import outputs
from explainer.base.files import Output, digest_of
from explainer.base.language import Language
from explainer.base.problems import ContentError, Problem
from explainer.base.progress import Progress
from explainer.docs import content, edits, ledger, words, write
from explainer.docs.documents import SETTINGS, documents_of, settings_in
from explainer.docs.ledger import Plan
from explainer.incremental import fingerprint, results, store
from explainer.incremental.results import BuildState
from explainer.incremental.scheduler import Batch, Scheduler
from explainer.kinds import registry
from explainer.kinds.registry import ENGINE, Kinds
from explainer.kinds.words import ORIGINAL
from explainer.library import addresses, checks, link_status
from explainer.library.counts import RecordCounts, count
from explainer.library.library import Library, link
from explainer.library.loaded_record import LoadedRecord
from explainer.library.mentions import mentions_in
from explainer.outputs import Task
from explainer.outputs.redirects import redirects
from explainer.pages import compose, environment, render
from explainer.pages.template_cache import TemplateCache
from explainer.reading.document import Document
from explainer.records import validate
from explainer.records.dossier import Dossier
from explainer.records.model import Loc
from explainer.records.record import Record

RECORDS, RESULTS, TEMPLATES = "records", "results", "templates"
"""Names of the cache files: parsed records, build results, compiled templates."""


def shape(kinds: Kinds, documents: Iterable[tuple[type[Record], Document]]) -> tuple[list[LoadedRecord], list[Problem]]:
    """Station 2: validate documents as records, each by its model; returns these and the problems found."""
    entries: list[LoadedRecord] = []
    problems: list[Problem] = []
    for model, document in documents:
        record = validate.read(model, document)
        if isinstance(record, Record):
            entries.append(LoadedRecord(record, document, mentions_in(record, kinds)))
        else:
            problems += record
    return entries, problems


@dataclass(frozen=True, slots=True)
class Shaped:
    """The result of stations 1 and 2: every valid record of `content/`, and the problems found."""

    dossier: Dossier | None
    settings: Document | None
    entries: list[LoadedRecord]
    problems: list[Problem]
    about: str
    """Digest of the settings and the words of the dossier and of the URLs that were gone at their last check."""
    languages: Mapping[str, Language]
    """Tag -> words, for the language of the dossier and those of its sections."""


def shaped(root: Path, kinds: Kinds, kept: BuildState) -> Shaped:
    """Stations 1 and 2: parse and validate the files of `content/`; unchanged files come from the cache."""
    files, problems = content.content_files(root)
    rest = [file for file in files if _is_setting(file.path)]
    records = [_records_in(file, kinds, kept) for file in files if not _is_setting(file.path)]
    problems += [problem for each in records for problem in each.problems]
    settings, wrong = settings_in(
        (file for file in rest if file.path == SETTINGS), told={problem.path for problem in problems}
    )
    site = validate.read(Dossier, settings) if settings else None
    if isinstance(site, list):
        wrong = [*wrong, *site]
        site = None
    said, unsaid = _languages(kinds, rest, site, settings)
    return Shaped(
        dossier=site,
        settings=settings,
        entries=[entry for each in records for entry in each.entries],
        problems=[*problems, *wrong, *_names(named for each in records for named in each.named), *unsaid],
        about=_about(root, rest),
        languages=said,
    )


def _is_setting(path: str) -> bool:
    """Whether a file of `content/` holds no records: the settings, and the words of a language."""
    return path == SETTINGS or words.is_catalogue(path)


@dataclass(frozen=True, slots=True)
class _Identified:
    """A document with an id, whether or not it is a valid record."""

    model: type[Record]
    ident: str
    document: Document


@dataclass(frozen=True, slots=True)
class _FileRecords:
    """What stations 1 and 2 make of one file."""

    entries: list[LoadedRecord]
    named: list[_Identified]
    problems: list[Problem] = field(default_factory=list)


def _records_in(file: content.File, kinds: Kinds, kept: BuildState) -> _FileRecords:
    """The records of one file: from the cache if the file is unchanged, else parsed, and cached if all are valid."""
    key = digest_of(f"{file.path}\n".encode() + file.raw)
    again = once(lambda: [document for _, document in documents_of(file, kinds).documents])
    cached = kept.take(file.path, key, again)
    if cached is not None:
        named = [_Identified(type(entry.record), entry.record.ident, entry.document) for entry in cached]
        return _FileRecords(cached, named)
    parsed = documents_of(file, kinds)
    entries, wrong = shape(kinds, parsed.documents)
    problems = [*parsed.problems, *wrong]
    idents = ((model, document.data.get("id"), document) for model, document in parsed.documents)
    named = [_Identified(model, ident, document) for model, ident, document in idents if isinstance(ident, str)]
    if entries and not problems:
        kept.put(file.path, key, entries)
        entries = [_without_positions(entry, again, place) for place, entry in enumerate(entries)]
    return _FileRecords(entries, named, problems)


def _without_positions(entry: LoadedRecord, again: Callable[[], Sequence[Document]], place: int) -> LoadedRecord:
    """The record with a lazy document: positions are needed only for problems, and take as much memory as the record."""
    document = Document.known(entry.document.path, entry.document.line, lambda: again()[place])
    return replace(entry, document=document)


def _about(root: Path, settings: Iterable[content.File]) -> str:
    """Digest of the files of settings and of the URLs that were gone at their last check."""
    gone = str(sorted(link_status.gone(edits.visits(root))))
    return digest_of(gone.encode() + b"".join(file.raw for file in settings))


def _languages(
    kinds: Kinds, files: Iterable[content.File], site: Dossier | None, settings: Document | None
) -> tuple[Mapping[str, Language], list[Problem]]:
    """The words of the dossier's language and of those of its sections, and the problems with its catalogues."""
    catalogues = [file for file in files if words.is_catalogue(file.path)]
    if site is None or settings is None:
        return words.languages(kinds, catalogues, (ORIGINAL,))
    places = dict(_places_of_languages(site, addresses.generated(kinds)))
    unknown = [place for place, tag in places.items() if not words.is_known(tag, catalogues)]
    found, problems = words.languages(kinds, catalogues, (tag for at, tag in places.items() if at not in unknown))
    if unknown:
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
    seen: dict[tuple[str, str], tuple[str, Document]] = {}
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


def remembered(root: Path, progress: Progress) -> BuildState:
    """Load the cache of parsed records; empty if there is none or it is damaged."""
    kinds = registry.load(root)
    kept = BuildState(f"{fingerprint.code_fingerprint()} {kinds.fingerprint}", kinds)
    data = store.recall(root, RECORDS)
    try:
        if data is not None:
            kept.read(data)
    except results.DAMAGED:
        progress.say(f"{store.MEMORY}/{RECORDS} is damaged; every record is read again")
    return kept


def _results(root: Path, kept: BuildState, about: str, progress: Progress) -> None:
    """Load the cached results of pages and checks into `kept`."""
    kept.about = about
    data = store.recall(root, RESULTS)
    try:
        if data is not None:
            kept.recall(data, about)
    except results.DAMAGED:
        progress.say(f"{store.MEMORY}/{RESULTS} is damaged; every page is made again")


def retain(root: Path, kept: BuildState, progress: Progress, library: Library | None = None) -> None:
    """Save the cache of records, and with a library that of results."""
    found = kept.found(library.shared) if library is not None else {}
    if kept.fresh or (found and kept.files != kept.before):
        progress.keeps_nothing(store.retain(root, RECORDS, kept.readings(kept.files if found else None)))
    if found and (kept.made or kept.files != kept.before):
        progress.keeps_nothing(store.retain(root, RESULTS, kept.nodes(found)))


def load(root: Path, progress: Progress | None = None, kept: BuildState | None = None) -> Library:
    """Stations 1 to 3: build the library and check it; raises ContentError with every problem found."""
    progress = progress or Progress()
    progress.begin("read")
    kinds = registry.load(root)
    kept = kept if kept is not None else BuildState("", kinds)
    found = shaped(root, kinds, kept)
    if found.problems or found.dossier is None or found.settings is None:
        raise ContentError(found.problems)
    if kept.key:
        _results(root, kept, found.about, progress)
    progress.begin("check")
    library = linked(root, kinds, found)
    return checked(root, library, kept)


def linked(root: Path, kinds: Kinds, found: Shaped) -> Library | list[Problem]:
    """Station 3: resolve the references of records without problems."""
    if found.dossier is None or found.settings is None:  # pragma: no cover - then there are problems
        return found.problems
    gone = link_status.gone(edits.visits(root))
    return link(kinds, found.languages, found.dossier, found.settings, found.entries, gone)


def checked(root: Path, library: Library | list[Problem], kept: BuildState) -> Library:
    """Run every check on the library and return it; raises ContentError if a reference is broken or a check fails."""
    if isinstance(library, list):
        raise ContentError(library)
    kept.texts(library.shared)
    if found := checks.run(library, write.hand_written(root), kept.problems):
        raise ContentError(found)
    return library


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
    Raises ContentError if a file in the generated folders is not as the generator wrote it.
    """
    maker = Scheduler(kept or BuildState(""), library.shared, progress or Progress(), jobs)
    there = write.generated(root)
    made = maker.outputs(list(_groups(root, library)), there if writes else None)
    plan = ledger.plan(made, there, write.known(root))
    if plan.conflicts:
        raise ContentError(list(plan.conflicts))
    return plan, made


def _groups(root: Path, library: Library) -> Iterator[Batch]:
    """The batches of tasks that generate `docs/`."""
    pages = compose(library, home_is_written=addresses.HOME in write.hand_written(root))
    for each in outputs.of_all(library, pages):
        yield Batch((each,), long=True)
    for page in pages:
        own = Task(f"file {page.path}", partial(render.files, library, page))
        beside = outputs.of_page(library, page)
        yield Batch((own, *beside), page=True, long=page.path.endswith(addresses.HOME))
    for each in outputs.of_records(library):
        yield Batch((each,))
    yield Batch((Task("redirects", partial(redirects, library)),))


def generate(
    root: Path, progress: Progress | None = None, *, jobs: int = 1, kept: BuildState | None = None
) -> tuple[Library, Plan]:
    """All stations: build `docs/` from `content/`, with up to `jobs` processes that render pages.

    `kept` is the cache state that `remembered` returns; a caller that passes its own can inspect the results of this
    run. Raises ContentError if there is a problem, with nothing written unless the problem is a failed write.
    """
    progress = progress or Progress()
    kept = kept if kept is not None else remembered(root, progress)
    library = load(root, progress, kept)
    templates = TemplateCache(store.recall(root, TEMPLATES))
    environment.keep_compiled(library.kinds, templates)
    plan, made = planned(root, library, kept, progress=progress, jobs=jobs)
    progress.begin("write")
    before = write.known(root)
    try:
        write.apply(root, plan, made)
    except OSError as error:
        path = Path(error.filename or root / write.DOCS)
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else write.DOCS
        folder = name.rpartition("/")[0] if name.endswith(".part") else name
        message = f"cannot be written ({error.strerror}); expected a folder that can be; check its permissions and the space on the disk, then run again"
        raise ContentError([Problem(folder or write.DOCS, 1, 1, message)], wrote=write.known(root) != before) from error
    retain(root, kept, progress, library)
    if templates.fresh:
        progress.keeps_nothing(store.retain(root, TEMPLATES, templates.data()))
    progress.end()
    return library, plan


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: every problem, and counts over the valid records."""

    problems: tuple[Problem, ...]
    counts: RecordCounts
    linked: bool
    """Whether every record is valid and every reference resolves, so that the checks across records ran."""


def check(root: Path, *, pages: bool = True, jobs: int = 1) -> Checked:
    """Stations 1 to 5 without writing `docs/`: every problem of a dossier, and counts over its records.

    Without `pages`, rendering is skipped: it takes most of the time and only finds pages that were edited by hand.
    """
    progress = Progress()
    try:
        kept = remembered(root, progress)
    except ContentError as stopped:  # without its kinds no record can be read
        return Checked(tuple(stopped.problems), count(ENGINE, ()), linked=False)
    found = shaped(root, kept.kinds, kept)
    problems = found.problems
    library: Library | list[Problem] = []
    if not problems and found.dossier is not None and found.settings is not None:
        _results(root, kept, found.about, progress)
        library = linked(root, kept.kinds, found)
        try:
            sound = checked(root, library, kept)
            if pages:
                planned(root, sound, kept, progress=progress, jobs=jobs, writes=False)
        except ContentError as stopped:
            problems = stopped.problems
    is_linked = isinstance(library, Library)
    retain(root, kept, progress, library if isinstance(library, Library) and pages and not problems else None)
    return Checked(tuple(sorted(set(problems))), count(kept.kinds, found.entries), is_linked)
