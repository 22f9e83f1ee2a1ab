"""The field reference: every type, every field and every word of it, as the models have them."""

import functools
import html

import pytest

from explainer import build
from explainer.library import addresses, field_reference
from explainer.records.model import Vocabulary
from tests.conftest import Run, whole_harbour
from tests.kinds_of_dossier import KINDS

MODELS = field_reference.models(KINDS)
EVERY = {part: None for model in MODELS.values() for part in (model, *field_reference.parts(model))}


@functools.cache
def pages() -> dict[str, str]:
    """The pages of the reference, by path."""
    planned = build.planned(whole_harbour(), build.load(whole_harbour()))[1]
    return {
        path: html.unescape(output.data.decode())
        for path, output in planned.items()
        if path.startswith(f"{addresses.FIELDS}/")
    }


@pytest.mark.parametrize("name", MODELS)
def test_a_type_has_its_page_and_the_index_leads_there(name: str) -> None:
    page = pages()[f"{addresses.FIELDS}/{name}.md"]

    assert field_reference.sentence(MODELS[name]) in page
    assert f"({name}.md)" in pages()[f"{addresses.FIELDS}/index.md"]


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model.__name__)
def test_every_field_is_told_with_its_sentence(model: type) -> None:
    told = "\n".join(pages().values()).replace("<code>", "`").replace("</code>", "`")
    rows = {field.name: f"| {field.sentence} |" for field in field_reference.fields(model)}

    assert [name for name, row in rows.items() if f"| `{name}` |" not in told or row not in told] == []
    assert all(field.sentence.endswith((".", '".', "…")) for field in field_reference.fields(model))


@pytest.mark.parametrize("words", Vocabulary.__subclasses__(), ids=lambda words: words.__name__)
def test_every_word_of_a_vocabulary_is_told_once(words: type[Vocabulary]) -> None:
    told = "\n".join(pages().values())

    assert [word for word, said in words.sentences().items() if f"<code>{word}</code>\n:   {said}" not in told] == []
    assert told.count(f"## {field_reference.title(words)}: its words") == 1


@pytest.mark.parametrize("name", MODELS)
def test_the_command_line_tells_the_same(name: str, run: Run) -> None:
    ran = run("--root", whole_harbour(), "fields", name)

    assert ran.status == 0
    assert [field.name for field in field_reference.fields(MODELS[name]) if f"  {field.name} (" not in ran.out] == []


def test_what_a_field_holds_is_said_in_words() -> None:
    found = {field.name: field_reference.shape(field) for field in field_reference.fields(MODELS["operation"])}

    assert {
        name: found[name] for name in ("name", "dates", "countries", "figures", "names", "summary", "review_by")
    } == {
        "name": "text",
        "dates": "part",
        "countries": "record-list",
        "figures": "part-list",
        "names": "part-by-language",
        "summary": "prose",
        "review_by": "date",
    }


def test_the_reference_is_light() -> None:
    assert {
        path: len(page) for path, page in pages().items() if len(page.partition("\n---\n")[2].encode()) > 11_000
    } == {}
