"""What records say themselves to questions: their own fields in words, with their sources, and what they do not know."""

from collections.abc import Iterable, Iterator, Sequence

from explainer.kinds.measure import Measure
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person, Role
from explainer.kinds.source import Source
from explainer.library import figure_words, places
from explainer.library.figure_states import in_order
from explainer.library.library import Library
from explainer.library.offices import dates, is_current
from explainer.outputs.search_files import PART, Reply
from explainer.outputs.search_offices import page
from explainer.reading import prose
from explainer.records.editions import Editions, citations_within
from explainer.records.record import Entry, Record
from explainer.records.sourced import Citation, Figure, OpenQuestion
from explainer.records.traits import Dated, WithFigures


def answers(library: Library, record: Record) -> Iterator[Reply]:
    """What a record says to questions, each from one field."""
    match record:
        case Person():
            yield from (_of_role(library, role, _office(library, role)) for role in record.roles)
        case Organisation():
            yield from _holders(library, record)
        case Editions():
            yield from _parts(library, record)
    if isinstance(record, Dated) and record.when is not None:
        yield Reply("when", library.words.date(record.when), _cited(library, record.when_cited))
    if isinstance(record, WithFigures):
        yield from _numbers(library, record)
    if isinstance(record, Entry):
        yield from (Reply("open", _open(library, question), []) for question in record.open_questions)


def _numbers(library: Library, record: WithFigures) -> Iterator[Reply]:
    """How many of what it counts, the newest first."""
    for figure in _newest_first(record.figures):
        yield Reply("many", _figure(library, figure), _cited(library, figure.cite))


def _parts(library: Library, record: Editions) -> Iterator[Reply]:
    """What each numbered part of a text does, for whoever asks for it by its number."""
    for part in record.provisions:
        if part.paragraph:
            yield Reply(
                f"{PART}{part.paragraph}", prose.plain(part.summary), _cited(library, citations_within(record, part))
            )


def _open(library: Library, question: OpenQuestion) -> str:
    """A question to which no answer was found, and where it was looked for."""
    words = library.words
    asked = words("search.unanswered").format(asks=prose.plain(question.asks))
    where = prose.plain(question.where) if question.where else ""
    if question.looked is None:
        return asked
    looked = "looked-where" if where else "looked"
    return f"{asked} {words('question', looked).format(date=words.date(question.looked), where=where)}"


def _holders(library: Library, record: Organisation) -> Iterator[Reply]:
    """Who holds an office today: that of the record, or those in the organisation."""
    whole = library.get(Organisation, record.part_of) if record.part_of else record
    for each in dict.fromkeys((record, whole)):
        for person in library.related(each, Person, "roles"):
            for role in person.roles:
                if role.organisation != each.id or not is_current(library, role):
                    continue
                if page(library, role) is record:
                    yield _of_role(library, role, person.label)
                elif each is record:
                    office = library.words("mark-off.colon").format(before=role.title, after=person.label)
                    yield _of_role(library, role, office)


def _office(library: Library, role: Role) -> str:
    """The name of an office with that of the organisation."""
    if role.organisation is None:
        return role.title
    return library.words("joint.comma").join((role.title, library.get(Organisation, role.organisation).short))


def _of_role(library: Library, role: Role, name: str) -> Reply:
    """A name with the dates of an office, as far as they are known."""
    words = library.words
    start, end = (words.date(date) if date else "" for date in (role.start, role.end))
    if end:
        pattern = "span" if start else "until"
    else:
        pattern = "since" if is_current(library, role) else "told" if start or role.last_known else "undated"
    said = words("search.held", pattern).format(name=name, start=start, end=end, dates=dates(library, role))
    return Reply("who", said, _cited(library, role.cite))


def _newest_first(figures: Sequence[Figure]) -> list[Figure]:
    """Figures without a date, which are of the record's own, and then the dated ones: of equals the script takes the first."""
    dated = [figure for figure in in_order(figures) if figure.date]
    return [*(figure for figure in figures if not figure.date), *reversed(dated)]


def _figure(library: Library, figure: Figure) -> str:
    """A figure in words, with its date where that is not the record's."""
    words, measure = library.words, library.get(Measure, figure.measure)
    amount = figure_words.amount(words, measure, figure, rounded=False)
    where = library.at(figure.place).label if figure.place else ""
    said = " ".join(
        filter(None, (amount, figure_words.after(words, measure, figure, library.language), where, figure.group))
    )
    return words("mark-off.brackets").format(before=said, within=words.date(figure.date)) if figure.date else said


def _cited(library: Library, citations: Iterable[Citation]) -> list[str]:
    """The addresses of the sources that are cited."""
    sources = (library.get(Source, citation.source) for citation in citations)
    return list(dict.fromkeys(filter(None, (places.at(library, each) for each in sources))))
