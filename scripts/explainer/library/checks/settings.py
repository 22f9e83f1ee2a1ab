"""Rules about the settings in `content/site.yml`: sums, tallies, lineage, links and sections."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from explainer.base.problems import Problem, did_you_mean, listed
from explainer.kinds.measure import Measure
from explainer.kinds.registry import Kinds
from explainer.kinds.source import Source
from explainer.library import addresses
from explainer.library.checks.certain import certain
from explainer.library.checks.figures import why_not_added, why_not_one, why_undecided
from explainer.library.checks.signature import Pages
from explainer.library.figure_states import chosen
from explainer.library.groups import groupings
from explainer.library.history import FOLDER
from explainer.library.library import Library
from explainer.records.dossier import Count, Sum, Tally
from explainer.records.editions import Editions
from explainer.records.record import Record
from explainer.records.sourced import Certainty
from explainer.records.traits import Dated, WithFigures


def sums_can_be_made(library: Library, pages: Pages) -> Iterator[Problem]:
    """What `site.yml` adds up or shows is there: records with a figure of the measure, which may be added."""
    document = library.settings
    for index, total in enumerate(library.dossier.sums):
        loc, what = ("sums", index), f"sum {index + 1}"
        for message in certain(library, partial(_why_never, library, total.measure)):
            yield document.problem(loc, f"{what}: {message}")
        for reference in total.records:
            for message in certain(library, partial(_why_not_counted, library, reference, total)):
                yield document.problem(loc, f"{what}: {message}")
    for index, shown in enumerate(library.dossier.key_figures):
        for message in certain(library, partial(why_not_one, library, shown.record, shown.measure)):
            yield document.problem(("key_figures", index), f"key figure {index + 1}: {message}")


def counts_can_be_made(library: Library, pages: Pages) -> Iterator[Problem]:
    """What `site.yml` counts for the home page is there: types of records, or a series and a group of its parts."""
    for index, count in enumerate(library.dossier.counts):
        for field in ("of", "named_in"):
            folder, folders = getattr(count, field), library.kinds.by_folder
            if folder is not None and folder not in folders:
                guess = did_you_mean(folder, folders) or f"; expected one of {listed(sorted(folders), limit=30)}"
                yield library.settings.problem(("counts", index, field), f"'{folder}' holds no type of record{guess}")
        if count.series and count.of in library.kinds.by_folder:
            for field, message in certain(library, partial(_why_no_parts, library, count)):
                yield library.settings.problem(("counts", index, field), message)


def _why_no_parts(library: Library, count: Count) -> Iterator[tuple[str, str]]:
    """Field and message for what keeps the parts of a series from being counted."""
    texts = [text for text in library.having(Editions) if count.of == text.FOLDER]
    names = sorted({text.series for text in texts if text.series})
    if count.series not in names:
        guess = did_you_mean(str(count.series), names) or f"; expected one of {listed(names, limit=30) or 'none'}"
        yield "series", f"'{count.series}' is no series in {count.of}{guess}"
    elif count.part and count.part not in texts[0].PARTS.groups:
        yield (
            "part",
            f"'{count.part}' is no group of parts in {count.of}; expected one of {listed(texts[0].PARTS.groups, limit=30)}",
        )


def _why_never(library: Library, ident: str) -> Iterator[str]:
    """Why figures of a measure are never added up, if they are not."""
    measure = library.get(Measure, ident)
    if not measure.adds_up:
        yield _never_added(measure)


def _why_not_counted(library: Library, reference: str, total: Sum) -> Iterator[str]:
    """Why the figure of a record cannot be part of a sum."""
    yield from why_not_added(library, reference, total.measure)
    yield from _unnamed(library, reference, total)


def _unnamed(library: Library, reference: str, total: Sum) -> Iterator[str]:
    """Why a figure that no source states as a fact does not count in a sum that does not say so."""
    for figure in chosen(library.at(reference), library.get(Measure, total.measure)):
        if figure.certainty not in {Certainty.STATED, total.also}:
            yield (
                f"the figure of {reference} is {figure.certainty}; expected what a source states as a fact; "
                f"write also: {figure.certainty}, or leave the record out"
            )


def _never_added(measure: Measure) -> str:
    """Why figures of a measure are never added up."""
    why = "whose figures are not_added" if measure.not_added else f"a {measure.behaves}"
    return f"'{measure.id}' is {why}; expected a flow, of which figures add up; name another measure"


def tallies_can_be_made(library: Library, pages: Pages) -> Iterator[Problem]:
    """What `site.yml` tallies is there: a type of record, a field of it to group by, and a measure that may be added."""
    document = library.settings
    seen: set[str] = set()
    for index, tally in enumerate(library.dossier.tallies):
        if tally.id in seen:
            message = f"id '{tally.id}' is there twice; expected an id of its own; change one"
            yield document.problem(("tallies", index, "id"), message)
        seen.add(tally.id)
        for field, message in _why_not_tallied(library, tally):
            yield document.problem(("tallies", index, field), message)


def _why_not_tallied(library: Library, tally: Tally) -> Iterator[tuple[str, str]]:
    """Field and message for everything that keeps a tally from being made."""
    model = library.kinds.by_folder.get(tally.of)
    if model is None:
        folders = library.kinds.by_folder
        guess = did_you_mean(tally.of, folders) or f"; expected one of {listed(sorted(folders), limit=30)}"
        yield "of", f"'{tally.of}' holds no type of record{guess}"
        return
    fields = groupings(model)
    if tally.by not in fields:
        guess = did_you_mean(tally.by, fields) or f"; expected one of {listed(sorted(fields), limit=30)}"
        yield "by", f"'{tally.by}' is nothing to group {tally.of} by{guess}"
    else:
        yield from (("without", message) for message in _why_not_without(library, tally, fields[tally.by]))
    if tally.measure:
        yield from (("measure", message) for message in _why_not_measured(library, model, tally.measure))


def _why_not_without(library: Library, tally: Tally, kinds: Collection[str]) -> Iterator[str]:
    """Reasons why what a tally leaves out is none of its groups."""
    folders = [library.kinds.by_kind[kind].FOLDER for kind in sorted(kinds)]
    for reference in tally.without:
        if reference.partition("/")[0] not in folders:
            expected = f"expected a record of {listed(folders)}" if folders else "its groups are no records"
            yield f"'{reference}' is no group of what goes by '{tally.by}'; {expected}; correct it, or delete without:"


def _why_not_measured(library: Library, model: type[Record], ident: str) -> Iterator[str]:
    """Reasons why the figures of a measure cannot be added up over the records of a type."""
    measure = library.get(Measure, ident)
    if never := certain(library, partial(_why_never, library, ident)):
        yield from never
    elif not issubclass(model, WithFigures):
        yield f"{model.FOLDER} hold no figures; expected records that do, or no measure"
    else:
        for record in library.by_kind.get(model.KIND, ()):
            for why in certain(library, partial(_why_undecided, library, record, measure)):
                yield f"{why}; expected one that is; add a date: to each, or tally another measure"


def _why_undecided(library: Library, record: Record, measure: Measure) -> Iterator[str]:
    if why := why_undecided(library, record, measure):
        yield why


def pages_are_their_own(library: Library, pages: Pages) -> Iterator[Problem]:
    """No record has the page of its section's index."""
    for entry in library.entries.values():
        if addresses.has_page(entry.record) and addresses.page(entry.record) == addresses.index(entry.record):
            yield entry.document.problem(
                ("id",),
                f"id '{entry.record.ident}' is the name of the section's own page; expected another id; rename it",
            )


