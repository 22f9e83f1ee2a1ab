"""How each kind of block is written, for the programs of editors: capitals stand for what an editor fills in."""

from collections.abc import Mapping
from typing import NamedTuple

from explainer.library.blocks.grammar import VALUE


class Form(NamedTuple):
    """How a kind is written, and what it shows."""

    words: str
    says: str


FORMS: Mapping[str, Form] = {
    VALUE: Form("HOLDER MEASURE", "The amount of a figure within a sentence, with its sources."),
    "figure": Form("HOLDER MEASURE", "A figure of a record, in large."),
    "line": Form("HOLDER MEASURE", "The dated figures of a measure of a record, as a line."),
    "units": Form("HOLDER HOLDER MEASURE", "Figures of records, with a dot for each unit."),
    "tally": Form("TALLY", "A tally of the settings, as bars."),
    "bars": Form("FOLDER by=FIELD", "Records in groups, as bars."),
    "strip": Form("FOLDER by=FIELD", "Records in groups, as squares that lead to them."),
    "grid": Form("DATED by=FIELD", "Records in groups and years, as dots."),
    "lanes": Form("DATED DATED", "Dated records in lanes of one line of time."),
    "diagram": Form("DIAGRAM", "Nodes and ties as a drawing, with the sources of each tie."),
    "map": Form("PLACED", "The countries that records name; of one record with /id behind the folder."),
    "table": Form("FOLDER columns=FIELD", "Records as a table."),
    "river": Form("RECORD", "The paragraphs of a text through its editions; of a theme, or of an edition."),
}
"""Kind of a block, or VALUE -> its form."""
