"""Reads what a photograph's file says about it: XMP first, then IPTC IIM, then EXIF."""

import logging
from collections.abc import Callable
from functools import reduce
from io import BytesIO

from PIL import Image, ImageFile
from PIL.IptcImagePlugin import getiptcinfo
from PIL.TiffImagePlugin import IPTC_NAA_CHUNK, PHOTOSHOP_CHUNK, TiffImageFile
from PIL.TiffTags import LONG

from archive.photos import exif, iim, photoshop, xmp
from archive.photos.metadata import PhotoMetadata

logger = logging.getLogger(__name__)

# The Photoshop image resource that holds the IIM block.
_IIM_RESOURCE = 0x0404


def read_metadata(data: bytes) -> PhotoMetadata:
    """The metadata of an encoded JPEG, PNG, WebP or TIFF file; empty for what can't be read.

    Never raises: a damaged block, or a file that is no image at all, only says nothing.
    """
    blocks: list[PhotoMetadata] = []
    try:
        with Image.open(BytesIO(data)) as image:
            # EXIF before the others: for PNG it makes Pillow read on to the end of the file,
            # where some programs put their XMP.
            from_exif = _attempt(lambda: exif.parse(image.getexif()))
            from_xmp = _attempt(lambda: xmp.parse(_xmp_packet(image)))
            from_iim = _attempt(lambda: iim.parse(_iim_block(image)))
            blocks = [from_xmp, from_iim, from_exif]
    except Exception as error:
        logger.debug("No metadata from an unreadable image: %s", error)
    return reduce(PhotoMetadata.completed_by, blocks, PhotoMetadata())


def _attempt(parse: Callable[[], PhotoMetadata]) -> PhotoMetadata:
    try:
        return parse()
    # Parsers and Pillow raise errors of every kind on damaged or hostile bytes.
    except Exception as error:
        logger.debug("Damaged image metadata passed over: %s", error)
        return PhotoMetadata()


def _xmp_packet(image: ImageFile.ImageFile) -> bytes:
    packet = image.info.get("xmp", b"")
    return packet.encode() if isinstance(packet, str) else bytes(packet)


def _iim_block(image: ImageFile.ImageFile) -> bytes:
    """The IIM block where the format keeps it; b"" where there is none."""
    if isinstance(image, TiffImageFile):
        return _tiff_iim(image) or photoshop.iim_block(image.tag_v2.get(PHOTOSHOP_CHUNK, b""))
    if profile := image.info.get("Raw profile type iptc"):
        return _raw_profile(profile)
    return bytes(image.info.get("photoshop", {}).get(_IIM_RESOURCE, b""))


def _tiff_iim(image: TiffImageFile) -> bytes:
    """The block of TIFF's own tag.

    Declared as integers, as Photoshop has it, Pillow gives it out to its own reader only.
    """
    if image.tag_v2.tagtype.get(IPTC_NAA_CHUNK) != LONG:
        return bytes(image.tag_v2.get(IPTC_NAA_CHUNK, b""))
    values: list[iim.Dataset] = []
    for (record, number), found in (getiptcinfo(image) or {}).items():
        for value in found if isinstance(found, list) else [found]:
            values.append((record, number, value or b""))
    return iim.joined(values)


def _raw_profile(text: str) -> bytes:
    """ImageMagick's way to keep IIM in PNG: a name, a length, then hexadecimal digits."""
    _name, _length, digits = text.strip().split("\n", 2)
    block = bytes.fromhex(digits)
    return photoshop.iim_block(block) or block
