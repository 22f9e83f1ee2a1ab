"""Freezes an edition whose zip was lost once more: from its commit, by the program of that commit, and only if it is the same."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from explainer.base.files import write_whole
from explainer.base.problems import ContentError, shown
from explainer.docs import documents
from explainer.editing import revisions
from explainer.editing.releasing import ReleaseError
from explainer.library.releases import Release, order, read
from explainer.publish import edition_store
from explainer.publish.edition_store import EditionStore
from explainer.publish.swap import PublishError

PROGRAM = Path("scripts", "explainer")
"""Where a repository holds the program, if it does: an edition is made by the one of its commit."""


def again(root: Path, version: str) -> Path:
    """Put the zip of an edition back into the store; returns its path.

    Raises ReleaseError, RevisionError, ContentError, or PublishError where an edition before it is missing or damaged.
    """
    release, older = _known(root, version)
    EditionStore(root).load(older)
    if _is_whole(root, [release, *older]):
        raise ReleaseError(f"edition {version} is in {edition_store.FOLDER}/, whole; there is nothing to build again")
    revision = _revision(root, release)
    with revisions.checked_out(root, revision) as tree:
        for item in older:
            target = edition_store.place(tree, item.version)
            target.parent.mkdir(exist_ok=True)
            shutil.copy(edition_store.place(root, item.version), target)
        _freeze(tree, release)
        zipped = edition_store.place(tree, version).read_bytes()
        if _digest(tree, release) != release.archive:
            raise ReleaseError(
                f"edition {version}, made again from its commit {revision[:12]}, is not the one that was frozen; expected the same "
                "bytes, for which Python and the packages must be those of that day; install the requirements of that commit in "
                "an environment of its own and run this there, or restore the zip from a copy"
            )
    target = edition_store.place(root, version)
    write_whole(target, zipped)
    return target


def _known(root: Path, version: str) -> tuple[Release, list[Release]]:
    """The edition that the repository tells of, and those before it, the newest first."""
    every, problems = documents.releases_of(root)
    if problems:
        raise ContentError(problems)
    release = next((item for item in every.every if item.version == version), None)
    if release is None:
        there = ", ".join(item.version for item in every.every) or "none yet"
        raise ReleaseError(
            f"the repository tells of no edition {shown(version[:40])}; expected one of: {there}; correct it"
        )
    return release, [item for item in every.every if order(item.version) < order(version)]


def _is_whole(root: Path, releases: Sequence[Release]) -> bool:
    try:
        EditionStore(root).load(releases)
    except PublishError:
        return False
    return True


def _revision(root: Path, release: Release) -> str:
    """The commit that an edition was made from, if the repository has it."""
    try:
        return revisions.commit(root, release.commit)
    except revisions.NoRevisionError as error:
        raise ReleaseError(
            f"the repository lacks commit {release.commit[:12]}, which edition {release.version} was made from; expected it, as "
            f"the tag v{release.version} leads to it; run `git fetch origin tag v{release.version}`, or restore the zip from a copy"
        ) from error


def _freeze(tree: Path, release: Release) -> None:
    """Run the command that froze the edition, as it was at its commit."""
    command = [sys.executable, "-m", "explainer", "--root", os.fspath(tree), "release", release.version]
    own = os.fspath(tree / PROGRAM.parent)
    where = os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH", ""))))
    env = {**os.environ, "PYTHONPATH": where} if (tree / PROGRAM).is_dir() else dict(os.environ)
    ran = subprocess.run(  # noqa: S603 - our own program, with a version and a day that were read from a checked file
        [*command, "--date", str(release.frozen)], capture_output=True, text=True, check=False, env=env, cwd=tree
    )
    if ran.returncode:
        said = ran.stderr.strip().splitlines()
        raise ReleaseError(
            f"the program of commit {release.commit[:12]} does not freeze edition {release.version} ({shown(said[-1]) if said else 'it says nothing'}); "
            "expected it to run with the packages that are installed; install the requirements of that commit in an "
            "environment of its own and run this there, or restore the zip from a copy"
        )


def _digest(tree: Path, release: Release) -> str:
    """The checksum of the edition that was made again."""
    found, _ = read({release.file: (tree / release.file).read_text(encoding="utf-8")})
    return found.every[0].archive if found.every else ""
