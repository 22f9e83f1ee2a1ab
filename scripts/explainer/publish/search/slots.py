"""Gives every search text a number that hardly changes when others come and go, so that an edit leaves their files alone.

The number comes from the CRC-32 of the address, so the script (`scripts/theme/assets/search/slots.js`) computes it by
itself and `names.bin` need not hold it.
"""

import zlib
from collections.abc import Sequence

ROOM = 2.5
"""Slots for each text at least: the more, the fewer neighbours move when one comes, and the longer the numbers are."""


def slots_of(addresses: Sequence[str]) -> list[int]:
    """The slot of each address: its hash, or the next free one (linear probing, in the order of the hashes)."""
    space = 16
    while space < ROOM * len(addresses):
        space *= 2
    hashes = [zlib.crc32(address.encode()) for address in addresses]
    slots = [0] * len(addresses)
    free = 0
    for number in sorted(range(len(addresses)), key=lambda number: (hashes[number] % space, hashes[number])):
        slots[number] = max(free, hashes[number] % space)
        free = slots[number] + 1
    return slots
