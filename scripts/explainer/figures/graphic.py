"""Model of a figure on a page: a title, a sentence, a drawing, and its data, which is always shown as a table too."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from explainer.base.dataclass import dataclass
from explainer.figures.svg import WIDTH
from explainer.records.record import Record


@dataclass(frozen=True, slots=True)
class Coarse:
    """A number that readers see rounded, as it is not known to the unit; the CSV has all of its digits."""

    value: Decimal
    shown: Decimal


Cell = str | int | Decimal | Coarse | Record | None
"""A value of a table: text, a number, a record that the page links to, or nothing."""
FOLDER = "data/figures"
"""Folder of the CSV data of figures, relative to `docs/`."""
TALLEST = 16
"""How many times as high as wide a chart may be to have a picture of dots. That is then at most some 16,000 dots high, which
programs for slides and WebP still take; one of a row for each of 300 people was 93,000, and 1 GB of memory while it was drawn."""


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a figure."""

    columns: tuple[str, ...]
    """Keys of the columns: the header of the CSV, and keys of their labels in the string catalogue."""
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend."""

    swatch: str
    """The mark that it explains: a name in `swatches.SWATCHES`."""
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of marks."""

    height: float
    marks: str
    """The marks as SVG, the lowest first."""
    width: float = WIDTH
    """Of its field; a narrower one keeps text large on a phone."""
    linked: bool = False
    """Whether marks are links; a screen reader then goes through them; any other drawing is one image to it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A country that a map marks."""

    step: int
    """Its class, 1 to 4, from few to many."""
    says: str
    """Its name, and its number if the map shows numbers."""
    href: str = ""
    """The relative address of its page; empty for a mark that is no link."""


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing of countries, some of which are marked."""

    spots: Mapping[str, Spot]
    """ISO 3166-1 alpha-2 code -> how the country is marked."""
    names: Mapping[str, str]
    """ISO 3166-1 alpha-2 code -> the name of every country, as the records give it."""
    whole: bool = False
    """Whether the whole world is shown, or only the part in which the marked countries lie."""
    light: bool = False
    """Whether outlines have less detail, as among other drawings on one page."""
    coarse: bool = False
    """Whether outlines have still less, as in a file of its own, where a map is drawn at half its size."""
    small: bool = False
    """Whether it is drawn at half the size, with as much less detail, as a place is shown beside a text."""

    @property
    def linked(self) -> bool:
        """Whether marks are links, as in a chart."""
        return any(spot.href for spot in self.spots.values())


@dataclass(frozen=True, slots=True)
class Matrix:
    """A drawing that is itself a table: marks at the crossings of rows and columns."""

    rows: tuple[Record, ...]
    columns: tuple[Record, ...]
    corner: str
    """What the column of the rows' names is called."""
    marks: Mapping[tuple[str, str], tuple[Key, ...]]
    """Row id and column id -> the marks in the cell, each with its label."""


@dataclass(frozen=True, slots=True)
class Graphic:
    """A figure on a page."""

    id: str
    """Unique in the dossier; used for its CSV and its anchor; letters, digits and hyphens."""
    title: str
    """What it finds, in one sentence computed from the data."""
    says: str
    """What it shows: the line below."""
    drawing: Chart | Map | Matrix
    table: Table
    kinds: tuple[str, ...]
    """The types of the records that it is computed from."""
    records: int
    """The number of records that it is computed from."""
    notes: tuple[str, ...] = ()
    """Notes for reading it correctly: what is outlined, what is omitted."""
    legend: tuple[Key, ...] = ()
    alternative: str = ""
    """What the drawing says to those who do not see it, besides its title and that line; of a matrix nothing, as it is a table."""
    whole: tuple[str, str] | None = None
    """The page, relative to `docs/`, and the id of the figure of which this one shows a part, with the data of that part."""

    @property
    def name(self) -> str:
        """The shorter of its two lines, by which its table and its links are told from those of others."""
        return min(self.title, self.says or self.title, key=len)

    @property
    def csv(self) -> str:
        """The path of its data, relative to `docs/`."""
        return f"{FOLDER}/{self.id}.csv"

    @property
    def svg(self) -> str:
        """The path of the drawing as a file that stands alone; a matrix has none."""
        return f"{FOLDER}/{self.id}.svg"

    @property
    def png(self) -> str:
        """The path of the same as a picture of dots."""
        return f"{FOLDER}/{self.id}.png"

    @property
    def has_png(self) -> bool:
        """Whether it can be taken along as a picture of dots too; a map, or a chart of very many rows, is large in dots."""
        return isinstance(self.drawing, Chart) and self.drawing.height <= TALLEST * self.drawing.width

    @property
    def shape(self) -> str:
        """The kind of drawing: chart, map or matrix."""
        return type(self.drawing).__name__.lower()


def cut(text: str, longest: int) -> str:
    """Shorten a label to `longest` characters at a word boundary; the table shows it in full."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def steps(values: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Divide counts into at most four classes (lowest, highest), halving from the top: 1, 2, 3–4, 5–8."""
    every = sorted(set(values))
    if len(every) <= 4:
        return tuple((value, value) for value in every)
    top = every[-1]
    ends = sorted({top, top // 2, top // 4, top // 8} - {0})
    starts = [every[0], *(end + 1 for end in ends[:-1])]
    found = [
        (min(inside), max(inside))
        for start, end in zip(starts, ends, strict=True)
        if (inside := [value for value in every if start <= value <= end])
    ]
    return tuple(found)


def shades(number: int) -> tuple[int, ...]:
    """The shades, from 1 to 4, for a number of classes, from few to many."""
    return {1: (3,), 2: (2, 4), 3: (1, 3, 4)}.get(number, (1, 2, 3, 4))
