"""Entries of a bibliography as BibTeX, for LaTeX; no text of a record can end a field or be run as a command."""

from collections.abc import Iterator

from explainer.data.references import CitedWork

_TYPES = {"report": "techreport", "article-newspaper": "article"}
"""Type in CSL -> type of entry; BibTeX has none for pages of the web, which are `misc` with an address."""
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, and takes no notice of a backslash before one
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        **{char: f"\\{char}" for char in "$&%#_"},
    }
)


def tex(text: str) -> str:
    """A text with what TeX would take for a command or a mark written out; letters of every script stay, as UTF-8."""
    return text.translate(_SPECIAL)


def entry(item: CitedWork) -> str:
    """An entry of BibTeX."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(item))
    return f"@{_TYPES.get(item.kind, 'misc')}{{{item.key},\n{fields}}}\n"


def _fields(item: CitedWork) -> Iterator[tuple[str, str]]:
    """Fields and values; a title and a name in braces of their own keep their capitals and are not taken apart."""
    yield "title", f"{{{tex(item.title)}}}"
    yield "author", f"{{{tex(item.author)}}}"
    match item.kind:
        case "report":
            yield "institution", f"{{{tex(item.author)}}}"
        case "article-newspaper":
            yield "journal", f"{{{tex(item.container or item.author)}}}"
        case _:
            yield "howpublished", f"{{{tex(item.container or item.author)}}}"
    if item.issued:
        yield "year", str(item.issued.year)
        if item.issued.month:
            yield "month", str(item.issued.month)
        yield "date", str(item.issued)
    yield "url", item.url
    if item.version and item.permalink:
        yield "version", item.version
        yield "note", tex(item.permalink)
    if item.accessed:
        yield "urldate", str(item.accessed)
    yield "language", item.language
