"""A file may name an encoding of texts, and no other."""

import pytest

from archive.contrib.exchange.po import read_po
from archive.contrib.exchange.units import ExchangeError
from archive.files.xml import parse_xml
from archive.text.encodings import codec, decode_text


@pytest.mark.parametrize("name", ["UTF-8", "utf_16", "GB18030", "gbk", "Big5", "windows-1252"])
def test_encodings_of_texts_are_known(name: str) -> None:
    assert "a".encode(codec(name)).decode(codec(name)) == "a"


@pytest.mark.parametrize("name", ["punycode", "zip", "base64", "unicode_escape", "nonsense"])
def test_no_other_is_used_to_read_anything(name: str) -> None:
    """XML is told by its bytes then, as where nothing is declared."""
    with pytest.raises(LookupError, match=name):
        codec(name)
    with pytest.raises(ExchangeError, match=name):
        read_po(f'msgid ""\nmsgstr "Content-Type: text/plain; charset={name}"\n'.encode())
    declared = f'<?xml version="1.0" encoding="{name}"?><a>港口&amp;-8ca</a>'
    assert parse_xml(declared.encode()).text == "港口&-8ca"


def test_a_programs_file_that_is_cut_off_is_no_text() -> None:
    assert decode_text(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)) is None
