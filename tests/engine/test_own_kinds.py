"""Tests of a dossier's own kinds: how they are loaded, what is refused, and what changes when one does."""

import json
import shutil
from pathlib import Path

import pytest

from explainer import build
from explainer.base.problems import ContentError
from explainer.kinds import registry
from explainer.serve.live import Live
from explainer.serve.watch import Watcher
from tests.conftest import Run, problems_of

SITE = """title: Boats
summary: Boats.
url: https://boats.example/
repository: https://git.example/boats
author: A
licence: CC0
licence_url: https://cc.example/
independence: Ours.
updated: '2026-01-01'
"""
HEAD = """from typing import Annotated, ClassVar

from explainer.base.values import Slug, Text
from explainer.records.editions import Editions
from explainer.records.model import Refers
from explainer.records.record import Story
from explainer.records.traits import Dated


"""
BOAT = (
    HEAD
    + '''class Boat(Story):
    """A boat."""

    KIND: ClassVar[str] = "boat"
    FOLDER: ClassVar[str] = "boats"

    name: Text
    """Its name."""
    length: int
    """Its length in metres."""
'''
)
WORDS = """kinds: {boat: Boat}
plural: {boat: boats}
counted-kind: {boat: {one: boat, other: boats}}
related: {boat: Boats}
sections: {boats: {title: Boats, summary: All boats.}}
fields-shown: {boat: {length: {name: Length}}}
"""
RECORD = """---
id: heron
name: "The *Heron* <b>"
length: 3
summary: A boat with a sail.
---
It was built for the river.
"""


