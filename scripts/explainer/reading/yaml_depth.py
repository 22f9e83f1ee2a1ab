"""How deep the lists and mappings of a YAML text are nested, told before it is composed.

The parser in C calls itself once for each level, and a text of a few ten thousand levels would end the process without a
word. Counting the levels event by event takes half as long as reading, so only a text that can be so deep is counted.
"""

from typing import Any

import yaml

BRACKETS = 500
"""Levels in brackets that every parser can compose; a record has a few, and is told so once it is read."""
WIDTH = 500
"""Characters of a line within which lists and mappings without brackets cannot be nested too deep for a parser."""


def too_deep(text: str, deepest: int, loader: Any) -> tuple[int, int] | None:
    """Line and column, from 0, where a text that can be dangerously deep first goes deeper than so many levels; None for every other text.

    Raises YAMLError as the parser does.
    """
    if not (_is_wide(text) or _can_be_deep_in_brackets(text)):
        return None
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > deepest and event.start_mark:
                return event.start_mark.line, event.start_mark.column
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _is_wide(text: str) -> bool:
    """Whether a line is so long that each level can stand further to the right than the one around it.

    It goes from one end of a line to the last that a line of the greatest width allows: most lines are never looked at.
    """
    end, last = -1, len(text) - WIDTH
    while end < last:
        following = text.rfind("\n", end + 1, end + 1 + WIDTH)
        if following < 0:
            return True
        end = following
    return False


def _can_be_deep_in_brackets(text: str) -> bool:
    """Whether more brackets than are harmless can be open at once.

    What a line opens it closes again if it has as many of both, and neither a quote nor a comment in which one counts for
    nothing. All others are taken to stay open.
    """
    if text.count("[") + text.count("{") <= BRACKETS:
        return False
    opened = most = 0
    for line in text.split("\n"):
        if found := line.count("[") + line.count("{"):
            most = max(most, found)
            closed = line.count("]") + line.count("}")
            opened += found if found != closed or any(sign in line for sign in "\"'#") else 0
    return opened + most > BRACKETS
