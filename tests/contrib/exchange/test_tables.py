"""Tables for Word and Excel: other libraries read them, and take nothing in them for a formula."""

import io
import sys

import docx
import mammoth
import openpyxl
import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from archive.contrib.exchange.formats import FORMATS, read_stories
from archive.contrib.exchange.tables import HEADINGS
from archive.contrib.exchange.units import ExchangeError, UnitNote, UnitVersion
from archive.text.segmentation import PLAIN
from tests.contrib.exchange.values import (
    MENTION,
    TABLES,
    edited,
    make_story,
    make_unit,
    set_text,
    text_in,
    there_and_back,
)

tables = pytest.mark.parametrize("name", TABLES)
SOURCE = f"<p>The <b>port</b> of {MENTION}Zhanjiang</a></p>"
TARGET = f"<p>{MENTION}湛江</a><b>港</b></p>"


def written(name, *units, **fields):
    return FORMATS[name].write([make_story(*units, **fields)])


def cells_of(name, data):
    """What another library than wrote the file reads: rows of texts."""
    if name == "xlsx":
        return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    html = mammoth.convert_to_html(io.BytesIO(data)).value
    rows = BeautifulSoup(html, "html.parser").find_all("tr")
    return [["\n".join(cell.stripped_strings) for cell in row.find_all("td")] for row in rows]


@tables
def test_another_library_reads_the_texts_with_their_codes(name):
    rows = cells_of(name, written(name, make_unit(SOURCE, TARGET, state="translated")))
    assert "The <1>port</1> of <2>Zhanjiang</2>" in rows[-1]
    assert "<2>湛江</2><1>港</1>" in rows[-1]
    assert "已确认" in rows[-1]


@tables
def test_what_a_code_stands_for_is_in_the_notes(name):
    unit = make_unit(SOURCE, notes=(UnitNote("Which port?", "li"),))
    notes = next(cell for cell in cells_of(name, written(name, unit))[-1] if "Which" in cell)
    assert notes.split("\n") == ["<1> 粗体", "<2> 名称", "li: Which port?"]


@tables
def test_what_looks_like_a_formula_or_a_number_is_a_text_and_comes_back(name):
    texts = ["=1+1", "+49 30", "-5", "@SUM(A1)", "#N/A", "007", "_x0041_", "'", "<1> <:2/>"]
    units = [make_unit("City", text, PLAIN, key=str(n)) for n, text in enumerate(texts)]
    data = written(name, *units)
    assert [text_in(one, PLAIN) for one in read_stories("a", data)[0].replies] == texts
    rows = cells_of(name, data)
    assert [text for text in texts[:6] if not any(text in row for row in rows)] == []


def test_no_cell_of_a_workbook_is_a_formula():
    data = written("xlsx", make_unit("=1+1", "=cmd|'/c calc'!A0", PLAIN))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {
        "s",
        "inlineStr",
    }
    assert {cell.number_format for row in sheet.iter_rows(min_row=2) for cell in row} == {"@"}


@tables
def test_paragraphs_are_lines_and_come_back(name):
    texts = ["<p>一</p><p><b>二</b></p>", "<p>a\nb</p>", "<ul><li>一</li></ul>"]
    story = there_and_back(name, *(make_unit("<p>x</p>", text) for text in texts))
    assert [text_in(reply) for reply in story.replies] == texts


@tables
def test_another_programs_file_comes_back(name):
    version = UnitVersion("d" * 32, "b" * 16, "s" * 16)
    unit = make_unit(SOURCE, TARGET, state="draft", version=version)
    data = edited(name, written(name, unit), {"target": "<1>新</1>港", "comment": "ok?"})
    reply = read_stories(f"a.{name}", data)[0].replies[0]
    assert (text_in(reply), reply.version, reply.state) == ("<p><b>新</b>港</p>", version, "draft")
    assert reply.notes == (UnitNote("ok?"),)


@tables
def test_states_are_known_in_both_languages(name):
    said = {"Reviewed": "reviewed", " 已确认 ": "translated", "": "", "perfect": ""}
    units = [make_unit(SOURCE, TARGET, key=str(number)) for number in range(len(said))]

    def fill(table):
        for row, word in enumerate(said, 2):
            set_text(table, row, "state", word)

    replies = read_stories("a", edited(name, written(name, *units), edit=fill))[0].replies
    assert [reply.state for reply in replies] == list(said.values())
    assert ["choose one of" in reply.remark for reply in replies] == [False, False, False, True]


def test_columns_may_be_moved_and_others_put_between():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", make_unit(SOURCE, TARGET))))
    sheet = book.active
    sheet.insert_cols(1, 2)
    sheet.insert_rows(1, 3)
    sheet.move_range("G4:G5", cols=20)
    saved = io.BytesIO()
    book.save(saved)
    assert text_in(read_stories("a.xlsx", saved.getvalue())[0].replies[0]) == TARGET


@tables
def test_a_column_that_was_renamed_is_named(name):
    data = edited(name, written(name, make_unit(SOURCE, TARGET)), {"target": "Mine"}, row=1)
    with pytest.raises(ExchangeError, match=r"columns Translation\. Put the headings back"):
        read_stories("a", data)


def test_a_text_longer_than_a_cell_of_excel_is_refused_and_not_cut():
    with pytest.raises(ExchangeError, match="Export to Word"):
        written("xlsx", make_unit("x" * 33_000, "", PLAIN))


def test_word_files_without_python_docx_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ExchangeError, match=r"pip install .*\[docx\]"):
        written("docx", make_unit(SOURCE))


def test_words_headings_repeat_and_the_reference_is_hidden():
    table = docx.Document(io.BytesIO(written("docx", make_unit(SOURCE)))).tables[0]
    assert len(table.columns) == len(HEADINGS) - 2
    hidden = [run.text for run in table.cell(1, 0).paragraphs[0].runs if run.font.hidden]
    assert len(hidden) == 1
    assert "desk:tags=" in hidden[0]
