"""PDF: columns, running heads, divided words; scans and protected files are said."""

import io
import textwrap

import pytest
from pypdf import PdfReader, PdfWriter

from archive.contrib.intake.records import IntakeError
from archive.contrib.office_files.pdf import PdfFormat
from archive.contrib.office_files.pdf_layout import PdfPage, PdfPiece, read_layout
from tests.contrib.intake.files import JPEG
from tests.contrib.intake.formats.reading import reads_like_text, source, stories, story
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.contrib.office_files.pdf_files import Piece, pdf

WORDS = "The port opened a new route on Monday and two ships left for the south in the morning "


def column(x: float, y: float, *lines: str, size: float = 10, font: int = 1) -> list[Piece]:
    return [(x, y - 12 * number, size, line, font) for number, line in enumerate(lines)]


def story_page(text: str, font: int) -> list[Piece]:
    """Lines of a column, with space between the paragraphs."""
    page, y = [], 800
    for paragraph in text.splitlines():
        chinese = [paragraph[at : at + 22] for at in range(0, len(paragraph), 22)]
        wrapped = textwrap.wrap(paragraph, 40) if font == 1 else chinese
        page += column(50, y, *wrapped, font=font)
        y -= 12 * len(wrapped) + 10
    return page


def lines(data: bytes) -> list[tuple[str, str]]:
    (document,) = PdfFormat().documents(source(data))
    return [(line.kind, line.text) for line in document.lines]


def texts(data: bytes) -> list[str]:
    return [text for _kind, text in lines(data)]


@pytest.mark.parametrize(("text", "font"), [(ENGLISH, 1), (CHINESE, 3)])
def test_a_story_goes_in_with_nothing_missing(text: str, font: int) -> None:
    assert reads_like_text(pdf([story_page(text, font)]), text).format == "pdf"


def test_lines_become_paragraphs_and_divided_words_are_joined() -> None:
    page = column(50, 700, WORDS + "and mor-", "e ships came as a long-", "term plan says so far.")
    page += column(62, 664, "A long-term plan is there, and it is as long as the others are, too.")
    found = texts(pdf([page]))
    assert found == [
        f"{WORDS}and more ships came as a long-term plan says so far.",
        "A long-term plan is there, and it is as long as the others are, too.",
    ]
    assert "2 words divided at line ends were joined" in str(story(pdf([page])).warnings)


def test_chinese_lines_are_joined_without_spaces() -> None:
    page = column(70, 700, "湛江港昨日开通一条新航线货物由此运往", font=3)
    page += column(50, 688, "欧洲，全程缩短七天。", font=3)
    page += column(70, 676, "明年还将新增两个泊位。", font=3)
    assert texts(pdf([page])) == [
        "湛江港昨日开通一条新航线货物由此运往欧洲，全程缩短七天。",
        "明年还将新增两个泊位。",
    ]


def columns() -> tuple[list[Piece], list[Piece]]:
    left = column(50, 700, *(f"left column with its words, line {at} and" for at in range(8)))
    right = column(320, 700, *(f"right column with its words, line {at} and" for at in range(8)))
    return left, right


@pytest.mark.parametrize("alternate", [False, True])
def test_columns_are_read_one_after_the_other(alternate: bool) -> None:
    left, right = columns()
    pieces = [one for pair in zip(left, right, strict=True) for one in pair]
    page: list[Piece] = [(50, 750, 24, "Port opens", 2), *(pieces if alternate else left + right)]
    kind, headline = lines(pdf([page]))[0]
    text = " ".join(texts(pdf([page]))[1:])
    assert (kind, headline) == ("headline", "Port opens")
    assert text.index("left column with its words, line 7") < text.index("right column")
    assert "columns" in str(story(pdf([page])).warnings)


def test_running_heads_and_page_numbers_are_apart() -> None:
    def page(number: int) -> list[Piece]:
        head: Piece = (50, 820, 8, f"CHINA DAILY September {number}, 2015", 1)
        return [head, *column(50, 700, WORDS + str(number)), (290, 20, 8, f"- {number} -", 1)]

    found = lines(pdf([page(1), page(2)]))
    assert found[0] == ("text", f"{WORDS}1 {WORDS}2")
    assert ("furniture", "- 1 -") in found
    assert ("text", "CHINA DAILY September 1, 2015") in found


def test_a_subhead_in_bold_is_emphasised() -> None:
    page = column(50, 700, WORDS + "now.") + column(50, 688, "Room for growth", font=2)
    page += column(50, 676, WORDS + "then.")
    (document,) = PdfFormat().documents(source(pdf([page])))
    assert [line.is_emphasised for line in document.lines] == [False, True, False]


def test_pictures_and_properties_are_kept() -> None:
    data = pdf([column(50, 700, WORDS)], picture=JPEG, title="Port story")
    (document,) = PdfFormat().documents(source(data))
    assert len(document.images) == 1
    assert document.metadata.document_title == "Port story"


def test_words_without_spaces_between_them_are_said() -> None:
    page = column(50, 700, *["Theharbourmastersaidonmonday that"] * 4)
    assert "Spaces between words" in str(story(pdf([page])).warnings)


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left = column(
        50, 300, *["a left line that is as wide as its column", "and the last of it goes"]
    )
    right = column(
        320, 700, "on at the top of the column beside it,", "and only there it has its end."
    )
    (found,) = texts(pdf([left + right]))
    assert "the last of it goes on at the top of" in found


FULL = "The port opened a new route on Monday and two ships left for the south."


@pytest.mark.parametrize(
    ("first", "indents", "count"),
    [
        ("Two more ships will join them", (50, 50), 2),
        ("and two more ships will join them", (50, 50), 1),
        ("Two more ships will join them", (62, 62), 2),
        ("Two more ships will join them", (62, 50), 1),
    ],
)
def test_a_page_begins_a_paragraph_or_goes_on(
    first: str, indents: tuple[int, int], count: int
) -> None:
    start, turn = indents
    pages = [
        column(start, 124, FULL) + column(50, 112, *[FULL] * 2),
        column(turn, 700, first) + column(50, 688, *[FULL] * 2) + column(start, 650, FULL),
    ]
    found = texts(pdf(pages))
    assert len(found) == count + 1
    assert found[count - 1].rpartition(first)[1] == first


def test_letters_that_a_font_prints_as_one_are_letters() -> None:
    assert texts(pdf([column(50, 700, "The o\ufb03ce of the \ufb01nder.", font=3)])) == [
        "The office of the finder."
    ]


def test_several_headlines_are_said() -> None:
    page: list[Piece] = []
    for at in range(3):
        page += [(50, 780 - at * 100, 20, f"Headline {at}", 2)]
        page += column(50, 750 - at * 100, WORDS + f"{at}.")
    assert "more than one story" in str(story(pdf([page])).warnings)


def protected() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([column(50, 700, WORDS)]))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]], picture=JPEG), "OCR"),
        (pdf([column(50, 700, "\ue001\ue002\ue003\ue004" * 9, font=3)]), "fonts don't say"),
        (protected(), "password"),
        (b"%PDF-1.7\n" + b"\x80\x81" * 50, "damaged or cut off"),
        (pdf([[]] * 101), "101 pages"),
    ],
    ids=["picture", "no words", "protected", "cut off", "long"],
)
def test_what_can_not_be_read_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(IntakeError, match=reason):
        stories(data)


def test_many_pieces_take_moments() -> None:
    pieces = tuple(
        PdfPiece(50 + at % 9 * 60, 800 - at // 9, 10, "word-", at % 2 == 0) for at in range(6_000)
    )
    assert read_layout([PdfPage(595, 842, pieces)]).paragraphs
