"""Anchors of headings: known from the text alone, the same wherever a heading stands, and unique on a page.

An anchor is made of the words of its heading, in any script. A heading that would be reached by an anchor of the
generator's own gets the prefix `h.`, which no such anchor has. What Python-Markdown would give by itself is left to it.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterator

from explainer.base.problems import quoted
from explainer.reading.blocks import BlockKind, blocks
from explainer.reading.prose import Link, Mark, ProseFault, TextRun, masked, parse

APART = "h."
"""Prefix of the anchor of a heading whose words are those of an anchor of the generator; no slug holds a full stop."""
_HEADING = re.compile(r"^(?P<level>#{1,6})(?P<text>[^\n]*?)#*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]\{(?P<list>[^{}\n]*)\}[ \t]*$|^[ \t]*\{(?P<block>[^{}\n]*)\}[ \t]*$", re.MULTILINE)
_BRACED = re.compile(r"\{(?<![^ \t\n]\{)([^{}\n]*)\}[ \t]*$", re.MULTILINE)
"""The same in a whole page, begun at the brace, for which a text is searched at once."""
_LISTED = re.compile(r"#([^\s=}]+)")
_IDENTIFIED = re.compile(r"""id=(?:"([^"]*)"|'([^']*)')""")
_BEGUN = re.compile(r"<[a-zA-Z][^<>]*\s")
"""What stands before an attribute in its element."""
_NAMED = re.compile(r"""<a\s(?:[^<>]*?\s)?name=(?:"([^"]*)"|'([^']*)')""")
_CITED = re.compile(r'<sup class="cite">.*?</sup>')
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_PLAIN = re.compile(r"[^\\`*_{}\[\]<>&|]*")
"""A heading without marks: its text is what stands there."""


def slug(text: str) -> str:
    """The words of a plain text as an anchor: letters and digits of any script in lower case, joined by hyphens.

    Latin letters lose their accents, as Python-Markdown has it, so that published anchors stay; but where it would lose
    a whole letter, the text keeps all of them as they are, with every mark that belongs to them (NFC).
    """
    if _is_kept(text):
        return _shortened(text)
    return unicodedata.normalize("NFC", _joined(_letters(unicodedata.normalize("NFC", text))))


def former(text: str) -> str:
    """The anchor that Python-Markdown would give, where it is another one; else nothing."""
    short = _shortened(text)
    return "" if short == slug(text) else short


def _shortened(text: str) -> str:
    """What the extension `toc` makes of a text (`markdown.extensions.toc.slugify`)."""
    return _joined(re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()))


def _is_kept(text: str) -> bool:
    """Whether every letter and digit of a text is one of ASCII, but for accents."""
    bare = (char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char)[0] in "LN")
    return all(map(str.isascii, bare))


def _letters(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] in "LMN" or char in "_-" or char.isspace())


def _joined(text: str) -> str:
    return re.sub(r"[-\s]+", "-", text.strip().lower())


def title(markdown: str) -> str:
    """The text of a heading that is written as Markdown of a page, without its marks."""
    text = _CITED.sub("", markdown)
    if not _PLAIN.fullmatch(text):
        text = html.unescape(_TAG.sub("", _LINK.sub(r"\1", text)))
        text = _UNDERSCORES.sub(r"\2", re.sub(r"\\(?=[^\w\s])|[*`]", "", text))
    return text.strip()


def anchored(page: str, reserved: re.Pattern[str]) -> tuple[str, tuple[str, ...]]:
    """A page, in Markdown, whose headings have anchors of their own, and all anchors of the page.

    `reserved` matches the anchors that the generator gives on such pages. A heading keeps the anchor that it would have
    by its words alone as a second one, as long as nothing else on the page has it.
    """
    anchors = _Anchors(page, reserved)
    text = _HEADING.sub(anchors.given, page)
    return text, tuple(sorted(anchors.taken))


