"""Shows mistakes that a folder of text files cannot hold: bytes, links, permissions, full disks, hand edits."""

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explainer import build
from explainer.base import files
from explainer.docs import ledger
from tests.conftest import Run, change, tree
from tests.served import explainer

NOTHING = "1 problem in 1 file; nothing was written.\n"


def _kept(root: Path) -> dict[str, bytes]:
    """Every file of a dossier but those of its cache, which may be deleted at any time."""
    return {path: data for path, data in tree(root).items() if not path.startswith(".cache/")}


def _said(run: Run, root: Path) -> str:
    """What `check` and `generate` both say, without the closing line; neither writes anything but into its cache."""
    before = _kept(root)
    check, generate = run("--root", root, "check"), run("--root", root, "generate")

    assert check == generate
    assert (check.status, check.out) == (1, "")
    assert before == _kept(root)
    assert check.err.endswith(NOTHING)
    return check.err.removesuffix(NOTHING)


# Bytes


def test_a_byte_that_is_not_utf8_is_named_with_its_place(harbour: Path, run: Run) -> None:
    (harbour / "content/organisations/guild.md").write_bytes("---\nid: guild\nname: Gé".encode() + b"\xff\n---\n")

    assert _said(run, harbour) == (
        "content/organisations/guild.md:3:9: byte 0xff is not UTF-8; expected UTF-8; save the file in that encoding\n"
    )


