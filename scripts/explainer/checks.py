"""Rules across records. A check is a generator of problems; its docstring is the rule."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from explainer import addresses, blocks
from explainer.checks_of_figures import figures_are_told_apart, why_not_added, why_not_one, why_undecided
from explainer.frontmatter import Document
from explainer.library import Library, leads_on, prose_problem, renamed
from explainer.lineage import dated, pairs
from explainer.narrative import Fault, Link, Part, paragraphs, parse
from explainer.problems import Problem, article, did_you_mean, listed
from explainer.records import BY_FOLDER, Goal, Measure, Operation, Resolution, Sdg, Source
from explainer.records.record import Model, Narrative, Story, marked, references
from explainer.records.resolution import Change
from explainer.settings import FAMILY, YEAR

Pages = frozenset[str]
"""The pages that people wrote, relative to `docs/`."""
Check = Callable[[Library, Pages], Iterator[Problem]]

_SYMBOL = re.compile(
    r"\b(?:[A-Z][A-Z0-9.]*(?:/[A-Z0-9.]+)*/)?\d+/(?:[A-Z]+\.)?\d+(?:/\d+)*\b|\b[A-Z]+(?:/[A-Z0-9.]+)+\b"
)
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s")
_CODE_WITH_DIGIT = re.compile(r"\b[A-Za-z]+-?\d[\w/-]*\b")
_WORD = re.compile(r"\w+|[^\w\s]")
_NUMBER = re.compile(
    r"\d|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)


def story_paragraphs_cite(library: Library, pages: Pages) -> Iterator[Problem]:
    """A paragraph of a story, or a summary, that states a figure or a date holds a citation."""
    names = _names_with_digits(library)
    for entry in library.entries.values():
        record = entry.record
        if not isinstance(record, Story) or not any(_states_a_figure(text, names) for text in entry.facts.uncited):
            continue
        for field in ("summary", "body"):
            text = getattr(record, field)
            for paragraph in paragraphs(text) if text else ():
                if paragraph.cites or not _states_a_figure(paragraph.text, names):
                    continue
                message = (
                    "this paragraph states figures or dates but cites nothing; expected a source; add [@source-id]"
                )
                yield prose_problem(entry.document, (field,), paragraph.offset, message)


def _stories(library: Library) -> Iterator[Story]:
    for entry in library.entries.values():
        if isinstance(entry.record, Story):
            yield entry.record


def _names_with_digits(library: Library) -> Mapping[str, list[str]]:
    """First word -> names of records that hold digits, the longest first: "Goal 3", "Resolution 1/2"; they state no figure."""
    found: set[str] = set(library.site.uncited)
    for entry in library.entries.values():
        if entry.record.KIND != "source":
            found.update(entry.facts.names)
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(found, key=len, reverse=True):
        if first := _WORD.match(name):
            names[first.group()].append(name)
    return names


def _without_names(text: str, names: Mapping[str, list[str]]) -> str:
    """A text with every name in it taken out; a name begins and ends where a word does."""
    kept: list[str] = []
    after = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < after or _in_a_word(text[start - 1 : start]):
            continue
        for name in names.get(word.group(), ()):
            end = start + len(name)
            if text.startswith(name, start) and not _in_a_word(text[end : end + 1]):
                kept.append(text[after:start])
                after = end
                break
    return " ".join([*kept, text[after:]])


def _in_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _states_a_figure(text: str, names: Mapping[str, list[str]]) -> bool:
    if not _NUMBER.search(text):
        return False
    bare = _without_names(_LIST_MARK.sub("", text), names)
    bare = _CODE_WITH_DIGIT.sub(" ", _SYMBOL.sub(" ", bare))
    return bool(_NUMBER.search(bare))


def prose_is_safe_and_leads_somewhere(library: Library, pages: Pages) -> Iterator[Problem]:
    """Prose holds no image, HTML attribute or unsafe link, no list or table that a page would show otherwise, and its links lead to pages of this site."""
    known = {page for entry in library.entries.values() if (page := addresses.page(entry.record))}
    known |= {addresses.HOME, f"{addresses.OPEN_QUESTIONS}/index.md", f"{addresses.DATA}/index.md"} | pages
    known |= {f"{addresses.RESULTS}/index.md"} if library.site.tallies else set()
    known |= {f"{section}/index.md" for section in addresses.SECTIONS.values()}
    known |= {pair.path for pair in pairs(library)}
    anchors = _anchors(library)
    texts: list[tuple[Model, Document, str]] = [(library.site, library.settings, "")]
    for entry in library.entries.values():
        ways = (Link("", page, fragment, None, 0) for page, fragment in entry.facts.links)
        if entry.facts.faulty or any(_leads_nowhere(way, known, anchors) for way in ways):
            texts.append((entry.record, entry.document, entry.record.FOLDER))
    for model, document, folder in texts:
        for item in marked(model):
            if not isinstance(item.marker, Narrative):
                continue
            faults = blocks.faults(item.value) if item.marker.story else ()
            for part in (*parse(item.value, folder), *faults):
                message = part.message if isinstance(part, Fault) else _leads_nowhere(part, known, anchors)
                if message and isinstance(part, Link) and part.page not in known:
                    message = leads_on(part, folder, known, renamed(library.entries)) or message
                if message:
                    yield prose_problem(document, item.loc, getattr(part, "offset", 0), message)


def _leads_nowhere(part: Part, known: Iterable[str], anchors: Mapping[str, set[str]]) -> str | None:
    """What is wrong with where a link leads; None where nothing is, or the part is no link within the site."""
    if not isinstance(part, Link) or not part.page:
        return None
    if part.page not in known:
        guess = did_you_mean(part.page, known) or "; expected a page such as ../goals/3.md"
        return f"links to '{part.page}', which is no page of this site{guess}"
    there = anchors.get(part.page)
    if part.fragment and there is not None and part.fragment not in there:
        guess = did_you_mean(part.fragment, there) or "; expected the id of a record there"
        return f"links to '{part.page}#{part.fragment}', but that page has no such place{guess}"
    return None


def _anchors(library: Library) -> Mapping[str, set[str]]:
    """The anchors of every page that gathers small records, and of the paragraphs of every resolution."""
    found: dict[str, set[str]] = {}
    for entry in library.entries.values():
        if there := addresses.on_index(entry.record):
            found.setdefault(there[0], set()).add(there[1])
        if entry.facts.anchors and (page := addresses.page(entry.record)):
            found[page] = {*entry.facts.anchors, "sources", "provisions"}
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


def sums_can_be_made(library: Library, pages: Pages) -> Iterator[Problem]:
    """What `site.yml` adds up or shows is there: records with a figure of the measure, which may be added."""
    document = library.settings
    for index, total in enumerate(library.site.sums):
        loc, what = ("sums", index), f"sum {index + 1}"
        if not library.get(Measure, total.measure).additive:
            message = f"{what}: figures of '{total.measure}' must not be added; expected a measure with additive: true"
            yield document.problem(loc, message)
        for reference in total.records:
            for message in why_not_added(library, reference, total.measure):
                yield document.problem(loc, f"{what}: {message}")
    for index, shown in enumerate(library.site.key_figures):
        for message in why_not_one(library, shown.record, shown.measure):
            yield document.problem(("key_figures", index), f"key figure {index + 1}: {message}")


def tallies_can_be_made(library: Library, pages: Pages) -> Iterator[Problem]:
    """What `site.yml` tallies is there: a type of record, a field of it to group by, and a measure that may be added."""
    document = library.settings
    seen: set[str] = set()
    for index, tally in enumerate(library.site.tallies):
        loc = ("tallies", index)
        if tally.id in seen:
            yield document.problem(
                (*loc, "id"), f"id '{tally.id}' is there twice; expected an id of its own; change one"
            )
        seen.add(tally.id)
        model = BY_FOLDER.get(tally.of)
        if model is None:
            guess = did_you_mean(tally.of, BY_FOLDER) or f"; expected one of {listed(sorted(BY_FOLDER), limit=30)}"
            yield document.problem((*loc, "of"), f"'{tally.of}' holds no type of record{guess}")
            continue
        fields = {name for name, kinds in references(model).items() if kinds - {"source"} and None not in kinds}
        fields |= {YEAR} if "dates" in model.model_fields else set()
        fields |= {FAMILY} & model.model_fields.keys()
        if tally.by not in fields:
            guess = did_you_mean(tally.by, fields) or f"; expected one of {listed(sorted(fields), limit=30)}"
            yield document.problem((*loc, "by"), f"'{tally.by}' is nothing to group {tally.of} by{guess}")
        if tally.measure and not library.get(Measure, tally.measure).additive:
            message = f"figures of '{tally.measure}' must not be added; expected a measure with additive: true"
            yield document.problem((*loc, "measure"), message)
        elif tally.measure and "figures" not in model.model_fields:
            yield document.problem(
                (*loc, "measure"), f"{tally.of} hold no figures; expected records that do, or no measure"
            )
        elif tally.measure:
            for record in library.by_kind.get(model.KIND, ()):
                if why := why_undecided(library, record, library.get(Measure, tally.measure)):
                    message = f"{why}; expected one that is; add a date: to each, or tally another measure"
                    yield document.problem((*loc, "measure"), message)


def pages_are_their_own(library: Library, pages: Pages) -> Iterator[Problem]:
    """No record has the page of its section's index."""
    for entry in library.entries.values():
        if addresses.has_page(entry.record) and addresses.page(entry.record) == addresses.index(entry.record.KIND):
            yield entry.document.problem(
                ("id",),
                f"id '{entry.record.ident}' is the name of the section's own page; expected another id; rename it",
            )


