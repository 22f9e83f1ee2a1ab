"""Reads marks within a line the short way, for `quick_markdown`.

Patterns are passed over whose first sign a text does not have, tags are kept apart in one go with the text among them, and a
link without brackets or a title is read by one expression.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import STX, AtomicString

from explainer.publish.quick_html import ELEMENT, KEPT_APART, run_of_tags

_SIGNS: dict[str, tuple[str, ...]] = {
    inlinepatterns.BACKTICK_RE: ("`",),
    inlinepatterns.ESCAPE_RE: ("\\",),
    inlinepatterns.LINK_RE: ("[",),
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.AUTOLINK_RE: ("://",),
    inlinepatterns.AUTOMAIL_RE: ("@",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    inlinepatterns.HTML_RE: ("<",),
    inlinepatterns.ENTITY_RE: ("&",),
    r"\*|_": ("*", "_"),
}
"""Pattern -> signs of which a text has one wherever the pattern matches; one that is not here is always tried."""
_RUN_OR_TAG = re.compile(f"({run_of_tags(KEPT_APART)})|{inlinepatterns.HTML_RE}", re.DOTALL)
_INNER = run_of_tags(rf"{KEPT_APART}\[\]\\\n")
_CITED = re.compile(rf"{_INNER}\[{_INNER}\]{_INNER}")
"""Tags with one pair of brackets around those within, which are no link because a tag follows: a citation."""
_PLAIN_END = re.compile(r"""\]\([^\s()<>"'\[\]]*\)""")
_ANYTHING = re.compile("")
_NAME = re.compile("</?([^ >]+)")
_KNOWN = frozenset({inlinepatterns.__name__, __name__})
"""The modules whose patterns are known to look for nothing else."""
_KNOWN_AFTER = re.compile(r"markdown\.(?:treeprocessors|extensions\.(?:attr_list|toc))|(?:mkdocs|explainer)\..*")
"""The modules of what goes through a page later and is known to look for nothing in text among tags."""
_ANY_SIGN = re.compile(r"[`\\\[<&*_@]|://|  \n")


class SignedPatterns(InlineProcessor):
    """Tries those patterns only whose signs a text has, and keeps tags in one go with the text among them."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Look the signs up once a page."""
        patterns: list[Any] = list(self.inlinePatterns)
        self._tried = [
            (pattern, _SIGNS.get(pattern.pattern, ("",)), type(pattern) is inlinepatterns.HtmlInlineProcessor)
            for pattern in patterns
        ]
        self._all_known = self._are_known(patterns)
        places = [place for place, pattern in enumerate(patterns) if pattern.pattern == inlinepatterns.LINK_RE]
        self._before_links = min(places, default=-1) if self._all_known and not self.md.references else -1
        self._any = _ANY_SIGN if self._all_known else _ANYTHING
        return super().run(tree, ancestors)

    def _are_known(self, patterns: list[Any]) -> bool:
        """Whether nothing else looks at text among tags: no other pattern, and nothing that goes through the page later."""
        own = all(pattern.pattern in _SIGNS and type(pattern).__module__ in _KNOWN for pattern in patterns)
        return own and all(_KNOWN_AFTER.fullmatch(type(later).__module__) for later in self.md.treeprocessors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - the name that the base class calls
        """Apply the patterns from a place on, as the base class does."""
        if isinstance(data, AtomicString) or not self._any.search(data):
            return data
        for place in range(patternIndex, len(self._tried)):
            pattern, signs, is_html = self._tried[place]
            if place == self._before_links:
                data = self._cited(data)
            for sign in signs:
                if sign in data:
                    data = self._marked(pattern, data) if is_html else self._applied(pattern, data, place)
                    break
        return data

    def _cited(self, data: str) -> str:
        """A text without its citations, whose brackets would each be tried as those of a link.

        It is left as it is if it has a link with a title, which may hold tags, or a sign that begins no tag.
        """
        if "]</" not in data or "![" in data or data.count("](") > len(_PLAIN_END.findall(data)):
            return data
        return _CITED.sub(self._kept, data) if data.count("<") == len(ELEMENT.findall(data)) else data

    def _kept(self, run: re.Match[str]) -> str:
        """A placeholder for tags with the text among them; a paragraph of nothing else would lose its own if it began with a block."""
        begin = _NAME.match(run[0])
        if begin is None or self.md.is_block_level(begin[1]):
            return run[0]
        return self.md.htmlStash.store(run[0])

    def _applied(self, pattern: Any, data: str, place: int) -> str:
        """A text in which every match of a pattern is replaced."""
        if isinstance(pattern, inlinepatterns.ReferenceInlineProcessor) and not self.md.references:
            return data  # a reference to nothing is text
        matched, start = True, 0
        while matched:
            data, matched, start = self._InlineProcessor__applyPattern(pattern, data, place, start)  # type: ignore[attr-defined]
        return data

    def _marked(self, pattern: Any, data: str) -> str:
        """A text in which a placeholder stands for every tag or entity, put there in one go."""

        def stashed(match: re.Match[str]) -> str:
            if STX in match[1]:
                return str(self._InlineProcessor__stashNode(pattern.handleMatch(match, data)[0], pattern.type()))  # type: ignore[attr-defined]
            kept = self.md.htmlStash.store(match[1])
            return kept if self._all_known else str(self._InlineProcessor__stashNode(kept, pattern.type()))  # type: ignore[attr-defined]

        one = pattern.getCompiledRegExp()
        if not self._all_known or pattern.pattern != inlinepatterns.HTML_RE:
            return str(one.sub(stashed, data))

        def run_or_tag(found: re.Match[str]) -> str:
            kept = self._kept(found) if found[1] else found[0]
            return str(one.sub(stashed, kept)) if kept == found[0] else kept

        return _RUN_OR_TAG.sub(run_or_tag, data)


_LINK = re.compile(r"""([^\[\]]*)\]\(([^\s()<>"']+)\)""")
"""A link behind its first bracket, if it has no brackets in its text and neither a title nor brackets in its address."""


class PlainLinks(inlinepatterns.LinkInlineProcessor):
    """Reads a plain link at once; the base class goes through it sign by sign."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override] # noqa: N802 - the name that the base class calls
        """The element of a link, and where it begins and ends."""
        found = _LINK.match(data, m.end())
        if found is None:
            return super().handleMatch(m, data)
        address: Any = self.unescape(found[2])
        link = Element("a", href=address.strip())
        link.text = found[1]
        return link, m.start(), found.end()
