"""Writes redirect pages: from old addresses of records, and around comparisons: turned round, and shortened."""

import html
from collections.abc import Iterator
from string import Template

from explainer.base.files import Output
from explainer.library import addresses, places, sections
from explainer.library.editions import pairs
from explainer.library.library import Library
from explainer.records.record import Story

_PAGE = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<title>$title</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=$target">
<link rel="canonical" href="$canonical">
<link rel="icon" href="data:,">
</head>
<body dir="$direction">
<p>$moved</p>
</body>
</html>
""")
"""Redirects without JavaScript: by meta refresh, with a link as fallback. The empty icon keeps browsers from asking the host for one."""


def redirects(library: Library) -> Iterator[Output]:
    """Every redirect of the site."""
    yield from _of_aliases(library)
    yield from _of_comparisons(library)
    yield from _above_comparisons(library)


def _of_aliases(library: Library) -> Iterator[Output]:
    """One per alias, at the path that MkDocs would have used for the page under its old id."""
    for entry in library.entries.values():
        record = entry.record
        for alias in record.aliases if isinstance(record, Story) else ():
            section = addresses.section(record)
            text = _redirect(library, record.label, f"../{record.ident}/", f"{section}/{record.ident}/")
            yield Output(f"{section}/{alias}/index.html", text, entry.document.path)


def _of_comparisons(library: Library) -> Iterator[Output]:
    """One per comparison, for whoever writes the newer edition first."""
    for pair in pairs(library):
        title = library.words("review.title").format(older=pair.older.name, newer=pair.newer.name)
        turned = addresses.comparison(pair.newer, pair.older).removesuffix(".md")
        text = _redirect(
            library, title, f"../../{pair.older.ident}/{pair.newer.ident}/", f"{pair.path.removesuffix('.md')}/"
        )
        yield Output(f"{turned}/index.html", text, library.document(pair.newer).path)


def _above_comparisons(library: Library) -> Iterator[Output]:
    """For whoever shortens the address of a comparison: to its one edition, and to the index of all."""
    compared = {edition.key: edition for pair in pairs(library) for edition in (pair.older, pair.newer)}
    for edition in compared.values():
        section, source = str(edition.section()), library.document(edition).path
        path = f"{section}/{edition.ident}/"
        text = _redirect(library, edition.label, f"../../{edition.ident}/", path)
        yield Output(f"{section}/{addresses.COMPARISONS}/{edition.ident}/index.html", text, source)
    for section, edition in {str(edition.section()): edition for edition in compared.values()}.items():
        title = sections.title(library.dossier, library.words, section)
        text = _redirect(library, title, "../", f"{section}/")
        yield Output(f"{section}/{addresses.COMPARISONS}/index.html", text, library.document(edition).path)


def _redirect(library: Library, title: str, target: str, path: str) -> bytes:
    title, target = html.escape(title), html.escape(target)
    language = sections.language(library.dossier, path.partition("/")[0])
    text = _PAGE.substitute(
        language=html.escape(language),
        direction="rtl" if library.words.right_to_left(language) else "ltr",
        title=title,
        target=target,
        canonical=html.escape(places.whole(library, path)),
        moved=html.escape(library.words("moved")).format(page=f'<a href="{target}">{title}</a>'),
    )
    return text.encode()