@pytest.fixture
def boats(tmp_path: Path) -> Path:
    """A dossier with one kind of its own and one record of it."""
    root = tmp_path / "boats"
    for path, text in {
        "content/site.yml": SITE,
        "content/boats/heron.md": RECORD,
        "scripts/kinds/boat/model.py": BOAT,
        "scripts/kinds/boat/words.en.yml": WORDS,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def test_a_kind_is_a_folder_and_has_pages_without_a_page_module(boats: Path) -> None:
    assert problems_of(boats) == []
    build.generate(boats)
    page = (boats / "docs" / "boats" / "heron.md").read_text(encoding="utf-8")
    assert "# The &#42;Heron&#42; &#60;b&#62;" in page
    assert "Length\n:   3" in page
    assert "[Boats](index.md)" in page
    assert "[The &#42;Heron&#42; &#60;b&#62;](heron.md)" in (boats / "docs" / "boats" / "index.md").read_text()


@pytest.mark.parametrize(
    ("model", "found"),
    [
        (
            "class Boat(",
            [
                "1:1: cannot be loaded (SyntaxError: '(' was never closed (model.py, line 1)); expected Python that defines the kind; correct it"
            ],
        ),
        (
            "\nclass Boat(Story):\n    pass\n",
            [
                "2:1: cannot be loaded (NameError: name 'Story' is not defined); expected Python that defines the kind; correct it"
            ],
        ),
        (
            "raise ValueError('first\\nsecond')\n",
            ["1:1: cannot be loaded (ValueError: first); expected Python that defines the kind; correct it"],
        ),
        (
            "import sys\nsys.exit()\n",
            ["2:1: cannot be loaded (SystemExit: ); expected Python that defines the kind; correct it"],
        ),
        *(
            (
                f"\n{line}\n",
                [f"2:1: cannot be loaded ({error}); expected Python that defines the kind; correct it"],
            )
            for line, error in (
                ("import nowhere", "ModuleNotFoundError: No module named 'nowhere'"),
                ("from ..nowhere.model import Sail", "ModuleNotFoundError: No module named 'nowhere'"),
                ("from .sails import Sail", "ModuleNotFoundError: No module named 'boat.sails'"),
            )
        ),
        (
            BOAT + BOAT.removeprefix(HEAD).replace("class Boat", "\n\nclass Ship"),
            [
                "22:1: defines the kind 'boat' again, after Boat on line 10; expected one; delete Ship, or give it a folder and a KIND of its own"
            ],
        ),
        (
            HEAD,
            [
                "1:1: defines no type of record of the kind 'boat', as its folder is called; expected a class; write KIND = \"boat\" in it"
            ],
        ),
        *(
            (
                BOAT.replace('"boat"', kind),
                [
                    "1:1: defines no type of record of the kind 'boat', as its folder is called; expected a class; write KIND = \"boat\" in it"
                ],
            )
            for kind in ('"Boat"', "5")
        ),
        (
            BOAT.replace('"boats"', '"people"'),
            ["1:1: content/people holds records of the kind 'person' already; change FOLDER"],
        ),
        (
            BOAT.replace('"boats"', '"search"'),
            ["1:1: 'search' is a folder of the engine; expected a name of its own; change FOLDER or SECTION"],
        ),
        (
            BOAT.replace('"boats"', '"../boats"'),
            [
                "10:1: '../boats' is no name for a folder or an address; expected lower-case letters a to z, digits and single hyphens, as in 'field-notes'; change FOLDER"
            ],
        ),
        (
            BOAT.replace("    name: Text", '    SECTION: ClassVar[str | None] = "Boats/All"\n\n    name: Text'),
            [
                "10:1: 'Boats/All' is no name for a folder or an address; expected lower-case letters a to z, digits and single hyphens, as in 'field-notes'; change SECTION"
            ],
        ),
        (
            BOAT.replace('    """Its length in metres."""\n', ""),
            [
                "10:1: the field 'length' has no sentence; expected one beneath it, which messages and the reference show"
            ],
        ),
        (
            BOAT.replace("length: int", "length: float"),
            ["10:1: the field 'length' is a float, which loses digits that a source gives; write Decimal"],
        ),
        (
            BOAT.replace("length: int", "length: list[int]"),
            [
                "10:1: the field 'length' is a list: a record is not changed once it is read, and only the citations of a tuple are found; write tuple[..., ...]"
            ],
        ),
        (
            BOAT.replace("length: int", "length: tuple[dict[str, str], ...] | None"),
            ["10:1: the field 'length' is a dict, whose keys no page shows; write a tuple of a part with two fields"],
        ),
        (
            BOAT.replace("class Boat", "class Mast(Model):\n    parts: set[str]\n\n\nclass Boat")
            .replace("length: int", "length: Mast")
            .replace("from", "from explainer.records.model import Model\nfrom", 1),
            ["15:1: the field 'parts' is a set, which has no order; write tuple[..., ...]"],
        ),
        (
            BOAT.replace("    name: Text", "    title: Text"),
            ["10:1: has no field 'name', which LABEL names; did you mean 'names'?"],
        ),
        (
            BOAT.replace("class Boat(Story)", "class Boat(Dated, Story)"),
            ['10:1: is Dated and does not say by which field; expected its name; add DATE = "date" or another'],
        ),
        (
            BOAT.replace("length: int", 'owner: Annotated[Slug, Refers("persn")]'),
            ["1:1: the field 'owner' refers to records of 'persn', which is no kind here; did you mean 'person'?"],
        ),
        (
            BOAT.replace("class Boat(Story)", "class Boat(Editions)"),
            [
                "10:1: has editions and does not say how their parts are numbered; add PARTS = PartScheme(...)",
                '10:1: has editions whose reviews: names no record of this kind; declare reviews: Annotated[Slug, Refers("boat")] | None = None',
                '10:1: is Dated and does not say by which field; expected its name; add DATE = "date" or another',
            ],
        ),
    ],
)
def test_a_model_that_is_not_whole_is_refused_with_its_line(boats: Path, model: str, found: list[str]) -> None:
    (boats / "scripts/kinds/boat/model.py").write_text(model, encoding="utf-8")
    assert problems_of(boats) == [f"scripts/kinds/boat/model.py:{line}" for line in found]
    assert not (boats / "docs").exists()


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("words.en.yml", "kinds\n", "words.en.yml:1:1"),
        ("boat.md.j2", "A boat, from K\xf8benhavn.\n", "boat.md.j2:1:15"),
        ("checks.py", "def wrong(library, pages):\n    yield 1 / 0\n\n\nCHECKS = (wrong,)\n", "checks.py:2:1"),
    ],
)
def test_programs_are_told_what_is_wrong_with_a_kind_as_they_are_of_a_record(
    boats: Path, run: Run, file: str, text: str, place: str
) -> None:
    (boats / "scripts/kinds/boat" / file).write_text(text, encoding="latin-1")
    ran = run("--root", boats, "check", "--format", "json")
    path, line, column = f"scripts/kinds/boat/{place}".split(":")
    told = json.loads(ran.out)["problems"]

    assert (ran.status, ran.err) == (1, "")
    assert [(each["path"], each["line"], each["column"]) for each in told] == [(path, int(line), int(column))]


