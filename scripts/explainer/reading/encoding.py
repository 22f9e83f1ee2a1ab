"""Decode the bytes of a file as UTF-8 and reject text that the parsers cannot read."""

import re
from collections.abc import Iterator

from explainer.base.problems import Problem
from explainer.base.unicode_text import composed

LARGEST_FILE = 4 * 1024 * 1024
"""Maximum size in bytes of a file in `content/`; the longest text of a real dossier is a hundredth of this."""

MARKS = ("<<<<<<< ", ">>>>>>> ")
"""Prefixes of the lines that git writes around the two versions of a merge conflict."""
CONFLICT = "a merge left two versions here; expected one; keep one of them and delete the lines with <<<<<<<, ======= and >>>>>>>"
FORMAT = "in records `explainer format`"
"""What mends files that an editor of Windows saved: `plain`, run by the formatter."""
_MARK = b"\xef\xbb\xbf"
_OTHERS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""How a file in another encoding begins -> which one it is; the longer beginnings first."""
_BREAK = re.compile("[\x85\u2028\u2029]")
"""Characters that YAML treats as line breaks and other programs do not."""


def plain(raw: bytes) -> bytes:
    """The bytes of a file without a byte order mark, and with LF wherever they have CR and LF, or CR alone.

    In YAML and in Markdown each of them ends a line.
    """
    return raw.removeprefix(_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def decode(path: str, raw: bytes) -> str | list[Problem]:
    """Decode a file as text in the normalisation form C, or return the problems that prevent reading it."""
    if len(raw) > LARGEST_FILE:
        size = f"{len(raw) / 1024 / 1024:.0f} MB"
        return [
            Problem(
                path,
                1,
                1,
                f"the file has {size}; expected at most {LARGEST_FILE // 1024 // 1024} MB; split it into records",
            )
        ]
    if raw.startswith(_MARK):
        message = f"begins with a byte order mark; expected UTF-8 without one; save the file as plain UTF-8; {FORMAT} removes it"
        return [Problem(path, 1, 1, message)]
    for mark, name in _OTHERS.items():
        if raw.startswith(mark):
            return [Problem(path, 1, 1, f"is {name}; expected UTF-8; save the file in that encoding")]
    try:
        text = composed(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        return [
            Problem(
                path,
                line,
                column,
                f"byte 0x{raw[error.start]:02x} is not UTF-8; expected UTF-8; save the file in that encoding",
            )
        ]
    return list(_unfit(path, text)) or text


def _unfit(path: str, text: str) -> Iterator[Problem]:
    """Problems in decoded text: line endings with CR, no content, odd line breaks, zero bytes or merge conflicts."""
    if "\r" in text:
        at = text.index("\r")
        line, ends = text[:at].count("\n") + 1, "CRLF" if text.startswith("\r\n", at) else "CR alone"
        message = f"lines end with a carriage return ({ends}); expected LF; set the line endings of your editor to LF"
        message += f"; {FORMAT} changes them"
        yield Problem(path, line, 1, message)
    elif not text.strip():
        yield Problem(path, 1, 1, "the file is empty; expected a record; write one or delete the file")
    elif found := _BREAK.search(text):
        line = text[: found.start()].count("\n") + 1
        message = f"holds the invisible line end U+{ord(found[0]):04X}; expected plain ones; delete it"
        yield Problem(path, line, found.start() - text.rfind("\n", 0, found.start()), message)
    elif "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        yield Problem(path, line, 1, "holds a zero byte; expected text; save the file as plain UTF-8")
    else:
        yield from (Problem(path, line, 1, CONFLICT) for line in _conflicts(text))


def _conflicts(text: str) -> list[int]:
    """Numbers, from 1, of the lines that hold a merge conflict marker."""
    if not any(mark in text for mark in MARKS):
        return []
    return [number for number, line in enumerate(text.split("\n"), start=1) if line.startswith(MARKS)]
