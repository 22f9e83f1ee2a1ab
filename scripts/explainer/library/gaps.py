"""What a library lacks where records have faults, so that no check takes for missing what is only not read."""

from dataclasses import dataclass

from explainer.library.loaded_record import Key


@dataclass(frozen=True, slots=True)
class Gaps:
    """The records of a dossier that a library lacks, or holds in part."""

    absent: frozenset[Key] = frozenset()
    """Those that are there and cannot be read, or need something that is wrong."""
    incomplete: frozenset[Key] = frozenset()
    """Those that lack the parts that are wrong."""
    cited: frozenset[str] = frozenset()
    """The words of both, among which may be ids of sources."""

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


NONE = Gaps()
"""Nothing is lacking."""
