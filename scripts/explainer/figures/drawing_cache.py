"""Interface of the cache of drawings, and an implementation in memory."""

from collections.abc import Mapping
from typing import Protocol


class DrawingCache(Protocol):
    """A cache of texts by key; it may evict at any time, but never returns anything except what was stored."""

    def get(self, key: str) -> str | None:
        """Look up the text of a key; None if there is none or it cannot be trusted."""

    def put(self, key: str, text: str) -> None:
        """Store a text."""

    def fresh(self) -> Mapping[str, str]:
        """The texts that were stored in this run."""


class DrawingsInMemory:
    """A cache in memory, without persistence."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """Look up the text of a key."""
        return self._texts.get(key)

    def put(self, key: str, text: str) -> None:
        """Store a text."""
        self._texts[key] = text

    def fresh(self) -> Mapping[str, str]:
        """Every text."""
        return self._texts
