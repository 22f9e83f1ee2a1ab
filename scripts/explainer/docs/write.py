"""Applies a plan to `docs/`, and lists the hand-written and the generated files in it."""

import contextlib
import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from explainer.base.apart import begun, processes
from explainer.base.files import Output, digest_of, is_half_written, remove_empty, text_of_file, write_whole
from explainer.base.problems import Problem
from explainer.docs import irregular, ledger
from explainer.docs.ledger import Plan
from explainer.kinds import registry
from explainer.library import addresses
from explainer.reading import headings

HOME_MARK = '\nedit: "content/site.yml"\n'
"""A line of every generated home page, by which it is recognised if the ledger is lost."""
MARKS = {".md": b'\ncard: "data/cards/', ".html": b'<meta http-equiv="refresh"'}
"""Ending -> what every generated page, or every redirect, holds."""
DOCS = irregular.DOCS
Seen = Callable[[str, os.stat_result], str]
"""The digest of a file at a path, of which the system told this."""
README = "README.md"
FEW = 2_000
"""Files that are too few for a process of their own to write: a second one begins to pay at twice as many."""


def _folders(root: Path) -> frozenset[str]:
    """The folders of `docs/` that the generator owns: those of the dossier's kinds."""
    return frozenset(addresses.owned(registry.load(root)))


def _left(root: Path, owned: frozenset[str]) -> frozenset[str]:
    """The pages that a kind left behind that the dossier gave up: the ledger names them, and they look generated.

    A ledger may be damaged or come from elsewhere: a path that leads out of `docs/` and a page that a person wrote are
    nobody's to remove.
    """
    docs = root / DOCS
    paths = ledger.outside(text_of_file(docs / ledger.NAME), owned)
    return frozenset(path for path in paths if _looks_generated(docs / path))


def _looks_generated(path: Path) -> bool:
    mark = MARKS.get(path.suffix)
    return mark is not None and path.is_file() and mark in path.read_bytes()


def hand_written(root: Path) -> frozenset[str]:
    """The paths of the hand-written Markdown pages under `docs/`, relative to `docs/`."""
    docs, made = root / DOCS, _folders(root)
    pages = frozenset(path for path in _markdown_beside(docs, made) if not _is_left_out(docs, path))
    return (pages if _is_hand_written_home(root) else pages - {addresses.HOME}) - _left(root, made)


def readmes(root: Path) -> list[str]:
    """The files README.md under `docs/` that stand beside an index, which a site shows in their place."""
    docs = root / DOCS
    found = (path for path in _markdown_beside(docs, _folders(root)) if path.rpartition("/")[2] == README)
    return sorted(path for path in found if _is_left_out(docs, path))


def _markdown_beside(docs: Path, made: Container[str]) -> Iterator[str]:
    """What is called as a page, relative to `docs`, outside the folders that the generator made."""
    for base, folders, names in os.walk(docs):
        inside = os.path.relpath(base, docs).replace(os.sep, "/") + "/"
        if inside == "./":
            folders[:] = [name for name in folders if name not in made]
        yield from (f"{inside}{name}".removeprefix("./") for name in (*names, *folders) if name.endswith(".md"))


def _is_left_out(docs: Path, path: str) -> bool:
    """Whether MkDocs makes no page of a file: it is hidden, a template, or a README beside an index."""
    folders, _, name = path.rpartition("/")
    if name == README and (not folders or (docs / folders / addresses.HOME).is_file()):
        return True
    return path.startswith("templates/") or any(part.startswith(".") for part in path.split("/"))


def faults(root: Path) -> list[Problem]:
    """A problem for each hand-written page that cannot be read, and for what a site cannot have beside them."""
    beside = irregular.found(root, _folders(root))
    found = []
    for page in sorted(hand_written(root) - beside.keys()):
        try:
            (root / DOCS / page).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            message = "is not UTF-8; expected text in UTF-8, as editors save it; save it so"
        except OSError as error:
            message = f"cannot be read ({error.strerror}); expected a page in Markdown; check it, or delete it"
        else:
            continue
        found.append(Problem(f"{DOCS}/{page}", 1, 1, message))
    return [*found, *beside.values()]


def _is_hand_written_home(root: Path) -> bool:
    """Whether `docs/index.md` is hand-written: it exists, is not in the ledger and lacks HOME_MARK."""
    docs = root / DOCS
    text = text_of_file(docs / addresses.HOME)
    return (
        text is not None
        and HOME_MARK not in text  # of most homes; then the ledger, which is large, need not be read
        and addresses.HOME not in ledger.read(text_of_file(docs / ledger.NAME))
    )


