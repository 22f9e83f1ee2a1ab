"""States of a dossier from its repository: the records of a revision, and the revision in which each day ended."""

import contextlib
import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from explainer.base.problems import ContentError, quoted
from explainer.base.values import PartialDate
from explainer.data.rows import Row
from explainer.docs import content, states
from explainer.kinds.registry import Kinds
from explainer.library import history

PATIENCE = 60
"""Seconds after which git is given up."""


class RevisionError(Exception):
    """Raised where the repository does not answer; says why, and what to do."""


class RefusedError(RevisionError):
    """Raised where git answers that it cannot do what it is asked."""


class NoRevisionError(RevisionError):
    """Raised where a name is that of no revision that the repository has."""


class Landed(NamedTuple):
    """The revision in which a day ended."""

    day: PartialDate
    revision: str


def _git(root: Path, *arguments: str) -> bytes:
    """What git answers; raises RevisionError."""
    command = ["git", "-C", os.fspath(root), *arguments]
    try:
        answer = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603 - no shell, and what is given is checked to be a revision
    except FileNotFoundError:
        raise RevisionError("git is not installed; expected it, to read states of the repository; install it") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RevisionError(f"git does not answer ({error}); expected it to; try again") from error
    if answer.returncode:
        said = answer.stderr.decode(errors="replace").strip().splitlines()
        raise RefusedError(f"git refuses: {said[0] if said else 'it gives no reason'}")
    return answer.stdout


def commit(root: Path, revision: str) -> str:
    """The commit that a revision names; raises RevisionError if there is none."""
    try:
        named = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except RefusedError:
        raise NoRevisionError(
            f"{quoted(revision)} is neither a folder, nor a file of data, nor a revision of the repository; expected one, "
            "as in HEAD~1, v1.0 or all.jsonl; correct it, or fetch what is missing"
        ) from None
    return named.decode().strip()


def rows(root: Path, revision: str, kinds: Kinds) -> list[Row]:
    """The records of a revision; raises RevisionError, or ContentError if they cannot be read."""
    archive = _git(root, "archive", "--format=tar", commit(root, revision), content.CONTENT)
    try:
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
                packed.extractall(folder, filter="data")
            return of_folder(Path(folder), kinds)
    except OSError as error:
        raise RevisionError(
            f"a revision could not be unpacked ({error.strerror or error}); expected a folder for it; "
            "set TMPDIR to one that can be written and has room"
        ) from error


@contextlib.contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """A revision with its files in a temporary folder, as a working tree of the repository; raises RevisionError."""
    within = _git(root, "rev-parse", "--show-prefix").decode().strip()
    with tempfile.TemporaryDirectory(prefix="explainer-", ignore_cleanup_errors=True) as folder:
        tree = Path(os.path.realpath(folder)) / "tree"
        _git(root, "worktree", "add", "--quiet", "--detach", os.fspath(tree), commit(root, revision))
        try:
            yield tree / within
        finally:
            with contextlib.suppress(RevisionError):
                _git(root, "worktree", "remove", "--force", os.fspath(tree))


def of_folder(root: Path, kinds: Kinds) -> list[Row]:
    """The records of a folder; raises ContentError if some cannot be read, since they would count as gone."""
    found, problems = states.of_folder(root, kinds)
    if problems:
        raise ContentError(problems)
    return found


def landed(root: Path) -> list[Landed]:
    """The last revision of each day on which records changed, on the branch that is checked out, the oldest first."""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise RevisionError(
            "the repository holds only its last revisions; expected all, to tell when a record came; run `git fetch --unshallow`"
        )
    listed = _git(
        root, "log", "--first-parent", "--format=%H %cs", "--", content.CONTENT, f":(exclude){history.FOLDER}"
    )
    return list(reversed(list(_last_of_days(listed.decode().splitlines()))))


def _last_of_days(lines: Sequence[str]) -> Iterator[Landed]:
    """Of revisions from the newest, the first of each day; one of a clock that was ahead counts for the day after it."""
    before = ""
    for line in lines:
        revision, _, day = line.partition(" ")
        if not before or day < before:
            before = day
            yield Landed(PartialDate.read(day), revision)


def is_changed(root: Path) -> bool:
    """Whether records were changed since the last revision."""
    return bool(_git(root, "status", "--porcelain", "--", content.CONTENT, f":(exclude){history.FOLDER}").strip())


def unsaved(root: Path, left_out: Sequence[str] = ()) -> list[str]:
    """The files of the dossier's folder that differ from the last revision, or that it does not know.

    Those that git ignores do not count, nor those in the folders `left_out`.
    """
    where = [".", *(f":(exclude){folder}" for folder in left_out)]
    told = _git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--", *where).decode(errors="replace")
    return sorted(entry[3:] for entry in told.split("\0") if entry[2:3] == " ")


def has_commits(root: Path) -> bool:
    """Whether the repository has a state at all."""
    return bool(_git(root, "rev-list", "--all", "--max-count=1").strip())
