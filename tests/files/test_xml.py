"""XML of others: what is refused, in which encodings it is read, and what is found in it."""

import pytest

from archive.files.errors import FileError
from archive.files.xml import attribute, child, name_of, parse_xml, root_name, value_of

DECLARED = '<?xml version="1.0" encoding="{}"?><a>港口</a>'


@pytest.mark.parametrize(
    ("declared", "used"),
    [("utf-8", "utf-8-sig"), ("gb2312", "gb18030"), ("big5", "big5"), ("utf-16", "utf-16"),
     ("utf-16", "utf-8"), ("iso-8859-1", "utf-8")],
)  # fmt: skip
def test_a_document_is_read_in_its_encoding(declared: str, used: str) -> None:
    assert parse_xml(DECLARED.format(declared).encode(used)).text == "港口"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<a><b></a>", "line 1 isn't well-formed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "entities"),
        (b"<a>" + b"<b/>" * 4 + b"</a>", "more than 5 tags"),
        (bytes(range(256)), "line 1 isn't well-formed"),
    ],
)
def test_what_is_broken_or_a_trap_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FileError, match=reason):
        parse_xml(data, most_tags=5)


def test_a_prefix_that_a_program_lost_is_known() -> None:
    root = parse_xml(
        b'<?xml version="1.0"?><!-- a --><x:a xmlns:x="u" d:b="1"/>', prefixes={"d": "v"}
    )
    assert (name_of(root), value_of(root, "b")) == ("a", "1")


def test_names_count_without_their_case_and_name_space() -> None:
    root = parse_xml(b'<A xmlns="u" xml:lang="en"><B Key=" two  words "/></A>')
    assert name_of(child(root, "b")) == "b"  # type: ignore[arg-type]
    assert (attribute(child(root, "b"), "key"), value_of(child(root, "b"), "key")) == (
        "two words",
        " two  words ",
    )
    assert value_of(root, "lang") == "en"


@pytest.mark.parametrize(
    "text",
    ["<rss/>", "\ufeff <x:RSS a='b'>", "<?xml?><!-- <a> --><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>"],
)
def test_the_first_element_tells_the_kind_of_file(text: str) -> None:
    assert root_name(text.encode()) == "rss"
