"""Small PDF files as layout programs write them, made by hand."""

import zlib
from collections.abc import Sequence

# (x, y, size, text, font): points from the lower left corner of a page of A4; font 1 plain, 2 bold,
# 3 Chinese.
Piece = tuple[float, float, float, str, int]
WIDTH, HEIGHT = 595, 842


def pdf(
    pages: Sequence[Sequence[Piece]], *, picture: bytes = b"", title: str = "", more: str = ""
) -> bytes:
    """A PDF of these pages; `picture` is a JPEG on the first."""
    letters = sorted({one for page in pages for piece in page for one in piece[3]})
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{more}>>".encode(),
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[6 0 R]"
        b"/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 1000>>",
        stream_of(_cmap(letters).encode()),
        f"<</Title({title})>>".encode(),
        stream_of(picture, "/Type/XObject/Subtype/Image/Width 61/Height 40/ColorSpace/DeviceRGB"
                "/BitsPerComponent 8/Filter/DCTDecode"),
    ]  # fmt: skip
    kids = []
    for page in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        image = b"q 61 0 0 40 50 500 cm /I Do Q\n" if picture and len(kids) == 1 else b""
        content = image + b"".join(_shown(piece, letters) for piece in page)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents "
            f"{len(objects) + 2} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>"
            f"{'/XObject<</I 9 0 R>>' if picture else ''}>>>>".encode()
        )
        objects.append(stream_of(zlib.compress(content), "/Filter/FlateDecode"))
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return file_of(objects)


def _shown(piece: Piece, letters: list[str]) -> bytes:
    x, y, size, text, font = piece
    if font == 3:
        codes = "".join(f"{letters.index(one) + 1:04x}" for one in text)
        shown = f"<{codes}>".encode()
    else:
        shown = (
            b"("
            + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
            + b")"
        )
    return f"BT /F{font} {size} Tf 1 0 0 1 {x} {y} Tm ".encode() + shown + b" Tj ET\n"


def _cmap(letters: list[str]) -> str:
    rows = "\n".join(f"<{n:04x}> <{ord(one):04x}>" for n, one in enumerate(letters, 1))
    return (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange {len(letters)} beginbfchar\n{rows}\nendbfchar endcmap end"
    )


def stream_of(data: bytes, more: str = "") -> bytes:
    return f"<</Length {len(data)}{more}>>\nstream\n".encode() + data + b"\nendstream"


def file_of(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Info 8 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    start = len(data)
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer % (size, start)
