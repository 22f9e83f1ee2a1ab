"""The dictionary of the fuzzer: marks of Markdown and YAML, odd letters, numbers and dates, paths, variables, commands."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

MARKS = (
    "*", "**", "_", "__", "`", "``", "```", "~~~", "#", "## ", "> ", "- ", "* ", "+ ", "1. ", "2003. ", "1) ", "|", "||", "[", "]", "(", ")",
    "](", "[]()", "![", "[^1]", "[^1]: ", "[@", "[@]", "[a]: b", "<", ">", "</p>", "<!--", "-->", "<b>x</b>", "<br>", "<script>", "&amp;",
    "&#0;", "&nbsp;", "&lt;", "\\", "\\\\", "---", "***", "===", "...", ":", ": ", "::", ",", ";", "'", '"', "''", "{", "}", "{}", "[TOC]",
    "{: .x }", "{#x}", "{{ x }}", "{{", "}}", "{% raw %}", "{%", "<!--#", "#-->", "--8<--", "!!", "!!! note", "!x ", "&a ", "*a", "%", "@", "? ",
    "| ", "|-", ">-", "|+", "<<: ", "\t", "  ", "    ", "\n", "\n\n", "  \n", "$x$", "~", "~~x~~", "==x==", "^x^", "--", "-->", "http://", "=", "/",
    "https://x.example/a(b)c", "<https://x.example>", "www.x.example", "x@y.example", ":smile:", "*[HTML]: x", "\x0c", "\r", "\x0b",
)  # fmt: skip
LETTERS = (
    "\u00a0", "\u202f", "\u200b", "\u200d", "\u00ad", "\u2028", "\u2029", "\u0085", "\ufeff", "\u202e", "\u2066", "\u0301", "\u00e9", "e\u0301", "\u0130",
    "\u1e9e", "\ufb01", "\u05d0\u05d1", "\u0639\u0631\u0628", "\u4e2d\u6587", "\u0e44\u0e17\u0e22", "\U0001f600", "\U0001f1f3\U0001f1f4", "\ufffd", "\ue000",
    "\u0660\u0661", "\uff11\uff12", "\u00b2", "\u00bd", "\u2013", "\u2014", "\u2212", "\u201c", "\u2019", "\x00", "\x01", "\x1b[31m", "\x7f", "\ud800",
)  # fmt: skip
LONG = (
    "*" * 3000,
    "[" * 3000,
    "`" * 3000,
    "> " * 500,
    "- " * 500,
    "(" * 3000,
    "a" * 5000,
    "|" * 2000,
    "_a" * 1500,
    "\\" * 2001,
    "<" * 2000,
    "&" * 1000,
    "[a](" * 500,
)
VALUES = (
    "", "''", "~", "null", "yes", "no", "NO", "on", "0", "-1", "1", "00", "0x1F", "0o7", "1_000", "1e3", ".inf", ".nan", "1.5", "1,300", "1 300", "9" * 30,
    "-" + "9" * 400, "9" * 5000, "1.0000000000000000001", "12:30", "190:20:30", "2017", "2017-13", "2017-02-29", "2017-02-29T00:00:00Z", "0000", "0000-00-00", "9999-12-31",
    "10000-01-01", "'2017-05'", "6 May 2017", "06.05.2017", "2017..2018", "~2017", "2017?", "nearly 40", "1.3m", "40%", "$40", "[]", "{}", "[[]]", "{a: b}", "[a, a]",
    "[1, two, 3.0]", "{a: {b: {c: d}}}", "'x'", '"x"', '"\\u0000"', '"\\ud800"', '"\\x41"', "'it''s'", "!!python/object:os.system x", "!!binary aGk=", "!!set {a}", "&a b", "*a",
    "|", ">-", "# a comment", "x # a comment", "a: b", "a, b", "- a", "? a", "@x", "`x`", "%x", "[a", "{a", "'a", '"a', "https://x.example/", "http://", "javascript:alert(1)",
    "data:text/html,x", "file:///etc/hosts", "mailto:x", "//x", "/x", "../../x", "x/../y", "https://\u4e2d\u6587.example/\u00e9", "https://x.example/ y", "https://[::1", "NO", "XX", "ZZZ", "UK",
    "fr", "ar", "zh-Hant", "x-y-z", "en_GB", "qqq", "content/site.yml", "people/ada-quay", "harbour-log", "\u00a0", "\u200b", "\ud800", "x" * 3000,
)  # fmt: skip
LINES = (
    "# A title", "## A heading {#there}", "### ", "#no heading", "A heading\n===", "A heading\n---", "1. one\n2. two", "7. seven\n8. eight", "1986. A year begins.", "- a\n  - b\n    - c",
    "- a\n\n  b", "* a\n- b\n+ c", "1. a\n   - b\n2. c", "  - indented", "    code 42", "\tcode 42", "```\ncode 42\n```", "~~~python\nx = 42", "````\n```\n42\n```\n````", "> quoted 42\nlazy",
    ">> twice", "> - a\n> - b", "| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 |", "| a |\n|---|\n| 1 | 2 |", "a | b\n--|--\n1 | 2", "words\n| a | b |\n|---|---|\n| 1 | 2 |",
    "| a \\| b | `c|d` |\n|---|---|\n| 1 | 2 |", "|---|", "***", "---", "- - -", "line  \nbreak 42", "line\\\nbreak 42", "[^1] note 42\n\n[^1]: The note.", "[a]: https://x.example 'title'", "[a][b]", "[a][]",
    "term\n: meaning 42", "*[UN]: United Nations", "<div>html 42</div>", "<!-- comment 42 -->", "<https://x.example/42>", "https://x.example/42", "![picture 42](x.png)", "[link 42](https://x.example/)",
    "[link 42](../people/nobody.md)", "[link 42](#nowhere)", "[link 42](<a b>)", "[link 42](https://x.example/ 'title')", "[l [i] nk](https://x.example)", "[link](https://x.example/a_(b))", "[@nobody]",
    "[@nobody, p. 42]", "[@a][@b]", "[@a; @b]", "[@ a]", "**bold 42**", "**bold 42", "*em 42 ** x*", "snake_case_42_x", "2*3*4", "`code 42", "``code ` 42``", "&copy; &#42; &bogus; 42", "a &lt; b", "\\*42\\*",
    "\\# 42", "{{ 42 }}", "{% if x %}42{% endif %}", "{: #id .class }", "text {: .class } 42", "## Heading {: #id }", "## Heading { data-x=42 }", "!!! note\n    42", "??? note\n    42", '=== "Tab"\n    42',
    "[TOC]", '--8<-- "x"', "$$42$$", "- [ ] task 42", "- [x] task 42", "42)", "(42", "1) one\n2) two", "-42", "+42", "42.", "0. zero", "999999999. big", "9999999999. too big", "a\u2028b 42", "a\x0cb 42", "\u00a0\u00a0\u00a0\u00a042",
    "\u200b# 42", "\u06f1. one", "", "   ", "\t", "---\nid: x\n---", "...", "- {id: x}", "id: again", "summary: again", "unknown: 42", "x: &a [*a]", "<<: {id: x}", "? complex", "%YAML 1.2", "--- |", "- ", "-", ":", "{", "[",
    "## Sources", "## Sources\n\n1. 42", "## Facts", "## In short", "### Sources {#sources}", "## \u0627\u0644\u0645", "## 42", "## 42\n\n## 42", "## *x*", "## [a](b)", "## [@x]", "## `c`", "## &amp;", "## <b>",
)  # fmt: skip
NAMES = (
    "README.md", "index.md", "INDEX.md", "con.md", "aux.md", "nul.yml", "com1.md", "x..md", "x .md", " x.md", "-x.md", "x\n.md", "x\t.md", "x'.md", "\u00e9.md", "e\u0301.md", "\u4e2d.md", "x.MD", "x.Md",
    "x.markdown", "x.yaml", "x.txt", "x", ".x.md", ".md", ".yml", "x.md~", "x.md.md", "x.yml.md", "a" * 200 + ".md", "\udcff.md", "404.md", "search.md", "all.md", "compare.md", "x\\y.md", "x:y.md", "x?y.md", "x#y.md", "x%20y.md",
    "x\x1b[31m.md", "~x.md", "$x.md", "sub/x.md", "sub/sub/x.md", "\u202ex.md", "site.yml", "fr.yml", "en.yml", "xx.yml",
)  # fmt: skip
VARIABLES = {
    "LANG": ("", "C", "tr_TR.UTF-8", "xx", "\u00e9"),
    "LC_ALL": ("", "C", "POSIX", "ar_EG.UTF-8"),
    "TZ": ("", "Pacific/Kiritimati", "nowhere", ":x", "UTC+99"),
    "SOURCE_DATE_EPOCH": ("", "0", "1767225600", "-1", "abc", "9" * 40, "1e9", "4294967295", " 1 ", "\u0663"),
    "COLUMNS": ("", "0", "1", "-5", "abc", "9" * 30),
    "LINES": ("0", "x"),
    "TERM": ("", "dumb", "xterm", "\u00e9"),
    "NO_COLOR": ("", "1"),
    "FORCE_COLOR": ("", "1"),
    "HOME": ("", "/nonexistent", "relative"),
    "USER": ("", "\u00e9"),
    "GIT_DIR": ("/nonexistent", ""),
    "PATH": ("", "/nonexistent"),
    "CI": ("", "true"),
    "GITHUB_ACTIONS": ("true",),
    "XDG_CACHE_HOME": ("/nonexistent", ""),
    "EDITOR": ("", "false"),
    "_EXPLAINER_COMPLETE": ("", "bash_source", "zsh_complete", "x"),
    "COMP_WORDS": ("explainer \u00e9", "'"),
    "COMP_CWORD": ("1", "x"),
}
WORDS = (
    "", " ", "-", "--", "--help", "-h", "--version", "x", "\u00e9", "\udcff", "a" * 300, "\0", "a\nb", "../outside", "../outside/own.txt", "content", "content/site.yml", "docs", "site", ".", "..",
    "../outside/new", "dist/x.zip", "link", "pipe", "person", "term", "people", "operation", "explainer", "site.yml", "fr", "en", "ar", "xx", "zh-Hant-TW-x-y", "0", "1", "-1", "2", "9" * 30, "1e5", "nan",
    "2026-11-24", "2026-02-30", "0001-01-01", "9999-12-31", "today", "json", "text", "github", "1/2", "2/2", "pieces", "name=x", "name=", "=x", "name", "id=x", "name=\u00e9\n- x", "cite=[a]", "a=b=c", "{{ x }}", "%s", "~", "$HOME", "*",
)  # fmt: skip
COMMANDS = (
    ("check",), ("check", "--format", "?"), ("check", "?"), ("generate",), ("generate", "--jobs", "?"), ("build",), ("build", "--site-dir", "?"), ("build", "--format", "?"), ("build", "--clean", "?"), ("build", "--shard", "?"), ("join",), ("join", "?"), ("join", "--pieces", "?"),
    ("offline", "--output", "?"), ("new", "?", "?"), ("new", "person", "?"), ("new", "term", "?", "--set", "?"), ("new", "source", "?", "--file", "?"), ("new", "event", "?", "--set", "?", "--bare"), ("format",), ("format", "?"),
    ("format", "--check", "?"), ("init", "?"), ("stale", "--today", "?"), ("stale", "--months", "?"), ("fields", "?"), ("words", "?"), ("schema", "?"), ("schema", "--write"), ("--root", "?", "check"), ("check", "--root", "?"), ("?",), ("?", "?"),
)  # fmt: skip


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def drawn(chance: random.Random, others: Sequence[bytes]) -> bytes:
    """A word of the dictionary, or one of another file: an id, a name, a number."""
    kind = chance.random()
    if kind < 0.35:
        return _encoded(chance.choice(MARKS))
    if kind < 0.5:
        return _encoded(chance.choice(LETTERS))
    if kind < 0.55:
        return _encoded(chance.choice(LONG))
    if kind < 0.75:
        return _encoded(chance.choice(VALUES))
    found = re.findall(rb"(?<=id: )[\w-]+|[\w-]{3,}|\[@[^\]]*\]|\]\([^)]*\)", chance.choice(others))
    return chance.choice(found) if found else b"x"


def name(chance: random.Random, folder: str, old: str) -> str:
    """Another path for a file: a name of the dictionary, or its own in capitals, in another folder or with more behind it."""
    match chance.randrange(4):
        case 0:
            return f"{folder}/{old.upper()}"
        case 1:
            return f"content/{chance.choice(['people', 'nothing', 'Terms', 'words', '.hidden', 'organisations', 'x/y'])}/{old}"
        case _:
            return f"{folder}/{chance.choice(NAMES)}"


def variables(chance: random.Random) -> dict[str, str | None]:
    """Some variables of the environment, set to odd things or not set at all."""
    names = chance.sample(list(VARIABLES), chance.choice([1, 1, 2, 4]))
    return {name: None if chance.random() < 0.1 else chance.choice(VARIABLES[name]) for name in names}


def command(chance: random.Random, files: Sequence[str]) -> tuple[str, ...]:
    """A command line; nothing in it leads out of the folder in which the dossier is, nor to another machine."""
    words = [*WORDS, *chance.sample(list(files), 2)]
    filled = [chance.choice(words) if word == "?" else word for word in chance.choice(COMMANDS)]
    return tuple(filled)
