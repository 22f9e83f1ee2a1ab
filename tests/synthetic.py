"""Makes up a dossier of any size: every type of record, linked across, in the proportions and sizes of a real one.

Run as `python -m tests.synthetic N FOLDER`, it writes N records. The same N always gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pycountry

from tests.kinds_of_dossier import bring_kinds

Fields = dict[str, Any]
"""A record as an editor would write it: names of fields and their values."""

SMALLEST = 120
"""Fewer records cannot hold every type in these proportions."""

SHARES = {
    "countries": 0.20,
    "events": 0.12,
    "operations": 0.10,
    "terms": 0.06,
    "organisations": 0.05,
    "claims": 0.04,
    "people": 0.03,
    "agreements": 0.02,
    "resolutions": 0.02,
    "disputes": 0.01,
    "explainers": 0.01,
}
"""Which part of all records has a type. What is left over, about three tenths, are sources."""

VOCABULARIES = {"themes": 8, "measures": 6, "crime-types": 6, "regions": 5, "sdgs": 5, "goals": 4, "diagrams": 2}
"""How many records there are of types that do not grow with a dossier."""

SERIES = 6
"""How many editions a series of resolutions, or a family of operations, has."""

PROVISIONS = 24
"""How many paragraphs a resolution has."""

WORDS = [
    "harbour",
    "lantern",
    "pilot",
    "tide",
    "keeper",
    "signal",
    "channel",
    "beacon",
    "rope",
    "anchor",
    "crew",
    "watch",
    "chart",
    "port",
    "mast",
    "sail",
    "current",
    "quay",
    "bell",
    "buoy",
    "wharf",
    "cargo",
    "ferry",
    "storm",
    "coast",
    "island",
    "strait",
    "reef",
    "log",
    "ledger",
    "office",
    "patrol",
    "inspector",
    "convoy",
]
VERBS = [
    "asks",
    "reports",
    "describes",
    "follows",
    "compares",
    "records",
    "repeats",
    "explains",
    "mentions",
    "reviews",
    "names",
    "counts",
    "lists",
    "checks",
    "supports",
    "confirms",
]


@dataclass(frozen=True, slots=True)
class Cast:
    """The ids of all records, by folder."""

    ids: Mapping[str, Sequence[str]]

    def pick(self, folder: str, seed: int) -> str:
        """An id; neighbouring seeds give ids far from each other."""
        return self.ids[folder][seed * 7919 % len(self.ids[folder])]

    def some(self, folder: str, seed: int, number: int) -> list[str]:
        """Different ids, sorted."""
        return sorted({self.pick(folder, seed * 31 + index) for index in range(number)})

    def cite(self, seed: int, number: int = 2) -> list[str]:
        """Different sources."""
        return self.some("sources", seed, number)

    def mark(self, seed: int) -> str:
        """A citation in prose."""
        return f"[@{self.pick('sources', seed)}, para. {seed % 40 + 1}]"


def counts(number: int) -> dict[str, int]:
    """How many records of each folder a dossier of `number` records has.

    Raises:
        ValueError: there are too few to hold every type.
    """
    if number < SMALLEST:
        message = f"{number} records are too few to hold every type; expected at least {SMALLEST}"
        raise ValueError(message)
    found = {folder: max(1, int(number * share)) for folder, share in SHARES.items()}
    found["countries"] = min(found["countries"], len(pycountry.countries))
    found |= VOCABULARIES
    return found | {"sources": number - sum(found.values())}


def cast(number: int) -> Cast:
    """The ids of all records of a dossier."""
    ids: dict[str, Sequence[str]] = {
        folder: [f"{folder.removesuffix('s')}-{index}" for index in range(1, count + 1)]
        for folder, count in counts(number).items()
    }
    ids["countries"] = sorted(country.alpha_2 for country in pycountry.countries)[: len(ids["countries"])]
    for folder in ("goals", "sdgs"):
        ids[folder] = [str(index) for index in range(1, len(ids[folder]) + 1)]
    return Cast(ids)


def words(seed: int, number: int) -> str:
    """A sentence without figures, of about so many words."""
    parts: list[str] = []
    for index in range(max(1, number // 6)):
        place = seed * 13 + index * 5
        parts.append(
            f"the {WORDS[place % len(WORDS)]} of the {WORDS[place * 3 % len(WORDS)]} "
            f"{VERBS[place % len(VERBS)]} a {WORDS[place * 7 % len(WORDS)]}"
        )
    text = ", and ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def story(cast: Cast, seed: int, paragraphs: int) -> str:
    """Paragraphs of about forty words under headings, each with links and citations."""
    pieces: list[str] = []
    for index in range(paragraphs):
        place = seed * 17 + index
        if index % 2 == 0:
            pieces.append(f"## Part {index // 2 + 1}")
        code = cast.pick("countries", place)
        pieces.append(
            f"{words(place, 18)}{cast.mark(place)}\n"
            f"It lasted {place % 28 + 2} days in [{code}](../countries/index.md#{code.lower()}) and belongs to "
            f"[an operation](../operations/{cast.pick('operations', place)}.md), says one source.{cast.mark(place + 1)}\n"
            f"{words(place + 5, 12)}"
        )
    return "\n\n".join(pieces)


def sources(cast: Cast) -> Iterator[Fields]:
    """Documents, most of them official, a third of them read in part."""
    for index, ident in enumerate(cast.ids["sources"]):
        yield {
            "id": ident,
            "title": f"Document {index + 1}: {words(index, 6)[:-1]}",
            "publisher": f"The {WORDS[index % len(WORDS)]} office",
            "kind": ("official", "official", "press", "academic", "reference")[index % 5],
            "url": f"https://source-{index % 50}.example/documents/{index + 1}",
            "published": f"{1990 + index % 36}-{index % 12 + 1:02}-{index % 28 + 1:02}",
            "language": ("en", "fr", "es", "ar")[index % 4],
            "seen": ("full", "full", "excerpt")[index % 3],
            "note": words(index, 12),
        }


def countries(cast: Cast) -> Iterator[Fields]:
    """Members of the first organisation."""
    for index, ident in enumerate(cast.ids["countries"]):
        country = pycountry.countries.get(alpha_2=ident)
        if country is None:  # pragma: no cover - the ids are those of the package itself
            continue
        yield {
            "id": ident,
            "alpha3": country.alpha_3,
            "name": country.name,
            "names": {"fr": {"text": f"Pays {index + 1}", "cite": cast.cite(index, 1)}},
            "regions": [cast.pick("regions", index)],
            "memberships": [
                {
                    "organisation": cast.ids["organisations"][0],
                    "status": "member",
                    "joined": {"date": str(1923 + index % 100), "cite": cast.cite(index)},
                }
            ],
            "cite": cast.cite(index),
        }


def events(cast: Cast) -> Iterator[Fields]:
    """Dated events that touch records of several types; together they cite every source, as a dossier must."""
    for index, ident in enumerate(cast.ids["events"]):
        yield {
            "id": ident,
            "title": f"Event {index + 1}",
            "date": f"{1990 + index % 36}-{index % 12 + 1:02}-{index % 28 + 1:02}",
            "says": words(index, 30),
            "tags": [WORDS[index % len(WORDS)]],
            "countries": cast.some("countries", index, 2),
            "about": [f"operations/{cast.pick('operations', index)}", f"people/{cast.pick('people', index)}"],
            "cite": list(dict.fromkeys([*cast.cite(index), *cast.ids["sources"][index :: len(cast.ids["events"])]])),
        }


def terms(cast: Cast) -> Iterator[Fields]:
    """Terms that lead to each other and to a record."""
    for index, ident in enumerate(cast.ids["terms"]):
        yield {
            "id": ident,
            "name": f"term {WORDS[index % len(WORDS)]} {index + 1}",
            "definition": words(index, 40),
            "see_also": [cast.pick("terms", index + 1)],
            "record": f"organisations/{cast.pick('organisations', index)}",
            "cite": cast.cite(index),
        }


def diagrams(cast: Cast) -> Iterator[Fields]:
    """Diagrams of three bodies, each tied to the next."""
    for index, ident in enumerate(cast.ids["diagrams"]):
        bodies = [cast.pick("organisations", index + step) for step in range(3)]
        yield {
            "id": ident,
            "title": f"What the {WORDS[index]} leads to",
            "nodes": [
                {"id": f"node-{step}", "name": f"Body {step}", "record": f"organisations/{body}"}
                for step, body in enumerate(bodies, 1)
            ],
            "ties": [
                {
                    "start": f"node-{step}",
                    "end": f"node-{step + 1}",
                    "says": words(index + step, 12),
                    "cite": cast.cite(index),
                }
                for step in (1, 2)
            ],
        }


def claims(cast: Cast) -> Iterator[Fields]:
    """Claims of one text, with every verdict."""
    for index, ident in enumerate(cast.ids["claims"]):
        yield {
            "id": ident,
            "title": f"Claim {index + 1}",
            "source": cast.ids["sources"][0],
            "paragraph": index + 1,
            "says": words(index, 18),
            "verdict": ("confirmed", "consistent", "attributed", "imprecise", "missing")[index % 5],
            "finding": f"{words(index + 1, 48)}{cast.mark(index)}",
            "about": [f"operations/{cast.pick('operations', index)}", f"goals/{cast.pick('goals', index)}"],
            "cite": cast.cite(index, 3),
        }


def positions(cast: Cast, seed: int) -> list[Fields]:
    """Two sides of a disagreement."""
    return [{"says": words(seed + side, 12), "cite": cast.cite(seed + side)} for side in range(2)]


def disputes(cast: Cast) -> Iterator[Fields]:
    """Sources that differ on several records."""
    for index, ident in enumerate(cast.ids["disputes"]):
        yield {
            "id": ident,
            "title": f"Dispute {index + 1}",
            "about": [f"organisations/{cast.pick('organisations', index)}"],
            "positions": positions(cast, index),
            "note": words(index, 24),
        }


def named(cast: Cast, folder: str) -> Iterator[Fields]:
    """Records of a vocabulary, which only have a name."""
    for index, ident in enumerate(cast.ids[folder]):
        unit = {"counts": "items", "behaves": "flow", "unit": "items", "says": "items"} if folder == "measures" else {}
        yield {"id": ident, "name": f"{WORDS[index]} {folder}", **unit}


def sdgs(cast: Cast) -> Iterator[Fields]:
    """Global goals with one target each."""
    for ident in cast.ids["sdgs"]:
        targets = [{"target": f"{ident}.1", "says": words(int(ident), 12)}]
        name = f"SDG {ident}: {WORDS[int(ident)].capitalize()}"
        yield {"id": ident, "name": name, "number": int(ident), "targets": targets, "cite": cast.cite(int(ident))}


def told(cast: Cast, ident: str, seed: int) -> Fields:
    """What every record with a story has."""
    return {
        "id": ident,
        "other_names": [f"Other {ident}"],
        "summary": f"{words(seed, 24)}{cast.mark(seed)}",
        "facts": [
            {"says": words(seed + index, 18), "date": str(2000 + index), "cite": cast.cite(seed + index)}
            for index in range(3)
        ],
        "open_questions": [f"Whether {words(seed + index, 12).lower()}" for index in range(2)],
    }


def operations(cast: Cast) -> Iterator[tuple[Fields, str]]:
    """Operations in families, with countries, goals and figures."""
    for index, ident in enumerate(cast.ids["operations"]):
        day, month, year = index % 20 + 1, index % 12 + 1, 2000 + index % 26
        yield (
            {
                **told(cast, ident, index),
                "name": f"Operation {WORDS[index % len(WORDS)].capitalize()} {index + 1}",
                "family": f"family-{index // SERIES + 1}",
                "edition": str(index % SERIES + 1),
                "dates": {
                    "start": f"{year}-{month:02}-{day:02}",
                    "end": f"{year}-{month:02}-{day + 5:02}",
                    "cite": cast.cite(index),
                },
                "regions": cast.some("regions", index, 2),
                "countries": cast.some("countries", index, 8),
                "crime_types": cast.some("crime-types", index, 3),
                "goals": [{"goal": cast.pick("goals", index), "basis": "editorial", "note": words(index, 12)}],
                "led": [{"organisation": cast.ids["organisations"][0], "cite": cast.cite(index)}],
                "partners": cast.some("organisations", index, 2),
                "figures": [
                    {
                        "measure": measure,
                        "value": (index + 1) * (place + 3),
                        "comparator": ("exactly", "nearly", "about")[place % 3],
                        "note": words(index + place, 12),
                        "cite": cast.cite(index + place),
                    }
                    for place, measure in enumerate(cast.ids["measures"][:4])
                ],
                "disputes": [{"about": "The count", "positions": positions(cast, index), "note": words(index, 18)}],
                "follow_ups": [f"{words(index, 18)}{cast.mark(index)}"],
            },
            story(cast, index, 4),
        )


def goals(cast: Cast) -> Iterator[tuple[Fields, str]]:
    """Goals in two editions."""
    for ident in cast.ids["goals"]:
        seed = int(ident)
        yield (
            {
                **told(cast, ident, seed),
                "name": f"Goal {ident}: {WORDS[seed].capitalize()}",
                "number": seed,
                "owner": cast.ids["organisations"][0],
                "editions": [
                    {
                        "year": year,
                        "title": f"{WORDS[seed].capitalize()} for all",
                        "objectives": [words(seed + index, 12) for index in range(5)],
                        "status": "read in full",
                        "cite": cast.cite(seed),
                    }
                    for year in (2017, 2025)
                ],
                "sdgs": [{"sdg": cast.pick("sdgs", seed), "basis": "official", "cite": cast.cite(seed)}],
                "capabilities": [
                    {
                        "name": f"Tool {index}",
                        "kind": "project",
                        "says": words(seed, 18),
                        "record": f"organisations/{cast.pick('organisations', seed + index)}",
                        "cite": cast.cite(seed),
                    }
                    for index in range(4)
                ],
            },
            story(cast, seed, 4),
        )


def organisations(cast: Cast) -> Iterator[tuple[Fields, str]]:
    """One organisation, and parts of it."""
    for index, ident in enumerate(cast.ids["organisations"]):
        part = {"part_of": cast.ids["organisations"][0]} if index else {}
        yield (
            {
                **told(cast, ident, index),
                "name": f"Office {index + 1} of the {WORDS[index % len(WORDS)]}",
                "abbreviation": f"O{index + 1}",
                "kind": "office" if index else "organisation",
                **part,
                "founded": {"date": str(1923 + index % 100), "cite": cast.cite(index)},
            },
            story(cast, index, 4),
        )


def people(cast: Cast) -> Iterator[tuple[Fields, str]]:
    """Keepers of offices."""
    for index, ident in enumerate(cast.ids["people"]):
        yield (
            {
                **told(cast, ident, index),
                "name": f"Keeper {WORDS[index % len(WORDS)].capitalize()} {index + 1}",
                "roles": [
                    {
                        "title": "Keeper",
                        "organisation": cast.pick("organisations", index + role),
                        "start": str(2010 - 5 * role),
                        "end": str(2015 - 5 * role),
                        "cite": cast.cite(index + role),
                    }
                    for role in range(3)
                ],
            },
            story(cast, index, 4),
        )


def agreements(cast: Cast) -> Iterator[tuple[Fields, str]]:
    """Arrangements between the first organisation and another."""
    for index, ident in enumerate(cast.ids["agreements"]):
        other = cast.ids["organisations"][1 + index % (len(cast.ids["organisations"]) - 1)]
        yield (
            {
                **told(cast, ident, index),
                "name": f"Arrangement {index + 1}",
                "kind": "arrangement",
                "parties": [cast.ids["organisations"][0], other],
                "signed": {"date": f"{1990 + index % 36}-05-08", "cite": cast.cite(index)},
            },
            story(cast, index, 4),
        )


def resolutions(cast: Cast) -> Iterator[tuple[Fields, str]]:
    """Series of resolutions, each edition following the one before paragraph by paragraph."""
    ids = cast.ids["resolutions"]
    for index, ident in enumerate(ids):
        edition = index % SERIES + 1
        before = {"reviews": ids[index - 1]} if edition > 1 else {}
        year = 1996 + index * 2 % 30
        provisions: list[Fields] = []
        for place in range(PROVISIONS):
            paragraph = f"pp{place + 1}" if place < PROVISIONS // 2 else f"op{place + 1 - PROVISIONS // 2}"
            follows = {"change": "unchanged", "follows": paragraph} if before else {"change": "new"}
            theme = cast.pick("themes", place)
            summary = f"{words(index + place, 30)}{cast.mark(place)}"
            provisions.append({"paragraph": paragraph, "theme": theme, "summary": summary, **follows})
        yield (
            {
                **told(cast, ident, index),
                "name": f"Resolution {index + 1}/{year}",
                "symbol": f"U/RES/{index + 1}/{year}",
                "title": f"On the {WORDS[index % len(WORDS)]}",
                "organ": cast.ids["organisations"][0],
                "series": f"series-{index // SERIES + 1}",
                "edition": edition,
                **before,
                "adopted": {"date": f"{year}-11-21", "cite": cast.cite(index)},
                "vote": {"says": "Adopted without a vote.", "cite": cast.cite(index)},
                "sponsors": [
                    {"role": "Put it forward", "countries": cast.some("countries", index, 12), "cite": cast.cite(index)}
                ],
                "text": cast.pick("sources", index),
                "provisions": provisions,
            },
            story(cast, index, 4),
        )


def explainers(cast: Cast) -> Iterator[tuple[Fields, str]]:
    """Long texts about records of several types."""
    for index, ident in enumerate(cast.ids["explainers"]):
        yield (
            {
                **told(cast, ident, index),
                "name": f"What the {WORDS[index % len(WORDS)]} is",
                "order": index,
                "about": [f"{folder}/{cast.pick(folder, index)}" for folder in ("operations", "goals", "resolutions")],
            },
            story(cast, index, 12),
        )


LISTS = {
    "sources": sources,
    "countries": countries,
    "events": events,
    "terms": terms,
    "claims": claims,
    "disputes": disputes,
    "sdgs": sdgs,
    "diagrams": diagrams,
}
STORIES = {
    "operations": operations,
    "goals": goals,
    "organisations": organisations,
    "people": people,
    "agreements": agreements,
    "resolutions": resolutions,
    "explainers": explainers,
}
PER_FILE = 100
"""How many records of a list stand in a file."""


def settings(cast: Cast) -> Fields:
    """What the dossier says of itself."""
    first = [f"operations/{ident}" for ident in cast.ids["operations"][:3]]
    measure = cast.ids["measures"][0]
    return {
        "title": "A made-up dossier",
        "summary": "Records that nobody wrote, for measuring.",
        "url": "https://lantern.example/",
        "repository": "https://git.example/lantern",
        "author": "The keepers of the lantern",
        "licence": "CC BY 4.0",
        "licence_url": "https://licence.example/",
        "independence": "Everything here is invented; it speaks for nobody.",
        "updated": "2026-01-01",
        "doors": [{"title": "What is it?", "summary": "The text.", "to": f"explainers/{cast.ids['explainers'][0]}"}],
        "key_figures": [{"record": record, "measure": measure} for record in first],
        "sums": [{"title": "Together", "measure": measure, "records": first, "claim": cast.ids["claims"][0]}],
    }


def _yaml(fields: Fields) -> str:
    """Fields as YAML, one a line; what JSON says, YAML says too."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


