"""Lexer of the text in a paragraph, heading or cell: the constructs that are not passed on unchanged, one named pattern each.

The patterns decide what is safe. They are tried in their order at every character, and the first that matches wins:
an escape comes before what it escapes, code before everything that code may contain, and `unsafe` last.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a token of prose is."""

    BREAK = "break"
    ESCAPE = "escape"
    TICKS = "ticks"
    DATA = "data"
    OPEN = "open"
    CITE = "cite"
    STRAY = "stray"
    DEFINITION = "definition"
    IMAGE = "image"
    LINK = "link"
    BROKEN = "broken"
    ADDRESS = "address"
    HTML = "html"
    START = "start"
    RUN = "run"
    ENTITY = "entity"
    UNSAFE = "unsafe"


PATTERNS: Mapping[Kind, str] = {
    # The end of a line that is kept: two spaces or a backslash.
    Kind.BREAK: r"(?:(?<![ ])[ ]{2,}|\\)\n",
    # A backslash and the punctuation that it escapes.
    Kind.ESCAPE: r"\\[!-/:-@\[-`{-~]",
    # A run of backticks, which begins code if another of the same length follows.
    Kind.TICKS: r"`+",
    # What names data, in `asked`; it need not be well formed.
    Kind.DATA: r"\[\[(?P<asked>[=a-z][^\[\]\n]*)\]\](?!\()",
    # The same where it is not closed on its line.
    Kind.OPEN: r"\[\[(?:=|[a-z]+[ ])[^\[\]\n]*\]?(?=[^\]]|\Z)",
    # One citation or several between brackets, in `cited`; it need not be well formed.
    Kind.CITE: r"\[@(?P<cited>[^\[\]\n]*)\](?!\()",
    # A citation that is not closed, or in parentheses.
    Kind.STRAY: r"\[@(?![^\[\]\n]*\]\()[^\s\[\]]*|\(@[a-z0-9-]+\)",
    # A link reference definition.
    Kind.DEFINITION: r"^\[(?!@)[^\[\]]+\]:",
    # An image, also one whose brackets never close.
    Kind.IMAGE: r"!\[(?:[^\[\]\n]*\](?:\([^()\n]*\))?)?",
    # A link without brackets in its `label` and without parentheses in its `target`.
    Kind.LINK: r"\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\((?P<target>[^()\n]*)\)",
    # The middle of a link that is not of that form.
    Kind.BROKEN: r"\]\(",
    # An address between angle brackets, in `url`, or one of e-mail, in `mail`.
    Kind.ADDRESS: r"<(?:(?P<url>https?://[^\s<>]*)|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+))>",
    # What begins a tag, a comment or a declaration.
    Kind.HTML: r"<(?:/?[A-Za-z]|!(?:--|[A-Za-z]|\[CDATA\[)|\?)[^\s<>]{0,20}>?",
    # What begins a block to Python-Markdown where it begins a line.
    Kind.START: r"^(?:[#>|=:+~-]|\d+\.(?=[ ]))",
    # Asterisks or underscores.
    Kind.RUN: r"\*+|_+",
    # A character by its name or number, in `name`.
    Kind.ENTITY: r"&(?P<name>\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});",
    # Whatever may begin a tag, an attribute list, an entity, an escape, a cell, a link or the list of contents.
    Kind.UNSAFE: r"[<{|]|\\(?:[ ]+\n)?|&(?=[#A-Za-z0-9])|\[(?![^\[\]\n]*\])|\[(?=TOC\])",
}
"""Kind -> its pattern, in the order in which they are tried; no two of them name the same group."""

FLAGS = re.MULTILINE | re.DOTALL
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PATTERNS.items()), FLAGS)
"""Matches the next token; the group that is named like its kind closes last."""

_BEGINNING = re.compile(r"[\\`\[(!\]<*_&{|]|[ ]{2,}\n|^(?:[#>|=:+~-]|\d)", FLAGS)
"""What a token begins with: a text is searched for it in a sixth of the time, since the patterns are tried only there."""


def next_token(text: str, at: int) -> re.Match[str] | None:
    """The first token of a text from a place on."""
    while beginning := _BEGINNING.search(text, at):
        if token := _TOKEN.match(text, beginning.start()):
            return token
        at = beginning.start() + 1
    return None


def kind_of(token: re.Match[str]) -> Kind:
    """The kind of a token."""
    return Kind(str(token.lastgroup))
