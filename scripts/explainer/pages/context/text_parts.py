"""The parts of texts with editions, for templates: their names in words, and citations of a part."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from explainer.library.editions import part_in_words
from explainer.library.word_changes import Piece
from explainer.pages.context.citations import Citations
from explainer.pages.lineage import Counted
from explainer.reading import prose
from explainer.records.editions import Editions
from explainer.records.record import Record
from explainer.records.sourced import Citation


class TextParts(Citations):
    """The names of the parts of a text, by the words of its kind."""

    def cite_at(self, edition: Editions, citation: Citation, paragraph: str | None) -> Markup:
        """Cite the official text of an edition, with the paragraph as the place in it."""
        place = part_in_words(self.words, edition, paragraph, "paragraphs-cited") if paragraph else citation.at
        words = None if paragraph else citation.words
        return self._numbers([(citation.source, (place, words))])

    def paragraph(self, edition: Editions, paragraph: str) -> str:
        """The short name of a part's place in a text."""
        return part_in_words(self.words, edition, paragraph)

    def part(self, edition: Editions, paragraph: str) -> str:
        """A part's place in a text in whole words, within a sentence: letters for it would be heard as letters."""
        return part_in_words(self.words, edition, paragraph, "paragraphs-cited")

    def part_name(self, edition: Editions, paragraph: str) -> str:
        """The name of a part of a text in full."""
        return part_in_words(self.words, edition, paragraph, "paragraphs")

    def compare(self, path: str, one: str, other: str) -> Markup:
        """A link to a comparison by a sign, named by its two editions for those who do not see where it stands."""
        name = self.words("editions.with-others").format(edition=one, others=other)
        return self.heard(self.to(path, "⇄"), name)

    def worded(self, pieces: Iterable[Piece], edition: Editions, kind: str, *, official: bool) -> Markup:
        """The words of a paragraph; those that changed as `kind`, `ins` or `del`, with words for those who hear the page."""
        pieces = tuple(pieces)
        shown: list[str] = []
        for piece in pieces:
            words = prose.escape(piece.words) if official else self.prose(piece.words, edition)
            if piece.changed:
                lead = " " if shown and not piece.before else ""  # else what is copied would run into the word for ears
                words = self._changed(words, kind, lead, last=piece is pieces[-1])
            shown += (piece.before, words)
        return Markup("".join(shown).strip())  # noqa: S704 - white space and escaped words

    def _changed(self, words: str, kind: str, lead: str, *, last: bool) -> str:
        start, end = (escape(self.words("editions.for-ears", word)) for word in (kind, "end"))
        ends = "" if last else f'<span class="unseen"> {end}</span>'
        return f'<{kind}><span class="unseen">{lead}{start} </span>{words}{ends}</{kind}>'

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
