"""`explainer diff` and `explainer log`: states of a repository, of folders and of downloads."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from explainer import build
from explainer.data import downloads
from explainer.library import history
from tests.conftest import HARBOUR, Run, change, copied

STORY = "content/operations/beacon-2003.md"
TOLD = "content/history/2026-03.jsonl"


def git(root: Path, *arguments: str, day: str = "2026-03-01") -> None:
    moment = f"{day}T12:00:00+00:00"
    person = {f"GIT_{role}_{what}": "a@b.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(
        ["git", "-c", "core.autocrlf=false", *arguments],
        cwd=root, check=True, capture_output=True, env={**os.environ, **person, **dates},
    )  # fmt: skip


def commit(root: Path, day: str) -> None:
    git(root, "add", "-A", day=day)
    git(root, "commit", "-qm", "records", "--allow-empty", day=day)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of three days: two states on the first, a change on the second, one that is not committed on the third."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("log") / "harbour")
    for file in (root / history.FOLDER).iterdir():
        file.unlink()
    git(root, "init", "-q")
    change(root / STORY, ("value: 9", "value: 7"))
    commit(root, "2026-03-01")
    change(root / STORY, ("value: 7", "value: 8"))
    commit(root, "2026-03-01")
    change(root / STORY, ("value: 8", "value: 9"))
    commit(root, "2026-03-02")
    change(root / STORY, ("edition: II", "edition: '2'"))
    return root


def lines(root: Path) -> list[dict[str, object]]:
    """The lines of the history."""
    return [json.loads(line) for line in (root / TOLD).read_text(encoding="utf-8").splitlines()]


def test_the_history_tells_each_day_by_the_state_in_which_it_ended_and_telling_it_again_changes_nothing(
    repository: Path, run: Run
) -> None:
    ran = run("--root", repository, "log", "--today", "2026-03-03")
    first = (repository / TOLD).read_bytes()
    told = [(item["day"], item["changes"]) for item in lines(repository) if item["id"] == "beacon-2003"]

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("2026-03-02: 1 records changed.\n2026-03-03: 1 records changed.\n")
    assert told == [
        ("2026-03-01", [{"what": "new"}]),
        ("2026-03-02", [{"what": "changed", "place": ["figures", "measure=boats-found", "value"], "before": "8", "after": "9"}]),
        ("2026-03-03", [{"what": "changed", "place": ["edition"], "before": "II", "after": "2"}]),
    ]  # fmt: skip

    run("--root", repository, "log", "--today", "2026-03-03", "--note", "operations/beacon-2003", "Counted anew.")
    assert [item["note"] for item in lines(repository) if "note" in item] == ["Counted anew."]
    run("--root", repository, "log", "--today", "2026-03-03", "--since", "2026-03-01")
    assert [item["note"] for item in lines(repository) if "note" in item] == ["Counted anew."]
    assert (repository / TOLD).read_bytes().replace(b',"note":"Counted anew."', b"") == first


def test_a_note_for_a_record_that_did_not_change_is_refused(repository: Path, run: Run) -> None:
    ran = run("--root", repository, "log", "--today", "2026-03-03", "--note", "people/nobody", "Why.")

    assert ran.status == 2
    assert ran.err.startswith(
        "explainer: people/nobody did not change on a day that was told; expected a record that did"
    )


@pytest.mark.parametrize(("form", "begin"), [("md", "# What changed from"), ("html", "<!doctype html>"), ("json", "{")])
def test_a_revision_is_compared_with_the_records_of_now(repository: Path, run: Run, form: str, begin: str) -> None:
    ran = run("--root", repository, "diff", "HEAD~1", "--format", form)

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(begin)
    assert "Boats found: 8 became 9" in ran.out


def test_a_folder_is_compared_with_what_was_downloaded(harbour: Path, run: Run, tmp_path: Path) -> None:
    files = {item.name: item.data for item in downloads.downloads(build.load(harbour))}
    for name in ("all.jsonl", "all.zip"):
        (tmp_path / name).write_bytes(files[name])
        ran = run("--root", harbour, "diff", tmp_path / name, harbour)

        assert (ran.status, ran.out.splitlines()[2]) == (0, "Nothing changed.")


def test_data_that_are_nested_too_deep_are_answered_in_words(harbour: Path, run: Run, tmp_path: Path) -> None:
    deep = tmp_path / "all.jsonl"
    deep.write_text('{"type": "term", "id": "lamp", "x": ' + "[" * 100_000 + "]" * 100_000 + "}\n", encoding="utf-8")
    ran = run("--root", harbour, "diff", deep, harbour)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"explainer: {deep} cannot be read as data (it holds no records); expected all.jsonl")


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("nowhere", "explainer: 'nowhere' is neither a folder, nor a file of data, nor a revision of the repository"),
        ("--output=x", ""),
        (STORY, f"explainer: {STORY} cannot be read as data (it holds no records)"),
    ],
)
def test_what_is_no_state_is_answered_in_words(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch, state: str, message: str
) -> None:
    monkeypatch.chdir(repository)
    ran = run("diff", state)

    assert ran.status == 2
    assert ran.err.startswith(message)
    assert ran.out == ""


def test_without_git_or_a_repository_the_message_says_what_is_missing(
    harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(harbour.parent))
    without = run("--root", harbour, "log")
    monkeypatch.setenv("PATH", "")
    missing = run("--root", harbour, "log")

    assert (without.status, missing.status) == (1, 1)
    assert without.err.startswith("explainer: git refuses: fatal: not a git repository")
    assert missing.err == "explainer: git is not installed; expected it, to read states of the repository; install it\n"


def test_a_hostile_text_stays_text_in_every_form(repository: Path, run: Run) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert) `"
    change(repository / STORY, ("edition: '2'", f"edition: {json.dumps(hostile)}"))
    found = {form: run("--root", repository, "diff", "HEAD", "--format", form).out for form in ("md", "html", "json")}
    change(repository / STORY, (f"edition: {json.dumps(hostile)}", "edition: '2'"))

    assert "<script>alert" not in found["md"] + found["html"]
    assert "](javascript:" not in found["md"]
    assert hostile in json.dumps(json.loads(found["json"]), ensure_ascii=False).replace('\\"', '"')


NOTE = "A reader told us."


@pytest.fixture
def told(tmp_path: Path, run: Run) -> Path:
    """A dossier whose history is told to its last commit, then of a change that is not committed yet, with a note."""
    root = copied(HARBOUR, tmp_path / "harbour")
    for file in (root / history.FOLDER).iterdir():
        file.unlink()
    git(root, "init", "-q")
    commit(root, "2026-03-01")
    run("--root", root, "log", "--today", "2026-03-01")
    commit(root, "2026-03-01")
    change(root / STORY, ("value: 9", "value: 8"))
    run("--root", root, "log", "--today", "2026-03-05", "--note", "operations/beacon-2003", NOTE)
    return root


def of_beacon(root: Path) -> list[tuple[object, object]]:
    """Day and note of each line on the record, in the order of the file."""
    return [(item["day"], item.get("note")) for item in lines(root) if item["id"] == "beacon-2003"]


@pytest.mark.parametrize("day", ["2026-03-04", "2026-03-05", "2026-03-06"])
def test_a_change_that_is_committed_under_another_day_moves_there_with_its_note(told: Path, run: Run, day: str) -> None:
    """The moment of a commit is that of the clock and zone of whoever made it."""
    commit(told, day)
    ran = run("--root", told, "log", "--today", "2026-03-07")

    assert (ran.status, ran.err) == (0, "")
    assert of_beacon(told) == [("2026-03-01", None), (day, NOTE)]
    before = (told / TOLD).read_bytes()
    run("--root", told, "log", "--today", "2026-03-07")
    assert (told / TOLD).read_bytes() == before


@pytest.mark.parametrize("since", [(), ("--since", "2026-03-05")])
def test_a_history_whose_every_day_was_committed_under_an_earlier_one_keeps_all_it_told(
    told: Path, run: Run, since: tuple[str, ...]
) -> None:
    commit(told, "2026-03-04")
    (told / TOLD).unlink()
    run("--root", told, "log", "--today", "2026-03-05")
    everything = lines(told)
    (told / TOLD).write_text(
        "".join(
            json.dumps({**item, "day": "2026-03-05"}, ensure_ascii=False, separators=(",", ":")) + "\n"
            for item in everything
            if item["day"] == "2026-03-01"
        ),
        encoding="utf-8",
    )
    run("--root", told, "log", "--today", "2026-03-07", *since)

    assert lines(told) == everything


def test_a_history_that_begins_on_purpose_at_a_day_stays_so(told: Path, run: Run) -> None:
    change(told / STORY, ("edition: II", "edition: '2'"))
    commit(told, "2026-03-06")
    (told / TOLD).unlink()
    for _ in range(2):
        run("--root", told, "log", "--today", "2026-03-07", "--since", "2026-03-06")

    assert of_beacon(told) == [("2026-03-06", None)]


def test_a_note_whose_change_was_taken_back_is_told_as_it_goes(told: Path, run: Run) -> None:
    change(told / STORY, ("value: 8", "value: 9"))
    ran = run("--root", told, "log", "--today", "2026-03-07")

    assert of_beacon(told) == [("2026-03-01", None)]
    assert (ran.status, ran.err) == (
        0,
        (
            f"{TOLD}: the note on operations/beacon-2003 of 2026-03-05, '{NOTE}', is left out: that change is no longer there; "
            "expected a change; add it to another with --note if it belongs there\n"
        ),
    )


def test_a_note_goes_to_the_last_day_on_which_its_record_changed(told: Path, run: Run) -> None:
    commit(told, "2026-03-06")
    change(told / "content/operations/beacon-2001.md", ("edition: I\n", "edition: '1'\n"))
    run("--root", told, "log", "--today", "2026-03-07", "--note", "operations/beacon-2003", "Counted anew.")

    assert of_beacon(told) == [("2026-03-01", None), ("2026-03-06", "Counted anew.")]


def test_two_changes_whose_days_become_one_keep_both_notes(told: Path, run: Run) -> None:
    commit(told, "2026-03-05")
    change(told / STORY, ("edition: II", "edition: '2'"))
    run("--root", told, "log", "--today", "2026-03-06", "--note", "operations/beacon-2003", "The list has it so.")
    git(told, "reset", "-q", "--soft", "HEAD~1")
    commit(told, "2026-03-07")
    run("--root", told, "log", "--today", "2026-03-07", "--since", "2026-03-05")

    assert of_beacon(told) == [("2026-03-01", None), ("2026-03-07", f"{NOTE} The list has it so.")]


def test_what_is_committed_and_what_is_not_yet_on_one_day_are_told_once(told: Path, run: Run) -> None:
    commit(told, "2026-03-05")
    change(told / STORY, ("edition: II", "edition: '2'"))
    ran = run("--root", told, "log", "--today", "2026-03-05")

    assert ran.out == "2026-03-05: 1 records changed.\n"
    assert of_beacon(told) == [("2026-03-01", None), ("2026-03-05", NOTE)]


def test_what_is_not_committed_comes_after_a_commit_of_a_clock_that_was_ahead(told: Path, run: Run) -> None:
    commit(told, "2026-03-06")
    change(told / STORY, ("edition: II", "edition: '2'"))
    run("--root", told, "log", "--today", "2026-03-05")

    assert of_beacon(told) == [("2026-03-01", None), ("2026-03-06", NOTE)]


def test_a_commit_of_a_clock_that_was_ahead_counts_for_the_day_after_it(told: Path, run: Run) -> None:
    commit(told, "2026-03-20")
    change(told / STORY, ("edition: II", "edition: '2'"))
    commit(told, "2026-03-06")
    run("--root", told, "log", "--today", "2026-03-07")

    assert of_beacon(told) == [("2026-03-01", None), ("2026-03-06", NOTE)]
