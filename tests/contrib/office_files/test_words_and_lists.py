"""What word processors and pages say alike: struck-out words, counted lists, broken lines."""

import io

import pytest
from django.utils.translation import override
from docx import Document

from archive.contrib.intake.documents import DocumentImage, DocumentMetadata
from archive.contrib.intake.pasted import read_copied_story
from archive.contrib.intake.record_warnings import in_own_language
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.office_files.rich_text import DocumentLines, TextRun
from tests.contrib.intake.files import JPEG
from tests.contrib.intake.formats.reading import stories, story
from tests.contrib.intake.test_several import CARD
from tests.contrib.office_files import test_docx, test_odt, test_rtf

HAN = "湛江港周一开通一条新航线，首批货物当天中午离港，运往南方的多个港口，一周内全部到达。"
LONG = (
    "A new ferry line between Dongshan and Naozhou islands carried its first 240 passengers on "
    "Monday, the harbor office said."
)
BELOW = (
    "Before, people had to travel ninety kilometers by bus over the bridge at the northern end "
    "of the bay, residents said."
)
STRUCK = "Struck-out words were left out: fifty, of the old"
THROUGH = 'style:text-line-through-style="solid"'


def docx_of(*paragraphs: list[tuple[str, bool]]) -> bytes:
    """Paragraphs of runs, each struck out or not; a line feed in a run is a break."""
    document = Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, is_struck in runs:
            paragraph.add_run(text).font.strike = is_struck
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def odt_of(*paragraphs: list[tuple[str, bool]]) -> bytes:
    style = f'<style:style style:name="S"><style:text-properties {THROUGH}/></style:style>'
    body = "".join(f"<text:p>{''.join(map(_span, paragraph))}</text:p>" for paragraph in paragraphs)
    return test_odt.flat(body.replace("\n", "<text:line-break/>"), style)


def _span(run: tuple[str, bool]) -> str:
    text, is_struck = run
    return f'<text:span text:style-name="S">{text}</text:span>' if is_struck else text


def rtf_of(*paragraphs: list[tuple[str, bool]]) -> bytes:
    body = "".join(
        "".join(f"{{\\strike {text}}}" if is_struck else text for text, is_struck in runs)
        + "\\par "
        for runs in paragraphs
    )
    return test_rtf.rtf(body.replace("\n", "\\line "))


def html_of(*paragraphs: list[tuple[str, bool]]) -> str:
    body = "".join(
        f"<p>{''.join(f'<s>{text}</s>' if is_struck else text for text, is_struck in runs)}</p>"
        for runs in paragraphs
    )
    return body.replace("\n", "<br>")


MAKERS = {"docx": docx_of, "odt": odt_of, "rtf": rtf_of}
FILES = sorted(MAKERS)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("between", ["", "* * *"])
def test_cards_in_a_document_are_a_story_each(name: str, between: str) -> None:
    cards = [CARD.format(number).splitlines() for number in (2, 5)]
    lines = [*cards[0], between, *cards[1]]
    found = stories(MAKERS[name](*([(line, False)] for line in lines)), f"cards.{name}")
    assert [(one.headline, one.page, str(one.published)) for one in found] == [
        ("Ferry number 2 links two ports", "2", "1987-03-02"),
        ("Ferry number 5 links two ports", "5", "1987-03-05"),
    ]
    assert [len(one.blocks) for one in found] == [1, 1]


def test_pictures_and_notes_of_cards_stay_with_their_card() -> None:
    lines = DocumentLines()
    for number in (2, 5):
        for line in (*CARD.format(number).splitlines(), ""):
            lines.add_paragraph("text", [TextRun(line)])
        lines.add_image(DocumentImage(f"{number}.png", data=JPEG))
    found = [*lines.documents(DocumentMetadata())]
    assert [[(one.name, one.after) for one in document.images] for document in found] == [
        *([("2.png", 7)], [("5.png", 7)]),
    ]


# The top of a story, which its layout tells.
TOP = [[("Ferry line opens between two islands", False)], [("By Wang Wei", False)]]
TOP_OF_PAGE = "<h1>Ferry line opens between two islands</h1><p>By Wang Wei</p>"


def read(kind: str, *paragraphs: list[tuple[str, bool]]) -> ParsedArticle:
    return story(MAKERS[kind](*TOP, *paragraphs))


def pasted(*paragraphs: str) -> ParsedArticle:
    return read_copied_story(TOP_OF_PAGE + "".join(f"<p>{one}</p>" for one in paragraphs), "")


@pytest.mark.parametrize("kind", [*FILES, "pasted"])
def test_a_struck_out_word_is_no_word_of_the_text_and_is_named(kind: str) -> None:
    struck = [("It has room for ", False), ("fif", True), ("ty ", True), ("sixty cars", False)]
    struck += [(" of the old", True), (", the port said.", False)]
    paragraphs = [[(LONG, False)], struck, [(BELOW, False)]]
    if kind == "pasted":
        article = pasted(html_of(*paragraphs).replace("</s><s>", ""))
    else:
        article = read(kind, *paragraphs)
    assert article.blocks[1].text == "It has room for sixty cars, the port said."
    assert STRUCK in article.warnings


@pytest.mark.parametrize(
    "markup",
    ["<del>old</del>", "<strike>old</strike>", '<b style="text-decoration: line-through">old</b>'],
)
def test_a_page_strikes_words_out_by_element_or_style(markup: str) -> None:
    article = pasted(LONG, f"It has {markup} new boats.")
    assert article.blocks[1].text == "It has new boats."
    assert "Struck-out words were left out: old" in article.warnings


