"""WebP's RIFF chunks: XMP and Exif behind the picture, announced in the VP8X header."""

from archive.photos import exif, xmp
from archive.photos.metadata import CreditLine

Chunk = tuple[bytes, bytes]

_HAS_XMP, _HAS_EXIF, _HAS_ALPHA = 0x04, 0x08, 0x10


def embed(data: bytes, credit: CreditLine) -> bytes:
    """The WebP file with the credit line in XMP and Exif; raises ValueError if damaged."""
    chunks = _split(data)
    if chunks[0][0] != b"VP8X":
        chunks.insert(0, (b"VP8X", _extended_header(*chunks[0])))
    old = dict(reversed(chunks))
    new_exif = exif.with_credit(old.get(b"EXIF", b""), credit)
    new_xmp = xmp.with_credit(old.get(b"XMP ", b""), credit)
    header = bytearray(old[b"VP8X"])
    header[0] |= _HAS_XMP | (_HAS_EXIF if new_exif else 0)
    kept = [chunk for chunk in chunks[1:] if chunk[0] not in (b"EXIF", b"XMP ")]
    added = [(kind, new) for kind, new in ((b"EXIF", new_exif), (b"XMP ", new_xmp)) if new]
    body = b"WEBP" + b"".join(_packed(*c) for c in [(b"VP8X", bytes(header)), *kept, *added])
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _split(data: bytes) -> list[Chunk]:
    if data[8:12] != b"WEBP":
        raise ValueError("a RIFF file, but not WebP")
    chunks: list[Chunk] = []
    position = 12
    stop = 8 + int.from_bytes(data[4:8], "little")
    if stop > len(data):
        raise ValueError("the WebP file is cut short")
    while position + 8 <= stop:
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + 8 + size
        if end > stop:
            raise ValueError("a WebP chunk reaches past the end of the file")
        chunks.append((data[position : position + 4], data[position + 8 : end]))
        position = end + size % 2
    return chunks


def _packed(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "little") + payload + b"\x00" * (len(payload) % 2)


def _extended_header(kind: bytes, payload: bytes) -> bytes:
    """A VP8X header for a simple file: flags and canvas size, read from its picture chunk."""
    if kind == b"VP8L" and payload[0] == 0x2F:
        bits = int.from_bytes(payload[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        flags = _HAS_ALPHA if bits >> 28 & 1 else 0
    elif kind == b"VP8 " and payload[3:6] == b"\x9d\x01\x2a":
        width = int.from_bytes(payload[6:8], "little") & 0x3FFF
        height = int.from_bytes(payload[8:10], "little") & 0x3FFF
        flags = 0
    else:
        raise ValueError("a WebP file that starts with no picture")
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes([flags, 0, 0, 0]) + size
