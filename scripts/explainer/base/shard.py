"""A shard: which share of a site one of several machines makes."""

import re

from explainer.base.dataclass import dataclass
from explainer.base.files import digest_of

_WRITTEN = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of the shares into which machines divide a site."""

    number: int
    """From 1 to `of`."""
    of: int

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """Read `3/8`. Raises ValueError."""
        found = _WRITTEN.fullmatch(text)
        if not found or int(found[1]) > int(found[2]):
            raise ValueError(text)
        return cls(int(found[1]), int(found[2]))

    @property
    def leads(self) -> bool:
        """Whether it makes what is not dealt out, too."""
        return self.number == 1

    def owns(self, path: str) -> bool:
        """Whether it makes a file that is dealt out by its path."""
        return int(digest_of(path.encode())[:12], 16) % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number} of {self.of}"
