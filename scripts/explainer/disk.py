"""The only place that touches `content/` and `docs/`: reads the one, writes the other, whole files at a time."""

import contextlib
import os
import re
import tempfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer import addresses, ledger
from explainer import visits as seen
from explainer.frontmatter import LARGEST_FILE
from explainer.ledger import Output, Plan
from explainer.problems import Problem
from explainer.traces import DRAWING, NOW
from explainer.visits import Visit

HOME_MARK = '\nedit: "content/site.yml"\n'
"""A line that the generator writes into the home page, and nobody else has reason to."""
CONTENT = "content"
DOCS = "docs"
KEPT = ".cache/figures"
"""Where drawings are kept between runs; it may be deleted at any time."""


MEMORY = ".cache/memory"
"""Where a run leaves what it read and made for the next one; it may be deleted at any time."""

_KEY = re.compile(r"[0-9a-f]{64}|world-[\w.-]+")


@dataclass(frozen=True, slots=True)
class File:
    """A file of `content/`, as bytes."""

    path: str
    """Relative to the dossier's folder, with forward slashes."""
    raw: bytes


def content(root: Path) -> tuple[list[File], list[Problem]]:
    """Every file of `content/`, sorted by path, and what keeps some from being read."""
    folder = root / CONTENT
    files: list[File] = []
    problems: list[Problem] = []
    if not folder.is_dir():
        found = "is not a folder" if folder.exists() else "is missing"
        return [], [
            Problem(
                CONTENT,
                1,
                1,
                f"{CONTENT}/ {found}; expected the records of a dossier in {CONTENT}/; make it, or name another dossier with --root",
            )
        ]
    for path in _walk(folder, problems, root):
        name = _spelled(path.relative_to(root).as_posix())
        try:
            if path.is_symlink() and not path.resolve(strict=True).is_relative_to(folder.resolve()):
                problems.append(
                    Problem(name, 1, 1, "is a link that leads outside content/; expected a file; copy the file here")
                )
            elif not path.is_file():
                problems.append(Problem(name, 1, 1, "is not a regular file; expected text; rename or delete it"))
            elif path.stat().st_size > LARGEST_FILE:
                size = path.stat().st_size / 1024 / 1024
                problems.append(
                    Problem(
                        name,
                        1,
                        1,
                        f"the file has {size:.0f} MB; expected at most {LARGEST_FILE // 1024 // 1024} MB; split it into records",
                    )
                )
            else:
                files.append(File(name, path.read_bytes()))
        except RuntimeError:  # Python 3.11 and 3.12 say so of a link that leads to itself
            problems.append(Problem(name, 1, 1, "is a link that leads nowhere; expected a file; delete it"))
        except FileNotFoundError:
            problems.append(
                Problem(name, 1, 1, "is a link that leads nowhere; expected a file; delete it or copy the file here")
            )
        except OSError as error:
            problems.append(
                Problem(
                    name, 1, 1, f"cannot be read ({error.strerror}); expected a readable file; check its permissions"
                )
            )
    return sorted(files, key=lambda file: file.path), problems


def _spelled(name: str) -> str:
    """A file's name with what cannot be printed written out."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)


def _walk(folder: Path, problems: list[Problem], root: Path) -> Iterator[Path]:
    """Every file below a folder but hidden ones, and what else stands in the place of one; links to folders are not followed."""

    def unreadable(error: OSError) -> None:
        name = Path(error.filename).relative_to(root).as_posix()
        problems.append(
            Problem(
                name,
                1,
                1,
                f"the folder cannot be read ({error.strerror}); expected a readable folder; check its permissions",
            )
        )

    for base, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [name for name in folders if Path(base, name).is_symlink() or name.endswith((".md", ".yml"))]:
            folders.remove(name)
            yield Path(base, name)
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith("~"):
                yield Path(base, name)


def lines(root: Path, path: str) -> list[str]:
    """The lines of a file, to show one of them to a person; none where it cannot be read."""
    try:
        return (root / path).read_text(encoding="utf-8", errors="replace").split("\n")
    except (OSError, ValueError):
        return []


def hand_written(root: Path) -> frozenset[str]:
    """The Markdown pages under `docs/` that people wrote, relative to `docs/`."""
    docs = os.fspath(root / DOCS)
    found: list[str] = []
    for base, folders, names in os.walk(docs):
        inside = os.path.relpath(base, docs).replace(os.sep, "/") + "/"
        if inside == "./":
            folders[:] = [name for name in folders if name not in addresses.GENERATED]
        found += [f"{inside}{name}".removeprefix("./") for name in (*names, *folders) if name.endswith(".md")]
    return frozenset(path for path in found if path != addresses.HOME or _is_hand_written_home(root))


def _is_hand_written_home(root: Path) -> bool:
    """Whether `docs/index.md` is a page that people wrote: the ledger does not know it, nor does it bear the generator's mark."""
    docs = root / DOCS
    text = _text(docs / addresses.HOME)
    return text is not None and addresses.HOME not in ledger.read(_text(docs / ledger.NAME)) and HOME_MARK not in text


def generated(root: Path) -> dict[str, str]:
    """The digest of every file in the folders that belong to the generator, and of the home page where the ledger knows it."""
    docs = root / DOCS
    found: dict[str, str] = {}
    for folder in addresses.GENERATED:
        if (docs / folder).is_symlink() or (docs / folder).is_file():
            found[folder] = "something else in the place of a folder"
            continue
        for base, folders, names in os.walk(docs / folder):
            inside = os.path.relpath(base, docs).replace(os.sep, "/")
            for name in folders:
                if name.endswith(".md"):
                    found[f"{inside}/{name}"] = "a folder in the place of a page"
            for name in names:
                path = os.path.join(base, name)  # noqa: PTH118 - thousands of times
                if _is_half_written(name):
                    continue
                found[f"{inside}/{name}"] = "a link" if os.path.islink(path) else _digest(path)  # noqa: PTH114 - as above
    home = docs / addresses.HOME
    if home.is_file() and not _is_hand_written_home(root):
        found[addresses.HOME] = _digest(os.fspath(home))
    return found


