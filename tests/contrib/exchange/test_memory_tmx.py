"""TMX in and out: what other tools write goes in, and they read what we write."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from translate.storage.tmx import tmxfile

from archive.contrib.exchange.tmx import MOST_CHARACTERS, TmxError, read_tmx, write_tmx
from archive.contrib.exchange.tmx_import import TmxReport, import_tmx
from archive.desk.memory.suggestions import suggest
from archive.desk.memory.units import add_units, make_unit
from archive.models import MemoryFingerprint, MemoryUnit
from archive.text.language import CHINESE, ENGLISH
from tests.factories import DAY, make_article, translate

pytestmark = pytest.mark.django_db


def tu(*texts: tuple[str, str], **attributes: str) -> str:
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    tuvs = "".join(f'<tuv xml:lang="{code}"><seg>{text}</seg></tuv>' for code, text in texts)
    return f"<tu{given}>{tuvs}</tu>"


def file_of(*units: str, srclang: str = "en") -> bytes:
    header = (
        f'<header creationtool="Wordfast" srclang="{srclang}" creationdate="20150922T080000Z"/>'
    )
    return f'<tmx version="1.4">{header}<body>{"".join(units)}</body></tmx>'.encode()


def take(*units: str, name: str = "agency.tmx", **header: str) -> TmxReport:
    return import_tmx(io.BytesIO(file_of(*units, **header)), name)


def test_a_unit_says_which_file_and_tool_it_is_from():
    report = take(tu(("en-GB", "The port opens."), ("zh-Hans", "港口开港。")))
    assert (report.units, report.added, report.is_clean) == (1, 1, True)
    unit = MemoryUnit.objects.get()
    assert (unit.text_en, unit.text_zh_hans) == ("The port opens.", "港口开港。")
    assert (unit.provenance, unit.file_name, unit.file_tool) == ("tmx", "agency.tmx", "Wordfast")
    assert unit.file_date.isoformat() == "2015-09-22T08:00:00+00:00"
    assert suggest("The port opens", ENGLISH)[0].unit == unit


def test_taking_a_file_in_again_adds_nothing():
    unit = tu(("en", "The port opens."), ("zh", "港口开港。"))
    take(unit, unit)
    report = take(unit)
    assert (report.added, report.already_there) == (0, 1)
    assert MemoryUnit.objects.count() == 1


def test_bad_units_are_named_and_the_rest_goes_in():
    report = take(
        tu(("en", "one"), ("fr", "un"), tuid="u1"),
        tu(("zh", "二"), ("en", " … ")),
        tu(("en", "three"), ("zh-CN", "三")),
        tu(("en", "x" * 20_001), ("zh-CN", "长")),
    )
    assert (report.units, report.added, report.skipped) == (4, 1, 3)
    named = [(one.number, one.tuid, one.reason) for one in report.problems]
    assert named[0] == (1, "u1", "It has no Chinese text; its languages: en, fr.")
    assert "no English text" in named[1][2]
    assert "20000 characters" in named[2][2]


def test_what_comes_before_a_break_goes_in_and_the_break_is_told():
    whole = file_of(tu(("en", "one"), ("zh", "一")), tu(("en", "two"), ("zh", "二")))
    report = import_tmx(io.BytesIO(whole[:-30]), "cut.tmx")
    assert report.added == 1
    assert "line 1" in report.error
    assert not report.is_clean


@pytest.mark.parametrize(
    ("texts", "chinese", "converted"),
    [
        ([("en", "The port opens."), ("zh-TW", "港口開港。")], "港口开港。", 1),
        ([("en", "Hi"), ("zh-Hant", "開會"), ("zh-Hans", "开会")], "开会", 0),
        ([("en", "Hi"), ("zh-Hans", "…"), ("zh-HK", "開會")], "开会", 1),
    ],
)
def test_traditional_characters_are_converted_unless_there_are_simplified(
    texts, chinese, converted
):
    report = take(tu(*texts))
    assert MemoryUnit.objects.get().text_zh_hans == chinese
    assert report.converted == converted
    assert ("traditional" in " ".join(report.summary)) is bool(converted)


@pytest.mark.parametrize(
    ("header", "attributes", "texts", "written_in"),
    [
        ("en", {}, [("zh", "港"), ("en", "port")], ENGLISH),
        ("en", {"srclang": "ZH-CN"}, [("en", "port"), ("zh", "港")], CHINESE),
        ("*all*", {}, [("zh", "港"), ("en", "port")], CHINESE),
    ],
)
def test_which_text_came_first_is_kept(header, attributes, texts, written_in):
    take(tu(*texts, **attributes), srclang=header)
    assert MemoryUnit.objects.get().written_in == written_in


def test_files_of_many_units_are_written_in_few_statements(django_assert_max_num_queries):
    units = [tu(("en", f"Ship {n} came in"), ("zh", f"第{n}艘船来了")) for n in range(600)]
    with django_assert_max_num_queries(60):
        assert take(*units).added == 600
    assert MemoryFingerprint.objects.exists()


def test_another_program_reads_what_we_write(tmp_path):
    article = make_article("Ports & “partners”")
    translate(article, headline="港口 <与> 伙伴")
    call_command("export_tmx", tmp_path / "out.tmx", verbosity=0)
    read = tmxfile.parsefile(str(tmp_path / "out.tmx"))
    pairs = {unit.source: unit.target for unit in read.units}
    assert pairs["Ports & “partners”"] == "港口 <与> 伙伴"
    assert len(read.units) == MemoryUnit.objects.count() == 3


def test_we_read_what_another_program_writes(tmp_path):
    written = tmxfile()
    written.addtranslation("Ports & <b>partners</b>", "en-US", "港口 & 伙伴", "zh-CN", "a note")
    written.savefile(str(tmp_path / "in.tmx"))
    call_command("import_tmx", tmp_path / "in.tmx", verbosity=0)
    unit = MemoryUnit.objects.get()
    assert (unit.text_en, unit.text_zh_hans) == ("Ports & <b>partners</b>", "港口 & 伙伴")
    assert unit.file_tool == "Translate Toolkit"


def test_our_own_file_comes_back_as_it_was():
    made = make_unit(
        CHINESE, "湛江港\u0007开港", "The port opens", label="开港", print_date=DAY, kind="headline"
    )
    add_units([made])
    file = "".join(write_tmx(MemoryUnit.objects.all())).encode()
    MemoryUnit.objects.all().delete()
    assert import_tmx(io.BytesIO(file), "own.tmx").is_clean
    unit = MemoryUnit.objects.get()
    assert (unit.text_zh_hans, unit.text_en) == ("湛江港开港", "The port opens")
    assert (unit.written_in, unit.kind) == (CHINESE, "headline")
    assert (unit.label, unit.print_date) == ("开港", DAY)


def test_what_was_published_here_can_be_written_alone(capsys):
    translate(make_article("Port opens"))
    take(tu(("en", "From a file"), ("zh", "来自文件")))
    call_command("export_tmx", "--own")
    written = capsys.readouterr().out
    assert "Port opens" in written
    assert "From a file" not in written


def test_a_report_in_json_names_each_file(tmp_path: Path, capsys):
    good, bad = tmp_path / "good.tmx", tmp_path / "bad.tmx"
    good.write_bytes(file_of(tu(("en", "one"), ("zh", "一"))))
    bad.write_text("<html/>")
    with pytest.raises(CommandError, match=r"bad\.tmx, none\.tmx"):
        call_command("import_tmx", good, bad, tmp_path / "none.tmx", json="-")
    reports = {one["file"]: one for one in json.loads(capsys.readouterr().out)}
    assert reports["good.tmx"]["added"] == 1
    assert "begins with <html>" in reports["bad.tmx"]["error"]
    assert "can't be read" in reports["none.tmx"]["error"]


HEAD = '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>'


FOOT = "</body></tmx>"


def unit(english: str, chinese: str = "你好") -> str:
    tuv = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
    return f"<tu>{tuv.format('en', english)}{tuv.format('zh', chinese)}</tu>"


def read(text: str, encoding: str = "utf-8") -> list[Any]:
    return list(read_tmx(io.BytesIO(text.encode(encoding))))


def english(text: str) -> str:
    return read(HEAD + unit(text) + FOOT)[0].texts[0][1]


@pytest.mark.parametrize(
    ("seg", "text"),
    [
        ('Press <bpt i="1">&lt;b&gt;</bpt>Enter<ept i="1">&lt;/b&gt;</ept> now', "Press Enter now"),
        ('one<ph x="1">{1}</ph> two<it pos="begin">&lt;i&gt;</it>', "one two"),
        ("a <hi>marked</hi> word", "a marked word"),
        ('see <bpt i="1">&lt;a title="<sub>tip</sub>"&gt;</bpt>here', "see here"),
        ("R&amp;D &#x4E2D;", "R&D 中"),
    ],
)
def test_inline_tags_go_and_their_text_stays(seg, text):
    assert english(seg) == text


def test_attributes_and_tags_may_have_capitals_and_old_names():
    file = (
        '<TMX><HEADER SRCLANG="EN-US" CREATIONTOOL="Old"/><BODY><TU TUID="7">'
        '<TUV LANG="EN-US"><SEG>Hi</SEG></TUV></TU></BODY></TMX>'
    )
    (found,) = read(file)
    assert (found.tuid, found.tool, found.source_language) == ("7", "Old", "EN-US")
    assert found.texts == [("EN-US", "Hi")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_tools_write_are_read(encoding):
    assert read(HEAD + unit("port", "港口") + FOOT, encoding)[0].texts[1] == ("zh", "港口")


def test_a_document_type_is_named_and_never_fetched():
    doctype = '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/tmx14.dtd">'
    file = HEAD.replace("?>", "?>" + doctype, 1) + unit("port") + FOOT
    assert read(file)[0].texts[0] == ("en", "port")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]>',
    ],
)
def test_entities_are_refused(doctype):
    with pytest.raises(TmxError, match="entities"):
        read(HEAD.replace("?>", "?>" + doctype, 1) + unit("port") + FOOT)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("", "empty"),
        ("<xliff/>", "begins with <xliff>"),
        ("not xml", "line 1"),
        (HEAD + unit("port"), "line 1"),
        ('<?xml version="1.0" encoding="gb18030"?><tmx/>', "UTF-8"),
    ],
)
def test_what_is_no_tmx_file_gets_a_clear_answer(file, message):
    with pytest.raises(TmxError, match=message):
        read(file)


def test_units_before_a_break_are_kept():
    broken = io.BytesIO((HEAD + unit("one") + unit("two") + "<tu").encode())
    assert [one.texts[0][1] for one in until_broken(broken)] == ["one", "two"]


def until_broken(stream: Any) -> Iterator[Any]:
    with suppress(TmxError):
        yield from read_tmx(stream)


class Endless(io.RawIOBase):
    """A file of so many bytes, made while it is read."""

    def __init__(self, head: str, piece: str, size: int) -> None:
        self._rest = head.encode()
        self._piece = piece.encode() * 9
        self._left = size

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and self._left > 0:
            self._rest += self._piece
            self._left -= len(self._piece)
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk


@pytest.mark.parametrize(
    ("head", "piece"),
    [(HEAD, unit("port " * 200)), (HEAD + "<tu><tuv xml:lang='en'><seg>", "word ")],
    ids=["many units", "one long text"],
)
def test_any_size_is_read_in_the_same_memory(head, piece):
    tracemalloc.start()
    for _unit in until_broken(Endless(head, piece, 8_000_000)):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_text_that_is_far_too_long_is_marked():
    (found,) = read(HEAD + unit("x" * (MOST_CHARACTERS + 1)) + FOOT)
    assert found.is_too_long
