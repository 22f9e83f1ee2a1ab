"""Pages that people write into `docs/` are built and can be reached, or a check names them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from explainer import build
from explainer.docs import write
from explainer.outputs.search_files import SearchText
from explainer.publish import fingerprints, own_pages
from explainer.publish.search import hand_written
from tests.conftest import Run, change, problems_of
from tests.patience import HANG
from tests.served import environment
from tests.strict import rendered

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

PAGES = {
    "team.md": "# Our *team*\n\nSee [notes](notes/x.md#що-далі), ![us](us.svg) and [the guild](organisations/guild.md).\n",
    "us.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "README.md": "# For who browses the repository\n",
    "notes/x.md": "# X\n\n## Що далі\n",
    "more/index.md": "---\ntitle: More\n---\n[other](other.md)\n",
    "more/README.md": "# For who browses the repository\n",
    "more/other.md": "Without a heading.\n",
    "deep/down/README.md": "# Deep & down\n",
    "templates/x.md": "no page\n",
    ".drafts/x.md": "no page\n",
}


@pytest.fixture
def root(harbour: Path) -> Path:
    """The harbour dossier with pages of its own."""
    for path, text in PAGES.items():
        (harbour / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (harbour / "docs" / path).write_text(text, encoding="utf-8")
    return harbour


def test_they_are_built_and_the_footer_leads_to_them(root: Path) -> None:
    library, _ = build.generate(root)
    strict = rendered(root, library.dossier)
    links = [(str(title), path) for title, path in strict.config.extra["footer_links"]]

    assert strict.said == []
    assert links[-4:] == [
        ("Deep &amp; down", "deep/down/"),
        ("More", "more/"),
        ("X", "notes/x/"),
        ("Our team", "team/"),
    ]
    assert {"team.md", "notes/x.md", "more/other.md", "deep/down/README.md"} <= strict.pages.keys()
    assert not {"README.md", "more/README.md", "templates/x.md", ".drafts/x.md"} & strict.pages.keys()


def test_the_menu_can_name_them_and_the_footer_then_does_not(root: Path) -> None:
    (root / "content/site.yml").open("a", encoding="utf-8").write(
        "menu:\n  - sections: [team]\n  - {title: Ours, sections: [more, people]}\n"
    )
    library, _ = build.generate(root)
    strict = rendered(root, library.dossier)

    assert strict.said == []
    assert strict.config.nav[1:] == [
        {"Our team": "team.md"},
        {"Ours": [{"More": "more/index.md"}, {"People": "people/index.md"}]},
    ]
    assert [path for _, path in strict.config.extra["footer_links"]][-2:] == ["deep/down/", "notes/x/"]
    assert [path for _, path in strict.config.extra["sections"]] == ["team/", "more/"]


def test_the_menu_names_no_folder_without_an_index(root: Path) -> None:
    (root / "content/site.yml").open("a", encoding="utf-8").write("menu:\n  - sections: [notes]\n")

    [problem] = problems_of(root)
    assert ": 'notes' is no section of the site; expected one of " in problem
    assert problem.endswith(", more, team")


@pytest.mark.parametrize(("path", "other"), [("people.md", "people/index.md"), ("more.md", "more/index.md")])
def test_a_page_with_the_address_of_another_is_named(path: str, other: str, root: Path) -> None:
    (root / "docs" / path).write_text("# Twice\n", encoding="utf-8")
    first, second = sorted((path, other)) if other in PAGES else (other, path)

    assert problems_of(root) == [
        f"docs/{second}:1:1: has the address of {first}; expected one of its own; rename or delete it"
    ]


def test_a_page_that_is_not_utf_8_is_named(root: Path) -> None:
    (root / "docs/latin.md").write_bytes(b"caf\xe9\n")

    assert problems_of(root) == [
        "docs/latin.md:1:1: is not UTF-8; expected text in UTF-8, as editors save it; save it so"
    ]


def test_a_page_that_is_a_link_to_nowhere_is_named(root: Path) -> None:
    (root / "docs/gone.md").symlink_to("nowhere.md")

    assert problems_of(root) == [
        "docs/gone.md:1:1: is a link that leads nowhere; expected a file; delete it, or copy the file here"
    ]


def test_a_picture_that_is_a_link_to_nowhere_is_named_and_the_lock_of_an_editor_is_not(root: Path) -> None:
    (root / "docs/notes/.#x.md").symlink_to("ada@host.1:2")
    (root / "docs/notes/.#us.svg").symlink_to("ada@host.1:2")
    (root / "docs/notes/us.svg").symlink_to("gone.svg")

    assert [str(problem) for problem in write.faults(root)] == [
        "docs/notes/us.svg:1:1: is a link that leads nowhere; expected a file; delete it, or copy the file here"
    ]


OUTSIDE = "is a link that leads outside the dossier; expected a file of it; copy the file here"
ABOVE = "is a link to a folder that it stands in, so that pages would be in each other without end; expected a folder elsewhere; delete it"


def test_a_link_that_leads_outside_is_refused_and_one_within_is_not(root: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "other/deep").mkdir(parents=True)
    (tmp_path / "other/secret.md").write_text("# SECRET\n", encoding="utf-8")
    for place, target in {
        "docs/leak.md": tmp_path / "other/secret.md",
        "docs/notes/host.txt": tmp_path / "other/secret.md",
        "docs/out": tmp_path / "other",
        "docs/notes/self": root / "docs",
        "kept/further": tmp_path / "other/deep",
        "docs/kept": root / "kept",
        "docs/kept-again": root / "kept",
        "docs/settings.yml": root / "content/site.yml",
        "docs/.#x.md": tmp_path / "other/secret.md",
    }.items():
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).symlink_to(target, target_is_directory=target.is_dir())
    further = next(name for name in ("kept", "kept-again") if f"docs/{name}/further" in "".join(problems_of(root)))

    ran = run("--root", root, "build")
    assert ran.status == 1
    assert ran.err.splitlines()[:-1] == [
        f"docs/{further}/further:1:1: {OUTSIDE}",
        f"docs/leak.md:1:1: {OUTSIDE}",
        f"docs/notes/host.txt:1:1: {OUTSIDE}",
        f"docs/notes/self:1:1: {ABOVE}",
        f"docs/out:1:1: {OUTSIDE}",
    ]


def test_a_link_within_the_dossier_is_published(root: Path, run: Run) -> None:
    (root / "kept").mkdir()
    (root / "kept/x.txt").write_text("kept", encoding="utf-8")
    (root / "docs/kept").symlink_to("../kept", target_is_directory=True)

    assert problems_of(root) == []


def test_a_link_to_a_folder_among_generated_pages_is_in_their_way(root: Path, tmp_path: Path, run: Run) -> None:
    assert run("--root", root, "generate").status == 0
    (tmp_path / "other").mkdir()
    (root / "docs/people/out").symlink_to(tmp_path / "other", target_is_directory=True)
    ran = run("--root", root, "generate")

    assert ran.status == 1
    assert ran.err.startswith(
        "docs/people/out:1:1: this file is not the generator's but stands in its folder; expected only generated pages; "
    )


@pytest.mark.parametrize("path", ["p.md", "p.bin", "notes/p.svg", "index.md", "people/p.md", "people"])
def test_a_named_pipe_is_refused_and_not_waited_for(path: str, root: Path) -> None:
    (root / "docs" / path).parent.mkdir(exist_ok=True)
    os.mkfifo(root / "docs" / path)
    ran = subprocess.run(
        [sys.executable, "-m", "explainer", "build", "--quiet"],
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG,
    )

    assert ran.returncode == 1
    assert ran.stderr.startswith(
        f"docs/{path}:1:1: this file is not the generator's but stands in its folder; expected only generated pages; "
        if "people" in path
        else f"docs/{path}:1:1: is not a regular file; expected a page, or a file that pages show; delete it\n"
    )


def test_the_lock_of_an_editor_beside_a_page_stops_no_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "fingerprint", lambda _: "")
    config = cast("MkDocsConfig", SimpleNamespace(docs_dir=str(root / "docs")))
    (root / "docs/notes/.#x.md").symlink_to("ada@host.1:2")

    assert len(fingerprints.everything(config, "")) == 64


def test_records_may_link_to_them_and_to_their_headings(root: Path) -> None:
    story = root / "content/organisations/guild.md"
    text = story.read_text(encoding="utf-8")
    story.write_text(
        f"{text}\nSee [next](../notes/x.md#що-далі), [far](../notes/x.md#far) and [read](../README.md).\n", "utf-8"
    )

    place, page = problems_of(root)
    assert "links to 'notes/x.md#far', but that page has no such place" in place
    assert "links to 'README.md', which is no page of this site" in page
    change(story, (" and [read](../README.md)", ""))
    [problem] = problems_of(root)
    assert "links to 'notes/x.md#far', but that page has no such place" in problem


def test_they_say_in_their_front_matter_in_which_words_people_ask_for_them(root: Path) -> None:
    page = root / "docs/team.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"---\nsearch_terms: [who runs the harbour]\n---\n{text}", "utf-8")
    guide = root / "docs/notes/guide.md"
    guide.write_text("# How\n\n```yaml\nsearch_terms: 3\n```\n", "utf-8")

    found = hand_written.written(root / "docs", {}, "")
    asked = {name: SearchText.of_line(line).asked for name, (_, line) in found.items()}
    assert asked["team.md"] == ["who runs the harbour"]
    assert asked["notes/guide.md"] == []
    assert problems_of(root) == []

    page.write_text(
        f"---\ntitle: Us\nsearch_terms:\n  - who runs it\n  - the harbour: who runs it\n---\n{text}", "utf-8"
    )
    [problem] = problems_of(root)
    assert problem == (
        'docs/team.md:5:5: search_terms: entry 2 is fields; expected a text; write - "the harbour: who runs it"'
    )
    change(root / "content/people/ada-quay.md", ("name: Ada Quay", "nam: Ada Quay"))
    assert [each.partition(": ")[0] for each in problems_of(root)] == [
        "content/people/ada-quay.md:4:1",
        "docs/team.md:5:5",
    ]
    page.write_text(f"---\nsearch_terms: [a\n---\n{text}", "utf-8")
    assert problems_of(root)[1].startswith("docs/team.md:")


def test_to_the_search_those_for_editors_are_guides_and_others_are_pages_like_any(root: Path) -> None:
    (root / "docs/contributing").mkdir(exist_ok=True)
    (root / "docs/contributing/buoys.md").write_text("# Painting buoys\n", "utf-8")
    kinds = {
        text.at: text.kind
        for text in (SearchText.of_line(line) for _, line in hand_written.written(root / "docs", {}, "").values())
    }

    assert kinds["contributing/buoys/"] == "guide"
    assert {kind for at, kind in kinds.items() if not at.startswith("contributing/")} == {"overview"}


def test_pages_are_called_by_their_front_matter_their_heading_or_their_file(root: Path) -> None:
    titles = {page: own_pages.title(root / "docs", page) for page in write.hand_written(root)}

    assert titles["more/index.md"] == "More"
    assert titles["team.md"] == "Our team"
    assert titles["more/other.md"] == "Other"


def test_a_check_finds_the_links_of_theirs_that_lead_nowhere_and_no_others(root: Path) -> None:
    (root / "docs/notes/y.md").write_text(
        '# Y\n\nA [link](gone.md), ![a picture](../no.png "x"), [a folder](../people/), [a place](x.md#x),\n'
        "[here](#y), [by a label][one] and [two].\n\n"
        "[one]: <lost.md>\n[unused]: unused.md\n\n"
        "`[code](code.md)`, \\[no link](no-link.md), <!-- [hidden](hidden.md) -->\n"
        "[well](../organisations/guild.md), [us](../us.svg), [mail](mailto:a@b.example), [out](https://x.example/y)\n\n"
        "    [indented](indented.md)\n\n```\n[fenced](fenced.md)\n```\n",
        encoding="utf-8",
    )
    expected = "; expected a page or a file in docs/; correct it"

    assert problems_of(root) == [
        f"docs/notes/y.md:3:10: links to 'gone.md', which is not there{expected}",
        f"docs/notes/y.md:3:33: links to '../no.png', which is not there{expected}",
        "docs/notes/y.md:3:60: links to '../people/', which is not there; did you mean '../people/index.md'?",
        f"docs/notes/y.md:6:9: links to 'lost.md', which is not there{expected}",
    ]
