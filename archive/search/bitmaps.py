"""Sets of stories as whole numbers, one bit a story: intersected and counted at memory's speed."""

import zlib
from collections.abc import Collection, Iterable, Iterator

Bits = int
# Sets of fewer are kept as tuples: then counting looks at each, and takes no room.
FEW = 256
# One number in so many, or fewer: then each has its bit set.
_SPARSE = 16
# Sets as figures: a byte for each number.
ZERO, ONE = b"0", ord("1")


def from_ids(ids: Iterable[int]) -> Bits:
    """The set of these numbers."""
    return parted(ids, 1)[0]


def parted(ids: Iterable[int], parts: int) -> list[Bits]:
    """The numbers by what is left when they are divided by `parts`; the sets are of the rest."""
    listed = list(ids)
    if not listed:
        return [0] * parts
    if len(listed) * _SPARSE > max(listed):
        return dense(listed, max(listed) + 1, parts)
    apart: list[bytearray] = [bytearray((max(listed) // parts >> 3) + 1) for _ in range(parts)]
    for one in listed:
        rest = one // parts
        apart[one % parts][rest >> 3] |= 1 << (rest & 7)
    return [int.from_bytes(held, "little") for held in apart]


def dense(ids: Iterable[int], size: int, parts: int) -> list[Bits]:
    """As `parted`, of many numbers that are less than `size`.

    Written as figures, which Python reads faster than it can set single bits.
    """
    figures = bytearray(ZERO) * (size + parts)
    for one in ids:
        figures[one] = ONE
    return [int(bytes(figures[part::parts][::-1]), 2) for part in range(parts)]


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


def figures_of(bits: Bits, least: int) -> bytes:
    """The set as figures, of `least` numbers at the least."""
    return f"{bits:b}".encode()[::-1].ljust(least, ZERO)


def how_many(few: Collection[int], figures: bytes) -> int:
    """How many of these numbers are in a set, given as figures."""
    return sum(map(figures.__getitem__, few)) - ord(ZERO) * len(few)


def has(held: bytes, number: int) -> bool:
    """Whether the set, as bytes, has the number."""
    place = number >> 3
    return place < len(held) and bool(held[place] >> (number & 7) & 1)


def packed(bits: Bits) -> bytes:
    return zlib.compress(as_bytes(bits), 1)


def unpacked(stored: bytes | memoryview) -> Bits:
    return int.from_bytes(zlib.decompress(stored), "little")
