"""Names of files and folders that some system cannot hold, or cannot tell apart, are problems that `check` names."""

import re
import unicodedata
from pathlib import Path

import pytest

from explainer.base import portable_names
from explainer.docs.content import content_files
from tests.conftest import ONLY_HERE, Run, change, tree

DEVICES = ("con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9")


@pytest.mark.parametrize(
    "name", [*DEVICES, "CON", "Aux.md", "nul.tar.gz", "com¹", "LPT³.yml", "conin$", "con .txt", "nul:x"]
)
def test_the_name_of_a_device_is_reserved_whatever_its_case_and_ending(name: str) -> None:
    assert portable_names.is_reserved(name)


@pytest.mark.parametrize(
    "name", ["icon", "console", "com", "com0", "com10", "auxiliary", "null", "nul-1", "lpt", "prn2"]
)
def test_a_name_that_only_resembles_that_of_a_device_is_free(name: str) -> None:
    assert portable_names.trouble(f"people/{name}.md") is None


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("people/aux.md", "Windows reserves the name 'aux.md' for a device"),
        ("con/a.md", "Windows reserves the name 'con' for a device"),
        ("people/a:b.md", "Windows allows no ':' in the name 'a:b.md'"),
        ("people/what?.md", "Windows allows no '?' in the name 'what?.md'"),
        ("people/a\\b.md", "Windows allows no '\\' in the name 'a\\b.md'"),
        ("people/a\n.md", "Windows allows no line end in the name 'a\n.md'"),
        ("people./a.md", "Windows cuts the full stop at the end of the name 'people.'"),
        ("people/a.md ", "Windows cuts the space at the end of the name 'a.md '"),
        (f"people/{'ї' * 127}.md", f"the name '{'ї' * 40}…' is too long for most systems"),
    ],
)  # fmt: skip
def test_a_name_that_some_system_cannot_hold_is_named(path: str, said: str) -> None:
    assert portable_names.trouble(path) == said


@pytest.mark.parametrize(
    ("paths", "pairs"),
    [
        (["a/b.md", "a/c.md"], []),
        (["a/b.md", "a/B.md"], [("a/b.md", "a/B.md")]),
        (["a/x.md", "A/y.md", "A/z.md"], [("a/x.md", "A")]),
        (["é.md", unicodedata.normalize("NFD", "é.md")], [("é.md", unicodedata.normalize("NFD", "é.md"))]),
        (["Straße.md", "STRASSE.md"], [("Straße.md", "STRASSE.md")]),
    ],
)
def test_paths_that_are_one_where_case_and_accents_do_not_count_are_found(
    paths: list[str], pairs: list[tuple[str, str]]
) -> None:
    found = list(portable_names.twins(paths))

    assert [path for path, _ in found] == [path for path, _ in pairs]
    assert [other.partition("/")[0] for _, other in found] == [other.partition("/")[0] for _, other in pairs]


@ONLY_HERE
@pytest.mark.parametrize("name", DEVICES)
def test_an_id_that_becomes_a_folder_is_no_device(name: str, harbour: Path, run: Run) -> None:
    story = harbour / "content/people/ada-quay.md"
    change(story, ("id: ada-quay\n", f"id: {name}\naliases: [ada-quay, lpt7]\n"))
    story.rename(story.with_name(f"{name}.md"))
    ran = run("--root", harbour, "check")

    assert ran.status == 1
    assert ran.err.splitlines()[0] == (
        f"content/people/{name}.md:1:1: Windows reserves the name '{name}.md' for a device; "
        "expected a name that every system allows; rename it"
    )


def test_an_old_id_becomes_a_folder_as_well(harbour: Path, run: Run) -> None:
    change(harbour / "content/people/ada-quay.md", ("id: ada-quay\n", "id: ada-quay\naliases: [ada, lpt7]\n"))
    ran = run("--root", harbour, "check")

    assert ran.err.splitlines()[0] == (
        "content/people/ada-quay.md:3:16: Windows reserves the name 'lpt7' for a device; "
        "expected an id that can be the name of a folder on every system; choose another"
    )


def test_a_term_gets_no_folder_and_may_be_called_as_a_device(harbour: Path, run: Run) -> None:
    terms = harbour / "content/terms/all.yml"
    source = re.findall(r"cite: \[([\w-]+)", terms.read_text("utf-8"))[0]
    with terms.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"- id: aux\n  name: Auxiliary\n  definition: A second light.\n  cite: [{source}]\n")

    assert run("--root", harbour, "check").status == 0


@pytest.mark.parametrize("words", [["person", "aux"], ["term", "quay", "--file", "nul"], ["organisation", "com1"]])
def test_no_new_record_is_put_into_a_file_that_windows_takes_for_a_device(
    words: list[str], harbour: Path, run: Run
) -> None:
    before = tree(harbour)
    ran = run("--root", harbour, "new", *words)

    assert (ran.status, ran.err.split(";")[0]) == (
        1,
        f"explainer: Windows reserves the name '{words[-1]}' for a device",
    )
    assert tree(harbour) == before


@ONLY_HERE
def test_a_list_is_no_device_and_no_twin_of_another(harbour: Path) -> None:
    (harbour / "content/sources").mkdir(exist_ok=True)
    for name in ("con.yml", "Twice.yml", "twice.yml"):
        (harbour / "content/sources" / name).write_text("[]\n", "utf-8")
    found = [(problem.path, problem.message.split(",")[0]) for problem in content_files(harbour)[1]]

    assert found == [
        (
            "content/sources/con.yml",
            "Windows reserves the name 'con.yml' for a device; expected a name that every system allows; rename it",
        ),
        ("content/sources/twice.yml", "differs from content/sources/Twice.yml only in case"),
    ]


@ONLY_HERE
def test_a_page_that_a_person_wrote_is_no_device_and_no_twin(harbour: Path, run: Run) -> None:
    for name in ("aux.md", "Team.md", "team.md", "what?.md"):
        (harbour / "docs/about").mkdir(parents=True, exist_ok=True)
        (harbour / "docs/about" / name).write_text("# A page\n", "utf-8")
    ran = run("--root", harbour, "check")

    assert [re.split("[,;]", line)[0] for line in ran.err.splitlines()[:-1]] == [
        "docs/about/aux.md:1:1: Windows reserves the name 'aux.md' for a device",
        "docs/about/team.md:1:1: differs from docs/about/Team.md only in case",
        "docs/about/what?.md:1:1: Windows allows no '?' in the name 'what?.md'",
    ]
