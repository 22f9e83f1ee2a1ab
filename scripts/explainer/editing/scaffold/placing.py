"""Target of a new record: its file, or its position in a list."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

import yaml

from explainer.base import portable_names
from explainer.base.problems import Problem, article, listed, quoted
from explainer.base.values import SLUG
from explainer.base.web_address import bare_address
from explainer.editing.scaffold.skeleton import Values
from explainer.kinds.source import Source
from explainer.library.library import sort_key
from explainer.reading import front_matter, yaml_reader
from explainer.reading.document import Document
from explainer.records.record import Record

Documents = Sequence[tuple[type[Record], Document]]
"""Every record of a dossier as parsed from its file, with its type."""
STEM = re.compile(r"(?:^|[-/])((?:19|20)[0-9]{2})(?=[-/]|$)")


class ScaffoldError(Exception):
    """Raised if no skeleton can be written; the message says what was found, what was expected and the next step."""


# Target


def path_of(model: type[Record], values: Values, documents: Documents, chosen: str | None = None) -> str:
    """The file for a new record of a type; raises ScaffoldError if there are several and nothing decides."""
    ident = values[("id",)]
    if model.STORY or model.PAGED:
        _refuse_reserved(ident)
    if model.STORY:
        return f"content/{model.FOLDER}/{ident}.md"
    if chosen:
        return _chosen(model, chosen, documents)
    files = files_of(model, values, documents)
    if len(files) > 1:
        names = listed(PurePosixPath(path).stem for path in files)
        also = ", or say --set kind=" if "kind" in model.model_fields else ""
        raise ScaffoldError(
            f"records of type {model.KIND} stand in several files; expected the one to write into; add --file: {names}{also}"
        )
    return files[0] if files else f"content/{model.FOLDER}.yml"


def _refuse_reserved(name: str) -> None:
    """Raise ScaffoldError if Windows would take a file or folder of that name for a device."""
    if portable_names.is_reserved(name):
        raise ScaffoldError(portable_names.device(name))


def _chosen(model: type[Record], chosen: str, documents: Documents) -> str:
    """The list with a name, or with a path as messages tell it: one that is there, or a new one."""
    files = files_of(model, {}, documents)
    if chosen in files:
        return chosen
    name = chosen.removeprefix("content/").removeprefix(f"{model.FOLDER}/").removesuffix(".yml")
    if not SLUG.fullmatch(name):
        raise ScaffoldError(
            f"{quoted(chosen)} is not the name of a list; expected letters a to z, digits and hyphens, as in press; "
            f"write that, for content/{model.FOLDER}/press.yml"
        )
    _refuse_reserved(name)
    fits = (path for path in files if PurePosixPath(path).stem == name)
    return next(fits, f"content/{model.FOLDER}/{name}.yml")


def files_of(model: type[Record], values: Values, documents: Documents) -> list[str]:
    """The list files that hold records of a type; if the kind is known, only the one with most records of that kind."""
    files = sorted({document.path for kind, document in documents if kind is model})
    if len(files) > 1 and (kind := values.get(("kind",))):
        homes = Counter(doc.path for kin, doc in documents if kin is model and doc.data.get("kind") == kind)
        files = [homes.most_common(1)[0][0]] if homes else files
    return files


def refuse_taken(model: type[Record], ident: str, documents: Documents) -> None:
    """Raise ScaffoldError if a record of the type has the id already, or one that differs only in case."""
    for kind, document in documents:
        other = document.data.get("id")
        if kind is model and isinstance(other, str) and other.casefold() == ident.casefold():
            line = document.place(("id",))[0]
            raise ScaffoldError(
                f"there is {article(model.KIND)} '{other}' in {document.path}:{line}; expected a new id; edit that one, or choose another id"
            )


def refuse_known(url: str, documents: Documents) -> None:
    """Raise ScaffoldError if a source has the URL already, apart from scheme, `www.` and a trailing slash."""
    for kind, document in documents:
        known = (str(document.data.get(name) or "") for name in ("url", "read_at"))
        if kind is Source and bare_address(url) in map(bare_address, known):
            line = document.place(("id",))[0]
            raise ScaffoldError(
                f"the source '{document.data.get('id')}' in {document.path}:{line} has this address; expected a new one; cite that source"
            )


def inserted(path: str, text: str, entry: str) -> str:
    """Insert an entry into a list of records at the position of its id; every other byte stays the same.

    If the list is not sorted by id, the entry is appended. Raises ScaffoldError if the file is not a list with a dash
    before each entry.
    """
    if not text.strip():
        return entry
    text = text if text.endswith("\n") else f"{text}\n"
    found = front_matter.split_list(path, text)
    lines = text.split("\n")
    starts = _starts(path, text, lines, found)
    indent = lines[starts[0]].index("-")
    end, head = _place(lines, starts, indent, _later(found, entry))
    shifted = "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in entry.rstrip("\n").split("\n"))
    before = "\n".join(lines[:end]) + ("\n" if end else "")
    rest = "\n".join(lines[end:])
    apart = len(starts) > 1 and any(not line.strip() for line in lines[starts[0] : starts[1]])
    gap = "\n" if apart else ""
    result = before + gap + shifted + rest if end > head else before + shifted + gap + rest
    _hold(path, found, result)
    return result


def _starts(path: str, text: str, lines: Sequence[str], found: Sequence[Document | Problem]) -> list[int]:
    """The line on which each entry of a list begins; raises ScaffoldError if it is not a list with dashes."""
    sound = not any(isinstance(item, Problem) for item in found)
    node = yaml.compose(text, Loader=yaml_reader.LOADER) if sound else None
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise ScaffoldError(
            f"{path} is not a list with a dash before each entry; expected one; run `explainer check {path}`"
        )
    return [_dash(lines, item.start_mark.line) for item in node.value]


def _later(found: Sequence[Document | Problem], entry: str) -> int | None:
    """The number of the first entry with a later id; None if there is none, or if the list is not sorted by id."""
    new = sort_key(entry.split("\n", 1)[0].removeprefix("- id: ").strip("'\""))
    keys = [sort_key(str(item.data.get("id", ""))) for item in found if isinstance(item, Document)]
    return next((index for index, key in enumerate(keys) if key > new), None) if keys == sorted(keys) else None


def _place(lines: Sequence[str], starts: Sequence[int], indent: int, later: int | None) -> tuple[int, int]:
    """The line before which the entry goes, and the first line that it may go before.

    Comments above an entry move down with it; those above the first entry belong to the file.
    """
    end = len(lines) if later is None else starts[later]
    head = starts[0] if later == 0 else 0
    while end > head and (not lines[end - 1].strip() or _is_comment(lines[end - 1], indent)):
        end -= 1
    return end, head


def _dash(lines: Sequence[str], line: int) -> int:
    """The line of the dash of an entry whose content begins on `line`."""
    while line > 0 and not lines[line].lstrip().startswith("-"):
        line -= 1
    return line


def _is_comment(line: str, indent: int) -> bool:
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= indent


def _hold(path: str, before: Sequence[Document | Problem], text: str) -> None:
    """Raise ScaffoldError unless a list parses as it did before, with one more entry."""
    after = front_matter.split_list(path, text)
    old = [item.data for item in before if isinstance(item, Document)]
    new = [item.data for item in after if isinstance(item, Document)]
    if len(new) != len(old) + 1 or any(data not in new for data in old):
        raise ScaffoldError(f"the entry cannot be put into {path} safely; add it by hand")
