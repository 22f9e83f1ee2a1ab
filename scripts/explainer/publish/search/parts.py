"""Makes the files of a search from those of the one before: only what the changed texts touch is made anew.

A text changes its own pack and the shelves of the words that it has more or less often than before. The search that is
made at once is the one that follows upon nothing, so both ways give the same files.
"""

import functools
import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from explainer.outputs.search_files import SearchSettings, SearchText
from explainer.publish.search.contents import Content, SearchTerms, decoded, encoded, is_long, stemmer
from explainer.publish.search.names import NAMES, encode, name_list
from explainer.publish.search.shelves import Postings, decode_shelf, encode_shelf, path_of, shelves
from explainer.publish.search.slots import slots_of

INDEX = "index.bin"
"""File with the names of the shelves and the lengths of the texts."""
PACKED = 8
"""Slots of a pack, which holds the contents of the texts in them."""
_SHOWN = Content._fields.index("asked")
"""So many fields of a content are in its pack."""
_AT = len('{"at":"')
"""Where the address begins in a line."""

Read = Callable[[str], bytes]
"""Reads a file of the search before; raises ValueError if it is gone or damaged."""


class Noted(NamedTuple):
    """What is noted of a text."""

    line: bytes
    """Digest of all of it."""
    named: bytes
    """Digest of what the name list tells of it."""
    length: str
    asked: SearchTerms
    """What people ask for it, by which its words are counted and which no pack holds."""


class State(NamedTuple):
    """What has to be known of a search to make the next one from it; plain data."""

    maker: str
    texts: dict[int, Noted]
    """Slot -> what is noted of its text."""
    words: dict[str, int]
    """Word -> the number of texts that have it."""
    names: bytes
    """Digest of what the name list was made from."""

    def plain(self) -> tuple[Any, ...]:
        """The state as values that can be marshalled."""
        texts = {slot: (*noted[:3], tuple(noted[3])) for slot, noted in self.texts.items()}
        return (self.maker, texts, self.words, self.names)


NOTHING = State("", {}, {}, b"")


class Made(NamedTuple):
    """A search: the content of its files by path, None where it is that of the search before, and its state."""

    files: dict[str, bytes | None]
    state: State


def make(settings: SearchSettings, lines: Sequence[str], before: State, read: Read, maker: str) -> Made:
    """Make a search of some texts, a line each, from the one before. Raises what DAMAGED names if that is damaged."""
    slots = slots_of([line[_AT : line.index('"', _AT)] for line in lines])
    digests = dict(zip(slots, map(_digest, lines), strict=True))
    maker = f"{maker} {settings.language}"
    changed = _changed(before, digests)
    if before.maker != maker or 2 * len(changed) > len(lines):
        before, changed = NOTHING, frozenset(slots)
    texts = {slot: SearchText.of_line(line) for slot, line in zip(slots, lines, strict=True) if slot in changed}
    come = {slot: Content.of(text) for slot, text in texts.items()}
    noted = _noted(before, digests, texts, come)
    packs, gone = _packs(before.texts, noted, come, read)
    changes = _Rewording(gone, come)
    words = changes.counted(before.words)
    stands = shelves(words)
    shelved = _shelved(before.words, stands, changes.postings, read, stemmer(settings.language))
    names = _digest(f"{settings} {[each[1] for each in noted.values()]}")
    told = None if names == before.names else encode(name_list(settings, list(map(SearchText.of_line, lines))))
    index = encoded({"shelves": sorted(stands), "lengths": "".join(each[2] for each in noted.values())})
    return Made({**packs, **shelved, NAMES: told, INDEX: index}, State(maker, noted, words, names))


def _changed(before: State, digests: Mapping[int, bytes]) -> frozenset[int]:
    """The slots that held no text before, or another one."""
    was = {slot: noted[0] for slot, noted in before.texts.items()}
    return frozenset(slot for slot, digest in digests.items() if was.get(slot) != digest)


def _noted(
    before: State, digests: Mapping[int, bytes], texts: Mapping[int, SearchText], come: Mapping[int, Content]
) -> dict[int, Noted]:
    """What is noted of every text, anew of those that came."""
    anew = {
        slot: Noted(digests[slot], _named(text), come[slot].length(), come[slot].asked) for slot, text in texts.items()
    }
    return {slot: anew[slot] if slot in anew else before.texts[slot] for slot in digests}


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


_ONLY_IN_PACKS = frozenset({"summary", "text", "said", "asked"})


def _named(text: SearchText) -> bytes:
    """Digest of what the name list may tell of a text."""
    names = [each.name for each in fields(text) if each.name not in _ONLY_IN_PACKS]
    return _digest(json.dumps([getattr(text, name) for name in names]))


