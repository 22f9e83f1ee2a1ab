"""Where drawings are kept between runs: a cache that answers with what was put there, or with nothing."""

from collections.abc import Mapping
from typing import Protocol


class DrawingCache(Protocol):
    """Texts by key. It may forget at any time, and never answers with anything but what was put there."""

    def get(self, key: str) -> str | None:
        """The text of a key; None where there is none that can be believed."""

    def put(self, key: str, text: str) -> None:
        """Keep a text."""

    def fresh(self) -> Mapping[str, str]:
        """What was put there in this run."""


class DrawingsInMemory:
    """A cache that lasts as long as it is held."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text of a key."""
        return self._texts.get(key)

    def put(self, key: str, text: str) -> None:
        """Keep a text."""
        self._texts[key] = text

    def fresh(self) -> Mapping[str, str]:
        """Every text."""
        return self._texts
