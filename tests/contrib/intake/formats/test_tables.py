"""Tables of stories: CSV, JSON Lines and Excel workbooks, with and without a mapping."""

import io
import json
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from archive.contrib.intake.batches.items import SURE
from archive.contrib.intake.columns import ColumnMapping
from archive.contrib.intake.formats import recognise
from archive.contrib.intake.formats.column_format import UnknownColumnsError
from archive.contrib.intake.formats.csv_table import CsvFormat
from archive.contrib.intake.formats.json_lines import JsonLinesFormat
from archive.contrib.intake.pasted import LayoutReader
from archive.contrib.intake.records import IntakeError
from archive.contrib.office_files.xlsx import XlsxFormat
from tests.contrib.intake.damage import within
from tests.contrib.intake.files import zipped
from tests.contrib.intake.formats.documents import document, documents, source, texts
from tests.contrib.intake.formats.reading import stories, story

TABLE = (
    "Title,Author,Date,Body,Tags,Shelf\r\n"
    'Port opens,Wang Wei; Li Na,2015-09-22,"A port, large.\n\nIt is new.","ports, ships",B7\r\n'
    "Rain falls,Li Na,2015-09-23 14:05,<p>It <b>rains</b>.</p><ul><li>Hard</li></ul>,,\r\n"
)


def test_each_row_is_a_story() -> None:
    first, second = documents(CsvFormat(), TABLE)
    said = first.metadata
    assert (said.headline, said.bylines) == ("Port opens", ("Wang Wei", "Li Na"))
    assert said.keywords == ("ports", "ships")
    assert said.published is not None
    assert (said.published.isoformat(), said.has_time) == ("2015-09-22T00:00:00", False)
    assert second.metadata.has_time


def test_a_body_is_plain_text_html_or_markdown_as_it_looks() -> None:
    first, second = documents(CsvFormat(), TABLE)
    assert texts(first, "text") == ["A port, large.", "It is new."]
    assert texts(second, "paragraph", "list_item") == ["It rains.", "Hard"]
    markdown = 'title,body\nPort,"## Ships\n\nA **new** port.\n\n- Two\n- Three"'
    found = document(CsvFormat(), markdown)
    assert texts(found, "subhead", "paragraph", "list_item") == [
        *("Ships", "A new port.", "Two", "Three"),
    ]


def test_columns_without_a_place_are_told_and_kept() -> None:
    first, second = documents(CsvFormat(), TABLE)
    assert first.warnings == ("Columns that were not placed: Shelf.",)
    assert texts(first, "unplaced") == ["B7"]
    assert second.warnings == ()


def test_each_row_tells_the_columns_that_have_words_in_it() -> None:
    rows = "title,body,Shelf,Plank\nPort,The port is new.,,7\nRain,It rains.,B7,\n"
    assert [one.warnings for one in documents(CsvFormat(), rows)] == [
        ("Columns that were not placed: Plank.",),
        ("Columns that were not placed: Shelf.",),
    ]


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx", "jsonl"])
def test_words_of_columns_that_nobody_named_wait_in_each_row(form: str) -> None:
    names = ["Title", "Text", "Pg.", "Kicker", "眉题", "Status", "Desk note", "Language"]
    told = ["Port opens", "The port is new.", "2", "Trade", "航运", "HOLD", "Rights NOT cleared"]
    table = [names, [*told, "en"], ["Rain falls", "It rains.", "3", "", "", "", "Wait", "en"]]
    data = {
        "csv": "\n".join(map(",".join, table)).encode(),
        "tsv": "\n".join(map("\t".join, table)).encode(),
        "xlsx": workbook(table),
        "jsonl": json.dumps([dict(zip(names, row, strict=True)) for row in table[1:]]).encode(),
    }
    found = stories(data[form], f"a.{form}")
    assert [one.page for one in found] == ["2", "3"]
    assert [one.missing for one in found] == [told[3:], ["Wait"]]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_seen(separator: str) -> None:
    found = document(CsvFormat(), f"标题{separator}正文\n港口{separator}开通，新。")
    assert (found.metadata.headline, texts(found, "text")) == ("港口", ["开通，新。"])


def test_excels_own_line_and_mark_are_no_columns() -> None:
    found = document(CsvFormat(), "\ufeffsep=;\ntitle;body\nPort;New.\n\n")
    assert found.metadata.headline == "Port"


