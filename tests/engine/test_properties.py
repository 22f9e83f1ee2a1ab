"""Promises that hold for every dossier, tried on many: order, repetition, hand edits, mistakes, hostile text."""

import os
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explainer import build
from explainer.base.problems import ContentError, Problem
from explainer.docs import content
from explainer.library.checks import citations
from explainer.library.library import Library
from explainer.pages.composers import compose
from explainer.pages.render import outputs
from tests.conftest import HARBOUR, PROJECT, copied, tree, whole_harbour

MANY = settings(max_examples=1000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 40)
"""So many examples are tried of what takes a whole dossier."""

FEW = settings(MANY, max_examples=MANY.max_examples // 4)
"""So many of what makes every page of a dossier twice."""

FILES = sorted(path.relative_to(HARBOUR) for path in (HARBOUR / "content").rglob("*") if path.is_file())
STORIES = [path for path in FILES if path.suffix == ".md"]


@contextmanager
def dossier() -> Iterator[Path]:
    """A copy of the harbour dossier that lasts for one example."""
    with tempfile.TemporaryDirectory() as folder:
        yield copied(HARBOUR, Path(folder) / "harbour")


def made(library: Library) -> dict[str, bytes]:
    """Every page of a library, by path."""
    return {output.path: output.data for output in outputs(library, compose(library))}


def test_generating_twice_writes_nothing_the_second_time(harbour: Path) -> None:
    build.generate(harbour)
    before = tree(harbour)

    _, plan = build.generate(harbour)

    assert (plan.write, plan.remove) == ((), ())
    assert before == tree(harbour)


@FEW
@given(st.integers())
def test_the_order_of_files_never_matters(seed: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        first = made(build.load(whole_harbour()))
        listed = content.content_files

        def shuffled(root: Path) -> tuple[list[content.File], list[Problem]]:
            files, problems = listed(root)
            random.Random(seed).shuffle(files)
            return files, problems

        patched.setattr(content, "content_files", shuffled)

        assert first == made(build.load(whole_harbour()))


@pytest.fixture(scope="module")
def less(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated dossier, from whose records one is gone."""
    root = shutil.copytree(generated, tmp_path_factory.mktemp("less") / "harbour")
    (root / "content/people/ada-quay.md").unlink()
    return root


@MANY
@given(st.data())
def test_a_page_that_a_hand_changed_is_reported_and_stays(less: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted((less / "docs").rglob("*.md"))))
    generated = path.read_bytes()
    path.write_bytes(generated + data.draw(st.binary(min_size=1, max_size=40)))
    before = tree(less / "docs")
    try:
        with pytest.raises(ContentError) as stopped:
            build.generate(less)

        assert path.relative_to(less).as_posix() in {problem.path for problem in stopped.value.problems}
        assert before == tree(less / "docs")
    finally:
        path.write_bytes(generated)


def mutated(raw: bytes, data: st.DataObject) -> bytes:
    """A file with one mistake in it."""
    lines = raw.split(b"\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(["drop", "twice", "indent", "cut", "byte", "quote", "colon", "bracket", "retype"]))
    line = lines[place]
    offset = data.draw(st.integers(0, max(len(line) - 1, 0)))
    match kind:
        case "drop":
            lines[place : place + 1] = []
        case "twice":
            lines.insert(place, line)
        case "indent":
            lines[place] = b" " * data.draw(st.integers(1, 3)) + line
        case "cut":
            return b"\n".join(lines[:place]) + line[:offset]
        case "byte":
            lines[place] = line[:offset] + data.draw(st.binary(min_size=1, max_size=2)) + line[offset + 1 :]
        case "quote":
            lines[place] = line[:offset] + b'"' + line[offset:]
        case "colon":
            lines[place] = line.replace(b":", b"", 1)
        case "bracket":
            lines[place] = (
                line[:offset]
                + data.draw(st.sampled_from([b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!x "]))
                + line[offset:]
            )
        case _:
            lines[place] = re.sub(rb": .*", b": [1, {a: b}]", line)
    return b"\n".join(lines)


@MANY
@given(st.data())
def test_a_mistake_is_answered_and_never_breaks_the_program(data: st.DataObject) -> None:
    with dossier() as root:
        path = root / data.draw(st.sampled_from(FILES))
        path.write_bytes(mutated(path.read_bytes(), data))

        found = build.check(root)

        assert all((root / problem.path).exists() and problem.line >= 1 for problem in found.problems)
        assert not (root / "docs").exists()


@MANY
@given(st.sampled_from(FILES), st.binary(max_size=200))
def test_any_bytes_in_a_file_are_answered(path: Path, raw: bytes) -> None:
    with dossier() as root:
        (root / path).write_bytes(raw)

        assert build.check(root).problems


ELEMENTS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "sup",
    "span",
    "strong",
    "em",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "hr",
    "br",
    "figure",
    "figcaption",
    "details",
    "summary",
    "nav",
}
DRAWING = re.compile(r'<div class="drawing"><svg class="(?:map|chart)" .*?</svg></div>')
"""What tests/engine/test_figures.py looks into."""
ATTRIBUTES = {"href", "id", "class", "title", "lang", "dir", "start", "aria-label", "aria-current", "aria-hidden"}
HREF = re.compile(r"https?://|mailto:|#|(?![a-z][a-z0-9+.-]*:)[^/\\]", re.IGNORECASE)
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "](javascript:alert(1))", "[x](javascript:alert(1))",
             "`", "``", "```\n", "~~~\n", "{: onclick=alert(1) }", "{ #x .y style=z }", "\n\n", "\n", "|", "[TOC]", "&#60;script&#62;",
             "<!--", "-->", "<style>", "![x](https://evil.example/x.png)", "[a]: javascript:x", "\\", "*", "_", "# ", "- ", "    ",
             "<https://x.org>", "<javascript:x>", "--8<--", "{{ 7*7 }}", "{% raw %}", "<div markdown>", "&lt;b&gt;", "](", "[x]"]
        ),
        st.text(max_size=12),
    ),
    min_size=1,
    max_size=8,
).map("".join)  # fmt: skip


class Reader(HTMLParser):
    """Collects what a page must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Compare an element and its attributes with what a page may hold."""
        if tag not in ELEMENTS:
            self.found.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES and not name.startswith("data-"):  # the site's own script sets them as text only
                self.found.append(f"{tag} {name}={value}")
            if name == "href" and not HREF.match((value or "").strip()):
                self.found.append(f"{tag} {name}={value}")


def converted(text: str) -> str:
    """A page as MkDocs converts it, with the extensions of this project."""
    options = yaml.safe_load(re.sub(r"!ENV.*", "", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")))
    names = [item if isinstance(item, str) else next(iter(item)) for item in options["markdown_extensions"]]
    return markdown.markdown(re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL), extensions=names)


@MANY
@example("0", "-->")  # a check passes it, which it does few of the others
@given(HOSTILE, HOSTILE)
def test_text_from_records_puts_no_element_and_no_attribute_into_a_page(field: str, body: str) -> None:
    quoted = "'" + " ".join(field.split()).replace("'", "''") + "'"
    with dossier() as root:
        path = root / "content/operations/beacon-2003.md"
        front = re.sub(
            r"(?m)^(name|summary): .*$", lambda line: f"{line[1]}: {quoted}", path.read_text(encoding="utf-8")
        )
        path.write_text(
            f"{front.rstrip()}\n{body}\n".replace("\r", ""), encoding="utf-8", errors="ignore", newline="\n"
        )
        try:
            pages = made(build.load(root))
        except ContentError:
            return  # refused: nothing reaches a page

        reader = Reader()
        for name in ("operations/beacon-2003.md", "operations/index.md", "goals/1.md", "claims/index.md"):
            reader.feed(DRAWING.sub("", converted(pages[name].decode())))

        assert reader.found == []


def test_a_run_that_is_killed_between_pages_is_finished_by_the_next(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.generate(harbour)
    whole = tree(harbour / "docs")
    shutil.rmtree(harbour / "docs")
    replace, done = Path.replace, [0]

    def killed(self: Path, target: Path) -> Path:
        done[0] += 1
        if done[0] > 6:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            build.generate(harbour)

    build.generate(harbour)

    assert whole == tree(harbour / "docs")


NAME_PARTS = st.lists(
    st.sampled_from(["Goal", "goal", "3", "16", " ", "/", "-", "A", "RES", "_", "“", "é", "."]), max_size=6
)


@MANY
@given(st.lists(NAME_PARTS.map("".join), max_size=5), st.lists(NAME_PARTS, max_size=4))
def test_names_are_taken_out_of_a_text_as_the_rule_says(names: list[str], parts: list[list[str]]) -> None:
    known = sorted({name for name in names if name.strip() == name and name}, key=len, reverse=True)
    lexicon: dict[str, list[str]] = {}
    for name in known:
        lexicon.setdefault(re.findall(r"\w+|[^\w\s]", name)[0], []).append(name)
    text = "".join([*(part for piece in parts for part in piece), *names[:2]])
    rule = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)" if known else r"(?!)")

    assert citations.without_names(text, lexicon) == rule.sub(" ", text)