def test_words_that_a_kind_lacks_are_named(boats: Path) -> None:
    (boats / "scripts/kinds/boat/words.en.yml").write_text(WORDS.replace("related: {boat: Boats}\n", ""))
    assert problems_of(boats) == [
        (
            "scripts/kinds/boat/words.en.yml:1:1: 1 word is missing in 'en' for the kind 'boat': related.boat; "
            "expected every word of the site; write them in scripts/kinds/boat/words.en.yml (`explainer words en` prints what is missing)"
        )
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a\n", "1:1: the file holds no fields; expected name: value, one a line; write title: and the others"),
        ("kinds:\n\tboat: x\n", "2:1: a tab indents this line; expected spaces; replace the tab by two spaces"),
        (
            "kinds: &a {boat: *a}\n",
            "1:18: an alias (*name) repeats a value; expected each value written out; write it again here",
        ),
    ],
)
def test_words_of_a_kind_that_cannot_be_read_are_a_problem(boats: Path, text: str, found: str) -> None:
    (boats / "scripts/kinds/boat/words.en.yml").write_text(text, encoding="utf-8")
    assert problems_of(boats) == [f"scripts/kinds/boat/words.en.yml:{found}"]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (
            "kinds: [boat, peeple]\n",
            [
                (
                    "content/site.yml:10:1: kinds: 'peeple' is no kind of record; expected one of boat, claim, country, diagram, dispute, event, explainer, "
                    "measure, organisation, person, region, source, term, theme, or a folder scripts/kinds/peeple/ with a model.py"
                )
            ],
        ),
        (
            "kinds: [explainer]\n",
            [
                (
                    "content/boats/heron.md:1:1: 'boats' holds no type of record; scripts/kinds/ has the kind 'boat', "
                    "which content/site.yml does not name; add it to kinds: there"
                )
            ],
        ),
        (
            "kinds: [explainer]\nmenu:\n  - sections: [boats]\nsections:\n  boats: {title: All boats}\n",
            [
                (
                    f"content/site.yml:{place}: 'boats' is no section of the site; scripts/kinds/ has the kind 'boat', "
                    "which content/site.yml does not name; add it to kinds: there"
                )
                for place in ("12:16", "14:3")
            ],
        ),
        (
            "menu:\n  - sections: [boatz]\n",
            ["content/site.yml:11:16: 'boatz' is no section of the site; did you mean 'boats'?"],
        ),
    ],
)
def test_an_order_or_a_menu_that_names_nothing_is_a_problem(boats: Path, settings: str, found: list[str]) -> None:
    if "menu" in settings:
        shutil.rmtree(boats / "content/boats")
    (boats / "content/site.yml").write_text(SITE + settings, encoding="utf-8")
    assert problems_of(boats) == found


@pytest.mark.parametrize("key", ["'kinds':", '"kinds":', "kinds :"])
def test_the_order_of_kinds_may_stand_under_a_key_in_quotes(boats: Path, key: str) -> None:
    (boats / "content/site.yml").write_text(SITE + f"{key} [source, boat]\n", encoding="utf-8")
    assert [model.KIND for model in registry.load(boats).types][:2] == ["source", "boat"]


@pytest.mark.parametrize("name", ["boat.x", "Boat", "boat__x"])
def test_a_folder_whose_name_is_that_of_no_kind_is_refused(boats: Path, name: str) -> None:
    (boats / "scripts/kinds/boat").rename(boats / "scripts/kinds" / name)
    message = "is no name for the folder of a kind; expected lower-case letters a to z, digits and single underscores"
    assert problems_of(boats) == [
        f"scripts/kinds/{name}/model.py:1:1: '{name}' {message}, as in field_note; rename it",
    ]


