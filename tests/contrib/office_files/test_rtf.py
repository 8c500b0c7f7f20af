"""RTF: any code page, emphasis, tables, notes and pictures."""

import time
from collections.abc import Callable

import pytest

from archive.contrib.intake.records import IntakeError
from archive.contrib.office_files.rtf import RtfFormat
from tests.contrib.intake.files import JPEG
from tests.contrib.intake.formats.reading import reads_like_text, source, stories, story
from tests.contrib.intake.texts import CHINESE, ENGLISH

FONTS = (
    r"{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 MingLiU;}}"
)


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    return f"{{\\rtf1{head}{FONTS}{body}}}".encode("latin-1")


def as_unicode(text: str) -> str:
    """As Word writes it: a number and a stand-in for old readers."""
    units = text.encode("utf-16-le")
    pairs = (units[at : at + 2] for at in range(0, len(units), 2))
    codes = [int.from_bytes(pair, "little", signed=True) for pair in pairs]
    return "".join(chr(code) if 31 < code < 127 else f"\\u{code}?" for code in codes)


def as_bytes(text: str, encoding: str) -> str:
    """Bytes beyond ASCII in hexadecimal; the second of a pair may be a letter as it is."""
    return "".join(
        chr(one) if one < 128 and one not in b"\\{}" else f"\\'{one:02x}"
        for one in text.encode(encoding)
    )


def body(text: str, write: Callable[[str], str], head: str = r"\ansi\ansicpg1252") -> bytes:
    return rtf("".join(f"\\pard {write(line)}\\par\n" for line in text.splitlines()), head)


def lines(data: bytes) -> list[str]:
    (document,) = RtfFormat().documents(source(data))
    return [line.text for line in document.lines]


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_a_story_goes_in_with_nothing_missing(text: str) -> None:
    assert reads_like_text(body(text, as_unicode), text).format == "rtf"


def test_a_story_in_a_chinese_code_page_goes_in() -> None:
    written = body(CHINESE, lambda line: as_bytes(line, "gb18030"), r"\ansi\ansicpg936")
    reads_like_text(written, CHINESE)
    by_font = body(CHINESE, lambda line: r"{\f1 " + as_bytes(line, "gb18030") + "}")
    reads_like_text(by_font, CHINESE)


def test_big_5_whose_second_byte_is_a_letter_is_read() -> None:
    assert lines(rtf(r"{\f2 " + as_bytes("基隆港許功蓋", "cp950") + r"\par}")) == ["基隆港許功蓋"]


def test_characters_beyond_the_basic_plane_and_stand_ins() -> None:
    text = r"\uc2 \u28251\'d5\'bf a {\uc0 \u28251 b}\uc1\u-10179?\u-8704?"
    assert lines(rtf(text)) == ["湛 a 湛b😀"]


def test_typography_and_line_ends() -> None:
    text = r"\ldblquote New\rdblquote\emdash it\rquote s \{here\}\line two\par three\~\_x"
    assert lines(rtf(text)) == ["“New”—it’s {here}", "two", "three \u2011x"]


def test_emphasis_is_kept_and_a_bold_paragraph_said() -> None:
    text = r"{\b Room for growth}\par It is {\i very} {\b\i fast}\b0 .\par"
    found = next(RtfFormat().documents(source(rtf(text)))).lines
    assert found[0].is_emphasised
    assert found[1].markup == "It is <i>very</i> <b><i>fast</i></b>."


def test_raised_and_lowered_digits_stay_so() -> None:
    text = r"10{\super 9} of H\sub 2\nosupersub O, 10{\up6 -3}, the 4{\super th} of 6\par"
    assert lines(rtf(text)) == ["10⁹ of H₂O, 10⁻³, the 4th of 6"]


def test_tables_are_rows() -> None:
    row = r"\trowd\pard\intbl One\cell Two\cell\row "
    found = next(RtfFormat().documents(source(rtf(row * 2 + r"\pard After\par")))).lines
    assert [line.text for line in found] == ["One\tTwo", "One\tTwo", "After"]
    assert found[0].kind == "table_row"
    assert found[0].group == found[1].group


def test_notes_margins_and_what_is_no_text() -> None:
    text = (
        r"{\info{\title Port story}{\keywords port; ship}{\author A}}{\*\generator Word;}"
        r"{\header China Daily\par}{\footer 17\par}{\stylesheet{\s1 Heading;}}"
        r"Said{\super\footnote In a letter} so{\*\annotation Really?}{\v unseen}{\deleted gone}"
        r"{\field{\*\fldinst HYPERLINK http://a.example}{\fldrslt here}}\par"
    )
    assert lines(rtf(text)) == ["Said[1] sohere", "[1] In a letter", "China Daily", "17"]
    article = story(rtf(text))
    assert (article.document_title, article.keywords) == ("Port story", ("port", "ship"))
    assert "Hidden text was left out: unseen" in article.warnings
    assert "Struck-out words were left out: gone" in article.warnings
    assert "Comment in the margin: Really?" in article.missing


def test_pictures_are_kept() -> None:
    picture = r"{\*\shppict{\pict\jpegblip\picw10 " + JPEG.hex("\n", 40) + "}}"
    (document,) = RtfFormat().documents(source(rtf(rf"Port\par {picture}\par After\par")))
    assert [(one.data, one.after) for one in document.images] == [(JPEG, 1)]
    binary = rb"{\rtf1 Port{\pict\bin5 }}{\xy}\par}"
    assert "left out: picture-1" in str(story(binary).warnings)


def test_text_boxes_are_text() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt In the box\par}}}"
    assert lines(rtf(rf"Before {box}\par After\par")) == ["Before In the box", "After"]


@pytest.mark.parametrize("data", [rtf(""), rtf(r"{\pict 0}")])
def test_a_document_without_words_is_said(data: bytes) -> None:
    with pytest.raises(IntakeError, match="holds no words"):
        stories(data)


def test_what_is_cut_off_keeps_the_rest() -> None:
    assert lines(rtf(r"One\par Two\par")[:-5] + b"\\'") == ["One", "Two"]


@pytest.mark.parametrize("piece", ["{", "}", "\\", r"\'", r"\u1 ", r"{\field{\*\fldinst{", r"\b "])
def test_a_long_document_takes_moments(piece: str) -> None:
    started = time.process_time()
    list(RtfFormat().documents(source(rtf("Port " + piece * (60_000 // len(piece))))))
    assert time.process_time() - started < 4
