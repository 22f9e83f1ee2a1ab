"""What a dossier says of itself: `content/site.yml`."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from explainer.base.values import Language, PartialDate, SiteAddress, Slug, Text, Truth, Url
from explainer.records.model import AnyRef, Model, Prose, Refers
from explainer.records.record import StoryText
from explainer.records.sourced import Certainty


class MenuEntry(Model):
    """An entry of the menu: a section, with others beneath it, or a group of sections with a title of its own."""

    title: Text | None = None
    """The title of a group; without it the entry is called after its first section."""
    sections: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """The sections, in their order: timeline, people, results …"""


class Section(Model):
    """How a section of the site is introduced."""

    language: Language | None = None
    """The language of its pages, where it is not that of the dossier."""
    menu: Text | None = None
    """What the menu calls it, where its title is too long for that."""
    title: Text | None = None
    """The title of its index page, where the usual one does not fit."""
    summary: Prose | None = None
    """One or two sentences beneath the title."""
    body: StoryText | None = None
    """What stands before the list."""
    anchors: tuple[Slug, ...] = ()
    """Anchors of headings that the stories of its records had before; addresses with them lead to the story."""


class Door(Model):
    """A way into the dossier, on the home page."""

    title: Text
    """Where it leads, as a question or a name."""
    summary: Prose
    """What the reader finds there."""
    to: AnyRef
    """The record that it leads to."""


class Start(Model):
    """Where a kind of reader begins, on the home page."""

    reader: Text
    """Who the reader is, as in "For a journalist"."""
    summary: Prose
    """What this reader needs first."""
    steps: Annotated[tuple[AnyRef, ...], Field(min_length=1)]
    """The records to read, in their order."""


class KeyFigure(Model):
    """A figure of a record that stands on the home page."""

    record: AnyRef
    """The record that holds it."""
    measure: Annotated[Slug, Refers("measure")]
    """The measure of the figure; of several dates the newest is shown."""


class Count(Model):
    """A number that is computed from the records and stands large on the home page."""

    says: Text
    """What is counted, in words; the number stands before it."""
    of: Slug
    """The folder of the records that are counted, or of the texts of a series."""
    named_in: Slug | None = None
    """The folder of records that must name what is counted; without it, all are counted."""
    series: Slug | None = None
    """The series of texts of which it counts the parts, in the first edition and in the newest."""
    part: Slug | None = None
    """Which parts of the texts it counts, by the key of their group; without it, all."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.part and not self.series:
            raise ValueError("part: without series:; expected the series whose parts are counted; add it")
        if self.series and self.named_in:
            raise ValueError("series: and named_in: exclude each other; expected one of them; delete the other")
        return self


class Sum(Model):
    """Figures of several records, the newest of each, added up on a page of claims or a record."""

    title: Text
    """What is added up."""
    measure: Annotated[Slug, Refers("measure")]
    """The measure; it must be a flow."""
    records: tuple[AnyRef, ...] = Field(min_length=2)
    """The records whose figures are added."""
    also: Certainty | None = None
    """What it adds besides what sources state as a fact: `potential` or `estimated` cases; its sentence says so."""
    note: Prose | None = None
    """What a reader must know to read the sum right."""
    claim: Annotated[Slug, Refers("claim")] | None = None
    """The claim that the sum checks, where there is one."""


MOST_MONTHS = 1200
"""The most months after which a record is to be looked at again: a hundred years, as for `explainer stale --months`."""


class Unchecked(Model):
    """An address that `explainer links` leaves alone for a while."""

    url: Url
    """The address, as a source has it."""
    reason: Text
    """Why it is left alone."""
    until: PartialDate
    """The last day of this; then it is checked again, and named as overdue."""


FILLED = frozenset({"title", "address", "file"})
"""What the address of the form for mistakes is filled with."""


def _fillable(text: str) -> str:
    """Return an address in which only what a page knows is left open."""
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in FILLED:
            raise ValueError(f"{{{name}}} is nothing that a page fills in; expected {{title}}, {{address}} or {{file}}")
    return text


ReportPath = Annotated[Text, AfterValidator(_fillable)]