def test_the_words_of_a_kind_do_not_replace_those_of_the_engine(boats: Path) -> None:
    words = WORDS.replace("plural: {boat: boats}", "plural: {boat: boats, person: sailors}") + "home: Harbour\n"
    (boats / "scripts/kinds/boat/words.en.yml").write_text(words, encoding="utf-8")
    assert problems_of(boats) == [
        f"scripts/kinds/boat/words.en.yml:{place}: '{key}' is a word of the engine; expected words of this kind only; "
        "delete it, or replace the word in content/words/, where a dossier does so"
        for place, key in (("2:23", "plural.person"), ("7:1", "home"))
    ]


LEAVING = """import sys
from explainer.pages.page import LazyPage


def made():
    sys.exit()


def pages(library):
    yield LazyPage(library, "boats/index.md", made)
"""


def test_settings_order_the_kinds_and_those_not_named_follow(boats: Path) -> None:
    (boats / "content/site.yml").write_text(SITE + "kinds: [source, boat,\n  person]\n", encoding="utf-8")
    order = [model.KIND for model in registry.load(boats).types]
    assert order[:4] == ["source", "boat", "person", "explainer"]
    assert set(order) == {"boat", *(model.KIND for model in registry.ENGINE.types)}


def test_the_same_kinds_in_two_places_are_one_package_and_other_kinds_another(boats: Path, tmp_path: Path) -> None:
    shutil.copytree(boats, tmp_path / "copy")
    first, second = registry.load(boats), registry.load(tmp_path / "copy")
    assert first.by_kind["boat"].__module__ == second.by_kind["boat"].__module__
    (tmp_path / "copy/scripts/kinds/boat/model.py").write_text(BOAT.replace("metres", "feet"))
    third = registry.load(tmp_path / "copy")
    assert third.by_kind["boat"] is not first.by_kind["boat"]
    assert third.fingerprint != first.fingerprint


def test_a_changed_kind_makes_its_pages_again_as_a_clean_run_does(boats: Path) -> None:
    build.generate(boats)
    words = boats / "scripts/kinds/boat/words.en.yml"
    words.write_text(WORDS.replace("Length}", "Length (m)}"), encoding="utf-8")
    build.generate(boats)
    warm = {path: path.read_bytes() for path in sorted((boats / "docs").rglob("*")) if path.is_file()}
    assert b"Length (m)\n:   3" in warm[boats / "docs/boats/heron.md"]
    shutil.rmtree(boats / "docs")
    shutil.rmtree(boats / ".cache")
    build.generate(boats)
    assert warm == {path: path.read_bytes() for path in sorted((boats / "docs").rglob("*")) if path.is_file()}


def test_a_kind_that_is_given_up_leaves_no_page_behind(boats: Path) -> None:
    build.generate(boats)
    assert (boats / "docs/boats/heron.md").is_file()
    shutil.rmtree(boats / "content/boats")
    shutil.rmtree(boats / "scripts")
    build.generate(boats)
    assert not (boats / "docs/boats").exists()


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (
            "length: {name: Length}",
            "lenght: {name: Length}, length: {name: Length}",
            "6:23: 'fields-shown.boat.lenght' is no word of the site; did you mean 'length'?",
        ),
        (
            "length: {name: Length}",
            "length: Length",
            "6:31: fields-shown.boat.length: expected several words, as in English; write name: word, one a line",
        ),
        (
            "one: boat,",
            "one: '{n} boat',",
            "3:28: counted-kind.boat: nothing is filled in for {n}; expected none here; correct it",
        ),
        ("plural: {boat: boats}", "plural: {boat: boats", None),
        (
            "related:",
            "next: {boat: 'Next: {lnk}'}\nrelated:",
            "4:14: next.boat: nothing is filled in for {lnk}; did you mean 'link'?",
        ),
        (
            "related:",
            "columns: {boats: 'Boats {n}'}\nrelated:",
            "4:18: columns.boats: nothing is filled in for {n}; expected none here; correct it",
        ),
        (
            "related:",
            "boat-page: {sails: 'Sails {'}\nrelated:",
            "4:20: boat-page.sails: has a brace without a partner, or with more than a name; expected {name} for what is filled in; close it, or delete it",
        ),
    ],
)
def test_words_of_a_kind_that_do_not_fit_areproblems_of(
    boats: Path, before: str, after: str, found: str | None
) -> None:
    (boats / "scripts/kinds/boat/words.en.yml").write_text(WORDS.replace(before, after), encoding="utf-8")
    problems = problems_of(boats)
    assert problems[0].startswith("scripts/kinds/boat/words.en.yml:")
    if found:
        assert problems == [f"scripts/kinds/boat/words.en.yml:{found}"]


