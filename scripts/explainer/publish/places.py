"""Validates output paths: a site or zip may not overlap the dossier's sources, whatever links or spelling are used."""

import os
from collections.abc import Iterable
from pathlib import Path

from explainer.base.problems import shown
from explainer.publish.swap import PublishError, check

ENGINE = Path(__file__).resolve().parent.parent
"""The engine's own package, wherever it is installed."""
REMEDY = "name another folder with --site-dir"
_SOURCES = {
    "content": "every file there is read as a record",
    "docs": "every file there becomes part of the next site",
    "scripts": "the program is there",
    "tests": "the tests are there",
    ".cache": "what is there may be deleted at any time",
    ".git": "git keeps the history there",
}
"""Source folder of a dossier -> reason why no output may be written there."""


def settled(root: Path, site: Path, remedy: str = REMEDY) -> Path:
    """Resolve and validate the output folder of a site; writes nothing. Raises PublishError if it may not be used."""
    place = resolved(site, remedy)
    apart(root, place, remedy)
    check(place, remedy)
    return place


def apart(root: Path, place: Path, remedy: str, more: Iterable[Path] = ()) -> None:
    """Raise PublishError if a resolved path is inside a source folder or contains one; `more` are further sources."""
    for name, reason in _SOURCES.items():
        _apart(place, root / name, f"{name}/ of the dossier", reason, remedy)
    _apart(place, ENGINE, "the program's own folder", _SOURCES["scripts"], remedy)
    if hidden := _hidden(root, place):
        raise PublishError(
            f"{shown(str(place))} lies in the hidden folder {shown(hidden)}/ of the dossier, and other programs keep their files "
            f"in such folders; expected a place of its own; {remedy}"
        )
    for folder in more:
        _apart(place, folder, str(folder), "the site is made of what is there", remedy)
    for above in place.parents:
        if (above / "pyvenv.cfg").is_file():
            raise PublishError(
                f"{shown(str(place))} lies in the virtual environment {shown(str(above))}, and Python keeps packages there; "
                f"expected a place of its own; {remedy}"
            )
        if ".git" in (place.name, above.name):
            raise PublishError(
                f"{shown(str(place))} lies in a folder called .git, and {_SOURCES['.git']}; expected a place of its own; {remedy}"
            )
        if (above / "content" / "site.yml").is_file() and not above.samefile(root):
            for name, reason in _SOURCES.items():
                _apart(place, above / name, f"{name}/ of the dossier {shown(str(above))}", reason, remedy)


def resolved(path: Path, remedy: str) -> Path:
    """Resolve `~`, links and `..` in a path. Raises PublishError on a symlink loop.

    A shell leaves `~` as it is behind an equals sign, as in `--site-dir=~/public`, and a folder of that name is a trap.
    """
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError) as error:
        raise PublishError(
            f"{shown(os.fspath(path))} is a link that leads nowhere; expected a folder; {remedy}"
        ) from error


def _hidden(root: Path, place: Path) -> str | None:
    """The hidden folder right in the dossier's folder that a place is, or lies in; None if there is none."""
    inside = place.relative_to(root).parts if place.is_relative_to(root) else ()
    return inside[0] if inside and inside[0].startswith(".") else None


def _apart(place: Path, source: Path, called: str, reason: str, remedy: str) -> None:
    for each in dict.fromkeys((Path(os.path.abspath(source)), Path(os.path.realpath(source)))):  # noqa: PTH100 - keeps links; one may point to itself
        if any(_same(above, each) for above in (place, *place.parents)):
            raise PublishError(
                f"{shown(str(place))} lies in {called}, and {reason}; expected a place of its own; {remedy}"
            )
        if any(_is_one(place, above) for above in each.parents):
            raise PublishError(
                f"{shown(str(place))} holds {called}, which no build may replace; expected a place of its own; {remedy}"
            )


def _same(one: Path, other: Path) -> bool:
    """Whether two paths name the same folder, also on case-insensitive file systems."""
    return _is_one(one, other) or (one.name.casefold() == other.name.casefold() and _is_one(one.parent, other.parent))


def _is_one(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False