def home_is_written(root: Path) -> bool:
    """Whether a person wrote the home page."""
    return addresses.HOME in hand_written(root)


def anchors(root: Path, page: str) -> frozenset[str] | None:
    """The anchors of a hand-written page; None if there is no such page."""
    text = text_of_file(root / DOCS / page)
    return None if text is None else headings.written(text)


def generated(root: Path, seen: Seen | None = None) -> dict[str, str]:
    """Path -> digest of every file in the generated folders, and of the home page unless it is hand-written.

    `seen` gives the digest of a file of which the system told what `os.lstat` tells; without it each is read. A symlink, what is no file at all, or a folder in place of a file or the reverse, has a description for a digest, so that it is a conflict.
    """
    docs, owned = root / DOCS, _folders(root)
    seen = seen or _read
    found = {path: _digest(os.fspath(docs / path), seen) for path in _left(root, owned)}
    for folder in owned:
        if (docs / folder).is_symlink() or ((docs / folder).exists() and not (docs / folder).is_dir()):
            found[folder] = "something else in the place of a folder"
        else:
            found.update(_files_in(os.fspath(docs), folder, seen))
    home = docs / addresses.HOME
    if home.is_file() and not _is_hand_written_home(root):
        found[addresses.HOME] = _digest(os.fspath(home), seen)
    return found


def _files_in(docs: str, folder: str, seen: Seen) -> Iterator[tuple[str, str]]:
    """Path and digest of every file in a folder of `docs/` that the generator owns."""
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{docs}/{inside}") as entries:
            for entry in entries:
                path = f"{inside}/{entry.name}"
                if entry.is_dir():
                    if entry.name.endswith(".md"):
                        yield path, "a folder in the place of a page"
                    if not entry.is_symlink():
                        waiting.append(path)
                    else:  # a site would take in what is in it
                        yield path, "a link"
                elif not is_half_written(entry.name):
                    yield path, _state(entry) or seen(entry.path, entry.stat())


def _state(entry: os.DirEntry[str]) -> str:
    """What stands in the place of a file; empty if it is one."""
    if entry.is_symlink():
        return "a link"
    return "" if entry.is_file() else "no file"


def _digest(path: str, seen: Seen) -> str:
    return seen(path, os.stat(path))  # noqa: PTH116 - called thousands of times


def _read(path: str, _: os.stat_result) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - called thousands of times
        return digest_of(file.read())


def known(root: Path) -> ledger.Known:
    """Load the ledger: path -> digests that the generator wrote there."""
    return ledger.read(text_of_file(root / DOCS / ledger.NAME))


def apply(root: Path, plan: Plan, outputs: Mapping[str, Output], jobs: int = 1) -> None:
    """Apply a plan to `docs/`, with up to `jobs` processes that write.

    If it is killed halfway, the next run finishes the work: until every file is replaced, the ledger holds both the old
    and the new digests.
    """
    docs = root / DOCS
    after = {path: (output.digest,) for path, output in outputs.items()}
    before: ledger.Known = known(root)
    _sweep(docs, _folders(root))
    if plan.write or plan.remove:
        both = {**before, **after}
        both |= {
            path: tuple(sorted({*digests, *after[path]}))
            for path, digests in before.items()
            if digests != after.get(path, digests)
        }
        write_whole(docs / ledger.NAME, ledger.write(both).encode())
        _carry_out(docs, plan, jobs)
        before = both
    if before != after:
        write_whole(docs / ledger.NAME, ledger.write(after).encode())


def _carry_out(docs: Path, plan: Plan, jobs: int) -> None:
    number = processes(jobs, len(plan.write) // FEW)
    # Neighbours together, so that two processes rarely write to one folder.
    size = max(1, -(-len(plan.write) // number))
    others = [begun(partial(_written, docs, plan.write[at : at + size])) for at in range(size, len(plan.write), size)]
    try:
        _written(docs, plan.write[:size])
    except OSError:
        for ended in others:  # so that none of them still writes when this is told
            with contextlib.suppress(OSError):
                ended()
        raise
    for ended in others:
        ended()
    for path in plan.remove:
        (docs / path).unlink(missing_ok=True)
        remove_empty(docs, (docs / path).parent)


def _written(docs: Path, outputs: Iterable[Output]) -> None:
    for output in outputs:
        write_whole(docs / output.path, output.data)


def _sweep(docs: Path, folders: Iterable[str]) -> None:
    for folder in folders:
        for base, _, names in os.walk(docs / folder):
            for name in filter(is_half_written, names):
                Path(base, name).unlink(missing_ok=True)
