"""The stock commands of MkDocs and ProperDocs, and our own, build the same site from the same records."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import properdocs
import pytest

from explainer.cli import main
from tests.conftest import COMPILED, HARBOUR, PROJECT, Run, change, copied, tree
from tests.patience import until
from tests.served import copy_project, environment, explainer
from tests.surroundings import USUAL, in_a_fork


def bring_compiled(root: Path) -> Path:
    """Give a copy of this project what this process compiled of the code, or the first command in it compiles all anew."""
    there = COMPILED.joinpath(*root.resolve().parts[1:])
    for source in (PROJECT / "scripts").rglob("*.py"):
        made = Path(importlib.util.cache_from_source(source))
        if made.exists():
            name = f"{source.stem}.{sys.implementation.cache_tag}.pyc"
            folder = there / source.relative_to(PROJECT).parent
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(made, folder / name)
    return root


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the code and the configuration, with the records of the harbour dossier and a hand-written page."""
    root = copy_project(tmp_path / "project", content=HARBOUR / "content", docs=None)
    (root / "docs" / "about").mkdir()
    (root / "docs" / "about" / "index.md").write_text(
        "# About\n\nSee [Beacon](../operations/beacon-2001.md).\n", encoding="utf-8"
    )
    return root


@pytest.fixture(scope="module")
def _warm(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compile the templates of pages in this process, so that not each of its forks does."""
    root = shutil.copytree(generated, tmp_path_factory.mktemp("warm") / "harbour")
    assert main.main(["--root", str(root), "build", "--quiet"]) == 0


@pytest.fixture
def project(bare: Path, generated: Path, _warm: None) -> Path:
    """The same with what a run has kept of its records and templates, which a new process would compile anew."""
    shutil.copytree(generated / ".cache", bare / ".cache")
    return bare


def stock(root: Path, module: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a stock command in a folder, as somebody would who knows nothing of this project's own; in a fork, which has most loaded.

    The command itself is loaded in the fork alone: that of ProperDocs takes the place of every module of MkDocs.
    """

    def prepare() -> None:
        os.chdir(root)
        sys.pycache_prefix = str(COMPILED)  # as PYTHONPYCACHEPREFIX would

    words = list(arguments)
    ran = in_a_fork(lambda: _run(module, words), words, USUAL, prepare, environment(**variables))
    return subprocess.CompletedProcess(
        [module, *arguments], ran.status, ran.out.decode("utf-8"), ran.err.decode("utf-8")
    )


def _run(module: str, words: list[str]) -> int | None:
    status: int | None = importlib.import_module(f"{module}.__main__").cli(words, prog_name=module)
    return status


def stock_anew(root: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it in a process that is started anew, and loads the code that stands in the folder."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)


def built(root: Path, *command: str, anew: bool = False) -> dict[str, bytes]:
    """The files of the site that a command built: `explainer …`, or the module of a stock command, in a process of its own or started `anew`."""
    run = stock_anew if anew else stock
    ran = explainer(root, *command[1:]) if command[0] == "explainer" else run(root, *command)

    assert (ran.returncode, "" if ran.returncode == 0 else ran.stdout + ran.stderr) == (0, "")
    return tree(root / "site")


def built_here(root: Path, run: Run) -> dict[str, bytes]:
    """The files of the site that our own command built in this process."""
    ran = run("--root", root, "build")

    assert (ran.status, ran.err) == (0, "")
    return tree(root / "site")


def html(files: dict[str, bytes]) -> set[str]:
    """The pages among files."""
    return {path for path in files if path.endswith(".html")}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that only one has, or that differ."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def test_every_command_builds_the_same_bytes_by_itself_in_any_folder(bare: Path, tmp_path: Path) -> None:
    copies = [bring_compiled(shutil.copytree(bare, tmp_path / f"elsewhere-{number}")) for number in range(3)]
    ours = built(bare, "explainer", "build")
    there = built(copies[0], "explainer", "build")
    theirs = built(copies[1], "mkdocs", "build", "--strict", anew=True)
    others = built(copies[2], properdocs.__name__, "build", "-f", "mkdocs.yml", "--strict", anew=True)

    assert {"index.html", "about/index.html", "operations/beacon-2001/index.html"} <= html(ours)
    assert (differing(ours, there), differing(ours, theirs), html(ours) ^ html(others)) == ([], [], set())


@pytest.mark.parametrize("module", ["mkdocs", properdocs.__name__])
def test_a_problem_in_a_record_ends_a_stock_build_with_a_clean_message(module: str, project: Path) -> None:
    change(project / "content" / "operations" / "beacon-2001.md", ("countries: [NO, DK]", "countries: [NO, DKK]"))
    ran = stock(project, module, "build", "-f", "mkdocs.yml", "--strict")

    assert ran.returncode == 1
    assert "content/operations/beacon-2001.md:19:17: 'DKK' is not an ISO 3166 country code" in ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
    assert not (project / "site").exists()
    assert not (project / "docs" / "operations").exists()


def test_a_dossier_without_a_configuration_is_built_with_ours(tmp_path: Path) -> None:
    root = copied(HARBOUR, tmp_path / "bare")
    code = copy_project(tmp_path / "code", content=HARBOUR / "content", docs=None)
    ran = explainer(code, "--root", str(root), "build")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert b"The Lantern Accord, explained" in tree(root / "site")["index.html"]
    assert not (code / "site").exists()
    assert not tree(code / "docs")


def test_a_problem_in_a_record_leaves_the_old_site_as_it_was(project: Path, run: Run) -> None:
    before = built_here(project, run)
    change(project / "content" / "goals" / "1.md", ("number: 1", "number: one"))
    ran = run("--root", project, "build")

    assert ran.status == 1
    assert ran.err.startswith("content/goals/1.md:5:9: ")
    assert differing(before, tree(project / "site")) == []


def test_a_dead_link_in_a_written_page_leaves_the_old_site_as_it_was(project: Path, run: Run) -> None:
    before = built_here(project, run)
    change(project / "docs" / "about" / "index.md", ("beacon-2001.md", "beacon-1999.md"))
    ran = run("--root", project, "build")

    assert ran.status == 1
    assert "beacon-1999.md" in ran.err
    assert "Traceback" not in ran.err
    assert differing(before, tree(project / "site")) == []
    assert [path.name for path in project.iterdir() if "site" in path.name] == ["site"]


def test_a_folder_that_holds_something_else_is_refused_as_the_site(project: Path) -> None:
    folder = project / "pictures"
    folder.mkdir()
    (folder / "one.txt").write_text("mine\n", encoding="utf-8")
    ran = explainer(project, "build", "--site-dir", str(folder))

    assert ran.returncode == 1
    assert f"{folder} holds something else than a built site" in ran.stderr
    assert tree(folder) == {"one.txt": b"mine\n"}


STOCK = ("mkdocs", properdocs.__name__)


def refused(root: Path, module: str, why: str) -> None:
    """A stock build that ends with a sentence before it writes or deletes anything."""
    before = tree(root)
    ran = stock(root, module, "build", "-f", "mkdocs.yml")

    assert (ran.returncode, why in " ".join(ran.stderr.split())) == (1, True), ran.stderr
    assert "Traceback" not in ran.stderr
    assert differing(before, tree(root)) == []


@pytest.mark.parametrize("module", STOCK)
def test_a_stock_build_among_sources_is_refused(module: str, project: Path) -> None:
    change(project / "mkdocs.yml", ("site_dir: site", "site_dir: content/site"))
    why = f"{project}/content/site lies in content/ of the dossier, and every file there is read as a record;"
    refused(project, module, why)


@pytest.mark.parametrize("module", STOCK)
def test_a_stock_build_empties_no_folder_of_another_program(module: str, project: Path) -> None:
    (project / "site").mkdir()
    for name in ("index.html", "404.html", "sitemap.xml", "thesis.txt"):
        (project / "site" / name).write_text("theirs", encoding="utf-8")
    refused(project, module, f"{project}/site holds something else than a built site")


@pytest.mark.parametrize("module", STOCK)
def test_a_stock_build_deletes_nobodys_file_and_lists_none(module: str, project: Path) -> None:
    ours = built(project, module, "build", "-f", "mkdocs.yml", "--strict")
    (project / "site" / ".git" / "refs").mkdir(parents=True)
    (project / "site" / ".git" / "HEAD").write_text("ref", encoding="utf-8")
    (project / "site" / ".nojekyll").touch()
    kept = {".git/HEAD": b"ref", ".nojekyll": b""}
    assert differing(built(project, module, "build", "-f", "mkdocs.yml", "--strict"), {**ours, **kept}) == []
    after = built(project, "explainer", "build", "--clean", "--jobs", "1")
    assert (html(after), after.items() >= kept.items()) == (html(ours), True)
    assert b".git" not in after["manifest.json"]
    (project / "site" / "people" / "own.txt").write_text("mine", encoding="utf-8")
    refused(project, module, f"{project}/site/people/own.txt was not made by a build, and this command would delete it")


def test_a_stock_build_that_failed_does_not_stand_in_the_way_of_the_next(project: Path) -> None:
    ours = built(project, "mkdocs", "build", "--strict")
    (project / "site" / ".nojekyll").touch()
    extension = "markdown_extensions:\n"
    for wrong in (
        ("  - attr_list\n", "  - attr_list\n  - gone\n"),
        (extension, f"extra_templates: [wrong.html]\n{extension}"),
    ):
        text = (project / "mkdocs.yml").read_text(encoding="utf-8")
        change(project / "mkdocs.yml", wrong)
        (project / "docs" / "wrong.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
        ran = stock(project, "mkdocs", "build")
        (project / "docs" / "wrong.html").unlink()
        (project / "mkdocs.yml").write_text(text, encoding="utf-8")

        assert ran.returncode == 1
        assert differing(built(project, "mkdocs", "build", "--strict"), {**ours, ".nojekyll": b""}) == []


def test_the_site_goes_where_it_is_told(project: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "public"
    ran = run("--root", project, "build", "--site-dir", folder)

    assert ran.status == 0
    assert (folder / "operations" / "beacon-2001" / "index.html").is_file()
    assert not (project / "site").exists()


def test_a_page_that_is_gone_from_the_records_is_gone_from_the_site(project: Path, run: Run) -> None:
    before = built_here(project, run)
    (project / "content" / "people" / "ada-quay.md").unlink()
    after = built_here(project, run)

    assert {"people/ada-quay/index.html"} == html(before) - html(after)


@pytest.mark.parametrize(("module", "moment"), [("mkdocs", "abc"), (properdocs.__name__, "7258118400")])
def test_a_stock_command_says_in_a_sentence_that_the_time_is_none(module: str, moment: str, project: Path) -> None:
    ran = stock(project, module, "build", "-q", SOURCE_DATE_EPOCH=moment)

    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert f"Error: SOURCE_DATE_EPOCH is '{moment}'; expected whole seconds since 1970, " in ran.stderr


def test_a_stock_command_takes_an_empty_time_for_none(project: Path) -> None:
    ran = stock(project, "mkdocs", "build", "-q", SOURCE_DATE_EPOCH="")

    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)
    assert (project / "site/sitemap.xml").is_file()


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], root: Path, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server, ended when the block is left; what it says goes to a file."""
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=root, env=env, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield server
        finally:
            server.terminate()
            server.wait()


def fetched(address: str, server: subprocess.Popen[bytes], log: Path) -> bytes:
    """What a server answers, once it does; fails where the server ends first or never answers."""
    answers: list[bytes] = []

    def answered() -> bool:
        with contextlib.suppress(URLError, ConnectionError), urlopen(address) as answer:
            answers.append(answer.read())
        return bool(answers) or server.poll() is not None

    until(answered, f"{address} answers")
    if not answers:
        pytest.fail(f"{address} did not answer; the server said:\n{log.read_text(encoding='utf-8')}", pytrace=False)
    return answers[0]


@pytest.mark.parametrize("command", ["mkdocs", properdocs.__name__, "explainer"])
def test_a_server_for_writers_shows_the_generated_pages(command: str, project: Path, tmp_path: Path) -> None:
    port = free_port()
    own = command == "explainer"
    options = ["--port", str(port)] if own else ["-f", "mkdocs.yml", "-a", f"127.0.0.1:{port}"]
    log = tmp_path / "log.txt"
    arguments = [sys.executable, "-m", command, "serve", *options]
    with running(arguments, bring_compiled(project), environment(), log) as server:
        # Where the site's own address has a path, a server for writers puts the site there too; here it has none.
        home = fetched(f"http://127.0.0.1:{port}/", server, log)
        page = fetched(f"http://127.0.0.1:{port}/operations/beacon-2001/", server, log)

    assert b"The Lantern Accord, explained" in home
    assert "6–10</span> April 2001".encode() in page
