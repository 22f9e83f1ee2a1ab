"""How a case is drawn: lines doubled, cut and swapped, words and bytes put in, files renamed, commands with odd words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

from tests.fuzz import words
from tests.fuzz.bases import SHARES, Bases
from tests.fuzz.case import Case

Mutator = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
"""Spoils a file, given what else is in the dossier."""


def _lines(raw: bytes) -> list[bytes]:
    return raw.split(b"\n")


def _place(chance: random.Random, lines: Sequence[bytes]) -> int:
    return chance.randrange(len(lines))


def double_line(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    lines = _lines(raw)
    place = _place(chance, lines)
    return b"\n".join([*lines[:place], *[lines[place]] * chance.choice([2, 2, 3]), *lines[place + 1 :]])


def drop_lines(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    lines = _lines(raw)
    place = _place(chance, lines)
    return b"\n".join(lines[:place] + lines[place + chance.choice([1, 1, 1, 2, 5]) :])


def swap_lines(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    lines = _lines(raw)
    one, other = _place(chance, lines), _place(chance, lines)
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def indent_line(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    lines = _lines(raw)
    place = _place(chance, lines)
    before = chance.choice([b" ", b"  ", b"    ", b"\t", b"> ", b"- ", b"1. ", b"# ", b"## ", b"| ", b"    - "])
    lines[place] = before + lines[place] if chance.random() < 0.7 else lines[place].lstrip()
    return b"\n".join(lines)


def put_line(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    lines = _lines(raw)
    # Mostly into the story, where a line may say anything.
    start = lines.index(b"---", 1) + 1 if lines[0] == b"---" and b"---" in lines[1:] and chance.random() < 0.8 else 0
    lines.insert(chance.randint(start, len(lines)), chance.choice(words.LINES).encode("utf-8", "surrogatepass"))
    return b"\n".join(lines)


def put_word(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    place = chance.randint(0, len(raw))
    return raw[:place] + words.drawn(chance, others) + raw[place:]


def swap_word(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    found = list(re.finditer(rb"[\w./-]+|[^\w\s]", raw))
    if not found:
        return words.drawn(chance, others)
    word = chance.choice(found)
    return raw[: word.start()] + words.drawn(chance, others) + raw[word.end() :]


def swap_value(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    """Replace what stands behind the colon of a field."""
    found = list(re.finditer(rb"(?m)(?<=: )[^\n]+$", raw))
    if not found:
        return put_word(chance, raw, others)
    value = chance.choice(found)
    return raw[: value.start()] + chance.choice(words.VALUES).encode("utf-8", "surrogatepass") + raw[value.end() :]


def splice(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    """Put some lines of another file somewhere."""
    lines, theirs = _lines(raw), _lines(chance.choice(others))
    start = _place(chance, theirs)
    at = chance.randint(0, len(lines))
    return b"\n".join(lines[:at] + theirs[start : start + chance.choice([1, 2, 5, 20])] + lines[at:])


def cut(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    return raw[: chance.randint(0, len(raw))]


def flip_byte(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    if not raw:
        return b"\0"
    place = chance.randrange(len(raw))
    return raw[:place] + bytes([chance.randrange(256)]) + raw[place + 1 :]


def drop_bytes(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    place = chance.randint(0, len(raw))
    return raw[:place] + raw[place + chance.choice([1, 1, 2, 8]) :]


def recode(chance: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    text = raw.decode("utf-8", "replace")
    match chance.randrange(7):
        case 0:
            return text.encode("latin-1", "replace")
        case 1:
            return text.encode("utf-16")
        case 2:
            return b"\xef\xbb\xbf" + raw
        case 3:
            return raw.replace(b"\n", b"\r\n")
        case 4:
            return raw.replace(b"\n", b"\r")
        case 5:
            return raw.replace(b"\n", b"\r\n", 3)
        case _:
            return raw.rstrip(b"\n")


MUTATORS: tuple[tuple[Mutator, int], ...] = (
    (double_line, 3), (drop_lines, 3), (swap_lines, 3), (indent_line, 4), (put_line, 12), (put_word, 8),
    (swap_word, 8), (swap_value, 8), (splice, 4), (cut, 1), (flip_byte, 2), (drop_bytes, 3), (recode, 2),
)  # fmt: skip


def _kind_of_file(path: str) -> int:
    """How often a file is taken: stories most of all, the code of kinds least."""
    return {".md": 8, ".yml": 6, ".j2": 1, ".py": 0}.get(path[path.rfind(".") :], 1)


def _spoilt(chance: random.Random, files: Mapping[str, bytes], case: Case) -> Case:
    """One file spoilt in one to three ways, or bearing another name."""
    path = chance.choices(list(files), [_kind_of_file(path) for path in files])[0]
    raw = case.files.get(path, files[path])
    if chance.random() < 0.08:
        folder, _, name = path.rpartition("/")
        new = words.name(chance, folder, name)
        gone = case.gone if chance.random() < 0.3 else (*case.gone, path)
        return Case(case.base, {**case.files, new: raw}, gone)
    others = list(files.values())
    for _ in range(chance.choice([1, 1, 2, 3])):
        mutator = chance.choices([mutator for mutator, _ in MUTATORS], [share for _, share in MUTATORS])[0]
        raw = mutator(chance, raw, others)
    return Case(case.base, {**case.files, path: raw}, case.gone)


def drawn(seed: int, bases: Bases) -> Case:
    """The case of a seed, always the same for the same dossiers."""
    chance = random.Random(seed)
    base = chance.choices(list(SHARES), list(SHARES.values()))[0]
    files = bases.files(base)
    variables = words.variables(chance) if chance.random() < 0.1 else {}
    if chance.random() < 0.15:
        return Case(base, command=words.command(chance, list(files)), variables=variables)
    case = Case(base)
    for _ in range(chance.choice([1, 1, 1, 2])):
        case = _spoilt(chance, files, case)
    return Case(base, case.files, case.gone, variables=variables, build=chance.random() < 0.12)
