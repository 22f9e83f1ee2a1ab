"""Bundles the theme's ES modules into one classic script per entry.

On `file:` URLs browsers load classic scripts only, and on a server one request is faster than a dozen. Both editions
therefore get the same bundle. Each module becomes a function that returns its exports, in the order in which a browser
would evaluate them. Only the forms of import and export that the theme uses are understood; others are refused.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from explainer.base.dataclass import dataclass
from explainer.publish.swap import PublishError

_IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "(?P<path>\.{1,2}/[^"]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|(?:async )?function|class) (?P<name>\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport(?:\(|\.meta\b).*", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE)
"""A comment that has its lines to itself."""
_CAST = re.compile(r"/\*\* @type \{[^*\n]*\} \*/ (?=\()")
_LAST = re.compile(r"(?<=[\w;,)\]}({]) // [^\n\"'`/]*$", re.MULTILINE)
"""The type of a value, and a comment at the end of a line; one that holds a quotation mark could be the end of a text, and stays."""
_BLANK = re.compile(r"\n\s+")
"""Empty lines and indentation: a sixth of the bytes."""


@dataclass(slots=True)
class Bundle:
    """A script made of modules."""

    modules: list[Path] = field(default_factory=list)
    """The modules in the order of their evaluation; the last is the entry."""
    parts: list[str] = field(default_factory=list)
    """The function that each module became."""

    @property
    def text(self) -> str:
        """The script."""
        return '(() => {\n"use strict";\n' + "".join(self.parts) + "})();\n"


def of_entry(path: Path) -> Bundle | None:
    """The bundle of a script that imports modules and exports nothing; None for any other script.

    Raises PublishError where a form of import or export is not understood, or a module is missing.
    """
    text = path.read_text(encoding="utf-8")
    return bundle(path) if _IMPORT.search(text) and not _EXPORT.search(text) else None


def bundle(entry: Path) -> Bundle:
    """Bundle a module with everything that it imports. Raises PublishError as `of_entry` does."""
    made = Bundle()
    _add(made, entry.resolve(), ())
    return made


def _add(made: Bundle, path: Path, above: Sequence[Path]) -> None:
    """Append a module after those that it imports; `above` holds the modules that led to it."""
    if path in made.modules:
        return
    if path in above:
        raise PublishError(
            f"{path}: imports itself by way of {above[-1].name}; expected modules without a circle; move what both need "
            "into a third"
        )
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PublishError(f"{path}: {error.strerror}; expected the module that {above[-1].name} imports") from error
    numbers: dict[str, int] = {}
    for match in _IMPORT.finditer(text):
        module = (path.parent / match["path"]).resolve()
        _add(made, module, (*above, path))
        numbers[match["path"]] = made.modules.index(module)
    made.parts.append(_function(path, text, len(made.modules), tuple(numbers.items())))
    made.modules.append(path)


@functools.lru_cache(maxsize=256)  # bundles are made before the files of a site are known, and again with them
def _function(path: Path, text: str, own: int, imports: tuple[tuple[str, int], ...]) -> str:
    """A module as a function that is called at once and returns its exports.

    `own` is its number, `imports` has the numbers of those that it imports, by the paths that it gives them.
    """
    numbers = dict(imports)

    def imported(match: re.Match[str]) -> str:
        names = [name.strip() for name in match["names"].split(",") if name.strip()]
        if not all(_NAME.fullmatch(name) for name in names):
            return match[0]
        return f"const {{ {', '.join(names)} }} = module{numbers[match['path']]};\n"

    code = _uncommented(text)
    exported = [match["name"] for match in _EXPORT.finditer(code)]
    code = _EXPORT.sub("", _IMPORT.sub(imported, code))
    if other := _refused(code):
        line = text[: text.find(other)].count("\n") + 1
        raise PublishError(
            f"{path}:{line}: {other.strip()} is not understood; "
            'expected `import { name } from "./module.js"`, `export` before const, function or class, and texts in one line; '
            "write it so"
        )
    body = _BLANK.sub("\n", code).strip()  # no text runs over the end of a line
    returned = f"\nreturn {{ {', '.join(exported)} }};" if exported else ""
    return f"const module{own} = (() => {{\n{body}{returned}\n}})();\n"


def _uncommented(text: str) -> str:
    """A module without comments and types."""
    return _LAST.sub("", _CAST.sub("", _COMMENT.sub("", text)))


def _refused(code: str) -> str | None:
    """The first line that the bundle would get wrong: another form of import or export, or a text over several lines.

    A line in the middle of a text could look like a comment.
    """
    if other := _OTHER.search(code):
        return other[0]
    return next((line for line in code.splitlines() if line.count("`") % 2), None)
