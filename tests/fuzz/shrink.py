"""Makes a case smaller while the same fault shows: fewer files, fewer changes, fewer lines, fewer characters."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tests.fuzz.case import Case

Shows = Callable[[Case], bool]
"""Whether a case shows the fault."""
Piece = tuple[bytes, bytes]
"""What stands in a file, and what could stand there instead."""
SHORT = 400
"""Bytes of a file up to which each byte is tried by itself."""


class Shrinker:
    """Tries smaller cases, as many as it may."""

    def __init__(self, shows: Shows, tries: int) -> None:
        self.shows, self.left = shows, tries

    def smallest(self, case: Case, files: Mapping[str, bytes]) -> Case:
        """The smallest case that was found; `files` is the original of the dossier."""
        case = self._plainer(case)
        for path in sorted(case.files):
            case = self._smaller(case, path, _changes(files.get(path, b""), case.files[path]))
            case = self._smaller(case, path, [(line, b"") for line in case.files[path].splitlines(keepends=True)])
            if len(case.files[path]) < SHORT:
                case = self._smaller(case, path, [(bytes([byte]), b"") for byte in case.files[path]])
        return case

    def _better(self, case: Case) -> bool:
        """Whether a case shows the fault, while there are tries left."""
        self.left -= 1
        return self.left >= 0 and self.shows(case)

    def _plainer(self, case: Case) -> Case:
        """The case without what it can do without: the build, the environment, whole files."""
        bare = (replace(case, build=False, variables={}), replace(case, build=False), replace(case, variables={}))
        case = next((simpler for simpler in bare if simpler != case and self._better(simpler)), case)
        for path in sorted(case.files):
            simpler = case.without(path)
            case = simpler if (simpler.files or simpler.gone) and self._better(simpler) else case
        return case

    def _smaller(self, case: Case, path: str, pieces: Sequence[Piece]) -> Case:
        """Put what could stand instead in the place of pieces of a file, many at a time at first."""
        size = len(pieces)
        while size and self.left > 0:
            for start in range(0, len(pieces), size):
                tried = [
                    *pieces[:start],
                    *((less, less) for _, less in pieces[start : start + size]),
                    *pieces[start + size :],
                ]
                simpler = case.with_file(path, b"".join(there for there, _ in tried))
                if tried != pieces and self._better(simpler):
                    case, pieces = simpler, tried
            size //= 2
        return case


def _changes(old: bytes, new: bytes) -> list[Piece]:
    """A changed file in pieces: each as it is now, and as it was."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [(b"".join(after[c:d]), b"".join(before[a:b])) for _, a, b, c, d in matcher.get_opcodes()]
