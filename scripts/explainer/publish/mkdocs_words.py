"""What MkDocs says, in words of our own: which file, line and column it is about, and what to do.

MkDocs names addresses and settings of its own, for people who know it. Whoever writes a page of a dossier need not.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from explainer.base.problems import did_you_mean, quoted
from explainer.reading import headings

Found = re.Match[str]
CONFIGURATION = "mkdocs.yml"
AT_PAGE = re.compile(r"Error (?:reading|building) page '(?P<page>[^']*)':(?P<why>.*)", re.DOTALL)
"""What MkDocs logs before it raises again what a page raised."""


def told(warnings: Iterable[str], docs: Path, owned: Iterable[str] = ()) -> list[str]:
    """The warnings of a build as problems of the pages in `docs`, each once; the generator owns the folders `owned`."""
    teller = _Teller(docs, frozenset(owned))
    return list(dict.fromkeys(line for warning in warnings for line in teller.lines(warning.strip())))


class _Teller:
    """Puts warnings about the pages of one dossier into words."""

    def __init__(self, docs: Path, owned: frozenset[str]) -> None:
        """Take the folder of the pages."""
        self.docs, self.owned = docs, owned

    def lines(self, warning: str) -> Iterator[str]:
        """One warning, which may name several files."""
        for pattern, say in _SAYINGS:
            if found := pattern.fullmatch(warning):
                yield from say(self, found)
                return
        yield f"MkDocs, which makes the site of docs/, says of it: {quoted(warning)}; expected nothing to say; look at mkdocs.yml and at what was changed last"

    def place(self, page: str, written: str = "") -> str:
        """Where something stands in a page: the line and column of its first occurrence."""
        text = self.text(page)
        at = max(text.find(written), 0) if written else 0
        before = text[:at]
        return f"docs/{page}:{before.count(chr(10)) + 1}:{at - (before.rfind(chr(10)) + 1) + 1}"

    def text(self, page: str) -> str:
        """The text of a page; empty if it cannot be read."""
        return _text(self.docs / page)

    def setting_place(self, name: str) -> str:
        """Where a setting stands in the configuration: at the line of its key, the outermost where it lies within another."""
        text = _text(self.docs.parent / CONFIGURATION)
        key = re.search(rf"^(['\"]?){re.escape(name.partition('.')[0])}\1[ \t]*:", text, re.MULTILINE)
        return f"{CONFIGURATION}:{text.count(chr(10), 0, key.start()) + 1}:1" if key else CONFIGURATION

    def problem(self, page: str, written: str, message: str) -> str:
        """A problem of a page; one that is generated cannot be mended where it stands."""
        ours = page.partition("/")[0] in self.owned
        why = "; this page is generated: correct the template or the record that it is made of" if ours else ""
        return f"{self.place(page, written)}: {message}{why}"

    def missing(self, found: Found) -> Iterator[str]:
        """A link to a page or a file that is not there."""
        guess = (
            f"did you mean '{found['guess']}'?" if found["guess"] else "expected a page or a file in docs/; correct it"
        )
        yield self.problem(found["page"], found["link"], f"links to '{found['link']}', which is not there; {guess}")

    def absolute(self, found: Found) -> Iterator[str]:
        """A link from the root of a site."""
        guess = found["guess"] or "../people/name.md"
        message = f"links to '{found['link']}', from the root of the host; expected a path from this page; write it as in {guess}"
        yield self.problem(found["page"], found["link"], message)

    def unanchored(self, found: Found) -> Iterator[str]:
        """A link to an anchor that is not there."""
        page, link = found["page"], found["link"]
        target = found["to"] or page
        anchor = link.partition("#")[2]
        guess = did_you_mean(anchor, headings.written(self.text(target)))
        there = "that page" if found["to"] else "this page"
        end = guess or "; expected the words of a heading there, as in #what-was-done; correct it"
        yield self.problem(page, link, f"links to '{link}', but {there} has no such place{end}")

    def left_out(self, found: Found) -> Iterator[str]:
        """A link to a file that the site leaves out, or a file that gives way to another."""
        message = f"is left out of the site, because {found['other']} has its address; expected one of them; rename or delete it"
        yield f"docs/{found['page']}:1:1: {message}"

    def link_to_left_out(self, found: Found) -> Iterator[str]:
        """A link to a file that the site leaves out."""
        link = found["to"].rpartition("/")[2]
        message = f"links to '{found['to']}', which the site leaves out; expected a page of the site; correct it"
        yield self.problem(found["page"], link, message)

    def unreadable(self, found: Found) -> Iterator[str]:
        """A page that cannot be read."""
        yield f"docs/{found['page']}:1:1: cannot be read; expected a page in Markdown and UTF-8; check its permissions, or save it so"

    def failed(self, found: Found) -> Iterator[str]:
        """A page of which no HTML can be made."""
        why = f" ({found['why'].strip()})" if found["why"].strip() else ""
        yield self.problem(
            found["page"], "", f"cannot be made into a page{why}; expected Markdown; take out what was added last"
        )

    def unlisted(self, found: Found) -> Iterator[str]:
        """Pages that a navigation of MkDocs lacks."""
        for page in found["pages"].split("\n  - "):
            yield f"docs/{page}:1:1: is not in the menu; expected an entry in content/site.yml; add it under menu:"

    def unknown_entry(self, found: Found) -> Iterator[str]:
        """An entry of the navigation that leads nowhere."""
        yield f"content/site.yml:1:1: the menu leads to '{found['link']}', which is not there; expected a section or a page of docs/; correct menu:"

    def template(self, found: Found) -> Iterator[str]:
        """A template that a configuration names."""
        why = f" ({found['why']})" if found.groupdict().get("why") else ""
        yield f"mkdocs.yml: the template '{found['name']}' cannot be used{why}; expected a file of the theme, or of docs/ for extra_templates; correct its name or its text"

    def unparsed(self, found: Found) -> Iterator[str]:
        """A configuration that is no YAML."""
        at = _AT.search(found["why"])
        where = f":{at['line']}:{at['column']}" if at else ""
        yield f"mkdocs.yml{where}: is no YAML from here on ({found['why'].strip().splitlines()[0]}); expected `name: value`, indented by spaces; correct it, or delete the file to build with the usual one"

    def uninherited(self, found: Found) -> Iterator[str]:
        """A configuration that another one names."""
        yield f"{self.setting_place('INHERIT')}: INHERIT names '{found['name']}', which is not there; expected a file beside it; correct or delete INHERIT"

    def setting(self, found: Found) -> Iterator[str]:
        """A setting of MkDocs that is wrong."""
        yield f"{self.setting_place(found['name'])}: {found['name']} is wrong ({found['why'].strip()}); expected a value that MkDocs knows; correct or delete it"

    def backslash(self, found: Found) -> Iterator[str]:
        """A path as Windows writes it."""
        yield f"mkdocs.yml: the path '{found['path']}' has a backslash; expected / between folders; write {found['path'].replace(chr(92), '/')}"

    def theme(self, found: Found) -> Iterator[str]:
        """A theme that two packages bring."""
        yield f"the theme '{found['name']}' is installed twice, by {found['one']} and {found['other']}; expected it once; uninstall one of these packages"

    def language(self, found: Found) -> Iterator[str]:
        """A language that the theme does not speak."""
        yield f"{self.setting_place('theme')}: the theme has no words in '{found['locale']}'; expected a language that it has; correct or delete locale:"

    def two_plugins(self, found: Found) -> Iterator[str]:
        """Two plugins that want to read pages."""
        yield f"{self.setting_place('plugins')}: the plugins {found['one']} and {found['other']} both read the pages; expected one that does; take the other out"


def _text(path: Path) -> str:
    """The text of a file; empty if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


