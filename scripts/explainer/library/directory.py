"""Which records there are, by id, old id, name and address: what a reference that leads nowhere was meant to name."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from explainer.base.dataclass import dataclass
from explainer.base.problems import article, did_you_mean, nearest, quoted
from explainer.base.values import ID_FORM, SLUG, slug_of
from explainer.base.web_address import bare_address
from explainer.kinds.registry import Kinds
from explainer.kinds.source import Source
from explainer.library.loaded_record import Key
from explainer.records.record import Named, Record, Story


@dataclass(frozen=True, eq=False)
class Directory:
    """The records of a dossier, those with faults among them, to look up what somebody meant."""

    kinds: Kinds
    records: Mapping[Key, Record]
    """Those of which more than the id is known."""
    others: frozenset[Key] = frozenset()
    """The keys of those of which no more is known."""
    guesses: bool = True
    """Whether ids may be guessed: not where a file that cannot be read may hold the very record."""

    def __contains__(self, key: Key) -> bool:
        """Whether there is such a record."""
        return key in self.records or key in self.others

    @property
    def keys(self) -> Iterable[Key]:
        """Type and id of every record."""
        return (*self.records, *self.others)

    @functools.cached_property
    def now(self) -> dict[Key, str]:
        """Type and old id of every renamed record -> its current id."""
        stories = [record for record in self.records.values() if isinstance(record, Story)]
        return {(record.KIND, alias): record.id for record in stories for alias in record.aliases}

    @functools.cached_property
    def _named(self) -> dict[tuple[str, str], set[str]]:
        """Type and name, folded -> the ids of the records that are called so."""
        found: dict[tuple[str, str], set[str]] = {}
        for record in self.records.values():
            for name in _names(record):
                found.setdefault((record.KIND, slug_of(name)), set()).add(record.ident)
        return found

    @functools.cached_property
    def _addresses(self) -> dict[str, str]:
        """Address of every source -> its id."""
        sources = [record for record in self.records.values() if isinstance(record, Source)]
        return {bare_address(url): source.id for source in sources for url in (source.url, source.read_at) if url}

    def key(self, value: str, kind: str | None) -> Key:
        """Type and id that a reference names; a value without a type is `folder/id`."""
        if kind is not None:
            return kind, value
        folder, _, ident = value.partition("/")
        model = self.kinds.by_folder.get(folder)
        return (model.KIND, ident) if model else ("", value)

    def dangling(self, value: str, kind: str | None) -> str:
        """The message about a reference to a record that is not there."""
        if ident := self.now.get(self.key(value, kind)):
            new = ident if kind else f"{value.partition('/')[0]}/{ident}"
            return f"'{value}' is now '{new}'; expected the id that the record has; write {new}"
        if kind:
            return self._no_such_id(kind, value)
        folder, slash, ident = value.partition("/")
        if slash and folder in self.kinds.by_folder:
            return self._no_such_id(self.kinds.by_folder[folder].KIND, ident)
        return f"{quoted(value)} names no record; expected folder/id, as in people/name{self._with_folder(value)}"

    def _with_folder(self, value: str) -> str:
        """Suggest the folder of a record that is named by its id alone, or the folder that is meant."""
        folder, slash, ident = value.partition("/")
        there = sorted(kind for kind, other in self.keys if other == value and kind in self.kinds.by_kind)
        if not slash and there:
            return f"; write {' or '.join(f'{self.kinds.by_kind[kind].FOLDER}/{value}' for kind in there)}"
        guess = nearest(folder, self.kinds.by_folder)
        return f"; did you mean '{guess}/{ident}'?" if guess and slash else did_you_mean(folder, self.kinds.by_folder)

    def _no_such_id(self, kind: str, ident: str) -> str:
        """The message that no record of a type has an id: which type has it, or which id may have been meant."""
        folder = self.kinds.by_kind[kind].FOLDER
        if elsewhere := sorted(other for other, there in self.keys if there == ident and other != kind):
            return f"'{ident}' has the type {', '.join(elsewhere)}; expected the id of a record of type {kind}, in content/{folder}"
        if meant := self._known_as(kind, ident):
            return f"no {kind} has the id '{ident}', which names '{meant}'; expected its id; write {meant}"
        guess = did_you_mean(ident, [there for other, there in self.keys if other == kind]) if self.guesses else ""
        return f"no {kind} has the id '{ident}'{guess or f'; add one in content/{folder}, or correct the id'}"

    def no_id(self, text: str, kind: str, told: str) -> str:
        """The message about a reference whose text cannot be an id; `told` where nothing is likely to be meant."""
        if kind == Source.KIND and "://" in text:
            return self._of_address(text)
        if several := self._several(text, kind):
            return f"{quoted(text)} holds several ids; expected each as an entry of its own; write {', '.join(several)}"
        if meant := self._meant(text, kind):
            return f"{quoted(text)} is not an id; expected that of {article(kind)}; write {meant}"
        if "," in text or told.startswith("an id has"):
            return told
        folder = self.kinds.by_kind[kind].FOLDER
        return f"{quoted(text)} is not an id; expected {ID_FORM}; no {kind} is called so; add one in content/{folder}, or correct the id"

    def citation_meant(self, text: str) -> str | None:
        """The citation that is meant by what stands behind an at sign in brackets; None if nothing is likely."""
        if "://" in text:
            source = self._addresses.get(bare_address(text))
            return f"[@{source}]" if source else None
        if several := self._several(text, Source.KIND):
            return f"[{'; '.join(f'@{ident}' for ident in several)}]"
        source = self._meant(text, Source.KIND)
        rest = text.removeprefix(source).strip(" ,:;") if source and text.startswith(f"{source}") else ""
        at = f", {rest}" if re.match(r"[\w§¶]", rest) and not rest.startswith("md") else ""
        return f"[@{source}{at}]" if source else None

    def _of_address(self, text: str) -> str:
        """The message about an address where the id of a source is wanted."""
        if ident := self._addresses.get(bare_address(text)):
            return f"{quoted(text)} is the address of the source '{ident}'; expected its id; write {ident}"
        return f"{quoted(text)} is an address, and no source has it; expected the id of a source; run `explainer new source {text}` and write the id that it gives"

    def _meant(self, text: str, kind: str) -> str | None:
        """The id that is meant by a text: the same without capitals, marks, folder or ending, a name, or one that is near."""
        ident = slug_of(text)
        if (kind, ident) in self:
            return ident
        said = self.now.get((kind, ident)) or self._known_as(kind, ident)
        if said is None and kind == Source.KIND:
            said = self._addresses.get(bare_address(f"https://{text}"))
        return said or self._near(text, ident, kind)

    def _near(self, text: str, ident: str, kind: str) -> str | None:
        """The id with which a text begins, or that is near to it."""
        known = [other for of, other in self.keys if of == kind]
        begins = [other for other in known if re.match(rf"{re.escape(other)}\b[^-]", text)]
        return max(begins, key=len, default=nearest(ident, known) if self.guesses else None)

    def _several(self, text: str, kind: str) -> list[str]:
        """The ids in a text that are set apart by other marks than they should be; none if it is a single one."""
        parts = [part.strip("@") for part in re.split(r"[;,/|&+]\s*|\s+(?:and\s+)?", text)]
        return parts if len(parts) > 1 and all(SLUG.fullmatch(part) and (kind, part) in self for part in parts) else []

    def _known_as(self, kind: str, name: str) -> str | None:
        """The id of the only record of a type that is called so."""
        found = self._named.get((kind, name), set())
        return next(iter(found)) if len(found) == 1 and name else None


def _names(record: Record) -> Iterator[str]:
    """What people call a record: its name, also up to a colon, its title, other names and codes."""
    for name in (record.label, getattr(record, "title", None), getattr(record, "abbreviation", None)):
        if name:
            yield from (str(name), str(name).partition(":")[0])
    yield from record.search_names()
    if isinstance(record, Named):
        yield from (*record.other_names, *(name.text for name in record.names.values()))
    if isinstance(record, Source):
        yield record.publisher
