"""Loads a dossier's own kinds of record from `scripts/kinds/`: a folder each, with a model and what else it needs.

The folders are imported as one package whose name holds a digest of their content: several dossiers can be loaded in one
process, and records that an earlier run packed are found again as long as nothing in the folders has changed.
"""

import functools
import hashlib
import importlib
import inspect
import linecache
import os
import re
import sys
import tokenize
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from explainer.base.dataclass import dataclass
from explainer.base.problems import ContentError, Problem, quoted, shown
from explainer.kinds import demands, model_faults
from explainer.reading import encoding
from explainer.records.record import Record

FOLDER = demands.FOLDER
PACKAGE = "explainer_kinds_"
"""The beginning of the name under which a folder of kinds is imported; a digest of its content follows."""
T = TypeVar("T")
_NEEDED = {"page": "pages", "checks": "CHECKS"}
"""Module of a kind -> what the engine takes from it."""


@dataclass(frozen=True, slots=True)
class OwnKind:
    """A kind of a dossier's own: its model, and the folder with its other parts."""

    model: type[Record]
    folder: Path
    package: str
    """The name under which the folder is imported."""

    def module(self, part: str) -> ModuleType | None:
        """A module of the folder, imported on first use; None if there is no such file. Raises ContentError if it fails."""
        if not (self.folder / f"{part}.py").is_file():
            return None
        module = _imported(f"{self.package}.{part}", self.folder)
        if name := _NEEDED.get(part):
            demands.held(module, name, f"{FOLDER}/{self.folder.name}/{part}.py")
        return module

    def file(self, name: str) -> Path | None:
        """A file of the folder; None if it is not there."""
        path = self.folder / name
        return path if path.is_file() else None


def cached(
    root: Path, names: tuple[str, ...], assemble: Callable[[tuple[str, ...], Mapping[str, OwnKind], str], T]
) -> T:
    """Load the own kinds of a dossier and assemble its registry, once per process and content of the folders.

    Raises ContentError with a problem for every kind that cannot be loaded.
    """
    folder = root / FOLDER
    digest = hashlib.sha256(repr(names).encode())
    code = hashlib.sha256()
    files = _sources(os.fspath(folder))
    for name, path in files:
        line = f"{name} {hashlib.sha256(_bytes(path)).hexdigest()}\n".encode()
        digest.update(line)
        code.update(line)
    folder, package = folder.resolve() if files else Path(), f"{PACKAGE}{code.hexdigest()[:16]}"
    found: T = _registry(folder, names, package, digest.hexdigest(), assemble)
    _found_in(folder, package)  # another folder with the same may have come since
    return found


def _sources(folder: str) -> list[tuple[str, str]]:
    """Name in the folder and path of every file that a kind can be made of; a command asks for them a dozen times.

    Raises ContentError for what is called as such a file and is none: who reads a pipe would wait for ever.
    """
    found = []
    for base, folders, names in os.walk(folder, onerror=_refuse):
        inside = f"{base[len(folder) + 1 :]}/".replace(os.sep, "/").removeprefix("/")
        here = (*names, *folders)
        found += [(inside + name, f"{base}/{name}") for name in here if name.endswith((".py", ".j2", ".yml"))]
    files = sorted(each for each in found if os.path.isfile(each[1]))  # noqa: PTH113 - called hundreds of times
    if len(files) < len(found):
        _refuse_others(name for name, _ in {*found}.difference(files))
    return files


def _refuse_others(names: Iterable[str]) -> None:
    """Raise ContentError for what is no file; what is hidden, such as the lock of an editor, is passed over."""
    message = "is not a regular file; expected Python, a template or words; delete it, or copy the file here"
    told = sorted(name for name in names if not name.rpartition("/")[2].startswith("."))
    if told:
        raise ContentError([Problem(f"{FOLDER}/{shown(name)}", 1, 1, message) for name in told])


def _refuse(error: OSError) -> None:
    """Raise what keeps a folder from being listed, unless there is none: a kind must not be missed in silence."""
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise error