def test_a_byte_order_mark_is_refused(harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert _said(run, harbour) == (
        "content/organisations/guild.md:1:1: begins with a byte order mark; expected UTF-8 without one; "
        "save the file as plain UTF-8; in records `explainer format` removes it\n"
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_another_encoding_is_refused_by_its_name(encoding: str, harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_bytes(f"\ufeff{path.read_text(encoding='utf-8')}".encode(encoding))

    assert _said(run, harbour) == (
        f"content/organisations/guild.md:1:1: is {encoding[:6].upper()}; expected UTF-8; save the file in that encoding\n"
    )


def test_carriage_returns_are_refused(harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert _said(run, harbour) == (
        "content/organisations/guild.md:1:1: lines end with a carriage return (CRLF); expected LF; "
        "set the line endings of your editor to LF; in records `explainer format` changes them\n"
    )


def test_one_carriage_return_is_found_on_its_line(harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_bytes(path.read_bytes().replace(b"pilots.\n", b"pilots.\r\n"))

    assert _said(run, harbour).startswith("content/organisations/guild.md:3:1: lines end with a carriage return")


@pytest.mark.parametrize("end", [b"", b"pilots."])
def test_carriage_returns_alone_are_refused_and_the_formatter_changes_them(end: bytes, harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    assert run("--root", harbour, "format", path.relative_to(harbour)).status == 0
    before = path.read_bytes()
    line = before[: before.index(end + b"\n")].count(b"\n") + 1
    path.write_bytes(before.replace(end + b"\n", end + b"\r"))

    assert _said(run, harbour) == (
        f"content/organisations/guild.md:{line}:1: lines end with a carriage return (CR alone); expected LF; "
        "set the line endings of your editor to LF; in records `explainer format` changes them\n"
    )
    assert run("--root", harbour, "format", path.relative_to(harbour)).status == 0
    assert path.read_bytes() == before


def test_a_zero_byte_is_refused(harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_bytes(path.read_bytes().replace(b"pilots.\n", b"pilots.\x00\n"))

    assert _said(run, harbour) == (
        "content/organisations/guild.md:3:1: holds a zero byte; expected text; save the file as plain UTF-8\n"
    )


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_only_yaml_sees_is_found_on_its_line(char: str, harbour: Path, run: Run) -> None:
    change(harbour / "content/organisations/guild.md", ("name: ", f"name: {char}"))

    assert _said(run, harbour) == (
        f"content/organisations/guild.md:4:7: holds the invisible line end U+{ord(char):04X}; expected plain ones; delete it\n"
    )


def test_a_control_character_is_found_on_its_line(harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_bytes(path.read_bytes().replace(b"pilots.\n", b"pilots.\x07\n"))

    assert _said(run, harbour).startswith("content/organisations/guild.md:3:")


def test_a_control_character_in_a_story_is_found_on_its_line(harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_bytes(path.read_bytes() + b"The guild pilots.\n\nIt pilots\x07 well.\n")

    said = _said(run, harbour)

    assert said.startswith("content/organisations/guild.md:9:10: ")
    assert "U+0007" in said
    assert "body" not in said


@pytest.mark.parametrize("raw", [b"", b"\n\n", b" \n"])
@pytest.mark.parametrize("path", ["content/organisations/guild.md", "content/events/all.yml", "content/site.yml"])
def test_an_empty_file_is_refused(path: str, raw: bytes, harbour: Path, run: Run) -> None:
    (harbour / path).write_bytes(raw)

    assert _said(run, harbour) == (
        f"{path}:1:1: the file is empty; expected a record; write one or delete the file\n"
        if path != "content/site.yml"
        else f"{path}:1:1: the file is empty; expected the fields of the dossier; write title: and the others\n"
    )


def test_an_enormous_file_is_refused_unread(harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = harbour / "content/events/enormous.yml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    read_bytes = Path.read_bytes

    def read_small(self: Path) -> bytes:
        assert self.name != path.name
        return read_bytes(self)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", read_small)
        found = build.check(harbour)

    assert [str(problem) for problem in found.problems] == [
        "content/events/enormous.yml:1:1: the file has 50 MB; expected at most 4 MB; split it into records"
    ]


def test_brackets_in_brackets_without_end_are_refused(harbour: Path, run: Run) -> None:
    change(harbour / "content/terms/all.yml", ("see_also: [lamp]", "see_also: " + "[" * 20_000 + "]" * 20_000))

    assert "is nested more than 40 levels deep; expected the fields of a record\n" in _said(run, harbour)


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("content/terms/all.yml", "- " * 40_000 + "x\n", "1:81"),
        ("content/terms/all.yml", "".join(f"{' ' * n}a:\n{' ' * n}- b:\n" for n in range(0, 1200, 2)), "40:41"),
        ("content/operations/lamp.md", "---\nname: " + "[" * 60_000 + "\n---\n", "2:46"),
        ("content/site.yml", "kinds: " + "[" * 60_000 + "\n", "1:47"),
        ("content/words/en.yml", "menu: " + "{a: " * 60_000 + "\n", "1:163"),
    ],
)
def test_what_is_nested_beyond_what_a_parser_can_read_is_refused(
    path: str, text: str, place: str, harbour: Path
) -> None:
    (harbour / path).parent.mkdir(exist_ok=True)
    (harbour / path).write_text(text, encoding="utf-8")
    ran = explainer(harbour, "check")  # in a process of its own, since the parser could end it

    assert ran.returncode == 1, ran.returncode
    assert f"{path}:{place}: is nested more than 40 levels deep; expected the fields of a record\n" in ran.stderr


def test_a_line_that_never_ends_is_read(harbour: Path, run: Run) -> None:
    change(harbour / "content/terms/all.yml", ("What burns in a lamp.", "What burns in a lamp. " + "a" * 1_000_000))

    assert run("--root", harbour, "check").status == 0


# Files that are not plain files


def test_a_link_that_leads_outside_is_refused(harbour: Path, tmp_path: Path, run: Run) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("- {id: x}\n", encoding="utf-8")
    (harbour / "content/events/more.yml").symlink_to(outside)

    assert _said(run, harbour) == (
        "content/events/more.yml:1:1: is a link that leads outside content/; expected a file; copy the file here\n"
    )


def test_a_link_to_a_folder_outside_is_refused(harbour: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "outside").mkdir()
    (harbour / "content/operations/more").symlink_to(tmp_path / "outside", target_is_directory=True)

    assert _said(run, harbour) == (
        "content/operations/more:1:1: is a link that leads outside content/; expected a file; copy the file here\n"
    )


def test_a_link_to_a_folder_inside_is_refused(harbour: Path, run: Run) -> None:
    (harbour / "content/operations/more").symlink_to(harbour / "content" / "people", target_is_directory=True)

    assert (
        _said(run, harbour)
        == "content/operations/more:1:1: is not a regular file; expected text; rename or delete it\n"
    )


def test_a_link_in_a_circle_is_refused(harbour: Path, run: Run) -> None:
    (harbour / "content/events/more.yml").symlink_to(harbour / "content/events/more.yml")

    said = _said(run, harbour)

    assert said.startswith("content/events/more.yml:1:1: ")
    assert said.endswith("; expected a readable file; check its permissions\n") or "leads nowhere" in said


def test_a_link_that_leads_nowhere_is_refused(harbour: Path, run: Run) -> None:
    (harbour / "content/events/more.yml").symlink_to("nothing.yml")

    assert _said(run, harbour) == (
        "content/events/more.yml:1:1: is a link that leads nowhere; expected a file; delete it or copy the file here\n"
    )


def test_a_named_pipe_is_refused_and_not_waited_for(harbour: Path) -> None:
    os.mkfifo(harbour / "content/events/more.yml")

    assert [str(problem) for problem in build.check(harbour).problems] == [
        "content/events/more.yml:1:1: is not a regular file; expected text; rename or delete it"
    ]


def test_a_folder_with_the_name_of_a_record_is_refused(harbour: Path, run: Run) -> None:
    (harbour / "content/operations/lamp.md").mkdir()

    assert _said(run, harbour) == (
        "content/operations/lamp.md:1:1: is not a regular file; expected text; rename or delete it\n"
    )


def test_an_unreadable_file_is_named(harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == "guild.md":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return read_bytes(self)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refuse)
        found = build.check(harbour)

    assert [str(problem) for problem in found.problems] == [
        (
            "content/organisations/guild.md:1:1: cannot be read (Permission denied); expected a readable file; "
            "check its permissions"
        )
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_without_permission_is_named(harbour: Path, run: Run) -> None:
    folder = harbour / "content/people"
    folder.chmod(0)
    try:
        found = build.check(harbour)
    finally:
        folder.chmod(0o755)

    assert [str(problem) for problem in found.problems] == [
        (
            "content/people:1:1: the folder cannot be read (Permission denied); expected a readable folder; "
            "check its permissions"
        )
    ]


def test_a_folder_without_content_is_no_dossier(tmp_path: Path, run: Run) -> None:
    assert _said(run, tmp_path) == (
        "content:1:1: content/ is missing; expected the records of a dossier in content/; make it, "
        "or name another dossier with --root\n"
    )


@pytest.mark.parametrize("command", ["check", "generate", "build", "offline", "stale", "links", "format"])
def test_a_command_leaves_nothing_in_a_folder_that_is_no_dossier(command: str, tmp_path: Path, run: Run) -> None:
    ran = run("--root", str(tmp_path), command)

    assert ran.status == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_content_is_no_dossier(tmp_path: Path, run: Run) -> None:
    (tmp_path / "content").write_text("", encoding="utf-8")

    assert _said(run, tmp_path) == (
        "content:1:1: content/ is not a folder; expected the records of a dossier in content/; make it, "
        "or name another dossier with --root\n"
    )


def test_missing_settings_are_named(harbour: Path, run: Run) -> None:
    (harbour / "content/site.yml").unlink()

    assert _said(run, harbour) == (
        "content/site.yml:1:1: the file is missing; expected title, summary and addresses of the dossier; write it\n"
    )


def test_hidden_files_and_copies_of_editors_are_passed_over(harbour: Path, run: Run) -> None:
    (harbour / "content/events/.hidden.yml").write_text("nothing", encoding="utf-8")
    (harbour / "content/events/all.yml~").write_text("nothing", encoding="utf-8")
    (harbour / "content/.git").mkdir()
    (harbour / "content/.git/x.md").write_text("nothing", encoding="utf-8")

    assert run("--root", harbour, "check").status == 0


def test_a_file_name_with_a_line_end_keeps_to_one_line(harbour: Path, run: Run) -> None:
    (harbour / "content/events/a\nb.yml").write_text("x: 1\n", encoding="utf-8")

    name, shape, last = run("--root", harbour, "check").err.splitlines()

    assert "content/events/a\\nb.yml:1:1: Windows allows no " in name
    assert "expected a list of records" in shape
    assert last == "2 problems in 1 file; nothing was written."


def test_a_file_name_that_is_not_utf8_gives_a_problem(harbour: Path, run: Run) -> None:
    try:
        Path(os.fsdecode(bytes(harbour / "content/events") + b"/b\xff.yml")).write_text("x: 1\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")

    assert "expected a list of records" in run("--root", harbour, "check").err


def test_norway_stays_norway(harbour: Path, run: Run) -> None:
    text = (harbour / "content/countries/all.yml").read_text(encoding="utf-8")

    assert "- id: NO\n" in text
    assert run("--root", harbour, "check").status == 0
    assert run("--root", harbour, "generate").status == 0
    assert "Norway" in (harbour / "docs/countries/index.md").read_text(encoding="utf-8")


# Writing


def _refused(run: Run, root: Path, path: str, reason: str) -> None:
    ran = run("--root", root, "generate")

    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"{path}:1:1: cannot be written ({reason}); expected a folder that can be; "
        f"check its permissions and the space on the disk, then run again\n{NOTHING}"
    )


def test_a_file_in_the_place_of_docs_is_named(harbour: Path, run: Run) -> None:
    (harbour / "docs").write_text("Mine.\n", encoding="utf-8")

    ran = run("--root", harbour, "generate")

    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("docs:1:1: ")
    assert ran.err.endswith(NOTHING)
    assert (harbour / "docs").read_text(encoding="utf-8") == "Mine.\n"


def test_a_file_in_the_place_of_a_generated_folder_is_kept_and_named(harbour: Path, run: Run) -> None:
    (harbour / "docs").mkdir()
    (harbour / "docs/operations").write_text("Mine.\n", encoding="utf-8")

    assert _said(run, harbour).startswith("docs/operations:1:1: this file is not the generator's ")


def test_a_folder_in_the_place_of_a_page_is_kept_and_named(harbour: Path, run: Run) -> None:
    (harbour / "docs/people/ada-quay.md").mkdir(parents=True)

    assert _said(run, harbour).startswith("docs/people/ada-quay.md:1:1: ")
    assert not (harbour / "docs/agreements").exists()


def test_a_link_in_the_place_of_a_generated_folder_is_not_followed(harbour: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "elsewhere").mkdir()
    (harbour / "docs").mkdir()
    (harbour / "docs/operations").symlink_to(tmp_path / "elsewhere", target_is_directory=True)

    said = _said(run, harbour)

    assert said.startswith("docs/operations:1:1: ")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_takes_nothing_is_said_and_can_be_mended(
    number: int, harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: Any, **options: Any) -> tuple[int, str]:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "mkstemp", refuse)
        _refused(run, harbour, "docs", os.strerror(number))

    assert tree(harbour / "docs") == {}
    assert run("--root", harbour, "generate").status == 0


def filling_up() -> Callable[[Path, Path], Path]:
    """A `Path.replace` of a disk on which nine pages find room; what is kept beside them stands on another one."""
    replace = Path.replace
    done: list[Path] = []

    def fill_up(self: Path, target: Path) -> Path:
        if ".cache" in self.parts:
            return replace(self, target)
        if len(done) == 9:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        done.append(self)
        return replace(self, target)

    return fill_up


def test_a_disk_that_fills_up_half_way_leaves_whole_pages_and_the_next_run_ends_the_work(
    harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", filling_up())
        ran = run("--root", harbour, "generate")
    half = tree(harbour / "docs")

    assert ran.status == 1
    assert "(No space left on device)" in ran.err
    assert "Traceback" not in ran.err
    assert [path for path in half if path.endswith(".part")] == []
    assert run("--root", harbour, "generate").status == 0
    whole = tree(harbour / "docs")
    assert {path: whole[path] for path in half if path != ledger.NAME} == {
        path: data for path, data in half.items() if path != ledger.NAME
    }


def test_a_run_that_was_cut_short_does_not_say_that_nothing_was_written(
    harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", filling_up())
        ran = run("--root", harbour, "generate")

    assert tree(harbour / "docs") != {}
    assert "nothing was written" not in ran.err


def test_what_a_killed_run_left_is_swept_up(harbour: Path, run: Run) -> None:
    assert run("--root", harbour, "generate").status == 0
    whole = tree(harbour / "docs")
    (harbour / "docs/operations/.abc.part").write_bytes(b"half")

    assert run("--root", harbour, "generate").status == 0
    assert whole == tree(harbour / "docs")


# Hand edits


def _generated(root: Path, run: Run) -> Path:
    assert run("--root", root, "generate").status == 0
    return root / "docs"


def test_a_page_that_was_changed_by_hand_is_kept_and_named(harbour: Path, run: Run) -> None:
    page = _generated(harbour, run) / "operations/beacon-2001.md"
    change(page, ("Beacon", "Lantern"))

    assert _said(run, harbour) == (
        "docs/operations/beacon-2001.md:1:1: this generated page was changed by hand; expected it as it was written; "
        "edit content/operations/beacon-2001.md instead, then delete this file\n"
    )


def test_a_page_that_was_changed_by_hand_is_kept_when_its_record_goes(harbour: Path, run: Run) -> None:
    page = _generated(harbour, run) / "people/ada-quay.md"
    change(page, ("Quay", "Key"))
    (harbour / "content/people/ada-quay.md").unlink()

    assert _said(run, harbour) == (
        "docs/people/ada-quay.md:1:1: this generated page was changed by hand; expected it as it was written; "
        "edit the records in content/ instead, then delete this file\n"
    )


def test_a_gathered_page_that_was_changed_by_hand_is_kept(harbour: Path, run: Run) -> None:
    page = _generated(harbour, run) / "timeline/index.md"
    page.write_bytes(page.read_bytes() + b"\n")

    assert _said(run, harbour).startswith("docs/timeline/index.md:1:1: this generated page was changed by hand; ")


def test_the_home_page_that_was_changed_by_hand_is_kept(harbour: Path, run: Run) -> None:
    page = _generated(harbour, run) / "index.md"
    page.write_bytes(page.read_bytes() + b"\n")

    assert _said(run, harbour).startswith("docs/index.md:1:1: this generated page was changed by hand; ")


def test_a_stranger_in_a_generated_folder_is_kept_and_named(harbour: Path, run: Run) -> None:
    (_generated(harbour, run) / "operations/mine.md").write_text("Mine.\n", encoding="utf-8")

    assert _said(run, harbour) == (
        "docs/operations/mine.md:1:1: this file is not the generator's but stands in its folder; expected only generated "
        "pages; move it out of here, or edit the records in content/ instead\n"
    )


def test_a_stranger_where_a_page_should_go_is_kept_and_named(harbour: Path, run: Run) -> None:
    (harbour / "docs/people").mkdir(parents=True)
    (harbour / "docs/people/ada-quay.md").write_text("Mine.\n", encoding="utf-8")

    assert _said(run, harbour) == (
        "docs/people/ada-quay.md:1:1: this file is not the generator's but stands in its folder; expected only generated "
        "pages; move it out of here, or edit content/people/ada-quay.md instead\n"
    )


def test_a_page_of_people_beside_the_generated_folders_is_left_alone(harbour: Path, run: Run) -> None:
    (harbour / "docs/about").mkdir(parents=True)
    (harbour / "docs/about/index.md").write_text("# About\n", encoding="utf-8")
    (harbour / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    docs = _generated(harbour, run)

    assert (docs / "about/index.md").read_text(encoding="utf-8") == "# About\n"
    assert (docs / "index.md").read_text(encoding="utf-8") == "# Home\n"


def test_a_deleted_page_comes_back(harbour: Path, run: Run) -> None:
    docs = _generated(harbour, run)
    whole = tree(docs)
    (docs / "people/ada-quay.md").unlink()

    assert _generated(harbour, run) == docs
    assert whole == tree(docs)


def test_the_page_of_a_deleted_record_goes(harbour: Path, run: Run) -> None:
    docs = _generated(harbour, run)
    (harbour / "content/people/ada-quay.md").unlink()
    ran = run("--root", harbour, "generate")

    assert ran.status == 0
    assert not (docs / "people/ada-quay.md").exists()


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"version": 2, "files": {}}', b"\xff", b'{"version": 1}', b"[" * 100_000],
    ids=["empty", "open", "list", "newer", "bytes", "bare", "deep"],
)
def test_with_a_damaged_ledger_equal_pages_are_kept(damage: bytes, harbour: Path, run: Run) -> None:
    docs = _generated(harbour, run)
    whole = tree(docs)
    (docs / ledger.NAME).write_bytes(damage)

    assert run("--root", harbour, "generate").status == 0
    assert whole == tree(docs)


def test_with_a_damaged_ledger_a_changed_page_is_not_overwritten(harbour: Path, run: Run) -> None:
    docs = _generated(harbour, run)
    (docs / ledger.NAME).write_bytes(b"{")
    change(docs / "people/ada-quay.md", ("Quay", "Key"))

    assert _said(run, harbour).startswith("docs/people/ada-quay.md:1:1: this file is not the generator's ")


@pytest.mark.parametrize("path", ["../outside.md", "/outside.md", "about/index.md"])
def test_a_ledger_that_names_files_elsewhere_removes_none_of_them(path: str, harbour: Path, run: Run) -> None:
    docs = _generated(harbour, run)
    (docs / "about").mkdir()
    (docs / "about/index.md").write_text("Mine.\n", encoding="utf-8")
    (harbour / "outside.md").write_text("Mine.\n", encoding="utf-8")
    known = dict(ledger.read((docs / ledger.NAME).read_text(encoding="utf-8")))
    known[path] = (files.digest_of(b"Mine.\n"),)
    (docs / ledger.NAME).write_text(ledger.write(known), encoding="utf-8")

    assert run("--root", harbour, "generate").status == 0
    assert (docs / "about/index.md").exists()
    assert (harbour / "outside.md").exists()


def test_the_pages_of_a_kind_that_was_given_up_go_and_pages_of_people_beside_them_stay(harbour: Path, run: Run) -> None:
    docs = _generated(harbour, run)
    page = (docs / "people/ada-quay.md").read_bytes()
    (docs / "ships").mkdir()
    (docs / "ships/lamp.md").write_bytes(page)
    (docs / "ships/mine.md").write_text("Mine.\n", encoding="utf-8")
    known = dict(ledger.read((docs / ledger.NAME).read_text(encoding="utf-8")))
    known["ships/lamp.md"] = (files.digest_of(page),)
    (docs / ledger.NAME).write_text(ledger.write(known), encoding="utf-8")

    assert run("--root", harbour, "generate").status == 0
    assert [path.name for path in (docs / "ships").iterdir()] == ["mine.md"]
