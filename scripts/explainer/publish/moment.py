"""The time that a site tells: that of its commit, so that the same commit gives the same bytes."""

import os
import subprocess
from pathlib import Path

from explainer.base.problems import quoted
from explainer.publish import manifest
from explainer.publish.swap import PublishError

NAME = "SOURCE_DATE_EPOCH"
"""Environment variable for the build date, in seconds since 1970 (reproducible-builds.org convention)."""
_LATEST = 2**32 - 1
"""Latest timestamp that gzip can store, in 2106; zip's limit is a year later."""


def pin(root: Path) -> None:
    """Set SOURCE_DATE_EPOCH to the time of the last commit, unless it is set already or there is no commit.

    Raises PublishError if SOURCE_DATE_EPOCH is not a timestamp that MkDocs, gzip and zip can all store. An empty value
    counts as unset, because CI services pass variables without a value that way.
    """
    given = os.environ.get(NAME, "").strip()
    if given:
        if not (given.isascii() and given.isdecimal() and len(given) <= len(str(_LATEST)) and int(given) <= _LATEST):
            raise PublishError(
                f"{NAME} is {quoted(given[:40])}; expected whole seconds since 1970, from 0 to {_LATEST}, as in 1767225600; "
                "correct it, or unset it to take the time of the last commit"
            )
        os.environ[NAME] = given
        return
    os.environ.pop(NAME, None)
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=manifest.PATIENCE)  # noqa: S603 - fixed arguments and a folder
    except (OSError, subprocess.TimeoutExpired):
        return
    if answer.returncode == 0 and answer.stdout.strip().isdecimal():
        os.environ[NAME] = answer.stdout.strip()
