"""How a block or a value is written: a kind, then words and options, `name=value`; each keeps its place in the text."""

import re
from collections import Counter

from explainer.base.dataclass import dataclass

VALUE = "="
"""The kind of a value within a sentence."""
START = len("[[")
_ITEM = re.compile(r'(?:(?P<name>[a-z][\w:.-]*)=)?(?P<value>"[^"]*"|[^\s"]+)', re.ASCII)


class AskedError(Exception):
    """Raised if what is asked for is not there; the message says what, what was expected, and the next step."""

    def __init__(self, message: str, at: int) -> None:
        """Take a message, and the place in the mark of what it is about."""
        super().__init__(message)
        self.message, self.at = message, at


@dataclass(frozen=True, slots=True)
class Item:
    """A word, or an option with its value."""

    value: str
    at: int
    """Of the item, from the first bracket on."""
    name: str = ""
    """Of an option."""

    @property
    def told(self) -> "Item":
        """Its value alone, with its place."""
        return self.values[0]

    @property
    def values(self) -> tuple["Item", ...]:
        """Its values between commas, each with its place."""
        found, at = [], self.at + (len(self.name) + 1 if self.name else 0)
        for value in self.value.split(","):
            found.append(Item(value, at, self.name))
            at += len(value) + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands between two pairs of brackets."""

    kind: Item
    items: tuple[Item, ...]

    @property
    def words(self) -> tuple[Item, ...]:
        """The words that are no option."""
        return tuple(item for item in self.items if not item.name)

    @property
    def options(self) -> tuple[Item, ...]:
        """The options, in their order."""
        return tuple(item for item in self.items if item.name)

    def option(self, name: str) -> Item | None:
        """The option of a name."""
        return next((item for item in self.items if item.name == name), None)

    @property
    def end(self) -> int:
        """The place behind the last item."""
        last = self.items[-1] if self.items else self.kind
        return last.at + len(last.value) + (len(last.name) + 1 if last.name else 0)


def asked(text: str) -> Asked:
    """Split what stands between the brackets; raises AskedError for an option that is there twice."""
    kind = VALUE if text.startswith(VALUE) else text.split(maxsplit=1)[0]
    items = tuple(
        Item(found["value"].strip('"'), START + found.start(), found["name"] or "")
        for found in _ITEM.finditer(text, len(kind))
    )
    counts = Counter(item.name for item in items if item.name)
    for item in reversed(items):
        if counts[item.name] > 1:
            raise AskedError(
                f"'{item.name}=' stands twice; expected it once; delete one, or join the values by commas", item.at
            )
    return Asked(Item(kind, START), items)
