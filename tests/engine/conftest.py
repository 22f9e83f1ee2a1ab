"""Holds that no test of the engine reads a record of this dossier."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import PROJECT

RECORDS = str(PROJECT / "content") + os.sep
ORDER = f"{RECORDS}site.yml"
"""Names the kinds of record in their order, which the registry reads."""


class _Watch:
    """Notes the records of this dossier that are opened while a test of the engine runs."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.on and event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(RECORDS):
            self.seen += [arguments[0]] if arguments[0] != ORDER else []


WATCH = _Watch()
sys.addaudithook(WATCH)


@pytest.fixture(autouse=True)
def _reads_no_record_of_this_dossier() -> Iterator[None]:
    WATCH.on, WATCH.seen = True, []
    yield
    WATCH.on = False
    assert WATCH.seen == [], "a test of the engine has invented records only; move it to tests/dossier"