def lineage_has_dates(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each record that `site.yml` names in its lineage has a date."""
    for index, reference in enumerate(library.dossier.lineage):
        record = library.at(reference)
        if library.gaps.touch(record.key):
            continue
        if not isinstance(record, Dated) or record.when is None:
            yield library.settings.problem(
                ("lineage", index),
                f"{reference} has no date; expected a record with a main date; name another, or delete it",
            )


def lineage_is_whole(library: Library, pages: Pages) -> Iterator[Problem]:
    """Where editions of a series are in the lineage of `site.yml`, a later one is there, too."""
    named = {library.at(reference).key for reference in library.dossier.lineage}
    texts = library.having(Editions)
    series = {(text.KIND, text.series) for text in texts if text.key in named and text.series}
    for text in texts:
        if (text.KIND, text.series) in series and text.key not in named:
            message = (
                f"{text.FOLDER}/{text.id} is missing, an edition of '{text.series}', of which others are here; "
                "expected every edition of a series; add it at its date"
            )
            yield library.settings.problem(("lineage",), message).as_remark()


def updated_is_no_older_than_the_history(library: Library, pages: Pages) -> Iterator[Problem]:
    """The day of the dossier is no earlier than the last one on which a record changed: pages are cited by it."""
    updated, passages = library.dossier.updated, library.history.passages
    if passages and updated.last_day < passages[0].day.first_day:
        last = passages[0].day
        message = (
            f"is before {last}, the last day of which {FOLDER}/ tells changes; expected that day or a later one, by which "
            f"pages are cited; write {last}"
        )
        yield library.settings.problem(("updated",), message).as_remark()


def links_left_alone_are_those_of_sources(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each address that `site.yml` keeps from being checked is the address of a source."""
    known = {url for source in library.all(Source) for url in (source.url, source.read_at) if url}
    for index, item in enumerate(library.dossier.links):
        if item.url not in known and not library.gaps.in_kind(Source.KIND):
            guess = did_you_mean(item.url, known) or "; expected the url: or read_at: of one"
            yield library.settings.problem(("links", index, "url"), f"'{item.url}' is the address of no source{guess}")


def sections_are_there(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each section that `site.yml` introduces is a section of the site."""
    sections = addresses.generated(library.kinds)
    for name in library.dossier.sections:
        if name not in sections:
            guess = _instead_of(name, sections, library.kinds)
            yield library.settings.key_problem(("sections", name), f"'{name}' is no section of the site{guess}")


def menu_is_there(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each section that the menu in `site.yml` names is there."""
    usual = (*addresses.generated(library.kinds), addresses.ABOUT, addresses.CONTRIBUTING)
    own = (addresses.hosted(page).rstrip("/") for page in sorted(pages) if page != addresses.HOME)
    sections = (*usual, *(name for name in own if "/" not in name))
    seen: set[str] = set()
    for index, entry in enumerate(library.dossier.menu):
        for place, section in enumerate(entry.sections):
            loc = ("menu", index, "sections", place)
            if section in seen:
                message = f"'{section}' is in the menu twice; expected each section once; delete it here or above"
                yield library.settings.problem(loc, message)
            elif section not in sections:
                guess = _instead_of(section, sections, library.kinds)
                yield library.settings.problem(loc, f"'{section}' is no section of the site{guess}")
            seen.add(section)


def _instead_of(section: str, sections: Sequence[str], kinds: Kinds) -> str:
    """What to do about a section that is not there: name its kind in the settings, or correct the name."""
    there = f"; expected one of {listed(sections, limit=30)}"
    return kinds.hint_of_unused(section) or did_you_mean(section, sections) or there
