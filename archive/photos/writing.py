"""Writes credit lines into encoded images, beside the pixels, which stay byte for byte."""

import struct
import zlib
from collections.abc import Callable

from archive.photos import avif, jpeg, png, webp
from archive.photos.metadata import CreditLine

_CONTAINERS = {
    b"\xff\xd8\xff": jpeg.embed,
    b"\x89PNG\r\n\x1a\n": png.embed,
    b"RIFF": webp.embed,
}
# Of an AVIF file the first four bytes are a length; still pictures start with this brand.
_AVIF = b"ftypavif"


def embed_credit(data: bytes, credit: CreditLine) -> bytes:
    """An encoded JPEG, PNG, WebP or AVIF file with the credit line in it; others as they are.

    Fields that the credit line leaves empty keep what the file says. A file whose structure is
    damaged comes back unchanged too.
    """
    if not credit:
        return data
    embed = _embedder(data)
    if embed is None:
        return data
    try:
        return embed(data, credit)
    except (ValueError, IndexError, KeyError, OverflowError, struct.error, zlib.error):
        return data


def _embedder(data: bytes) -> Callable[[bytes, CreditLine], bytes] | None:
    if data[4:12] == _AVIF:
        return avif.embed
    return next((embed for mark, embed in _CONTAINERS.items() if data.startswith(mark)), None)
