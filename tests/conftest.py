"""What the tests share: copies of the small dossiers, a way to run the command, how much Hypothesis tries, and the switch that blesses output."""

from __future__ import annotations

import atexit
import functools
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from explainer import build
from explainer.base.problems import ContentError
from explainer.base.progress import Progress
from explainer.cli import main
from tests.kinds_of_dossier import bring_kinds
from tests.remembered import remembering
from tests.shared import once
from tests.temporary import keep_in_memory

if TYPE_CHECKING:
    from explainer.library.library import Library
    from explainer.reading.document import Document

# No deadline and no check of health: both measure time, and would fail on a machine that has other things to do.
settings.register_profile("short", deadline=None, database=None, suppress_health_check=list(HealthCheck))
settings.register_profile("long", parent=settings.get_profile("short"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

keep_in_memory()

RARELY = (1_000_000, 20, 100)
"""How often unused memory is searched for: as the command does it, whatever test comes first, and while tests are collected."""
gc.set_threshold(*RARELY)

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent
COMPILED = PROJECT / ".cache" / "python"
"""Where the many processes that tests start find the code compiled, so that not each of them compiles it all.

Those that run tests use what lies beside the code: the libraries were compiled when they were installed.
"""
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

if os.linesep != "\n":
    # Tests write records, and a record ends its lines with LF on every system.
    Path.write_text = functools.partialmethod(Path.write_text, newline="\n")  # type: ignore[assignment,method-assign] # the same but for a default

ONLY_HERE = pytest.mark.skipif(sys.platform != "linux", reason="its files have names that this system may not hold")
"""Marks a test of a portable module that makes files which Windows or macOS refuse or take for the same."""

HARBOUR = TESTS / "sites" / "harbour"
"""The records of a small, made-up dossier that uses every type of record; `whole_harbour` has the kinds as well."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command said, and its exit status."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
"""Runs `explainer` with arguments; paths may be among them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="rewrite what tests expect (tests/broken, tests/sites) to what is made now"
    )
    parser.addoption(
        "--costs", action="store_true", help="count the seconds of the processor, and print the costliest tests"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Count costs where that is asked for."""
    if config.getoption("--costs"):
        from tests.costs import Costs

        config.pluginmanager.register(Costs())


FIRST = (
    "test_browser", "test_surroundings", "test_warm", "test_questions", "test_mkdocs", "test_strangers", "test_heights",
    "test_broken", "test_numbers", "test_shards", "test_broken_files", "test_publish", "test_paper", "test_parallel",
    "test_memory", "test_properties", "test_reading", "test_ozone", "test_untouched", "test_search", "test_mistakes",
    "test_mutations", "test_aids", "test_places", "test_interrupts", "test_first_pages", "test_old_edition", "test_guides",
    "test_nothing_stops_a_build", "test_firefox", "test_index", "test_beside_faults", "test_search_of_the_world",
    "test_unwritable", "test_live", "test_figures", "test_script", "test_states", "test_sheets", "test_portable",
)  # fmt: skip
"""The modules that take longest, roughly the longest first: so no process has a long one left when the others are done.

One that looks through a browser stands between others, so that some use the processors while it waits.
"""

SLOW = (
    "test_live",
    "test_memory",
    "test_mkdocs",
    "test_mutations",
    "test_numbers",
    "test_offline",
    "test_ozone",
    "test_parallel",
    "test_places",
    "test_properties",
    "test_publish",
    "test_strangers",
    "test_surroundings",
    "test_synthetic",
    "test_unwritable",
    "test_warm",
)
"""Modules that build whole sites again and again, or start the command many times. They are marked, and so are those with a browser."""


PORTABLE = (
    "test_broken",
    "test_catalogues",
    "test_figures",
    "test_index",
    "test_ledger",
    "test_marks",
    "test_names_of_files",
    "test_narrative",
    "test_new",
    "test_own_kinds",
    "test_prose_tokens",
    "test_report",
    "test_states",
    "test_sums",
    "test_values",
    "test_words",
)
"""Modules that are collected on Windows and macOS too; the others need what only Unix has, or what only Linux was tried with."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what is not portable where that counts; None lets pytest decide."""
    left_out = sys.platform != "linux" and collection_path.stem.startswith("test_")
    return True if left_out and collection_path.stem not in PORTABLE else None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Forget what was compiled of copies that are gone with this run."""
    shutil.rmtree(COMPILED.joinpath(*Path(tempfile.gettempdir()).resolve().parts[1:]), ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have to tell beyond passing: the lines that they recorded as their summary."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, lines in report.user_properties:
            if name == "summary":
                terminalreporter.write_line("\n" + "\n".join(lines))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Mark what an editor of code need not wait for, `make test ARGS="-m 'not slow'"`, and begin with what takes longest."""
    for item in items:
        if item.path.stem in SLOW or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.slow)
    yield
    gc.freeze()  # what was collected lasts as long as the process, so no search for unused memory need go through it
    ranks = {stem: rank for rank, stem in enumerate(FIRST)}  # after pytest put all tests together that use a browser
    items.sort(key=lambda item: ranks.get(item.path.stem, len(FIRST)))


def make_pages_by(processes: int, patched: pytest.MonkeyPatch) -> None:
    """Let commands in this process, and in its forks, make pages by so many processes where `--jobs` is not given."""
    for command in main.explainer.commands.values():
        for option in command.params:
            if option.name == "jobs":
                patched.setattr(option, "default", processes)


@pytest.fixture(scope="session", autouse=True)
def _once() -> Iterator[None]:
    with remembering(), pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPYCACHEPREFIX", str(COMPILED))
        make_pages_by(
            1, patched
        )  # every processor has tests to run, and a fork costs more than it saves a small dossier
        yield


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be rewritten."""
    return bool(request.config.getoption("--bless"))


def copied(site: Path, to: Path) -> Path:
    """A copy of a dossier's content, with the kinds of record that it uses, to be changed at will."""
    shutil.copytree(site / "content", to / "content")
    return bring_kinds(to)


@functools.cache
def whole_harbour() -> Path:
    """The harbour dossier with its kinds, in a folder that lasts as long as the process; to be read, and not changed."""
    folder = tempfile.mkdtemp(prefix="harbour-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return copied(HARBOUR, Path(folder) / "harbour")


@functools.cache
def own_library() -> Library:
    """The records of this dossier, read once a process; to be looked at, and not to be changed."""
    return build.load(PROJECT)


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """The folder of a copy of the harbour dossier."""
    return copied(HARBOUR, tmp_path / "harbour")


class Said(Progress):
    """Keeps what people are told."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def say(self, words: str) -> None:
        """Keep it."""
        self.words.append(words)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harbour dossier, generated, with all that such a run leaves; to be copied, and not to be changed."""
    return once(tmp_path_factory, "generated-harbour", lambda root: build.generate(copied(HARBOUR, root)))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process."""

    def ran(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        status = main.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran


def change(path: Path, *changes: tuple[str, str]) -> None:
    """Replace texts in a file, each of which must be there."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{old!r} is not in {path}"
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


NO_TEXT = (".png", ".sqlite", ".xlsx", ".zip")
"""Endings of generated files that are not text."""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and link below a folder, by path; empty where there is no folder."""
    return {
        os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace"): _bytes(path)
        for path in _files(folder)
    }


def _bytes(path: Path) -> bytes:
    return os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base, name) for name in names)


def document(text: str, *, path: str = "content/operations/x.md") -> Document:
    """The document that a story file with this text holds; fails where it holds none."""
    from explainer.reading import front_matter

    found = front_matter.split_story(path, text)
    assert not isinstance(found, list), found
    return found


def problems_of(root: Path) -> list[str]:
    """The problems of a dossier as a check says them, those that keep its kinds from being loaded among them."""
    try:
        return [str(problem) for problem in build.check(root).problems]
    except ContentError as stopped:
        return [str(problem) for problem in stopped.problems]
