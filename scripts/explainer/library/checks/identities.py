"""Rules about ids, numbers and old ids, and about chains of records."""

from collections.abc import Iterator

from explainer.base.problems import Problem, article, did_you_mean
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.records.goal import Goal, Sdg
from explainer.records.record import Story


def _stories(library: Library) -> Iterator[Story]:
    for entry in library.entries.values():
        if isinstance(entry.record, Story):
            yield entry.record


def chains_end(library: Library, pages: Pages) -> Iterator[Problem]:
    """No record reviews, supplements or belongs to itself, directly or in a circle."""
    for field in ("reviews", "supplements", "part_of"):
        for entry in library.entries.values():
            seen = [entry.record.ident]
            current: str | None = getattr(entry.record, field, None)
            while current is not None and current not in seen:
                seen.append(current)
                current = getattr(library.entries[(entry.record.KIND, current)].record, field, None)
            if current == entry.record.ident:
                circle = " → ".join([*seen, current])
                yield entry.document.problem(
                    (field,),
                    f"{field} leads back to the record itself ({circle}); expected a chain with an end; correct one of them",
                )


def numbers_match_ids(library: Library, pages: Pages) -> Iterator[Problem]:
    """A goal's number is its id, and the targets that goals name are recorded with their global goal."""
    numbered: tuple[Goal | Sdg, ...] = (*library.all(Goal), *library.all(Sdg))
    for record in numbered:
        if str(record.number) != record.id:
            yield library.document(record).problem(
                ("number",),
                f"number {record.number} differs from the id '{record.id}'; expected the same; correct one of them",
            )
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


def aliases_are_free(library: Library, pages: Pages) -> Iterator[Problem]:
    """An old id of a record is the id of no record of its type now, and the old id of no other."""
    seen: dict[tuple[str, str], str] = {}
    for record in _stories(library):
        for index, alias in enumerate(record.aliases):
            key, place = (record.KIND, alias), ("aliases", index)
            if key in library.entries:
                yield library.document(record).problem(
                    place,
                    f"'{alias}' is the id of {article(record.KIND)} now; expected an id that is no longer in use; delete it",
                )
            elif key in seen:
                yield library.document(record).problem(
                    place,
                    f"'{alias}' already leads to {seen[key]}; expected it at one record; delete it from one of them",
                )
            seen.setdefault(key, record.ident)
