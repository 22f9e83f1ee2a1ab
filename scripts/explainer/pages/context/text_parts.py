"""The parts of texts with editions, for templates: their names in words, and citations of a part."""

from collections.abc import Iterable

from markupsafe import Markup

from explainer.library.editions import Version
from explainer.pages.context.citations import Citations
from explainer.pages.review import Counted
from explainer.records.editions import Editions
from explainer.records.record import Record
from explainer.records.sourced import Citation


class TextParts(Citations):
    """The names of the parts of a text, by the words of its kind."""

    def cite_at(self, edition: Editions, citation: Citation, paragraph: str | None) -> Markup:
        """Cite the official text of an edition, with the paragraph as the place in it."""
        place = self._part("paragraphs-cited", edition, paragraph) if paragraph else citation.at
        words = None if paragraph else citation.words
        return self._numbers([(citation.source, (place, words))])

    def paragraph(self, edition: Editions, paragraph: str) -> str:
        """The short name of a part's place in a text."""
        return self._part("paragraphs-short", edition, paragraph)

    def part_name(self, edition: Editions, paragraph: str) -> str:
        """The name of a part of a text in full."""
        return self._part("paragraphs", edition, paragraph)

    def _part(self, words: str, edition: Editions, paragraph: str) -> str:
        group, number = edition.PARTS.split(paragraph)
        pattern = self.words(f"{edition.KIND}-page.{words}.{group}")
        return pattern.format(n=number.upper())

    def group(self, version: Version) -> str:
        """The key of the group to which a part belongs."""
        return version.edition.PARTS.split(str(version.provision.paragraph))[0]

    def legends(self, kinds: Iterable[str]) -> str:
        """What the short names of parts mean, for each of these kinds of text."""
        return " ".join(self.words(f"{kind}-page.parts-legend") for kind in kinds)

    def length(self, edition: Editions, counted: Counted) -> str:
        """How many parts a text has, by group."""
        pattern = self.words(f"{edition.KIND}-page.length")
        return pattern.format(**{group: self.number(number) for group, number in counted.groups})

    def before(self, edition: Editions) -> Record:
        """The edition that another one reviews."""
        return self.library.entries[edition.KIND, str(edition.reviews)].record
