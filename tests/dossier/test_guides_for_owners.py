"""The guides for owners of a dossier: every file and command on them is written and run as it stands, from top to bottom."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Ran, Run, change

GUIDES = Path(__file__).resolve().parents[2] / "docs/contributing"
BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"`(river/[\w./-]+\.(?:md|yml|py))`")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code in a guide, and the sentence before it."""

    kind: str
    text: str
    before: str

    @property
    def place(self) -> str:
        """The file that the sentence names last."""
        return str(PLACE.findall(self.before)[-1])


def blocks(guide: str) -> Iterator[Block]:
    text = (GUIDES / guide).read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        yield Block(found["kind"], found["text"], text[: found.start()].rstrip().rsplit("\n\n", 1)[-1])


def write(block: Block) -> None:
    """Write the file of a block; at the end of one that is there, or in the place of the fields that it has."""
    path = Path(block.place)
    if "at the end" in block.before:
        path.write_text(path.read_text(encoding="utf-8") + block.text, encoding="utf-8")
    elif path.name == "site.yml":
        text = path.read_text(encoding="utf-8")
        for field in re.findall(r"^\w+:.*\n(?:[ -].*\n)*", block.text, re.MULTILINE):
            name = field.partition(":")[0]
            old = re.findall(rf"^{name}:.*\n(?:[ -].*\n)*", text, re.MULTILINE)
            assert len(old) == 1, name
            text = text.replace(old[0], field)
        path.write_text(text, encoding="utf-8")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")


def follow(guide: str, run: Run) -> list[tuple[str, Ran]]:
    """Do what a guide says; every command of ours with what it said, the first of which must be all well."""
    ran: list[tuple[str, Ran]] = []
    for block in blocks(guide):
        if block.kind == "sh":
            for line in block.text.splitlines():
                program, *words = shlex.split(line)
                if program == "rm":
                    assert words[0] == "-r"
                    for word in words[1:]:
                        shutil.rmtree(word)
                else:
                    assert program == "explainer"
                    ran.append((line, run(*words)))
        elif block.kind:
            write(block)
    return ran


def shown(guide: str) -> str:
    """What a guide shows of the words of a command."""
    return next(block.text for block in blocks(guide) if not block.kind)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, as the reader does."""
    monkeypatch.chdir(tmp_path)


def test_another_dossier_is_started_as_the_guide_says(run: Run) -> None:
    ran = follow("start-another-dossier.md", run)
    *well, (_, last) = ran

    assert [(line, said.status) for line, said in well] == [(line, 0) for line, _ in well]
    assert [line.split()[-1] for line, _ in ran] == ["river", "build", "check", "check"]
    assert last.status == 1
    assert last.out + last.err == shown("start-another-dossier.md") + "1 problem in 1 file; nothing was written.\n"


def test_what_the_first_guide_writes_is_on_the_site(run: Run) -> None:
    for block in blocks("start-another-dossier.md"):
        if block.kind == "sh" and "init" in block.text:
            run("init", "river")
        elif block.kind in {"yml", "markdown"}:
            write(block)
    assert run("--root", "river", "build", "--quiet").status == 0
    home, office, patrol = (
        Path("river/site", path, "index.html").read_text(encoding="utf-8")
        for path in (".", "organisations/harbour-office", "patrols/clearwater-2031")
    )

    assert "The harbour, explained" in home
    assert ">Start<" in re.sub(r"\s+", "", home)
    assert "above the fish market" in office
    assert ">Seealso<" in re.sub(r"\s+", "", patrol)


def test_official_words_are_added_and_compared_as_the_guide_says(run: Run) -> None:
    ran = follow("official-words.md", run)
    page = Path("river/site/accords/compare/6-2/8-1/index.html").read_text(encoding="utf-8")

    assert [(line, said.status) for line, said in ran if said.status] == []
    assert "Clean the river" in page
    assert re.search(r"cleans the river every <del>.{,40}left out: </span>second year", page)
    assert re.search(r"cleans the river every <ins>.{,40}added: </span>year, before the summer", page)


def test_a_kind_is_added_as_the_guide_says_and_its_page_shows_what_the_guide_says(run: Run) -> None:
    ran = follow("add-a-kind.md", run)
    page = Path("river/site/bridges/mill-bridge/index.html").read_text(encoding="utf-8")
    wardens = Path("river/site/organisations/river-wardens/index.html").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))

    assert [(line, said.status, said.err) for line, said in ran if "build" not in line] == [
        ("explainer init river", 0, ""),
        ("explainer --root river check", 0, ""),
    ]
    assert ran[-1][1].status == 0
    assert "Built of wood Opened 1904" in text
    assert 'href="../../organisations/river-wardens/"' in page
    assert "When What was done" in text
    assert "1951" in text
    assert "2031" in text
    assert "Mill Bridge" in wardens


def test_a_missing_word_is_told_as_the_guide_says(run: Run) -> None:
    follow("add-a-kind.md", run)
    change(Path("river/scripts/kinds/bridge/words.en.yml"), ("    owner: {name: Looked after by}\n", ""))
    ran = run("--root", "river", "check")

    assert ran.status == 1
    assert ran.out + ran.err == shown("add-a-kind.md") + "1 problem in 1 file; nothing was written.\n"


def test_the_skeleton_that_the_guide_speaks_of_is_written(run: Run) -> None:
    for block in blocks("add-a-kind.md"):
        if block.kind in {"python", "yml"}:
            write(block)
        elif block.kind == "sh" and "init" in block.text:
            run("init", "river")
    ran = run("--root", "river", "new", "bridge", "mill-bridge")

    assert (ran.status, ran.err) == (0, "")
    assert "material:" in Path("river/content/bridges/mill-bridge.md").read_text(encoding="utf-8")