class _Anchors:
    """The anchors of a page while its headings are gone through."""

    def __init__(self, page: str, reserved: re.Pattern[str]) -> None:
        """Find what the page gives anchors itself, and which slugs its headings may have."""
        self.seen = set(_listed(page))
        """The anchors that Python-Markdown knows of when it gives one to a heading: those of elements, not those in HTML."""
        self.taken = {*self.seen, *_in_html(page)}
        self.plain = {own for found in _HEADING.finditer(page) if (own := _own(found)) and self._is_free(own, reserved)}
        """The slugs that headings may have without the prefix."""

    def _is_free(self, own: str, reserved: re.Pattern[str]) -> bool:
        return own not in self.taken and not reserved.fullmatch(own)

    def given(self, found: re.Match[str]) -> str:
        """The line of a heading, with its anchor where Python-Markdown would not give it by itself."""
        own = _own(found)
        if own is None:
            return found.group()
        native = _numbered(own, self.seen)
        if found["level"] == "#" and native not in self.taken:
            return self._left(found, native)
        anchor = _numbered(own if own in self.plain else f"{APART}{own}", self.taken)
        second = self._second({own, former(title(found["text"]))} - {anchor, ""})
        if anchor == native and anchor.isascii() and not second and _PLAIN.fullmatch(_LINK.sub(r"\1", found["text"])):
            return self._left(found, native)
        self.taken.add(anchor)
        self.seen.add(anchor)
        return f"{found['level']}{found['text'].rstrip()}{second} {{#{anchor}}}"

    def _left(self, found: re.Match[str], native: str) -> str:
        """A heading that is left to Python-Markdown."""
        self.taken.add(native)
        self.seen.add(native)
        return found.group()

    def _second(self, wanted: set[str]) -> str:
        """Elements for further anchors of a heading, as far as nothing else has or may have them."""
        also = sorted(wanted - self.taken - self.plain)
        self.taken.update(also)
        return "".join(f' <span id="{anchor}"></span>' for anchor in also)


def _numbered(anchor: str, taken: Collection[str]) -> str:
    """An anchor, with a number if it is taken, as Python-Markdown counts."""
    number, found = 1, anchor
    while found in taken or not found:
        found, number = f"{anchor}_{number}", number + 1
    return found


def _own(found: re.Match[str]) -> str | None:
    """The slug of a heading; None if its line gives an anchor."""
    return None if _ATTRIBUTES.search(found["text"]) else slug(title(found["text"]))


def _listed(page: str) -> Iterator[str]:
    """The anchors in the attribute lists of a page in Markdown."""
    for found in _BRACED.finditer(page):
        yield from _LISTED.findall(found[1])


def _in_html(page: str) -> Iterator[str]:
    """The anchors in the HTML of a page in Markdown."""
    last = 0
    for found in _IDENTIFIED.finditer(page):  # found by the attribute: most elements have none
        begin = page.rfind("<", last, found.start())
        if begin >= 0 and _BEGUN.fullmatch(page, begin, found.start()):
            last = found.end()
            yield html.unescape(found[1] or found[2] or "")
    for found in _NAMED.finditer(page) if "name=" in page else ():
        yield html.unescape(found[1] or found[2] or "")


def written(page: str) -> frozenset[str]:
    """The anchors of a page that a person wrote, which Python-Markdown gives all by itself."""
    slugs = [own for found in _HEADING.finditer(masked(page)) if (own := _own(found))]
    again = (f"{own}_{number}" for own in set(slugs) for number in range(1, slugs.count(own)))
    return frozenset({*slugs, *again, *_listed(page), *_in_html(page)})


def faults(text: str) -> tuple[ProseFault, ...]:
    """Faults of the headings of a story: two that are reached by one anchor, one without words, a level left out.

    WCAG asks that the level of a heading says how headings belong together (technique H42): a reader who has the page read
    out goes from one to the next by level.
    """
    if "#" not in text:
        return ()
    found: list[ProseFault] = []
    seen: dict[str, int] = {}
    above = 1
    for block in blocks(text):
        if block.kind is not BlockKind.HEADING or not block.lines[0].text:
            continue
        if len(block.mark) > above + 1:
            found.append(ProseFault(_skips(len(block.mark), above), block.begun.place))
        above = len(block.mark)
        words, place = title(_as_shown(block.lines[0].text)), block.begun.place
        anchor = slug(words)
        if not anchor:
            found.append(ProseFault(_WORDLESS, place))
        elif anchor in seen:
            lines = _lines(text.count("\n", seen[anchor], place))
            found.append(ProseFault(_TWICE.format(title=quoted(words), anchor=anchor, lines=lines), place))
        seen[anchor] = place
    return tuple(found)


def _as_shown(text: str) -> str:
    """A line of prose as it stands on a page, without its citations and targets of links."""
    parts = parse(text, "somewhere")  # any folder, so that links to others stay inside
    return "".join(
        part.label if isinstance(part, Link) else part.text for part in parts if isinstance(part, TextRun | Mark | Link)
    )


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"


def _skips(level: int, above: int) -> str:
    """What is said of a heading of a level below one of another, with a level left out between them."""
    upper = _TITLE if above == 1 else _OTHER.format(above=above)
    return _SKIPS.format(level=level, upper=upper, mark="#" * (above + 1))


_SKIPS = "this heading is of level {level}, and {upper}; expected no level left out; write {mark}"
_TITLE = "the one above it is the title of the page, of level 1"
_OTHER = "the one above it of level {above}"
_WORDLESS = "a heading without a letter or a number; expected words, by which a link can lead there; add some"
_TWICE = (
    "the heading {title} leads to the anchor '{anchor}', as the one {lines} above does; expected headings that differ, so that "
    "a link to one stays right when others come; say in it what is its own, as in 'Results of 2021'"
)
