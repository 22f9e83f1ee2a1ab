"""The subcommands for editors: each takes its options and the dossier's folder, and returns the exit status."""

import argparse
import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from explainer import build
from explainer.base.problems import ContentError, did_you_mean, listed
from explainer.docs import content, edits
from explainer.docs.documents import SETTINGS, model_of, read, text_of
from explainer.editing import editor_schemas, layout, link_checker, starter_files
from explainer.editing.scaffold import asking, guessing, placing, skeleton
from explainer.kinds import registry
from explainer.kinds.registry import Kinds
from explainer.kinds.source import Source
from explainer.library import freshness, link_status
from explainer.library.library import Library
from explainer.reading import encoding
from explainer.reading.document import LazyDocument, Place
from explainer.records.record import Record


def new_record(options: argparse.Namespace, root: Path) -> int:
    """`explainer new`: write the skeleton of a new record."""
    kinds = registry.load(root)
    model = kinds.by_kind.get(options.type) or kinds.by_folder.get(options.type)
    if model is None:
        hint = did_you_mean(options.type, kinds.by_kind) or f"; expected one of {listed(kinds.by_kind, limit=40)}"
        return _no(f"'{options.type}' is not a type of record{hint}", 2)
    try:
        path, values = _written(kinds, model, options, root)
    except placing.ScaffoldError as refused:
        return _no(str(refused))
    except OSError as error:
        return _no(f"nothing was written: {error.strerror or error}")
    except EOFError:
        print()
        return _no("the answers ended before the last question; nothing was written")
    left = [slot.words for slot in skeleton.slots(model) if slot.place not in values]
    print(f"Wrote {path}.")
    if left:
        print(f"Fill in what is still empty: {listed(left, limit=30)}.")
    if model.STORY:
        print("Write the story below the second ---, with [@source-id] after each statement.")
    print(f"Then run: explainer check {path}")
    return 0


def _written(
    kinds: Kinds, model: type[Record], options: argparse.Namespace, root: Path
) -> tuple[str, dict[Place, str]]:
    reading, _ = read(root, kinds)
    values = _given(kinds, model, options, reading.documents)
    if ("id",) in values:
        placing.refuse_taken(model, values["id",], reading.documents)
    if sys.stdin.isatty():
        values = asking.asked(kinds, model, values, reading.documents, input, print)
    if ("id",) not in values and (guess := guessing.suggested(model, values, reading.documents)):
        values["id",] = guess
    if ("id",) not in values:
        raise placing.ScaffoldError(f"no id; expected one; write `explainer new {model.KIND} ID`")
    slot = skeleton.Slot(("id",), model, "id")
    if wrong := asking.refused(kinds, slot, values["id",], reading.documents):
        raise placing.ScaffoldError(wrong)
    placing.refuse_taken(model, values["id",], reading.documents)
    chosen = options.file
    files = [] if model.STORY or chosen else placing.files_of(model, values, reading.documents)
    if len(files) > 1 and sys.stdin.isatty():
        chosen = asking.asked_file(files, input, print)
    path = placing.path_of(model, values, reading.documents, chosen)
    text = skeleton.skeleton(model, values, bare=options.bare)
    there = root / path
    if model.STORY or not there.exists():
        try:
            edits.write_new(
                root, path, text.encode() if model.STORY else f"{editor_schemas.modeline(path, model)}{text}".encode()
            )
        except FileExistsError as error:
            raise placing.ScaffoldError(f"{path} is there already; expected a new file; choose another id") from error
    else:
        old = text_of(root, path)
        if old is None:
            raise placing.ScaffoldError(f"{path} cannot be read; run `explainer check {path}` and mend it first")
        edits.overwrite(root, path, placing.inserted(path, old, text).encode())
    return path, values


