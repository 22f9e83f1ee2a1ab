"""Lexer of prose: the constructs of Markdown that are not passed on unchanged, one named pattern each.

The patterns decide what is safe. They are tried in their order at every character, and the first that matches wins:
code comes before everything that code may contain, an escape before what it escapes, and `unsafe` last.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a token of prose is."""

    FENCE = "fence"
    ESCAPE = "escape"
    SPAN = "span"
    CITE = "cite"
    STRAY = "stray"
    DEFINITION = "definition"
    IMAGE = "image"
    LINK = "link"
    BROKEN = "broken"
    TITLE = "title"
    UNSAFE = "unsafe"


PATTERNS: Mapping[Kind, str] = {
    # A fenced block up to its closing fence or the end of the text, with its content in `code`.
    Kind.FENCE: r"^[ ]{0,3}(?P<mark>`{3,}|~{3,})[^\n]*\n(?P<code>.*?)(?:^[ ]{0,3}(?P=mark)[`~]*[ ]*$|\Z)",
    # A backslash and the character that it escapes.
    Kind.ESCAPE: r"\\[^\n]",
    # Code between equally long runs of backticks within one paragraph, with its content in `inner`.
    Kind.SPAN: r"(?P<ticks>`+)(?P<inner>(?:(?!\n\s*\n).)+?)(?<!`)(?P=ticks)(?!`)",
    # One citation or several between brackets, in `cited`; it need not be well formed.
    Kind.CITE: r"\[@(?P<cited>[^\[\]\n]*)\]",
    # A citation that is not closed, or in parentheses.
    Kind.STRAY: r"\[@[^\s\[\]]*|\(@[a-z0-9-]+\)",
    # A link reference definition, also in a quotation or a list item.
    Kind.DEFINITION: r"^(?:[ \t>]|[-*+:][ \t]|\d+\.[ \t])*\[(?!@)[^\]\n]+\]:",
    # An image, also one whose brackets never close.
    Kind.IMAGE: r"!\[(?:[^\[\]\n]*\](?:\([^()\n]*\))?)?",
    # A link without brackets in its `label` and without parentheses in its `target`.
    Kind.LINK: r"\[(?P<label>(?:[^\[\]\\\n]|\\[^\n]|\n(?!\s*\n))*)\]\((?P<target>[^()\n]*)\)",
    # The middle of a link that is not of that form.
    Kind.BROKEN: r"\]\(",
    # A heading of the first level, in either notation.
    Kind.TITLE: r"^[ ]{0,3}#(?!#)[^\n]*|^[ ]{0,3}=+[ ]*$",
    # Whatever may begin an HTML tag, an attribute list, or a numeric entity that is none: HTML parsers stumble over that.
    Kind.UNSAFE: r"[<{]|&(?=#)(?!#(?:[0-9]+|[xX][0-9a-fA-F]+);)",
}
"""Kind -> its pattern, in the order in which they are tried; no two of them name the same group."""

FLAGS = re.MULTILINE | re.DOTALL
TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PATTERNS.items()), FLAGS)
"""Matches the next token; the group that is named like its kind closes last."""


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Find the tokens of a prose text; what lies between them is passed on unchanged."""
    return TOKEN.finditer(text)


def kind_of(token: re.Match[str]) -> Kind:
    """The kind of a token."""
    return Kind(str(token.lastgroup))
