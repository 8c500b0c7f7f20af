"""Words of a reviewer's file that stand where nothing is taken in from: all of them are told."""

import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from archive.contrib.exchange.plan import ReplyVerdict
from archive.contrib.exchange.report import FileReport, StoryReport, as_lines
from archive.contrib.exchange.tables import columns_of
from archive.models import Translation
from tests.contrib.exchange.stories import draft_texts, exported, imported, make_rich_story
from tests.contrib.exchange.values import (
    TABLES,
    add_column,
    add_row,
    append_text,
    edited,
    set_text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def translation() -> Translation:
    return make_rich_story().translations.get()


def told(report: StoryReport) -> list[str]:
    return [one.text for one in report.outside]


def from_word(translation: Translation, change: Callable[[Any], None]) -> StoryReport:
    document = docx.Document(io.BytesIO(exported(translation, format_name="docx")))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    (report,) = imported(saved.getvalue())
    return report


def from_excel(translation: Translation, change: Callable[[Any], None]) -> StoryReport:
    book = openpyxl.load_workbook(io.BytesIO(exported(translation, format_name="xlsx")))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    (report,) = imported(saved.getvalue())
    return report


@pytest.mark.parametrize("name", TABLES)
def test_a_file_as_it_went_out_has_none(name: str, translation: Translation) -> None:
    (report,) = imported(exported(translation, format_name=name))
    assert report.outside == ()


def test_the_headings_of_several_stories_are_the_files_own(translation: Translation) -> None:
    second = make_rich_story("A  second story").translations.get()
    data = exported(translation, second, format_name="docx")
    # Another headline than the file's, by the time that it comes back.
    second.article.title = "A story of another name"
    second.article.save()
    assert [report.outside for report in imported(data)] == [(), ()]


def test_a_heading_that_somebody_wrote_over_is_told(translation: Translation) -> None:
    def write(document: Any) -> None:
        document.paragraphs[0].text = "城市"

    assert told(from_word(translation, write)) == ["城市"]


@pytest.mark.parametrize("name", TABLES)
def test_what_is_written_among_the_notes_is_told(name: str, translation: Translation) -> None:
    data = exported(translation, format_name=name)
    (report,) = imported(edited(name, data, {"notes": "这里要查"}, row=2))
    assert told(report) == ["这里要查"]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("column", ["number", "kind", "source"])
def test_what_is_written_into_a_cell_that_only_goes_out_is_told(
    name: str, column: str, translation: Translation
) -> None:
    def write(table: Any) -> None:
        append_text(table, 2, column, "请查地名")

    (report,) = imported(edited(name, exported(translation, format_name=name), edit=write))
    (words,) = told(report)
    assert words.endswith("请查地名")
    assert [line.verdict for line in report.lines if line.key == "headline"] == [ReplyVerdict.EMPTY]


@pytest.mark.parametrize("name", TABLES)
def test_every_word_of_an_added_row_is_told(name: str, translation: Translation) -> None:
    texts = {
        "number": "补一行",
        "kind": "按语",
        "source": "谁写的？",
        "state": "待定",
        "notes": "见昨天",
    }

    def write(table: Any) -> None:
        row = add_row(table)
        for column, text in texts.items():
            set_text(table, row, column, text)
        set_text(table, add_row(table), "number", "只写在序号栏")

    (report,) = imported(edited(name, exported(translation, format_name=name), edit=write))
    assert sorted(told(report)) == sorted([*texts.values(), "只写在序号栏"])


@pytest.mark.parametrize("name", TABLES)
def test_a_heading_of_a_persons_own_is_told(name: str, translation: Translation) -> None:
    data = exported(translation, format_name=name)
    (report,) = imported(edited(name, data, edit=lambda table: add_column(table, "二审意见")))
    assert told(report) == ["二审意见"]


def test_a_comment_that_is_no_text_is_told(translation: Translation) -> None:
    def write(book: Any) -> None:
        cell = book.active.cell(2, 8)
        cell.value, cell.number_format = 42269, "yyyy-mm-dd"

    assert told(from_excel(translation, write)) == ["2015-09-22"]


def test_paragraphs_around_a_table_are_told(translation: Translation) -> None:
    def write(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before("请先看这里")
        document.add_paragraph("最后一句没有地方写")
        document.sections[0].header.paragraphs[0].text = "页眉里的话"

    report = from_word(translation, write)
    assert told(report) == ["请先看这里", "最后一句没有地方写", "页眉里的话"]
    assert any("最后一句没有地方写" in line for line in as_lines_of(report))


def as_lines_of(report: StoryReport) -> list[str]:
    return list(as_lines([FileReport("back.docx", (report,))]))


def test_other_tables_and_columns_are_told(translation: Translation) -> None:
    def write(document: Any) -> None:
        document.add_table(1, 2).cell(0, 1).text = "另一张表"

    assert told(from_word(translation, write)) == ["另一张表"]

    def write_beside(book: Any) -> None:
        sheet = book.active
        sheet.cell(3, 14).value = "右边的话"
        book.create_sheet("更多").cell(30, 2).value = "第二张表"

    assert told(from_excel(translation, write_beside)) == ["右边的话", "第二张表"]


def test_a_comment_of_a_row_without_its_segment_is_told(translation: Translation) -> None:
    def write(book: Any) -> None:
        sheet = book.active
        columns = columns_of(str(cell.value) for cell in sheet[1])
        row = sheet.max_row + 1
        for name, text in (("target", "多出一行"), ("comment", "为什么没有这一段？")):
            sheet.cell(row, columns[name] + 1).value = text

    report = from_excel(translation, write)
    assert told(report) == ["为什么没有这一段？"]
    assert report.count(ReplyVerdict.UNKNOWN) == 1


_RUN = "<w:r><w:t>{}</w:t></w:r>"
_RUBY = (
    f"<w:p {nsdecls('w')}><w:r><w:ruby><w:rt>{_RUN.format('Dàlián')}</w:rt>"
    f"<w:rubyBase>{_RUN.format('大连')}</w:rubyBase></w:ruby></w:r>{_RUN.format('来客')}</w:p>"
)
_BOX = (
    f"<w:p {nsdecls('w')}>{_RUN.format('来客')}<w:r><w:pict><w:txbxContent>"
    f"<w:p>{_RUN.format('框里的话')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
)


def written_in_cell(translation: Translation, xml: str) -> StoryReport:
    def write(document: Any) -> None:
        cell = document.tables[0].cell(1, 3)
        cell._tc.replace(cell.paragraphs[0]._p, parse_xml(xml))

    return from_word(translation, write)


def test_how_words_are_read_aloud_is_no_part_of_them(translation: Translation) -> None:
    report = written_in_cell(translation, _RUBY)
    assert draft_texts(translation)["headline"] == "大连来客"
    assert "phonetic guide" in report.lines[0].remark


def test_words_in_a_text_box_of_a_cell_are_refused(translation: Translation) -> None:
    report = written_in_cell(translation, _BOX)
    assert draft_texts(translation).get("headline", "") == ""
    assert "text box" in report.lines[0].remark