def lineage_has_dates(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each record that `site.yml` names in its lineage has a date."""
    for index, reference in enumerate(library.site.lineage):
        if dated(library.at(reference)) is None:
            yield library.settings.problem(
                ("lineage", index),
                f"{reference} has no date; expected a record with adopted:, signed:, date: or dates:; name another, or delete it",
            )


def links_left_alone_are_those_of_sources(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each address that `site.yml` keeps from being checked is the address of a source."""
    known = {url for source in library.all(Source) for url in (source.url, source.read_at) if url}
    for index, item in enumerate(library.site.links):
        if item.url not in known:
            guess = did_you_mean(item.url, known) or "; expected the url: or read_at: of one"
            yield library.settings.problem(("links", index, "url"), f"'{item.url}' is the address of no source{guess}")


def sections_are_there(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each section that `site.yml` introduces is a section of the site."""
    for name in library.site.sections:
        if name not in addresses.GENERATED:
            guess = (
                did_you_mean(name, addresses.GENERATED) or f"; expected one of {listed(addresses.GENERATED, limit=30)}"
            )
            yield library.settings.key_problem(("sections", name), f"'{name}' is no section of the site{guess}")


CHECKS: tuple[Check, ...] = (
    story_paragraphs_cite,
    prose_is_safe_and_leads_somewhere,
    figures_are_told_apart,
    provisions_descend,
    editions_are_told_apart,
    chains_end,
    numbers_match_ids,
    aliases_are_free,
    sums_can_be_made,
    tallies_can_be_made,
    pages_are_their_own,
    lineage_has_dates,
    links_left_alone_are_those_of_sources,
    sections_are_there,
)
"""Every check; a new one is one more line."""


def _found(name: str, find: Callable[[], list[Problem]]) -> list[Problem]:
    return find()


def run(
    library: Library, pages: Pages, ask: Callable[[str, Callable[[], list[Problem]]], list[Problem]] = _found
) -> list[Problem]:
    """Every problem that a check finds, in the order of files and lines; `ask` may know the answer of a check already."""
    there = " ".join(sorted(pages))
    found = (ask(f"check {check.__name__} {there}", partial(_listed, check, library, pages)) for check in CHECKS)
    return sorted({problem for problems in found for problem in problems})


def _listed(check: Check, library: Library, pages: Pages) -> list[Problem]:
    return list(check(library, pages))
