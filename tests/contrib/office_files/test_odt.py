"""OpenDocument texts: what is kept of one, and what is said of the rest."""

import io
import time

import pytest
from odfdo import Document, Frame, Header, List, Paragraph, Style, Table

from archive.contrib.intake.records import IntakeError
from archive.contrib.office_files.odt import OdtFormat
from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.formats.reading import reads_like_text, source, stories, story
from tests.contrib.intake.texts import CHINESE, ENGLISH

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "draw": "drawing",
        "style": "style",
        "table": "table",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
    }.items()
)
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def empty() -> Document:
    document = Document("text")
    document.body.clear()
    return document


def flat(body: str, styles: str = "", rest: str = "") -> bytes:
    styles = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{start}<office:document {NAMES}>{rest}{styles}{body}</office:document>".encode()


def packed(body: str, **parts: bytes) -> bytes:
    content = flat(body).replace(b"office:document ", b"office:document-content ")
    content = content.replace(b"/office:document>", b"/office:document-content>")
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content, **parts})


def lines(data: bytes) -> list[tuple[str, str]]:
    (document,) = OdtFormat().documents(source(data))
    return [(line.kind, line.text) for line in document.lines]


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_a_story_goes_in_with_nothing_missing(text: str) -> None:
    document = empty()
    for line in text.splitlines():
        document.body.append(Paragraph(line))
    assert reads_like_text(saved(document), text).format == "odt"
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.splitlines())
    assert reads_like_text(flat(paragraphs), text).format == "odt"


def test_headings_lists_and_tables() -> None:
    document = empty()
    document.body.append(Paragraph("Port opens", style="Title"))
    document.body.append(Header(1, "Room"))
    document.body.append(List(["One", "Two"]))
    table = Table("Tonnes", width=2, height=2)
    table.set_values([["Port", "Tonnes"], ["Zhanjiang", "3 m"]])
    document.body.append(table)
    (found,) = OdtFormat().documents(source(saved(document)))
    assert [(line.kind, line.text) for line in found.lines] == [
        ("headline", "Port opens"),
        ("subhead", "Room"),
        ("list_item", "One"),
        ("list_item", "Two"),
        ("table_row", "Port\tTonnes"),
        ("table_row", "Zhanjiang\t3 m"),
    ]
    assert found.lines[2].group == found.lines[3].group != found.lines[4].group


def test_merged_cells_keep_the_others_in_their_columns() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    first = "".join(map(cell.format, ("Cane", "A", "210")))
    second = "<table:covered-table-cell/>" + "".join(map(cell.format, ("B", "190")))
    rows = "".join(f"<table:table-row>{one}</table:table-row>" for one in (first, second))
    found = lines(flat(f"<table:table>{rows}</table:table>"))
    assert [text for _kind, text in found] == ["Cane\tA\t210", "\tB\t190"]


def test_emphasis_and_links_are_kept_as_markup() -> None:
    document = empty()
    document.insert_style(Style("text", name="B", area="text", bold=True), automatic=True)
    paragraph = Paragraph("It is very fast, see here.")
    paragraph.set_span("B", regex="very")
    paragraph.set_link("https://example.com/", regex="here")
    document.body.append(paragraph)
    (found,) = next(OdtFormat().documents(source(saved(document)))).lines
    link = '<a href="https://example.com/">here</a>'
    assert found.markup == f"It is <b>very</b> fast, see {link}."


def test_raised_and_lowered_digits_stay_so() -> None:
    style = (
        '<style:style style:name="{}" style:family="text"><style:text-properties '
        'style:text-position="{}"/></style:style>'
    )
    span = '<text:span text:style-name="{}">{}</text:span>'
    body = f"<text:p>10{span.format('Up', '9')} of H{span.format('Low', '2')}O</text:p>"
    styles = style.format("Up", "super 58%") + style.format("Low", "-33% 58%")
    assert lines(flat(body, styles)) == [("text", "10⁹ of H₂O")]


