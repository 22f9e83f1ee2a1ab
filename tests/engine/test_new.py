"""New records: skeletons that are valid once what they need is filled in, and lists of which no other byte changes."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from explainer.docs import documents
from explainer.editing.scaffold import answers, asking, guessing, placing, skeleton
from explainer.kinds.country import Country
from explainer.kinds.diagram import Diagram
from explainer.kinds.dispute import Dispute
from explainer.kinds.measure import Measure
from explainer.kinds.source import Source
from explainer.reading.document import Document
from explainer.reading.front_matter import split_list, split_story
from explainer.records.record import Record
from explainer.records.validate import read
from tests.conftest import Run, change, whole_harbour
from tests.kinds_of_dossier import KINDS, Agreement, Goal, Operation, Resolution, Sdg

DOCUMENTS = documents.read(whole_harbour(), KINDS)[0].documents
ANSWERS = {
    "cite": "log-2001",
    "date": "2003",
    "start": "2003",
    "kind": "official",
    "url": "https://x.example/",
    "language": "en",
}
ANSWERS |= {
    "id": "nine",
    "organ": "union",
    "owner": "union",
    "source": "log-2001",
    "alpha3": "SWE",
    "says": "It was so.",
}
ANSWERS |= {"year": "2003", "number": "9", "paragraph": "1", "verdict": "confirmed", "seen": "full", "family": "nine"}
ANSWERS |= {"parties": "union, guild", "about": "goals/1"}


def answered(model: type[Record]) -> dict[tuple[str | int, ...], str]:
    """A value for everything that a type needs."""
    values = {slot.place: ANSWERS.get(slot.name, "Some: text, with [marks] # in it") for slot in skeleton.slots(model)}
    values |= {("kind",): "agreement"} if model.KIND == "agreement" else {}
    values |= {("counts",): "items", ("behaves",): "flow"} if model is Measure else {}
    values |= {("kind",): "office"} if model.KIND == "organisation" else {}
    if model is Diagram:
        values |= {("nodes", 0, "id"): "one", ("nodes", 1, "id"): "two"}
        values |= {("ties", 0, "start"): "one", ("ties", 0, "end"): "two"}
    return values | ({("id",): "SE"} if model is Country else {})


def document(model: type[Record], text: str) -> Document:
    """The one record that a skeleton holds."""
    found = split_story("x.md", text) if model.STORY else split_list("x.yml", text)
    first = found if isinstance(found, Document) else found[0]
    assert isinstance(first, Document), found
    return first


@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize("model", KINDS.types, ids=lambda model: model.KIND)
def test_a_skeleton_is_valid_once_what_it_needs_is_filled_in(model: type[Record], bare: bool) -> None:
    values = answered(model)
    text = skeleton.skeleton(model, values, bare=bare)
    record, wrong = read(model, document(model, text))

    assert record is not None, wrong
    assert record.ident == values["id",]
    assert ("#" in text.replace(ANSWERS.get("name", "# in it"), "")) != bare


@pytest.mark.parametrize("model", KINDS.types, ids=lambda model: model.KIND)
def test_an_empty_skeleton_lacks_values_and_nothing_else(model: type[Record]) -> None:
    _, problems = read(model, document(model, skeleton.skeleton(model, {("id",): answered(model)["id",]})))

    assert problems
    assert [
        problem for problem in problems if "empty" not in problem.message and "expected at least" not in problem.message
    ] == []


@pytest.mark.parametrize("model", KINDS.types, ids=lambda model: model.KIND)
def test_a_commented_field_is_a_field_once_its_mark_is_deleted(model: type[Record]) -> None:
    def bared() -> Iterator[str]:
        for line in skeleton.skeleton(model, answered(model)).splitlines():
            head = line.lstrip()
            yield line.replace("#", "", 1) if head.startswith("#") and not head.startswith("# ") else line

    found = document(model, "\n".join(bared()) + "\n")
    names = {field.alias or name for name, field in model.model_fields.items()} - {"body"}

    assert set(found.data) == names


@given(st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" \t"), min_size=1))
def test_a_scalar_is_read_as_it_was_written(text: str) -> None:
    whole = yaml.load(f"a: {skeleton.scalar(text)}", Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    several = yaml.load(f"[{skeleton.scalar(text, flow=True)}, x]", Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only

    assert (whole, several) == ({"a": text}, [text, "x"])


def test_a_story_is_written_where_it_belongs(harbour: Path, run: Run) -> None:
    ran = run(
        "--root", harbour, "new", "operation", "lantern-2004", "--set", "name=Lantern", "--set", "dates.start=2004"
    )
    text = (harbour / "content/operations/lantern-2004.md").read_text(encoding="utf-8")

    assert (ran.status, ran.err) == (0, "")
    assert text.startswith("---\nid: lantern-2004\n")
    assert "\nname: Lantern\n" in text
    assert "Fill in what is still empty: family, dates.cite, summary.\n" in ran.out
    assert ran.out.endswith(f"Then run: explainer --root {harbour} check content/operations/lantern-2004.md\n")


def test_what_is_to_be_run_next_works_as_it_stands(harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for here, root in ((harbour.parent, harbour.name), (harbour, ".")):
        monkeypatch.chdir(here)
        made = run("--root", root, "new", "term", f"lamp-{root.strip('.') or 'here'}", "--set", "name=A")
        said = made.out.splitlines()[-1].removeprefix("Then run: explainer ")
        assert (made.status, "--root" in said) == (0, root != ".")
        assert "does not exist" not in run(*said.split()).err


def test_nothing_is_ever_overwritten(harbour: Path, run: Run) -> None:
    there = harbour / "content/operations/beacon-2001.md"
    other = harbour / "content/operations/other.md"
    other.write_text("mine", encoding="utf-8")
    before = there.read_bytes()

    assert "there is a operation" not in (said := run("--root", harbour, "new", "operation", "beacon-2001").err)
    assert "there is an operation 'beacon-2001' in content/operations/beacon-2001.md:2" in said
    assert "is there already" in run("--root", harbour, "new", "operation", "other").err
    assert (there.read_bytes(), other.read_text(encoding="utf-8")) == (before, "mine")


QUALIFIED = ("--set", "counts=items", "--set", "behaves=flow", "--set", "says=buoys")


def test_an_entry_goes_where_its_id_belongs_and_no_other_byte_changes(harbour: Path, run: Run) -> None:
    path = harbour / "content/measures.yml"
    path.write_text(
        "# the measures\n- id: boats-found\n  name: boats # all\n  unit: boats\n\n# the second\n- id: countries\n  name: c\n  unit: c\n",
        encoding="utf-8",
    )
    ran = run(
        "--root", harbour, "new", "--bare", "measure", "buoys", "--set", "name=buoys", "--set", "unit=buoys", *QUALIFIED
    )

    assert ran.status == 0
    assert path.read_text(encoding="utf-8") == (
        "# the measures\n- id: boats-found\n  name: boats # all\n  unit: boats\n"
        "\n- id: buoys\n  name: buoys\n  counts: items\n  behaves: flow\n  unit: buoys\n  says: buoys\n"
        "\n# the second\n- id: countries\n  name: c\n  unit: c\n"
    )


def test_what_stands_above_the_first_entry_stays_above_it() -> None:
    text = "# a modeline\n# about all\n- id: b\n  name: B\n"

    assert placing.inserted("x.yml", text, "- id: a\n  name: A\n") == (
        "# a modeline\n# about all\n- id: a\n  name: A\n- id: b\n  name: B\n"
    )


def test_a_goal_is_known_by_its_number() -> None:
    assert guessing.suggested(Goal, {("name",): "Goal 9: More", ("number",): "9"}, DOCUMENTS) == "9"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://union.example/fr/2024/lampe", {"publisher": "Union of Harbours", "language": "fr"}),
        ("https://fr.union.example/2024/lampe", {"publisher": "Union of Harbours", "language": "fr"}),
        ("https://archive.union.example/2024", {"publisher": "Union of Harbours", "language": "en"}),
        ("https://gazette.example/2024", {"kind": "press"}),
        ("https://nobody.example/2024", {}),
    ],
)
def test_an_address_says_what_the_sources_of_its_host_say(url: str, expected: dict[str, str]) -> None:
    french = (Source, document(Source, "- id: x\n  url: https://x.example/\n  language: fr\n"))
    found = guessing.from_address(url, [*DOCUMENTS, french])

    assert {name: found.get((name,)) for name in expected} == expected
    assert expected or set(found) == {("url",), ("id",)}


def test_a_taken_id_is_refused_before_anything_is_asked(
    harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: pytest.fail("asked"))

    assert "there is a country 'NO'" in run("--root", harbour, "new", "country", "NO").err


def test_too_few_answers_are_said_in_words() -> None:
    slot = next(slot for slot in skeleton.slots(Agreement) if slot.name == "parties")

    assert (
        answers.refused(KINDS, slot, "union", DOCUMENTS)
        == "too few entries; expected at least 2, with a comma between them"
    )


LISTS = "- id: b\n  name: B\n{0}- id: d\n  name: |\n    D\n    # no comment\n{0}"


@given(st.sampled_from(["a", "c", "e"]), st.sampled_from(["", "\n", "\n# about the next\n"]), st.booleans())
def test_every_other_byte_of_a_list_stays(ident: str, between: str, ended: bool) -> None:
    text = LISTS.format(between) if ended else LISTS.format(between).rstrip("\n")
    entry = f"- id: {ident}\n  name: New\n"
    result = placing.inserted("x.yml", text, entry)
    found = [item.data["id"] for item in split_list("x.yml", result) if isinstance(item, Document)]
    start = result.index(f"- id: {ident}")
    without = result[:start] + result[start + len(entry) :]

    assert found == sorted({"b", "d", ident})
    assert without.replace("\n", "") == text.replace("\n", "")


@pytest.mark.parametrize("text", ["[{id: a}]\n", "id: a\n", "- a\n", "- id: [\n"])
def test_what_is_no_list_of_entries_is_left_alone(text: str) -> None:
    with pytest.raises(placing.ScaffoldError):
        placing.inserted("x.yml", text, "- id: b\n")


def test_the_host_of_an_address_says_who_published_it(harbour: Path, run: Run) -> None:
    ran = run("--root", harbour, "new", "--bare", "source", "https://www.union.example/2024/05/the-lamp-report.html")

    assert ran.status == 0
    assert (
        (harbour / "content/sources/papers.yml")
        .read_text(encoding="utf-8")
        .endswith(
            "- id: accord-2024-the-lamp-report\n  title:\n  publisher: Union of Harbours\n  kind: official\n"
            "  url: https://www.union.example/2024/05/the-lamp-report.html\n  language: en\n  seen:\n"
        )
    )


def test_hosts_that_do_not_agree_say_nothing() -> None:
    def source(publisher: str) -> tuple[type[Record], Document]:
        text = f"- id: x-1\n  url: https://a.example/\n  publisher: {publisher}\n  kind: press\n"
        return Source, document(Source, text)

    found = guessing.from_address("https://a.example/b", [source("A"), source("B")])

    assert ("publisher",) not in found
    assert found["kind",] == "press"


def test_answers_are_asked_for_until_they_fit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = iter(["What differs", "operations/beacon-2001", "", "log-2010", "log-2001", "Ten.", "gazette-2003", "", ""])
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(given))
    values = asking.asked(KINDS, Dispute, {}, DOCUMENTS)

    assert values["positions", 0, "cite"] == "log-2001"
    assert values["id",] == "what-differs"
    assert ("positions", 0, "says") not in values
    assert "no source has the id 'log-2010'; did you mean 'log-2001'?\n" in capsys.readouterr().out


def test_a_terminal_is_asked(harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given_answers = iter(["Lantern", "lantern", "2004", "log-2001", "They looked.", ""])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(given_answers))
    ran = run("--root", harbour, "new", "--bare", "operation")

    assert ran.status == 0
    assert (harbour / "content/operations/lantern-2004.md").is_file()
    assert run("--root", harbour, "check").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("operatoin", "x"), "did you mean 'operation'?"),
        (("operation",), "no id; expected one"),
        (("operation", "Not An Id"), "is not an id"),
        (("operation", "x", "--set", "nme=1"), "sets no field"),
        (("operation", "x", "--set", "dates.start=soon"), "is not a date"),
        (("source", "x", "--set", "kind=papers"), "is not one of official"),
        (("operation", "x", "--set", "partners=pilots"), "'pilots' is now 'guild'; write guild"),
        (("event", "x", "--file", "../my list"), "'../my list' is not the name of a list; expected letters"),
        *(
            (
                ("event", "x", "--file", path),
                (
                    f"explainer: '{path}' is not the name of a list; expected letters a to z, digits and hyphens, as in press; "
                    "write that, for content/events/press.yml\n"
                ),
            )
            for path in ("../../x.yml", "../x", "/x", "people/x", "content/people/x.yml", "events/../x", "./x")
        ),
        (("source", "ftp://x.example/"), "is not a web address"),
        (("source", "http://www.union.example/1-2/"), "has this address; expected a new one; cite that source"),
        (("source", "https://union.example/1-2"), "has this address; expected a new one; cite that source"),
    ],
)
def test_what_cannot_be_written_is_said(arguments: tuple[str, ...], said: str, harbour: Path, run: Run) -> None:
    change(harbour / "content/organisations/guild.md", ("kind: organisation", "kind: organisation\naliases: [pilots]"))
    ran = run("--root", harbour, "new", *arguments)

    assert (ran.status in {1, 2}, ran.out) == (True, "")
    assert said in ran.err


@pytest.mark.parametrize("path", ["all", "all.yml", "events/all.yml", "content/events/all.yml"])
def test_a_list_is_named_as_messages_name_it(path: str, harbour: Path, run: Run) -> None:
    assert "Wrote content/events/all.yml." in run("--root", harbour, "new", "event", "x", "--file", path).out


def test_several_lists_need_a_choice(harbour: Path, run: Run) -> None:
    (harbour / "content/events/more.yml").write_text("- id: more\n  title: More\n", encoding="utf-8")

    assert "add --file: all, more" in run("--root", harbour, "new", "event", "x").err
    assert run("--root", harbour, "new", "event", "x", "--file", "more").status == 0
    assert "id: x" in (harbour / "content/events/more.yml").read_text(encoding="utf-8")


def test_a_terminal_is_asked_which_list(harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (harbour / "content/events/more.yml").write_text("- id: more\n  title: More\n", encoding="utf-8")
    given_answers = iter(["A lamp", "2004", "It was lit.", "log-2001", "", "moer", "more"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(given_answers))
    ran = run("--root", harbour, "new", "--bare", "event")

    assert "'moer' is none of the files; did you mean 'more'?" in ran.out
    assert "Wrote content/events/more.yml." in ran.out


def test_ids_end_with_a_year_where_the_others_do() -> None:
    values: skeleton.Values = {("name",): "Operation Lántern", ("dates", "start"): "2004-05"}

    assert guessing.suggested(Operation, values, DOCUMENTS) == "operation-lantern-2004"
    assert guessing.suggested(Goal, values, DOCUMENTS) == "operation-lantern"
    assert guessing.suggested(Resolution, {}, DOCUMENTS) is None
    assert guessing.suggested(Sdg, {("name",): "Peace"}, DOCUMENTS) == "peace"
