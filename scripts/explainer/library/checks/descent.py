"""Rules about editions: how paragraphs descend from the edition before, and that editions are unique."""

from collections.abc import Iterator

from explainer.base.problems import Problem, article, did_you_mean
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.records.editions import Change, Editions
from explainer.records.traits import InFamily


def provisions_descend(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each part of a text stands once in it and follows a part that the edition before has."""
    for text in library.having(Editions):
        document = library.document(text)
        before = library.get(text.__class__, text.reviews) if text.reviews else None
        there = {item.paragraph for item in before.provisions if item.paragraph} if before else set()
        seen: set[str] = set()
        for index, item in enumerate(text.provisions):
            loc, noun = ("provisions", index), text.PARTS.noun
            if item.paragraph in seen:
                place = item.__class__.model_fields["paragraph"].alias or "paragraph"
                yield document.problem(
                    (*loc, place), f"'{item.paragraph}' is there twice; expected once; give each its own number"
                )
            if item.paragraph:
                seen.add(item.paragraph)
            if item.follows is None:
                continue
            if before is None:
                yield document.problem(
                    (*loc, "follows"),
                    f"follows {article(noun)}, but the {text.KIND} reviews none; add reviews: or delete follows:",
                )
            elif there and item.follows not in there:
                guess = did_you_mean(item.follows, there)
                yield document.problem(
                    (*loc, "follows"),
                    f"'{item.follows}' is not {article(noun)} of {before.short}{guess or '; expected one of its provisions'}",
                )
        followed = {item.follows for item in text.provisions if item.follows}
        for lost in sorted(there - followed) if before and text.provisions else ():
            yield document.problem(
                ("provisions",),
                f"says nothing of {lost} of {before.short if before else ''}; expected every {text.PARTS.noun} to be followed or dropped; "
                f"add follows: {lost}, or an entry with change: {Change.DROPPED}",
            )


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
