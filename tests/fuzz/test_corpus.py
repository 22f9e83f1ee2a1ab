"""What the fuzzer has found once never happens again; and a case is the same after it was kept."""

from pathlib import Path

import pytest

from tests.fuzz import case, mutate
from tests.fuzz.__main__ import CORPUS
from tests.fuzz.bases import Bases
from tests.fuzz.case import Case
from tests.fuzz.judge import finding
from tests.fuzz.shrink import Shrinker

CASES = sorted(path.name for path in CORPUS.iterdir())


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Bases:
    """The dossiers, each generated when it is first asked for."""
    return Bases(tmp_path_factory.mktemp("bases"))


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_once_does_not_happen_again(name: str, bases: Bases, tmp_path: Path) -> None:
    assert finding(case.load(CORPUS / name), bases, tmp_path / "trial") is None


def test_a_case_is_the_same_after_it_was_kept(tmp_path: Path) -> None:
    odd = Case("harbour", {"content/a\n.md": b"\xff\r\n", "content/\udcff.yml": b""}, ("content/b.md",), ("check", "\0"), {"A": None, "B": ""}, build=True)  # fmt: skip
    odd.save(tmp_path / "odd", "nothing")

    assert case.load(tmp_path / "odd") == odd


def test_a_seed_gives_the_same_case_again(bases: Bases) -> None:
    seeds = [seed for seed in range(40) if mutate.drawn(seed, bases).base == "harbour"]

    assert len(seeds) > 10
    assert [mutate.drawn(seed, bases) for seed in seeds] == [mutate.drawn(seed, bases) for seed in seeds]


def test_a_case_is_made_as_small_as_the_fault_allows() -> None:
    files = {"a.md": b"one\ntwo\nthree\nfour\n"}
    big = Case("harbour", {"a.md": b"one\ntwo x\nnew !!\nthree\nfive\n", "b.md": b"more"}, build=True)
    small = Shrinker(lambda tried: b"!" in tried.files.get("a.md", b""), 300).smallest(big, files)

    assert small == Case("harbour", {"a.md": b"!"})
