"""Rules about sources as a whole: each is cited, has an address of its own, and a copy that can hold what it said."""

from collections.abc import Iterator

from explainer.base.problems import Problem
from explainer.base.values import PartialDate
from explainer.base.web_address import bare_address
from explainer.kinds.source import Source
from explainer.library.checks.signature import Pages
from explainer.library.library import Library


def sources_are_used(library: Library, pages: Pages) -> Iterator[Problem]:
    """Every source is cited by a record."""
    for source in library.all(Source):
        if not library.citing.get(source.id) and source.id not in library.gaps.words:
            yield library.document(source).problem(
                ("id",), f"no record cites the source '{source.id}'; expected one; cite it, or delete it"
            )


def sources_have_their_own_address(library: Library, pages: Pages) -> Iterator[Problem]:
    """No two sources have the same address, whatever scheme, www, default port, fragment, tracking parameters or slash say."""
    seen: dict[str, Source] = {}
    for source in library.all(Source):
        first = seen.setdefault(bare_address(source.url), source)
        if first is not source:
            document = library.document(first)
            place = f"{document.path}:{document.place(('url',))[0]}"
            yield library.document(source).problem(
                ("url",),
                f"this is the address of '{first.id}' in {place}; expected a source of its own; "
                "cite one of the two everywhere and delete the other, or give the address of the very page",
            )


def copies_are_no_older_than_their_sources(library: Library, pages: Pages) -> Iterator[Problem]:
    """No archived copy was made before its source was published."""
    for source in library.all(Source):
        made, published = source.archived_on, source.published
        if made and published and made.last_day < published.first_day:
            yield library.document(source).problem(
                ("archived_on",),
                f"the copy is of {made}, and the source of {published}; expected a copy that was made later, which can hold it; "
                "correct one of the two days, or name another copy",
            )


def sources_are_not_of_years_to_come(library: Library, pages: Pages) -> Iterator[Problem]:
    """No source was published in a year after the next one, seen from the day of the dossier: a slip, or another calendar.

    The next year is let be, because records are written before that day is set anew.
    """
    updated: PartialDate | None = library.dossier.updated  # None where the settings cannot be read
    for source in library.all(Source):
        if updated and source.published and source.published.year > updated.year + 1:
            message = f"is of {source.published}, long after {updated}, the day of this dossier; expected a day on which it could be read"
            step = "correct it, in years of the Gregorian calendar, or updated: in content/site.yml"
            yield library.document(source).problem(("published",), f"{message}; {step}").as_remark()
