"""Compares what two checkouts make of the same dossiers, byte for byte: `python -m tests.oracle BEFORE AFTER`.

A change that only moves or renames code must not change one byte of what is generated or built. Both checkouts get the
same input: the dossier of the first one, and the one that its `explainer init` makes; with `--own` each gets its own, for a
change that moves something between code and dossier. Exits with 1 where a file differs, is new or is gone, and names it.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

MADE = ("docs", "site")
"""The folders that are compared."""
KINDS = "scripts/kinds"
"""The kinds of record that a dossier brings; a checkout of older code has them in the engine."""


def explainer(checkout: Path, *arguments: str | Path) -> None:
    """Run the command of a checkout. Raises CalledProcessError where it fails."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(checkout / "scripts"),
        "SOURCE_DATE_EPOCH": "1700000000",
        "PYTHONHASHSEED": "0",
    }
    command = [sys.executable, "-m", "explainer", *map(str, arguments)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, cwd=checkout)


def dossiers(checkout: Path, folder: Path) -> Mapping[str, Path]:
    """Name -> folder of the dossiers that both checkouts are given: its own one and a fresh one."""
    own, fresh = folder / "own", folder / "fresh"
    shutil.copytree(checkout / "content", own / "content")
    if (checkout / KINDS).is_dir():
        shutil.copytree(checkout / KINDS, own / KINDS, ignore=shutil.ignore_patterns("__pycache__"))
    tracked = subprocess.run(["git", "ls-files", "docs"], cwd=checkout, check=True, capture_output=True, text=True)
    for name in tracked.stdout.splitlines():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(checkout / name, own / name)
    explainer(checkout, "init", fresh)
    return {"this dossier": own, "the dossier of init": fresh}


def digests(root: Path) -> dict[str, str]:
    """Path -> SHA-256 of every file that a build made."""
    files = (path for name in MADE for path in (root / name).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def built(checkout: Path, dossier: Path, to: Path) -> dict[str, str]:
    """What a checkout makes of a copy of a dossier."""
    shutil.copytree(dossier, to)
    explainer(checkout, "--root", to, "build", "--quiet")
    return digests(to)


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """A line for every file that is not the same in both."""
    words = {path: "differs" if path in before and path in after else "is new" for path in after}
    words |= {path: "is gone" for path in before if path not in after}
    return sorted(f"{path} {word}" for path, word in words.items() if before.get(path) != after.get(path))


def main() -> int:
    """Build both and compare; the exit status is 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("before", type=Path, help="a checkout of the commit before the change")
    parser.add_argument(
        "after", type=Path, nargs="?", default=Path(), help="one of the commit after it (default: here)"
    )
    parser.add_argument("--own", action="store_true", help="let each checkout build its own dossiers")
    options = parser.parse_args()
    before, after = options.before.resolve(), options.after.resolve()
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = dossiers(before, folder / "of-before")
        others = dossiers(after, folder / "of-after") if options.own else given
        for title, dossier in given.items():
            first = built(before, dossier, folder / "before" / dossier.name)
            second = built(after, others[title], folder / "after" / dossier.name)
            lines = differences(first, second)
            print(f"{title}: {len(first)} files before, {len(second)} after, {len(lines)} differ")
            found += [f"  {title}: {line}" for line in lines]
    print("\n".join(found[:200]) or "Not one byte differs.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
