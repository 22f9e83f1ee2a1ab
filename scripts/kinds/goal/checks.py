"""Rules about goals."""

from collections.abc import Iterator

from explainer.base.problems import Problem, did_you_mean
from explainer.library.checks.signature import Pages
from explainer.library.library import Library

from ..sdg.model import Sdg
from .model import Goal


def targets_are_recorded(library: Library, pages: Pages) -> Iterator[Problem]:
    """The targets that goals name are recorded with their Sustainable Development Goal."""
    for goal in library.all(Goal):
        for index, item in enumerate(goal.sdgs):
            known = {target.target for target in library.get(Sdg, item.sdg).targets}
            for place, target in enumerate(item.targets):
                if target not in known:
                    guess = did_you_mean(target, known)
                    yield library.document(goal).problem(
                        ("sdgs", index, "targets", place),
                        f"target {target} is not recorded with SDG {item.sdg}{guess or '; add it to targets: of that record'}",
                    )


CHECKS = (targets_are_recorded,)
