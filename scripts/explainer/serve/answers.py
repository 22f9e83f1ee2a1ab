"""What programs ask of a dossier: records found by words, one record, figures, two editions compared, open questions.

Every answer is plain data and holds addresses and sources. Nothing is written.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from explainer.base.problems import did_you_mean, listed
from explainer.base.unicode_text import folded
from explainer.data import api
from explainer.kinds.source import Source
from explainer.library import addresses, comparison, editions, places
from explainer.library.library import Library
from explainer.library.mentions import cited_by
from explainer.outputs import search_texts
from explainer.outputs.search_files import SearchText
from explainer.reading import prose
from explainer.reading.prose_parts import CitationMark
from explainer.records.editions import citations_within
from explainer.records.record import Record
from explainer.records.sourced import OpenQuestion

MOST = 50
"""Largest number of results of an answer."""
_NAME, _SUMMARY, _TEXT = 8, 3, 1
"""What a word counts that stands in a name, in the sentence about a record, in its further text."""
Answer = dict[str, Any]


class UnknownError(Exception):
    """Raised for what the dossier does not hold, in words that say what it holds."""


class Answers:
    """The answers that a library gives."""

    def __init__(self, library: Library) -> None:
        """Take a library that was checked."""
        self.library = library
        self._texts: list[tuple[Record, SearchText, tuple[str, str, str]]] = []
        """Every record with an address, its search text, and its names, summary and further text as they are compared."""

    def search(self, words: str, kind: str = "", limit: int = 10) -> Answer:
        """The records in which the words stand, best first."""
        wanted = folded(words).split()
        only = self._model(kind).KIND if kind else ""
        scored = [
            (score, number, record, text)
            for number, (record, text, parts) in enumerate(self._every_text())
            if (not only or only == record.KIND) and (score := _score(wanted, parts) * record.WEIGHT) > 0
        ]
        best = sorted(scored, key=lambda found: (-found[0], found[1]))
        shown = best[: _at_most(limit)]
        return {
            "words": words,
            "count": len(scored),
            "results": [
                {**self._named(record), "summary": text.summary, "sources": self._sources(_behind(record))}
                for _, _, record, text in shown
            ],
        }

    def record(self, kind: str, ident: str) -> Answer:
        """Everything about a record, as the API has it, its sources with their addresses."""
        record = self._found(kind, ident)
        return {**api.record(self.library, record), "sources": self._sources(cited_by(record))}

    def figures(self, words: str = "", kind: str = "", ident: str = "", limit: int = 20) -> Answer:
        """The figures of a record, or those in whose line the words stand, each with how sure it is and its sources."""
        among = {f"{record.FOLDER}/{record.ident}" for record in self._among(kind, ident)}
        rows = [
            row
            for row in json.loads(api.figures(self.library))["figures"]
            if row["record"] in among and _holds(" ".join(map(str, row.values())), words)
        ]
        shown = [
            {
                **row,
                "url": places.address(self.library, self.library.at(row["record"])),
                "sources": self._sources(row.get("sources", ())),
            }
            for row in rows[: _at_most(limit)]
        ]
        return {"count": len(rows), "figures": shown}

    def compared(self, older: str, newer: str) -> Answer:
        """What became of each part of an edition in a later one."""
        pairs = {(pair.older.id, pair.newer.id): pair for pair in editions.pairs(self.library)}
        pair = pairs.get((older, newer)) or pairs.get((newer, older))
        if pair is None:
            there = listed((" and ".join(each) for each in pairs), limit=40) if pairs else "none"
            raise UnknownError(f"'{older}' and '{newer}' are not compared; expected two editions of one text: {there}")
        return self._compared(pair)

    def _compared(self, pair: editions.Pair) -> Answer:
        found = comparison.Comparison(pair)
        return {
            "older": self._named(pair.older),
            "newer": self._named(pair.newer),
            "url": places.whole(self.library, addresses.hosted(pair.path)),
            "counts": {str(outcome): len(rows) for outcome, rows in found.counts},
            "parts": [self._part(row) for row in (*found.rows, *found.gone, *found.passing)],
            "sources": self._sources(
                cite.source
                for text in pair.editions
                for item in text.provisions
                for cite in citations_within(text, item)
            ),
        }

    def open_questions(self, kind: str = "", ident: str = "", words: str = "", limit: int = 20) -> Answer:
        """What was looked for and not found, with the day and the places of the last search."""
        found = [
            (record, question)
            for record in self._among(kind, ident)
            for question in getattr(record, "open_questions", ())  # only some types have them
            if _holds(f"{record.label} {question.asks}", words)
        ]
        return {"count": len(found), "questions": [self._question(*each) for each in found[: _at_most(limit)]]}

    def _question(self, record: Record, question: OpenQuestion) -> Answer:
        """A question, the record that it is about, and the sources that it names."""
        return {
            "question": prose.plain(question.asks),
            "looked": str(question.looked) if question.looked else None,
            "where": prose.plain(question.where) if question.where else None,
            "record": self._named(record),
            "sources": self._sources(_cited_in(question.asks, record)),
        }

    def _among(self, kind: str, ident: str) -> list[Record]:
        """The record of a type with an id; without an id every record of the type, without a type every record."""
        if ident:
            return [self._found(kind, ident)]
        models = [self._model(kind)] if kind else self.library.kinds.types
        return [record for model in models for record in self.library.all(model)]

    def _model(self, kind: str) -> type[Record]:
        """The type of record with a name, or with a folder."""
        kinds = self.library.kinds
        found = kinds.by_kind.get(kind) or kinds.by_folder.get(kind)
        if found is None:
            known = f"; expected one of {listed(kinds.by_kind, limit=40)}"
            raise UnknownError(f"'{kind}' is not a type of record{did_you_mean(kind, kinds.by_kind) or known}")
        return found

    def _found(self, kind: str, ident: str) -> Record:
        """The record of a type with an id, in whatever letters."""
        model = self._model(kind)
        known = {record.ident.lower(): record for record in self.library.all(model)}
        if record := known.get(ident.lower()):
            return record
        hint = did_you_mean(ident, known) or "; expected an id as the search gives it"
        raise UnknownError(f"there is no {model.KIND} '{ident}'{hint}")

    def _named(self, record: Record) -> Answer:
        """What a record is called, and where it stands."""
        return {
            "type": record.KIND,
            "id": record.ident,
            "name": record.label,
            "url": places.address(self.library, record),
        }

    def _sources(self, idents: Iterable[str]) -> list[Answer]:
        """Sources, each once: title, publisher, where it is, and where this site says how much of it was read."""
        return [
            {
                "id": source.id,
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url,
                "on_this_site": places.address(self.library, source),
            }
            for source in (self.library.get(Source, ident) for ident in dict.fromkeys(idents))
        ]

    def _part(self, row: comparison.ComparedParagraph) -> Answer:
        """A part of a text: what became of it, and what each edition says there, in our words."""
        said = {"older": row.older, "newer": row.newer}
        return {
            "outcome": str(row.outcome),
            **{
                name: {"paragraph": version.provision.paragraph, "says": prose.plain(version.provision.summary)}
                for name, version in said.items()
                if version is not None
            },
            "steps": [
                {
                    "edition": step.edition.id,
                    "change": str(step.provision.change),
                    "says": prose.plain(step.provision.summary),
                }
                for step in row.changed
            ],
        }

    def _every_text(self) -> list[tuple[Record, SearchText, tuple[str, str, str]]]:
        """The search text of every record that has an address; made when the first question comes."""
        if not self._texts:
            for model in self.library.kinds.types:
                for record in self.library.all(model):
                    if addresses.page(record):
                        text = search_texts.of_record(self.library, record)
                        names = f"{text.title} {' '.join(text.names)}"
                        parts = (folded(names), folded(text.summary), folded(" ".join(text.text)))
                        self._texts.append((record, text, parts))
        return self._texts


def _behind(record: Record) -> Iterable[str]:
    """The sources of the sentence that a search shows of a record; without any, the first ones of the record."""
    if isinstance(record, Source):
        return (record.id,)
    return tuple(_cited_in(record.answer or "", record)) or tuple(cited_by(record))[:3]


def _cited_in(text: str, record: Record) -> Iterator[str]:
    return (part.source for part in prose.parse(text, record.FOLDER) if isinstance(part, CitationMark))


def _at_most(limit: int) -> int:
    return max(1, min(limit, MOST))


def _holds(text: str, words: str) -> bool:
    """Whether every word stands in a text."""
    whole = folded(text)
    return all(word in whole for word in folded(words).split())


def _score(wanted: Iterable[str], parts: tuple[str, str, str]) -> float:
    """How well a record answers: by where each word stands; words that stand nowhere halve it."""
    found = [
        next((worth for worth, part in zip((_NAME, _SUMMARY, _TEXT), parts, strict=True) if word in part), 0)
        for word in wanted
    ]
    return sum(found) * 0.5 ** found.count(0)
