"""The build pipeline, station by station: read · shape · link · compose · render · write."""

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from explainer.base.dataclass import dataclass
from explainer.base.files import Output, digest_of
from explainer.base.language import Language
from explainer.base.problems import ContentError, Problem, errors
from explainer.base.progress import Progress
from explainer.base.shard import Shard
from explainer.docs import content, documents, edits, languages, ledger, own_links, own_terms, write
from explainer.docs.ledger import Plan
from explainer.incremental import fingerprint, reading_apart
from explainer.incremental.file_records import FileRecords, unread, wrong_names
from explainer.incremental.making import Making, making
from explainer.incremental.misled import misled, misled_in_part
from explainer.incremental.records import RecordCache
from explainer.incremental.results import BuildState, LastRun
from explainer.incremental.scheduler import MANY, derived_pages
from explainer.incremental.seen_files import SeenFiles
from explainer.incremental.store import Store
from explainer.incremental.unshown import unshown
from explainer.kinds import own_kinds, registry
from explainer.kinds.registry import ENGINE, Kinds
from explainer.library import checks, in_part, link_status
from explainer.library.counts import RecordCounts, count
from explainer.library.history import History, history
from explainer.library.in_part import Parts
from explainer.library.library import Library, link
from explainer.library.loaded_record import LoadedRecord
from explainer.library.published import lost
from explainer.library.releases import Releases
from explainer.pages import environment
from explainer.pages.template_cache import TemplateCache
from explainer.reading.document import Document
from explainer.records import validate
from explainer.records.dossier import Dossier
from explainer.records.validate import Shaped

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
    history: History
    """What became of the records day by day."""
    releases: Releases
    """The editions of the site that were frozen."""
    about: str
    """Digest of the settings, the words and the history of the dossier and of the URLs that are gone."""
    languages: Mapping[str, Language]
    """Tag -> words, for the language of the dossier and those of its sections."""
    parts: Parts
    """The same where something is wrong, with what is left of the records that have faults."""


def read(root: Path, kinds: Kinds, cache: RecordCache, jobs: int = 1) -> tuple[Read, list[Problem]]:
    """Stations 1 and 2: parse the files of `content/` and validate their records; unchanged files come from the cache."""
    found, problems = documents.sources(root)
    files = reading_apart.records_of(found.records, kinds, cache, jobs)
    entries = list(_all(file.entries for file in files))
    shaped = validate.shape(Dossier, found.settings) if found.settings else None
    passages, untold = documents.history_in(found.others)
    frozen, unread_files = documents.releases_in(found.others)
    said, unsaid = languages.spoken(kinds, found.others, shaped, found.settings)
    gone = frozenset(link_status.gone(edits.visits(root)))
    unsure = _words_in(shaped, found.settings)
    parts = _parts([*files, _missed(problems, kinds)], Parts(kinds, said, shaped, entries, words=unsure, gone=gone))
    told = (problems, _all(file.problems for file in files), shaped.problems if shaped else ())
    every = [*_all(told), *wrong_names(_all(file.named for file in files)), *unsaid, *untold, *unread_files]
    site = shaped.record if shaped and shaped.whole else None
    told_of = history(passages)
    return Read(kinds, site, found.settings, entries, gone, told_of, frozen, _about(found, gone), said, parts), every


def _words_in(shaped: Shaped[Dossier] | None, settings: Document | None) -> frozenset[str]:
    """The words of settings that have faults."""
    return frozenset() if settings is None or (shaped and shaped.whole) else documents.words_of(str(settings.data))


def _missed(problems: Iterable[Problem], kinds: Kinds) -> FileRecords:
    """What is known of the files that could not be read."""
    return unread({problem.path for problem in problems} - {documents.SETTINGS}, kinds)


def _about(found: documents.ContentFiles, gone: Iterable[str]) -> str:
    """Digest of what is no record."""
    return digest_of(str(sorted(gone)).encode() + b"".join(file.raw for file in found.others))


def _parts(files: Sequence[FileRecords], parts: Parts) -> Parts:
    """The parts of a dossier, with what was read of the files with faults."""
    return replace(
        parts,
        faulty=list(_all(file.faulty for file in files)),
        others=frozenset(_all(file.others for file in files)),
        words=parts.words.union(*(file.words for file in files)),
        unread=any(file.lost for file in files),
    )


_all = itertools.chain.from_iterable


def remembered(root: Path, store: Store, last: LastRun | None = None) -> BuildState:
    """What earlier runs left of records; empty if there is nothing, or if other code or kinds made it.

    `last` is the run before in this process, which left it in memory.
    """
    kinds = registry.load(root)
    key = f"{fingerprint.code_fingerprint()} {kinds.fingerprint}"
    if last is not None and last.records.key == key:
        return last.followed()
    kept = BuildState(RecordCache(key, kinds))
    kept.records.load(store)
    return kept


