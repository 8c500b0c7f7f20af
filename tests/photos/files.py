"""Builds real image files, with metadata written by hand: no code under test takes part."""

import io
import struct
from collections.abc import Mapping, Sequence

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2

UTF_8 = b"\x1b%G"
LATIN_1 = b"\x1b.A"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" {attributes}>{elements}</rdf:Description>
</rdf:RDF></x:xmpmeta>{padding}<?xpacket end="w"?>"""


def xmp(elements: str = "", attributes: str = "") -> bytes:
    """An XMP packet with these properties, padded as editors pad it."""
    text = _XMP.format(elements=elements, attributes=attributes, padding="\n" + " " * 200)
    return text.encode()


def alternatives(name: str, texts: Mapping[str, str]) -> str:
    """A property that says the same in several languages."""
    items = "".join(f'<rdf:li xml:lang="{code}">{text}</rdf:li>' for code, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def dataset(record: int, number: int, value: bytes) -> bytes:
    """One IIM dataset, with an extended length where the value needs one."""
    head = bytes([0x1C, record, number])
    if len(value) > 0x7FFF:
        return head + b"\x80\x04" + struct.pack(">I", len(value)) + value
    return head + struct.pack(">H", len(value)) + value


def iim(fields: Mapping[int, str | Sequence[str]], encoding: str, declared: bytes = b"") -> bytes:
    """An IIM block with fields of record 2, in an encoding that it may or may not declare."""
    block = dataset(1, 90, declared) if declared else b""
    for number, texts in fields.items():
        for text in [texts] if isinstance(texts, str) else texts:
            block += dataset(2, number, text.encode(encoding))
    return block


def resource(number: int, value: bytes) -> bytes:
    """One of Photoshop's image resources, without a name."""
    padding = b"\x00" * (len(value) % 2)
    return b"8BIM" + struct.pack(">HHI", number, 0, len(value)) + value + padding


def exif(**tags: str | bytes) -> Image.Exif:
    """An EXIF block with Artist, Copyright, ImageDescription or DateTimeOriginal."""
    numbers = {"ImageDescription": 270, "Artist": 315, "Copyright": 33432}
    block = Image.Exif()
    for name, value in tags.items():
        if name == "DateTimeOriginal":
            block.get_ifd(0x8769)[0x9003] = value
        else:
            block[numbers[name]] = value.encode() if isinstance(value, str) else value
    return block


def picture(mode: str = "RGB", size: tuple[int, int] = (61, 40)) -> Image.Image:
    """A gradient, so that a change of any pixel would show; see-through in RGBA."""
    shades = bytes((x * 3 + y * 5) % 256 for y in range(size[1]) for x in range(size[0]))
    gradient = Image.frombytes("L", size, shades)
    image = gradient.convert(mode)
    if mode == "RGBA":
        image.putalpha(gradient)
    return image


def jpeg(iim: bytes = b"", image: Image.Image | None = None, **options: object) -> bytes:
    """A JPEG file; options as Pillow has them (`xmp`, `exif`, `progressive`)."""
    data = _saved(image or picture(), "JPEG", **options)
    if not iim:
        return data
    payload = b"Photoshop 3.0\x00" + resource(0x0404, iim)
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload + data[2:]


def png(xmp: bytes = b"", mode: str = "RGB", **options: object) -> bytes:
    """A PNG file; `xmp` goes into an iTXt chunk."""
    chunks = PngInfo()
    if xmp:
        chunks.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return _saved(picture(mode), "PNG", pnginfo=chunks, **options)


def webp(mode: str = "RGB", **options: object) -> bytes:
    """A WebP file; `lossless=True` makes VP8L, metadata or lossy alpha make VP8X, else VP8."""
    return _saved(picture(mode), "WEBP", **options)


def avif(mode: str = "RGB", **options: object) -> bytes:
    """An AVIF file; see-through pictures come in two items, the second one their alpha."""
    return _saved(picture(mode), "AVIF", speed=10, **options)


def gif(**options: object) -> bytes:
    """A GIF file, which keeps no credit."""
    return _saved(picture(), "GIF", **options)


def tiff(xmp: bytes = b"", iim: bytes = b"", as_integers: bool = False) -> bytes:
    """A TIFF file; the IIM tag is of bytes or, as Photoshop has it, of four-byte integers."""
    tags = ImageFileDirectory_v2()
    if xmp:
        tags.tagtype[700], tags[700] = 1, xmp
    if iim:
        iim += b"\x00" * (-len(iim) % 4)
        tags.tagtype[33723], tags[33723] = 7, iim
    data = _saved(picture(), "TIFF", tiffinfo=tags)
    if not as_integers:
        return data
    entry = struct.pack("<HHI", 33723, 7, len(iim))
    return data.replace(entry, struct.pack("<HHI", 33723, 4, len(iim) // 4))


def _saved(image: Image.Image, format_name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_name, **{key: value for key, value in options.items() if value})
    return buffer.getvalue()
