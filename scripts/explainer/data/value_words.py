"""Places and values in a record, as data -> in words: names of fields, of parts and of other records, dates and numbers."""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from pydantic import BaseModel

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.base.values import PARTIAL_DATE, PartialDate
from explainer.kinds.measure import Measure
from explainer.kinds.registry import Kinds
from explainer.kinds.source import Source
from explainer.records.editions import Editions
from explainer.records.introspect import field_at, models_in, part
from explainer.records.model import Refers
from explainer.records.signs import Drawn

Names = Callable[[str, str], str | None]
"""Kind and id -> the name of a record; None if it is not known."""
_ANY = "record"
"""Stands for the kind where a reference may lead to any."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COUNTED = frozenset({"value", "high", "margin", "most"})
"""Fields whose digits are an amount, and not the number of an edition or a year."""


@dataclass(frozen=True, slots=True)
class ValueWords:
    """Says places and values in one language."""

    words: Language
    kinds: Kinds
    names: Names

    def place(self, kind: str, place: tuple[str, ...]) -> str:
        """A place in a record: from the field inwards, without what goes without saying."""
        within = self.words("changes.within")
        text = ""
        for step in self._steps(kind, place):
            text = within.format(outer=text, inner=step) if text else step
        return text[:1].upper() + text[1:]

    def _steps(self, kind: str, place: tuple[str, ...]) -> Iterator[str]:
        for at, following in enumerate((*place[1:], ""), 1):
            if not _says_all(following) and (step := self._step(kind, place[:at])):
                yield step

    def _step(self, kind: str, place: tuple[str, ...]) -> str:
        key, is_part, text = place[-1].partition("=")
        if is_part:
            return self._part(kind, place, key, text)
        return "" if key == "value" and len(place) > 1 else self._field(kind, key, place)

    def _part(self, kind: str, place: tuple[str, ...], key: str, text: str) -> str:
        model = self.kinds.by_kind.get(kind)
        if key == "paragraph" and model and issubclass(model, Editions):
            group, number = model.PARTS.split(text)
            return self.words(f"{kind}-page.paragraphs.{group}").format(n=number.upper())
        refers = self._target(kind, place) or self._target(kind, (*place, key))
        shown = self.value(kind, (*place, key), text)
        return shown if refers else self.words("changes.quoted").format(text=shown)

    def _field(self, kind: str, name: str, place: tuple[str, ...]) -> str:
        """What a field is called: in the words of its kind, else in those for every record, else as editors write it."""
        for keys in (("fields-shown", kind, name, "name"), ("changes", "fields", name)):
            if found := _word(self.words, keys):
                return found
        in_names = len(place) > 1 and place[-2] == "names"
        return self.words.language(name) if in_names else name.replace("_", " ")

    def value(self, kind: str, place: tuple[str, ...], text: str) -> str:
        """A value: the name of the record that it refers to, a date or a number as they are written, a word."""
        if target := self._target(kind, place):
            return self._name(target, text)
        name = place[-1].partition("=")[0] if place else ""
        if "-" in text and PARTIAL_DATE.fullmatch(text):
            return self.words.day(PartialDate.read(text))
        if name in _COUNTED and _NUMBER.fullmatch(text):
            return self.words.number(Decimal(text))
        keys = (name, f"{name}s", f"{kind}-{name}")
        return next(filter(None, (_word(self.words, (key, text)) for key in keys)), text)

    def source(self, ident: str) -> str:
        """The title of a source."""
        return self.names(Source.KIND, ident) or ident

    def _name(self, target: str, text: str) -> str:
        """The name of a record by its id, or by folder/id."""
        folder, _, ident = text.partition("/")
        model = self.kinds.by_folder.get(folder) if ident else None
        found = self.names(model.KIND, ident) if model else self.names(target, text)
        return found or text

    def is_drawn(self, kind: str, place: tuple[str, ...]) -> bool:
        """Whether the value at a place is a drawing, which cannot be said."""
        model = self.kinds.by_kind.get(kind)
        return len(place) == 1 and any(isinstance(mark, Drawn) for mark in _field_of(model, place[0])[0])

    def _target(self, kind: str, place: tuple[str, ...]) -> str | None:
        """The kind of record to which the value at a place refers; `_ANY` for a reference to any kind."""
        names = [step for step in place if "=" not in step]
        if names and names[-1] == "cite":
            return Source.KIND
        if place and place[-1].partition("=")[0] == "measure":
            return Measure.KIND
        found = _refers(self.kinds.by_kind.get(kind), names)
        return (found.kind or _ANY) if found else None


def _refers(model: type[BaseModel] | None, names: Sequence[str]) -> Refers | None:
    """What the innermost of nested fields refers to."""
    marks: tuple[object, ...] = ()
    for name in names:
        marks, model = _field_of(model, name)
    return next((mark for mark in marks if isinstance(mark, Refers)), None)


@functools.lru_cache(maxsize=4096)  # asked for each value that ever changed
def _field_of(model: type[BaseModel] | None, name: str) -> tuple[tuple[object, ...], type[BaseModel] | None]:
    """What stands beside the type of a field of a model, and the model of what it holds."""
    info = field_at(model, name) if model else None
    if info is None:
        return (), None
    return (*info.metadata, *part(info.annotation).marks), next(models_in(info.annotation), None)


def _says_all(following: str) -> bool:
    """Whether the part of a list says by itself which list it is in: what is counted, or the place in the text."""
    return following.startswith(("measure=", "paragraph="))


def _word(words: Language, keys: tuple[str, ...]) -> str | None:
    """The word at these keys of the catalogue; None if there is none, or it is a pattern."""
    try:
        found = words(".".join(keys[:-1]), keys[-1])
    except (KeyError, TypeError):
        return None
    found = found.replace("{n}", "").strip()
    return None if not found or "{" in found else found