def test_a_mapping_names_columns_that_nobody_would_guess() -> None:
    mapping = ColumnMapping.from_dict(
        {"columns": {"headline": "a", "body": ["c", "b"], "date": "d"}, "date_format": "%d.%m.%y"}
    )
    text = "a,b,c,d\nPort,Two.,One.,22.09.15"
    form = recognise(source(text), mapping)
    (found,) = form.documents(source(text))  # type: ignore[attr-defined]
    assert texts(found, "text") == ["One.", "Two."]
    assert found.metadata.published.isoformat() == "2015-09-22T00:00:00"


def test_a_mapping_for_another_table_says_so() -> None:
    form = CsvFormat().mapped(ColumnMapping.from_dict({"columns": {"body": "text"}}))
    with pytest.raises(IntakeError, match="no column “text”; its columns are Title, Author"):
        list(form.documents(source(TABLE)))


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2015年9月22日", "2015-09-22T00:00:00"),
        ("September 22, 2015 14:05", "2015-09-22T14:05:00"),
        ("22.09.2015", "2015-09-22T00:00:00"),
        ("2015-09-22T08:30:00+08:00", "2015-09-22T08:30:00+08:00"),
        ("20150922", "2015-09-22T00:00:00"),
    ],
)
def test_dates_are_read_as_papers_and_databases_write_them(date: str, wanted: str) -> None:
    found = document(CsvFormat(), f'title,body,date\nPort,New.,"{date}"')
    assert found.metadata.published is not None
    assert found.metadata.published.isoformat() == wanted
    assert found.warnings == ()


def test_a_date_that_may_be_another_is_told() -> None:
    found = story(b"title,body,date\nPort,The port is new.,09/10/2015", "a.csv")
    assert "may have day and month the other way round" in found.warnings[0]
    assert found.fields["published"].confidence < SURE


@pytest.mark.parametrize("date", ["soon", "1996-13-02", "1999-09-31"])
def test_a_date_that_is_none_is_told_and_kept(date: str) -> None:
    found = story(f"title,body,date\nPort opens,The port is new.,{date}\n".encode(), "a.csv")
    assert f"The date could not be read: {date}" in found.warnings
    assert (found.published, found.missing) == (None, [date])


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ({"date": "2014-10-15, held over from Monday"}, [", held over from Monday"]),
        ({"date": ["1996-13-02", "1996-12-02"]}, ["1996-13-02;"]),
        ({"alt_text": "A crane."}, ["A crane."]),
        ({"language": "The Cantonese of Zhanjiang"}, ["The Cantonese of Zhanjiang"]),
        ({"author": {"name": "Li Na", "post": "Deputy"}}, ["Deputy"]),
        ({"date": {"day": "Monday"}}, ["Monday"]),
    ],
)
def test_no_word_of_a_cell_is_lost(row: dict[str, object], left: list[str]) -> None:
    line = json.dumps({"title": "Port opens", "body": "The port is new.", **row})
    assert list(story(line.encode(), "a.jsonl").unplaced) == left


@pytest.mark.parametrize(
    ("byline", "waits", "left_out"),
    [
        ("By Yang Shengnan in Suixi (China Daily)", [], []),
        ("By Yang Shengnan in Suixi, PhD", [], []),
        ("By Yang Shengnan, Staff Writer", [], ["By Yang Shengnan, Staff Writer"]),
    ],
)
def test_what_a_byline_says_beyond_its_names_waits(
    byline: str, waits: list[str], left_out: list[str]
) -> None:
    row = {"title": "Port opens", "body": "The port is new.", "byline": byline}
    found = story(json.dumps(row).encode(), "a.jsonl")
    assert (found.missing, list(found.furniture)) == (waits, left_out)


@pytest.mark.parametrize("byline", ["By Tom Reed", "Tom Reed"])
def test_a_byline_is_cut_at_its_bars(byline: str) -> None:
    line = f"{byline} | Harbour Times | Nov 4, 2015"
    row = {"title": "Port opens", "body": "The port is new.", "byline": line}
    found = story(json.dumps(row).encode(), "a.jsonl")
    assert [(one.name, one.role) for one in found.bylines] == [("Tom Reed", "reporter")]
    assert (found.publication, found.published) == ("Harbour Times", date(2015, 11, 4))
    assert found.missing == []
    (person,) = LayoutReader().read_byline(line)
    assert person.name == "Tom Reed"


