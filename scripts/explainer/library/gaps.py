"""What a library lacks where records have faults, so that no check takes for missing what is only not read."""

from collections.abc import Iterable

from explainer.base.dataclass import dataclass
from explainer.base.dependencies import ANY_KEY, Dependency
from explainer.library.loaded_record import Key


@dataclass(frozen=True, slots=True)
class Gaps:
    """The records of a dossier that a library lacks, or holds in part."""

    absent: frozenset[Key] = frozenset()
    """Those that are there and cannot be read, or need something that is wrong."""
    incomplete: frozenset[Key] = frozenset()
    """Those that lack the parts that are wrong."""
    faulty: frozenset[Key] = frozenset()
    """Those that have faults of their own, whatever they refer to."""
    words: frozenset[str] = frozenset()
    """The words of all that has faults, among which may be ids of sources and parts of names."""

    settings: bool = False
    """Whether the settings lack the parts that are wrong."""

    @property
    def any(self) -> bool:
        """Whether something is lacking."""
        return bool(self.absent or self.incomplete)

    def touch(self, *keys: Key) -> bool:
        """Whether one of these records is lacking something, or is lacking itself."""
        return any(key in self.absent or key in self.incomplete for key in keys)

    def in_kind(self, kind: str) -> bool:
        """Whether a record of a type is lacking something, or is lacking itself."""
        return any(key[0] == kind for key in (*self.absent, *self.incomplete))

    def behind(self, reads: Iterable[Dependency]) -> bool:
        """Whether a computation that read this would perhaps find something else once the records are mended.

        It would if it read a record with faults, went through a type with such a record, or asked who names a record.
        """
        return self.any and any(self._lacking(category, key) for category, key in reads)

    def _lacking(self, category: str, key: object) -> bool:
        if category == "kind":
            return key == ANY_KEY or self.in_kind(str(key))
        return category in {"naming", "citing"} or key in self.absent or key in self.incomplete


NONE = Gaps()
"""Nothing is lacking."""
