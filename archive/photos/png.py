"""PNG chunks: XMP in an iTXt chunk, Exif in eXIf."""

import zlib

from archive.photos import exif, xmp
from archive.photos.metadata import CreditLine

Chunk = tuple[bytes, bytes]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP = b"XML:com.adobe.xmp\x00"
# Not compressed; no language, no translated keyword.
_PLAIN = b"\x00\x00\x00\x00"
_LARGEST_PACKET = 1 << 24


def embed(data: bytes, credit: CreditLine) -> bytes:
    """The PNG file with the credit line in XMP and Exif; raises ValueError if damaged."""
    chunks, end = _split(data)
    old_xmp = [chunk for chunk in chunks if chunk[0] == b"iTXt" and chunk[1].startswith(_XMP)]
    old_exif = [chunk for chunk in chunks if chunk[0] == b"eXIf"]
    packet = xmp.with_credit(_packet(old_xmp[0][1]) if old_xmp else b"", credit)
    new = [
        (b"eXIf", exif.with_credit(old_exif[0][1] if old_exif else b"", credit)),
        (b"iTXt", _XMP + _PLAIN + packet),
    ]
    kept = [chunk for chunk in chunks if chunk not in old_xmp + old_exif]
    # The header has to come first, and Exif before the picture data.
    ordered = [kept[0], *(chunk for chunk in new if chunk[1]), *kept[1:]]
    return _SIGNATURE + b"".join(_packed(*chunk) for chunk in ordered) + data[end:]


def _split(data: bytes) -> tuple[list[Chunk], int]:
    """All chunks to IEND, and where the file goes on behind it."""
    chunks: list[Chunk] = []
    position = len(_SIGNATURE)
    while not chunks or chunks[-1][0] != b"IEND":
        size = int.from_bytes(data[position : position + 4], "big")
        end = position + 12 + size
        if end > len(data):
            raise ValueError("a PNG chunk reaches past the end of the file")
        chunks.append((data[position + 4 : position + 8], data[position + 8 : end - 4]))
        position = end
    return chunks, position


def _packed(kind: bytes, payload: bytes) -> bytes:
    checksum = zlib.crc32(kind + payload)
    return len(payload).to_bytes(4, "big") + kind + payload + checksum.to_bytes(4, "big")


def _packet(payload: bytes) -> bytes:
    """The XMP packet of an iTXt chunk, which may be compressed."""
    flags, rest = payload[len(_XMP) : len(_XMP) + 2], payload[len(_XMP) + 2 :]
    _language, _keyword, text = rest.split(b"\x00", 2)
    return zlib.decompressobj().decompress(text, _LARGEST_PACKET) if flags[0] else text
