"""Parses the files of `content/` into documents, each with the model of its record."""

import itertools
import re
from collections.abc import Container, Iterable
from pathlib import Path

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem, article, did_you_mean, listed
from explainer.docs import content, words
from explainer.kinds.registry import Kinds
from explainer.library import history, releases
from explainer.library.history import RecordDay
from explainer.library.releases import Releases
from explainer.reading import encoding, front_matter
from explainer.reading.document import Document
from explainer.records.dossier import Dossier
from explainer.records.model import Model
from explainer.records.record import Record

SETTINGS = "content/site.yml"


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """The files of `content/` by what they hold."""

    records: tuple[content.File, ...]
    settings: Document | None
    """The settings of the dossier, parsed."""
    others: tuple[content.File, ...]
    """The files of the settings, of the words of languages and of the history."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Every document with the model of its record, and the settings of the dossier."""

    documents: tuple[tuple[type[Record], Document], ...]
    settings: Document | None


def sources(root: Path) -> tuple[ContentFiles, list[Problem]]:
    """Read every file of `content/` and parse the settings."""
    files, problems = content.content_files(root)
    others = [file for file in files if not holds_records(file.path)]
    settings, wrong = settings_in(others, told={problem.path for problem in problems})
    records = tuple(file for file in files if file not in others)
    return ContentFiles(records, settings, tuple(others)), problems + wrong


def holds_records(path: str) -> bool:
    """Whether a file of `content/` is there for records: neither the settings, nor words, nor history."""
    return not (path == SETTINGS or words.is_catalogue(path) or history.is_file(path) or releases.is_file(path))


def history_in(files: Iterable[content.File]) -> tuple[list[RecordDay], list[Problem]]:
    """What the files of the history tell, and the problems with their lines."""
    passages: list[RecordDay] = []
    problems: list[Problem] = []
    for file in files:
        if history.is_file(file.path):
            text = encoding.decode(file.path, file.raw)
            found, wrong = history.read(file.path, text) if isinstance(text, str) else ([], text)
            passages += found
            problems += wrong
    return passages, problems


