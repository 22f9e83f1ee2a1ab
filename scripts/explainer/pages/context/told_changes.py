"""What became of records day by day, for templates: in sentences, the newest day first."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from explainer.base.values import PartialDate
from explainer.data import feeds, news
from explainer.kinds.source import Source
from explainer.library import addresses, places
from explainer.library.history import RecordDay
from explainer.library.releases import Release
from explainer.pages.context.links import Links
from explainer.pages.environment import finalize
from explainer.reading import prose
from explainer.records.record import Record, Story

MOST_DAYS = 6
"""How many days the page of a record repeats, each whole; `changes.json` has all."""
BECAME = "what-became-of-it"
"""The place on the page of a record where its history stands."""


_STANDS_IN = re.compile("\ue000([^\ue000\ue001]*)\ue001")
"""What stands in a sentence for the title of a source, between letters that are nobody's."""


def _stand_in(record: Record) -> str:
    return f"\ue000{record.ident}\ue001" if isinstance(record, Source) else record.label


class DayTold(NamedTuple):
    """What became of a record on one day, in sentences."""

    day: PartialDate
    note: str
    says: tuple[Markup, ...]
    more: int
    """How many sentences are left out."""


class ToldChanges(Links):
    """Differences in words, and links to what they are about."""

    most_days = MOST_DAYS

    def came(self, record: Record) -> PartialDate | None:
        """The day on which a record was first published; None if the history does not know it."""
        passages = self.library.history.of(record.key)
        return passages[-1].day if passages and news.is_new(passages[-1]) else None

    def passages(self, record: Record) -> list[DayTold]:
        """What became of a record on the days after it came, the newest first."""
        later = (passage for passage in self.library.history.of(record.key) if not news.is_new(passage))
        told = (self.what_became(passage) for passage in later)
        return [day for day in told if day.says]

    def what_became(self, passage: RecordDay, most: int | None = None) -> DayTold:
        """What became of a record on one day, in at most so many sentences if a number is given."""
        says = news.speaker(self.library, _stand_in).sentences(passage.record)
        return DayTold(
            passage.day, passage.note, tuple(map(self._with_titles, says[:most])), len(says) - len(says[:most])
        )

    def further(self, passage: RecordDay, number: int) -> Markup:
        """How many sentences on a record are left out, as a link to the page of the record where that has them all."""
        said = self.words.phrase("changes.more", number).format(n=self.words.number(number))
        record = news.record_of(self.library, passage.record.key)
        page = addresses.page(record) if isinstance(record, Story) else None
        return self.to(page, said, BECAME) if page else finalize(said)

    def _with_titles(self, sentence: str) -> Markup:
        """A sentence with the title of each source in its language."""
        parts = _STANDS_IN.split(sentence)
        said = (self._title(part) if at % 2 else prose.escape_within(part) for at, part in enumerate(parts))
        return Markup(prose.escape_start("".join(said)))  # noqa: S704 - escaped

    def _title(self, ident: str) -> Markup:
        entry = self.library.entries.get((Source.KIND, ident))
        source = entry.record if entry else None
        return self.titled(source.label, source.titled_in) if isinstance(source, Source) else finalize(ident)

    def changed(self, passage: RecordDay) -> Markup:
        """A link to the record of a passage, or its name if it is no longer there."""
        record = news.record_of(self.library, passage.record.key)
        return self.link(record) if record else finalize(passage.record.label)

    def all_changed(self, passages: Iterable[RecordDay]) -> Markup:
        """The same for several, each with the note of an editor if there is one."""
        named = ((self.changed(passage), passage.note) for passage in passages)
        words = (self.say("mark-off.brackets", before=link, within=note) if note else link for link, note in named)
        return self.joined(words, self.words("joint.semicolon"))

    def count(self, kind: str, number: int, key: str) -> str:
        """How many records of a kind are new, or changed."""
        return feeds.counted(self.library, kind, number, key)

    @property
    def tells_changes(self) -> bool:
        """Whether there is a page of what is new."""
        return bool(self.library.history.passages or self.library.releases.every)

    def changes_page(self) -> Markup:
        """A link to the page of what is new."""
        return self.section(addresses.CHANGES)

    def edition_name(self, release: Release) -> str:
        """What an edition of the site is called."""
        return self.words("site-editions.name").format(version=release.version)

    def editions(self, releases: Iterable[Release]) -> list[Markup]:
        """A link to the page of each of some editions of the site."""
        return [self.to(release.page, self.edition_name(release)) for release in releases]

    def archive(self, release: Release) -> str:
        """The address at which an edition can be read whole."""
        return places.whole(self.library, release.archived())

    def counted_changes(self, release: Release) -> str:
        """How many records came, went and changed since the edition before."""
        if release.since is None:
            return self.words("site-editions.is-first")
        return feeds.counted_changes(self.library, release.changes)
