"""Files that mean harm, or are none: each gets a clear answer, and none takes the server down."""

import io
import zipfile

import pytest

from archive.contrib.exchange.formats import FORMATS, read_stories
from archive.contrib.exchange.plan import ReplyVerdict
from archive.contrib.exchange.units import ExchangeError
from tests.contrib.exchange.values import (
    REF,
    make_reply,
    make_row,
    make_story,
    make_unit,
    read_upload,
    verdict,
)

BOMB = "".join(
    f'<!ENTITY {name} "{"&" + inner + ";" if inner else "ha"}{"&" + inner + ";" if inner else ""}">'
    for name, inner in zip("abcdefghij", ("", *"abcdefghi"), strict=True)
)
ENTITIES = f"<?xml version='1.0'?><!DOCTYPE x [{BOMB}]><xliff>&j;</xliff>"
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff>&e;</xliff>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;]><xliff/>'


@pytest.mark.parametrize("text", [ENTITIES, EXTERNAL, PARAMETER])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(text, encoding):
    text = text.replace("<?xml version='1.0'?>", "")
    with pytest.raises(ExchangeError, match="entities"):
        read_stories("x.xlf", text.encode(encoding))


def test_a_document_type_alone_does_no_harm():
    unit = make_unit("<p>x</p>", "<p>字</p>")
    text = FORMATS["xliff12"].write([make_story(unit)]).decode()
    kind = '<!DOCTYPE xliff PUBLIC "-//XLIFF//DTD XLIFF//EN" "http://127.0.0.1:9/xliff.dtd">'
    text = text.replace("<xliff", f"{kind}<xliff", 1)
    assert len(read_stories("x.xlf", text.encode())) == 1


def test_fifty_megabytes_are_refused_at_once():
    with pytest.raises(ExchangeError, match=r"50 MB; the limit is 10 MB"):
        read_upload("big.xlf", b"<xliff>" + b" " * (50 * 1024 * 1024 - 7))


def test_a_zip_that_swells_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xlf", b" " * (60 * 1024 * 1024))
    assert len(packed.getvalue()) < 100_000
    with pytest.raises(ExchangeError, match="too large"):
        read_upload("bomb.zip", packed.getvalue())


def test_a_site_sets_its_own_limit(settings):
    settings.ARCHIVE_DESK_MAX_BYTES = 1000
    with pytest.raises(ExchangeError, match="too large"):
        read_upload("x.xlf", b"<xliff>" + b" " * 1000)


@pytest.mark.parametrize("tag", ["g", "mrk", "group"])
def test_endless_nesting_breaks_one_unit_and_nothing_else(tag):
    deep = f'<{tag} id="1">' * 50_000 + "字" + f"</{tag}>" * 50_000
    text = (
        f'<xliff version="1.2"><file original="a.{REF}"><body><trans-unit id="k">'
        f"<source>x</source><target>{deep}</target></trans-unit>"
        '<trans-unit id="l"><source>x</source><target>好</target></trans-unit>'
        "</body></file></xliff>"
    )
    replies = read_stories("x.xlf", text.encode())[0].replies
    assert replies[0].trouble
    assert replies[1].target == ("好",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no stories"),
        (b"<xliff", "line 1 isn't well-formed XML"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is a picture"),
        (b"<html><p>Hi</p></html>", "not XLIFF"),
        (b"<xliff version='1.2'/>", "no stories"),
        (b"<?xml version='1.0' encoding='klingon'?><xliff/>", "no stories"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "not encoded"),
        (b"Dear editor,\nhere is my translation.", "Line 1"),
        (b'msgid "x"\nmsgstr "broken', "Line 2"),
        (b'msgid ""\nmsgstr "charset=klingon"', "not encoded as klingon"),
        (b"PK\x03\x04 not a zip", "damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Word or Excel"),
        (bytes(range(256)), "not encoded"),
    ],
)
def test_what_is_no_file_of_translations_is_told_so(data, reason):
    with pytest.raises(ExchangeError, match=reason):
        read_stories("x", data)


@pytest.mark.parametrize("code", ["0000", "D800", "110000", "zz", ""])
def test_characters_that_no_database_holds_break_their_unit(code):
    text = (
        f'<xliff version="2.1"><file id="f-{REF}"><unit id="k"><segment><source>x</source>'
        f'<target>字<cp hex="{code}"/></target></segment></unit></file></xliff>'
    )
    assert "valid character" in read_stories("x", text.encode())[0].replies[0].trouble


@pytest.mark.parametrize("zipped", ["__MACOSX/._a.xlf", "readme.txt", ".hidden.po"])
def test_what_else_a_zip_holds_is_passed_over(zipped):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipped, "nothing of ours")
        archive.writestr("a/b.xlf", FORMATS["xliff21"].write([make_story(make_unit("<p>x</p>"))]))
    assert len(read_upload("x.zip", packed.getvalue())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<i>" * 100_000 + "</b>" * 100_000,
        "<b>" * 100_000 + "</b>" * 100_000,
        "<" * 300_000,
        "<a href='" * 30_000,
        "&" * 300_000,
    ],
)
def test_markup_made_to_keep_a_server_busy_is_refused_soon(text):
    row = make_row("<p>x</p>")
    planned = verdict(make_reply(row, "", source=("x",), target=(text,), is_html=True), row)
    assert planned.verdict in (ReplyVerdict.BROKEN, ReplyVerdict.APPLIED)


@pytest.mark.parametrize("written", ["\\0", "\\x00", "\\000", "\0"])
def test_a_catalogue_holds_no_nul(written):
    text = f'msgctxt "a.{REF} k"\nmsgid "x{written}"\nmsgstr "字{written}"\n'
    reply = read_stories("x.po", text.encode())[0].replies[0]
    assert reply.target[0].startswith("字")
    assert "\0" not in reply.target[0]


def test_a_catalogue_whose_text_is_a_files_name_opens_no_file(tmp_path):
    path = tmp_path / "secret.po"
    path.write_text(f'msgctxt "a.{REF} k"\nmsgid "x"\nmsgstr "secret"\n', encoding="utf-8")
    with pytest.raises(ExchangeError, match="Line 1"):
        read_stories("x.po", str(path).encode())


@pytest.mark.parametrize("order", ["1" * 5000, "-1", "first"])
def test_an_order_that_is_no_number_of_a_part_is_passed_over(order):
    text = (
        f'<xliff version="2.1"><file id="f-{REF}"><unit id="k"><segment><source>x</source>'
        f'<target order="{order}">字</target></segment></unit></file></xliff>'
    )
    assert read_stories("x.xlf", text.encode())[0].replies[0].target == ("字",)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("place", [0, 9, 20])
def test_a_damaged_zip_is_said_to_be(method, place):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("a.xlf", FORMATS["xliff21"].write([make_story(make_unit("<p>x</p>"))]))
    data = bytearray(packed.getvalue())
    start = 30 + len("a.xlf") + place
    data[start : start + 8] = b"\xff" * 8
    with pytest.raises(ExchangeError, match="damaged or cut off"):
        read_upload("x.zip", bytes(data))
