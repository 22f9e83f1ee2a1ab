"""The skeleton of a record as YAML: needed fields first, optional ones as comments."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from explainer.base.dataclass import dataclass
from explainer.reading.document import Place
from explainer.records.introspect import FieldShape, in_order, part, written
from explainer.records.model import Shortened
from explainer.records.record import Record

Values = Mapping[Place, str]
"""Known values of a record by their place; a list of ids is one text with commas."""

WIDTH = 100
"""Maximum width of a comment in columns."""
LONGEST_WORDS = 40
"""Maximum number of characters that an id takes from the words of a URL."""
_OPTIONAL = 'Optional: delete the "#" before a field and fill it in; delete what is not used.'
_SIMPLE = re.compile(r"[\w./-][\w ./-]*")


@dataclass(frozen=True, slots=True)
class Slot:
    """A needed value of a record that is not itself made of fields."""

    place: Place
    model: type[BaseModel]
    name: str

    @property
    def info(self) -> FieldInfo:
        """The field of the model."""
        return self.model.model_fields[self.name]

    @property
    def words(self) -> str:
        """The place in dotted form, as people read it: `dates.start`, `positions.1.says`."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.place)


# Needed values


def slots(model: type[BaseModel], place: Place = ()) -> Iterator[Slot]:
    """Every value that a record of a type needs, in the order of its fields."""
    for name in _required(model):
        info = model.model_fields[name]
        found = part(info.annotation)
        if _is_value(found):
            yield Slot((*place, name), model, name)
        elif found.inner:
            for index in range(least(info)) if found.many else (None,):
                inside = (*place, name) if index is None else (*place, name, index)
                yield from slots(found.inner, inside)


def _asked(info: FieldInfo) -> bool:
    """Whether to ask for a field: it is required, or a list of at least two, which only an exception may leave out."""
    return info.is_required() or least(info) > 1


def _required(model: type[BaseModel]) -> list[str]:
    return [name for name in in_order(model) if _asked(model.model_fields[name])]


def _optional(model: type[BaseModel]) -> list[str]:
    return [name for name in in_order(model) if not _asked(model.model_fields[name]) and name != "body"]


def _is_value(found: FieldShape) -> bool:
    """Whether a field is written as a single text or as a list of texts on one line."""
    return found.inner is None or issubclass(found.inner, Shortened)


def least(info: FieldInfo) -> int:
    """The minimum number of entries of a list field; 1 if the model sets none."""
    return max(1, *(int(getattr(item, "min_length", None) or 1) for item in (*info.metadata, None)))


# Rendering


def skeleton(model: type[Record], values: Values, *, bare: bool = False) -> str:
    """Render the skeleton of a record: a story file with its front matter, or an entry of a list.

    Needed fields come first, in the order of the model, filled with `values` where known; optional ones follow as
    comments, so that the record is valid once every needed field is filled. `bare` omits every comment.
    """
    optional = _optional(model)
    known = [name for name in optional if any(place[0] == name for place in values)]
    lines = list(_fields(model, values, (), [*_required(model), *known], bare=bare))
    rest = [name for name in optional if name not in known]
    if not bare and rest:
        lines += ["", f"# {_OPTIONAL}", *_commented(model, rest)]
    if model.STORY:
        return "\n".join(["---", *lines, "---", ""])
    return _entry(lines)


def _commented(model: type[Record], names: Iterable[str]) -> Iterator[str]:
    """Render fields as comments, each under its description."""
    for name in names:
        described, *field = _fields(model, {}, (), [name], bare=False, deep=True)
        yield described
        yield from (line if line.lstrip().startswith("#") else f"#{line}" for line in field)


def _entry(lines: Sequence[str]) -> str:
    """Lines of fields as an entry of a list, whose id comes first."""
    indented = [f"  {line}" if line else "" for line in lines]
    first = next(index for index, line in enumerate(indented) if line.startswith("  id:"))
    return "\n".join(["- " + indented[first][2:], *indented[:first], *indented[first + 1 :], ""])


def _fields(
    model: type[BaseModel], values: Values, place: Place, names: Iterable[str], *, bare: bool, deep: bool = False
) -> Iterator[str]:
    """Render fields as lines; `deep` omits the descriptions of nested fields, which would be commented out twice."""
    for name in names:
        info = model.model_fields[name]
        found = part(info.annotation)
        here = (*place, name)
        if not bare and name != "id":
            yield from sentence(info, found)
        if _is_value(found):
            yield f"{written(model, name)}: {_written(values.get(here, ''), many=found.many)}".rstrip()
        elif found.inner:
            yield f"{written(model, name)}:"
            yield from _inner(found, info, values, here, bare=bare or deep)


def _inner(found: FieldShape, info: FieldInfo, values: Values, here: Place, *, bare: bool) -> Iterator[str]:
    inner = found.inner
    assert inner is not None  # noqa: S101 - _fields has checked it
    if found.many and not found.keyed:
        for index in range(least(info)):
            yield from _item(inner, values, (*here, index), bare=bare or index > 0)
        return
    if found.keyed:
        yield "  en:"
    place, indent = ((*here, "en"), "    ") if found.keyed else (here, "  ")
    for line in _fields(inner, values, place, _required(inner), bare=bare or found.keyed):
        yield f"{indent}{line}"


def _item(inner: type[BaseModel], values: Values, place: Place, *, bare: bool) -> Iterator[str]:
    """Render an item of a list: comments above its first field stand above the dash."""
    lines = list(_fields(inner, values, place, _required(inner), bare=bare))
    start = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    yield from (f"    {line}" for line in lines[:start])
    yield f"  - {lines[start]}"
    yield from (f"    {line}" for line in lines[start + 1 :])


def sentence(info: FieldInfo, found: FieldShape) -> Iterator[str]:
    """The comment above a field: its description, and its vocabulary unless the description names every word."""
    text = " ".join((info.description or "").split())
    if any(word not in text for word in found.words):
        text = f"{text} One of: {', '.join(found.words)}."
    yield from (f"# {line}" for line in textwrap.wrap(text, WIDTH - 2, break_on_hyphens=False))


def _written(value: str, *, many: bool) -> str:
    if many:
        return f"[{', '.join(scalar(item.strip(), flow=True) for item in value.split(',') if item.strip())}]"
    return scalar(value) if value else ""


def scalar(text: str, *, flow: bool = False) -> str:
    """Quote a text as a YAML scalar that parses to exactly this text; left unquoted if possible."""
    if _is_plain(text, flow=flow):
        return text
    if all(char.isprintable() for char in text):
        return "'" + text.replace("'", "''") + "'"
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6)).strip()


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether YAML reads the text as itself without quotes, in a list on one line or behind a colon."""
    if flow and not _SIMPLE.fullmatch(text):
        return False
    try:  # stricter than libyaml, so both can parse the result
        node = yaml.compose(f"[{text}]" if flow else f"a: {text}", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    match node:
        case (
            yaml.SequenceNode(value=[yaml.ScalarNode() as value])
            | yaml.MappingNode(value=[(_, yaml.ScalarNode() as value)])
        ):
            kinds = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"}
            return not value.style and value.value == text and value.tag in kinds
    return False
