"""The fields of a type of record, for people: name, shape, whether it is needed, and its sentence."""

from collections.abc import Iterator

from pydantic import BaseModel

from explainer.records.record import Record
from explainer.schema import in_order, models_in, shape


def table(model: type[Record]) -> Iterator[str]:
    """The field reference of a type, line by line: its own fields, then those of the parts that they hold."""
    yield f"{model.KIND}: {(model.__doc__ or '').strip()}"
    waiting: list[type[BaseModel]] = [model]
    seen: set[type[BaseModel]] = set()
    while waiting:
        current = waiting.pop(0)
        if current in seen:
            continue
        seen.add(current)
        if current is not model:
            yield ""
            yield f"{current.__name__}: {(current.__doc__ or '').strip()}"
        for name in in_order(current):
            if name == "body":
                continue
            info = current.model_fields[name]
            need = "needed" if info.is_required() else "optional"
            yield f"  {name} ({shape(info.annotation)}; {need})"
            yield f"      {(info.description or '').strip()}"
            waiting += [inner for inner in models_in(info.annotation) if inner not in seen]
    if model.STORY:
        yield ""
        yield "The story is the Markdown text after the front matter."
