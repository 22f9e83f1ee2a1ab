"""Writes redirect pages from old addresses of records to the current ones."""

import html
from collections.abc import Iterator
from string import Template

from explainer.base.files import Output
from explainer.library import addresses, sections
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
</head>
<body>
<p>$moved</p>
</body>
</html>
""")
"""Redirects without JavaScript: by meta refresh, with a link as fallback."""


def redirects(library: Library) -> Iterator[Output]:
    """One HTML redirect per alias, at the path that MkDocs would have used for the page under its old id."""
    moved = library.words("moved")
    for entry in library.entries.values():
        record = entry.record
        for alias in record.aliases if isinstance(record, Story) else ():
            section = addresses.section(record)
            title, target = html.escape(record.label), html.escape(f"../{record.ident}/")
            text = _PAGE.substitute(
                language=html.escape(sections.language(library.dossier, section or "")),
                title=title,
                target=target,
                canonical=html.escape(f"{library.dossier.url.rstrip('/')}/{section}/{record.ident}/"),
                moved=html.escape(moved).format(page=f'<a href="{target}">{title}</a>'),
            )
            yield Output(f"{section}/{alias}/index.html", text.encode(), entry.document.path)