_AT = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")
_PAGE = r"Doc file '(?P<page>[^']*)' contains "
_GUESS = r"(?: Did you mean '(?P<guess>[^\n]*)'\?)?"
_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[_Teller, Found], Iterator[str]]], ...] = (
    (re.compile(_PAGE + r"an absolute link '(?P<link>.*)', it was left as is\." + _GUESS), _Teller.absolute),
    (re.compile(_PAGE + r"an unrecognized relative link '(?P<link>.*)', it was left as is\." + _GUESS), _Teller.missing),
    (re.compile(_PAGE + r"a link '(?P<link>.*)', but the target.* is not found among documentation files\." + _GUESS), _Teller.missing),
    (re.compile(_PAGE + r"a link '(?P<link>.*)', but there is no such anchor on this page\.(?P<to>)(?: This seems.*)?"), _Teller.unanchored),
    (re.compile(_PAGE + r"a link '(?P<link>.*)', but the doc '(?P<to>.*)' does not contain an anchor '.*'\."), _Teller.unanchored),
    (re.compile(_PAGE + r"a link to '(?P<to>.*)' which is excluded from the built site\."), _Teller.link_to_left_out),
    (re.compile(r"Excluding '(?P<page>.*)' from the site because it conflicts with '(?P<other>.*)'\."), _Teller.left_out),
    (re.compile(r"(?:File not found|Encoding error reading file): (?P<page>.*)"), _Teller.unreadable),
    (AT_PAGE, _Teller.failed),
    (re.compile(r"The following pages exist in the docs directory, but are not included in the \"nav\" configuration:\n  - (?P<pages>.*)", re.DOTALL), _Teller.unlisted),
    (re.compile(r"(?:A reference|An absolute path) to '(?P<link>.*)' is included in the 'nav' configuration, .*"), _Teller.unknown_entry),
    (re.compile(r"Template skipped: '(?P<name>.*)' not found in (?:theme directories|docs_dir)\."), _Teller.template),
    (re.compile(r"Error reading template '(?P<name>[^']*)': (?P<why>.*)", re.DOTALL), _Teller.template),
    (re.compile(r"MkDocs encountered an error parsing the configuration file: (?P<why>.*)", re.DOTALL), _Teller.unparsed),
    (re.compile(r"Inherited config file '(?P<name>.*)' does not exist at '.*'\."), _Teller.uninherited),
    (re.compile(r"Config value '(?P<name>[^']*)': (?P<why>.*)", re.DOTALL), _Teller.setting),
    (re.compile(r"(?P<name>edit_uri): (?P<why>.*)", re.DOTALL), _Teller.setting),
    (re.compile(r"Path '(?P<path>.*)' uses OS-specific separator .*", re.DOTALL), _Teller.backslash),
    (re.compile(r"A theme named '(?P<name>.*)' is provided by the Python packages '(?P<one>.*)' and '(?P<other>.*)'\. The one in .*"), _Teller.theme),
    (re.compile(r"No translations could be found for the locale '(?P<locale>.*)'\. Defaulting to English\."), _Teller.language),
    (re.compile(r"Multiple 'on_page_read_source' handlers can't work \(both plugins '(?P<one>.*)' and '(?P<other>.*)' registered one\)\."), _Teller.two_plugins),
)  # fmt: skip
"""Each warning of MkDocs 1.6 that can occur, and who puts it into words."""
