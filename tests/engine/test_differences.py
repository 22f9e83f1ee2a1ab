"""What two runs' records are compared for: their fields, their place, and what they name and cite."""

import marshal

from explainer import build
from explainer.incremental.records import FiledRecord, RecordCache, changes
from explainer.library.loaded_record import Key, Mention, Mentions
from tests.conftest import whole_harbour
from tests.kinds_of_dossier import KINDS

ADA: Key = ("person", "ada-quay")


def filed(key: Key = ADA) -> FiledRecord:
    """A record of the harbour dossier, as the cache holds it."""
    cache = RecordCache(kinds=KINDS)
    build.read(whole_harbour(), KINDS, cache)
    records = ((path, each) for path, name in cache.files.items() for each in cache.records[name])
    return next(FiledRecord(path, each) for path, each in records if each.key == key)


def without(record: FiledRecord, target: Key) -> FiledRecord:
    """The same record, which does not refer to another any more."""
    named, *others = record.record.facts
    left = tuple(item for item in named if Mention(*item).target != target)
    assert left != named
    return record._replace(record=record.record._replace(facts=(left, *others)))


def test_records_that_are_the_same_have_no_differences() -> None:
    assert changes(KINDS, {ADA: filed()}, {ADA: filed()}) == set()


def test_a_record_that_moves_differs_in_its_place_alone() -> None:
    moved = filed()._replace(path="content/people/elsewhere.md")

    assert changes(KINDS, {ADA: filed()}, {ADA: moved}) == {("document", ADA)}


def test_a_record_that_is_gone_differs_in_all_that_it_was() -> None:
    found = changes(KINDS, {ADA: filed()}, {})

    assert {("entry", ADA), ("kind", "person"), ("entry", "*"), ("mentions of", ADA), ("document", ADA)} <= found
    assert {(name, ADA) for name in KINDS.by_kind["person"].model_fields} <= found


def test_a_citation_in_prose_that_is_gone_concerns_its_source_and_names_no_record() -> None:
    key, source = next(
        (key, item.target)
        for key, entry in build.load(whole_harbour()).entries.items()
        for item in entry.known.named
        if item.in_prose and all(other.in_prose for other in entry.known.named if other.target == item.target)
    )

    found = changes(KINDS, {key: filed(key)}, {key: without(filed(key), source)})
    assert found == {("mentions of", key), ("citing", source[1]), ("citing", "*")}


def test_a_record_that_a_field_names_no_more_is_a_difference_of_that_record() -> None:
    target = next(
        item.target for item in Mentions.unpacked(filed().record.facts).named if item.target[0] == "organisation"
    )

    found = changes(KINDS, {ADA: filed()}, {ADA: without(filed(), target)})
    assert found == {("mentions of", ADA), ("naming", target), ("naming", "*")}


def test_a_field_that_changes_is_a_difference_of_that_field_alone() -> None:
    other = filed()
    fields = marshal.dumps({**other.record.data, "name": "Ada of the Quay"})
    changed = other._replace(record=other.record._replace(fields=fields))

    assert changes(KINDS, {ADA: other}, {ADA: changed}) == {("name", ADA)}