YEAR = "year"
"""What a tally is made by where it goes by the year in which a record begins, or by that of a figure's own date."""
FAMILY = "family"
"""What a tally is made by where it goes by the name that the editions of a record share."""

BODIES = "bodies"
"""What a tally is made by where it goes by the organisations that a record of joint work names, in whatever field."""


class Tally(Model):
    """Records of one type, counted in groups, or figures of them added up in groups."""

    id: Slug
    """The id, unique in the list: its anchor on the page of results."""
    title: Text
    """What is counted or added up, and by what."""
    of: Slug
    """The folder of the records: organisations."""
    by: Text
    """What groups them: `year`, `family`, `bodies` (all that had a part), or a field that names records: regions."""
    without: tuple[AnyRef, ...] = ()
    """Groups that it leaves out: one that nearly every record names."""
    measure: Annotated[Slug, Refers("measure")] | None = None
    """The measure whose figures are added up, the newest of each record; it must be a flow. Without it records are counted."""
    note: Prose | None = None
    """What a reader must know to read it right."""


class Dossier(Model):
    """Title, addresses and base facts of a dossier."""

    title: Text
    """The name of the site."""
    short_name: Text | None = None
    """What it is called where there is little room, as on a phone; without it, its whole name."""
    summary: Prose
    """What it is, in one or two sentences."""
    claim: Prose | None = None
    """What it says, in one plain sentence, the first on the home page; without it, the summary is."""
    language: Language = "en"
    """The language of the records."""
    url: SiteAddress
    """The address at which the site is published."""
    repository: Url
    """The address of the repository that holds this folder."""
    edit_path: Text = "edit/main/"
    """What comes between the repository's address and a file's path in the address that edits it."""
    report: ReportPath = "issues/new?title={title}&body={address}%0A{file}"
    """The address of a form for mistakes, behind the repository's; the page fills in {title}, {address}, {file}."""
    author: Text
    """Who answers for the dossier."""
    licence: Text
    """The licence of text and data."""
    licence_url: Url
    """Where the licence can be read."""
    independence: Prose
    """What the dossier is not: whom it does not speak for."""
    designations: Prose | None = None
    """The note on names of countries and territories."""
    keep_pages: Truth = False
    """Whether browsers keep the pages that were read, to be read again without a connection."""
    updated: PartialDate
    """The date of the last editorial pass, as in 2026-11-23."""
    stale_after: Annotated[int, Field(ge=1, le=MOST_MONTHS)] | None = None
    """The months after which a record without a newer dated source is to be looked at again."""
    access_reviewed: PartialDate | None = None
    """The day on which somebody last looked at the pages for barriers."""
    kinds: tuple[Slug, ...] = ()
    """The kinds of record, in the order of lists and of the search; without it, the engine's and all own kinds."""
    menu: tuple[MenuEntry, ...] = ()
    """The menu; without it, every section in the engine's usual order."""
    lineage: tuple[AnyRef, ...] = ()
    """The records that a text descends from, its editions among them: a dated line on the index of the texts."""
    counts: tuple[Count, ...] = ()
    """Numbers that carry the story, large on the home page; three are enough."""
    doors: tuple[Door, ...] = ()
    """The ways in, on the home page."""
    starts: tuple[Start, ...] = ()
    """Where kinds of readers begin, on the home page."""
    key_figures: tuple[KeyFigure, ...] = ()
    """The figures on the home page."""
    sums: tuple[Sum, ...] = ()
    """Sums over figures of several records."""
    tallies: tuple[Tally, ...] = ()
    """Counts and sums by group, on the page of results."""
    sections: dict[Slug, Section] = Field(default_factory=dict)
    """Introductions by section: timeline, people, claims …"""
    remarks: Annotated[int, Field(ge=0)] | None = None
    """The largest number of remarks that `explainer check` may show before they are errors; any number without it."""
    links: tuple[Unchecked, ...] = ()
    """Addresses that `explainer links` leaves alone, each with a reason and a last day."""
    uncited: tuple[Text, ...] = ()
    """Phrases with digits that are names, not figures, and need no citation: 2030 Agenda."""
