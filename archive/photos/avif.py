"""AVIF's boxes: XMP and Exif as items beside the picture, which are moved but never changed.

HEIF, ISO/IEC 23008-12, on the base media file format, ISO/IEC 14496-12. All items are laid out
anew behind the index, so that an older credit line leaves nothing behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.photos import exif, xmp
from archive.photos.metadata import CreditLine

_XMP_TYPE = b"application/rdf+xml"
_FULL = 4  # version and flags
_METADATA_LENGTH = 4  # where, in an Exif item, the TIFF structure begins


class Box(NamedTuple):
    """A box and what it holds; a full box's version and flags are the first four bytes of that."""

    kind: bytes
    payload: bytes


@dataclass(frozen=True)
class Item:
    """An item of the index: its entry as it stands there, and its bytes."""

    number: int
    kind: bytes
    entry: bytes
    data: bytes

    @property
    def is_xmp(self) -> bool:
        return self.kind == b"mime" and _XMP_TYPE in self.entry

    @property
    def is_exif(self) -> bool:
        return self.kind == b"Exif"


def embed(data: bytes, credit: CreditLine) -> bytes:
    """The AVIF file with the credit line in XMP and Exif; raises ValueError if damaged.

    So it does for a sequence of pictures, whose boxes point into the file from other places.
    """
    boxes = list(_boxes(data))
    kinds = [box.kind for box in boxes]
    if kinds.count(b"meta") != 1 or kinds[0] != b"ftyp" or {b"moov", b"moof"} & set(kinds):
        raise ValueError("no AVIF file with a single picture")
    meta = next(box.payload for box in boxes if box.kind == b"meta")
    index = {box.kind: box.payload for box in _boxes(meta[_FULL:])}
    items = _items(index, data)
    primary = _number(index[b"pitm"], _FULL, 4 if index[b"pitm"][0] else 2)
    kept = [item for item in items if not (item.is_xmp or item.is_exif)]
    added = _credited(items, credit)
    head = _packed(boxes[0])
    offset = 0
    for _twice in range(2):  # Once for its length, once with the places that follow from it.
        index_box = _index(meta, kept, added, primary, offset)
        offset = len(head) + len(index_box) + 8
    picture = b"".join(item.data for item in [*kept, *added])
    return head + index_box + _packed(Box(b"mdat", picture))


def _credited(items: list[Item], credit: CreditLine) -> list[Item]:
    """The items that hold the credit line, with what the old ones say of other things."""
    old_exif = next((_tiff(item.data) for item in items if item.is_exif), b"")
    old_xmp = next((item.data for item in items if item.is_xmp), b"")
    first = max(item.number for item in items) + 1
    new: list[tuple[bytes, bytes, bytes]] = []
    if block := exif.with_credit(old_exif, credit):
        new.append((b"Exif", b"", bytes(_METADATA_LENGTH) + block))
    new.append((b"mime", _XMP_TYPE + b"\0", xmp.with_credit(old_xmp, credit)))
    return [
        Item(number, kind, _entry(number, kind, content_type), block)
        for number, (kind, content_type, block) in enumerate(new, first)
    ]


def _tiff(payload: bytes) -> bytes:
    return payload[_METADATA_LENGTH + _number(payload, 0, _METADATA_LENGTH) :]


def _entry(number: int, kind: bytes, content_type: bytes) -> bytes:
    """An item's line in the index, hidden: it isn't to be shown as a picture."""
    version_and_flags = b"\x02\0\0\x01"
    return version_and_flags + number.to_bytes(2, "big") + b"\0\0" + kind + b"\0" + content_type


# Reading


def _boxes(data: bytes) -> Iterator[Box]:
    position = 0
    while position + 8 <= len(data):
        size, header = _number(data, position, 4), 8
        if size == 1:
            size, header = _number(data, position + 8, 8), 16
        size = size or len(data) - position
        if size < header or position + size > len(data):
            raise ValueError("a box reaches past the end of the file")
        yield Box(data[position + 4 : position + 8], data[position + header : position + size])
        position += size


def _number(data: bytes, position: int, size: int) -> int:
    if position + size > len(data):
        raise ValueError("a box is cut short")
    return int.from_bytes(data[position : position + size], "big")


