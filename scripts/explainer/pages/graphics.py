"""Which charts and maps the pages show: each is computed from records, and is left out where these say too little."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from explainer.figures.bars import MOST, Bar, lying, standing
from explainer.figures.graphic import Cell, Graphic, Key, Map, Matrix, Spot, Table, shades, steps
from explainer.figures.pairs import LONGEST, pairs
from explainer.figures.pairs import MOST as MOST_NAMES
from explainer.figures.series import Moment, over_time, scale
from explainer.figures.tenures import Body, Tenure, offices
from explainer.library import Library
from explainer.pages.sums import Tallied, exact, tallied
from explainer.records import Agreement, Country, Goal, Measure, Operation, Organisation, Person, Sdg
from explainer.records.goal import SdgLink
from explainer.records.person import Role
from explainer.records.record import Basis, Comparator, Figure, Record
from explainer.settings import YEAR, Tally
from explainer.states import moment, what
from explainer.states import unit as unit_of
from explainer.values import Dates
from explainer.wording import Wording, wording

FEWEST = 3
"""With fewer points there is nothing to draw."""
MOST_NAMED = 3
"""How many names a sentence lists at most."""


def _words(library: Library) -> Wording:
    return wording(library.site.language)


def _names(library: Library) -> dict[str, str]:
    return library.shared.get(
        "names of countries", lambda: {country.id: country.name for country in library.all(Country)}
    )


def countries_in_operations(library: Library) -> Iterator[Graphic]:
    """A map of the world: in how many operations each country is named."""
    words = _words(library)
    named = [operation for operation in library.all(Operation) if operation.countries]
    counts = Counter(code for operation in named for code in dict.fromkeys(operation.countries))
    if len(counts) < FEWEST:
        return
    names = _names(library)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], names[item[0]].casefold()))
    classes = steps(counts.values())
    shade = dict(zip(classes, shades(len(classes)), strict=True))
    spots = {
        code: Spot(
            next(step for (low, high), step in shade.items() if low <= number <= high),
            words("graphic.spot").format(name=names[code], n=words.number(number)),
        )
        for code, number in counts.items()
    }
    top = [names[code] for code, number in ordered if number == ordered[0][1]]
    most = ", ".join(top[:MOST_NAMED]) + ("…" if len(top) > MOST_NAMED else "")
    says = words("graphic.operations-map.says").format(
        n=words.number(len(counts)), of=words.number(len(named)), most=most, times=words.number(ordered[0][1])
    )
    yield Graphic(
        id="operations-by-country",
        title=words("graphic.operations-map.title"),
        says=says,
        drawing=Map(spots, names, whole=True),
        table=Table(
            ("country", "code", "operations"),
            tuple((library.get(Country, code), code, number) for code, number in ordered),
        ),
        kinds=(Operation.KIND,),
        records=len(named),
        notes=(words("graphic.outlines"),),
        legend=tuple(Key(f"step-{step}", _span(words, *ends)) for ends, step in shade.items()),
    )


def _span(words: Wording, low: int, high: int) -> str:
    return words.number(low) if low == high else f"{words.number(low)}–{words.number(high)}"


def operations_by_year(library: Library) -> Iterator[Graphic]:
    """Bars: how many operations began in each year."""
    words = _words(library)
    tally = Tally(id="operations-by-year", title=words("graphic.operations-years"), of=Operation.FOLDER, by=YEAR)
    yield from of_tally(library, tallied(library, tally), ident="operations-by-year")


def of_tally(library: Library, item: Tallied, *, ident: str | None = None) -> Iterator[Graphic]:
    """Bars of a tally; those that are not exact are hollow, and say how they may be stated."""
    words = _words(library)
    rows = [row for row in item.rows if row.parts or not item.measure]
    if len(rows) < FEWEST:
        return
    yearly = item.tally.by == YEAR
    key = "comparators-short" if yearly else "comparators"
    numbers = [row.value if item.measure else len(row.records) for row in rows]
    qualifiers = [row.comparator if item.measure else Comparator.EXACTLY for row in rows]
    bars = [
        Bar(row.label, float(number), words(f"{key}.{how}").format(n=words.number(number)), how is Comparator.EXACTLY)
        for row, number, how in zip(rows, numbers, qualifiers, strict=True)
    ]
    notes = []
    if yearly:
        by_year = {int(bar.label): bar for bar in bars}
        empty = None if item.measure else Bar("", 0, words.number(0))
        years = range(min(by_year), max(by_year) + 1)
        drawing = standing([by_year.get(year, empty) for year in years], [str(year) for year in years])
        if item.measure and len(years) > len(by_year):
            notes.append(words("graphic.empty-year"))
    else:
        drawing = lying(bars[:MOST])
        if len(bars) > MOST:
            notes.append(words("graphic.largest").format(n=MOST, of=len(bars)))
    best = max(range(len(rows)), key=lambda place: (numbers[place], -place))
    measured = tuple(
        (row.group or row.label, number, str(how), len(row.parts), row.exact)
        for row, number, how in zip(rows, numbers, qualifiers, strict=True)
    )
    counted = tuple((row.group or row.label, number) for row, number in zip(rows, numbers, strict=True))
    yield Graphic(
        id=ident or f"results-{item.tally.id}",
        title=item.tally.title,
        says=words("graphic.highest").format(
            label=rows[best].label,
            told=words(f"comparators.{qualifiers[best]}").format(n=words.number(numbers[best])),
            what=what(item.measure) if item.measure else words("plural", item.kind),
        ),
        drawing=drawing,
        table=Table(("group", "value", "qualifier", "figures", "exact"), measured)
        if item.measure
        else Table(("group", "records"), counted),
        kinds=(item.kind,),
        records=len({part.record for row in rows for part in row.parts}) if item.measure else item.records,
        notes=tuple(notes),
        legend=()
        if all(bar.exact for bar in bars)
        else (
            *([Key("exact", words("graphic.exact"))] if any(bar.exact for bar in bars) else []),
            Key("qualified", words("graphic.qualified-short" if yearly else "graphic.qualified")),
        ),
    )


def of_operation(library: Library, record: Operation, *, unnamed: Decimal | None = None) -> Iterator[Graphic]:
    """A map of the countries that took part in an operation and are known by name; `unnamed` is how many more did."""
    codes = tuple(dict.fromkeys(record.countries))
    if not codes:
        return
    words = _words(library)
    names = _names(library)
    ordered = sorted((library.get(Country, code) for code in codes), key=lambda land: land.name.casefold())
    says = words("graphic.operation-map.one" if len(codes) == 1 else "graphic.operation-map.many")
    yield Graphic(
        id=f"operation-{record.id}-countries",
        title=words("graphic.operation-map.title").format(name=record.name),
        says=says.format(n=words.number(len(codes)), name=ordered[0].name)
        + (words("graphic.operation-map.unnamed").format(n=words.number(unnamed)) if unnamed else ""),
        drawing=Map({code: Spot(4, names[code]) for code in codes}, names),
        table=Table(("country", "code"), tuple((land, land.id) for land in ordered)),
        kinds=(Operation.KIND,),
        records=1,
        notes=(words("graphic.outlines"),),
    )


def of_figures(library: Library, record: Record) -> Iterator[Graphic]:
    """A line for every measure of which a record has three or more dated figures in one unit."""
    groups: defaultdict[tuple[str, str], list[tuple[Dates, Figure]]] = defaultdict(list)
    held: tuple[Figure, ...] = getattr(record, "figures", ())
    for figure in held:
        if figure.date is not None:
            groups[figure.measure, unit_of(figure, library.get(Measure, figure.measure))].append((figure.date, figure))
    places = Counter(measure for (measure, _), dated in groups.items() if len(dated) >= FEWEST)
    done: Counter[str] = Counter()
    for (measure, unit), dated in sorted(groups.items()):
        if len(dated) >= FEWEST:
            done[measure] += 1
            ident = f"{record.KIND}-{record.ident}-{measure}".lower()
            suffix = f"-{done[measure]}" if places[measure] > 1 else ""
            yield _line(library, record, library.get(Measure, measure), dated, unit=unit, ident=ident + suffix)


def _line(
    library: Library, record: Record, measure: Measure, dated: list[tuple[Dates, Figure]], *, unit: str, ident: str
) -> Graphic:
    words = _words(library)
    dated = sorted(dated, key=lambda item: (moment(item[0]), item[1].value))
    moments = [
        Moment(
            dates,
            float(figure.value),
            _short(words, figure),
            None if figure.high is None else float(figure.high),
            exact(figure),
        )
        for dates, figure in dated
    ]
    marks = scale(moments)
    (start, first), (end, last) = dated[0], dated[-1]
    says = words("graphic.line.says").format(
        first=words.amount(first), start=words.date(start), last=words.amount(last), end=words.date(end)
    )
    told = what(measure, dated[-1][1])
    rows: list[tuple[Cell, ...]] = [
        (words.date(dates), str(dates), figure.value, figure.high, str(figure.comparator), str(figure.certainty), unit)
        for dates, figure in dated
    ]
    hollow = any(not moment.exact for moment in moments)
    return Graphic(
        id=ident,
        title=words("graphic.line.title").format(what=told[:1].upper() + told[1:], name=record.label),
        says=says,
        drawing=over_time(moments, [(mark, _mark(words, mark)) for mark in marks]),
        table=Table(("when", "date", "value", "high", "qualifier", "certainty", "unit"), tuple(rows)),
        kinds=(record.KIND,),
        records=1,
        notes=() if marks[0] <= 0 else (words("graphic.line.cut").format(n=_mark(words, marks[0])),),
        legend=(
            *([Key("point-exact", words("graphic.exact"))] if any(moment.exact for moment in moments) else []),
            Key("point-qualified", words("graphic.point-qualified")),
        )
        if hollow
        else (),
    )


def _short(words: Wording, figure: Figure) -> str:
    number = words.number(figure.value)
    if figure.high is not None:
        number = f"{number}–{words.number(figure.high)}"
    return words(f"comparators-short.{figure.comparator}").format(n=number)


def _mark(words: Wording, value: float) -> str:
    return words.number(int(value)) if float(value).is_integer() else words.number(Decimal(f"{value:g}"))


def goals_and_sdgs(library: Library) -> Iterator[Graphic]:
    """A matrix: which goal serves which global goal, directly or not, and who says so."""
    words = _words(library)
    links = [(goal, link) for goal in library.all(Goal) for link in goal.sdgs]
    if len(links) < FEWEST:
        return
    served = {link.sdg for _, link in links}
    marks: defaultdict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
    for goal, link in links:
        key = Key(_mark_of(link), _said(words, link))
        marks[link.sdg, goal.id].setdefault(key.swatch, key)
    used = {key.swatch: Key(key.swatch, key.label) for cell in marks.values() for key in cell.values()}
    official = sum(link.basis is Basis.OFFICIAL for _, link in links)
    rows = tuple(
        (
            goal,
            library.get(Sdg, link.sdg),
            ", ".join(link.targets),
            str(link.link) if link.link else None,
            str(link.basis),
            words("yes") if link.all_goals else words("no"),
        )
        for goal, link in sorted(links, key=lambda item: (item[0].number, int(item[1].sdg)))
    )
    yield Graphic(
        id="goals-and-sdgs",
        title=words("graphic.goals.title"),
        says=words("graphic.goals.says").format(
            n=len(links), goals=len({goal.id for goal, _ in links}), sdgs=len(served), official=official
        ),
        drawing=Matrix(
            tuple(sdg for sdg in library.all(Sdg) if sdg.id in served),
            tuple(goal for goal in library.all(Goal) if goal.sdgs),
            {place: tuple(cell[name] for name in sorted(cell, reverse=True)) for place, cell in marks.items()},
        ),
        table=Table(("goal", "sdg", "targets", "link", "basis", "all-goals"), rows),
        kinds=(Goal.KIND,),
        records=len({goal.id for goal, _ in links}),
        legend=tuple(used[name] for name in sorted(used, reverse=True)),
    )


def _mark_of(link: SdgLink) -> str:
    return f"{link.basis}-{link.link}" if link.link else str(link.basis)


def _said(words: Wording, link: SdgLink) -> str:
    basis = words("basis", link.basis)
    return f"{words('directness', link.link)}, {basis}" if link.link else basis


def people_in_office(library: Library) -> Iterator[Graphic]:
    """Bars: who held which office when, organisation by organisation."""
    words = _words(library)
    held = [
        (library.get(Organisation, role.organisation), person, role)
        for person in library.all(Person)
        for role in person.roles
        if role.organisation
    ]
    dated = [item for item in held if item[2].start or item[2].end]
    if len(dated) < FEWEST:
        return
    bodies: defaultdict[Organisation, list[tuple[Person, Role]]] = defaultdict(list)
    for body, person, role in dated:
        bodies[body].append((person, role))
    ordered = sorted(bodies.items(), key=lambda item: (-len(item[1]), item[0].name.casefold()))
    drawn = [
        Body(
            body.name,
            tuple(
                Tenure(f"{person.name}, {role.title}", role.start, role.end)
                for person, role in sorted(offices_of, key=_by_title)
            ),
        )
        for body, offices_of in ordered
    ]
    years = [tenure.years for body in drawn for tenure in body.tenures]
    every = [(person, role) for person in library.all(Person) for role in person.roles]
    rows = tuple(
        (
            library.get(Organisation, role.organisation) if role.organisation else None,
            role.title,
            person,
            str(role.start) if role.start else None,
            str(role.end) if role.end else None,
        )
        for person, role in every
    )
    left = len(every) - len(dated)
    yield Graphic(
        id="people-in-office",
        title=words("graphic.offices.title"),
        says=words("graphic.offices.says").format(
            n=len(dated),
            people=len({person.id for _, person, _ in dated}),
            start=min(first for first, _ in years),
            end=max(last for _, last in years),
        ),
        drawing=offices(drawn),
        table=Table(("organisation", "office", "person", "start", "end"), rows),
        kinds=(Person.KIND,),
        records=len(library.all(Person)),
        notes=(words("graphic.offices.left").format(n=left),) if left else (),
        legend=tuple(Key(name, words(f"graphic.offices.{name}")) for name in ("known", "vague", "open")),
    )


def _by_title(item: tuple[Person, Role]) -> tuple[str, str, str]:
    person, role = item
    return role.title.casefold(), str(role.start or role.end or ""), person.id


def who_works_with_whom(library: Library) -> Iterator[Graphic]:
    """Half a square of organisations: how many operations and agreements two of them are in together."""
    words = _words(library)
    operations = _together((*item.lead, *item.partners) for item in library.all(Operation))
    agreements = _together(item.parties for item in library.all(Agreement))
    both = operations + agreements
    if len(both) < FEWEST:
        return
    weight: Counter[str] = Counter()
    for pair, number in both.items():
        for ident in pair:
            weight[ident] += number
    shown = sorted(weight, key=lambda ident: (-weight[ident], ident))[:MOST_NAMES]
    bodies = [library.get(Organisation, ident) for ident in shown]
    place = {ident: index for index, ident in enumerate(shown)}
    counts = {
        (min(place[one], place[other]), max(place[one], place[other])): number
        for (one, other), number in both.items()
        if one in place and other in place
    }
    strongest = sorted(both.items(), key=lambda item: (-item[1], item[0]))
    rows = tuple(
        (library.get(Organisation, one), library.get(Organisation, other), operations[pair], agreements[pair], number)
        for pair, number in strongest
        for one, other in [sorted(pair, key=lambda ident: (-weight[ident], ident))]
    )
    (one, other), times = strongest[0]
    first, second = sorted((one, other), key=lambda ident: (-weight[ident], ident))
    records = [item for item in library.all(Operation) if len({*item.lead, *item.partners}) > 1]
    notes = [words("graphic.pairs.how")]
    if len(weight) > len(shown):
        notes.append(words("graphic.pairs.largest").format(n=len(shown), of=len(weight)))
    yield Graphic(
        id="organisations-together",
        title=words("graphic.pairs.title"),
        says=words("graphic.pairs.says").format(
            n=len(weight),
            one=library.get(Organisation, first).name,
            other=library.get(Organisation, second).name,
            times=words.number(times),
        ),
        drawing=pairs([_briefly(body) for body in bodies], counts),
        table=Table(("organisation", "counterpart", "operations", "agreements", "together"), rows),
        kinds=(Operation.KIND, Agreement.KIND),
        records=len(records) + len(library.all(Agreement)),
        notes=tuple(notes),
    )


def _briefly(body: Organisation) -> str:
    """A name that fits under a column: the abbreviation, else the name or another one if it is short enough."""
    known = (body.abbreviation, body.name, *body.other_names)
    return next((name for name in known if name and len(name) <= LONGEST), body.name)


def _together(groups: Iterable[Iterable[str]]) -> Counter[tuple[str, str]]:
    """How often each two ids stand in a group together; of the two the lower comes first."""
    return Counter((one, other) for group in groups for one, other in combinations(sorted(set(group)), 2))
