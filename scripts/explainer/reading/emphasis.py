"""Which asterisks and underscores emphasise, by the rules of CommonMark ("process emphasis" in its appendix)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import field

from explainer.base.dataclass import dataclass


@dataclass(slots=True)
class Run:
    """A run of equal asterisks or underscores, and what is shown in its place."""

    char: str
    length: int
    before: str
    """The character before it; a space at the start of the text."""
    after: str
    """The character after it; a space at the end of the text."""
    number: int
    """Its place among the runs of the text."""
    left: int = 0
    """How many of its characters are not used up; what is left in the end is shown as it is."""
    closes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    can_open: bool = False
    can_close: bool = False

    def __post_init__(self) -> None:
        self.left = self.length
        before, after = _class(self.before), _class(self.after)
        opens = after != "space" and (after == "word" or before != "word")
        closes = before != "space" and (before == "word" or after != "word")
        if self.char == "*":
            self.can_open, self.can_close = opens, closes
        else:  # an underscore within a word is a letter of it
            self.can_open = opens and (not closes or before == "mark")
            self.can_close = closes and (not opens or after == "mark")

    def shown(self) -> str:
        """The marks that end here and that begin here, and between them what of the run is text."""
        return "".join(self.closes) + self._text() + "".join(reversed(self.opens))

    def _text(self) -> str:
        if self.left == 1 == self.length and self.char == "_" and self.before.isalnum() and self.after.isalnum():
            return self.char
        return f"&#{ord(self.char)};" * self.left


def _class(char: str) -> str:
    if char.isspace():
        return "space"
    return "mark" if unicodedata.category(char)[0] in "PS" else "word"


def resolve(runs: Sequence[Run]) -> None:
    """Pair the runs of one paragraph: each that can close with the nearest one before it that it fits."""
    waiting: list[Run] = []
    bottom: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.can_close and run.left:
            key = (run.char, run.can_open, run.length % 3)
            place = _opener(waiting, run, bottom.get(key, 0))
            if place is None:
                bottom[key] = len(waiting)
                break
            del waiting[place + 1 :]
            _pair(waiting[place], run)
            if not waiting[place].left:
                waiting.pop()
            bottom = {known: min(height, len(waiting)) for known, height in bottom.items()}
        if run.can_open and run.left:
            waiting.append(run)


def _opener(waiting: Sequence[Run], closer: Run, bottom: int) -> int | None:
    for place in range(len(waiting) - 1, bottom - 1, -1):
        opener = waiting[place]
        odd = (opener.can_close or closer.can_open) and (opener.length + closer.length) % 3 == 0 and closer.length % 3
        if opener.char == closer.char and not odd:
            return place
    return None


def _pair(opener: Run, closer: Run) -> None:
    count = 2 if opener.left > 1 and closer.left > 1 else 1
    beside = opener.before.isalnum() or closer.after.isalnum()
    if opener.length == closer.length == count and closer.number == opener.number + 1 and not beside:
        start = end = opener.char * count  # alone between words, it is the same to Python-Markdown
    else:
        start, end = ("<strong>", "</strong>") if count == 2 else ("<em>", "</em>")
    opener.left -= count
    closer.left -= count
    opener.opens.append(start)
    closer.closes.append(end)
