"""Builds the name list that the site's own search script matches, column by column."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

NAMES = "names.bin"
"""File with the names and facets of all records: JSON, already gzipped, so that the server need not compress it."""
END_OF_NAMES, END_OF_PASSAGE = "␟", "␞"
"""Delimiters in indexed text, by which the search script splits it for display."""


def names_by_column(
    about: Mapping[str, Any], texts: list[dict[str, Any]], fragments: Mapping[int, str]
) -> dict[str, Any]:
    """Names, facets and metadata of all texts, as the search script loads them before it fetches any fragment.

    Stored as columns instead of one object per record, because that compresses two fifths better.
    """
    kinds = {kind["kind"]: number for number, kind in enumerate(about["kinds"])}
    keys = [facet["key"] for facet in about["facets"]]
    values = {key: sorted({value for text in texts for value in text["facets"].get(key, ())}) for key in keys[1:]}
    places = {key: {value: number for number, value in enumerate(every)} for key, every in values.items()}
    numbers = {text["at"]: number for number, text in enumerate(texts)}
    width = max(map(len, fragments.values()), default=0)
    labels = [kind["label"] for kind in about["kinds"]]
    return {
        "language": about["language"],
        "words": about["words"],
        "kinds": [{"kind": kind["kind"], "weight": kind["weight"], "index": kind["index"]} for kind in about["kinds"]],
        "facets": [{**facet, "values": values.get(facet["key"], labels)} for facet in about["facets"]],
        "sections": about["sections"],
        "at": [text["at"] for text in texts],
        "titles": [text["title"] for text in texts],
        "names": [[0 if name == _last(text["at"]) else name for name in text["names"]] for text in texts],
        "facts": [
            [kinds[text["kind"]] for text in texts],
            *(
                [[places[key][value] for value in text["facets"].get(key, ())] or 0 for text in texts]
                for key in keys[1:]
            ),
        ],
        "texts": "".join(fragments[number].ljust(width) for number in range(len(texts))),
        "users": [_steps(numbers[user] for user in text.get("users", ())) or 0 for text in texts],
    }


def _last(address: str) -> str:
    """Last segment of an address, which for most records is their id."""
    return re.split("[/#]+", address.rstrip("/"))[-1]


def _steps(numbers: Iterable[int]) -> list[int]:
    """Delta-encode numbers: sorted, each as the difference to the previous one."""
    ordered = sorted(numbers)
    return [number - before for before, number in zip([0, *ordered], ordered, strict=False)]
