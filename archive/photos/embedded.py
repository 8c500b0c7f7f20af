"""The metadata inside image files, read and written through Pillow: XMP, IPTC IIM, EXIF.

Pillow finds and places the blocks in each format. What the XMP and IIM blocks hold is read by
`xmp` and `iim`: Pillow's own readers give up at the first damaged byte and know no languages.
"""

import logging
import re
from collections.abc import Callable
from functools import reduce
from io import BytesIO
from typing import Any

from PIL import Image, ImageFile
from PIL.ExifTags import IFD, Base
from PIL.IptcImagePlugin import getiptcinfo
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IPTC_NAA_CHUNK, TiffImageFile
from PIL.TiffTags import LONG
from willow.image import Image as WillowImage

from archive.photos import iim, xmp
from archive.photos.metadata import (
    PhotoMetadata,
    PublicMetadata,
    clean,
    in_its_language,
    partial_date,
)

logger = logging.getLogger(__name__)

# The Photoshop image resource that holds the IIM block.
_IIM_RESOURCE = 0x0404
# What cameras and phones write where a caption should be.
_NO_CAPTION = re.compile(
    r"[A-Z ]*DIGITAL CAMERA|SONY DSC|Exif.JPEG.PICTURE|DCIM\S*|_?DSC\w*|IMG_\w*|default|cof|dav"
)
# The only EXIF tags that a public file takes over: neither the place where the picture was taken
# nor an owner's name, a serial number or a maker's note, which may hold one.
_PUBLIC = {
    Base.ImageDescription,
    Base.Make,
    Base.Model,
    Base.Artist,
    Base.Copyright,
    Base.DateTimeOriginal,
    Base.OffsetTimeOriginal,
    Base.ColorSpace,
}
# Where Pillow keeps what it read of a file, and from where some writers take it.
_METADATA = {"comment", "exif", "photoshop", "xmp"}
# In bytes. Real ones hold some tens of kilobytes; one as large as a whole upload would take many
# seconds to read, and hundreds of megabytes.
_LARGEST_XMP, _LARGEST_IIM = 1_000_000, 300_000
# In characters. A JPEG segment holds 64 KB, in which XML may write a character as six bytes.
_LONGEST_NOTICE = 10_000


def read_metadata(data: bytes) -> PhotoMetadata:
    """The metadata of an encoded JPEG, PNG, WebP, AVIF or TIFF file; XMP goes first, EXIF last.

    Never raises: a damaged block, or a file that is no image at all, only says nothing.
    """
    blocks: list[PhotoMetadata] = []
    try:
        with Image.open(BytesIO(data)) as image:
            # EXIF before the others: for PNG it makes Pillow read on to the end of the file,
            # where some programs put their XMP.
            from_exif = _attempt(lambda: _parse_exif(image.getexif()))
            from_xmp = _attempt(lambda: xmp.parse(_bounded(_xmp_packet(image), _LARGEST_XMP)))
            from_iim = _attempt(lambda: iim.parse(_bounded(_iim_block(image), _LARGEST_IIM)))
            blocks = [from_xmp, from_iim, from_exif]
    except Exception as error:
        logger.debug("No metadata from an unreadable image: %s", error)
    return reduce(PhotoMetadata.completed_by, blocks, PhotoMetadata())


def load_picture(data: bytes) -> None:
    """Load all of a picture, as each rendition begins; raises errors of any kind."""
    WillowImage.open(BytesIO(data)).auto_orient().get_pillow_image().load()


def save_options(
    public: PublicMetadata, exif: bytes = b"", *, all_exif: bool = False
) -> dict[str, Any]:
    """Pillow's save options that write what is public into a JPEG, PNG, WebP or AVIF file.

    `exif` is the original's block, whose harmless tags stay, or with `all_exif` the whole. Each
    writer takes the options that its format knows: `pnginfo` is PNG's XMP, `extra` is the IIM
    block, which only JPEG has.
    """
    options: dict[str, Any] = {"exif": _public_exif(exif, public, all_exif)}
    if public:
        packet = xmp.packet(public, _LONGEST_NOTICE)
        png = PngInfo()
        png.add_itxt("XML:com.adobe.xmp", packet)
        options |= {"xmp": packet, "pnginfo": png, "extra": _app13(public)}
    return options


def _attempt(parse: Callable[[], PhotoMetadata]) -> PhotoMetadata:
    try:
        return parse()
    # Parsers and Pillow raise errors of every kind on damaged or hostile bytes.
    except Exception as error:
        logger.debug("Damaged image metadata passed over: %s", error)
        return PhotoMetadata()