def releases_in(files: Iterable[content.File]) -> tuple[Releases, list[Problem]]:
    """The editions of the site that the files of the history tell of, and the problems with them."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        if releases.is_file(file.path):
            text = encoding.decode(file.path, file.raw)
            if isinstance(text, str):
                texts[file.path] = text
            else:
                problems += text
    found, wrong = releases.read(texts)
    return found, [*problems, *wrong]


def releases_of(root: Path) -> tuple[Releases, list[Problem]]:
    """The same of a dossier, from these files alone."""
    paths = sorted((root / history.FOLDER).glob("*"))
    named = ((path.relative_to(root).as_posix(), path) for path in paths if path.is_file())
    return releases_in(content.File(name, path.read_bytes()) for name, path in named if releases.is_file(name))


def read(root: Path, kinds: Kinds) -> tuple[Reading, list[Problem]]:
    """Station 1: parse every file of `content/` into documents."""
    found, problems = sources(root)
    documents: list[tuple[type[Record], Document]] = []
    for file in found.records:
        parsed, wrong = documents_of(file, kinds)
        documents += parsed
        problems += wrong
    return Reading(tuple(documents), found.settings), problems


def settings_in(files: Iterable[content.File], told: Container[str]) -> tuple[Document | None, list[Problem]]:
    """Parse the settings of the dossier; a file in `told`, the paths reported so far, is not reported again."""
    for file in files:
        if file.path != SETTINGS:
            continue
        if not file.raw.strip():
            message = "the file is empty; expected the fields of the dossier; write title: and the others"
            return None, [Problem(SETTINGS, 1, 1, message)]
        text = encoding.decode(file.path, file.raw)
        found = front_matter.split_settings(file.path, text) if isinstance(text, str) else text
        return (None, found) if isinstance(found, list) else (found, [])
    if SETTINGS in told or content.CONTENT in told:
        return None, []
    message = "the file is missing; expected title, summary and addresses of the dossier; write it"
    return None, [Problem(SETTINGS, 1, 1, message)]


def documents_of(file: content.File, kinds: Kinds) -> tuple[list[tuple[type[Record], Document]], list[Problem]]:
    """Parse the records of a file."""
    text = encoding.decode(file.path, file.raw)
    if isinstance(text, list):
        return [], text
    if file.path.endswith("/README.md"):
        return [], _record_in_a_readme(file.path, text)
    model = _model_at(file.path, kinds)
    if isinstance(model, Problem):
        return [], [model]
    found = front_matter.split_story(file.path, text) if model.STORY else front_matter.split_list(file.path, text)
    items = [found] if isinstance(found, Document) else found
    documents = [(model, item) for item in items if isinstance(item, Document)]
    return documents, [problem for item in items for problem in front_matter.problems_of(item)]


def _record_in_a_readme(path: str, text: str) -> list[Problem]:
    """A problem if a description of a folder begins as a record does, for it is never shown."""
    front = text.partition("\n---")[0]
    if not front.startswith("---\n") or not (found := _ID.search(front)):
        return []
    line = front.count("\n", 0, found.start(1)) + 1
    message = "README.md describes its folder and is not shown; expected a record in a file of its own name, such as {}.md; rename it"
    return [Problem(path, line, 1, message.format(found[1].lower() if found[1] != "README" else "name"))]


def keys_in(file: content.File, kinds: Kinds) -> frozenset[tuple[str, str]]:
    """Type and id of every record that a file seems to hold, whether or not it can be read; for files with problems."""
    model = _model_at(file.path, kinds)
    named = _ID.findall(file.raw.decode("utf-8", "replace"))
    if isinstance(model, Problem):  # it stands in the wrong place, so that it may be of any type
        return frozenset(itertools.product(kinds.by_kind, (Path(file.path).stem, *named)))
    return frozenset((model.KIND, ident) for ident in ([Path(file.path).stem] if model.STORY else named))


def words_in(file: content.File) -> frozenset[str]:
    """The words of a file with problems that may be ids."""
    return words_of(file.raw.decode("utf-8", "replace"))


def words_of(text: str) -> frozenset[str]:
    """The words of a text that may be ids or numbers."""
    return frozenset(re.findall(r"\w+(?:-\w+)*", text))


_ID = re.compile(r"""^\s*(?:-\s*)?(?:\{\s*)?id:\s*["']?([\w.-]+)""", re.MULTILINE)


def model_of(path: str, kinds: Kinds) -> type[Model] | None:
    """The model of the records in a file of `content/`, derived from its path; None for a file without records."""
    if path == SETTINGS:
        return Dossier
    parts = path.split("/")[1:]
    folder, ending = parts[0], Path(path).suffix
    model = kinds.by_folder.get(folder.removesuffix(ending) if len(parts) == 1 else folder)
    return model if model and ending == (".md" if model.STORY else ".yml") and parts[-1] != "README.md" else None


def text_of(root: Path, path: str) -> str | None:
    """Read one file of `content/` as text; None if it cannot be read or decoded."""
    try:
        text = encoding.decode(path, content.place(root, path).read_bytes())
    except OSError:
        return None
    return text if isinstance(text, str) else None


def _model_at(path: str, kinds: Kinds) -> type[Record] | Problem:
    """The model of the records in a file, or what is wrong with its place."""
    parts = path.split("/")[1:]
    ending = Path(path).suffix
    folder = parts[0].removesuffix(ending) if len(parts) == 1 else parts[0]
    model = kinds.by_folder.get(folder)
    if model is None:
        return Problem(path, 1, 1, f"'{parts[0]}' holds no type of record{_hint(folder, kinds)}")
    if len(parts) > 2:
        return Problem(path, 1, 1, "a folder in a folder; expected content/type/file; move it up")
    if ending != (".md" if model.STORY else ".yml") or (model.STORY and len(parts) == 1):
        expected = f"content/{folder}/id.md" if model.STORY else f"content/{folder}.yml or content/{folder}/name.yml"
        message = f"{article(model.KIND)} does not stand in such a file; expected {expected}; rename it"
        return Problem(path, 1, 1, message)
    return model


def _hint(folder: str, kinds: Kinds) -> str:
    """What to do about a folder that holds no type: name its kind in the settings, or correct the name."""
    known = kinds.by_folder
    there = f"; expected one of {listed(sorted(known), limit=30)}"
    return kinds.hint_of_unused(folder) or did_you_mean(folder, known) or there
