"""Two states of the records, compared: every change is told, nothing else is, and no order says anything."""

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.data import pairing
from explainer.data.differences import LEFT, canonical, differences
from explainer.data.rows import Row
from explainer.data.saying import Speaker
from explainer.kinds.words import ORIGINAL, words_of
from explainer.library.history import Difference, Differs
from tests.kinds_of_dossier import KINDS

NAMES = {("measure", "boats-found"): "boats found", ("source", "log"): "The log", ("source", "gazette"): "The gazette"}
SPEAKER = Speaker(words_of(KINDS, ORIGINAL), KINDS, lambda kind, ident: NAMES.get((kind, ident)))
BEACON: Row = {
    "type": "operation",
    "id": "beacon",
    "name": "Operation Beacon",
    "summary": "Two harbours looked for lost boats together.[@log]",
    "figures": [{"measure": "boats-found", "value": "823", "cite": ["log"]}],
    "countries": ["NO", "SE"],
    "open_questions": ["Who paid for it?"],
}


def changed(**fields: Any) -> Row:
    """The record with other fields; None takes one away."""
    row = {**copy.deepcopy(BEACON), **fields}
    return {name: value for name, value in row.items() if value is not None}


def said(new: Row, old: Row = BEACON) -> list[str]:
    """What is told of a record between two states."""
    (record,) = differences([old], [new])
    return SPEAKER.sentences(record)


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"figures": [{"measure": "boats-found", "value": "900", "cite": ["log"]}]}, ["Boats found: 823 became 900"]),
        ({"figures": [{"measure": "boats-found", "value": 900, "cite": ["gazette"]}]},
         ["Boats found: 823 became 900", "Source The log replaced by The gazette"]),
        ({"figures": [{"measure": "boats-found", "value": "823", "comparator": "nearly", "cite": ["log"]}]},
         ["Boats found, qualifier: nearly added"]),
        ({"figures": None}, ["Boats found: left out, 823"]),
        ({"countries": ["SE", "NO", "DK", "FI"]}, ["Countries: DK, FI added"]),
        ({"open_questions": None}, ["No longer open: Who paid for it?"]),
        ({"open_questions": ["Who paid for it?", "Who led it?"]}, ["New open question: Who led it?"]),
        ({"open_questions": [{"asks": "Who paid for it?", "looked": "2026-01-02", "where": "In the log."}]},
         ["An answer to 1 open question was looked for again"]),
        ({"summary": "Three harbours looked for lost boats together.[@gazette]"},
         ["Summary: “Two” became “Three”", "Source The log replaced by The gazette"]),
        ({"summary": "Nothing is like it was before."}, ["Summary: reworded", "Sources left out: The log"]),
        ({"withdrawn": {"date": "2026-01-02", "reason": "It was invented."}}, ["Withdrawn: It was invented"]),
        ({"corrections": [{"date": "2026-01-02", "was": "Three.", "now": "Two harbours took part."}]},
         ["An error was put right. Right is: Two harbours took part"]),
        ({"names": {"fr": {"text": "Balise", "status": "unverified"}}}, ["Names in other languages, French: new, Balise"]),
        ({"dates": {"start": "2003-04"}}, ["Dates: new, April 2003"]),
        ({"lead": "guild"}, []),
    ],
)  # fmt: skip
def test_a_change_is_told_in_a_sentence_that_means_something(fields: dict[str, Any], sentences: list[str]) -> None:
    assert said(changed(**fields)) == sentences


def test_a_paragraph_of_a_text_is_called_as_its_kind_calls_it() -> None:
    old = {
        "type": "resolution",
        "id": "1-2",
        "name": "1/2",
        "provisions": [{"paragraph": "op6", "summary": "It asks."}],
    }
    new = {**old, "provisions": [*old["provisions"], {"paragraph": "op7", "summary": "It asks for a lamp."}]}

    assert said(new, old) == ["Operative paragraph 7: new"]


def test_a_verdict_that_changed_is_told_in_words() -> None:
    old = {"type": "claim", "id": "lamps", "says": "There were lamps.", "verdict": "attributed"}

    assert said({**old, "verdict": "confirmed"}, old) == ["Verdict: Attributed only became Confirmed"]


def test_a_record_that_came_or_went_is_told_as_a_whole() -> None:
    other = {**BEACON, "id": "other", "name": "Other", "summary": "Something else."}
    gone, new = differences([BEACON], [other])

    assert [(item.ident, SPEAKER.sentences(item)) for item in (gone, new)] == [
        ("beacon", ["No longer here"]), ("other", ["New here"]),
    ]  # fmt: skip


