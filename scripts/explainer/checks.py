"""Rules across records. A check is a generator of problems; its docstring is the rule."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from explainer import addresses
from explainer.library import Library, prose_problem
from explainer.narrative import Fault, Link, paragraphs, parse
from explainer.problems import Problem, did_you_mean
from explainer.records import Goal, Measure, Operation, Resolution, Sdg
from explainer.records.record import Narrative, Record, Story, marked
from explainer.records.resolution import Change

Pages = frozenset[str]
"""The pages that people wrote, relative to `docs/`."""
Check = Callable[[Library, Pages], Iterator[Problem]]

_SYMBOL = re.compile(
    r"\b(?:[A-Z][A-Z0-9.]*(?:/[A-Z0-9.]+)*/)?\d+/(?:[A-Z]+\.)?\d+(?:/\d+)*\b|\b[A-Z]+(?:/[A-Z0-9.]+)+\b"
)
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s")
_CODE_WITH_DIGIT = re.compile(r"\b[A-Za-z]+-?\d[\w/-]*\b")
_NUMBER = re.compile(
    r"\d|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)


def story_paragraphs_cite(library: Library, pages: Pages) -> Iterator[Problem]:
    """A paragraph of a story, or a summary, that states a figure or a date holds a citation."""
    names = _names_with_digits(library)
    for record in _stories(library):
        document = library.document(record)
        for field in ("summary", "body"):
            text = getattr(record, field)
            for paragraph in paragraphs(text) if text else ():
                if paragraph.cites or not _states_a_figure(paragraph.text, names):
                    continue
                message = (
                    "this paragraph states figures or dates but cites nothing; expected a source; add [@source-id]"
                )
                yield prose_problem(document, (field,), text, paragraph.offset, message)


def _stories(library: Library) -> Iterator[Story]:
    for entry in library.entries.values():
        if isinstance(entry.record, Story):
            yield entry.record


def _names_with_digits(library: Library) -> re.Pattern[str]:
    """Names of records that hold digits: "Goal 3", "SDG 16", "Resolution 71/19"; they state no figure."""
    found: set[str] = set(library.site.uncited)
    for entry in library.entries.values():
        record = entry.record
        if record.KIND == "source":
            continue
        for name in (record.label, *getattr(record, "other_names", ())):
            found |= {part for part in (name, name.split(":")[0]) if any(char.isdecimal() for char in part)}
    words = sorted(found, key=lambda name: (-len(name), name))
    return (
        re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w)")
        if words
        else re.compile(r"(?!)")
    )


def _states_a_figure(text: str, names: re.Pattern[str]) -> bool:
    bare = names.sub(" ", _LIST_MARK.sub("", text))
    bare = _CODE_WITH_DIGIT.sub(" ", _SYMBOL.sub(" ", bare))
    return bool(_NUMBER.search(bare))


def prose_is_safe_and_leads_somewhere(library: Library, pages: Pages) -> Iterator[Problem]:
    """Prose holds no image, HTML attribute or unsafe link, and its links lead to pages of this site."""
    known = {page for entry in library.entries.values() if (page := addresses.page(entry.record))}
    known |= {addresses.HOME, f"{addresses.OPEN_QUESTIONS}/index.md"} | pages
    known |= {f"{section}/index.md" for section in addresses.SECTIONS.values()}
    anchors = _anchors(library)
    for entry in library.entries.values():
        record, document = entry.record, entry.document
        for item in marked(record):
            if not isinstance(item.marker, Narrative):
                continue
            for part in parse(item.value, record.FOLDER):
                if isinstance(part, Fault):
                    yield prose_problem(document, item.loc, item.value, part.offset, part.message)
                elif isinstance(part, Link) and part.page and part.page not in known:
                    guess = did_you_mean(part.page, known)
                    message = f"links to '{part.page}', which is no page of this site{guess or '; expected a page such as ../goals/3.md'}"
                    yield prose_problem(document, item.loc, item.value, part.offset, message)
                elif isinstance(part, Link) and part.page and part.fragment:
                    there = anchors.get(part.page)
                    if there is not None and part.fragment not in there:
                        guess = did_you_mean(part.fragment, there)
                        message = f"links to '{part.page}#{part.fragment}', but that page has no such place{guess or '; expected the id of a record there'}"
                        yield prose_problem(document, item.loc, item.value, part.offset, message)


def _anchors(library: Library) -> Mapping[str, set[str]]:
    """The anchors of every page that gathers small records, and of the paragraphs of every resolution."""
    found: dict[str, set[str]] = {}
    for entry in library.entries.values():
        page, anchor = addresses.page(entry.record), addresses.anchor(entry.record)
        if page and anchor:
            found.setdefault(page, set()).add(anchor)
    for resolution in library.all(Resolution):
        if resolution.provisions and (page := addresses.page(resolution)):
            found[page] = {item.paragraph for item in resolution.provisions if item.paragraph} | {
                "sources",
                "provisions",
            }
    return found


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
                ("number",), f"number {record.number} differs from the id '{record.id}'; expected the same"
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


def sums_can_be_made(library: Library, pages: Pages) -> Iterator[Problem]:
    """What `site.yml` adds up or shows is there: records with a figure of the measure, which may be added."""
    for index, total in enumerate(library.site.sums):
        loc = ("sums", index)
        if ("measure", total.measure) not in library.entries:
            yield _site(f"sum {index + 1}: '{total.measure}' is not a measure in content/measures.yml")
            continue
        if not library.get(Measure, total.measure).additive:
            yield _site(
                f"sum {index + 1}: figures of '{total.measure}' must not be added; expected a measure with additive: true"
            )
        yield from _has_figures(library, total.records, total.measure, f"{loc[0][:-1]} {index + 1}")
    for index, shown in enumerate(library.site.key_figures):
        yield from _has_figures(library, (shown.record,), shown.measure, f"key figure {index + 1}")
    for index, door in enumerate(library.site.doors):
        if _find(library, door.to) is None:
            yield _site(f"door {index + 1}: '{door.to}' names no record; expected folder/id")


def _has_figures(library: Library, references: Iterable[str], measure: str, what: str) -> Iterator[Problem]:
    for reference in references:
        record = _find(library, reference)
        if record is None:
            yield _site(f"{what}: '{reference}' names no record; expected folder/id")
        elif not any(figure.measure == measure for figure in getattr(record, "figures", ())):
            yield _site(f"{what}: {reference} has no figure of '{measure}'; expected a record that has one")


def _find(library: Library, reference: str) -> Record | None:
    try:
        return library.at(reference)
    except KeyError:
        return None


def _site(message: str) -> Problem:
    return Problem("content/site.yml", 1, 1, message)


CHECKS: tuple[Check, ...] = (
    story_paragraphs_cite,
    prose_is_safe_and_leads_somewhere,
    provisions_descend,
    editions_are_told_apart,
    chains_end,
    numbers_match_ids,
    sums_can_be_made,
)
"""Every check; a new one is one more line."""


def run(library: Library, pages: Pages) -> list[Problem]:
    """Every problem that a check finds, in the order of files and lines."""
    return sorted({problem for check in CHECKS for problem in check(library, pages)})
