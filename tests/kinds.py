"""A page of every kind of the real dossier, and how people see it."""

from explainer.library import addresses
from tests.kinds_of_dossier import KINDS as THEIRS

INDEXES = tuple(f"{folder}/" for folder in addresses.generated(THEIRS))
RECORDS = (
    "",
    "resolutions/71-19/",
    "resolutions/77-20/",
    "resolutions/compare/71-19/79-136/",
    "themes/covid-19/",
    "operations/epervier-2017/",
    "goals/3/",
    "organisations/interpol/",
    "people/jurgen-stock/",
    "agreements/un-interpol-1997/",
    "explainers/resolution-71-19/",
)
"""The home page, and a page of every type of record that has pages."""

KINDS = (*RECORDS, *INDEXES, "about/", "contributing/", "404.html")
"""A page of every kind."""

WIDTHS = (390, 1280)
"""A phone and a desk, in pixels."""

SCHEMES = ("light", "dark")
"""Colours that a reader's system may ask for."""