def load(root: Path, progress: Progress | None = None) -> Library:
    """Stations 1 to 3 without a cache: build the library and check it; raises ContentError with every problem found."""
    kinds = registry.load(root)
    return _loaded(root, BuildState(RecordCache(kinds=kinds)), None, progress or Progress())


Begin = Callable[[Library, BuildState], None]
"""Begins what can be done as soon as all references are resolved, while a library is checked."""


def _loaded(
    root: Path, kept: BuildState, store: Store | None, progress: Progress, begin: Begin | None = None, jobs: int = 1
) -> Library:
    found = examined(root, kept, store, progress, begin, jobs)
    if found.library is None or errors(found.problems):
        raise ContentError(found.problems)
    return found.library


@dataclass(frozen=True, slots=True)
class Examined:
    """Stations 1 to 3, with every problem that they found."""

    read: Read
    library: Library | None
    """None if a record is not valid or a reference does not resolve."""
    problems: list[Problem]


def examined(
    root: Path,
    kept: BuildState,
    store: Store | None = None,
    progress: Progress | None = None,
    begin: Begin | None = None,
    jobs: int = 1,
) -> Examined:
    """Stations 1 to 3: read the records, link and check them; results of earlier runs come from the store, if there is one."""
    progress = progress or Progress()
    progress.begin("read")
    found, problems = read(root, kept.records.kinds, kept.records, jobs)
    if not problems and not found.parts.faulty:
        if store is not None:
            kept.load(store, found.about)
        progress.begin("check")
        library, _ = linked(found)
        if library is not None:
            kept.texts(library.shared)
            if begin is not None:
                begin(library, kept)
            pages = write.hand_written(root)
            problems = [*_of_files(root, pages), *checks.run(library, pages, kept.problems)]
            beside = misled_in_part(root, library, library) if errors(problems) else []
            return Examined(found, library, sorted({*problems, *beside}))
    pages = write.hand_written(root)
    left = in_part.examined(found.parts, pages)
    beside = (
        misled_in_part(root, left.whole, left.every, unread=found.parts.unread) if left.whole and left.every else []
    )
    return Examined(found, None, sorted({*problems, *left.problems, *beside, *_of_files(root, pages)}))


def linked(found: Read) -> tuple[Library | None, list[Problem]]:
    """Station 3: resolve the references of records without problems."""
    if found.dossier is None or found.settings is None:  # pragma: no cover - then there are problems
        return None, []
    library, problems = link(found.kinds, found.languages, found.dossier, found.settings, found.entries, found.gone)
    return library and replace(library, history=found.history, releases=found.releases), problems