def test_words_between_the_objects_of_json_are_kept() -> None:
    rows = [{"title": "Port opens", "body": "The port is new."}, "Set in Monday's type."]
    first, second = stories(json.dumps(rows).encode(), "a.json")
    assert (first.headline, second.unplaced) == ("Port opens", ("Set in Monday's type.",))


def test_every_picture_of_a_cell_is_the_storys() -> None:
    first, second = document(CsvFormat(), 'title,body,image\nPort,New.,"a.jpg; b.jpg"').images
    assert (first.name, second.name) == ("a.jpg", "b.jpg")


def test_a_picture_comes_with_its_words() -> None:
    text = "title,body,image,caption,credit\nPort,New.,https://x.example/a/port.jpg,Cranes.,Li Na"
    (image,) = document(CsvFormat(), text).images
    assert (image.name, image.url) == ("port.jpg", "https://x.example/a/port.jpg")
    assert (image.caption, image.credit) == ("Cranes.", "Li Na")


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps({"title": name, "content": "New."}) for name in ("Port", "Rain")),
        json.dumps([{"title": name, "content": "New."} for name in ("Port", "Rain")], indent=1),
    ],
)
def test_json_is_a_table_as_well(text: str) -> None:
    found = documents(JsonLinesFormat(), text)
    assert [one.metadata.headline for one in found] == ["Port", "Rain"]


def test_lists_and_objects_of_json_are_cells() -> None:
    row = {"title": "Port", "body": "New.", "authors": [{"name": "Li Na"}, "Wang Wei"], "page": 7}
    said = document(JsonLinesFormat(), json.dumps(row)).metadata
    assert (said.bylines, said.page) == (("Li Na", "Wang Wei"), "7")


def test_a_broken_line_is_named_and_the_others_are_read() -> None:
    rows = ['{"title": "Port", "body": "New."}', '{"title": "X", "body" "Y"}']
    text = "\n".join([*rows, '{"title": "Rain", "body": "Wet."}'])
    assert JsonLinesFormat().recognises(source(text))
    port, rain = JsonLinesFormat().parse(source(text))
    assert (port.headline, rain.headline) == ("Port", "Rain")
    assert "line 2 is no JSON from character 23 on (Expecting ':' delimiter)" in port.warnings[0]


def test_a_value_over_several_lines_is_one() -> None:
    with pytest.raises(IntakeError, match="line 3 is no JSON"):
        list(JsonLinesFormat().documents(source('[\n{"title": "Port"},\n{"title": }\n]')))


@pytest.mark.parametrize(
    "text",
    [
        "Port opens\nA port, large.",
        "name,email\nLi,l@x",
        "title,body",
        "Title, body",
        "",
        '{"a": 1}',
    ],
)
def test_other_texts_are_no_tables(text: str) -> None:
    assert not CsvFormat().recognises(source(text))
    assert not JsonLinesFormat().recognises(source(text))


def test_a_cell_of_a_megabyte_is_read() -> None:
    body = "A port opened. " * 70_000
    found = document(CsvFormat(), f'title,body\nPort,"{body}"')
    assert len(found.text) > 1_000_000


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        "title,body\n" + '"' * 1_000_000,
        "title,body\n" + "a,b\n" * 25_000,
        '{"title": "a", "body": ' + "[" * 900 + "]" * 900 + "}",
    ],
    ids=["quotes", "rows", "lists"],
)
def test_a_hostile_table_takes_no_longer_than_another(text: str) -> None:
    with within(20), suppress(IntakeError):
        recognise(source(text)).parse(source(text))


def test_what_may_be_a_place_or_a_name_behind_a_signature_waits_for_a_person() -> None:
    letter = "Sir, I left my umbrella on the ferry.\n\nEdith Lund, Gig Harbor"
    (story,) = CsvFormat().parse(
        source(f'headline,byline,body\nThanks to the ferryman,,"{letter}"\n'), None
    )
    assert not story.bylines
    assert story.missing == ["Edith Lund, Gig Harbor"]


def test_a_letter_in_a_column_of_texts_is_the_text() -> None:
    letter = (
        "Sir, your list of January 30 has no ducks. I keep ducks, and I should like to know why."
    )
    (story,) = CsvFormat().parse(
        source(f'headline,byline,date,body\nA reply,,5 February 1990,"{letter}"\n'), None
    )
    assert [(one.type, one.text) for one in story.blocks] == [("paragraph", letter)]


