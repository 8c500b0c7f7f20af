"""Sets of stories as whole numbers, one bit a story: intersected and counted at memory's speed."""

import zlib
from collections.abc import Iterable, Iterator

Bits = int
# Sets of fewer are kept as tuples: then counting looks at each, and takes no room.
FEW = 256


def from_ids(ids: Iterable[int]) -> Bits:
    """The set of these numbers."""
    listed = list(ids)
    if not listed:
        return 0
    held = bytearray((max(listed) >> 3) + 1)
    for one in listed:
        held[one >> 3] |= 1 << (one & 7)
    return int.from_bytes(held, "little")


def ids_of(bits: Bits) -> Iterator[int]:
    """The numbers in the set, in order."""
    for place, byte in enumerate(as_bytes(bits)):
        if byte:
            for number in range(8):
                if byte >> number & 1:
                    yield place * 8 + number


def as_bytes(bits: Bits) -> bytes:
    """The set with a byte for eight numbers: to ask whether it has one."""
    return bits.to_bytes((bits.bit_length() + 7) >> 3, "little")


def has(held: bytes, number: int) -> bool:
    """Whether the set, as bytes, has the number."""
    place = number >> 3
    return place < len(held) and bool(held[place] >> (number & 7) & 1)


def packed(bits: Bits) -> bytes:
    return zlib.compress(as_bytes(bits), 1)


def unpacked(stored: bytes | memoryview) -> Bits:
    return int.from_bytes(zlib.decompress(stored), "little")
