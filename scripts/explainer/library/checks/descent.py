"""Rules about editions: how paragraphs descend from the edition before, and that editions are unique."""

from collections.abc import Iterator

from explainer.base.problems import Problem, article, did_you_mean
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.reading.document import Document, LazyDocument
from explainer.records.editions import Change, Editions, PartScheme
from explainer.records.traits import InFamily


def provisions_descend(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each part of a text stands once in it and follows a part that the edition before has."""
    for text in library.having(Editions):
        before = library.get(text.__class__, text.reviews) if text.reviews else None
        yield from _stand_once(library.document(text), text)
        if library.gaps.touch(text.key) or (before and library.gaps.touch(before.key)):
            continue
        yield from _follow(library.document(text), text, before)
        if before and text.provisions:
            yield from _lost(library.document(text), text, before)


def _stand_once(document: Document | LazyDocument, text: Editions) -> Iterator[Problem]:
    """Each part stands once in a text."""
    seen: set[str] = set()
    for index, item in enumerate(text.provisions):
        if item.paragraph in seen:
            place = item.__class__.model_fields["paragraph"].alias or "paragraph"
            message = f"'{item.paragraph}' is there twice; expected once; give each its own number"
            yield document.problem(("provisions", index, place), message)
        if item.paragraph:
            seen.add(item.paragraph)


def _standing(text: Editions | None) -> set[str]:
    """The ids of the parts of a text."""
    return set(text.anchors()) if text else set()


def _follow(document: Document | LazyDocument, text: Editions, before: Editions | None) -> Iterator[Problem]:
    """Each part follows one that the edition before has."""
    noun, there = text.PARTS.noun, _standing(before)
    for index, item in enumerate(text.provisions):
        loc = ("provisions", index, "follows")
        if item.follows is None:
            continue
        if before is None:
            message = f"follows {article(noun)}, but the {text.KIND} reviews none; add reviews: or delete follows:"
            yield document.problem(loc, message)
        elif there and item.follows not in there:
            guess = did_you_mean(item.follows, there) or "; expected one of its provisions"
            yield document.problem(loc, f"'{item.follows}' is not {article(noun)} of {before.short}{guess}")


def _lost(document: Document | LazyDocument, text: Editions, before: Editions) -> Iterator[Problem]:
    """No part of the edition before is left out in silence."""
    followed = {item.follows for item in text.provisions}
    every = list(dict.fromkeys(before.anchors()))
    lost = [part for part in every if part not in followed]
    if lost:
        noun, are = text.PARTS.noun, "is" if len(lost) == 1 else "are"
        message = (
            f"{len(lost)} of {len(every)} {noun}s of {before.short} {are} not mentioned: {_ranges(text.PARTS, lost)}; "
            f"expected every {noun} to be followed or dropped; add an entry with follows: for each, "
            f"and change: {Change.DROPPED} where it is gone"
        )
        yield document.problem(("provisions",), message)


def _ranges(scheme: PartScheme, parts: list[str]) -> str:
    """The ids of parts, with runs of numbers in short: the first and the last; in the order of the text."""
    runs: list[list[str]] = []
    for part in parts:
        group, number = scheme.split(part)
        last = scheme.split(runs[-1][-1]) if runs else ("", "")
        follows = group == last[0] and number.isdecimal() and last[1].isdecimal() and int(number) == int(last[1]) + 1
        runs = [*runs[:-1], [*runs[-1], part]] if follows else [*runs, [part]]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


def editions_are_told_apart(library: Library, pages: Pages) -> Iterator[Problem]:
    """Two records of one family, or two texts of one series, carry different editions."""
    seen: dict[tuple[str, str], str] = {}
    for member in library.having(InFamily):
        if member.edition is None:
            continue
        key = (f"{member.KIND} family {member.family}", member.edition)
        if key in seen:
            yield library.document(member).problem(
                ("edition",),
                f"edition {member.edition} of '{member.family}' is already {seen[key]}; expected another edition or family",
            )
        seen.setdefault(key, member.ident)
    for text in library.having(Editions):
        if text.series is None or text.edition is None:
            continue
        key = (f"{text.KIND} series {text.series}", str(text.edition))
        if key in seen:
            yield library.document(text).problem(
                ("edition",),
                f"edition {text.edition} of '{text.series}' is already {seen[key]}; expected another edition",
            )
        seen.setdefault(key, text.id)
