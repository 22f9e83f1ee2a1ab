"""What the templates of own kinds fill into a word that only they say, as far as their text tells it."""

import functools
import re
from collections.abc import Iterable
from pathlib import Path

_CALL = re.compile(r"""\bsay\(\s*(["'])(?P<key>[\w.-]+)\1\s*(?=[,)])""")
"""A word that a template says with what is filled in: `say("patrol-page.result", n=4)`."""
_ALONE = re.compile(r"""\{\{-?\s*(?:t|say)\(\s*(["'])(?P<key>[\w.-]+)\1\s*\)\s*-?\}\}""")
"""A word that a template shows as it is: `{{ t("patrol-page.when") }}`."""
_STRING = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
_NAMED = re.compile(r"(\w+)\s*=(?!=)")
_PART = re.compile(r"[()]|" + _STRING.pattern)


class Filled:
    """What is filled into the words of own kinds, by the text of their folders."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Take the folders of the kinds; they are read once somebody asks."""
        self._folders = tuple(folders)

    def into(self, key: str) -> set[str] | None:
        """The names of what is filled into a word; None if the text does not tell, as for a key that is put together."""
        if any(self._is_begun(before) for before in _beginnings(key)):
            return None
        said = [names for name, names in self._calls if name == key]
        known = len(said) + self._alone.count(key)
        if not known or known != self._quoted(key) or None in said:
            return None
        return set[str]().union(*filter(None, said))

    def _quoted(self, key: str) -> int:
        """How often a key stands in the texts, said or not."""
        quoted = re.compile(rf"""["']{re.escape(key)}["']""")
        return sum(len(quoted.findall(text)) for text in self._texts)

    @functools.cached_property
    def _texts(self) -> tuple[str, ...]:
        paths = (
            path for folder in self._folders for ending in ("*.j2", "*.py") for path in sorted(folder.rglob(ending))
        )
        return tuple(path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file())

    @functools.cached_property
    def _alone(self) -> list[str]:
        """The words that are shown as they are; a call of `say` without anything to fill in is among the calls."""
        return [
            found["key"] for text in self._texts for found in _ALONE.finditer(text) if not _CALL.search(found.group())
        ]

    @functools.cached_property
    def _calls(self) -> list[tuple[str, set[str] | None]]:
        """Key and names of every call that fills a word; None for names that stand in a mapping."""
        return [(found["key"], _names(text, found.end())) for text in self._texts for found in _CALL.finditer(text)]

    def _is_begun(self, before: str) -> bool:
        """Whether a text somewhere is the beginning of a key, to which more is put: "patrol-page." ~ name."""
        begun = re.compile(rf"""["']{re.escape(before)}\.?["'{{]""")
        return any(begun.search(text) for text in self._texts)


def _beginnings(key: str) -> list[str]:
    parts = key.split(".")
    return [".".join(parts[:number]) for number in range(1, len(parts))]


def _names(text: str, start: int) -> set[str] | None:
    """The names of the arguments of a call of which the first one ended at `start`; those of calls within count as well."""
    depth = 1
    for part in _PART.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(part.group(), 0)
        if not depth:
            inside = _STRING.sub("", text[start : part.start()])
            return None if "**" in inside else set(_NAMED.findall(inside))
    return None
