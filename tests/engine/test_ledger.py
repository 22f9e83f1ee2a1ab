"""The plan: what is written, kept, removed, and what is in the way."""

from explainer.base.files import Output, digest_of
from explainer.docs import ledger

PAGE = Output("a/b.md", b"new", "content/a/b.md")
OLD = digest_of(b"old")


def test_a_page_that_is_not_there_is_written() -> None:
    assert ledger.plan({"a/b.md": PAGE}, {}, {}).write == (PAGE,)


def test_a_page_that_is_as_it_should_be_is_kept() -> None:
    assert ledger.plan({"a/b.md": PAGE}, {"a/b.md": PAGE.digest}, {}).keep == ("a/b.md",)


def test_a_page_that_the_generator_wrote_before_is_written_anew() -> None:
    assert ledger.plan({"a/b.md": PAGE}, {"a/b.md": OLD}, {"a/b.md": (OLD,)}).write == (PAGE,)


def test_a_page_that_somebody_changed_is_a_conflict_that_names_the_record() -> None:
    plan = ledger.plan({"a/b.md": PAGE}, {"a/b.md": "other"}, {"a/b.md": (OLD,)})

    assert plan.write == ()
    assert "edit content/a/b.md instead" in plan.conflicts[0].message


def test_a_page_that_is_no_longer_made_is_removed() -> None:
    assert ledger.plan({}, {"a/b.md": OLD}, {"a/b.md": (OLD,)}).remove == ("a/b.md",)


def test_a_strangers_file_is_a_conflict_and_stays() -> None:
    plan = ledger.plan({}, {"a/mine.md": OLD}, {})

    assert plan.remove == ()
    assert [problem.path for problem in plan.conflicts] == ["docs/a/mine.md"]


def test_a_ledger_reads_what_it_wrote() -> None:
    files = {"a/b.md": tuple(sorted([OLD, PAGE.digest]))}

    assert files == ledger.read(ledger.write(files))


def test_a_damaged_ledger_is_not_believed() -> None:
    assert [ledger.read(text) for text in (None, "", "{", '{"version": 99, "files": {}}')] == [{}, {}, {}, {}]
