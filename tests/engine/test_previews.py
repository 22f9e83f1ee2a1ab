"""What links show of the records that they lead to: small files, of which a script loads the one that holds an address."""

import json
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.library import addresses
from explainer.outputs import previews
from tests.conftest import TESTS

SHARED = json.loads((TESTS / "js" / "fixtures" / "words.json").read_text(encoding="utf-8"))
"""Read by tests/js/shared.test.js as well."""


def test_an_address_lies_in_the_piece_that_the_script_looks_into() -> None:
    assert [[each, previews.piece(*each)] for each, _ in SHARED["pieces"]] == SHARED["pieces"]


@given(st.lists(st.integers(0, previews.LARGEST // 2), max_size=40))
@settings(max_examples=30)
def test_there_are_as_few_pieces_as_keep_each_small(lengths: list[int]) -> None:
    every = {f"a/{number}é/": ["x" * length, "b"] for number, length in enumerate(lengths)}
    texts = previews._pieces(previews.told(*each) for each in every.items())
    half: dict[int, int] = {}
    for number, text in enumerate(texts):
        place = number % max(1, len(texts) // 2)
        half[place] = half.get(place, 0) + len(text.encode())

    assert {address for text in texts for address in json.loads(text[text.index("{") : -3])} == every.keys()
    assert max(len(text.encode()) for text in texts) <= previews.LARGEST
    assert len(texts) == 1 or max(half.values()) > previews.LARGEST


def held(docs: Path) -> dict[str, list[str]]:
    """Address -> preview, of all pieces; fails where one lies in a piece that the script would not look into."""
    files = sorted((docs / addresses.PREVIEWS).iterdir())
    every: dict[str, list[str]] = {}
    for file in files:
        call = re.fullmatch(r"explainerPreviews\((\d+),(.*)\);\n", file.read_text(encoding="utf-8"))
        assert call
        assert call[1] == file.stem
        for address, said in json.loads(call[2]).items():
            assert previews.piece(address, len(files)) == int(file.stem)
            every[address] = said
    return every


def test_pages_records_and_records_within_pages_have_title_type_date_and_summary(generated: Path) -> None:
    found = held(generated / "docs")

    assert found["operations/beacon-2001/"][:2] == ["Operation Beacon", "Operation, 6–10 April 2001"]
    assert found["operations/"][0] == "Operations"
    assert found["glossary/#lamp"][:2] == ["lamp", "Term"]
    assert all(said[0] for said in found.values())


def test_a_piece_is_small_however_many_records_there_are() -> None:
    every = {f"ships/{number}/": [f"Ship {number}", "Ship", "x" * 300] for number in range(1000)}
    texts = previews._pieces(previews.told(*each) for each in every.items())

    assert len(texts) & (len(texts) - 1) == 0
    assert max(len(text) for text in texts) <= previews.LARGEST


def test_a_summary_ends_after_a_word() -> None:
    assert previews._short("word " * 60 + "and more") == "word " * 60 + "and …"
