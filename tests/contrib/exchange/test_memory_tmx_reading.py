"""TMX files of many tools, read unit by unit; hostile ones are refused."""

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from archive.contrib.exchange.tmx import MOST_CHARACTERS, TmxError, read_tmx

HEAD = '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>'
FOOT = "</body></tmx>"


def unit(english: str, chinese: str = "你好") -> str:
    tuv = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
    return f"<tu>{tuv.format('en', english)}{tuv.format('zh', chinese)}</tu>"


def read(text: str, encoding: str = "utf-8") -> list[Any]:
    return list(read_tmx(io.BytesIO(text.encode(encoding))))


def english(text: str) -> str:
    return read(HEAD + unit(text) + FOOT)[0].texts[0][1]


@pytest.mark.parametrize(
    ("seg", "text"),
    [
        ('Press <bpt i="1">&lt;b&gt;</bpt>Enter<ept i="1">&lt;/b&gt;</ept> now', "Press Enter now"),
        ('one<ph x="1">{1}</ph> two<it pos="begin">&lt;i&gt;</it>', "one two"),
        ("a <hi>marked</hi> word", "a marked word"),
        ('see <bpt i="1">&lt;a title="<sub>tip</sub>"&gt;</bpt>here', "see here"),
        ("R&amp;D &#x4E2D;", "R&D 中"),
    ],
)
def test_inline_tags_go_and_their_text_stays(seg, text):
    assert english(seg) == text


def test_attributes_and_tags_may_have_capitals_and_old_names():
    file = (
        '<TMX><HEADER SRCLANG="EN-US" CREATIONTOOL="Old"/><BODY><TU TUID="7">'
        '<TUV LANG="EN-US"><SEG>Hi</SEG></TUV></TU></BODY></TMX>'
    )
    (found,) = read(file)
    assert (found.tuid, found.tool, found.source_language) == ("7", "Old", "EN-US")
    assert found.texts == [("EN-US", "Hi")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_tools_write_are_read(encoding):
    assert read(HEAD + unit("port", "港口") + FOOT, encoding)[0].texts[1] == ("zh", "港口")


def test_a_document_type_is_named_and_never_fetched():
    doctype = '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/tmx14.dtd">'
    file = HEAD.replace("?>", "?>" + doctype, 1) + unit("port") + FOOT
    assert read(file)[0].texts[0] == ("en", "port")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]>',
    ],
)
def test_entities_are_refused(doctype):
    with pytest.raises(TmxError, match="entities"):
        read(HEAD.replace("?>", "?>" + doctype, 1) + unit("port") + FOOT)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("", "empty"),
        ("<xliff/>", "begins with <xliff>"),
        ("not xml", "line 1"),
        (HEAD + unit("port"), "line 1"),
        ('<?xml version="1.0" encoding="gb18030"?><tmx/>', "UTF-8"),
    ],
)
def test_what_is_no_tmx_file_gets_a_clear_answer(file, message):
    with pytest.raises(TmxError, match=message):
        read(file)


def test_units_before_a_break_are_kept():
    broken = io.BytesIO((HEAD + unit("one") + unit("two") + "<tu").encode())
    assert [one.texts[0][1] for one in until_broken(broken)] == ["one", "two"]


def until_broken(stream: Any) -> Iterator[Any]:
    with suppress(TmxError):
        yield from read_tmx(stream)


class Endless(io.RawIOBase):
    """A file of so many bytes, made while it is read."""

    def __init__(self, head: str, piece: str, size: int) -> None:
        self._rest = head.encode()
        self._piece = piece.encode() * 9
        self._left = size

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and self._left > 0:
            self._rest += self._piece
            self._left -= len(self._piece)
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk


@pytest.mark.parametrize(
    ("head", "piece"),
    [(HEAD, unit("port " * 200)), (HEAD + "<tu><tuv xml:lang='en'><seg>", "word ")],
    ids=["many units", "one long text"],
)
def test_any_size_is_read_in_the_same_memory(head, piece):
    tracemalloc.start()
    for _unit in until_broken(Endless(head, piece, 8_000_000)):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_text_that_is_far_too_long_is_marked():
    (found,) = read(HEAD + unit("x" * (MOST_CHARACTERS + 1)) + FOOT)
    assert found.is_too_long