def test_a_bold_paragraph_is_said_to_be_emphasised() -> None:
    style = (
        '<style:style style:name="P1" style:family="paragraph"><style:text-properties '
        'fo:font-weight="bold"/></style:style>'
    )
    body = '<text:p text:style-name="P1">Room</text:p><text:p>Plain</text:p>'
    found = next(OdtFormat().documents(source(flat(body, style)))).lines
    assert [line.is_emphasised for line in found] == [True, False]


def test_spaces_breaks_notes_and_changes() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>One<text:s text:c='2'/>two<text:line-break/>three<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>In a letter</text:p></text:note-body>"
        "</text:note><office:annotation><text:p>Really?</text:p></office:annotation></text:p>"
    )
    assert lines(flat(body)) == [
        ("text", "One two"),
        ("text", "three[1]"),
        ("text", "[1] In a letter"),
    ]
    article = story(flat(body))
    assert "Struck-out words were left out: Gone" in article.warnings
    assert "Comment in the margin: Really?" in article.missing


def test_a_comment_in_a_cell_is_none_of_its_words() -> None:
    note = "<office:annotation><text:p>Really?</text:p></office:annotation>"
    cells = "".join(f"<table:table-cell>{one}</table:table-cell>" for one in (
        f"<text:p>Ships{note}</text:p>", "<text:p>12</text:p>"))  # fmt: skip
    body = f"<table:table>{f'<table:table-row>{cells}</table:table-row>' * 2}</table:table>"
    assert lines(flat(body)) == [("table_row", "Ships\t12")] * 2


def test_a_picture_that_cant_be_shown_leaves_its_description() -> None:
    frame = '<draw:frame><draw:image xlink:href="Pictures/1.wmf"/><svg:desc>Cranes</svg:desc>'
    body = f"<text:p>Port opens</text:p><text:p>{frame}</draw:frame></text:p>"
    assert story(packed(body, **{"Pictures/1.wmf": b"?"})).missing == ["Cranes"]


def test_a_picture_in_a_frame_has_its_caption_and_words() -> None:
    body = (
        "<text:p>Before</text:p><text:p><draw:frame><draw:text-box><text:p><draw:frame>"
        '<draw:image xlink:href="Pictures/1.jpg"/><svg:desc>Cranes</svg:desc></draw:frame>'
        "The port on Monday.</text:p></draw:text-box></draw:frame></text:p><text:p>After</text:p>"
    )
    (found,) = OdtFormat().documents(source(packed(body, **{"Pictures/1.jpg": JPEG})))
    (image,) = found.images
    assert (image.data, image.alt_text) == (JPEG, "Cranes")
    assert [(line.kind, line.text) for line in found.lines] == [
        ("text", "Before"),
        ("caption", "The port on Monday."),
        ("text", "After"),
    ]


def test_odfdos_own_frames_are_read() -> None:
    document = empty()
    name = document.add_file(io.BytesIO(JPEG))
    paragraph = Paragraph("Port")
    paragraph.append(Frame.image_frame(name, size=("6cm", "4cm"), anchor_type="as-char"))
    document.body.append(paragraph)
    (found,) = OdtFormat().documents(source(saved(document)))
    assert [one.data for one in found.images] == [JPEG]


def test_properties_are_metadata() -> None:
    meta = (
        "<office:meta><dc:title>Port story</dc:title><meta:keyword>port</meta:keyword>"
        "<dc:date>2015-09-22T10:00:00</dc:date></office:meta>"
    )
    article = story(flat("<text:p>Port opens</text:p>", rest=meta))
    assert (article.document_title, article.keywords) == ("Port story", ("port",))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (flat(""), "holds no words"),
        (flat("<text:p>Port</text:p>")[:-40], "well-formed"),
        (packed("<text:p>Port</text:p>")[:-30], "damaged, cut off"),
    ],
)
def test_what_is_damaged_or_empty_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(IntakeError, match=reason):
        stories(data)


def test_a_long_document_takes_moments() -> None:
    body = "<text:p>a<text:span>b</text:span></text:p>" * 1_000
    started = time.process_time()
    assert len(lines(flat(body))) == 1_000
    assert time.process_time() - started < 4
