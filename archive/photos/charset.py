"""Text out of bytes whose character set is declared badly, or not at all."""

# ISO 2022 escape sequences as IPTC IIM 4.2 (dataset 1:90) declares a character set with them.
_DECLARED = {
    b"\x1b%G": "utf-8",
    b"\x1b%/G": "utf-8",
    b"\x1b%/H": "utf-8",
    b"\x1b%/I": "utf-8",
    b"\x1b.A": "iso8859-1",
    b"\x1b-A": "iso8859-1",
    b"\x1b.B": "iso8859-2",
    b"\x1b-B": "iso8859-2",
    b"\x1b-L": "iso8859-5",
    b"\x1b$A": "gb18030",
    b"\x1b$)A": "gb18030",
    b"\x1b$)B": "euc-jp",
    b"\x1b$)C": "euc-kr",
}


def declared(escape: bytes) -> str | None:
    """The codec that an IIM 1:90 escape sequence names; None for one that is not known."""
    return _DECLARED.get(escape.strip(b"\x00 "))


def guess(sample: bytes) -> str:
    """The likeliest codec of undeclared bytes: UTF-8, else GB 18030 if it reads as Chinese.

    The rest is read as Windows-1252, which is ISO 8859-1 with the quotation marks and dashes
    that newspapers use in place of its control characters.
    """
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030" if _reads_as_chinese(sample) else "cp1252"
    return "utf-8"


def decode(raw: bytes, encoding: str | None = None) -> str:
    """Text in `encoding`, or as guessed where there is none or the bytes don't bear it out."""
    for candidate in (encoding, guess(raw)):
        try:
            if candidate:
                return raw.decode(candidate)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _reads_as_chinese(sample: bytes) -> bool:
    """Whether nearly all that is not ASCII are pairs of the everyday GB 2312 repertoire.

    Accented letters in a Western set stand alone between ASCII ones, so read as GB 18030 they
    swallow a neighbour and give rare characters, which GB 2312 does not have.
    """
    try:
        wide = [letter for letter in sample.decode("gb18030") if ord(letter) > 127]
    except UnicodeDecodeError:
        return False
    everyday = sum(1 for letter in wide if _is_everyday(letter))
    return everyday >= 2 and everyday >= 0.75 * len(wide)


def _is_everyday(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
