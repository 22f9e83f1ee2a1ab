"""The static API: described so that programs can rely on it, every answer as described, addresses that hold."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from jsonschema import Draft202012Validator

from explainer import build
from explainer.base.values import Text
from explainer.data import api, changes_json
from explainer.data.openapi import _shared, openapi
from explainer.data.schemas import REFERENCE, Schemas, names_of_kinds, pascal, referred
from explainer.library import places
from explainer.library.history import History
from explainer.library.library import Library
from explainer.records.model import Model
from explainer.records.record import Record, Story
from explainer.records.sourced import Period
from tests.conftest import HARBOUR, change, copied, whole_harbour

STORY = "content/operations/beacon-2003.md"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The harbour dossier, with a record that is known elsewhere."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("api") / "harbour")
    change(root / STORY, ("figures:\n", "identifiers: {wikidata: Q42, doi: 10.1000/182}\nfigures:\n"))
    return build.load(root)


@pytest.fixture(scope="module")
def description(library: Library) -> dict[str, Any]:
    """The description of the API, as a program reads it."""
    found: dict[str, Any] = json.loads(api.written(openapi(library)))
    return found


def answer(document: api.Document) -> Any:
    """A document as a program reads it."""
    return json.loads(api.written(document))


def faults(description: dict[str, Any], name: str, found: Any) -> list[str]:
    """What in an answer is not as the schema of this name has it."""
    schema = {"$ref": f"{REFERENCE}{name}", "components": description["components"]}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(found)]


def records(library: Library) -> Iterator[Record]:
    """Every record, kind by kind."""
    for model in library.kinds.types:
        yield from library.all(model)


def test_a_validator_of_openapi_accepts_the_description(description: dict[str, Any]) -> None:
    from openapi_spec_validator import validate  # slow to load, and every process that runs tests loads every module

    validate(description)

    assert set(referred(description)) <= description["components"]["schemas"].keys()
    operations = [way["get"]["operationId"] for way in description["paths"].values()]
    assert len(set(operations)) == len(operations)


def test_every_record_is_as_described_and_says_nothing_that_is_not(
    library: Library, description: dict[str, Any]
) -> None:
    schemas = description["components"]["schemas"]
    for record in records(library):
        name, found = pascal(record.KIND), answer(api.record(library, record))

        assert faults(description, name, found) == []
        assert found.keys() <= schemas[name]["properties"].keys()
        assert found["fields"].keys() <= schemas[f"{name}Fields"]["properties"].keys()
        assert all(figure.keys() <= schemas["StatedFigure"]["properties"].keys() for figure in found["figures"])
        assert all(source.keys() <= schemas["CitedSource"]["properties"].keys() for source in found["sources"])


def test_lists_figures_and_the_index_are_as_described(library: Library, description: dict[str, Any]) -> None:
    assert faults(description, "Index", answer(api.index(library))) == []
    assert faults(description, "Figures", json.loads(api.figures(library))) == []
    changes = json.loads(changes_json.made(library))
    assert changes["changes"]
    assert faults(description, "Changes", changes) == []
    assert all(
        item.keys() <= description["components"]["schemas"]["Changed"]["properties"].keys()
        for item in changes["changes"]
    )
    for model in library.kinds.types:
        found = json.loads(api.kind(library, model))

        assert faults(description, "Records", found) == []
        assert found["count"] == len(found["records"]) == len(library.all(model))


def test_a_description_that_an_answer_breaks_is_told_apart(library: Library, description: dict[str, Any]) -> None:
    found = answer(api.record(library, next(records(library))))

    assert faults(description, pascal(found["type"]), {**found, "dates": "soon", "figures": None})


def test_every_list_says_what_it_holds(description: dict[str, Any]) -> None:
    """A program that generates a client leaves out every schema with a list that does not, and all that name it."""
    assert [place for place, schema in schemas_within(description, "") if "items" not in schema] == []


def schemas_within(found: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The schemas of lists in a description, with their places."""
    if isinstance(found, dict):
        if found.get("type") == "array":
            yield place, found
        for name, inner in found.items():
            yield from schemas_within(inner, f"{place}/{name}")


def test_the_keys_of_version_1_are_all_there(library: Library, description: dict[str, Any]) -> None:
    """Whoever renames one of these makes another version beside this one; a new key may be added here."""
    found = answer(api.record(library, library.at("operations/beacon-2003")))

    assert api.FOLDER == "api/v1"
    assert {
        "id", "type", "name", "self", "url", "updated", "dates", "summary", "licence", "same_as", "fields",
        "figures", "sources", "citation",
    } <= found.keys()  # fmt: skip
    assert "story" in answer(api.record(library, library.at("explainers/accord")))
    assert {"stated", "first_day", "last_day"} <= found["dates"].keys()
    assert {"what", "measure", "value", "unit", "place_in_record", "sources", "official"} <= found["figures"][0].keys()
    assert {"id", "title", "publisher", "url"} <= found["sources"][0].keys()
    assert {"short", "long"} <= found["citation"].keys()
    assert {
        "version", "title", "url", "updated", "licence", "openapi", "documentation", "downloads", "figures", "kinds",
        "changes",
    } <= answer(api.index(library)).keys()  # fmt: skip
    assert {"/index.json", "/figures.json", "/records/sources.json", "/records/sources/{id}.json"} <= {
        *description["paths"]
    }


