"""What MkDocs says never reaches a person in its own words: each warning that can occur has ours, with file and line."""

from __future__ import annotations

import ast
import errno
import os
from collections.abc import Iterator
from pathlib import Path

import mkdocs
import pytest

from explainer import build
from explainer.base import refusals
from explainer.base.progress import Progress
from explainer.publish import builder
from explainer.publish.mkdocs_words import told
from explainer.publish.page_workers import WorkerError
from explainer.publish.swap import PublishError
from tests.conftest import HARBOUR, copied
from tests.strict import Strict, rendered

SOURCE = Path(mkdocs.__file__).parent
NEVER = {
    "config/config_options.py": "what it warns of is logged as a value of the configuration (config/base.py)",
    "commands/new.py": "no command of ours makes a project of MkDocs",
    "commands/gh_deploy.py": "no command of ours publishes to a host",
    "commands/serve.py": "our server is another one",
    "livereload/__init__.py": "our server is another one",
    "contrib/search/__init__.py": "the search of MkDocs is switched off",
    "contrib/search/search_index.py": "the search of MkDocs is switched off",
}
"""Modules of MkDocs whose words nobody meets, and why."""
SILENT = {
    "A 'dirty' build is being performed": "no command of ours builds so",
    "Aborted with": "what was logged before it says why",
}
"""Words that are never shown, and why."""
IN_PARTS = ("Doc file 'x' contains a link 'x', but x.x",)
"""Words that are put together of parts; a test below tries each."""
FALLBACK = "MkDocs, which makes the site of docs/, says of it: "


def template(node: ast.expr) -> str | None:
    """The words of a message, with `x` for whatever is filled in; None if it is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return f"{template(node.left) or 'x'}{template(node.right) or 'x'}"
    return None


def logged(tree: ast.AST) -> Iterator[str]:
    """The messages of a module that MkDocs logs as a warning or an error, or lays by for that."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log"), attr="warning" | "error"), args=[words, *_]):
                yield template(words) or ""
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log"), attr="log"), args=[_, words]):
                yield template(words) or ""
            case ast.Assign(targets=[ast.Name(id="warning" | "message")], value=words):
                yield template(words) or ""


def sayings() -> list[tuple[str, str]]:
    """Module and message of all that MkDocs may say."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name not in NEVER and not name.startswith("tests/"):
            messages = logged(ast.parse(path.read_text(encoding="utf-8")))
            found += [(name, words) for words in dict.fromkeys(messages) if words and words != "x"]
    return found


def test_all_that_mkdocs_may_say_has_words_of_our_own() -> None:
    every = sayings()
    raw = [
        (name, words)
        for name, words in every
        if not words.startswith((*SILENT, *IN_PARTS)) and any(FALLBACK in line for line in told([words], SOURCE))
    ]

    assert len(every) > 15
    assert raw == []


def test_words_that_nobody_knows_are_quoted_in_a_sentence() -> None:
    [line] = told(["Something new."], SOURCE)

    assert (
        line == f"{FALLBACK}'Something new.'; expected nothing to say; look at mkdocs.yml and at what was changed last"
    )


@pytest.fixture
def root(harbour: Path) -> Path:
    (harbour / "docs/about").mkdir(parents=True)
    return harbour


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Strict:
    """The pages of the harbour dossier, with one that a person wrote."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("words") / "harbour")
    (root / "docs/about").mkdir(parents=True)
    (root / "docs/about/index.md").write_text("# About\n", encoding="utf-8")
    library, _ = build.generate(root)
    return rendered(root, library.dossier)


TEXT = "# About\n\n## One part\n\nText.\n\nSee {} here.\n"


@pytest.mark.parametrize(
    ("link", "column", "says"),
    [
        ("[x](../operations/beacon-1999.md)", 9, "links to '../operations/beacon-1999.md', which is not there; expected a page or a file in docs/; correct it"),
        ("[x](../operations/beacon-2001)", 9, "links to '../operations/beacon-2001', which is not there; did you mean '../operations/beacon-2001.md'?"),
        ("[x](nothing)", 9, "links to 'nothing', which is not there; expected a page or a file in docs/; correct it"),
        ("![x](no.png)", 10, "links to 'no.png', which is not there; expected a page or a file in docs/; correct it"),
        ("[x](/people/)", 9, "links to '/people/', from the root of the host; expected a path from this page; write it as in ../people/index.md"),
        ("[x](#one-prat)", 9, "links to '#one-prat', but this page has no such place; did you mean 'one-part'?"),
        ("[x](../operations/beacon-2001.md#source-99)", 9, "links to '../operations/beacon-2001.md#source-99', but that page has no such place; expected the words of a heading there, as in #what-was-done; correct it"),
        ("[x](a@b.example)", 9, "links to 'a@b.example', which is not there; did you mean 'mailto:a@b.example'?"),
    ],
)  # fmt: skip
def test_a_wrong_link_in_a_page_of_ones_own_is_told_where_it_is(
    link: str, column: int, says: str, strict: Strict
) -> None:
    strict.again("about/index.md", TEXT.format(link))

    assert told(strict.said, Path(strict.config.docs_dir)) == [f"docs/about/index.md:7:{column}: {says}"]


def test_a_wrong_link_in_a_generated_page_names_its_template(root: Path) -> None:
    [line] = told(
        ["Doc file 'people/x.md' contains a link '#a', but there is no such anchor on this page."], root, ["people"]
    )

    assert line.endswith("correct it; this page is generated: correct the template or the record that it is made of")


