"""A diagram: bodies or steps as nodes, and what ties them, each tie with its sources; stories show it as a drawing."""

from collections import Counter
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from explainer.base.problems import did_you_mean
from explainer.base.values import Slug, Text
from explainer.records.model import AnyRef, Model, Prose
from explainer.records.record import Entry
from explainer.records.sourced import Citations


class Node(Model):
    """A box of a diagram."""

    id: Slug
    """A name for the ties, unique in the diagram."""
    name: Text
    """What stands in the box: a few words."""
    record: AnyRef | None = None
    """The record to which the box leads, as folder/id."""


class Tie(Model):
    """An arrow of a diagram, and what it stands for."""

    start: Slug
    """The id of the node from which it leads."""
    end: Slug
    """The id of the node to which it leads."""
    says: Prose
    """What it stands for, as a sentence."""
    cite: Citations
    """The sources that say so."""


class Diagram(Entry):
    """What ties several bodies or steps together, as data; the drawing is computed from it."""

    KIND: ClassVar[str] = "diagram"
    FOLDER: ClassVar[str] = "diagrams"
    SECTION: ClassVar[str | None] = None
    LABEL: ClassVar[str] = "title"

    title: Text
    """What the diagram finds, as a sentence; it stands above the drawing."""
    nodes: Annotated[tuple[Node, ...], Field(min_length=2)]
    """The boxes, those beside each other from left to right."""
    ties: Annotated[tuple[Tie, ...], Field(min_length=1)]
    """The arrows, in the order of their numbers."""

    @model_validator(mode="after")
    def _ties_hold_nodes_together(self) -> Self:
        counts = Counter(node.id for node in self.nodes)
        if twice := next((ident for ident, count in counts.items() if count > 1), None):
            raise ValueError(f"two nodes have the id '{twice}'; expected an id of its own for each; change one")
        for tie in self.ties:
            for end in (tie.start, tie.end):
                if end not in counts:
                    guess = did_you_mean(end, counts) or f"; expected one of {', '.join(counts)}; write one"
                    raise ValueError(f"'{end}' is the id of no node of this diagram{guess}")
            if tie.start == tie.end:
                raise ValueError(f"a tie leads from '{tie.start}' to itself; expected two nodes; correct one end")
        return self
