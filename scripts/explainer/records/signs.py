"""Signs: pictograms of lines that records bring along as data, drawn on one field and in one stroke, so that all are one family.

A sign is a part of SVG's path data: absolute commands, so that every number is a place on the field and can be checked.
"""

import re
from typing import Annotated

from pydantic import AfterValidator

from explainer.base.problems import quoted

FIELD = 24
"""Width and height of the field of a sign, in units."""
_MOST = 600
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0}
"""Command -> how many numbers it takes, once or several times."""
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_PLACE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?")
_EXPECTED = (
    f"expected lines on a field of {FIELD} by {FIELD}, as in 'M4 12H20M12 4V20': "
    "commands M L H V C Q A Z of SVG paths, each with its numbers"
)


def _sign(text: str) -> str:
    if len(text) > _MOST:
        raise ValueError(f"a sign has at most {_MOST} characters, got {len(text)}; draw it with fewer lines")
    steps = _STEP.findall(text)
    if not steps or steps[0][0] != "M" or "".join(map("".join, steps)) != text:
        raise ValueError(f"{quoted(text)} is not a sign; {_EXPECTED}")
    return "".join(_step(command, numbers.split()) for command, numbers in steps)


def _step(command: str, numbers: list[str]) -> str:
    """One command with its numbers; raises ValueError if they are not places on the field, or too few or too many."""
    takes = _TAKES.get(command)
    if takes is None:
        hint = f"; did you mean {command.upper()}, with places counted from the corner?" * (command.upper() in _TAKES)
        raise ValueError(f"'{command}' is not a command of a sign; {_EXPECTED}{hint}")
    for number in numbers:
        if not _PLACE.fullmatch(number) or float(number) > FIELD:
            raise ValueError(
                f"{quoted(number)} in a sign is no place on its field; expected 0 to {FIELD}, as in 7 or 7.25"
            )
    if len(numbers) % takes if takes and numbers else takes or numbers:
        raise ValueError(f"{command} in a sign takes {takes} numbers, or a multiple, got {len(numbers)}; {_EXPECTED}")
    return f"{command}{' '.join(numbers)}"


class Drawn:
    """Marks a field whose value is a drawing, which nobody reads as words."""


Sign = Annotated[str, AfterValidator(_sign), Drawn()]
"""The lines of a sign."""
