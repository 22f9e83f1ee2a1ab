"""Rules about editions: how paragraphs descend from the edition before, and that editions are unique."""

from collections.abc import Iterator

from explainer.base.problems import Problem, did_you_mean
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.records.operation import Operation
from explainer.records.resolution import Change, Resolution


def provisions_descend(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each paragraph stands once in its resolution and follows a paragraph that the edition before has."""
    for resolution in library.all(Resolution):
        document = library.document(resolution)
        before = library.get(Resolution, resolution.reviews) if resolution.reviews else None
        there = {item.paragraph for item in before.provisions if item.paragraph} if before else set()
        seen: set[str] = set()
        for index, item in enumerate(resolution.provisions):
            loc = ("provisions", index)
            if item.paragraph in seen:
                yield document.problem(
                    (*loc, "paragraph"), f"'{item.paragraph}' is there twice; expected once; give each its own number"
                )
            if item.paragraph:
                seen.add(item.paragraph)
            if item.follows is None:
                continue
            if before is None:
                yield document.problem(
                    (*loc, "follows"),
                    "follows a paragraph, but the resolution reviews none; add reviews: or delete follows:",
                )
            elif there and item.follows not in there:
                guess = did_you_mean(item.follows, there)
                yield document.problem(
                    (*loc, "follows"),
                    f"'{item.follows}' is not a paragraph of {before.symbol}{guess or '; expected one of its provisions'}",
                )
        followed = {item.follows for item in resolution.provisions if item.follows}
        for lost in sorted(there - followed) if before and resolution.provisions else ():
            yield document.problem(
                ("provisions",),
                f"says nothing of {lost} of {before.symbol if before else ''}; expected every paragraph to be followed or dropped; "
                f"add follows: {lost}, or an entry with change: {Change.DROPPED}",
            )


def editions_are_told_apart(library: Library, pages: Pages) -> Iterator[Problem]:
    """Two operations of one family, or two resolutions of one series, carry different editions."""
    seen: dict[tuple[str, str], str] = {}
    for operation in library.all(Operation):
        if operation.edition is None:
            continue
        key = (operation.family, operation.edition)
        if key in seen:
            yield library.document(operation).problem(
                ("edition",),
                f"edition {operation.edition} of '{operation.family}' is already {seen[key]}; expected another edition or family",
            )
        seen.setdefault(key, operation.id)
    for resolution in library.all(Resolution):
        if resolution.series is None or resolution.edition is None:
            continue
        key = (f"series {resolution.series}", str(resolution.edition))
        if key in seen:
            yield library.document(resolution).problem(
                ("edition",),
                f"edition {resolution.edition} of '{resolution.series}' is already {seen[key]}; expected another edition",
            )
        seen.setdefault(key, resolution.id)
