"""Makes a case smaller while the same fault shows: fewer files, fewer changes, fewer lines, fewer characters."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tests.fuzz.case import Case

Shows = Callable[[Case], bool]
"""Whether a case shows the fault."""


class Shrinker:
    """Tries smaller cases, as many as it may."""

    def __init__(self, shows: Shows, tries: int) -> None:
        self.shows, self.left = shows, tries

    def better(self, case: Case) -> bool:
        """Whether a case shows the fault, while there are tries left."""
        self.left -= 1
        return self.left >= 0 and self.shows(case)

    def smallest(self, case: Case, files: Mapping[str, bytes]) -> Case:
        """The smallest case that was found; `files` is the original of the dossier."""
        for simpler in (
            replace(case, build=False, variables={}),
            replace(case, build=False),
            replace(case, variables={}),
        ):
            if simpler != case and self.better(simpler):
                case = simpler
                break
        for path in sorted(case.files):
            simpler = case.without(path)
            if (simpler.files or simpler.gone) and self.better(simpler):
                case = simpler
        for path in case.files:
            if path in files:
                case = self._of(case, path, _unchanged(files[path], case.files[path]))
            case = self._of(case, path, case.files[path].splitlines(keepends=True))
            if len(case.files[path]) < 400:
                case = self._of(case, path, [bytes([byte]) for byte in case.files[path]])
        return case

    def _of(self, case: Case, path: str, pieces: Sequence[bytes] | Sequence[tuple[bytes, bytes]]) -> Case:
        """Take pieces out of a file, many at a time at first: a pair of pieces has another text in place of the first."""
        pairs = [piece if isinstance(piece, tuple) else (piece, b"") for piece in pieces]
        size = len(pairs)
        while size and self.left > 0:
            start = 0
            while start < len(pairs) and self.left > 0:
                end = start + size
                tried = [*pairs[:start], *((less, less) for _, less in pairs[start:end]), *pairs[end:]]
                smaller = case.with_file(path, b"".join(more for more, _ in tried))
                if tried != pairs and self.better(smaller):
                    case, pairs = smaller, tried
                start = end
            size //= 2
        return case


def _unchanged(old: bytes, new: bytes) -> list[tuple[bytes, bytes]]:
    """A changed file in pieces: each as it is now, and as it was."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [(b"".join(after[c:d]), b"".join(before[a:b])) for _, a, b, c, d in matcher.get_opcodes()]