def test_a_page_that_asks_for_a_template_that_is_not_there_is_named(root: Path) -> None:
    (root / "docs/about/index.md").write_text("---\ntemplate: gone.html\n---\n# About\n", encoding="utf-8")
    library, _ = build.generate(root)
    with pytest.raises(PublishError) as failed:
        builder.build(root, root / "site", library.dossier, progress=Progress())
    first, line = str(failed.value).splitlines()

    assert first == "1 problem; the old site is as it was"
    assert line.startswith("docs/about/index.md:1:1: cannot be made into a page ('gone.html' not found in search path")
    assert not (root / "site").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_disk_that_is_full_at_a_page_is_not_blamed_on_the_page(
    root: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    library, _ = build.generate(root)
    first = os.getpid()

    def full(_: bytes, path: str) -> None:
        if jobs == 1 or os.getpid() != first:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    monkeypatch.setattr("mkdocs.commands.build.utils.write_file", full)
    with pytest.raises(PublishError) as failed:
        builder.build(root, root / "site", library.dossier, progress=Progress(), jobs=jobs)

    assert str(failed.value).endswith(
        " cannot be used (No space left on device); expected a place that can be; "
        "make space on the disk, then run again; the old site is as it was"
    )
    assert "problem" not in str(failed.value)
    assert not (root / "site").exists()


def test_a_full_disk_of_which_no_place_is_known_is_told_as_one() -> None:
    assert refusals.in_words(OSError(errno.ENOSPC, "No space left on device")) == (
        "the disk is full (No space left on device); expected space on it; make some, then run again"
    )


@pytest.mark.parametrize(
    ("configuration", "says"),
    [
        ("a: [\n", "mkdocs.yml:2:1: is no YAML from here on (while parsing a flow node); "),
        ("site_name: x\nINHERIT: gone.yml\n", "mkdocs.yml:2:1: INHERIT names 'gone.yml', which is not there; "),
        ("site_name: x\ntheme: gone\n", "mkdocs.yml:2:1: theme is wrong (Unrecognised theme name: 'gone'. "),
        ("site_name: x\nplugins: [gone]\n", 'mkdocs.yml:2:1: plugins is wrong (The "gone" plugin is not installed); '),
        ("site_name: x\nmarkdown_extensions: [gone]\n", "mkdocs.yml:2:1: markdown_extensions is wrong (Failed to load extension 'gone'."),
        *(
            (f"site_name: x\ntheme:\n  name: material\n  palette: {palette}\n", f"1 problem; the old site is as it was\nmkdocs.yml:4:{says}")
            for palette, says in (
                (
                    "{primary: 'x\" onload=\"zz9'}",
                    "22: theme.palette.primary: 'x\" onload=\"zz9' is no name; expected letters, digits and hyphens, as in indigo; correct or delete it",
                ),
                ("{scheme: 5}", "21: theme.palette.scheme: '5' is no name; expected letters, digits and hyphens, as in slate; correct or delete it"),
                ("[{accent: [a]}]", "22: theme.palette.0.accent: '['a']' is no name; expected letters, digits and hyphens, as in custom; correct or delete it"),
                ("[dark]", "13: theme.palette.0: 'dark' is no palette; expected scheme: and primary:; write them, or delete palette:"),
                (
                    "[{media: [x]}]",
                    "21: theme.palette.0.media: '['x']' is no query; expected text, as in \"(prefers-color-scheme: dark)\"; correct it",
                ),
                (
                    "[{toggle: x}]",
                    "22: theme.palette.0.toggle: 'x' names no icon; expected {icon: material/weather-night, name: Dark}; correct or delete it",
                ),
            )
        ),
        ("site_name: x\nunknown: y\n", "mkdocs.yml:2:1: unknown is wrong (Unrecognised configuration name: unknown); "),
    ],
)  # fmt: skip
def test_a_wrong_configuration_is_told_in_a_sentence(
    configuration: str, says: str, root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (root / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    with pytest.raises(PublishError) as failed:
        builder._configuration(root, root / "site", strict=True)

    assert says in str(failed.value)
    assert capfd.readouterr() == ("", "")


def test_the_texts_of_a_palette_are_escaped(root: Path) -> None:
    palette = """[{media: '"><b>', scheme: slate, primary: deep purple, toggle: {icon: material/eye, name: 'A "B"'}}]"""
    (root / "mkdocs.yml").write_text(f"site_name: x\ntheme: {{name: material, palette: {palette}}}\n", encoding="utf-8")
    theme = builder._configuration(root, root / "site", strict=True).theme

    assert theme["palette"] == [
        {
            "media": "&quot;&gt;&lt;b&gt;",
            "scheme": "slate",
            "primary": "deep purple",
            "toggle": {"icon": "material/eye", "name": "A &quot;B&quot;"},
        }
    ]


def test_what_a_worker_was_told_is_put_into_words_as_well(root: Path) -> None:
    warning = "Doc file 'about/index.md' contains a link '#a', but there is no such anchor on this page."
    (root / "docs/about/index.md").write_text("# About\n\n[x](#a)\n", encoding="utf-8")
    with pytest.raises(PublishError) as failed, builder._told(root):
        raise WorkerError([warning])

    assert (
        str(failed.value)
        .splitlines()[1]
        .startswith("docs/about/index.md:3:5: links to '#a', but this page has no such place")
    )
