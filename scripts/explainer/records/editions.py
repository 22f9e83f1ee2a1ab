"""The trait of texts that come in editions: numbered parts, each of which follows a part of the edition before."""

import re
from collections.abc import Iterable
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from explainer.base.dataclass import dataclass
from explainer.base.problems import article
from explainer.base.values import Slug, Text
from explainer.records.model import Model, Prose, Refers, Vocabulary
from explainer.records.record import Story
from explainer.records.sourced import Citation, citations_of
from explainer.records.traits import Dated


@dataclass(frozen=True, slots=True)
class PartScheme:
    """How the parts of a text are numbered: by kind of part, in the order of the text.

    The id of a part is the key of its group and a number: `art2` has the key `art`. What a group is called stands in the
    catalogue of the kind, under `KIND-page.parts.KEY`.
    """

    groups: tuple[str, ...]
    """The keys of the groups, lower-case letters only; none may begin another one."""
    noun: str = "paragraph"
    """What messages call a part."""
    number: str = "[1-9][0-9]*"
    """Pattern of the numbers, in lower-case letters and digits."""
    expected: str = ""
    """The form that a message gives as expected, as in "art2 (article) or annex1 (annex)"."""

    def checked(self, text: str) -> str:
        """Return the id of a part if it fits the scheme; raises ValueError with the expected form."""
        if not re.fullmatch(f"(?:{'|'.join(self.groups)})(?:{self.number})", text):
            raise ValueError(f"'{text}' is not {article(self.noun)}; expected {self.expected or self._usual}")
        return text

    @property
    def _usual(self) -> str:
        """The accepted form, with an example of each group."""
        examples = " or ".join(f"{group}1" for group in self.groups)
        return f"the letters of its group and a number, without a space, as in {examples}"

    def split(self, part: str) -> tuple[str, str]:
        """The group and the number of a part."""
        group = next(group for group in self.groups if part.startswith(group))
        return group, part[len(group) :]


class Change(Vocabulary):
    """What became of a paragraph against the edition before; our own reading."""

    NEW = "new"
    """The edition before has no such paragraph."""
    STRENGTHENED = "strengthened"
    """It asks for more than before."""
    UNCHANGED = "unchanged"
    """It says the same as before."""
    NARROWED = "narrowed"
    """It asks for less, or of fewer, than before."""
    DROPPED = "dropped"
    """The edition before had it; this one does not."""


class Provision(Model):
    """One part of a text, or, where `change` is dropped, one that the edition before had and this one has not.

    A kind declares `paragraph` and `follows` again, with the type that its scheme of parts checks.
    """

    paragraph: str | None = None
    """Its place; empty only where `change` is dropped."""
    theme: Annotated[Slug, Refers("theme")]
    """What it is about: the id of a record in `content/themes.yml`."""
    summary: Prose
    """What it does, in our own words."""
    topic: Text | None = None
    """Its own key words, taken from its summary: its heading where editions are compared; without them, the theme is."""
    text: Text | None = None
    """Its official words, if they may be reproduced; two editions that have them are compared word by word."""
    change: Change
    """What became of it against the edition before."""
    follows: str | None = None
    """The paragraph of the edition before that it comes from."""
    note: Prose | None = None
    """What a reader must know about it."""
    cite: tuple[Citation, ...] = ()
    """Sources beyond the official text, which every provision cites by itself."""

    @model_validator(mode="after")
    def _topic_is_of_the_summary(self) -> Self:
        said = set(re.findall(r"\w+", self.summary.casefold()))
        for word in re.findall(r"\w+", self.topic or ""):
            if word.casefold() not in said:
                raise ValueError(
                    f"topic: has the word '{word}', which the summary has not; expected words of the summary; take them from there"
                )
        return self

    @model_validator(mode="after")
    def _change_fits(self) -> Self:
        if self.change is Change.DROPPED:
            if self.paragraph is not None or self.follows is None:
                raise ValueError(
                    "a dropped paragraph carries paragraph:, or no follows:; expected only follows: with the one that is gone; correct them"
                )
        elif self.paragraph is None:
            raise ValueError(
                "a provision without a number; expected its place in the text, which only a dropped one lacks; add it"
            )
        elif self.change is not Change.NEW and self.follows is None:
            raise ValueError(
                f"a paragraph that is {self.change} says not what it follows; expected the paragraph of the edition before; add follows:"
            )
        return self


class Editions(Dated, Story):
    """A text whose numbered parts descend from those of the edition before: compared side by side and by theme.

    A kind declares `reviews` again, as a reference to its own kind, and `provisions` with its own kind of part.
    """

    PARTS: ClassVar[PartScheme]
    """How its parts are numbered."""

    name: Text
    """The short name that links show."""
    title: Text
    """The official title."""
    series: Slug | None = None
    """The name of the series that its editions share."""
    edition: int | None = Field(default=None, ge=1)
    """Its number in the series, the first being 1."""
    reviews: Slug | None = None
    """The edition before, which this one takes up again."""
    text: Citation | None = None
    """The official text, which every provision cites; empty only where it was not read and there is no provision."""
    provisions: tuple[Provision, ...] = ()
    """Its paragraphs, in their order, then those that were dropped."""

    @model_validator(mode="after")
    def _provisions_have_a_text(self) -> Self:
        if self.provisions and self.text is None:
            raise ValueError("has provisions but no text: to cite; expected the source that is the official text")
        return self

    def anchors(self) -> Iterable[str]:
        """The anchors on its page: one for each part."""
        return (item.paragraph for item in self.provisions if item.paragraph)


def citations_within(record: Model, part: Model) -> tuple[Citation, ...]:
    """The sources of a part of a record; a part of a text rests on the text, too."""
    cites = citations_of(part)
    if isinstance(part, Provision) and isinstance(record, Editions) and record.text:
        return (record.text, *cites)
    return cites
