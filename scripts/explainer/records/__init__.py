"""The record types: models that are the schema."""

from explainer.records.agreement import Agreement
from explainer.records.claim import Claim
from explainer.records.country import Country
from explainer.records.dispute import Dispute
from explainer.records.event import Event
from explainer.records.explainer import Explainer
from explainer.records.goal import Goal, Sdg
from explainer.records.operation import Operation
from explainer.records.organisation import Organisation
from explainer.records.person import Person
from explainer.records.record import Record, watch
from explainer.records.resolution import Resolution
from explainer.records.source import Source
from explainer.records.term import Term
from explainer.records.vocabulary import CrimeType, Measure, Region, Theme

TYPES: tuple[type[Record], ...] = (
    Explainer,
    Resolution,
    Operation,
    Goal,
    Organisation,
    Person,
    Agreement,
    Claim,
    Dispute,
    Event,
    Term,
    Country,
    Sdg,
    Theme,
    Measure,
    CrimeType,
    Region,
    Source,
)
"""Every record type; a new type is one more line."""

watch(TYPES)

BY_KIND = {model.KIND: model for model in TYPES}
"""Type by the name of its kind."""
BY_FOLDER = {model.FOLDER: model for model in TYPES}
"""Type by the folder that holds it."""

__all__ = [
    "BY_FOLDER",
    "BY_KIND",
    "TYPES",
    "Agreement",
    "Claim",
    "Country",
    "CrimeType",
    "Dispute",
    "Event",
    "Explainer",
    "Goal",
    "Measure",
    "Operation",
    "Organisation",
    "Person",
    "Record",
    "Region",
    "Resolution",
    "Sdg",
    "Source",
    "Term",
    "Theme",
]