def _bounded(block: bytes, largest: int) -> bytes:
    if len(block) > largest:
        raise ValueError(f"a block of {len(block)} bytes")
    return block


def _xmp_packet(image: ImageFile.ImageFile) -> bytes:
    packet = image.info.get("xmp", b"")
    return packet.encode() if isinstance(packet, str) else bytes(packet)


def _iim_block(image: ImageFile.ImageFile) -> bytes:
    """The IIM block where the format keeps it; b"" where there is none."""
    if isinstance(image, TiffImageFile):
        resource = image.get_photoshop_blocks().get(_IIM_RESOURCE, {})
        return _tiff_iim(image) or resource.get("data", b"")
    if profile := image.info.get("Raw profile type iptc"):
        # ImageMagick's way to keep IIM in PNG: a name, a length, then hexadecimal digits.
        _name, _length, digits = profile.strip().split("\n", 2)
        return bytes.fromhex(digits)
    return bytes(image.info.get("photoshop", {}).get(_IIM_RESOURCE, b""))


def _tiff_iim(image: TiffImageFile) -> bytes:
    """The block of TIFF's own tag.

    Declared as integers, as Photoshop has it, Pillow gives it out to its own reader only.
    """
    if image.tag_v2.tagtype.get(IPTC_NAA_CHUNK) != LONG:
        return bytes(image.tag_v2.get(IPTC_NAA_CHUNK, b""))
    return b"".join(
        iim.dataset(record, number, value or b"")
        for (record, number), found in (getiptcinfo(image) or {}).items()
        for value in (found if isinstance(found, list) else [found])
    )


def _app13(public: PublicMetadata) -> bytes:
    """The JPEG segment that keeps the IIM block as a Photoshop image resource."""
    block = iim.block(public, _LONGEST_NOTICE)
    resource = b"8BIM" + _IIM_RESOURCE.to_bytes(2, "big") + b"\0\0" + len(block).to_bytes(4, "big")
    payload = b"Photoshop 3.0\0" + resource + block + b"\0" * (len(block) % 2)
    return b"\xff\xed" + (len(payload) + 2).to_bytes(2, "big") + payload


# EXIF text is ASCII by its standard; UTF-8 is what is met and what the Metadata Working Group
# advises, so both directions use it.


def _parse_exif(exif: Image.Exif) -> PhotoMetadata:
    caption = _exif_text(exif.get(Base.ImageDescription))
    return PhotoMetadata(
        captions={} if _NO_CAPTION.fullmatch(caption) else in_its_language(caption),
        creator=_exif_text(exif.get(Base.Artist)),
        rights=_exif_text(exif.get(Base.Copyright)),
        date_taken=partial_date(_exif_text(exif.get_ifd(IFD.Exif).get(Base.DateTimeOriginal))),
    )


def _exif_text(value: object) -> str:
    """Text of a tag; Pillow hands out ASCII fields as Latin-1, whatever they are."""
    if isinstance(value, str):
        value = value.encode("latin-1", "ignore")
    if not isinstance(value, bytes):
        return ""
    # A copyright field may hold the photographer's and the editor's notice, NUL between them.
    parts = (clean(iim.decode(part)) for part in value.split(b"\x00"))
    return ", ".join(filter(None, parts))


def without_metadata(image: Image.Image) -> Image.Image:
    """The same picture, of which Pillow's writers find nothing that its file said of it."""
    for key in _METADATA & set(image.info):
        del image.info[key]
    return image


def _public_exif(block: bytes, public: PublicMetadata, is_whole: bool) -> bytes:
    """The EXIF block, or its harmless tags, and the credit line; b"" if neither says anything."""
    old, new = Image.Exif(), Image.Exif()
    try:
        old.load(block)
        if is_whole:
            new.load(block)
        for directory, kept in ((old, new), (old.get_ifd(IFD.Exif), new.get_ifd(IFD.Exif))):
            for tag in _PUBLIC & set(directory):
                value = directory[tag]
                # Pillow reads text as Latin-1 but writes it as ASCII, with "?" for the rest.
                kept[tag] = value.encode("latin-1") if isinstance(value, str) else value
        new.tobytes()
    # Pillow raises errors of every kind on damaged bytes; the credit line is written all the same.
    except Exception as error:
        logger.debug("Damaged EXIF left out: %s", error)
        new = Image.Exif()
    for tag, text in ((Base.Artist, public.creator), (Base.Copyright, public.rights)):
        if text:
            new[tag] = text[:_LONGEST_NOTICE].encode()
    return new.tobytes() if new else b""
