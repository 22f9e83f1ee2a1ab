"""The registry of a dossier: its kinds of record in their order, those of the engine and those of its own."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from types import ModuleType

import yaml

from explainer.base.dataclass import dataclass
from explainer.base.problems import ContentError, Problem, did_you_mean, listed
from explainer.kinds import model_faults, own_kinds
from explainer.kinds.claim import Claim
from explainer.kinds.country import Country
from explainer.kinds.diagram import Diagram
from explainer.kinds.dispute import Dispute
from explainer.kinds.event import Event
from explainer.kinds.explainer import Explainer
from explainer.kinds.measure import Measure
from explainer.kinds.organisation import Organisation
from explainer.kinds.own_kinds import FOLDER, OwnKind
from explainer.kinds.person import Person
from explainer.kinds.region import Region
from explainer.kinds.source import Source
from explainer.kinds.term import Term
from explainer.kinds.theme import Theme
from explainer.records.record import Record
from explainer.records.references import references

BEFORE: tuple[type[Record], ...] = (Explainer,)
"""The kinds of the engine that come before a dossier's own where `site.yml` names no order."""
AFTER: tuple[type[Record], ...] = (
    Organisation,
    Person,
    Claim,
    Dispute,
    Event,
    Term,
    Region,
    Country,
    Theme,
    Measure,
    Diagram,
    Source,
)
"""The kinds of the engine that come after them."""

SETTINGS = "content/site.yml"
_ORDER = re.compile(r"^(?:kinds|'kinds'|\"kinds\") *:.*(?:\n(?:[ \-#].*)?)*", re.MULTILINE)
"""The field `kinds:` of the settings, up to the next field."""


@dataclass(frozen=True, eq=False)
class Kinds:
    """The kinds of one dossier, in the order of its menu, its search and its lists of related records."""

    types: tuple[type[Record], ...]
    own: Mapping[str, OwnKind] = field(default_factory=dict)
    """Name -> the dossier's own kinds, with their folders."""
    unused: tuple[str, ...] = ()
    """Kinds that have a folder and are not named in the settings."""
    fingerprint: str = ""
    """SHA-256 of the files of the own kinds and of the order of all; part of every cache key."""

    @cached_property
    def by_kind(self) -> Mapping[str, type[Record]]:
        """Name -> type."""
        return {model.KIND: model for model in self.types}

    @cached_property
    def by_folder(self) -> Mapping[str, type[Record]]:
        """Folder under `content/` -> type."""
        return {model.FOLDER: model for model in self.types}

    @cached_property
    def sections(self) -> Mapping[str, type[Record]]:
        """Folder of the site -> the type that it shows."""
        return {section: model for model in self.types if (section := model.section())}

    def hint_of_unused(self, folder: str) -> str:
        """What to do where a folder or a section is that of a kind which the settings do not name; empty if it is not."""
        unused = next((kind for kind in self.unused if folder.startswith(kind)), None)
        if unused is None:
            return ""
        return f"; {FOLDER}/ has the kind '{unused}', which {SETTINGS} does not name; add it to kinds: there"

    def having(self, trait: type) -> tuple[type[Record], ...]:
        """The types that take on a trait, in their order."""
        return tuple(model for model in self.types if issubclass(model, trait))

    def module(self, model: type[Record], part: str) -> ModuleType | None:
        """A module of an own kind, such as `page`; None if its folder has none, or for a kind of the engine."""
        own = self.own.get(model.KIND)
        return own.module(part) if own else None


@functools.lru_cache(maxsize=8)
def ordered(text: str) -> tuple[str, ...]:
    """The order of kinds that the text of the settings gives; empty if it gives none that can be read."""
    found = _ORDER.search(text)
    try:
        names = yaml.safe_load(found.group())["kinds"] if found else []
    except (yaml.YAMLError, KeyError, TypeError, RecursionError):
        return ()  # the check of the settings reports it
    return tuple(map(str, names)) if isinstance(names, list) else ()


def load(root: Path) -> Kinds:
    """The kinds of the dossier in a folder; raises ContentError if one cannot be loaded.

    Own kinds that the settings do not name are left out, unless the settings name no order at all.
    """
    try:
        text = (root / SETTINGS).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        text = ""  # the reader of the content reports it
    names = ordered(text)
    kinds = own_kinds.cached(root, names, _assembled)
    if problems := [*_unknown(kinds, names, text), *_dangling(kinds)]:
        raise ContentError(problems)
    return kinds


def _unknown(kinds: Kinds, names: Iterable[str], text: str) -> Iterator[Problem]:
    """A problem for every name in the settings that is the name of no kind."""
    line = text[: found.start()].count("\n") + 1 if (found := _ORDER.search(text)) else 1
    for name in names:
        if name not in kinds.by_kind:
            known = sorted({*kinds.by_kind, *kinds.unused})
            more = f"one of {listed(known, limit=40)}, or a folder {FOLDER}/{name.replace('-', '_')}/ with a model.py"
            message = f"kinds: '{name}' is no kind of record{did_you_mean(name, known) or f'; expected {more}'}"
            yield Problem(SETTINGS, line, 1, message)


def _dangling(kinds: Kinds) -> Iterator[Problem]:
    """A problem for every field of an own kind that refers to records of a kind that is not there."""
    for own in kinds.own.values():
        for name, targets in references(own.model).items():
            for target in sorted(kind for kind in targets if kind is not None and kind not in kinds.by_kind):
                step = "; expected a kind that `kinds:` of site.yml names; correct or delete the field"
                guess = did_you_mean(target, kinds.by_kind) or step
                message = f"the field '{name}' refers to records of '{target}', which is no kind here{guess}"
                yield Problem(f"{FOLDER}/{own.folder.name}/model.py", 1, 1, message)


def _assembled(names: tuple[str, ...], own: Mapping[str, OwnKind], digest: str) -> Kinds:
    """The registry of kinds in the order of `names`, then of those that it does not name."""
    _refuse_faults(own)
    engine = {model.KIND: model for model in (*BEFORE, *AFTER)}
    types = {kind: found.model for kind, found in own.items()} | engine
    order = _in_order(names, () if names else own)
    return Kinds(
        types=tuple(types[name] for name in order if name in types),
        own={kind: found for kind, found in own.items() if kind in order},
        unused=tuple(kind for kind in own if kind not in order),
        fingerprint=digest,
    )


def _in_order(first: Iterable[str], own: Iterable[str]) -> Mapping[str, None]:
    """Names of kinds in their order, as the keys of a mapping: those that come first, then own ones among the engine's."""
    before, after = ([model.KIND for model in models] for models in (BEFORE, AFTER))
    return dict.fromkeys((*first, *before, *own, *after))


def _refuse_faults(own: Mapping[str, OwnKind]) -> None:
    """Raise ContentError for every own kind that does not fit beside the others."""
    folders = {kind.model: kind.folder for kind in own.values()}
    every = (*BEFORE, *AFTER, *folders)
    problems = [
        Problem(f"{FOLDER}/{folders[model].name}/model.py", 1, 1, message)
        for model, message in model_faults.among(every)
        if model in folders
    ]
    if problems:
        raise ContentError(problems)


ENGINE = _assembled((), {}, "")
"""The registry of a dossier without kinds of its own."""

__all__ = ["ENGINE", "FOLDER", "Kinds", "load"]
