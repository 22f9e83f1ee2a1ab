"""A record is found wherever it is named, and gets another id everywhere or nowhere."""

import io
from pathlib import Path
from typing import IO

import pytest

from explainer import build
from explainer.base.files import write_whole
from explainer.base.problems import ContentError
from explainer.base.values import ID_FORM
from explainer.cli.interrupts import STOPPED
from explainer.docs import edits
from tests import mistakes
from tests.conftest import Run, change, tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small dossier, with a story that names others in each way."""
    root = mistakes.dossier(tmp_path / "made")
    text = "See [it](beacon-2001.md) and [the review](../resolutions/compare/1-2/3-4.md#op1).[@gazette-2024-lantern]\n"
    change(root / mistakes.RECORD, ("It belongs to", f"{text}\nIt belongs to"))
    return root


def test_a_record_is_found_in_fields_in_links_and_in_the_settings(root: Path, run: Run) -> None:
    ran = run("--root", root, "who-names", "operations/beacon-2001")

    assert ran.out.splitlines() == [
        "content/claims/gazette.yml:8:22: about.1",
        "content/operations/lantern-2024.md:29:10: beacon-2001.md",
        "content/site.yml:14:25: key_figures.1.record",
        "content/site.yml:18:26: sums.1.records.1",
        "operations/beacon-2001 is named in 3 files, 4 times.",
    ]


def test_a_country_is_found_in_links_to_its_page_and_to_its_place_in_the_list(root: Path, run: Run) -> None:
    change(
        root / mistakes.RECORD,
        ("It belongs to", "See [it](../countries/no.md) and [its row](../countries/index.md#no). It belongs to"),
    )
    ran = run("--root", root, "who-names", "countries/NO")

    assert [line.rpartition(": ")[2] for line in ran.out.splitlines() if "lantern-2024" in line] == [
        "countries.1",
        "../countries/no.md",
        "../countries/index.md#no",
    ]


def test_a_source_is_found_in_citations_of_fields_and_of_prose(root: Path, run: Run) -> None:
    ran = run("--root", root, "who-names", "sources/gazette-2024-lantern")

    assert [line.rpartition(": ")[0] for line in ran.out.splitlines()[:-1]] == [
        f"content/operations/lantern-2024.md:{place}"
        for place in ("8:10", "15:12", "17:66", "22:16", "25:63", "27:27", "29:84")
    ]


def test_a_record_that_is_not_there_is_told_with_what_was_meant(root: Path, run: Run) -> None:
    assert run("--root", root, "who-names", "operations/beacon-first").err == (
        "explainer: 'operations/beacon-first' is now 'operations/beacon-2001'; "
        "expected the id that the record has; write operations/beacon-2001\n"
    )


@pytest.mark.parametrize(
    ("name", "new", "file"),
    [
        ("operations/beacon-2001", "beacon-one", "content/operations/beacon-one.md"),
        ("resolutions/1-2", "1-2b", "content/resolutions/1-2b.md"),
        ("organisations/union", "union-of-harbours", "content/organisations/union-of-harbours.md"),
        ("sources/gazette-2024-lantern", "the-gazette-2024", mistakes.SOURCES),
        ("terms/lamp", "lantern-lamp", "content/terms/all.yml"),
    ],
)
def test_a_renamed_record_leaves_no_problem(root: Path, run: Run, name: str, new: str, file: str) -> None:
    ran = run("--root", root, "rename", name, new)

    assert (ran.status, ran.err) == (0, "")
    assert (root / file).is_file()
    library = build.load(root)
    assert library.at(f"{name.partition('/')[0]}/{new}").ident == new
    assert run("--root", root, "who-names", name).status == (1 if "." not in name else 0)


def test_the_old_address_leads_on_and_all_other_lines_stay(root: Path, run: Run) -> None:
    path = root / "content/operations/beacon-2001.md"
    path.write_bytes(path.read_bytes().replace(b"family:", b"# a comment\nfamily:"))
    before = path.read_bytes()
    run("--root", root, "rename", "operations/beacon-2001", "beacon-one")
    after = (root / "content/operations/beacon-one.md").read_bytes()

    changed = before.replace(b"id: beacon-2001", b"id: beacon-one").replace(
        b"[beacon-first]", b"[beacon-first, beacon-2001]"
    )
    assert after == changed


def test_a_story_without_old_ids_gets_a_line_for_them(root: Path, run: Run) -> None:
    run("--root", root, "rename", "operations/lantern-2024", "lantern-one")

    text = (root / "content/operations/lantern-one.md").read_text(encoding="utf-8")
    assert text.startswith("---\nid: lantern-one\naliases: [lantern-2024]\nname: ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("aliases: [beacon-first]  # see [note 3]", "aliases: [beacon-first, beacon-2001]  # see [note 3]"),
        ("aliases: [beacon-first, ]", "aliases: [beacon-first, beacon-2001, ]"),
        ("aliases: []", "aliases: [beacon-2001]"),
        ("aliases: [\n  beacon-first # see [1]\n]", "aliases: [\n  beacon-first, beacon-2001 # see [1]\n]"),
        ("aliases:  # all\n- beacon-first", "aliases:  # all\n- beacon-2001\n- beacon-first"),
        ("aliases:\n    # it\n    - beacon-first", "aliases:\n    # it\n    - beacon-2001\n    - beacon-first"),
        ('"aliases": ["beacon-first"]', '"aliases": ["beacon-first", beacon-2001]'),
        ("# aliases: [x]", "aliases: [beacon-2001]\n# aliases: [x]"),
    ],
)
def test_an_old_id_is_added_to_the_list_however_it_is_written_and_nowhere_else(
    root: Path, run: Run, before: str, after: str
) -> None:
    path = root / "content/operations/beacon-2001.md"
    story = "\nA story has a line of\naliases: [of its own]\nand goes on.\n"
    text = path.read_text(encoding="utf-8").replace("aliases: [beacon-first]\n", "") + story
    path.write_text(text.replace("id: beacon-2001\n", f"id: beacon-2001\n{before}\n"), encoding="utf-8")
    ran = run("--root", root, "rename", "operations/beacon-2001", "beacon-one")

    assert (ran.status, ran.err) == (0, "")
    renamed = (root / "content/operations/beacon-one.md").read_text(encoding="utf-8")
    assert renamed == text.replace("id: beacon-2001\n", f"id: beacon-one\n{after}\n")


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("se", "'se' is not an ISO 3166 country code; did you mean 'SE' (Sweden)?"),
        (
            "SE",
            (
                "'NO' is the code of a standard, by which each country is known; expected one that stays; for another country, "
                "write `explainer new country SE`"
            ),
        ),
    ],
)
def test_the_code_of_a_country_stays(root: Path, run: Run, new: str, told: str) -> None:
    assert run("--root", root, "rename", "countries/NO", new).err == f"explainer: {told}\n"


def test_the_new_id_may_stand_behind_the_folder(root: Path, run: Run) -> None:
    assert run("--root", root, "rename", "operations/beacon-2001", "operations/beacon-one").status == 0
    assert (root / "content/operations/beacon-one.md").is_file()


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (
            "beacon-2003",
            "there is a record of type operation 'beacon-2003'; expected an id that is free; choose another",
        ),
        (
            "beacon-first",
            "'beacon-first' is an old id of 'beacon-2001'; expected an id that was never used; choose another",
        ),
        *((new, f"'{new}' is not an id; expected {ID_FORM}") for new in ("Lantern", "../x", "people/x", "/x", "x/")),
        (
            "nul",
            (
                "Windows reserves the name 'nul' for a device; expected one that can be the name of a file on every system; "
                "choose another"
            ),
        ),
    ],
)
def test_what_is_in_the_way_is_told_and_nothing_changes(root: Path, run: Run, new: str, told: str) -> None:
    before = tree(root)
    ran = run("--root", root, "rename", "operations/lantern-2024", new)

    assert (ran.status, ran.err) == (1, f"explainer: {told}\n")
    assert tree(root) == before


def test_a_dry_run_shows_each_place_and_changes_nothing(root: Path, run: Run) -> None:
    before = tree(root)
    ran = run("--root", root, "rename", "operations/beacon-2001", "beacon-one", "--dry-run")

    assert ran.out.splitlines()[-2:] == [
        "content/operations/beacon-2001.md -> content/operations/beacon-one.md",
        "4 files would change.",
    ]
    assert tree(root) == before


def test_where_a_file_cannot_be_written_all_stay_as_they_were(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root)

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr("explainer.cli.renaming_commands.moved", refuse)
    ran = run("--root", root, "rename", "operations/beacon-2001", "beacon-one")

    assert ran.status == 1
    assert tree(root) == before


@pytest.mark.parametrize("at", range(1, 6))
def test_ctrl_c_while_files_are_written_leaves_all_as_they_were(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before, done = tree(root), list[Path]()

    def pressed(path: Path) -> None:
        done.append(path)
        if len(done) == at:
            raise KeyboardInterrupt

    def overwritten(folder: Path, path: str, data: bytes) -> None:
        write_whole(folder / path, data)
        if folder == root:
            pressed(folder / path)

    def moved(path: Path, target: Path) -> None:
        path.rename(target)
        if path.is_relative_to(root):
            pressed(path)

    monkeypatch.setattr(edits, "overwrite", overwritten)
    monkeypatch.setattr("explainer.cli.renaming_commands.moved", moved)
    ran = run("--root", root, "rename", "operations/beacon-2001", "beacon-one")

    assert (ran.status, ran.err) == (STOPPED, "explainer: stopped; nothing is half-written.\n")
    assert tree(root) == before


def test_ctrl_c_while_a_new_file_is_written_leaves_no_half_of_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(io.BytesIO):
        """A file while which is written Ctrl-C is pressed."""

        def write(self, _: object) -> int:
            raise KeyboardInterrupt

    def begun(self: Path, mode: str = "r") -> IO[bytes]:
        self.touch()
        return Interrupted()

    monkeypatch.setattr(Path, "open", begun)
    with pytest.raises(KeyboardInterrupt):
        edits.write_new(root, "content/terms/quay.yml", b"id: quay\n")

    assert not (root / "content/terms/quay.yml").exists()


def test_a_dossier_with_a_problem_is_not_changed(root: Path, run: Run) -> None:
    change(root / mistakes.RECORD, ("value: 40", "value: forty"))

    assert run("--root", root, "rename", "operations/beacon-2001", "beacon-one").status == 1
    with pytest.raises(ContentError):
        build.load(root)


def test_a_new_edition_takes_over_the_parts_of_the_one_before(root: Path, run: Run) -> None:
    ran = run("--root", root, "new", "resolution", "5-6", "--reviews", "3-4", "--bare")

    text = (root / "content/resolutions/5-6.md").read_text(encoding="utf-8")
    assert ran.status == 0
    assert "series: lantern\nedition: '3'\nreviews: 3-4\ntext:\nprovisions:\n" in text
    assert text.count("change: unchanged") == 2
    assert (
        "  - paragraph: op1\n    theme: lamps\n    summary: Asks for brighter lamps.\n    change: unchanged\n    follows: op1\n"
        in text
    )


@pytest.mark.parametrize(
    ("kind", "before", "told"),
    [
        (
            "person",
            "ada-quay",
            "a record of type person reviews none; expected a type with editions; leave --reviews out",
        ),
        ("resolution", "9-9", "there is no resolution '9-9' to review; expected the id of the edition before"),
    ],
)
def test_an_edition_of_what_has_none_is_refused(root: Path, run: Run, kind: str, before: str, told: str) -> None:
    assert run("--root", root, "new", kind, "x", "--reviews", before).err == f"explainer: {told}\n"


def test_parts_that_are_not_mentioned_are_told_in_one_line_in_the_order_of_the_text(root: Path) -> None:
    parts = "".join(f"  - {{paragraph: op{n}, theme: lamps, summary: Asks., change: new}}\n" for n in range(3, 12))
    change(
        root / "content/resolutions/1-2.md",
        ("summary: Asks for ropes., change: new}\n", f"summary: Asks for ropes., change: new}}\n{parts}"),
    )
    change(
        root / "content/resolutions/3-4.md",
        ("  - {theme: ropes, summary: The paragraph on ropes is gone., change: dropped, follows: op2}\n", ""),
    )

    assert [str(problem) for problem in build.check(root, pages=False).problems if not problem.remark] == [
        (
            "content/resolutions/3-4.md:17:1: 10 of 12 paragraphs of U/RES/1/2 are not mentioned: op2–op11; expected every "
            "paragraph to be followed or dropped; add an entry with follows: for each, and change: dropped where it is gone"
        )
    ]


def test_an_edition_that_is_missing_in_the_lineage_is_remarked_on(root: Path) -> None:
    change(root / "content/site.yml", ("lineage: [resolutions/3-4, ", "lineage: ["))

    assert [str(problem) for problem in build.check(root, pages=False).problems] == [
        (
            "content/site.yml:10:1: remark: resolutions/3-4 is missing, an edition of 'lantern', of which others are here; "
            "expected every edition of a series; add it at its date"
        )
    ]