def _bytes(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        return file.read()


@functools.lru_cache(maxsize=32)
def _registry(
    folder: Path,
    names: tuple[str, ...],
    package: str,
    digest: str,
    assemble: Callable[[tuple[str, ...], Mapping[str, OwnKind], str], T],
) -> T:
    return assemble(names, _own(folder, package) if folder != Path() else {}, digest)


@functools.lru_cache(maxsize=32)
def _own(folder: Path, package: str) -> Mapping[str, OwnKind]:
    """Name -> kind, for every folder of own kinds that has a model."""
    if package not in sys.modules:
        linecache.clearcache()  # fields take their sentences from the source, which it holds for current by size and time
        module = module_from_spec(ModuleSpec(package, None, is_package=True))
        sys.modules[package] = module
    _found_in(folder, package)
    found: dict[str, OwnKind] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*/model.py")):
        kind, name = path.parent.name.replace("_", "-"), f"{package}.{path.parent.name}"
        if not _FOLDER_NAME.fullmatch(path.parent.name):
            message = _MISNAMED.format(name=quoted(path.parent.name))
            problems.append(Problem(f"{FOLDER}/{shown(path.parent.name)}/model.py", 1, 1, message))
            continue
        try:
            _refuse_bytes(path.parent)
            model = _model(_imported(f"{name}.model", path.parent), kind, f"{FOLDER}/{path.parent.name}/model.py")
        except ContentError as error:
            problems += error.problems
            continue
        if model.PAGED and not (path.parent / "page.py").is_file():
            problems.append(Problem(f"{FOLDER}/{path.parent.name}/model.py", 1, 1, _PAGELESS.format(kind=kind)))
        found[kind] = OwnKind(model, path.parent, name)
    if problems:
        raise ContentError(problems)
    return found


def _refuse_bytes(folder: Path) -> None:
    """Raise ContentError for Python with bytes that are no text: it runs with them in a comment, but cannot be looked up."""
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.py")):
        try:
            with tokenize.open(path) as file:  # heeds another encoding that the file names
                file.read()
        except (UnicodeDecodeError, SyntaxError):
            found = encoding.decode(f"{FOLDER}/{path.relative_to(folder.parent).as_posix()}", path.read_bytes())
            problems += [] if isinstance(found, str) else found
    if problems:
        raise ContentError(problems)


_FOLDER_NAME = re.compile("[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
"""Names of folders that Python can import and that make a name of a kind."""
_MISNAMED = (
    "{name} is no name for the folder of a kind; expected lower-case letters a to z, digits and single underscores, as in "
    "field_note; rename it"
)
_PAGELESS = (
    "the kind '{kind}' is PAGED and has no page.py; expected the module that makes a page for each small record; "
    "add it, or delete PAGED"
)


def _found_in(folder: Path, package: str) -> None:
    """Let the modules of a package that are not imported yet be found in a folder.

    Its name is a digest of the content of a folder; the one where the same content was first seen may be gone by now.
    """
    for name, module in list(sys.modules.items()):
        if name == package or (name.startswith(f"{package}.") and hasattr(module, "__path__")):
            module.__path__ = [str(folder.joinpath(*name.split(".")[1:]))]


def _model(module: ModuleType, kind: str, path: str) -> type[Record]:
    """The type that a module defines for a kind; raises ContentError if it defines none, or one that is not whole."""
    types = _types_of(module, kind)
    if not types:
        step = f'expected a class; write KIND = "{kind}" in it'
        message = f"defines no type of record of the kind '{kind}', as its folder is called; {step}"
        raise ContentError([Problem(path, 1, 1, message)])
    model, *others = types
    for again in others:
        step = f"expected one; delete {again.__name__}, or give it a folder and a KIND of its own"
        message = f"defines the kind '{kind}' again, after {model.__name__} on line {_line(model)}; {step}"
        raise ContentError([Problem(path, _line(again), 1, message)])
    if faults := list(model_faults.of(model)):
        raise ContentError([Problem(path, _line(model), 1, message) for message in faults])
    return model


def _line(model: type[Record]) -> int:
    """The line on which a class begins; 1 if the folder where its content was first seen is gone."""
    try:
        return inspect.getsourcelines(model)[1]
    except OSError:
        return 1


def _types_of(module: ModuleType, kind: str) -> list[type[Record]]:
    """The types of record of a kind that a module defines; those that only inherit their KIND do not count beside others."""
    own = [item for item in vars(module).values() if isinstance(item, type) and item.__module__ == module.__name__]
    types = [item for item in own if issubclass(item, Record) and getattr(item, "KIND", "") == kind]
    return [item for item in types if "KIND" in vars(item)] or types[:1]


def _imported(name: str, folder: Path) -> ModuleType:
    """Import a module of a kind; raises ContentError with the line at which it fails.

    No bytecode is kept: it would lie among the records' own files, and Python takes it for current by second and size alone.
    """
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        return importlib.import_module(name)
    except ContentError:
        raise
    except (Exception, SystemExit) as error:  # a module that leaves would end the command as if all were well
        file, line = _failed_at(error, folder / f"{name.rpartition('.')[2]}.py")
        top = folder.parent
        path = f"{FOLDER}/{file.relative_to(top).as_posix()}" if file.is_relative_to(top) else str(file)
        reason = re.sub(rf"\b{PACKAGE}[0-9a-f]+\.", "", str(error).split("\n")[0])
        message = (
            f"cannot be loaded ({type(error).__name__}: {reason}); expected Python that defines the kind; correct it"
        )
        raise ContentError([Problem(path, line, 1, message)]) from error
    finally:
        sys.dont_write_bytecode = kept


def _failed_at(error: BaseException, module: Path) -> tuple[Path, int]:
    """File and line of an error in the import of a module; the last line of a dossier's own that was running."""
    if isinstance(error, SyntaxError) and error.filename:
        return Path(error.filename), error.lineno or 1
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(module.parent.parent)]
    return (Path(own[-1].filename), own[-1].lineno or 1) if own else (module, 1)


@contextmanager
def not_leaving() -> Iterator[None]:
    """Turn the wish of a kind's code to leave, with which the command would end as if all were well, into an error."""
    try:
        yield
    except SystemExit as error:
        raise RuntimeError("it leaves by sys.exit()").with_traceback(error.__traceback__) from error


def failure(error: BaseException) -> Problem | None:
    """The problem with an own kind whose code or template raised an error; None for any other error."""
    inside = f"{os.sep}{FOLDER.replace('/', os.sep)}{os.sep}"
    place = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        package, *names = str(frame.f_globals.get("__name__")).split(".")
        if package.startswith(PACKAGE) and names:
            place = (f"{'/'.join(names)}.py", line)
        elif inside in frame.f_code.co_filename:
            place = (frame.f_code.co_filename.rpartition(inside)[2], line)
    if place is None:
        return None
    reason = str(error).partition("\n")[0]
    message = f"failed ({type(error).__name__}: {reason}); expected what the engine asks of a kind; correct it"
    return Problem(f"{FOLDER}/{place[0]}", place[1], 1, message)
