"""Tables that people have spoilt: each row that can't be read is named, with the way out."""

import io
import zipfile
from copy import deepcopy
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment

from archive.contrib.exchange.formats import FORMATS, read_stories
from archive.contrib.exchange.units import ExchangeError, UnitNote, text_of
from archive.text.segmentation import PLAIN
from tests.contrib.exchange.values import (
    TABLES,
    edited,
    make_story,
    make_unit,
    read_upload,
    set_text,
)

tables = pytest.mark.parametrize("name", TABLES)


def make_table(name):
    units = [make_unit(f"Source {n}", f"译文{n}", PLAIN, key=str(n)) for n in range(3)]
    return FORMATS[name].write([make_story(*units)])


def replies_of(name, edit):
    return read_stories(f"a.{name}", edited(name, make_table(name), edit=edit))[0].replies


def target_cell(table, row):
    return table.cell(row - 1, 3) if isinstance(table, docx.table.Table) else table.cell(row, 5)


@pytest.mark.parametrize(
    ("value", "trouble"),
    [("=1+1", "has a formula"), (20150922.5, None), (True, "a date, a number or an error")],
)
def test_a_cell_that_is_no_text_is_named_and_nothing_is_calculated(value, trouble):
    def spoil(sheet):
        sheet.cell(3, 5).value = value
        sheet.cell(3, 5).number_format = "General"

    reply = replies_of("xlsx", spoil)[1]
    assert reply.place == "row 3"
    assert (trouble in reply.trouble) if trouble else reply.target == ("20150922.5",)


@pytest.mark.parametrize(
    ("value", "shown", "words"),
    [
        (42269, "yyyy-mm-dd", "2015-09-22"),
        (42269.5, 'yyyy"年"m"月"d"日"', "2015-09-22 12:00:00"),
        (0.5, "0%", "0.5"),
        ('=31&" letters"', "General", '=31&" letters"'),
    ],
)
def test_what_a_spreadsheet_calculates_is_no_text_and_is_shown(value, shown, words):
    def spoil(sheet):
        sheet.cell(3, 5).value = value
        sheet.cell(3, 5).number_format = shown

    reply = replies_of("xlsx", spoil)[1]
    assert "ormat it as text" in reply.trouble
    assert reply.target == (words,)


@tables
def test_merged_cells_are_named_and_other_rows_are_read(name):
    def merge(table):
        if name == "xlsx":
            table.merge_cells("E2:E3")
        else:
            table.cell(1, 3).merge(table.cell(2, 3))

    replies = replies_of(name, merge)
    assert ["merged" in reply.trouble for reply in replies] == [True, True, False]


def test_a_merge_over_a_billion_cells_takes_no_time():
    def merge(sheet):
        sheet.merged_cells.add("A1:XFD1048576")

    assert all("merged" in reply.trouble for reply in replies_of("xlsx", merge))


@tables
def test_rows_may_be_deleted_reordered_and_added(name):
    def shuffle(table):
        if name == "xlsx":
            rows = [[cell.value for cell in row] for row in table.iter_rows(min_row=2)]
            table.delete_rows(2, 3)
            table.append(rows[2])
            table.append(["", "", "", "", "新的一行"])
            table.append(rows[0])
            return
        first, second, third = (row._tr for row in table.rows[1:])
        added = deepcopy(second)
        table._tbl.remove(second)
        table._tbl.remove(first)
        table._tbl.extend([added, first])
        table.cell(2, 0).text, table.cell(2, 3).text = "", "新的一行"
        assert third is not None

    replies = replies_of(name, shuffle)
    assert [reply.key for reply in replies] == ["2", "", "0"]
    assert text_of(replies[1].target) == "新的一行"


def tracked(cell):
    """The cell with 旧 deleted and 新 inserted, as Word tracks it."""
    date = 'w:author="li" w:date="2015-09-22T00:00:00Z"'
    xml = (
        f'<w:p {nsdecls("w")}><w:del w:id="1" {date}><w:r><w:delText>旧</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {date}><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:t>的</w:t></w:r></w:p>'
    )
    cell._tc.replace(cell._tc.p_lst[0], parse_xml(xml))


def test_tracked_changes_are_taken_as_accepted_and_told():
    reply = replies_of("docx", lambda table: tracked(table.cell(1, 3)))[0]
    assert (text_of(reply.target), reply.trouble) == ("新的", "")
    assert "tracked changes" in reply.remark


def test_a_row_whose_deletion_is_tracked_is_gone():
    def delete(table):
        row = table.rows[1]._tr
        row.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="li"/>'))

    assert [reply.key for reply in replies_of("docx", delete)] == ["1", "2"]


def test_comments_of_word_come_back():
    def comment(table):
        document = table.part.document
        document.add_comment(table.cell(1, 3).paragraphs[0].runs, text="真的？", author="li")

    assert replies_of("docx", comment)[0].notes == (UnitNote("真的？", "li"),)


def test_comments_of_excel_come_back():
    def comment(sheet):
        sheet.cell(2, 5).comment = Comment("真的？", "li")

    assert replies_of("xlsx", comment)[0].notes == (UnitNote("真的？", "li"),)