@pytest.mark.parametrize("kind", [*FILES, "pasted"])
def test_lines_of_a_paragraph_amid_the_text_are_no_subheads(kind: str) -> None:
    fares = "Adults pay 18 yuan\nChildren pay nine\nCars pay 90"
    if kind == "pasted":
        article = pasted(LONG, fares.replace("\n", "<br>"), BELOW)
    else:
        article = read(kind, [(LONG, False)], [(fares, False)], [(BELOW, False)])
    assert [one.type for one in article.blocks] == ["paragraph"] * 3
    assert article.blocks[1].markup == fares.replace("\n", "<br/>")


@pytest.mark.parametrize("kind", FILES)
def test_a_story_that_is_broken_into_lines_alone_is_read_as_one(kind: str) -> None:
    text = f"Ferry line opens\nBy Wang Wei\n{LONG}\nMore boats to come\n{BELOW}"
    article = story(MAKERS[kind]([(text, False)]))
    assert (article.headline, [one.name for one in article.bylines]) == (
        "Ferry line opens",
        ["Wang Wei"],
    )
    assert [one.type for one in article.blocks] == ["paragraph", "subhead", "paragraph"]


@pytest.mark.parametrize(
    ("byline", "lines"),
    [
        ("By Wang Wei", [LONG, "She said:", f"{LONG} {LONG}", BELOW, "(Ends)"]),
        ("本报记者 王伟", [HAN, "她说：", HAN, HAN, "（完）"]),
    ],
)
def test_a_story_parted_by_line_breaks_alone_has_paragraphs(byline: str, lines: list[str]) -> None:
    body = "<br>".join([byline, *lines])
    page = f"<html><body><article><h1>Port</h1><div>{body}</div></article></body></html>"
    article = story(page.encode(), "port.html")
    assert [one.text for one in article.blocks] == lines[:-1]
    assert [one.name for one in article.bylines] == [byline.split(" ", 1)[1]]


def test_fares_below_a_long_sentence_of_a_page_stay_with_it() -> None:
    lines = [f"{BELOW} {BELOW} {BELOW}", "Adults pay 18 yuan", "Children pay nine", "Cars pay 90"]
    article = pasted(LONG, "<br>".join(lines))
    assert [one.type for one in article.blocks] == ["paragraph"] * 2


def _odt_list(level: str) -> bytes:
    kind = f'<text:list-level-style-{level} text:level="1"/>'
    style = f'<text:list-style style:name="L">{kind}</text:list-style>'
    items = "".join(
        f"<text:list-item><text:p>{one} boats</text:p></text:list-item>" for one in "abc"
    )
    return test_odt.flat(f'<text:list text:style-name="L">{items}</text:list>', style)


def _rtf_list(*marks: str) -> bytes:
    return test_rtf.rtf(
        "".join(rf"{{\listtext\pard {one}\tab}}\ls1 {one} boats\par " for one in marks)
    )


@pytest.mark.parametrize(
    ("data", "is_numbered"),
    [
        (_odt_list("number"), True),
        (_odt_list("bullet"), False),
        (_rtf_list("1.", "2.", "3."), True),
        (_rtf_list(r"\'95", r"\'95"), False),
        (_rtf_list("(a)", "(b)"), True),
        (_rtf_list("o", "o"), False),
    ],
    ids=["odt", "odt-bullets", "rtf", "rtf-bullets", "rtf-letters", "rtf-circles"],
)
def test_a_counted_list_stays_one(data: bytes, is_numbered: bool) -> None:
    (found,) = [one for one in story(data).blocks if one.type == "list"]
    assert len(found.text.split("\n")) > 1
    assert found.is_numbered is is_numbered


OBJECT = "An embedded object, such as a chart or a sheet, was left out."
CHART = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing>'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r>'
)


def _docx_with_chart() -> bytes:
    document = Document()
    test_docx.xml_run(document.add_paragraph(LONG), CHART)
    return test_docx.saved(document)


@pytest.mark.parametrize(
    "data",
    [
        _docx_with_chart(),
        test_odt.flat(f"<text:p>{LONG}<draw:frame><draw:object/></draw:frame></text:p>"),
        test_rtf.rtf(rf"{LONG}{{\object\objemb{{\*\objdata 0105}}}}\par "),
    ],
    ids=FILES,
)
def test_an_embedded_object_is_said_to_be_left_out(data: bytes) -> None:
    assert OBJECT in story(data).warnings


def test_what_was_left_out_is_told_in_the_readers_language() -> None:
    with override("zh-hans"):
        assert in_own_language([OBJECT, "Struck-out words were left out: old"]) == [
            "已略去嵌入的对象（如图表或工作表）。",
            "已略去加删除线的文字：old",
        ]


def test_words_subtitles_are_the_standfirst_line_by_line() -> None:
    decks = "<p class=MsoSubtitle>Half an hour<br>Eighteen yuan</p>"
    decks += "<p class='MsoSubtitle'>More boats in May</p>"
    text = f"<p class=MsoTitle>Ferry line opens</p>{decks}<p>By Wang Wei</p><p>{LONG}</p>"
    article = read_copied_story(text, "")
    assert article.headline == "Ferry line opens"
    assert article.standfirst == "Half an hour\nEighteen yuan\nMore boats in May"
