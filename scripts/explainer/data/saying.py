"""Differences between two states of a record -> sentences, by the words of a language."""

from collections.abc import Iterable, Iterator, Sequence

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.data.value_words import Names, ValueWords
from explainer.kinds.registry import Kinds
from explainer.library.history import Difference, Differs, RecordDifferences
from explainer.records.introspect import field_at

_SEARCH = frozenset({"looked", "where"})
"""The fields of an open question that say when and where an answer was looked for."""
_FIRST = (
    Differs.WITHDRAWN, Differs.RESTORED, Differs.CORRECTED, Differs.RENAMED, Differs.NEW, Differs.GONE, Differs.CHANGED,
    Differs.REPLACED, Differs.PART_NEW, Differs.PART_GONE, Differs.ANSWERED, Differs.ASKED, Differs.ADDED,
    Differs.LEFT_OUT, Differs.REWORDED, Differs.REWRITTEN,
)  # fmt: skip
"""What counts most for a reader first: a correction, then a change of value, then what is known or asked."""
_CAME, _WENT = frozenset({Differs.ADDED, Differs.PART_NEW}), frozenset({Differs.LEFT_OUT, Differs.PART_GONE})
_RANKS = {what: rank for rank, what in enumerate(_FIRST)}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says differences in one language."""

    words: Language
    kinds: Kinds
    names: Names

    @property
    def _values(self) -> ValueWords:
        return ValueWords(self.words, self.kinds, self.names)

    def sentences(self, record: RecordDifferences) -> list[str]:
        """What became of a record, a sentence a difference; sources, searches and entries of one list are told together."""
        sorts: dict[str, list[Difference]] = {"rest": [], "source": [], "search": [], "citation": []}
        for item in sorted(record.differences, key=_rank):
            if self._is_told(record.kind, item):
                sorts[_sort(item)].append(item)
        said = [self._said(record.kind, items) for items in _together(sorts["rest"])]
        said += self._sources(sorts["source"])
        said += self._counted("looked", {item.place[1:2] for item in sorts["search"]})
        said += self._counted("placed", {item.place[: item.place.index("cite")] for item in sorts["citation"]})
        return list(dict.fromkeys(text.removesuffix(".") for text in said))

    def tells(self, record: RecordDifferences) -> bool:
        """Whether there is any sentence on what became of a record."""
        return any(self._is_told(record.kind, item) for item in record.differences)

    def _is_told(self, kind: str, item: Difference) -> bool:
        """Whether a difference is told in words: not in a field that the kind has no more, whose content went elsewhere."""
        model = self.kinds.by_kind.get(kind)
        return not model or not item.place or item.place[0] == "story" or field_at(model, item.place[0]) is not None

    def _counted(self, key: str, found: set[tuple[str, ...]]) -> Iterator[str]:
        if found:
            yield self.words.phrase(f"changes.{key}", len(found)).format(n=self.words.number(len(found)))

    def _sources(self, items: Sequence[Difference]) -> Iterator[str]:
        """Which sources came, went and took another's place, wherever in the record they are cited."""
        pairs = dict.fromkeys((item.before, item.after) for item in items if item.what is Differs.REPLACED)
        came, went = ([_source(item) for item in items if item.what in sort] for sort in (_CAME, _WENT))
        both = set(came).intersection(went)
        told = both.union(*pairs)
        for before, after in pairs:
            yield self._phrase("source-replaced", before=self._values.source(before), after=self._values.source(after))
        yield from self._named_sources("sources-new", came, told)
        yield from self._named_sources("sources-gone", went, told)
        if both:
            yield self._phrase("sources-elsewhere")

    def _named_sources(self, key: str, idents: Iterable[str], told: set[str]) -> Iterator[str]:
        """The sources that are not told yet, each once."""
        if left := [ident for ident in dict.fromkeys(idents) if ident not in told]:
            yield self._phrase(key, sources=self.words("joint.semicolon").join(map(self._values.source, left)))

    def _phrase(self, key: str, **parts: str) -> str:
        return self.words(f"changes.{key}").format(**parts)

    def _said(self, kind: str, items: Sequence[Difference]) -> str:
        """One sentence on differences of one sort at one place."""
        place = items[0].place
        before = self._joined(kind, place, [item.before for item in items])
        after = self._joined(kind, place, [item.after for item in items])
        where = self._values.place(kind, place) if place else ""
        key = _key_drawn(items[0]) if self._values.is_drawn(kind, place) else _key(items[0])
        return self._phrase(f"says.{key}", place=where, before=before, after=after)

    def _joined(self, kind: str, place: tuple[str, ...], texts: Iterable[str]) -> str:
        return self.words("joint.comma").join(self._values.value(kind, place, text) for text in texts if text)


def _rank(item: Difference) -> tuple[int, bool]:
    return _RANKS[item.what], item.place[:1] != ("figures",)


def _sort(item: Difference) -> str:
    """With which others a difference is told: of sources, of searches for answers, of places in sources, or alone."""
    place = item.place
    if place[-1:] == ("cite",) or place[-2:-1] == ("cite",):
        return "source" if item.what in _CAME | _WENT | {Differs.REPLACED} else "citation"
    if place[:1] == ("open_questions",) and place[-1] in _SEARCH:
        return "search"
    return "citation" if "cite" in place else "rest"


def _source(item: Difference) -> str:
    return item.place[-1].partition("=")[2] if item.place[-2:-1] == ("cite",) else item.after or item.before


def _key(item: Difference) -> str:
    """The key of the pattern of a sentence."""
    key = str(item.what)
    if item.what in {Differs.PART_NEW, Differs.PART_GONE}:
        return f"{key}-value" if item.before or item.after else key
    if item.what is Differs.REWORDED and not (item.before and item.after):
        return "reworded-added" if item.after else "reworded-left-out"
    return key


def _key_drawn(item: Difference) -> str:
    """The same for a drawing, of which only the place is said."""
    return str(Differs.PART_GONE if item.what in _WENT else Differs.PART_NEW)


def _together(items: Iterable[Difference]) -> Iterator[list[Difference]]:
    """The differences that one sentence tells: entries that came to, or went from, one list."""
    groups: dict[object, list[Difference]] = {}
    for number, item in enumerate(items):
        merges = item.what in {Differs.ADDED, Differs.LEFT_OUT} and item.place
        groups.setdefault((item.what, item.place) if merges else number, []).append(item)
    yield from groups.values()
