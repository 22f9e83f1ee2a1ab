"""Texts in packs: what is kept is read back, lost ones are made again, and few packs hold few bytes that nobody needs."""

import marshal
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer import build
from explainer.base.dependencies import Memo
from explainer.incremental import results
from explainer.incremental.store import FOLDER, Store
from explainer.incremental.text_packs import Place, TextPacks
from tests.conftest import change, tree

NAMES = st.sampled_from("abcdefgh")
RUNS = st.lists(
    st.tuples(st.dictionaries(NAMES, st.text(max_size=40), max_size=4), st.sets(NAMES, max_size=3)), max_size=12
)
"""For each run: the texts that it makes, and the names that are gone."""


@pytest.mark.parametrize("reads_at", [True, False], ids=["of an open file", "of all bytes"])
@settings(max_examples=60)
@given(RUNS)
def test_after_any_runs_every_text_is_as_it_was_made_last(
    tmp_path_factory: pytest.TempPathFactory, reads_at: bool, runs: list[tuple[dict[str, str], set[str]]]
) -> None:
    store = Store(tmp_path_factory.mktemp("packs"))
    packs = TextPacks()
    places: dict[str, Place] = {}
    texts: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        if not reads_at:
            patch.delattr(os, "pread")
        for made, gone in runs:
            kept: dict[str, Place] = {name: places[name] for name in places.keys() - made.keys() - gone}
            packs, places = packs.renewed(store, made, kept)
            texts = {name: texts[name] for name in kept} | made
            packs = TextPacks(Store(store.folder.parents[1]), packs.told)  # as the next process reads them

            assert {name: packs.read(place) for name, place in places.items()} == texts
    held, needed = sum(size for _, size in packs.told), sum(len(text.encode()) for text in texts.values())
    assert held <= 2 * needed + sum(len(text) for text in runs[-1][0].values()) * 4 if runs else held == 0
    assert len(packs.told) <= max(1, held).bit_length() + 1


def test_many_small_runs_leave_few_packs_and_copy_the_large_one_never(tmp_path: Path) -> None:
    store = Store(tmp_path)
    packs, places = TextPacks().renewed(store, {f"large {number}": "x" * 1000 for number in range(100)}, {})
    first = packs.told[0]
    for number in range(40):
        packs, places = packs.renewed(store, {f"small {number}": "y" * 10}, places)

    assert packs.told[0] == first
    assert len(packs.told) < 10
    assert len(places) == 140


def test_a_text_that_is_lost_is_computed_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    packs, places = TextPacks().renewed(store, {"a": "lamp"}, {})
    (store.folder / packs.digests[0]).write_bytes(b"bulb")
    again = TextPacks(Store(tmp_path), packs.told)
    memo = Memo()
    memo.kept = lambda name: again.read(places[name])

    assert memo.text("a", lambda: "lamp again") == "lamp again"
    assert "a" in memo.traces


@pytest.mark.parametrize("place", [(), (0, 0), (0, 0, 5), (1, 0, 1), (0, -1, 2), (0, 2, "x"), "abc", (0, 1 << 70, 1)])
def test_what_is_no_place_is_a_lost_text(place: Any, tmp_path: Path) -> None:
    packs, places = TextPacks().renewed(Store(tmp_path), {"a": "lamp"}, {})
    packs = TextPacks(Store(tmp_path), packs.told)
    again, found = packs.renewed(Store(tmp_path), {"b": "oar"}, {**places, "c": place})

    assert packs.read(places["a"]) == "lamp"
    assert packs.read(place) is None
    assert [TextPacks(Store(tmp_path), again.told).read(found[name]) for name in "ab"] == ["lamp", "oar"]


def test_a_store_that_cannot_be_written_leaves_the_packs_as_they_were(tmp_path: Path) -> None:
    store = Store(tmp_path)
    packs, places = TextPacks().renewed(store, {"a": "lamp"}, {})
    store.usable = False

    assert packs.renewed(store, {"b": "oar"}, places) == (packs, places)


@pytest.mark.parametrize("spoilt", [None, b"x" * 9, b""], ids=["deleted", "other", "emptied"])
def test_a_dossier_whose_packs_are_damaged_is_built_as_from_nothing(spoilt: bytes | None, harbour: Path) -> None:
    build.generate(harbour)
    told = results_of(harbour)
    for digest, _ in told:
        pack = harbour / FOLDER / digest
        pack.unlink()
        if spoilt is not None:
            pack.write_bytes(spoilt)
    change(harbour / "content/operations/beacon-2001.md", ("other_names: [Béacon]", "other_names: [Marigold]"))
    build.generate(harbour)
    found = tree(harbour / "docs")
    for entry in (harbour / FOLDER).iterdir():
        if entry.is_file():
            entry.unlink()
    build.generate(harbour)

    assert told
    assert tree(harbour / "docs") == found


def results_of(root: Path) -> list[tuple[str, int]]:
    """The packs of the results of a dossier."""
    told: list[tuple[str, int]] = Store(root).load(results.NAME)[3]
    return told


def test_edits_save_what_differs_until_that_is_much_and_then_all(harbour: Path) -> None:
    build.generate(harbour)
    path = harbour / "content/operations/beacon-2001.md"
    bases, differing = [], []
    for _ in range(6):
        change(path, (path.read_text("utf-8"), f"{path.read_text('utf-8').rstrip()} Again.\n"))
        build.generate(harbour)
        _, _, _, _, base, _, changed, _ = Store(harbour).load(results.NAME)
        bases.append(base)
        differing.append(len(changed))
    again = tree(harbour / "docs")
    _, nodes = marshal.loads((harbour / FOLDER / bases[-1]).read_bytes())  # noqa: S302 - our own
    (harbour / FOLDER / bases[-1]).write_bytes(b"damaged")
    build.generate(harbour)

    assert len(set(bases)) < len(bases)
    assert max(differing) <= len(nodes) / 3
    assert tree(harbour / "docs") == again