def _entry(fields: Fields) -> str:
    """Fields as an entry of a list in YAML."""
    first, *rest = _yaml(fields).splitlines(keepends=True)
    return f"- {first}" + "".join(f"  {line}" for line in rest)


def files(number: int) -> Iterator[tuple[str, str]]:
    """Every file of a dossier of `number` records: its path, relative to the dossier's folder, and its text."""
    chosen = cast(number)
    yield "content/site.yml", _yaml(settings(chosen))
    lists = {folder: make(chosen) for folder, make in LISTS.items()}
    lists |= {folder: named(chosen, folder) for folder in VOCABULARIES if folder not in {"goals", "sdgs", "diagrams"}}
    for folder, entries in lists.items():
        texts = [_entry(fields) for fields in entries]
        for place, start in enumerate(range(0, len(texts), PER_FILE)):
            yield f"content/{folder}/part-{place + 1}.yml", "".join(texts[start : start + PER_FILE])
    for folder, stories in STORIES.items():
        for fields, body in stories(chosen):
            yield f"content/{folder}/{fields['id']}.md", f"---\n{_yaml(fields)}---\n{body}\n"


def write(number: int, root: Path) -> Path:
    """Write a dossier of `number` records into a folder, with the kinds that they are of; returns the folder."""
    for path, text in files(number):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return bring_kinds(root)


def main(arguments: Sequence[str]) -> int:
    """Write the dossier that the command line asks for; answers with the exit status."""
    match arguments:
        case [number, folder] if number.isdecimal() and int(number) >= SMALLEST:
            write(int(number), Path(folder))
            return 0
        case _:
            sys.stderr.write(f"usage: python -m tests.synthetic N FOLDER    (N is {SMALLEST} or more)\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