def test_numbers_are_numbers_and_registers_are_addresses(library: Library) -> None:
    found = answer(api.record(library, library.at("operations/beacon-2003")))

    assert all(isinstance(figure["value"], int | float) for figure in found["figures"])
    assert all(isinstance(figure["value"], int | float) for figure in found["fields"]["figures"])
    assert found["same_as"] == ["http://www.wikidata.org/entity/Q42", "https://doi.org/10.1000/182"]


def test_every_address_that_the_api_gives_is_a_file_of_it(generated: Path) -> None:
    library = build.load(whole_harbour())
    docs, site = generated / "docs", library.dossier.url.rstrip("/")
    index = json.loads((docs / "api/v1/index.json").read_text(encoding="utf-8"))
    given = [index["openapi"], index["figures"], *(kind["self"] for kind in index["kinds"])]
    for kind in index["kinds"]:
        listed = json.loads((docs / kind["self"].removeprefix(f"{site}/")).read_text(encoding="utf-8"))
        given += [entry["self"] for entry in listed["records"]]

    assert len(given) == 2 + len(index["kinds"]) + len(library.entries)
    assert [address for address in given if not (docs / address.removeprefix(f"{site}/")).is_file()] == []


def test_the_index_and_the_description_lead_to_what_changed_where_there_is_a_history(library: Library) -> None:
    way = openapi(library)["paths"]["/changes.json"]
    without = replace(library, history=History())

    assert api.index(library)["changes"] == f"{way['servers'][0]['url']}/changes.json"
    assert api.index(library)["changes"] == places.whole(library, changes_json.PATH)
    assert "changes" not in api.index(without)
    assert "/changes.json" not in openapi(without)["paths"]


def test_where_a_record_stood_before_there_was_an_api_a_file_says_where_it_is(generated: Path) -> None:
    library = build.load(whole_harbour())
    for record in records(library):
        before = generated / f"docs/data/records/{record.FOLDER}/{record.ident}.json"
        if isinstance(record, Story):
            moved = json.loads(before.read_text(encoding="utf-8"))["moved"]

            assert moved == places.whole(library, api.path_of(record))


def test_after_an_edit_only_what_it_touches_is_made_again(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build.generate(harbour)
    made: list[str] = []
    whole = api.record

    def noted(library: Library, item: Record) -> api.Document:
        made.append(item.ident)
        return whole(library, item)

    monkeypatch.setattr(api, "record", noted)
    build.generate(harbour)
    assert made == []
    change(harbour / STORY, ("figures:\n", "note: Another word.\nfigures:\n"))

    build.generate(harbour)

    assert made == ["beacon-2003"]


KINDS = (
    "entry", "index", "dates", "records", "figures", "difference", "changed", "changes", "period", "lamp-1", "lamp1",
    "lamp-1-fields", "lamp-1-wick",
)  # fmt: skip


def of_kind(number: int, kind: str) -> type[Record]:
    """A kind of record with a part of its own."""

    class Wick(Model):
        length: int
        """Its length."""

    class Lamp(Story):
        """A lamp."""

        KIND: ClassVar[str] = kind
        FOLDER: ClassVar[str] = f"lamps-{number}"
        name: Text
        """Its name."""
        wick: Wick
        """Its wick."""
        used: Period
        """When it was used."""

    return Lamp


def test_no_kind_takes_the_name_of_another_schema_and_those_of_other_kinds_stay() -> None:
    before = names_of_kinds([of_kind(0, "boat")], ["Index"])
    models = [of_kind(number, kind) for number, kind in enumerate(KINDS)]
    shared = _shared()
    names = names_of_kinds(models, shared)
    schemas = Schemas(names)
    fields = [schemas.fields_of(model) for model in models]
    made = [*shared, *names.values(), *schemas.found]

    assert before == {"boat": "Boat"}
    assert (names["entry"], names["period"]) == ("EntryRecord", "PeriodRecord")
    assert names["lamp-1"] == "Lamp1"
    assert names["lamp1"] == "Lamp1Record"
    assert names["lamp-1-wick"] == "Lamp1Wick"
    assert len(set(fields)) == len(KINDS)
    assert len(set(made)) == len(made)
    wicks = {next(referred(schemas.found[name]["properties"]["wick"])) for name in fields}
    assert len(wicks) == len(KINDS)
