"""Adds column labels to table cells, for tables that the style sheet shows as cards on phones."""

import html
import re

_TAG = re.compile(
    r"(?P<open><div\b(?P<inside>[^>]*)>)|(?P<close></div>)|(?P<table><table\b)|(?P<row><tr\b)"
    r"|<th\b[^>]*>(?P<head>.*?)</th>|(?P<cell><td\b)",
    re.DOTALL,
)
_STACK = re.compile(r'\bclass="(?:[^"]*\s)?stack(?:\s[^"]*)?"')
_MARK = re.compile(r"<[^>]*>")


def labelled(page: str) -> str:
    """Add `data-label`, the text of the column heading, to every cell of tables inside `.stack`.

    Parses with regular expressions, which is safe because in Markdown's HTML no attribute contains a bare `>`.
    """
    if not _STACK.search(page):
        return page
    pieces: list[str] = []
    last = column = 0
    within: list[bool] = []
    heads: list[str] = []
    for match in _TAG.finditer(page):
        if match["open"]:
            within.append(bool(_STACK.search(match["inside"])))
        elif match["close"]:
            del within[-1:]
        elif match["table"]:
            heads = []
        elif match["row"]:
            column = 0
        elif match["head"] is not None:
            heads.append(" ".join(html.unescape(_MARK.sub("", match["head"])).split()))
        else:
            if any(within) and column < len(heads) and heads[column]:
                pieces += [page[last : match.end()], f' data-label="{html.escape(heads[column])}"']
                last = match.end()
            column += 1
    return "".join([*pieces, page[last:]])