def _given(
    kinds: Kinds, model: type[Record], options: argparse.Namespace, documents: placing.Documents
) -> dict[Place, str]:
    """The field values given on the command line."""
    values: dict[Place, str] = {}
    for word in options.words:
        if "://" in word and model is Source:
            placing.refuse_known(word, documents)
            values = guessing.from_address(word, documents) | values
        else:
            values["id",] = word
    known = {slot.words: slot for slot in skeleton.slots(model)}
    for setting in options.set or ():
        name, equals, value = setting.partition("=")
        slot = known.get(name) or (skeleton.Slot((name,), model, name) if name in model.model_fields else None)
        if slot is None or not equals:
            raise placing.ScaffoldError(
                f"'{setting}' sets no field; expected name=value{did_you_mean(name, known)}; fields: {listed(known, limit=40)}"
            )
        if wrong := asking.refused(kinds, slot, value, documents):
            raise placing.ScaffoldError(f"{name}: {wrong}")
        values[slot.place] = value
    if ("url",) in values and (
        wrong := asking.refused(kinds, skeleton.Slot(("url",), model, "url"), values["url",], documents)
    ):
        raise placing.ScaffoldError(wrong)
    return values


def format_files(options: argparse.Namespace, root: Path) -> int:
    """`explainer format`: format files or, with --check, list those that would change."""
    found, problems = content.content_files(root)
    kinds = registry.load(root)
    wanted = frozenset(options.wanted)
    changed: list[str] = []
    trouble = ""
    for file in found:
        model = model_of(file.path, kinds)
        if model is None or (wanted and file.path not in wanted):
            continue
        text = encoding.decode(file.path, file.raw)
        after = layout.formatted(file.path, text, model) if isinstance(text, str) else text
        if isinstance(after, list):
            problems += after
        elif after != text:
            try:
                if not options.check:
                    edits.overwrite(root, file.path, after.encode())
            except OSError as error:
                trouble = f"{file.path} cannot be written ({error.strerror}); expected a file that can be; check its permissions and the space on the disk, then run again"
                break
            changed.append(file.path)
    print("".join(f"{path}\n" for path in changed), end="")
    if trouble:
        return _no(trouble)
    for problem in sorted(problems):
        print(f"{problem} (left as it is)", file=sys.stderr)
    done = f"{len(changed):,} of {len(wanted) or len(found):,} files"
    if options.check and changed:
        return _no(f"{done} are not laid out; run `explainer format`")
    print(f"{done} changed." if changed else "Every file is laid out.")
    return 1 if problems else 0


def write_schemas(options: argparse.Namespace, root: Path) -> int:
    """`explainer schema --write`: write the JSON Schemas for editors' programs."""
    kinds = registry.load(root)
    reading, problems = read(root, kinds)
    if problems:
        return _no(f"{len(problems)} problems; run `explainer check` and mend them first")
    changed = edits.sync_folder(root, editor_schemas.FOLDER, editor_schemas.files(kinds, reading.documents))
    if (root / editor_schemas.SNIPPETS).parent.is_dir():
        edits.overwrite(root, editor_schemas.SNIPPETS, editor_schemas.snippets(kinds).encode())
    print(f"{len(changed):,} files changed in {editor_schemas.FOLDER}.")
    return 0


def init(options: argparse.Namespace, root: Path) -> int:
    """`explainer init`: write the starter dossier into a new or empty folder."""
    folder = Path(os.path.realpath(options.folder))  # unlike resolve(), it does not raise on a symlink loop
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return _no(f"{folder} is not empty; expected a new or an empty folder; choose another")
    try:
        for path, data in starter_files.files().items():
            edits.write_new(folder, path, data)
        kinds = registry.load(folder)
        edits.sync_folder(folder, editor_schemas.FOLDER, editor_schemas.files(kinds, read(folder, kinds)[0].documents))
    except OSError as error:
        return _no(f"{error.filename or folder} cannot be written: {error.strerror}")
    print(f"An invented dossier is in {folder}; README.md there says how to make it yours.")
    print(f"Then run: explainer --root {options.folder} build")
    return 0


def _sound(root: Path) -> Library | None:
    """Load the library; if there are problems, print a message on stderr and return None."""
    try:
        return build.load(root)
    except ContentError as stopped:
        _no(f"{len(stopped.problems)} problems; run `explainer check` and mend them first")
        return None


def show_stale(options: argparse.Namespace, root: Path) -> int:
    """`explainer stale`: list the records that are due for review."""
    library = _sound(root)
    if library is None:
        return 1
    months = options.months if options.months is not None else library.dossier.stale_after
    found = freshness.stale(library, options.today or dt.datetime.now(dt.UTC).date(), months)
    print("".join(f"{item}\n" for item in found), end="")
    print(f"{len(found):,} of {len(library.entries):,} records to look at again.")
    return 0


