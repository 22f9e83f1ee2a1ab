"""Ids of a record elsewhere: in Wikidata, in registers of organisations, people and works, or at an address of its own."""

import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import AfterValidator, WithJsonSchema

from explainer.base.dataclass import dataclass
from explainer.base.problems import did_you_mean, quoted
from explainer.base.values import Slug, Text
from explainer.records.model import Model


@dataclass(frozen=True, slots=True)
class Scheme:
    """A register whose ids have a form that can be checked, and from which an address can be made."""

    name: str
    """What it is called; the same in every language."""
    form: str
    """A regular expression for the whole id."""
    example: str
    address: str
    """The address of an entry; `{}` stands for its id."""


SCHEMES: Mapping[str, Scheme] = {
    "wikidata": Scheme("Wikidata", r"Q[1-9][0-9]*", "Q42", "http://www.wikidata.org/entity/{}"),
    "ror": Scheme("ROR", r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}", "05gq02987", "https://ror.org/{}"),
    "doi": Scheme("DOI", r"10\.[0-9]{4,9}/\S+", "10.1000/182", "https://doi.org/{}"),
    "isni": Scheme("ISNI", r"[0-9]{15}[0-9X]", "0000000121032683", "https://isni.org/isni/{}"),
    "orcid": Scheme("ORCID", r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]", "0000-0002-1825-0097", "https://orcid.org/{}"),
    "viaf": Scheme("VIAF", r"[1-9][0-9]*", "113230702", "https://viaf.org/viaf/{}"),
    "geonames": Scheme("GeoNames", r"[1-9][0-9]*", "3144096", "https://sws.geonames.org/{}/"),
    "handle": Scheme("Handle", r"[0-9][0-9.]*/\S+", "2027/mdp.390150", "https://hdl.handle.net/{}"),
}
"""The registers whose ids are checked; in any other scheme an id is written as its address."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\{}|^]+")


def _checked(ids: dict[str, str]) -> dict[str, str]:
    for scheme, ident in ids.items():
        known = SCHEMES.get(scheme)
        if known is None and not _ADDRESS.fullmatch(ident):
            guess = did_you_mean(scheme, SCHEMES) or (
                f"; expected one of {', '.join(SCHEMES)}, or the whole address of the entry; write https://…"
            )
            raise ValueError(f"'{scheme}' is no register whose ids are known here{guess}")
        if known is not None and not re.fullmatch(known.form, ident):
            raise ValueError(
                f"{quoted(ident)} is not an id of {known.name}; expected one as in {known.example}; "
                "write the id alone, without its address"
            )
    return ids


_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        name: {"type": "string", "pattern": f"^(?:{scheme.form})$", "examples": [scheme.example]}
        for name, scheme in SCHEMES.items()
    },
    "additionalProperties": {"type": "string", "pattern": "^https?://"},
}
Identifiers = Annotated[dict[Slug, Text], AfterValidator(_checked), WithJsonSchema(_SCHEMA)]
"""Scheme -> id."""


def same_as(record: Model) -> list[tuple[str, str]]:
    """The name of each register that knows a record, and the address of its entry there."""
    ids: Mapping[str, str] = getattr(record, "identifiers", {})
    return [_same(scheme, ident) for scheme, ident in ids.items()]


def _same(scheme: str, ident: str) -> tuple[str, str]:
    known = SCHEMES.get(scheme)
    return (known.name, known.address.format(quote(ident, safe="/():;"))) if known else (scheme, ident)
