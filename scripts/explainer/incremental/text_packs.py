"""Texts that results are kept as, in packs of the store: a run reads those that it asks for, and writes only its new ones.

A pack is an entry that holds texts one after another as UTF-8. A run that made texts adds a pack; what is left of packs
that are not twice as large as all that come behind them goes into it, as in a log-structured merge-tree, so that there
are few packs and a text is seldom copied. A pack of which half is not needed any more goes into it as well.
"""

import itertools
import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from explainer.incremental.store import DAMAGED, Store

Place = tuple[int, int, int]
"""Number of a pack, offset and length of a text in it, in bytes."""


class _OpenPack:
    """An entry of the store that is open for reading; open, it can be read even after it was pruned."""

    def __init__(self, store: Store, digest: str) -> None:
        self.store, self.digest = store, digest
        self._bytes: Callable[[int, int], bytes] | None = None

    def read(self, start: int, length: int) -> bytes:
        """Some bytes. Raises OSError or ValueError if they are gone or damaged."""
        if self._bytes is None:
            self._bytes = self._opened()
        found = self._bytes(start, length)
        if len(found) != length:
            raise ValueError(self.digest)
        return found

    def _opened(self) -> Callable[[int, int], bytes]:
        """What reads from the entry, which is as its name says; where an open file cannot be deleted, all of it is read here."""
        if not hasattr(os, "pread"):
            data = self.store.get(self.digest) or b""
            return lambda start, length: data[start : start + length]
        if not self.store.is_sound(self.digest) and self.store.get(self.digest) is None:
            raise ValueError(self.digest)
        file = os.open(self.store.folder / self.digest, os.O_RDONLY)
        weakref.finalize(self, os.close, file)
        return lambda start, length: os.pread(file, length, start)


class TextPacks:
    """The packs of one run."""

    def __init__(self, store: Store | None = None, told: Iterable[tuple[str, int]] = ()) -> None:
        """Take the packs of an earlier run, as digests and numbers of bytes."""
        self.told = [(str(digest), int(size)) for digest, size in told]
        self._packs = [_OpenPack(store, digest) for digest, _ in self.told] if store else []

    @property
    def digests(self) -> list[str]:
        """The entries of the store that hold them."""
        return [digest for digest, _ in self.told]

    def read(self, place: Place) -> str | None:
        """The text at a place; None if it is lost."""
        try:
            number, start, length = place
            return self._packs[number].read(start, length).decode()
        except (OSError, OverflowError, *DAMAGED):
            return None

    def renewed(
        self, store: Store, new: Mapping[str, str], kept: Mapping[str, Place]
    ) -> tuple["TextPacks", dict[str, Place]]:
        """Write new texts. Returns the packs with them and without what is not `kept`, and the places of all texts.

        A kept text that is lost has no place any more; if the store cannot be written, no new one has.
        """
        live = self._live(kept)
        merged = self._merged(live, sum(map(len, new.values())))
        stay = sorted(live.keys() - merged)
        told, found = [self.told[number] for number in stay], _numbered(live, stay)
        if new or merged:
            texts = itertools.chain(new.items(), *(self._read(live[number]) for number in sorted(merged)))
            added: dict[str, Place] = {}
            digest = store.add(_placed(texts, len(told), added))
            if digest is None:
                return self, dict(kept)
            found |= added
            told.append((digest, _size(added.items())))
        return TextPacks(store, told), found

    def _live(self, kept: Mapping[str, Place]) -> dict[int, list[tuple[str, Place]]]:
        """Number of a pack -> its texts that are kept, with their places; what is no place is left out."""
        live: dict[int, list[tuple[str, Place]]] = {}
        for name, place in kept.items():
            try:
                number, start, length = place
                if 0 <= number < len(self.told) and start >= 0 and length >= 0:
                    live.setdefault(number, []).append((name, place))
            except DAMAGED:
                continue
        return live

    def _merged(self, live: Mapping[int, Iterable[tuple[str, Place]]], new: int) -> set[int]:
        """The numbers of the packs of which what is left, `live`, goes into a new one beside so many new bytes."""
        left = {number: _size(texts) for number, texts in live.items()}
        found = {number for number in live if 2 * left[number] < self.told[number][1]}
        total = new + sum(map(left.__getitem__, found))
        for number in sorted(live.keys() - found, reverse=True):
            if self.told[number][1] > 2 * total:
                break
            found.add(number)
            total += left[number]
        return found

    def _read(self, texts: Iterable[tuple[str, Place]]) -> Iterator[tuple[str, str]]:
        """Texts of a pack in their order there, without those that are lost."""
        for name, place in sorted(texts, key=lambda item: item[1]):
            text = self.read(place)
            if text is not None:
                yield name, text


def _size(texts: Iterable[tuple[str, Place]]) -> int:
    """The number of bytes of texts."""
    return sum(length for _, (_, _, length) in texts)


def _numbered(live: Mapping[int, Iterable[tuple[str, Place]]], stay: Sequence[int]) -> dict[str, Place]:
    """The places of the texts of those packs that stay, which are numbered anew; mostly each keeps its number."""
    found: dict[str, Place] = {}
    for number, old in enumerate(stay):
        texts = live[old]
        found.update(texts if number == old else ((name, (number, *place[1:])) for name, place in texts))
    return found


def _placed(texts: Iterable[tuple[str, str]], number: int, places: dict[str, Place]) -> Iterator[bytes]:
    """The bytes of texts, whose places in the pack with a number are noted."""
    start = 0
    for name, text in texts:
        data = text.encode()
        places[name] = (number, start, len(data))
        start += len(data)
        yield data