def test_an_author_whom_excel_names_in_the_comment_is_named_once():
    def comment(sheet):
        sheet.cell(2, 5).comment = Comment("Li Na:\n真的？", "Li Na")

    assert replies_of("xlsx", comment)[0].notes == (UnitNote("真的？", "Li Na"),)


SPREADSHEET = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
RELATIONS = "http://schemas.microsoft.com/office/2017/10/relationships"


def with_thread(data, *comments):
    """The workbook with a thread of (person, text) at E2, as newer programs write one."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    people = "".join(f'<person displayName="{who}" id="{{{who}}}"/>' for who, _text in comments)
    thread = "".join(
        f'<threadedComment ref="E2" personId="{{{who}}}" id="{{{n}}}"><text>{text}</text>'
        "</threadedComment>"
        for n, (who, text) in enumerate(comments)
    )
    parts["xl/persons/person.xml"] = f'<personList xmlns="{SPREADSHEET}">{people}</personList>'
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{SPREADSHEET}">{thread}</ThreadedComments>'
    )
    for name, kind, target in (
        ("xl/_rels/workbook.xml.rels", "person", "/xl/persons/person.xml"),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            "threadedComment",
            "/xl/threadedComments/threadedComment1.xml",
        ),
    ):
        one = f'<Relationship Id="rNew" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        parts[name] = parts[name].replace("</Relationships>", f"{one}</Relationships>")
    return packed(parts)


def test_every_comment_of_a_thread_of_excel_comes_back_with_its_author():
    def comment(sheet):
        sheet.cell(2, 5).comment = Comment("[Threaded comment] Newer programs…", "tc={1}")

    data = edited("xlsx", make_table("xlsx"), edit=comment)
    said = (("Li Na", "真的？"), ("Tom Reed", "Yes."))
    notes = read_stories("a.xlsx", with_thread(data, *said))[0].replies[0].notes
    assert notes == tuple(UnitNote(text, who) for who, text in said)


def test_a_table_in_a_cell_is_named():
    reply = replies_of("docx", lambda table: table.cell(1, 3).add_table(1, 1))[0]
    assert "a table in it" in reply.trouble


def test_a_table_whose_references_a_program_dropped_still_knows_its_story():
    def drop(table):
        for number in range(1, 4):
            table.cell(number, 0).text = str(number)

    story = read_stories("a.docx", edited("docx", make_table("docx"), edit=drop))[0]
    assert story.ref == make_story().ref
    assert [reply.key for reply in story.replies] == ["", "", ""]


@pytest.mark.parametrize("value", ["=A1&B1", date(2026, 12, 22)])
@pytest.mark.parametrize(
    ("column", "heading"), [("comment", "Your comment"), ("state", "Status"), ("notes", "Notes")]
)
def test_a_remark_that_is_no_text_is_named(value, column, heading):
    reply = replies_of("xlsx", lambda sheet: set_text(sheet, 2, column, value))[0]
    assert reply.remark.startswith(f"{heading}: The cell has a ")
    assert (reply.notes, reply.trouble) == ((), "")


@tables
@pytest.mark.parametrize("length", [100, 2000])
def test_a_file_that_is_cut_off_is_told_so(name, length):
    with pytest.raises(ExchangeError, match="damaged or cut off"):
        read_stories(f"a.{name}", make_table(name)[:-length])


@tables
def test_a_file_that_is_someone_elses_is_told_so(name):
    def empty(table):
        for column in ("source", "target"):
            set_text(table, 1, column, "Other")

    with pytest.raises(ExchangeError, match="no table with the columns"):
        replies_of(name, empty)


def packed(parts):
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in {"[Content_Types].xml": b"<Types/>", **parts}.items():
            archive.writestr(path, data)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("word/document.xml", b"<!DOCTYPE d [<!ENTITY e 'x'>]><d>&e;</d>", "entities"),
        ("xl/workbook.xml", b"<!DOCTYPE d [<!ENTITY e 'x'>]><d>&e;</d>", "entities"),
        ("word/document.xml", b"<d>", "well-formed XML"),
        ("word/document.xml", b"<d/>", "no table"),
        (
            "word/document.xml",
            b"<b><body>" + b"<x>" * 20_000 + b"</x>" * 20_000 + b"</body></b>",
            "deep",
        ),
        ("word/document.xml", b" " * 11_000_000, "too large"),
        ("xl/x.xml", b"<d/>", "no Excel workbook"),
        ("ppt/presentation.xml", b"<d/>", "no Word document"),
    ],
)
def test_hostile_packages_are_refused(path, data, reason):
    with pytest.raises(ExchangeError, match=reason):
        read_stories("a.docx", packed({path: data}))


def test_a_sheet_of_a_million_distant_cells_takes_no_time():
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 9000))
    relations = b'<R><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/></R>'
    parts = {
        "xl/workbook.xml": b'<w xmlns:r="r"><sheets><sheet r:id="r1"/></sheets></w>',
        "xl/_rels/workbook.xml.rels": relations,
        "xl/worksheets/s.xml": b"<s><sheetData>" + rows + b"</sheetData></s>",
    }
    with pytest.raises(ExchangeError, match="no table with the columns"):
        read_stories("a.xlsx", packed(parts))


def test_tables_come_back_in_a_zip_with_others():
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name in (*TABLES, "po"):
            archive.writestr(f"a.{name}", make_table(name))
    assert len(read_upload("all.zip", saved.getvalue())) == 3
