"""Checks: rules across records, each a generator of problems whose docstring states the rule."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from functools import partial, wraps

from explainer.base.problems import Problem, errors
from explainer.kinds import demands
from explainer.kinds.registry import Kinds
from explainer.library.checks.blocks import data_can_be_shown
from explainer.library.checks.citations import story_paragraphs_cite
from explainer.library.checks.descent import editions_are_told_apart, provisions_descend
from explainer.library.checks.disputes import disputes_begin_as_headings_do
from explainer.library.checks.figures import figures_are_told_apart
from explainer.library.checks.identities import aliases_are_free, chains_end, names_mean_one_thing, numbers_match_ids
from explainer.library.checks.links import own_pages_have_their_own_address, prose_is_safe_and_leads_somewhere
from explainer.library.checks.plausibility import figures_make_sense, measures_refer_rightly
from explainer.library.checks.portability import pages_are_possible_on_every_system
from explainer.library.checks.settings import (
    counts_can_be_made,
    lineage_has_dates,
    lineage_is_whole,
    links_left_alone_are_those_of_sources,
    menu_is_there,
    pages_are_their_own,
    sections_are_there,
    sums_can_be_made,
    tallies_can_be_made,
    updated_is_no_older_than_the_history,
)
from explainer.library.checks.shown_as_written import prose_means_what_it_shows
from explainer.library.checks.signature import Check, Pages
from explainer.library.checks.sources import (
    copies_are_no_older_than_their_sources,
    sources_are_not_of_years_to_come,
    sources_are_used,
    sources_have_their_own_address,
)
from explainer.library.checks.statements import numbers_are_those_of_figures, sentences_cite
from explainer.library.gaps import NONE, Gaps
from explainer.library.library import Library

PROSE: tuple[Check, ...] = (
    story_paragraphs_cite,
    sentences_cite,
    prose_is_safe_and_leads_somewhere,
    prose_means_what_it_shows,
)
"""The checks that read nothing of a record but its prose and its name, so that they can read records with faults, too."""
CHECKS: tuple[Check, ...] = (
    *PROSE,
    own_pages_have_their_own_address,
    figures_are_told_apart,
    figures_make_sense,
    measures_refer_rightly,
    numbers_are_those_of_figures,
    data_can_be_shown,
    provisions_descend,
    editions_are_told_apart,
    chains_end,
    numbers_match_ids,
    aliases_are_free,
    names_mean_one_thing,
    disputes_begin_as_headings_do,
    sources_are_used,
    sources_have_their_own_address,
    copies_are_no_older_than_their_sources,
    sources_are_not_of_years_to_come,
    sums_can_be_made,
    counts_can_be_made,
    tallies_can_be_made,
    pages_are_their_own,
    pages_are_possible_on_every_system,
    lineage_has_dates,
    lineage_is_whole,
    updated_is_no_older_than_the_history,
    links_left_alone_are_those_of_sources,
    sections_are_there,
    menu_is_there,
)
"""Registry of the engine's checks; a new one is one more line."""


def of(kinds: Kinds, gaps: Gaps = NONE) -> dict[str, Check]:
    """Name -> check: those of the engine, then those that the own kinds of a dossier bring in `checks.py`.

    The latter know nothing of gaps: where a record of an own kind has faults, they wait until it is mended.
    """
    found = {check.__name__: check for check in CHECKS}
    if gaps.any and any(map(gaps.in_kind, kinds.own)):
        return found
    for model in kinds.types:
        if module := kinds.module(model, "checks"):
            found |= {f"{model.KIND} {check.__name__}": _of_kind(check) for check in module.CHECKS}
    return found


def _of_kind(check: Check) -> Check:
    """A check of an own kind, which tells it if that finds something else than problems."""

    @wraps(check)
    def held(library: Library, pages: Pages) -> Iterator[Problem]:
        return demands.handed_over(check, check(library, pages), Problem)

    return held


def _found(name: str, find: Callable[[], list[Problem]]) -> list[Problem]:
    return find()


def run(
    library: Library, pages: Pages, ask: Callable[[str, Callable[[], list[Problem]]], list[Problem]] = _found
) -> list[Problem]:
    """Run every check and return the problems, sorted by file and line; `ask` may return a cached result of a check.

    Remarks beyond the dossier's budget are problems like all others.
    """
    there = " ".join(sorted(pages))
    found = (
        ask(f"check {name} {there}", partial(_listed, check, library, pages))
        for name, check in of(library.kinds, library.gaps).items()
    )
    return sorted(_budgeted(library, {problem for problems in found for problem in problems}))


def run_in_part(library: Library, wide: Library, pages: Pages) -> list[Problem]:
    """The problems of a dossier with faults: those of its sound records in `library`, and those in the prose of all in `wide`."""
    every = of(library.kinds, library.gaps).values()
    found = (check(wide if check in PROSE else library, pages) for check in every)
    return sorted({problem for problems in found for problem in problems})


def _budgeted(library: Library, problems: set[Problem]) -> Iterable[Problem]:
    """The problems as they are, or with every remark as an error, and one more that says why."""
    most = library.dossier.remarks
    many = len(problems) - len(errors(problems))
    if most is None or many <= most:
        return problems
    message = (
        f"more remarks than allowed, so that each is an error: {many}; expected at most {most}; "
        "mend what they name, or raise the number here"
    )
    return {
        library.settings.problem(("remarks",), message),
        *(dataclasses.replace(problem, remark=False) for problem in problems),
    }


def _listed(check: Check, library: Library, pages: Pages) -> list[Problem]:
    return list(check(library, pages))
