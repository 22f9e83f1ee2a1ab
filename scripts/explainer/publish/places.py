"""Where a site, or a file that is made of one, may stand: never among what it is made of, however the place is written."""

import os
from collections.abc import Iterable
from pathlib import Path

from explainer.publish.swap import PublishError, check, shown

REMEDY = "name another folder with --site-dir"
_SOURCES = {
    "content": "every file there is read as a record",
    "docs": "every file there becomes part of the next site",
    "scripts": "the program is there",
    "tests": "the tests are there",
    ".cache": "what is there may be deleted at any time",
    ".git": "git keeps the history there",
}
"""Folders of a dossier -> why no site may stand there."""


def settled(root: Path, site: Path, remedy: str = REMEDY) -> Path:
    """The folder where a site is to stand, without links and steps back. Raises Failed where it may not; nothing is written."""
    place = resolved(site, remedy)
    apart(root, place, remedy)
    check(place, remedy)
    return place


def apart(root: Path, place: Path, remedy: str, more: Iterable[Path] = ()) -> None:
    """Raise Failed where a resolved place lies in a folder of sources, or holds one; `more` are sources beside the usual ones."""
    for name, reason in _SOURCES.items():
        _apart(place, root / name, f"{name}/ of the dossier", reason, remedy)
    for folder in more:
        _apart(place, folder, str(folder), "the site is made of what is there", remedy)
    for above in place.parents:
        if ".git" in (place.name, above.name):
            raise PublishError(
                f"{shown(str(place))} lies in a folder called .git, and {_SOURCES['.git']}; expected a place of its own; {remedy}"
            )
        if (above / "content" / "site.yml").is_file() and not above.samefile(root):
            for name, reason in _SOURCES.items():
                _apart(place, above / name, f"{name}/ of the dossier {shown(str(above))}", reason, remedy)


def resolved(path: Path, remedy: str) -> Path:
    """A path without links and steps back. Raises Failed where its links lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise PublishError(
            f"{shown(os.fspath(path))} is a link that leads nowhere; expected a folder; {remedy}"
        ) from error


def _apart(place: Path, source: Path, called: str, reason: str, remedy: str) -> None:
    for each in dict.fromkeys((Path(os.path.abspath(source)), Path(os.path.realpath(source)))):  # noqa: PTH100 - links are to stay; one may lead to itself
        if any(_same(above, each) for above in (place, *place.parents)):
            raise PublishError(
                f"{shown(str(place))} lies in {called}, and {reason}; expected a place of its own; {remedy}"
            )
        if any(_is_one(place, above) for above in each.parents):
            raise PublishError(
                f"{shown(str(place))} holds {called}, which no build may replace; expected a place of its own; {remedy}"
            )


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same folder, here or where small and capital letters are the same."""
    return _is_one(one, other) or (one.name.casefold() == other.name.casefold() and _is_one(one.parent, other.parent))


def _is_one(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False
