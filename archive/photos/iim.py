"""IPTC IIM (the "IPTC header" of newspaper photographs): datasets, their text, credit lines.

Numbers and meanings: IPTC-NAA Information Interchange Model, version 4.2.
"""

from collections.abc import Iterable, Iterator

from archive.photos import charset
from archive.photos.metadata import (
    CreditLine,
    PhotoMetadata,
    clean,
    in_its_language,
    partial_date,
    place_name,
)

Dataset = tuple[int, int, bytes]

_MARKER = 0x1C
_CHARSET = (1, 90)
_VERSION = (2, 0)
_BYLINE = 80
_CITY, _PROVINCE, _COUNTRY = 90, 95, 101
_HEADLINE, _CREDIT, _SOURCE, _RIGHTS, _CAPTION, _DATE = 105, 110, 115, 116, 120, 55
# The text fields of record 2; above lie previews, below the version number.
_TEXT = range(3, 200)


def parse(block: bytes) -> PhotoMetadata:
    """The fields of an IIM block; whatever can't be read is left out."""
    datasets = list(split(block))
    encoding = _encoding(datasets)

    def text(number: int, separator: str = "\n") -> str:
        values = [value for record, key, value in datasets if (record, key) == (2, number)]
        return separator.join(filter(None, (clean(charset.decode(v, encoding)) for v in values)))

    return PhotoMetadata(
        captions=in_its_language(text(_CAPTION)),
        headline=text(_HEADLINE),
        credit=text(_CREDIT),
        rights=text(_RIGHTS),
        source=text(_SOURCE),
        creator=text(_BYLINE, ", "),
        date_taken=partial_date(text(_DATE)),
        place=place_name(text(_CITY), text(_PROVINCE), text(_COUNTRY)),
    )


def with_credit(block: bytes, credit: CreditLine) -> bytes:
    """The block with the credit line set, all its text in UTF-8 and declared as such.

    Values are written whole: the 32 bytes that IIM allows a credit would cut a Chinese one
    after ten characters, and the programs in use read longer ones.
    """
    datasets = list(split(block))
    encoding = _encoding(datasets)
    new = {
        _BYLINE: credit.creator,
        _CREDIT: credit.credit,
        _SOURCE: credit.source,
        _RIGHTS: credit.rights,
    }
    written = {(2, number): text for number, text in new.items() if text}
    kept = [
        (record, number, _as_utf8(record, number, value, encoding))
        for record, number, value in datasets
        if (record, number) not in (_CHARSET, _VERSION, *written)
    ]
    fixed = [(*_CHARSET, b"\x1b%G"), (*_VERSION, b"\x00\x04")]
    added = [(*key, text.encode()) for key, text in written.items()]
    # Records come in order; within one, the order is free (sorting here is stable).
    return joined(sorted(fixed + kept + added, key=lambda dataset: dataset[0]))


def split(block: bytes) -> Iterator[Dataset]:
    """(record, number, value) of each dataset; damaged stretches are passed over."""
    position = 0
    while 0 <= (position := block.find(_MARKER, position)) <= len(block) - 5:
        record, number = block[position + 1], block[position + 2]
        size = int.from_bytes(block[position + 3 : position + 5], "big")
        start = position + 5
        if size & 0x8000:  # an extended dataset: the size follows, in so many bytes
            width = size & 0x7FFF
            size = int.from_bytes(block[start : start + width], "big")
            start += width
        if not 1 <= record <= 9 or start + size > len(block):
            position += 1
            continue
        yield record, number, block[start : start + size]
        position = start + size


def joined(datasets: Iterable[Dataset]) -> bytes:
    """The block of these datasets."""
    return b"".join(_packed(*dataset) for dataset in datasets)


def _packed(record: int, number: int, value: bytes) -> bytes:
    size = len(value)
    length = size.to_bytes(2, "big") if size < 0x8000 else b"\x80\x04" + size.to_bytes(4, "big")
    return bytes([_MARKER, record, number]) + length + value


def _encoding(datasets: list[Dataset]) -> str:
    """The declared character set, or one guess for the whole block: more text, better guess."""
    for record, number, value in datasets:
        if (record, number) == _CHARSET and (encoding := charset.declared(value)):
            return encoding
    texts = [value for record, number, value in datasets if record == 2 and number in _TEXT]
    return charset.guess(b"\n".join(texts))


def _as_utf8(record: int, number: int, value: bytes, encoding: str) -> bytes:
    if record != 2 or number not in _TEXT or value.isascii():
        return value
    return charset.decode(value, encoding).encode()
