"""The rooms: a module imports only from its own room and from those before it (docs/contributing/architecture.md)."""

import statistics
from collections import Counter

import pytest

from tests.rooms import BEGIN, END, PACKAGE, PAGE, ROOMS, STARTER, cycles, described, modules, paths

LONGEST, MIDDLE = 400, 100
"""Lines of a module: at most, and at the median."""


@pytest.mark.parametrize("name", paths())
def test_a_module_imports_only_from_its_own_room_and_those_before_it(name: str) -> None:
    module = modules()[name]
    later = ROOMS[ROOMS.index(module.room) + 1 :]

    assert [target for target in sorted(module.imports) if target.partition(".")[0] in later] == []


def test_no_module_imports_the_kinds_of_a_dossier() -> None:
    assert [name for name, module in modules().items() if {"kinds", "scripts"} & module.packages] == []
    assert "explainer" in modules()["build"].packages


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert cycles(modules()) == set()


def test_every_module_stands_in_a_room_and_every_room_is_there() -> None:
    assert {module.room for module in modules().values()} == set(ROOMS)


def test_every_folder_of_code_and_every_module_says_in_a_sentence_what_it_holds() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py") if STARTER not in path.parents}

    assert [folder.name for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []
    assert [name for name, module in modules().items() if not module.sentence.endswith((".", ":"))] == []


def test_no_name_of_a_class_has_two_meanings() -> None:
    names = Counter(name for module in modules().values() for name in module.classes)

    assert [name for name, number in names.items() if number > 1] == []


def test_no_module_is_long_and_most_are_short() -> None:
    lines = [module.lines for module in modules().values()]

    assert {name: module.lines for name, module in modules().items() if module.lines > LONGEST} == {}
    assert statistics.median(lines) <= MIDDLE


def test_the_page_on_architecture_is_made_from_the_rooms() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert text.partition(BEGIN)[2].partition(END)[0] == described(modules()), "run python -m tests.rooms --write"