def _of_files(root: Path, pages: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the hand-written pages themselves, whatever the records say."""
    yield from write.faults(root)
    yield from own_terms.faults(root, pages)


def planned(
    root: Path,
    library: Library,
    kept: BuildState | None = None,
    *,
    progress: Progress | None = None,
    jobs: int = 1,
    writes: bool = True,
    shard: Shard | None = None,
    seen: SeenFiles | None = None,
    given: Making | None = None,
) -> tuple[Plan, Mapping[str, Output]]:
    """Stations 4 and 5: render every page in memory and compare the result with `docs/`.

    Up to `jobs` processes render pages; `seen` knows the digests of files that nobody touched since. Without `writes`,
    an unchanged page is not rendered even if its file is missing, and no file beside the pages is made, unless one in `docs/` has to be compared with it. With a `shard`, pictures that
    other machines draw are left out. `given` is what was begun already.
    Raises ContentError if a file in the generated folders is not as the generator wrote it, or if an own kind has a
    field that is filled and that no page shows.
    """
    kept = kept or BuildState(RecordCache(kinds=library.kinds))
    begun = making(root, library, kept, progress or Progress(), jobs, shard, writes=writes)
    with contextlib.nullcontext(given) if given else begun as (scheduler, groups):
        there, known = write.generated(root, seen.of if seen else None), write.known(root)
        maker = replace(scheduler, derives=writes or not ledger.holds(there, known))
        made = maker.outputs(groups, there if writes else None)
    pages = {*made, *write.hand_written(root), *derived_pages(groups)}
    if problems := [*unshown(library, maker.kept), *misled(root, library), *lost(library, pages)]:
        raise ContentError(problems)
    plan = ledger.plan(made, there, known)
    if plan.conflicts:
        raise ContentError(list(plan.conflicts))
    return plan, made


class Ready(NamedTuple):
    """A library without problems, from which pages can be made."""

    library: Library
    kept: BuildState


def ready(
    root: Path,
    store: Store,
    progress: Progress,
    last: LastRun | None = None,
    begin: Begin | None = None,
    jobs: int = 1,
) -> Ready:
    """Stations 1 to 3, every file of `content/` read anew; raises ContentError with every problem found.

    `last` is the run before in this process; what it found out of files that are the same is not found out again.
    """
    kept = remembered(root, store, last)
    return Ready(_loaded(root, kept, store, progress, begin, jobs), kept)


def generate(
    root: Path,
    progress: Progress | None = None,
    *,
    jobs: int = 1,
    given: Ready | None = None,
    shard: Shard | None = None,
    store: Store | None = None,
) -> tuple[Library, Plan]:
    """All stations: build `docs/` from `content/`, with up to `jobs` processes that render pages; or what a shard needs of it.

    `given` is the result of the first three, if they were run already. Raises ContentError if there is a problem, with
    nothing written unless the problem is a failed write.
    """
    [made] = generating(root, progress, jobs=jobs, given=given, shard=shard, store=store)
    return made


def generating(
    root: Path,
    progress: Progress | None = None,
    *,
    jobs: int = 1,
    given: Ready | None = None,
    shard: Shard | None = None,
    store: Store | None = None,
) -> Iterator[tuple[Library, Plan]]:
    """The same, in two steps: `docs/` is written, and after that what the next run begins with."""
    progress = progress or Progress()
    store = store or Store(root, progress)
    templates = TemplateCache(store.load(TEMPLATES))
    compiled = _compiling(root, registry.load(root), templates, jobs)
    tasks: list[Making] = []
    with contextlib.ExitStack() as begun:

        def begin(library: Library, kept: BuildState) -> None:
            environment.keep_compiled(library.kinds, templates)
            with contextlib.suppress(Exception):  # what is wrong with the library is found meanwhile, and told
                tasks.append(begun.enter_context(making(root, library, kept, progress, jobs, shard)))

        library, kept = given or ready(root, store, progress, begin=begin, jobs=jobs)
        compiled()
        environment.keep_compiled(library.kinds, templates)
        seen = SeenFiles(store)
        planning = partial(planned, progress=progress, jobs=jobs, shard=shard, seen=seen)
        plan, made = planning(root, library, kept, given=tasks[0] if tasks else None)
    progress.begin("write")
    _write(root, plan, made, jobs)
    progress.end()
    yield library, plan
    kept.save(store, library.shared)
    seen.save()
    _keep(store, templates)


def _compiling(root: Path, kinds: Kinds, templates: TemplateCache, jobs: int) -> Callable[[], None]:
    """Begin to compile templates while records are read, where an earlier run left none and there will be workers. Returns what waits for it."""
    many = jobs > 1 and not templates.known and content.number(root) >= MANY
    return environment.compiling(kinds, templates) if many else lambda: None


def _keep(store: Store, templates: TemplateCache) -> None:
    """Keep compiled templates, if there are new ones."""
    if templates.fresh:
        store.save(TEMPLATES, dict(sorted(templates.known.items())))


def _write(root: Path, plan: Plan, made: Mapping[str, Output], jobs: int = 1) -> None:
    """Station 6: write the outputs; raises ContentError if the system refuses."""
    before = write.known(root)
    try:
        write.apply(root, plan, made, jobs)
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
        _, made = planned(root, library, kept, jobs=jobs, writes=False)
    except ContentError as stopped:
        return stopped.problems
    return list(own_links.dead(root, made))


def check(root: Path, *, pages: bool = True, jobs: int = 1) -> Checked:
    """Stations 1 to 5 without writing `docs/`: every problem of a dossier, and counts over its records.

    Without `pages`, only pages are rendered to whose anchors prose leads: that takes most of the time, and otherwise
    only finds pages that were edited by hand.
    """
    try:
        content.required(root)
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
    templates = TemplateCache(store.load(TEMPLATES))
    compiled = _compiling(root, kept.records.kinds, templates, jobs if pages else 1)
    found = examined(root, kept, store, jobs=jobs)
    library, problems = found.library, found.problems
    if library is not None and not errors(problems):
        compiled()
        environment.keep_compiled(library.kinds, templates)
        problems = [*problems, *(_unmade(root, library, kept, jobs) if pages else misled(root, library))]
    kept.save(store, library.shared if library is not None and pages and not errors(problems) else None)
    _keep(store, templates)
    counts = count(found.read.kinds, found.read.entries)
    return Checked(tuple(sorted(set(problems))), counts, library is not None)
