"""Prose -> the plain description of a page."""

from explainer.reading import prose

LONGEST = 300
"""Characters of a description, at most."""


def describe(text: str) -> str:
    """Convert prose to a plain description of at most `LONGEST` characters."""
    plain = prose.plain(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