def pack_of(slot: int) -> str:
    """The pack that holds the content of the text in a slot."""
    return f"texts/{slot // PACKED:x}.bin"


def apart_of(slot: int) -> str:
    """The file that holds the passages of a long text."""
    return f"texts/long-{slot:x}.bin"


def _apart(texts: Mapping[int, Noted]) -> list[str]:
    """The files with the passages of the long texts; what is noted may be plain data."""
    return [apart_of(slot) for slot, noted in texts.items() if is_long(noted[2])]


def _packs(
    before: Mapping[int, Noted], now: Mapping[int, Noted], come: Mapping[int, Content], read: Read
) -> tuple[dict[str, bytes | None], dict[int, Content]]:
    """All packs, those anew in which a text came or went, and the contents that went; the passages of long texts apart."""
    slots = {pack: list(held) for pack, held in itertools.groupby(sorted(now), pack_of)}
    files: dict[str, bytes | None] = dict.fromkeys([*slots, *_apart(now)])
    gone = (before.keys() - now.keys()) | (before.keys() & come.keys())
    had = {pack_of(slot) for slot in before}
    went: dict[int, Content] = {}
    for pack in {pack_of(slot) for slot in gone | come.keys()}:
        old = _contents(read, pack, before) if pack in had else {}
        went |= {slot: old[slot] for slot in old.keys() & gone}
        if pack in slots:
            files |= _packed(pack, {slot: come.get(slot) or old[slot] for slot in slots[pack]})
    return files, went


def _packed(pack: str, contents: Mapping[int, Content]) -> dict[str, bytes]:
    """The file of a pack, and those of its long texts, so that no reader loads their passages with those of a neighbour."""
    long = {slot: content.passages for slot, content in contents.items() if is_long(content.length())}
    shown = {
        str(slot): (content._replace(passages=None) if slot in long else content)[:_SHOWN]
        for slot, content in contents.items()
    }
    return {pack: encoded(shown), **{apart_of(slot): encoded(passages) for slot, passages in long.items()}}


def _contents(read: Read, pack: str, noted: Mapping[int, Noted]) -> dict[int, Content]:
    """Slot -> content of the texts in a pack, with what is noted of them, which may be plain data."""
    found = {
        int(slot): Content(*each)._replace(asked=SearchTerms(*noted[int(slot)][3]))
        for slot, each in decoded(read(pack)).items()
    }
    return {
        slot: content._replace(passages=decoded(read(apart_of(slot)))) if content.passages is None else content
        for slot, content in found.items()
    }


class _Rewording:
    """How contents that went and contents that came change where words stand."""

    def __init__(self, went: Mapping[int, Content], come: Mapping[int, Content]) -> None:
        """Compare slot by slot."""
        self.postings: defaultdict[str, Postings] = defaultdict(dict)
        """Word -> slot -> its new level, empty where the text has it no more."""
        self._more: defaultdict[str, int] = defaultdict(int)
        for slot in sorted(went.keys() | come.keys()):
            old = went[slot].words() if slot in went else {}
            new = come[slot].words() if slot in come else {}
            for word in old.keys() | new.keys():
                if old.get(word) != new.get(word):
                    self.postings[word][slot] = new.get(word, "")
                    self._more[word] += (word in new) - (word in old)

    def counted(self, texts: Mapping[str, int]) -> dict[str, int]:
        """The number of texts of each word, from that before."""
        counts = dict(texts)
        for word, more in self._more.items():
            counts[word] = counts.get(word, 0) + more
        return {word: count for word, count in counts.items() if count}


def _shelved(
    before: Mapping[str, int],
    stands: Mapping[str, list[str]],
    changes: Mapping[str, Postings],
    read: Read,
    stem: Callable[[str], str],
) -> dict[str, bytes | None]:
    """All shelves; those anew on which a word came, went or changed, by way of the old shelves of their words."""
    old = shelves(before)
    shelf_of = {word: name for name, words in old.items() for word in words}
    opened = functools.cache(lambda name: decode_shelf(read(path_of(name))))
    files: dict[str, bytes | None] = {}
    for name, words in stands.items():
        if old.get(name) == words and changes.keys().isdisjoint(words):
            files[path_of(name)] = None
            continue
        content = {}
        for word in words:
            stemmed, postings = opened(shelf_of[word])[word] if word in before else (stem(word), {})
            merged = postings | changes.get(word, {})
            content[word] = stemmed, {slot: level for slot, level in merged.items() if level}
        files[path_of(name)] = encode_shelf(content)
    return files
