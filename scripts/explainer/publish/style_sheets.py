"""Packs the theme's style sheets, and says which pages need one that not every page does."""

import re
from collections.abc import Iterator, Mapping

_SKIPPED = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|/\*.*?\*/|\s*\n\s*""", re.DOTALL)
"""A string, which stays as it is; a comment; or a line end with the space around it."""
_HEAD = re.compile(r"([^{};]+)\{")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
_CLASSES = re.compile(r"""class=(?:"([^"]*)"|'([^']*)')""")
_EVERYWHERE = re.compile(r"md-.*|(?:no-)?js")
"""Classes that the theme gives to what surrounds the content, or to its elements by script."""

Reach = tuple[tuple[str, ...], ...]
"""For each selector of a sheet, the classes without which it selects nothing."""


def packed(sheet: str) -> str:
    """The same rules on lines without comments and indentation, a fifth of their compressed bytes."""
    plain = _SKIPPED.sub(lambda found: found[1] or ("\n" if found[0].isspace() else ""), sheet)
    return re.sub(r" *\n\s*", "\n", plain).strip() + "\n"


def reach(sheet: str) -> Reach:
    """What a sheet is about; what stands in brackets, such as the alternatives of `:is()`, is left out of account."""
    return tuple(sorted({*_reach(packed(sheet))}))


def _reach(sheet: str) -> Iterator[tuple[str, ...]]:
    for found in _HEAD.finditer(sheet):
        head = _unbracketed(found[1].strip())
        for selector in head.split(",") if not head.startswith("@") else ():
            names = {name for name in _CLASS.findall(selector) if not _EVERYWHERE.fullmatch(name)}
            yield tuple(sorted(names))


def _unbracketed(selectors: str) -> str:
    """Selectors without what stands in brackets, and in brackets within those."""
    bare = _BRACKETS.sub("", selectors)
    return bare if bare == selectors else _unbracketed(bare)


def needed(content: str, about: Mapping[str, Reach]) -> list[str]:
    """The sheets, of those whose reach is told, of which a rule may fit something in the HTML of a page."""
    there = {name for values in {*_CLASSES.findall(content)} for value in values for name in value.split()}
    return [path for path, selectors in about.items() if any(map(there.issuperset, selectors))]
