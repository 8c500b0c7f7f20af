"""Word documents: what is kept of one, and what is said of the rest."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from archive.contrib.intake.body import compose
from archive.contrib.intake.records import IntakeError
from archive.contrib.office_files.docx import DocxFormat
from archive.files import packages
from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.formats.reading import reads_like_text, source, stories, story
from tests.contrib.intake.texts import CHINESE, ENGLISH

W = nsdecls("w")


def saved(document: DocumentObject) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def written(text: str) -> bytes:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return saved(document)


def lines(data: bytes) -> list[tuple[str, str]]:
    """(kind, text) of each line that the format makes."""
    (document,) = DocxFormat().documents(source(data))
    return [(line.kind, line.text) for line in document.lines]


def xml_run(paragraph: Paragraph, xml: str) -> None:
    paragraph._p.append(parse_xml(xml))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_a_story_goes_in_with_nothing_missing(text: str) -> None:
    article = reads_like_text(written(text), text)
    assert (article.format, article.item) == ("docx", 1)


def test_styles_say_what_a_paragraph_is() -> None:
    document = Document()
    styles = ("Title", "Subtitle", "Heading 1", "Normal", "Quote", "List Bullet", "Caption")
    for style in styles:
        document.add_paragraph(f"In {style}", style)
    kinds = ["headline", "standfirst", "subhead", "text", "quote", "list_item", "caption"]
    assert lines(saved(document)) == [
        (kind, f"In {style}") for kind, style in zip(kinds, styles, strict=True)
    ]


def test_a_heading_below_a_short_first_paragraph_is_a_subhead() -> None:
    document = Document()
    document.add_heading("The box that crossed the sea", 0)
    document.add_paragraph("By Ruth Delgado")
    document.add_paragraph("The seed club began with one tin box.[1]")
    document.add_heading("What was in the box", 2)
    document.add_paragraph("Forty packets of beans", style="List Bullet")
    article = story(saved(document))
    assert [block.type for block in article.blocks] == ["paragraph", "subhead", "list"]
    assert not article.captions
    assert not article.unplaced


def test_emphasis_and_links_are_kept_as_markup() -> None:
    document = Document()
    paragraph = document.add_paragraph("It is ")
    paragraph.add_run("very").bold = True
    paragraph.add_run(" fast").italic = True
    link = document.part.relate_to("https://example.com/?a=1&b=2", "hyperlink", is_external=True)
    xml = f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
    xml_run(paragraph, xml)
    (found,) = next(DocxFormat().documents(source(saved(document)))).lines
    assert found.text == "It is very fasthere"
    link_markup = '<a href="https://example.com/?a=1&amp;b=2">here</a>'
    assert found.markup == f"It is <b>very</b> <i>fast</i>{link_markup}"


def test_raised_and_lowered_digits_stay_so() -> None:
    document = Document()
    paragraph = document.add_paragraph("10")
    paragraph.add_run("9").font.superscript = True
    paragraph.add_run(" of H")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("O, the 4")
    paragraph.add_run("th").font.superscript = True
    assert lines(saved(document)) == [("text", "10⁹ of H₂O, the 4th")]


def test_a_bold_paragraph_is_said_to_be_emphasised() -> None:
    document = Document()
    document.add_paragraph().add_run("Room for growth").bold = True
    document.add_paragraph("Plain")
    style = document.styles.add_style("Zwischentitel", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    document.add_paragraph("By style", "Zwischentitel")
    found = next(DocxFormat().documents(source(saved(document)))).lines
    assert [line.is_emphasised for line in found] == [True, False, True]


def test_a_list_with_numbers_says_so() -> None:
    document = Document()
    for style in ("List Number", "List Bullet"):
        document.add_paragraph(f"In {style}", style)
    (read,) = DocxFormat().documents(source(saved(document)))
    assert [line.is_numbered for line in read.lines] == [True, False]


def test_a_row_that_was_deleted_is_gone() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=2)
    for cell, text in zip(table._cells, ("Port", "Ships", "Old", "1", "New", "2"), strict=True):
        cell.text = text
    change = f'<w:trPr {W}><w:del w:id="1" w:author="a"/></w:trPr>'
    table.rows[1]._tr.insert(0, parse_xml(change))
    assert lines(saved(document)) == [("table_row", "Port\tShips"), ("table_row", "New\t2")]
    assert "Struck-out words were left out: Old1" in story(saved(document)).warnings


def test_paragraphs_that_were_joined_are_one() -> None:
    document = Document()
    first = document.add_paragraph("A port ")
    document.add_paragraph("opened.")
    change = f'<w:pPr {W}><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    first._p.insert(0, parse_xml(change))
    assert lines(saved(document)) == [("text", "A port opened.")]


def test_lists_and_tables_are_groups() -> None:
    document = Document()
    document.add_paragraph("One", "List Number")
    document.add_paragraph("Two", "List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Port", "Tonnes", "Zhanjiang", "3 m"), strict=True):
        cell.text = text
    found = next(DocxFormat().documents(source(saved(document)))).lines
    assert [line.text for line in found] == ["One", "Two", "Port\tTonnes", "Zhanjiang\t3 m"]
    groups = [line.group for line in found]
    assert (groups[0], groups[2]) == (groups[1], groups[3])
    assert groups[0] != groups[2]


def test_merged_cells_keep_the_others_in_their_columns() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Crop and port"
    table.cell(0, 2).text = "Tonnes"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Cane"
    for row, texts in ((1, ("A", "210")), (2, ("B", "190"))):
        for column, text in enumerate(texts, start=1):
            table.cell(row, column).text = text
    assert [text for _kind, text in lines(saved(document))] == [
        "Crop and port\t\tTonnes",
        "Cane\tA\t210",
        "\tB\t190",
    ]


def test_a_table_that_is_the_pages_frame_holds_paragraphs() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=2).cell(0, 1)
    for text in ("One.", "Two.", "Three."):
        cell.add_paragraph(text)
    assert lines(saved(document)) == [("text", "One."), ("text", "Two."), ("text", "Three.")]


def test_changes_are_taken_as_accepted() -> None:
    document = Document()
    paragraph = document.add_paragraph("It ")
    by = 'w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z"'
    xml_run(paragraph, f"<w:del {W} {by}><w:r><w:delText>was</w:delText></w:r></w:del>")
    xml_run(paragraph, f"<w:ins {W} {by}><w:r><w:t>is</w:t></w:r></w:ins>")
    xml_run(paragraph, f"<w:moveFrom {W} {by}><w:r><w:t>gone</w:t></w:r></w:moveFrom>")
    assert lines(saved(document)) == [("text", "It is")]


def test_a_text_box_follows_its_paragraph_once() -> None:
    document = Document()
    paragraph = document.add_paragraph("Before the box")
    spaces = (
        nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    spaces += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    xml_run(
        paragraph,
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert lines(saved(document)) == [("text", "Before the box"), ("text", "In the box")]


def test_notes_stand_below_with_their_mark() -> None:
    xml = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>Said so</w:t></w:r><w:r>"
        '<w:footnoteReference w:id="2"/></w:r></w:p></w:body></w:document>'
    )
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r>'
        "<w:t>In a letter</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    parts = {"word/document.xml": xml.encode(), "word/footnotes.xml": notes.encode()}
    assert lines(zipped(parts)) == [("text", "Said so[1]"), ("text", "[1] In a letter")]


def test_a_picture_has_its_words() -> None:
    document = Document()
    document.add_paragraph("Port opens")
    document.add_picture(io.BytesIO(JPEG))
    document.inline_shapes[0]._inline.docPr.set("descr", "Cranes at a quay")
    document.add_paragraph("The port on Monday.", "Caption")
    document.add_picture(io.BytesIO(JPEG))
    (found,) = DocxFormat().documents(source(saved(document)))
    first, second = found.images
    assert (first.data, first.alt_text, first.after) == (JPEG, "Cranes at a quay", 1)
    assert (found.lines[1].kind, found.lines[1].group) == ("caption", first.name)
    assert second.name != first.name


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("Photo: Kite makers at work in Weifang. Wang Jing / China Daily", "Wang Jing"),
        ("Caption: Kite makers at work in Weifang. Wang Jing / China Daily", "Wang Jing"),
        ("图为周日晚的灯会现场。新华社记者 李明 摄", "新华社记者 李明 摄"),
        ("Visitors cross the bridge on Sunday. Zhang Wei / for China Daily", "Zhang Wei"),
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_caption_beside_a_picture_without_one_is_its(
    words: str, credit: str, is_above: bool
) -> None:
    text = CHINESE if credit.endswith("摄") else ENGLISH
    document = Document()
    for at, line in enumerate(text.splitlines()[:-2]):
        document.add_paragraph(line)
        for kind in ("", "picture", words)[:: 1 if is_above else -1] if at == 4 else ():
            if kind == "picture":
                document.add_picture(io.BytesIO(JPEG))
            elif kind:
                document.add_paragraph(kind)
    found = story(saved(document))
    (caption,) = found.captions
    assert (caption.image, caption.credit[: len(credit)]) == (found.images[0].name, credit)
    assert [one["type"] for one in compose(found, {caption.image: 7})].count("image") == 1


def test_a_caption_takes_the_picture_above_and_none_across_other_text() -> None:
    caption = "Containers wait at the port. Li Na / China Daily"
    document = Document()
    for line in [*ENGLISH.splitlines()[:5], "", "", caption, "", "It is new.", caption[:-12]]:
        if line:
            document.add_paragraph(line)
        else:
            document.add_picture(io.BytesIO(JPEG))
    found = story(saved(document))
    assert [one.image for one in found.captions] == [found.images[1].name]


def test_a_picture_that_cant_be_shown_leaves_its_description() -> None:
    document = Document()
    document.add_paragraph("Port opens")
    document.add_picture(io.BytesIO(JPEG))
    document.inline_shapes[0]._inline.docPr.set("descr", "Cranes at a quay")
    with zipfile.ZipFile(io.BytesIO(saved(document))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    lost = {name: data for name, data in parts.items() if data != JPEG}
    assert story(zipped(lost)).missing == ["Cranes at a quay"]


def test_line_breaks_and_running_heads() -> None:
    document = Document()
    document.add_paragraph("One").add_run().add_break()
    document.paragraphs[0].add_run("Two")
    section = document.sections[0]
    section.header.paragraphs[0].text = "China Daily, September 22, 2015"
    section.footer.paragraphs[0].text = "- 17 -"
    assert lines(saved(document)) == [
        ("text", "One"),
        ("text", "Two"),
        ("text", "China Daily, September 22, 2015"),
        ("furniture", "- 17 -"),
    ]


def test_a_sentence_in_a_pages_foot_is_no_paragraph() -> None:
    document = Document()
    document.add_paragraph("Port opens")
    document.add_paragraph("The port of Zhanjiang opened a new route to Haikou on Monday.")
    foot = "Digitised by the County Library in 2014."
    document.sections[0].footer.paragraphs[0].text = foot
    article = story(saved(document))
    assert (article.missing, article.blocks[-1].text) == ([foot], document.paragraphs[1].text)


def test_properties_are_metadata() -> None:
    document = Document()
    document.add_paragraph("Port opens")
    document.core_properties.title = "Port story"
    document.core_properties.keywords = "port, 湛江；shipping"
    article = story(saved(document))
    assert article.document_title == "Port story"
    assert article.keywords == ("port", "湛江", "shipping")


def test_hidden_text_and_comments_are_said() -> None:
    document = Document()
    document.add_paragraph("Seen").add_run("unseen").font.hidden = True
    document.add_comment(document.paragraphs[0].runs[0], "Really?", "A")
    article = story(saved(document))
    assert "unseen" not in article.text
    assert "Hidden text was left out: unseen" in article.warnings
    assert article.missing == ["Comment in the margin: Really?"]


def test_words_that_tracked_changes_delete_are_said() -> None:
    document = Document()
    document.add_paragraph("The port opened.")
    deleted = "".join(
        f'<w:del {W} w:id="{number}" w:author="a"><w:r><w:delText xml:space="preserve">{text}'
        "</w:delText></w:r></w:del>"
        for number, text in enumerate((" The vicar", " blamed pigeons."))
    )
    for one in parse_xml(f"<w:p {W}>{deleted}</w:p>"):
        document.paragraphs[0]._p.append(one)
    article = story(saved(document))
    assert "vicar" not in article.text
    assert "Struck-out words were left out: The vicar blamed pigeons." in article.warnings


def strict(data: bytes) -> bytes:
    return data.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )


def test_strict_documents_are_read() -> None:
    body = "<w:body><w:p><w:r><w:t>Port</w:t></w:r></w:p></w:body>"
    xml = strict(f"<w:document {W}>{body}</w:document>".encode())
    assert lines(zipped({"word/document.xml": xml})) == [("text", "Port")]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda xml: xml[: len(xml) // 2], "well-formed"),
        (lambda xml: b'<!DOCTYPE a [<!ENTITY e "x">]>' + xml.partition(b"?>")[2], "entities"),
        (lambda xml: b"<w:document/>".replace(b"w:", b""), "holds no words"),
    ],
)
def test_what_is_damaged_or_empty_is_said(spoil: Callable[[bytes], bytes], reason: str) -> None:
    xml = f'<?xml version="1.0"?><w:document {W}><w:body/></w:document>'.encode()
    with pytest.raises(IntakeError, match=reason):
        stories(zipped({"word/document.xml": spoil(xml)}))


RUN = (
    '<w:r w:rsidRPr="003C7A2B"><w:rPr><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">'
    "Ship {} left the harbour on Monday, and the next one waits for its turn. </w:t></w:r>"
)


def of_length(size: int) -> bytes:
    """Of so many bytes of XML, as Word writes it."""
    shape = f'<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E">{RUN}{RUN}</w:p>'
    body = "".join(shape.format(n, -n) for n in range(size // len(shape)))
    return f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()


@pytest.mark.exhaustive
def test_a_document_of_ten_megabytes_goes_in() -> None:
    article = story(zipped({"word/document.xml": of_length(10_000_000), "a": b""}))
    assert len(article.blocks) > 15_000
    assert "Only the first 20000 lines" in " ".join(article.warnings)


def test_more_than_the_memory_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"word/document.xml": of_length(20_000), "a": b""})
    assert story(data).blocks
    monkeypatch.setattr(packages, "_MOST_TREE", 150_000)
    with pytest.raises(IntakeError, match="too long; split it"):
        story(data)


@pytest.mark.parametrize(
    "piece", ["<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>"]
)
def test_a_long_document_takes_moments(piece: str) -> None:
    body = piece * (60_000 // len(piece))
    xml = f"<w:document {W}><w:body>{body}<w:p><w:r><w:t>Z</w:t></w:r></w:p></w:body></w:document>"
    started = time.process_time()
    assert lines(zipped({"word/document.xml": xml.encode(), "a": b""}))[-1] == ("text", "Z")
    assert time.process_time() - started < 5