def _items(index: dict[bytes, bytes], data: bytes) -> list[Item]:
    places = _places(index[b"iloc"], data, index.get(b"idat", b""))
    entries = index[b"iinf"]
    found = []
    for box in _boxes(entries[_FULL + (4 if entries[0] else 2) :]):
        version, wide = box.payload[0], box.payload[0] == 3
        if version not in (2, 3):
            raise ValueError("an item without a type")
        number = _number(box.payload, _FULL, 4 if wide else 2)
        kind_at = _FULL + (4 if wide else 2) + 2
        kind = box.payload[kind_at : kind_at + 4]
        found.append(Item(number, kind, box.payload, places.get(number, b"")))
    if not found:
        raise ValueError("no item")
    return found


class _Reader:
    """Takes numbers off a box, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.position = data, _FULL

    def take(self, size: int) -> int:
        value = _number(self.data, self.position, size)
        self.position += size
        return value


def _places(iloc: bytes, data: bytes, inner: bytes) -> dict[int, bytes]:
    """Each item's bytes, gathered from wherever the index says that they lie."""
    version, read = iloc[0], _Reader(iloc)
    sizes, more_sizes = read.take(1), read.take(1)
    offset_size, length_size = sizes >> 4, sizes & 15
    base_size, extent_index_size = more_sizes >> 4, (more_sizes & 15 if version else 0)
    id_size = 4 if version == 2 else 2
    found = {}
    for _item in range(read.take(id_size)):
        number = read.take(id_size)
        method = read.take(2) & 15 if version else 0
        if read.take(2) or method > 1:
            raise ValueError("an item lies outside the file")
        base, source, pieces = read.take(base_size), inner if method else data, []
        for _extent in range(read.take(2)):
            read.take(extent_index_size)
            start = base + read.take(offset_size)
            length = read.take(length_size) or len(source) - start
            if start + length > len(source):
                raise ValueError("an item reaches past the end of the file")
            pieces.append(source[start : start + length])
        found[number] = b"".join(pieces)
    return found


# Writing


def _packed(box: Box) -> bytes:
    return (8 + len(box.payload)).to_bytes(4, "big") + box.kind + box.payload


def _index(meta: bytes, kept: list[Item], added: list[Item], primary: int, offset: int) -> bytes:
    """The index with these items, whose bytes lie one after the other from `offset`."""
    items = [*kept, *added]
    new = {
        b"iloc": _locations(items, offset),
        b"iinf": b"\0\0\0\0"
        + len(items).to_bytes(2, "big")
        + b"".join(_packed(Box(b"infe", item.entry)) for item in items),
    }
    boxes = [box for box in _boxes(meta[_FULL:]) if box.kind != b"idat"]
    if all(box.kind != b"iref" for box in boxes):
        boxes.append(Box(b"iref", b"\0\0\0\0"))
    numbers = {item.number for item in kept}
    body = b"".join(
        _packed(
            Box(box.kind, _references(box.payload, numbers, added, primary))
            if box.kind == b"iref"
            else Box(box.kind, new.get(box.kind, box.payload))
        )
        for box in boxes
    )
    return _packed(Box(b"meta", meta[:_FULL] + body))


def _locations(items: list[Item], offset: int) -> bytes:
    rows = b""
    for item in items:
        place = offset.to_bytes(4, "big") + len(item.data).to_bytes(4, "big")
        rows += item.number.to_bytes(2, "big") + b"\0\0" + b"\0\x01" + place
        offset += len(item.data)
    return b"\0\0\0\0" + b"\x44\0" + len(items).to_bytes(2, "big") + rows


def _references(iref: bytes, kept: set[int], added: list[Item], primary: int) -> bytes:
    """The old references from items that stay, and one from each new item to the picture."""
    size = 4 if iref[0] else 2
    stay = [box for box in _boxes(iref[_FULL:]) if _number(box.payload, 0, size) in kept]
    one = (1).to_bytes(2, "big")
    describe = [
        Box(b"cdsc", item.number.to_bytes(size, "big") + one + primary.to_bytes(size, "big"))
        for item in added
    ]
    return iref[:_FULL] + b"".join(map(_packed, [*stay, *describe]))