FILLED = "nothing is filled in for {nope}; "


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{{ t("boat-page.sails") }}', f"{FILLED}expected none here; correct it"),
        ('{{ say("boat-page.sails") }}', f"{FILLED}expected none here; correct it"),
        ('{{ say("boat-page.sails", n=1) }}', f"{FILLED}expected {{n}}; correct it"),
        ('{{ say("boat-page.sails", n=(1), note="nope=(") }}', f"{FILLED}expected {{n}}, {{note}}; correct it"),
        ('{{ say("boat-page.sails", note=1) }}{{ t("boat-page.sails") }}', f"{FILLED}expected {{note}}; correct it"),
        ('{{ say("boat-page.sails", nope=1) }}', None),
        ('{{ say("boat-page.sails", **data.parts) }}', None),
        ('{% set key = "boat-page.sails" %}{{ say(key, nope=1) }}', None),
        ('{% set key = "sails" %}{{ say("boat-page." ~ key, nope=1) }}', None),
        ('{{ t("boat-page", "sails") | replace("{nope}", "1") }}', None),
    ],
)
def test_a_word_that_templates_of_the_kind_say_names_what_they_fill_in(
    boats: Path, template: str, said: str | None
) -> None:
    folder = boats / "scripts/kinds/boat"
    (folder / "words.en.yml").write_text(f"{WORDS}boat-page: {{sails: 'Sails {{nope}}'}}\n", encoding="utf-8")
    text = LAYOUT.replace("{{ record.length }}", "{% if false %}" + template + "{% endif %}{{ record.length }}")
    (folder / "boat.md.j2").write_text(text, encoding="utf-8")

    assert problems_of(boats) == ([f"scripts/kinds/boat/words.en.yml:7:20: boat-page.sails: {said}"] if said else [])


@pytest.mark.parametrize("groups", ['("§ ",)', '("par", "para")'])
def test_groups_of_parts_that_are_no_ids_are_refused(boats: Path, groups: str) -> None:
    model = BOAT.replace("class Boat(Story)", "class Boat(Editions)").replace(
        "    name: Text",
        f'    DATE: ClassVar[str] = "length"\n    PARTS: ClassVar[PartScheme] = PartScheme({groups})\n'
        '    reviews: Annotated[Slug, Refers("boat")] | None = None\n    """The edition before."""\n    name: Text',
    )
    (boats / "scripts/kinds/boat/model.py").write_text(model.replace("import Editions", "import Editions, PartScheme"))
    (problem,) = problems_of(boats)
    assert problem.startswith("scripts/kinds/boat/model.py:10:1: PARTS: '")
    assert "' is no group; expected lower-case letters that begin no other group, as in 'par'" in problem


def test_a_kind_that_breaks_while_it_is_served_is_seen_and_seen_again_when_mended(boats: Path) -> None:
    model = boats / "scripts/kinds/boat/model.py"
    with Watcher(boats, None, lambda _: None) as watcher:
        model.write_text("class Boat(", encoding="utf-8")
        watcher.wait()
        model.write_text(BOAT, encoding="utf-8")
        watcher.wait()


def test_a_page_module_that_fails_does_not_end_the_server(boats: Path) -> None:
    (boats / "scripts/kinds/boat/page.py").write_text("def pages(library):\n    yield 1 / 0\n", encoding="utf-8")
    live = Live(boats, boats / ".cache/serve/site", 1)
    assert live.refresh().endswith("scripts/kinds/boat/page.py:2: failed (ZeroDivisionError: division by zero)")


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        (
            "page.py",
            "def pages(library):\n    yield 1 / 0\n",
            "page.py:2:1: failed (ZeroDivisionError: division by zero)",
        ),
        (
            "page.py",
            "import sys\ndef pages(library):\n    yield from ()\n    sys.exit()\n",
            "page.py:4:1: failed (RuntimeError: it leaves by sys.exit()); expected what the engine asks of a kind; correct it",
        ),
        (
            "page.py",
            LEAVING,
            "page.py:6:1: failed (RuntimeError: it leaves by sys.exit()); expected what the engine asks of a kind; correct it",
        ),
        (
            "page.py",
            "x = 1\n",
            "page.py:1:1: defines no pages, which the engine looks for here; write it, or delete the file",
        ),
        ("boat.md.j2", "A boat.\n{{ data.nothing.more }}\n", "boat.md.j2:2:1: failed (UndefinedError: "),
        ("boat.md.j2", '{% extends "nowhere.md.j2" %}\n', "boat.md.j2:1:1: failed (TemplateNotFound: "),
    ],
)
def test_what_the_code_of_a_kind_raises_is_a_problem_with_its_line(
    boats: Path, run: Run, file: str, text: str, found: str
) -> None:
    (boats / "scripts/kinds/boat" / file).write_text(text, encoding="utf-8")
    ran = run("--root", boats, "generate")
    assert ran.status == 1
    assert f"scripts/kinds/boat/{found}" in ran.err


