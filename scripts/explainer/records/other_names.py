"""Other names of a record: texts, some of them in another language."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from explainer.base.values import language_tag, plain_text


class SpokenName(str):
    """A name in another language: a text like any other, that knows its language."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> Self:
        """Take a name and its language."""
        name = super().__new__(cls, text)
        name.language = language
        return name

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """What a copy is made of."""
        return self.__class__, (str(self), self.language)


def _name(value: object) -> str:
    if isinstance(value, SpokenName):
        return value
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, Mapping) and len(value) == 1:
        [(language, text)] = value.items()
        if isinstance(text, str):
            return SpokenName(plain_text(text), language_tag(str(language)))
    raise ValueError("is not a name; expected a text, or one with its language, as in {fr: Conseil}")


def _written(name: str) -> str | dict[str, str]:
    """The name as it stands in a file."""
    return {name.language: str(name)} if isinstance(name, SpokenName) else name


_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]
}
OtherName = Annotated[str, PlainValidator(_name), PlainSerializer(_written), WithJsonSchema(_SCHEMA)]
"""A name, or its language and the name."""
