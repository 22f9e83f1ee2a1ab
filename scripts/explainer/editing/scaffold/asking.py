"""Prompts on a terminal for the values of a new record, repeated until the answer is valid."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

import click

from explainer.base.problems import did_you_mean
from explainer.base.values import SLUG
from explainer.editing.scaffold.answers import refused
from explainer.editing.scaffold.guessing import suggested, unused
from explainer.editing.scaffold.placing import Documents
from explainer.editing.scaffold.skeleton import Slot, Values, sentence, slots
from explainer.kinds.registry import Kinds
from explainer.reading.document import Place
from explainer.records.introspect import part
from explainer.records.record import Record


def asked(kinds: Kinds, model: type[Record], values: Values, documents: Documents) -> dict[Place, str]:
    """Prompt for each needed value that is missing and add the answers to `values`; an empty answer leaves it open."""
    found = dict(values)
    for slot in slots(model):
        if slot.place not in found and slot.place != ("id",):
            found |= _answer(kinds, slot, documents)
    if ("id",) not in found:
        words = suggested(model, found, documents)
        taken = {str(doc.data.get("id")) for kind, doc in documents if kind is model}
        found |= _answer(kinds, Slot(("id",), model, "id"), documents, unused(words, taken) if words else "")
    return found


def asked_file(files: Sequence[str]) -> str:
    """Prompt for the name of the list to write into, and return it."""
    names = [PurePosixPath(path).stem for path in files]

    def name(answer: str) -> str:
        answer = answer.strip().removesuffix(".yml")
        if answer not in names and (not SLUG.fullmatch(answer) or did_you_mean(answer, names)):
            guess = did_you_mean(answer, names) or "; expected a name, as in press"
            raise click.BadParameter(f"'{answer}' is none of the files{guess}")
        return answer

    click.echo("\nThe file to write into: one of those that there are, or a new name.")
    return _prompted("file", name, type=click.Choice(names))


def _answer(kinds: Kinds, slot: Slot, documents: Documents, default: str = "") -> dict[Place, str]:
    """Prompt for the value of a slot: its place with the answer, or nothing if the answer is empty."""
    found = part(slot.info.annotation)

    def value(answer: str) -> str:
        answer = answer.strip() or default
        if answer and (wrong := refused(kinds, slot, answer, documents)):
            raise click.BadParameter(wrong)
        return answer

    click.echo("\n".join(["", *(line.removeprefix("# ") for line in sentence(slot.info, found))]))
    many = " (several with commas)" if found.many else ""
    answer = _prompted(f"{slot.words}{many}", value, default=default, show_default=bool(default))
    return {slot.place: answer} if answer else {}


def _prompted(
    text: str,
    value: Callable[[str], str],
    *,
    type: click.Choice[str] | None = None,  # noqa: A002 - as click calls it
    default: str | None = None,
    show_default: bool = True,
) -> str:
    """Prompt until the answer is valid; raises EOFError if there are no more, KeyboardInterrupt on Ctrl-C."""
    try:
        return click.prompt(text, value_proc=value, type=type, default=default, show_default=show_default)
    except click.Abort as stopped:  # in which click hides what stopped it
        raise stopped.__context__ or stopped from None
