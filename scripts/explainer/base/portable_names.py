"""Names of files that not every system can hold: those that Windows reserves or refuses, and twins that macOS takes for one."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³])[ ]*(?:[.:].*)?", re.IGNORECASE)
"""Names that Windows takes for a device in every folder, whatever ending they have."""
_REFUSED = re.compile(r'[<>:"|?*\\\0-\x1f]')
_IN_WORDS = {"\n": "line end", "\r": "line end", "\t": "tab"}
_PASSING = re.compile(r"\..*|.*~|~\$.*|#.*#|4913|.*\.(?:tmp|sw[opx])|Thumbs\.db|desktop\.ini|__pycache__")
"""What is hidden, and what editors, office programs and systems leave beside a file while somebody writes in it."""
_LONGEST = 255
"""Bytes of a name that Linux allows; other systems count characters, which are never more."""


def is_passing(name: str) -> bool:
    """Whether a name is that of a file that nobody wrote as a source: hidden, a backup, or the scratch file of a program."""
    return bool(_PASSING.fullmatch(name))


def is_reserved(name: str) -> bool:
    """Whether Windows reserves a name for a device."""
    return bool(_DEVICE.fullmatch(name))


def device(name: str) -> str:
    """What is told of a name that Windows reserves."""
    return (
        f"Windows reserves the name '{name}' for a device; expected one that can be the name of a file on every system; "
        "choose another"
    )


def trouble(path: str) -> str | None:
    """The finding about the first name in a path that some system cannot hold; None if all can."""
    for name in path.split("/"):
        if is_reserved(name):
            return f"Windows reserves the name '{name}' for a device"
        if match := _REFUSED.search(name):
            mark = _IN_WORDS.get(match[0]) or (match[0].isprintable() and f"'{match[0]}'") or "control character"
            return f"Windows allows no {mark} in the name '{name}'"
        if name.endswith((".", " ")):
            return f"Windows cuts the {'full stop' if name[-1] == '.' else 'space'} at the end of the name '{name}'"
        if len(name.encode("utf-8", "surrogateescape")) > _LONGEST:
            return f"the name '{name[:40]}…' is too long for most systems"
    return None


def twins(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of paths, the later first, that are one file where case, or the way in which accents are stored, does not count.

    Folders count as well: `People/a.md` and `people/b.md` would land in one folder.
    """
    seen: dict[str, str] = {}
    for path in sorted(paths):
        ends = [match.start() for match in re.finditer("/", path)] + [len(path)]
        for end in ends:
            part = path[:end]
            first = seen.setdefault(_folded(part), part)
            if first != part:
                yield path, first
                break


def twin(other: str) -> str:
    """The message about a path whose twin is `other`."""
    return (
        f"differs from {other} only in case, or in how accents are stored, so that Windows and macOS keep one of both; "
        "expected a name of its own; rename one of them"
    )


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
