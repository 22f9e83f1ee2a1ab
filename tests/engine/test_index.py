"""The search as files: the same from the same texts, kept from build to build, never believed when damaged."""

import base64
import gzip
import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from explainer import build
from explainer.incremental.store import FOLDER, Store
from explainer.publish.search import index
from explainer.publish.search.names import NAMES
from explainer.publish.swap import PublishError
from tests.conftest import change, tree


@pytest.fixture
def made(harbour: Path) -> Path:
    """The harbour dossier with its pages generated and its search placed once."""
    build.generate(harbour)
    install(harbour)
    return harbour


def install(root: Path) -> None:
    """Place the search of a dossier in its site."""
    index.install(Store(root), root / "docs", root / "site")


def names(root: Path) -> dict[str, Any]:
    """What the script is told of the records."""
    told: dict[str, Any] = json.loads(gzip.decompress((root / "site/search" / NAMES).read_bytes()))
    return told


def test_only_what_the_search_uses_is_on_the_site_and_all_of_it(made: Path) -> None:
    found = sorted(tree(made / "site/search"))
    fragments = [path for path in found if path.startswith("fragment/")]
    told = names(made)
    texts = told["records"]["text"]
    width = len(texts) // len(told["records"]["at"])
    named = [texts[place : place + width].strip() for place in range(0, len(texts), width)]

    assert fragments == sorted(f"fragment/en_{name}.pf_fragment" for name in named)
    others = [path for path in found if path not in fragments and not path.startswith("index/")]
    assert [path.partition("_")[0] for path in others] == [
        "names.bin",
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.en",
        "wasm.en.pagefind",
    ]


def test_a_record_is_told_with_its_names_its_facets_and_what_uses_it(made: Path) -> None:
    told = names(made)
    records = told["records"]
    number = records["at"].index("operations/beacon-2001/")
    values = {facet["key"]: facet["values"] for facet in told["facets"]}
    facets = {key: [values[key][value] for value in column[number] or ()] for key, column in records["facets"].items()}

    assert records["title"][number] == "Operation Beacon"
    assert 0 in records["names"][number]  # its id, which its address ends with
    assert facets["year"] == [2001]
    assert values["kind"][records["kind"][number]] == "Operation"
    columns = (records["title"], records["names"], records["kind"], records["users"], *records["facets"].values())
    assert {len(column) for column in columns} == {len(records["at"])}


def test_the_same_texts_give_the_same_bytes(made: Path) -> None:
    before = tree(made / "site")
    shutil.rmtree(made / FOLDER)
    install(made)

    assert tree(made / "site") == before


def test_nothing_is_made_again_where_nothing_changed(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(made / "site")
    monkeypatch.setattr(index, "make", None)
    shutil.rmtree(made / "site")
    install(made)

    assert tree(made / "site") == before


@pytest.mark.parametrize("named", ["../../content/people/ada-quay.md", "search/../../docs/index.md", "index.html"])
def test_a_search_that_comes_from_elsewhere_never_writes_outside_its_folder(named: str, made: Path) -> None:
    before, records = tree(made / "site"), tree(made / "content")
    store = Store(made)
    key, _ = store.load(index.KEPT)
    store.save(index.KEPT, (key, {named: store.put(b"poison")}))
    install(made)

    assert (tree(made / "site"), tree(made / "content")) == (before, records)


def test_a_changed_text_takes_the_place_of_the_old_search(made: Path) -> None:
    old = set(tree(made / "site/search"))
    change(made / "content/operations/beacon-2001.md", ("other_names: [Béacon]", "other_names: [Marigold]"))
    build.generate(made)
    install(made)

    assert old - set(tree(made / "site/search"))
    assert ["Marigold"] in [[name for name in each if name == "Marigold"] for each in names(made)["records"]["names"]]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {"type": "Error", "message": "no room"},
            "the search index could not be made, 'no room' says Pagefind, which makes it of docs/search/.texts/; expected it to ",
        ),
        (None, "Pagefind, which makes the search index, ended before it was whole; expected memory and space"),
    ],
)
def test_pagefind_that_fails_is_said_and_leaves_nothing_behind(
    answer: dict[str, str] | None, words: str, harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.generate(harbour)
    said = base64.b64encode(json.dumps({"message_id": 0, "payload": answer}).encode()).decode() + "," if answer else ""
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\nprintf '%s' '{said}'\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: program)

    with pytest.raises(PublishError, match=words):
        install(harbour)

    assert index.kept(Store(harbour)).digests == {}
    assert tree(harbour / "site") == {}