def _digest(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of times
        return ledger.digest(file.read())


def known(root: Path) -> Mapping[str, frozenset[str]]:
    """What the ledger says."""
    return ledger.read(_text(root / DOCS / ledger.NAME))


def apply(root: Path, plan: Plan, outputs: Mapping[str, Output]) -> None:
    """Carry a plan out. Killed at any moment, the next run finishes the work: the ledger knows old and new digests."""
    docs = root / DOCS
    after = {path: frozenset({output.digest}) for path, output in outputs.items()}
    before = known(root)
    _sweep(docs)
    if not plan.write and not plan.remove and before == after:
        return
    if plan.write or plan.remove:
        both = {path: after.get(path, frozenset()) | before.get(path, frozenset()) for path in {*after, *before}}
        _replace(docs / ledger.NAME, ledger.write(both).encode())
    for output in plan.write:
        _replace(docs / output.path, output.data)
    for path in plan.remove:
        (docs / path).unlink(missing_ok=True)
        _remove_empty(docs, (docs / path).parent)
    text = ledger.write(after)
    if _text(docs / ledger.NAME) != text:
        _replace(docs / ledger.NAME, text.encode())


def create(root: Path, path: str, data: bytes) -> None:
    """Write a new file of `content/`, whole. FileExistsError where there is one: nothing is ever overwritten."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    with (root / path).open("xb") as file:
        file.write(data)


def rewrite(root: Path, path: str, data: bytes) -> None:
    """Put other bytes into a file that people keep, whole or not at all."""
    _replace(root / path, data)


def put(path: Path, data: bytes) -> None:
    """Write a file, wherever it is to stand, whole or not at all."""
    _replace(path, data)


def visits(root: Path) -> dict[str, Visit]:
    """What the last visits to the addresses of sources found."""
    return seen.read(_text(root / seen.NAME))


def recall(root: Path, name: str) -> bytes | None:
    """What an earlier run retained under a name; None where there is nothing, empty where it cannot be believed."""
    try:
        raw = (root / MEMORY / name).read_bytes()
    except OSError:
        return None
    head, _, data = raw.partition(b"\n")
    return data if head == ledger.digest(data).encode() else b""


def retain(root: Path, name: str, data: bytes) -> OSError | None:
    """Let the next run know something; what kept that from being written, which costs only time."""
    try:
        _replace(root / MEMORY / name, ledger.digest(data).encode() + b"\n" + data)
    except OSError as error:
        return error
    return None


def keep(root: Path, folder: str, files: Mapping[str, str]) -> list[str]:
    """Make a folder hold these files and no others of their ending; the paths that changed."""
    there = {path.relative_to(root).as_posix(): path for path in (root / folder).glob("*.json")}
    changed = [path for path, text in files.items() if _text(root / path) != text]
    for path in changed:
        _replace(root / path, files[path].encode())
    gone = sorted(set(there) - set(files))
    for path in gone:
        there[path].unlink()
    return sorted([*changed, *gone])


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_half_written(name: str) -> bool:
    """Whether a file is what a killed run left; nobody else names files so."""
    return name.startswith(".") and name.endswith(".part")


def _sweep(docs: Path) -> None:
    for folder in addresses.GENERATED:
        for base, _, names in os.walk(docs / folder):
            for name in filter(_is_half_written, names):
                Path(base, name).unlink(missing_ok=True)


class Kept:
    """Drawings of earlier runs, each in a file that begins with the digest of the rest; one that differs is not believed.

    Reading and drawing write nothing; `store` does, once a run knows that it may write.
    """

    def __init__(self, root: Path) -> None:
        """Look for them in the dossier's folder."""
        self._folder = root / KEPT
        self._read: dict[str, str] = {}
        self._made: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text of a key; None where there is none that can be believed."""
        if NOW.trace is not None:
            NOW.trace.used.add(DRAWING + key)
        known = self._made.get(key) or self._read.get(key)
        if known is not None:
            return known
        try:
            raw = (self._folder / key).read_bytes()
        except OSError:
            return None
        digest, _, data = raw.partition(b"\n")
        if digest != ledger.digest(data).encode():
            return None
        return self._read.setdefault(key, data.decode())

    def put(self, key: str, text: str) -> None:
        """Keep a text until `store` writes it."""
        self._made[key] = text

    def fresh(self) -> Mapping[str, str]:
        """What `store` will write."""
        return self._made

    def store(self, needed: Container[str] = ()) -> OSError | None:
        """Write what is new and remove what neither this run nor a page `needed`; what kept a drawing from being written."""
        trouble = None
        for key, text in self._made.items():
            data = text.encode()
            try:
                _replace(self._folder / key, ledger.digest(data).encode() + b"\n" + data)
            except OSError as error:
                trouble = error
        with contextlib.suppress(OSError):  # a folder whose files cannot be listed keeps what it has
            for path in self._folder.iterdir() if not self._folder.is_symlink() else ():
                ours = _KEY.fullmatch(path.name) or _is_half_written(path.name)
                if ours and path.name not in self._made and path.name not in self._read and path.name not in needed:
                    with contextlib.suppress(OSError):
                        path.unlink()
        return trouble


def _remove_empty(docs: Path, folder: Path) -> None:
    while folder != docs and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