def test_a_texts_only_paragraph_is_no_standfirst() -> None:
    mapping = ColumnMapping.from_dict({"columns": {"headline": "Name", "body": "Words"}})
    words = "Ninety-two arcade houses of Chikan old street have been restored."
    data = f"Name,Words\nChikan old street is restored,{words}\n".encode()
    [story] = CsvFormat().mapped(mapping).parse(source(data, "a.csv"))
    assert (story.standfirst, [one.text for one in story.blocks]) == (None, [words])


def workbook(*sheets: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    """Sheets of rows as openpyxl writes them; `merged` are ranges of the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


HEAD = ("标题", "日期", "版次", "报纸", "正文")
REGISTER = (
    ("湛江报道登记表", None, None, None, None),
    HEAD,
    ("港口开通新航线", date(2015, 9, 22), 17, "中国日报", "湛江港周一开通一条新航线。"),
    (),
    ("海岛通渡轮", datetime(2015, 9, 23, 14, 30), "A3", None, "硇洲岛有了渡轮。"),
)


def test_a_row_of_an_excel_register_is_a_story_with_its_day_and_page() -> None:
    first, second = stories(workbook(REGISTER), "register.xlsx")
    assert (first.headline, first.page, first.publication) == ("港口开通新航线", "17", "中国日报")
    assert (first.published, second.published) == (date(2015, 9, 22), date(2015, 9, 23))
    assert second.page == "A3"
    assert [block.text for block in second.blocks] == ["硇洲岛有了渡轮。"]
    assert first.format == "xlsx"


def test_what_stands_in_merged_cells_holds_for_all_their_rows() -> None:
    found = stories(workbook(REGISTER, merged=["A1:E1", "D3:D5"]))
    assert [one.publication for one in found] == ["中国日报", "中国日报"]


def test_headings_may_take_two_rows_in_merged_groups() -> None:
    rows = [
        ("标题", "刊登", None, "正文"),
        (None, "日期", "版次", None),
        ("港口开通新航线", date(2015, 9, 22), 17, "湛江港周一开通一条新航线。"),
    ]
    (found,) = stories(workbook(rows, merged=["A1:A2", "B1:C1", "D1:D2"]))
    assert (found.headline, found.page) == ("港口开通新航线", "17")
    assert found.published == date(2015, 9, 22)


def test_words_outside_the_table_are_the_first_storys_for_a_person_to_see() -> None:
    remarks = [("本表由资料室编制，仅供内部使用，请勿外传。",)]
    first, second = documents(XlsxFormat(), workbook(REGISTER, remarks))
    assert texts(first, "furniture", "unplaced") == ["湛江报道登记表", remarks[0][0]]
    assert texts(second, "furniture", "unplaced") == []


def test_every_sheet_with_stories_is_read_by_its_own_columns() -> None:
    turned = [("版次", "标题", "正文"), (4, "雨", "南方下雨。")]
    found = stories(workbook(REGISTER, turned))
    assert [(one.headline, one.page) for one in found][2:] == [("雨", "4")]


def test_headings_that_stand_there_again_are_no_story() -> None:
    rows = [*REGISTER[1:3], HEAD, REGISTER[4]]
    assert [one.headline for one in stories(workbook(rows))] == ["港口开通新航线", "海岛通渡轮"]


def test_a_formula_says_what_it_gave_and_one_without_a_result_is_named() -> None:
    data = workbook([HEAD, ("=A1&B1", None, 1, None, "湛江港周一开通一条新航线。")])
    with pytest.raises(IntakeError, match="formula in A2 of “Sheet” has no result"):
        stories(data)
    calculated = data_with(data, "xl/worksheets/sheet1.xml", "</f><v></v>", "</f><v>港口</v>")
    assert [one.headline for one in stories(calculated)] == ["港口"]


def data_with(data: bytes, part: str, old: str, new: str) -> bytes:
    """The ZIP with other words in a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert old.encode() in parts[part]
    return zipped({**parts, part: parts[part].replace(old.encode(), new.encode())})


def test_a_workbook_whose_columns_nobody_knows_is_offered_and_one_without_any_is_refused() -> None:
    rows = [("Kop", "Tekst"), ("Port", "It is new."), ("Rain", "It rains.")]
    with pytest.raises(UnknownColumnsError, match="Kop, Tekst"):
        stories(workbook(rows))
    sample = XlsxFormat().sample(source(workbook(rows)))
    assert (sample.names, len(sample.rows)) == (("Kop", "Tekst"), 2)
    with pytest.raises(IntakeError, match="names the columns"):
        stories(workbook([("Words",), ("alone",)]))


@pytest.mark.parametrize("name", ["body", "Words"])
def test_a_text_that_is_a_list_has_a_paragraph_for_each_of_its_values(name: str) -> None:
    texts = ["Lanterns of ice stood in Anchorage.", "They melt in March."]
    form = JsonLinesFormat()
    mapping = ColumnMapping({"headline": ("title",), "body": (name,)})
    row = json.dumps({"title": "Lanterns", name: texts, "tags": ["ice", "light"]})
    (found,) = form.mapped(mapping).parse(source(row, "a.jsonl"))
    assert [block.text for block in found.blocks] == texts


def test_the_only_sentence_of_a_column_of_texts_is_text() -> None:
    words = "The port is new and open to ships from all over the world"
    table = f"A,B\nPort opens,{words}\n"
    mapping = ColumnMapping({"headline": ("A",), "body": ("B",)})
    form = CsvFormat().mapped(mapping)
    (found,) = form.parse(source(table, "a.csv"))
    assert [block.text for block in found.blocks] == [words]
    assert found.standfirst is None


@pytest.mark.parametrize(
    ("names", "cells", "page", "section"),
    [
        (["版次"], ["1-2版"], "1–2", None),
        (["版次"], ["1版、4版"], "1, 4", None),
        (["版次"], ["A03—A04"], "A03–A04", None),
        (["版次"], ["要闻·3"], "3", "要闻"),
        (["版次"], ["3.0"], "3", None),
        (["见报版面"], ["第五版"], "5", None),
        (["第几版"], ["A02"], "A02", None),
        (["Page"], ["1 and 4"], "1, 4", None),
        (["Page"], ["Front page"], "1", None),
        (["版次", "版面"], ["3", "要闻"], "3", "要闻"),
        (["版面", "版次"], ["要闻", "3"], "3", "要闻"),
        (["版次/版名"], ["3/要闻"], "3", "要闻"),
    ],
)
def test_pages_are_read_as_papers_call_and_count_them(
    names: list[str], cells: list[str], page: str, section: str | None
) -> None:
    head = ("标题", *names, "正文")
    (story,) = stories(workbook([head, ("雨", *cells, "南方下雨。北方没有。")]), "a.xlsx")
    assert (story.page, story.section, story.unplaced) == (page, section, ())


def test_of_two_sections_the_second_waits() -> None:
    head = ("标题", "版次", "栏目", "正文")
    row = ("雨", "A2 要闻", "国际", "南方下雨。北方没有。")
    (story,) = stories(workbook([head, row]), "a.xlsx")
    assert (story.page, story.section, story.unplaced) == ("A2", "要闻", ("国际",))


@pytest.mark.parametrize(
    ("dateline", "body", "kept"),
    [
        ("福州", "福州市一棵四百年榕树登上邮票。", "福州"),
        ("London", "London is where the tree stands.", "London"),
        ("LONDON", "LONDON — The tree stands here.", "LONDON"),
        (
            "新华社福州9月22日电",
            "新华社福州9月22日电（记者李娜）榕树登上邮票。",
            "新华社福州9月22日电",
        ),
    ],
)
def test_a_dateline_stands_once_whatever_the_text_begins_with(
    dateline: str, body: str, kept: str
) -> None:
    table = f"Title,Date,Dateline,Body\nA tree,2015-09-22,{dateline},{body}\n"
    read = story(table.encode(), "trees.csv")
    assert read.dateline == kept
    told = "".join(block.text for block in read.blocks)
    assert body.endswith(told)
    assert told.startswith(dateline) == (dateline in ("福州", "London"))


def test_that_nobody_signs_is_said_beside_the_story() -> None:
    read = story("标题,作者,日期,正文\n榕树,佚名,2015-09-22,榕树登上邮票。\n".encode(), "trees.csv")
    assert read.bylines == ()
    assert "佚名" in read.unplaced
