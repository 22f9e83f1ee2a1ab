"""Writes files that people keep: a new record, a file laid out anew, a folder of schemas; nothing is overwritten by surprise."""

from collections.abc import Mapping
from pathlib import Path

from explainer.base.files import text_of_file, write_whole
from explainer.library import link_status
from explainer.library.link_status import Visit


def write_new(root: Path, path: str, data: bytes) -> None:
    """Write a new file of `content/`, whole. FileExistsError where there is one: nothing is ever overwritten."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    with (root / path).open("xb") as file:
        file.write(data)


def overwrite(root: Path, path: str, data: bytes) -> None:
    """Put other bytes into a file that people keep, whole or not at all."""
    write_whole(root / path, data)


def put(path: Path, data: bytes) -> None:
    """Write a file, wherever it is to stand, whole or not at all."""
    write_whole(path, data)


def visits(root: Path) -> dict[str, Visit]:
    """What the last visits to the addresses of sources found."""
    return link_status.read(text_of_file(root / link_status.NAME))


def sync_folder(root: Path, folder: str, files: Mapping[str, str]) -> list[str]:
    """Make a folder hold these files and no others of their ending; the paths that changed."""
    there = {path.relative_to(root).as_posix(): path for path in (root / folder).glob("*.json")}
    changed = [path for path, text in files.items() if text_of_file(root / path) != text]
    for path in changed:
        write_whole(root / path, files[path].encode())
    gone = sorted(set(there) - set(files))
    for path in gone:
        there[path].unlink()
    return sorted([*changed, *gone])
