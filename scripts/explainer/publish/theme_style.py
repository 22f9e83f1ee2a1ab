"""The theme's style sheet without the parts that no page here uses: it is a quarter of what a reader's first view moves."""

import re
from collections.abc import Iterator

UNUSED = (
    # Markdown extensions that mkdocs.yml does not list
    "admonition|arithmatex|critic|emojione|gemoji|twemoji|footnote|highlight|highlighttable|keys|linenos|linenodiv|mermaid"
    "|progress|tabbed|task-list|grid|card|lg|xl|middle|annotate|md-annotation|md-code|md-clipboard|doc|filename|result"
    "|inline|superfences|tooltip|abstract|bug|danger|example|failure|info|question|quote|success|tip|warning|katex"
    # features of the theme that are switched off, and parts that our templates replace
    "|md-search|md-nav|md-source|md-select|md-version|md-feedback|md-consent|md-post|md-pagination|md-tag|md-author|md-profile"
    "|md-social|md-copyright|md-alternate|md-banner|md-announce|md-meta|md-path|md-progress|md-status|md-tooltip"
    "|md-tooltip2|md-sidebar--secondary|md-sidebar--post|mdx|giscus|video|hide|annotations?|md-comments"
    "|md-button|md-content--post|md-draft|md-footer-meta|md-footer_|md-header--lifted|md-header__source|md-input|md-pin"
    "|xxl|xxxl"
)
_CLASS = re.compile(rf"\.(?:{UNUSED})(?:[-_][\w-]*)?(?![\w-])")
_SORTED = "[role=columnheader]"
"""Heads of tables that the theme takes for buttons which sort."""
_COLOUR = re.compile(r"\[data-md-color-(?:(?:primary|accent)=(?!custom)|switching\])")
"""Colours of the theme that are to be chosen, ours are custom; and a rule for every element at each change of colours.

The theme's script sets and removes `data-md-color-switching` when a page loads, for which a browser would work out the
style of the whole page twice more.
"""
_PICTURE = re.compile(
    r"--md-(?:admonition|annotation|clipboard|search|source|status|tag|tasklist|typeset|version|footnotes)[\w-]*icon[\w-]*:url\((?:\"[^\"]*\"|'[^']*'|[^)\"']*)\);?"
)
_VALUE = re.compile(
    r"--md-(?:mermaid|code-(?:copy|hl|select)|nav|path|post|progress|status|tabbed|toc|typeset-(?:del|ins)|warning)[\w-]*:"
    r"(?:url\((?:\"[^\"]*\"|'[^']*'|[^)\"']*)\)|[^;{}()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*;?"
)
"""Values of the parts that are left out; what is left reads none of them."""
_EMPTY = re.compile(r"[^{}]+\{\}")
_TOKEN = re.compile(r"""url\([^)"']*\)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]""")


def slimmed(style: str) -> str:
    """Leave out the rules for classes that no page has, whole or from lists of selectors, and what only they use.

    The theme's script gave what is focused by keys a class; browsers know it by themselves.
    """
    style = style.replace(".focus-visible", ":focus-visible")
    return _EMPTY.sub("", _VALUE.sub("", _PICTURE.sub("", "".join(_kept(style)))))


def _kept(style: str) -> Iterator[str]:
    for rule in _rules(style):
        head, brace, body = rule.partition("{")
        if head.startswith(("@media", "@supports")):
            inside = "".join(_kept(body[:-1]))
            if inside:
                yield f"{head}{{{inside}}}"
        elif head.startswith("@"):
            yield rule
        elif selectors := [
            one for one in _selectors(head) if not (_CLASS.search(one) or _COLOUR.search(one) or _SORTED in one)
        ]:
            yield ",".join(selectors) + brace + body


def _rules(style: str) -> Iterator[str]:
    """The rules of a sheet, those in a block with it."""
    begin = depth = 0
    for token in _TOKEN.finditer(style):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0 and token[0] in "};":
            yield style[begin : token.end()].strip()
            begin = token.end()


def _selectors(head: str) -> Iterator[str]:
    """The selectors of a list; a comma within brackets belongs to one of them."""
    begin = depth = 0
    for place, sign in enumerate(head):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            yield head[begin:place]
            begin = place + 1
    yield head[begin:]
