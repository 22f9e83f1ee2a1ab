"""Finds the links in prose to places that their pages do not have; a page is made if no run has made it."""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from explainer.base.problems import Problem
from explainer.docs import write
from explainer.library import addresses
from explainer.library.checks.links import links_lead_to_anchors
from explainer.library.gaps import Gaps
from explainer.library.library import Library
from explainer.pages import anchors as of_templates
from explainer.pages import render
from explainer.pages.composers import compose
from explainer.pages.page import LazyPage


def misled(root: Path, library: Library) -> list[Problem]:
    """The links to places that their pages do not have, in a dossier without faults."""
    recipes = _recipes(root, library)

    @functools.cache
    def anchors(path: str) -> frozenset[str] | None:
        made = recipes().get(path)
        return render.anchors_of(library, made[-1]) if made else write.anchors(root, path)

    return list(links_lead_to_anchors(library, anchors))


def misled_in_part(root: Path, library: Library, every: Library, *, unread: bool = False) -> list[Problem]:
    """The same beside other faults, so that they are told in the same run, but only of pages that are certain.

    `library` holds the records of which pages can be made, `every` those whose prose can be read; with `unread` there are
    records of which nothing is known.
    """
    recipes = _recipes(root, library)

    @functools.cache
    def anchors(path: str) -> Collection[str] | None:
        try:
            if len(made := recipes().get(path, ())) == 1:
                return _possible(library, made[0], unread=unread)
        except Exception:  # noqa: BLE001 - a fault that is told already may let no page be made
            return _Possible()
        there = None if made else write.anchors(root, path)
        return _Possible() if there is None else there

    return list(links_lead_to_anchors(every, anchors))


def _recipes(root: Path, library: Library) -> Callable[[], Mapping[str, Sequence[LazyPage]]]:
    """Path -> its page, composed when it is first asked for; several pages where a record has the id of the index."""

    @functools.cache
    def recipes() -> Mapping[str, Sequence[LazyPage]]:
        found: dict[str, list[LazyPage]] = {}
        for page in compose(library, home_is_written=write.home_is_written(root)):
            found.setdefault(page.path, []).append(page)
        return found

    return recipes


class _Possible(Collection[str]):
    """The anchors that a page has, or that it may have once the records are there that are lacking."""

    def __init__(self, there: Iterable[str] = (), others: re.Pattern[str] | None = None) -> None:
        """These, and those that a pattern matches; any without a pattern."""
        self.there, self.others = frozenset(there), others or re.compile(".*")

    def __contains__(self, anchor: object) -> bool:
        """Whether the page may have an anchor."""
        return anchor in self.there or self.others.fullmatch(str(anchor)) is not None

    def __iter__(self) -> Iterator[str]:
        """Those that it has."""
        return iter(self.there)

    def __len__(self) -> int:
        """How many it has."""
        return len(self.there)


def _possible(library: Library, recipe: LazyPage, *, unread: bool) -> Collection[str]:
    """The anchors of a page of which records may be lacking."""
    page, gaps = recipe.composed(), library.gaps
    if gaps.touch(page.record.key) if page.record else unread or _is_unsure(page.path, gaps):
        return _Possible()
    there = render.anchors_of(library, recipe)
    if not gaps.any:
        return there
    lacking = {re.escape(anchor) for _, ident in (*gaps.absent, *gaps.incomplete) for anchor in (ident, ident.lower())}
    templates = of_templates.reserved(library.kinds, page.template).pattern
    return _Possible(there, re.compile("|".join((templates, *sorted(lacking)))))


def _is_unsure(path: str, gaps: Gaps) -> bool:
    """Whether a page of no single record may show parts of records, or of the settings, that are lacking."""
    return gaps.settings or (gaps.any and f"/{addresses.COMPARISONS}/" in path)