@pytest.mark.parametrize("fields", [{"aliases": ["beacon"], "summary": "It is told anew here."}, {}])
def test_a_record_with_another_id_is_the_same_record(fields: dict[str, Any]) -> None:
    (found,) = differences([BEACON], [{**BEACON, "id": "beacon-2001", **fields}])

    assert found.differences[0] == Difference(Differs.RENAMED, before="beacon")
    assert bool(fields) == (len(found.differences) > 1)


def test_a_number_that_is_said_of_something_else_is_told_as_such() -> None:
    new = changed(figures=[{"measure": "lamps-lit", "value": "823", "cite": ["gazette"]}])

    assert said(new) == [
        "Lamps-lit, what is counted: boats found became lamps-lit",
        "Source The log replaced by The gazette",
    ]


def test_of_equal_parts_each_is_paired_once() -> None:
    pairs, gone, came = pairing.paired([{"says": "a b c d"}] * 2, [{"says": "a b c e"}])

    assert (len(pairs), len(gone), len(came)) == (1, 1, 0)


# --- of any records

WORD = st.sampled_from(["lamp", "boat", "one two three four five", "2003-04", "7", "1.5", ""])
PART = st.dictionaries(st.sampled_from(["measure", "value", "cite", "says", "date"]), WORD, min_size=1, max_size=3)
VALUE = st.one_of(
    WORD,
    st.integers(0, 9),
    st.booleans(),
    PART,
    st.lists(WORD, max_size=3),
    st.lists(st.one_of(WORD, PART), max_size=3),
)
FIELDS = st.dictionaries(
    st.sampled_from(["name", "figures", "facts", "cite", "story", "withdrawn", "open_questions", "corrections"]),
    VALUE, max_size=4,
)  # fmt: skip
STATE = st.dictionaries(
    st.tuples(st.sampled_from(["operation", "person"]), st.sampled_from(["a", "b", "c"])), FIELDS, max_size=4
).map(lambda found: [{"type": kind, "id": ident, **fields} for (kind, ident), fields in found.items()])


def shuffled(value: Any, lots: random.Random) -> Any:
    """The same in another order."""
    if isinstance(value, dict):
        items = [(name, shuffled(item, lots)) for name, item in value.items()]
        lots.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        items_of_list = [shuffled(item, lots) for item in value]
        lots.shuffle(items_of_list)
        return items_of_list
    return value


@given(STATE, STATE, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_equal_states_do_not_differ_and_no_order_says_anything(
    old: list[Row], new: list[Row], lots: random.Random
) -> None:
    def told(one: list[Row], other: list[Row]) -> list[tuple[object, ...]]:
        found = differences(one, other)
        return [(item.key, sorted(map(repr, item.differences))) for item in found]

    assert differences(old, shuffled(old, lots)) == []
    assert told(old, new) == told(shuffled(old, lots), shuffled(new, lots))


@given(STATE, STATE)
@settings(max_examples=150)
def test_every_field_that_differs_is_told(old: list[Row], new: list[Row]) -> None:
    before, after = ({(row["type"], row["id"]): row for row in state} for state in (old, new))
    found = {item.key: item.differences for item in differences(old, new)}
    former = {(key[0], item.before) for key, items in found.items() for item in items if item.what is Differs.RENAMED}

    assert before.keys() - after.keys() == {
        key for key, items in found.items() if items[0].what is Differs.GONE
    } | former & (before.keys() - after.keys())
    for key in before.keys() & after.keys():
        names = (before[key].keys() | after[key].keys()) - LEFT
        differing = {name for name in names if filled(before[key], name) != filled(after[key], name)}
        told = {field(item) for item in found.get(key, ())}

        assert told == differing


def filled(row: Row, name: str) -> str | None:
    """The value of a field; nothing for one that is empty."""
    return None if row.get(name) in (None, [], {}) else canonical(row[name])


def field(item: Difference) -> str:
    """The field that a difference is about."""
    apart = {
        Differs.WITHDRAWN: "withdrawn", Differs.RESTORED: "withdrawn", Differs.CORRECTED: "corrections",
        Differs.ASKED: "open_questions", Differs.ANSWERED: "open_questions",
    }  # fmt: skip
    return apart.get(item.what) or item.place[0]


@given(STATE, STATE)
@settings(max_examples=100)
def test_any_difference_can_be_told_and_packed(old: list[Row], new: list[Row]) -> None:
    for record in differences(old, new):
        assert all(text.strip() for text in SPEAKER.sentences(record))
        assert json.loads(json.dumps([item.packed() for item in record.differences]))


def test_of_a_drawing_only_the_place_is_said() -> None:
    bare: Row = {"type": "goal", "id": "1", "name": "Goal 1", "summary": "A goal."}
    drawn, anew = bare | {"sign": "M4 12H20"}, bare | {"sign": "M12 4V20"}

    assert said(drawn, bare) == ["Sign: new"]
    assert said(anew, drawn) == ["Sign: new"]
    assert said(bare, drawn) == ["Sign: left out"]
