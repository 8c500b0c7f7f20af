"""EXIF, the camera's own block: last in trust for captions, first read by image libraries.

EXIF text is ASCII by its standard; UTF-8 is what is met and what the Metadata Working Group
advises, so both directions use it.
"""

import re
import struct

from PIL import Image
from PIL.ExifTags import IFD, Base

from archive.photos import charset
from archive.photos.metadata import (
    CreditLine,
    PhotoMetadata,
    clean,
    in_its_language,
    partial_date,
)

PREFIX = b"Exif\x00\x00"
# What cameras and phones write where a caption should be.
_NO_CAPTION = re.compile(
    r"[A-Z ]*DIGITAL CAMERA|SONY DSC|Exif.JPEG.PICTURE|DCIM\S*|_?DSC\w*|IMG_\w*|default|cof|dav"
)


def parse(exif: Image.Exif) -> PhotoMetadata:
    """The fields of an EXIF block as Pillow reads it; whatever can't be read is left out."""
    caption = _text(exif.get(Base.ImageDescription))
    return PhotoMetadata(
        captions={} if _NO_CAPTION.fullmatch(caption) else in_its_language(caption),
        creator=_text(exif.get(Base.Artist)),
        rights=_text(exif.get(Base.Copyright)),
        date_taken=partial_date(_text(exif.get_ifd(IFD.Exif).get(Base.DateTimeOriginal))),
    )


def with_credit(block: bytes, credit: CreditLine) -> bytes:
    """The TIFF structure of `block` (b"" for none) with Artist and Copyright set, no prefix.

    A damaged block is replaced. Where the credit line has neither, the block stays as it is.
    """
    tags = {Base.Artist: credit.creator, Base.Copyright: credit.rights}
    if not any(tags.values()):
        return block
    exif = _loaded(block)
    for tag, text in tags.items():
        if text:
            exif[tag] = text.encode()
    return exif.tobytes().removeprefix(PREFIX)


def _loaded(block: bytes) -> Image.Exif:
    """The block's tags, ready to be written again; none if it is damaged."""
    exif = Image.Exif()
    try:
        exif.load(block)
        nested = [exif.get_ifd(tag) for tag in (IFD.Exif, IFD.GPSInfo) if tag in exif]
        for directory in (exif, *nested):
            for tag, value in list(directory.items()):
                # Pillow reads text as Latin-1 but writes it as ASCII, with "?" for the rest.
                if isinstance(value, str) and not value.isascii():
                    directory[tag] = value.encode("latin-1")
        exif.tobytes()
    except (SyntaxError, ValueError, OSError, KeyError, TypeError, IndexError, struct.error):
        return Image.Exif()
    return exif


def _text(value: object) -> str:
    """Text of a tag; Pillow hands out ASCII fields as Latin-1, whatever they are."""
    if isinstance(value, str):
        value = value.encode("latin-1", "ignore")
    if not isinstance(value, bytes):
        return ""
    # A copyright field may hold the photographer's and the editor's notice, NUL between them.
    parts = (clean(charset.decode(part)) for part in value.split(b"\x00"))
    return ", ".join(filter(None, parts))