PAGE = "yield LazyPage(library, path, compose)"
PROBLEM = "yield library.document(record).problem(…)"
FUNCTION = "write def pages(library), which yields each page of the kind"
CHECKS = "write CHECKS = (name_of_one, name_of_another)"
MAKES = "from explainer.pages.page import LazyPage\n\ndef empty():\n    pass\n\ndef pages(library):\n    yield "


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        (
            "page.py",
            "def pages(library): return None\n",
            f"1:1: pages returns None; expected an iterator of LazyPage; {PAGE}",
        ),
        (
            "page.py",
            "\ndef pages(library):\n    yield 5\n",
            f"2:1: pages yields a value of the type int; expected an iterator of LazyPage; {PAGE}",
        ),
        (
            "page.py",
            "\ndef pages(library):\n    return 'boats/heron.md'\n",
            f"2:1: pages returns a value of the type str; expected an iterator of LazyPage; {PAGE}",
        ),
        ("page.py", "\n\npages = 5\n", f"3:1: pages is a value of the type int; expected a function; {FUNCTION}"),
        (
            "page.py",
            f"{MAKES}LazyPage(library, 'boats/heron.md', empty)\n",
            "3:1: empty returns None; expected a Page; return one",
        ),
        (
            "checks.py",
            "CHECKS = 5\n",
            f"1:1: CHECKS is a value of the type int; expected functions that check the library; {CHECKS}",
        ),
        (
            "checks.py",
            "\nCHECKS = (print, 5)\n",
            f"2:1: CHECKS holds a value of the type int; expected functions that check the library; {CHECKS}",
        ),
        (
            "checks.py",
            "\ndef floats(library, pages): return None\nCHECKS = (floats,)\n",
            f"2:1: floats returns None; expected an iterator of Problem; {PROBLEM}",
        ),
        (
            "checks.py",
            "\ndef floats(library, pages): yield 'sinks'\nCHECKS = [floats]\n",
            f"2:1: floats yields a value of the type str; expected an iterator of Problem; {PROBLEM}",
        ),
    ],
)
def test_what_the_code_of_a_kind_hands_over_is_told_where_it_is_of_another_type(
    boats: Path, run: Run, file: str, text: str, found: str
) -> None:
    (boats / "scripts/kinds/boat" / file).write_text(text, encoding="utf-8")

    for command in ("check", "generate"):
        ran = run("--root", boats, command)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == f"scripts/kinds/boat/{file}:{found}\n1 problem in 1 file; nothing was written.\n"


def test_a_sign_that_is_not_utf_8_in_a_comment_of_a_model_is_told_with_its_line(boats: Path) -> None:
    model = boats / "scripts/kinds/boat/model.py"
    model.write_bytes(BOAT.encode() + b"\n# \xff\n")
    assert problems_of(boats) == [
        f"scripts/kinds/boat/model.py:{BOAT.count(chr(10)) + 2}:3: byte 0xff is not UTF-8; expected UTF-8; save the file in that encoding"
    ]
    model.write_bytes(b"# coding: latin-1\n" + BOAT.encode() + b"\n# \xff\n")
    assert problems_of(boats) == []


@pytest.mark.parametrize("said", ["boat", "boats"])
def test_a_record_of_a_kind_that_the_settings_do_not_name_is_not_begun(boats: Path, run: Run, said: str) -> None:
    settings = boats / "content/site.yml"
    kinds = "kinds: [organisation, person, source]\n"
    settings.write_text(SITE + kinds, encoding="utf-8")
    began = run("--root", boats, "new", said, "tern")
    hint = "; scripts/kinds/ has the kind 'boat', which content/site.yml does not name; add it to kinds: there"
    assert (began.status, began.err) == (2, f"explainer: '{said}' is not a type of record{hint}\n")


