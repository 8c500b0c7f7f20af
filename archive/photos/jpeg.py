"""JPEG segments: where Exif, XMP and IPTC IIM live before the picture itself."""

from archive.photos import exif, photoshop, xmp
from archive.photos.metadata import CreditLine

Segment = tuple[int, bytes]

_APP0, _APP1, _APP13 = 0xE0, 0xE1, 0xED
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_LONGEST = 0xFFFF - 2
# In the reverse of the order in which they are written.
_BLOCKS = (
    (_APP13, b"Photoshop 3.0\x00", photoshop.with_credit),
    (_APP1, b"http://ns.adobe.com/xap/1.0/\x00", xmp.with_credit),
    (_APP1, exif.PREFIX, exif.with_credit),
)


def embed(data: bytes, credit: CreditLine) -> bytes:
    """The JPEG file with the credit line in Exif, XMP and IIM; raises ValueError if damaged."""
    segments, picture = _split(data)
    # JFIF and its extension have to come first.
    first = [s for s in segments if s[0] == _APP0]
    rest = [s for s in segments if s[0] != _APP0]
    for marker, prefix, combine in _BLOCKS:
        old = [s for s in rest if s[0] == marker and s[1].startswith(prefix)]
        before = b"".join(payload.removeprefix(prefix) for _marker, payload in old)
        # A block that no longer fits into a segment gives way to one of the credit line alone.
        for combined in (combine(before, credit), combine(b"", credit)):
            if combined and len(prefix + combined) <= _LONGEST:
                rest = [(marker, prefix + combined), *(s for s in rest if s not in old)]
                break
    return b"\xff\xd8" + b"".join(_packed(*s) for s in first + rest) + data[picture:]


def _split(data: bytes) -> tuple[list[Segment], int]:
    """The segments between the start of the file and the picture, and where that begins."""
    segments: list[Segment] = []
    position = 2
    while True:
        if data[position] != 0xFF:
            raise ValueError("a JPEG marker is missing")
        while data[position + 1] == 0xFF:  # fill bytes
            position += 1
        marker = data[position + 1]
        if marker in (_START_OF_SCAN, _END_OF_IMAGE):
            return segments, position
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if not position + 4 <= end <= len(data):
            raise ValueError("a JPEG segment reaches past the end of the file")
        segments.append((marker, data[position + 4 : end]))
        position = end


def _packed(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2, "big") + payload
