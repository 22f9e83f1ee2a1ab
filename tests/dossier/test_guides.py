"""The guides for editors: what they show works, what they name is there, and what there is they name."""

import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from explainer import build
from explainer.cli import main
from explainer.docs import documents
from explainer.editing.scaffold import placing
from explainer.library import addresses, checks
from explainer.library.checks import signature
from explainer.pages import render
from explainer.pages.composers import compose
from explainer.reading.document import Document
from explainer.reading.front_matter import split_settings, split_story
from explainer.records.dossier import Dossier
from explainer.records.validate import read
from tests import decisions
from tests.conftest import PROJECT, Run, copied
from tests.kinds_of_dossier import KINDS, Operation

FOLDER = PROJECT / "docs/contributing"
TEXTS = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.md"))}
OTHERS = {name: (PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/about/index.md")}
BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>\w*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
PLACE = re.compile(r"`(content/[\w./-]+\.(?:md|yml))`")
INVENTED = {
    "content/operations/lantern-2024.md",
    "content/words/",
    "content/words/LANGUAGE.yml",
    "content/history/addresses.txt",
    "content/history/edition-2026.12.json",
}
"""Files and folders that the guides let an editor make."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code in a guide."""

    guide: str
    kind: str
    text: str
    place: str
    """The file that the text before it names last."""


def blocks() -> Iterator[Block]:
    for guide, text in TEXTS.items():
        for found in BLOCK.finditer(text):
            lines = [line.removeprefix(found["indent"]) for line in found["text"].splitlines()]
            before = text[: found.start()].rstrip().rsplit("\n\n", 1)[-1]
            named = PLACE.findall(before)
            yield Block(guide, found["kind"], "\n".join(lines) + "\n", named[-1] if named else "")


BLOCKS = list(blocks())
WHOLE = [block for block in BLOCKS if block.place and block.kind in {"yaml", "markdown"}]
YAML = [block for block in BLOCKS if block.kind == "yaml"]


def ids(block: Block) -> str:
    return f"{block.guide}-{block.place or block.text.split(':')[0]}"


def commands() -> Iterator[tuple[str, str]]:
    """Every command that a page shows, with the page: in a block for a shell, or between backticks."""
    for block in BLOCKS:
        if block.kind == "sh":
            yield from ((block.guide, line) for line in block.text.splitlines())
    for name, text in {**TEXTS, **OTHERS}.items():
        yield from ((name, code) for code in CODE.findall(BLOCK.sub("", text)) if re.match(r"(explainer|make) ", code))


def concrete(command: str) -> list[str]:
    """The words of a command, with a value for each placeholder and without what is optional."""
    plain = re.sub(r"\[[^\]]*\]", "", command)
    values = {"DATE": "2026-01-01", "N": "3", "SECONDS": "3", "PORT": "3", "LANGUAGE": "fr"}
    return shlex.split(re.sub(r"\b(DATE|N|SECONDS|PORT|LANGUAGE)\b", lambda word: values[word[0]], plain))


OURS = sorted({line for _, line in commands() if re.match(r"(?:\.venv/bin/)?explainer [a-z]+(?: |$)", line)})
MADE = sorted({line for _, line in commands() if line.startswith("make ")})


@pytest.mark.parametrize("line", OURS)
def test_a_command_of_ours_is_one_that_the_program_reads(line: str) -> None:
    if line == "explainer new":
        return  # the name of the command alone
    name, *arguments = concrete(line)[1:]

    assert main.explainer.commands[name].make_context(name, arguments).params["root"] is None


@pytest.mark.parametrize("line", MADE)
def test_a_target_of_make_is_there(line: str) -> None:
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    words = [word for word in shlex.split(line)[1:] if "=" not in word]

    assert [word for word in words if not word.startswith("-") and "/" not in word and word not in targets] == []


def test_every_command_and_every_option_is_told() -> None:
    page = TEXTS["commands.md"]
    subcommands = main.explainer.commands
    told = {name: page[page.index(f"| `explainer {name}") :].split("| `explainer ")[1] for name in subcommands}
    options = {
        name: [option for parameter in sub.params for option in parameter.opts if option.startswith("--")]
        for name, sub in subcommands.items()
    }
    missing = {
        f"{name} {option}"
        for name, every in options.items()
        for option in every
        if option not in {"--help", "--root"} and option not in told[name]
    }

    assert missing == set()


@pytest.mark.parametrize("name", [*TEXTS, *OTHERS])
def test_every_file_that_a_page_names_is_there(name: str) -> None:
    text = {**TEXTS, **OTHERS}[name]
    paths = {
        code
        for code in CODE.findall(BLOCK.sub("", text))
        if re.fullmatch(r"(?:content|docs|scripts|tests|requirements|\.github)/[\w./-]*|mkdocs\.yml|Makefile", code)
    }
    generated = tuple(f"docs/{folder}/" for folder in addresses.generated(KINDS))

    assert [
        path
        for path in sorted(paths - INVENTED)
        if not (PROJECT / path).exists()
        and not path.startswith(generated)
        and path not in {"content/.links.json", "docs/.explainer.json", f"docs/{addresses.HOME}"}
    ] == []


@pytest.mark.parametrize("block", [block for block in YAML if not block.place], ids=ids)
def test_a_part_of_a_record_fits_into_one(block: Block) -> None:
    fields = yaml.safe_load(block.text)
    if set(fields) <= set(Dossier.model_fields):
        text = (PROJECT / documents.SETTINGS).read_text(encoding="utf-8")
        found = split_settings("site.yml", text + block.text)
        assert isinstance(found, Document), found
        assert read(Dossier, found)[1] == []
        return
    rest = "id: x\nname: X\nfamily: x\nsummary: X.\ndates: {start: 2024, cite: [x]}\n"
    found = split_story("x.md", f"---\n{rest}{block.text}---\n")

    assert isinstance(found, Document), found
    assert read(Operation, found)[1] == []


@pytest.mark.parametrize("guide", sorted({block.guide for block in WHOLE}))
def test_the_records_of_a_guide_are_sound_among_all_others(guide: str, tmp_path: Path) -> None:
    copied(PROJECT, tmp_path)
    for block in (block for block in WHOLE if block.guide == guide):
        path = tmp_path / block.place
        if block.place == documents.SETTINGS:
            path.write_text(path.read_text(encoding="utf-8") + block.text, encoding="utf-8")
        elif block.kind == "markdown":
            path.write_text(block.text, encoding="utf-8")
        else:
            path.write_text(
                placing.inserted(block.place, path.read_text(encoding="utf-8"), block.text), encoding="utf-8"
            )

    problems = build.check(tmp_path, pages=False).problems
    uncited = [problem for problem in problems if "no record cites the source" in problem.message]

    assert [problem for problem in problems if problem not in uncited] == []
    assert len(uncited) == (guide == "cite.md")  # there a source is added before the record that cites it


ANSWERS = {
    "title": "Police look for lost boats",
    "publisher": "The Gazette",
    "kind": "press",
    "language": "en",
    "seen": "excerpt",
    "name": "Operation Lantern",
    "family": "lantern",
    "dates.start": "2024-04-06",
    "dates.cite": "gazette-2024-lantern",
    "summary": "Police of two countries looked for lost boats.[@gazette-2024-lantern]",
}
"""What an editor answers who follows the guide."""


def test_the_commands_of_the_guide_lead_to_a_page(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(PROJECT, tmp_path / "dossier")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda words: ANSWERS[re.split(r"[ :]", words)[0]])
    shown = {block.place: block.text for block in WHOLE if block.guide == "add-an-operation.md"}
    lines = [
        line
        for block in BLOCKS
        if (block.guide, block.kind) == ("add-an-operation.md", "sh")
        for line in block.text.splitlines()
        if line.startswith("explainer ") and "serve" not in line
    ]
    for line in lines:
        ran = run("--root", root, *shlex.split(line)[1:])

        assert (line, ran.status, ran.err) == (line, 0, "")
        if line == "explainer new operation lantern-2024":
            assert build.check(root, pages=False).problems == ()  # the answers make the skeleton a record
            (root / "content/operations/lantern-2024.md").write_text(
                shown["content/operations/lantern-2024.md"], encoding="utf-8"
            )
    library = build.load(root)
    page = next(page for page in compose(library) if page.path == "operations/lantern-2024.md")

    assert [line.split()[1] for line in lines] == ["new", "new", "check", "format", "schema"]
    assert "nearly 40" in next(render.files(library, page)).data.decode()


def test_every_guide_is_reached_from_the_first_page_or_from_that_of_its_folder() -> None:
    listing = {name: f"{name.rpartition('/')[0] or 'index'}.md" for name in TEXTS if name != "index.md"}

    assert [name for name, page in listing.items() if f"({name})" not in TEXTS[page]] == []


def test_every_decision_is_listed_and_no_heading_stands_twice_on_its_page() -> None:
    found = {part: decisions.headings(part) for part in decisions.PARTS}
    text = decisions.PAGE.read_text(encoding="utf-8")

    assert sorted(f"decisions/{part}.md" for part in found) == [name for name in TEXTS if "/" in name]
    assert [part for part, (_, *rest) in found.items() if {level for level, _ in rest} != {2}] == []
    assert [part for part, every in found.items() if len(set(every)) < len(every)] == []
    assert text.partition(decisions.BEGIN)[2].partition(decisions.END)[0] == decisions.listed(found), (
        "run python -m tests.decisions --write"
    )


@pytest.mark.parametrize("check", checks.of(KINDS).values(), ids=lambda check: check.__name__)
def test_every_rule_is_told_in_a_sentence(check: signature.Check) -> None:
    told = (PROJECT / "tests/sites/harbour/expected/fields/index.md").read_text(encoding="utf-8")
    sentence = " ".join((check.__doc__ or "").split())

    assert sentence.endswith(".")
    assert sentence.replace("`site.yml`", "<code>site.yml</code>").split("'")[0] in told


def test_the_mistake_that_a_guide_shows_is_told_in_these_words(tmp_path: Path) -> None:
    shown = next(block for block in BLOCKS if block.guide == "first-correction.md" and not block.kind).text.strip()
    copied(PROJECT, tmp_path)
    path = tmp_path / shown.split(":")[0]
    path.write_text(path.read_text(encoding="utf-8").replace("value: 500", "value: 5,00"), encoding="utf-8")

    assert [str(problem) for problem in build.check(tmp_path, pages=False).problems] == [shown]


@pytest.mark.parametrize("name", ["check.yml", "shards.yml"])
def test_what_runs_on_a_git_host_may_only_read_and_names_actions_by_commit(name: str) -> None:
    text = (PROJECT / ".github/workflows" / name).read_text(encoding="utf-8")
    uses = re.findall(r"uses: (\S+)", text)

    assert [name for name in uses if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name)] == []
    assert len(uses) == text.count("uses:") >= 3
    assert text.count("upload-artifact@") == text.count("include-hidden-files: true")  # left out where nothing is said
    assert re.findall(r"^ *permissions:\n((?: +\S.*\n)+)", text, re.MULTILINE) == ["  contents: read\n"]


def test_the_machines_of_a_git_host_make_every_piece_and_join_them() -> None:
    jobs = yaml.safe_load((PROJECT / ".github/workflows/shards.yml").read_text(encoding="utf-8"))["jobs"]
    numbers = jobs["piece"]["strategy"]["matrix"]["number"]
    lines = [step["run"] for job in jobs.values() for step in job["steps"] if "explainer" in step.get("run", "")]
    made = lines[0].replace("${{ matrix.number }}", "1").replace("${{ strategy.job-total }}", str(len(numbers)))
    words = [shlex.split(line)[1:] for line in (made, lines[1])]

    assert numbers == list(range(1, len(numbers) + 1))
    assert [main.explainer.commands[name].make_context(name, rest).info_name for name, *rest in words] == [
        "build",
        "join",
    ]


def test_the_forms_and_the_check_are_those_that_the_guides_speak_of() -> None:
    folder = PROJECT / ".github"
    forms = {
        path.name: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in (folder / "ISSUE_TEMPLATE").glob("*.yml")
    }
    check = (folder / "workflows/check.yml").read_text(encoding="utf-8")

    assert "A mistake" in {form.get("name") for form in forms.values()}
    assert "retention-days: 14" in check
    assert "--format github" in check