SPARE = '''    rig: Text | None = None
    """Its sails."""
    crew: tuple[Text, ...] = ()
    """Who sails it."""
'''
UNSHOWN = "{field}: is filled{others}, but no page shows it; expected pages that print it; print record.{field} in scripts/kinds/boat/boat.md.j2, or delete the field"
LAYOUT = '{% extends "story.md.j2" %}\n{% block facts %}\n{{ record.length }}\n{% endblock %}\n'


@pytest.fixture
def rigged(boats: Path) -> Path:
    """A dossier with a kind whose own template does not print the two fields that its second record fills."""
    folder = boats / "scripts/kinds/boat"
    (folder / "model.py").write_text(BOAT + SPARE, encoding="utf-8")
    (folder / "boat.md.j2").write_text(LAYOUT, encoding="utf-8")
    words = WORDS.replace("Length}", "Length}, rig: {name: Rig}, crew: {name: Crew}")
    (folder / "words.en.yml").write_text(words, encoding="utf-8")
    filled = RECORD.replace("heron", "tern").replace("summary:", "rig: Sloop.\ncrew: [Ann]\nsummary:")
    (boats / "content/boats/tern.md").write_text(filled, encoding="utf-8")
    return boats


def test_a_filled_field_that_no_page_shows_is_a_problem_at_its_line_in_every_run(rigged: Path) -> None:
    crew = f"content/boats/tern.md:6:1: {UNSHOWN.format(field='crew', others='')}"
    rig = f"content/boats/tern.md:5:6: {UNSHOWN.format(field='rig', others='')}"
    assert [problems_of(rigged), problems_of(rigged)] == [[rig, crew]] * 2
    with pytest.raises(ContentError) as stopped:
        build.generate(rigged)
    assert [str(problem) for problem in stopped.value.problems] == [rig, crew]

    template = rigged / "scripts/kinds/boat/boat.md.j2"
    template.write_text(LAYOUT.replace("length }}", "length }} {{ record.rig }}"), encoding="utf-8")
    assert [problems_of(rigged), problems_of(rigged)] == [[crew]] * 2
    template.unlink()  # the general page shows every field
    assert problems_of(rigged) == []


def test_a_field_that_several_records_fill_is_named_once(rigged: Path) -> None:
    filled = (rigged / "content/boats/tern.md").read_text(encoding="utf-8").replace("crew: [Ann]\n", "")
    for ident in ("tern", "teal"):
        (rigged / f"content/boats/{ident}.md").write_text(filled.replace("tern", ident), encoding="utf-8")
    rig = UNSHOWN.format(field="rig", others=", here and in 1 more")
    assert problems_of(rigged) == [f"content/boats/teal.md:5:6: {rig}"]


def test_a_field_of_a_withdrawn_record_or_one_that_only_a_check_of_the_kind_reads_need_not_be_shown(
    rigged: Path,
) -> None:
    record, checks = rigged / "content/boats/tern.md", rigged / "scripts/kinds/boat/checks.py"
    text = record.read_text(encoding="utf-8")
    record.write_text(
        text.replace("summary:", "withdrawn: {date: 2025-06, reason: It sank.}\nsummary:"), encoding="utf-8"
    )
    assert problems_of(rigged) == []

    record.write_text(text, encoding="utf-8")
    checks.write_text(CREWED, encoding="utf-8")
    assert problems_of(rigged) == [f"content/boats/tern.md:5:6: {UNSHOWN.format(field='rig', others='')}"]


CREWED = '''from .model import Boat


def crews_are_small(library, pages):
    """A crew has at most three."""
    yield from ()
    assert all(len(boat.crew) <= 3 for boat in library.all(Boat))


CHECKS = (crews_are_small,)
'''


def test_kinds_are_known_again_in_another_folder_when_the_first_is_gone(boats: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(boats, again)
    build.load(boats)
    shutil.rmtree(boats)

    assert [record.label for record in build.load(again).by_kind["boat"]] == ["The *Heron* <b>"]
