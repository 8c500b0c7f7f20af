"""IPTC IIM (the "IPTC header" of newspaper photographs): its datasets, and their text.

Numbers and meanings: IPTC-NAA Information Interchange Model, version 4.2. Pillow's reader stops
at the first damaged dataset and leaves the character set to its caller, so this one is our own.
"""

from collections.abc import Iterator

from archive.photos import metadata
from archive.photos.metadata import PhotoMetadata, PublicMetadata
from archive.text.encodings import WESTERN, guess

Dataset = tuple[int, int, bytes]

_MARKER = 0x1C
_CHARSET = (1, 90)
# Datasets of record 2; a place is city, province and country.
_DATE, _PLACE, _CAPTION = 55, (90, 95, 101), 120
_NUMBERS = {"creator": 80, "headline": 105, "credit": 110, "source": 115, "rights": 116}
# The text fields of record 2; above lie previews, below the version number.
_TEXT = range(3, 200)
# ISO 2022 escape sequences as IPTC IIM 4.2 (dataset 1:90) declares a character set with them.
_DECLARED = {
    **dict.fromkeys((b"\x1b%G", b"\x1b%/G", b"\x1b%/H", b"\x1b%/I"), "utf-8"),
    **dict.fromkeys((b"\x1b.A", b"\x1b-A"), "iso8859-1"),
    **dict.fromkeys((b"\x1b.B", b"\x1b-B"), "iso8859-2"),
    b"\x1b-L": "iso8859-5",
    b"\x1b$A": "gb18030",
    b"\x1b$)A": "gb18030",
    b"\x1b$)B": "euc-jp",
    b"\x1b$)C": "euc-kr",
}


def parse(block: bytes) -> PhotoMetadata:
    """The fields of an IIM block; whatever can't be read is left out."""
    datasets = list(_split(block))
    encoding = _encoding(datasets)

    def text(number: int, separator: str = "\n") -> str:
        values = [value for record, key, value in datasets if (record, key) == (2, number)]
        return separator.join(filter(None, (metadata.clean(decode(v, encoding)) for v in values)))

    return PhotoMetadata(
        captions=metadata.in_its_language(text(_CAPTION)),
        date_taken=metadata.partial_date(text(_DATE)),
        place=metadata.place_name(*map(text, _PLACE)),
        headline=text(_NUMBERS["headline"]),
        credit=text(_NUMBERS["credit"]),
        rights=text(_NUMBERS["rights"]),
        source=text(_NUMBERS["source"]),
        creator=text(_NUMBERS["creator"], ", "),
    )


def block(public: PublicMetadata, longest: int) -> bytes:
    """An IIM block with the credit line in UTF-8, declared as such; at most `longest` a field.

    Values are not cut to IIM's own limits: the 32 bytes of a credit would end a Chinese one
    after ten characters, and the programs in use read longer ones.
    """
    written = [dataset(*_CHARSET, b"\x1b%G"), dataset(2, 0, b"\x00\x04")]
    for name, key in _NUMBERS.items():
        if text := getattr(public, name, ""):
            written.append(dataset(2, key, text[:longest].encode()))
    return b"".join(written)


def dataset(record: int, number: int, value: bytes) -> bytes:
    """A dataset as it stands in the block."""
    size = len(value)
    length = size.to_bytes(2, "big") if size < 0x8000 else b"\x80\x04" + size.to_bytes(4, "big")
    return bytes([_MARKER, record, number]) + length + value


def decode(raw: bytes, encoding: str | None = None) -> str:
    """Text in `encoding`, or as guessed where there is none or the bytes don't bear it out."""
    for candidate in (encoding, guess(raw), WESTERN):
        try:
            if candidate:
                return raw.decode(candidate)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _split(block: bytes) -> Iterator[Dataset]:
    """(record, number, value) of each dataset; damaged stretches are passed over."""
    position = 0
    while 0 <= (position := block.find(_MARKER, position)) <= len(block) - 5:
        record, number = block[position + 1], block[position + 2]
        size = int.from_bytes(block[position + 3 : position + 5], "big")
        start = position + 5
        if size & 0x8000:  # an extended dataset: the size follows, in so many bytes
            # The standard allows any width; more than eight bytes count no file's bytes.
            width = min(size & 0x7FFF, 8)
            size = int.from_bytes(block[start : start + width], "big")
            start += width
        if not 1 <= record <= 9 or start + size > len(block):
            position += 1
            continue
        yield record, number, block[start : start + size]
        position = start + size


def _encoding(datasets: list[Dataset]) -> str:
    """The declared character set, or one guess for the whole block: more text, better guess."""
    for record, number, value in datasets:
        if (record, number) == _CHARSET and (known := _DECLARED.get(value.strip(b"\x00 "))):
            return known
    texts = [value for record, number, value in datasets if record == 2 and number in _TEXT]
    return guess(b"\n".join(texts)) or WESTERN
