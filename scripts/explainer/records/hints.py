"""What an editor meant by a value that its field does not take, in the words in which it can be written."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from explainer.base.numerals import Numeral, numeral
from explainer.base.problems import did_you_mean
from explainer.base.values import NotADateError, NotANumberError
from explainer.base.written_dates import both_ends
from explainer.records.introspect import in_order, members, part, written
from explainer.records.model import Refers, Vocabulary

_CURLY = str.maketrans("", "", "“”„‟‘’‚«»\"'`")
_SAID = re.compile(r'"([^"]+)"')


def word_meant(annotation: Any, text: str) -> str | None:
    """The word of a vocabulary whose sentence holds what was written, as `more-than` is said by "over"."""
    leaf = part(annotation).leaf
    if not (isinstance(leaf, type) and issubclass(leaf, Vocabulary)):
        return None
    said = " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())
    for word, sentence in leaf.sentences().items():
        spelt = {word.replace("-", " "), *(phrase.casefold() for phrase in _SAID.findall(sentence))}
        if said in spelt:
            return word
    return None


def guessed_word(annotation: Any, text: str) -> str:
    """Suggest a word of a vocabulary, as in `"; did you mean 'x'?"`; empty if none is likely."""
    meant = word_meant(annotation, text)
    return f"; did you mean '{meant}'?" if meant else did_you_mean(text, members(annotation))


def of_value(model: type[BaseModel] | None, name: str, error: object) -> str | None:
    """The message of an error whose value says more than its field takes, with the fields for the rest; None if none does."""
    fields = model.model_fields if model else {}
    match error:
        case NotANumberError() if found := numeral(error.text):
            return _of_number(fields, name, str(error), found)
        case NotADateError() if name == "start" and "end" in fields and (ends := both_ends(error.text)):
            return f"{str(error).split('; did you')[0]}; write start: {ends[0]} and end: {ends[1]}"
    return None


def _of_number(fields: Mapping[str, Any], name: str, told: str, found: Numeral) -> str | None:
    """The message about a number that something stands beside, with the fields for it."""
    if found.said == "margin" and "margin" in fields and name != "margin":
        return f"{told}; write margin: {found.digits} beside the value"
    if rest := _rest(fields, found):
        return f"{told}; write {', '.join((f'{name}: {found.digits}', *rest))}"
    return None if "did you mean" in told else f"{told}; write {name}: {found.digits}"


def _rest(fields: Mapping[str, Any], found: Numeral) -> list[str]:
    """The fields that say what stands beside a number."""
    rest = []
    if found.high and "high" in fields:
        rest.append(f"high: {found.high}")
    if found.said and "comparator" in fields:
        word = word_meant(fields["comparator"].annotation, found.said)
        rest.append(f"comparator: {word}" if word else f"and the words '{found.said}' into note:")
    if found.unit and "unit" in fields and not found.unit.islower():
        rest.append(f"unit: '{found.unit}'" if not found.unit.isalnum() else f"unit: {found.unit}")
    return rest


def bare(text: str) -> str:
    """An entry without the brackets, quotes and at signs that people put around it."""
    return text.translate(_CURLY).strip(" ()[]{}@,;")


def entries(text: str) -> str:
    """A text as the entries of a list on one line; taken apart at commas, and at words that an id never holds."""
    return f"[{', '.join(filter(None, map(bare, re.split(r'[,;&]|[ ]and[ ]', text))))}]"


def example(model: type[BaseModel] | None, given: object = None) -> str:
    """The fields that a part needs, with the value that was given in the one that takes it."""
    if model is None:
        return "name: value"
    names = [name for name in in_order(model) if model.model_fields[name].is_required()]
    filled = _filled(model, names, given) if isinstance(given, str) else None
    words = (f"{written(model, name)}: {bare(str(given)) if name == filled else _open(model, name)}" for name in names)
    return ", ".join(words) or "name: value"


def _open(model: type[BaseModel], name: str) -> str:
    """What stands for a value that is still to be written."""
    found = part(model.model_fields[name].annotation)
    return "[source-id]" if name == "cite" else " or ".join(found.words) if 0 < len(found.words) <= 2 else "…"


def _filled(model: type[BaseModel], names: Iterable[str], given: object) -> str | None:
    """The field that a value alone is likely to be for: the one that names a record, or the first that holds no list."""
    single = [
        name for name in names if not (shape := part(model.model_fields[name].annotation)).many and not shape.words
    ]
    refers = [name for name in single if _refers(model, name)]
    return next(iter((*refers, *single)), None) if given else None


def _refers(model: type[BaseModel], name: str) -> bool:
    info = model.model_fields[name]
    return any(isinstance(mark, Refers) for mark in (*info.metadata, *part(info.annotation).marks))