def check_links(options: argparse.Namespace, root: Path) -> int:
    """`explainer links`: visit the URLs of sources, store the results, and list the URLs that need attention."""
    library = _sound(root)
    if library is None:
        return 1
    today: dt.date = options.today or dt.datetime.now(dt.UTC).date()
    places = _places(library)
    left_alone = {item.url for item in library.dossier.links if item.until.last_day >= today}
    before = edits.visits(root)
    since = today - dt.timedelta(days=options.days)
    due = link_checker.due([url for url in places if url not in left_alone], before, since.isoformat())
    manners = link_checker.Manners(
        workers=options.workers, pause=options.pause, timeout=options.timeout, tries=options.tries
    )
    print(f"{len(due):,} of {len(places):,} addresses to visit, {len(left_alone):,} left alone.", flush=True)
    found = {url: visit for url, visit in before.items() if url in places}
    try:
        link_checker.visited(due, today.isoformat(), manners, tell=partial(_noted, found, _Count(len(due))))
    finally:  # also saves the partial results of an interrupted run
        if found:
            edits.overwrite(root, link_status.NAME, link_status.write(found).encode())
    told = [*_troubles(places, found, left_alone), *_overdue(library, today)]
    print("".join(f"{line}\n" for line, _ in told), end="")
    counted = Counter(visit.status for visit in found.values())
    print(
        ", ".join(f"{status}: {counted[status]:,}" for status in link_status.Status if counted[status])
        or "Nothing was visited."
    )
    return 1 if any(bad for _, bad in told) else 0


class _Count:
    """A counter of visits, shown on a terminal."""

    def __init__(self, total: int) -> None:
        """Start at zero."""
        self.total, self.done = total, 0

    def more(self) -> None:
        """Count one more visit."""
        self.done += 1
        if sys.stderr.isatty():
            end = "\n" if self.done == self.total else ""
            print(f"\r\x1b[K{self.done:,} of {self.total:,} visited", end=end, file=sys.stderr, flush=True)


def _noted(found: dict[str, link_status.Visit], count: _Count, url: str, visit: link_status.Visit) -> None:
    found[url] = visit
    count.more()


def _troubles(
    places: Mapping[str, tuple[Source, LazyDocument, str]], found: Mapping[str, link_status.Visit], left_alone: set[str]
) -> Iterator[tuple[str, bool]]:
    """A line for each URL that did not simply answer, and whether an editor must act."""
    for url, (source, document, name) in places.items():
        visit = found.get(url)
        if visit is None or url in left_alone or visit.status is link_status.Status.OK:
            continue
        line, column = document.place((name,))
        bad = visit.status in {link_status.Status.GONE, link_status.Status.DOUBTFUL} and source.archived is None
        step = "; correct it, or add archived: with the address of a copy" if bad else ""
        detail = f" ({visit.detail})" if visit.detail else ""
        yield f"{document.path}:{line}:{column}: {url} {link_status.MEANINGS[visit.status]}{detail}{step}", bad


def _overdue(library: Library, today: dt.date) -> Iterator[tuple[str, bool]]:
    """A line for each URL whose exemption from the link check has expired."""
    for index, item in enumerate(library.dossier.links):
        if item.until.last_day < today:
            line, column = library.settings.place(("links", index, "until"))
            place = f"{SETTINGS}:{line}:{column}"
            told = f"{item.url} was left alone until {item.until} ({item.reason})"
            yield f"{place}: {told}; delete the entry, or renew it with a reason", True


def _places(library: Library) -> dict[str, tuple[Source, LazyDocument, str]]:
    """URL -> the source, its document, and the field that holds the URL."""
    found: dict[str, tuple[Source, LazyDocument, str]] = {}
    for source in library.all(Source):
        for name, url in (("url", source.url), ("read_at", source.read_at)):
            if url:
                found.setdefault(url, (source, library.document(source), name))
    return found


def _no(message: str, status: int = 1) -> int:
    print(f"explainer: {message}", file=sys.stderr)
    return status
