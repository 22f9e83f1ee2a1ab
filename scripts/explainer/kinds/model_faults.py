"""What keeps the model of an own kind from being one: names that are missing, or that lead nowhere."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, get_args, get_origin

from explainer.base.problems import did_you_mean, quoted
from explainer.base.values import SLUG
from explainer.kinds import reserved
from explainer.records.editions import Editions, PartScheme
from explainer.records.introspect import own_fields
from explainer.records.model import Model
from explainer.records.record import Record
from explainer.records.references import markers
from explainer.records.sourced import Name
from explainer.records.traits import Dated


def of(model: type[Record]) -> Iterator[str]:
    """Messages about one model."""
    for rule in _RULES:
        yield from rule(model)


def _without_folder(model: type[Record]) -> Iterator[str]:
    if not getattr(model, "FOLDER", ""):
        kind = model.KIND
        yield f"the kind '{kind}' names no folder; expected that of its records under content/; add FOLDER = \"{kind}s\""


def _names_no_field(model: type[Record]) -> Iterator[str]:
    """Messages about class variables that name a field which the model does not have."""
    for name in ("LABEL", "ANSWER", "DATE"):
        field = getattr(model, name, None)
        if field is not None and field not in model.model_fields:
            guess = did_you_mean(field, model.model_fields) or f"; add it, or name another field in {name}"
            yield f"has no field '{field}', which {name} names{guess}"


def _without_date(model: type[Record]) -> Iterator[str]:
    if issubclass(model, Dated) and not hasattr(model, "DATE"):
        yield 'is Dated and does not say by which field; expected its name; add DATE = "date" or another'


def _without_sentence(model: type[Record]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        if not (info.description or "").strip():
            yield f"the field '{name}' has no sentence; expected one beneath it, which messages and the reference show"


_UNSHOWN: dict[type, str] = {
    list: "list: a record is not changed once it is read, and only the citations of a tuple are found; write tuple[..., ...]",
    set: "set, which has no order; write tuple[..., ...]",
    frozenset: "frozenset, which has no order; write tuple[..., ...]",
    dict: "dict, whose keys no page shows; write a tuple of a part with two fields",
    float: "float, which loses digits that a source gives; write Decimal",
}
"""Type of a value that pages do not show as it was written -> what is wrong with it, and what to write."""


def _unshown(model: type[Record]) -> Iterator[str]:
    """Messages about fields of its own, and those of their parts, with values that pages would not show as they were written."""
    yield from _unshown_among(model, own_fields(model))


def _unshown_among(model: type[Model], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for each in _types_in(model.model_fields[name].annotation):
            if each in _UNSHOWN:
                yield f"the field '{name}' is a {_UNSHOWN[each]}"
            elif isinstance(each, type) and issubclass(each, Model) and not each.__module__.startswith("explainer."):
                yield from _unshown_among(each, each.model_fields)


def _types_in(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of; names by language, which the engine knows, are one."""
    origin, within = get_origin(annotation), get_args(annotation)
    if origin is dict and Name in within:
        return
    yield origin or annotation
    for each in within:
        yield from _types_in(each)


def _of_editions(model: type[Record]) -> Iterator[str]:
    """Messages about a model whose records are editions."""
    if not issubclass(model, Editions):
        return
    kind = model.KIND
    groups = getattr(model, "PARTS", PartScheme(())).groups
    for group in groups:
        if not re.fullmatch("[a-z]+", group) or any(other != group and other.startswith(group) for other in groups):
            yield (
                f"PARTS: '{group}' is no group; expected lower-case letters that begin no other group, as in 'par'; how a part is "
                f"shown stands in its words, under {kind}-page.paragraphs"
            )
    if not hasattr(model, "PARTS"):
        yield "has editions and does not say how their parts are numbered; add PARTS = PartScheme(...)"
    marker = markers(model).get("reviews")
    if getattr(marker, "kind", None) != kind:
        yield (
            "has editions whose reviews: names no record of this kind; "
            f'declare reviews: Annotated[Slug, Refers("{kind}")] | None = None'
        )


def _misnamed(model: type[Record]) -> Iterator[str]:
    """Messages about names that would lead out of their folder, or that an address cannot have."""
    for name in ("KIND", "FOLDER", "SECTION"):
        value: object = getattr(model, name, "")
        if value not in ("", None) and not (isinstance(value, str) and SLUG.fullmatch(value)):
            expected = "lower-case letters a to z, digits and single hyphens, as in 'field-notes'"
            yield f"{quoted(str(value))} is no name for a folder or an address; expected {expected}; change {name}"


_RULES: tuple[Callable[[type[Record]], Iterator[str]], ...] = (
    _without_folder,
    _misnamed,
    _names_no_field,
    _without_date,
    _of_editions,
    _without_sentence,
    _unshown,
)
"""In the order in which their messages are given."""


def among(models: Sequence[type[Record]]) -> Iterator[tuple[type[Record], str]]:
    """Model and message, for models that do not fit beside each other."""
    for place, model in enumerate(models):
        yield from ((model, message) for message in _taken(model, models[:place]))


def _taken(model: type[Record], before: Iterable[type[Record]]) -> Iterator[str]:
    """Messages about names that another kind, or something else, has already."""
    for other in before:
        if model.KIND == other.KIND:
            yield f"there is a kind '{model.KIND}' already; expected a name of its own; rename the folder and KIND"
        elif model.FOLDER == other.FOLDER:
            yield f"content/{model.FOLDER} holds records of the kind '{other.KIND}' already; change FOLDER"
        elif model.section() is not None and model.section() == other.section():
            yield f"the section '{model.section()}' shows the kind '{other.KIND}' already; change SECTION"
    yield from reserved.taken(model)
