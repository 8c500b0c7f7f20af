"""Writes credit lines into encoded images, beside the pixels, which stay byte for byte."""

import struct
import zlib

from archive.photos import jpeg, png, webp
from archive.photos.metadata import CreditLine

_CONTAINERS = {
    b"\xff\xd8\xff": jpeg.embed,
    b"\x89PNG\r\n\x1a\n": png.embed,
    b"RIFF": webp.embed,
}


def embed_credit(data: bytes, credit: CreditLine) -> bytes:
    """An encoded JPEG, PNG or WebP file with the credit line in it; others come back unchanged.

    Fields that the credit line leaves empty keep what the file says. A file whose structure is
    damaged comes back unchanged too.
    """
    if not credit:
        return data
    for signature, embed in _CONTAINERS.items():
        if data.startswith(signature):
            try:
                return embed(data, credit)
            except (ValueError, IndexError, struct.error, zlib.error):
                return data
    return data
