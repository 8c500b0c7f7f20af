"""What can't be read says so by name, with a way out; the rest goes on, in little time."""

import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive.contrib.intake import formats
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.runs import ImportOptions, ImportOutcome, ImportRun, ImportStatus
from archive.contrib.intake.sources import SourceFile
from tests.contrib.intake.damage import (
    bomb,
    check_all,
    cut_off,
    damaged,
    read,
    refused_or_read,
    with_outer_entity,
    within,
)
from tests.contrib.intake.files import zipped
from tests.contrib.intake.rounds import formats_of
from tests.contrib.intake.whole_files import (
    CSV,
    FLAT_ODT,
    PARAGRAPH,
    SECOND,
    TEXT,
    WHOLE,
)

# What a way out begins with, after what is wrong.
WAY_OUT = re.compile(
    r"(?:; |, or )(?:copy|export|import|install|pack|put|raise|save|split|take|type|unpack)\b"
)
NOISE = random.Random(14).randbytes(3_000)
BAD = {
    "empty.txt": b"",
    "blank.txt": b" \r\n\t\n\x1a",
    "nothing.txt": b"\x00" * 500,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + NOISE,
    "noise.txt": NOISE,
    "locked.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE,
    "cut.zip": zipped({"story.txt": TEXT.encode() * 20})[:90],
    "cut.fodt": FLAT_ODT.encode()[:-30],
    "cut.json": b'{"headline": "Port opens", "body": ',
    "bomb.fodt": bomb(FLAT_ODT, PARAGRAPH, "o:document"),
    "entity.fodt": with_outer_entity(FLAT_ODT, "Port", "o:document"),
    "out.zip": zipped({"../../out.txt": TEXT.encode()}),
    "bomb.zip": zipped({"bomb.txt": b"0" * 3_000_000}),
}
WORDS = "Port opens\nBy Li Na in Beijing (China Daily)\n"
NAMES = ["湛江港", "порт.txt", "ميناء.txt", "✈️ .txt", "a\nb.txt", "x" * 250, "a\udcff.txt", "%s{}"]
# What a rule of the layouts might follow for ever, parted by spaces; signs for white space.
SIGNS = str.maketrans("␣□⇥↵", " \u3000\t\n")
UNITS = """
( 【 [ " “ | - / . 1 : @ & < > * ■ · ' □ 海 ↵ ⇥ ? � = ␣ () (↵ a↵ a↵↵ A␣B↵ ␣|␣ ␣--␣ a?b a.b a@b.
&amp; &# <b> **a >␣a↵ ■a↵ -␣ A,␣ A/ A␣in␣B␣and␣ By␣A␣in␣B↵ By␣A␣and␣ (China␣Daily␣
(China␣Daily␣09/22/2015␣page17)↵ 2015-09-22␣ 2015-09-22↵ Updated:␣ Updated:␣2015-09-22␣08:00↵
Photo␣by␣A␣/␣Xinhua↵ A.␣Li␣Na␣/␣China␣Daily↵ BEIJING,␣ BEIJING␣ BEIJING,␣Sept␣22␣(Xinhua)␣--␣x↵
Contact␣the␣writer␣at␣a@b.cn↵ 2015年 来源： 记者␣ （记者␣ 编辑␣ 【编辑 新华社 （完） 图：甲↵
甲摄↵ Port␣港口␣ A␣port.↵港口。↵ 原标题： 责任编辑：甲␣ 本报讯 &nbsp; 第12版␣ 电␣
A␣B␣contributed␣ Related␣reading↵ PORT␣OPENS↵ page12↵ 5月 ５月 12:00␣ Sept.␣ (Web␣editor:␣A,␣ a⇥
↵↵ A.B.␣
"""


def imported(folder: Path) -> dict[str, ImportOutcome]:
    """What a dry run says of each file of a folder, by its name there."""
    run = ImportRun(ImportOptions(dry_run=True))
    return {one.name.removeprefix(f"{folder}/"): one for one in run.import_files([folder])}


@pytest.mark.django_db
def test_bad_files_fail_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name, data in {**BAD, "a.txt": TEXT.encode(), "z.txt": TEXT.encode()}.items():
        (tmp_path / name).write_bytes(data)
    outcomes = imported(tmp_path)
    good = [name for name, one in outcomes.items() if one.status is not ImportStatus.FAILED]
    assert good == ["a.txt", "z.txt"]
    # A file within a ZIP goes by both names.
    reasons = {name.partition("/")[0]: one.reason for name, one in outcomes.items()}
    for name in BAD:
        assert WAY_OUT.search(reasons[name]), (name, reasons[name])


@pytest.mark.exhaustive
@pytest.mark.django_db
def test_a_file_over_the_limit_fails_unread(tmp_path: Path, settings: Any) -> None:
    settings.ARCHIVE_INTAKE_MAX_FILE_BYTES = 100_000_000
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(10**12)
    (tmp_path / "story.txt").write_text(TEXT)
    outcomes = imported(tmp_path)
    assert "more than the limit of 100,000,000;" in outcomes["huge.txt"].reason
    assert outcomes["story.txt"].article


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT)
    (outcome,) = imported(tmp_path).values()
    assert outcome.article
    assert outcome.article.headline == "Port opens new route"


def test_every_format_has_a_file_to_damage() -> None:
    known = formats_of("archive.contrib.intake") | formats_of("archive.contrib.office_files")
    assert known - {"refused"} == set(WHOLE)
    assert {name: read(data)[0].format for name, data in WHOLE.items()} == {
        name: name for name in WHOLE
    }


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_cut_off_is_read_or_refused(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    check_all(cut_off(WHOLE[name], 12), caplog)


@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_is_read_or_refused(name: str, caplog: pytest.LogCaptureFixture) -> None:
    check_all(damaged(WHOLE[name]), caplog)


def test_half_characters_and_nuls_take_no_words_with_them() -> None:
    half = TEXT.replace("route", "ro\ud800ute").encode("utf-16", "surrogatepass")
    for data in (half, TEXT.encode() + b"\x00" * 20):
        (story,) = read(data)
        assert [block.text.replace("\ufffd", "") for block in story.blocks] == [PARAGRAPH, SECOND]
    with pytest.raises(IntakeError, match="save the story"):
        read(TEXT.replace(" ", "\x00"))


def test_deep_nesting_is_read_or_refused() -> None:
    deep = FLAT_ODT.replace("<t:p>", "<t:p>" + "<t:span>" * 10_000)
    deep = deep.replace("</t:p>", "</t:span>" * 10_000 + "</t:p>")
    for data in (deep, "[" * 100_000, '{"uri":' * 50_000):
        with within(5):
            refused_or_read(data)


def repeated(unit: str, size: int) -> bytes:
    """A text of about so many bytes that goes on and on."""
    data = unit.translate(SIGNS).encode()
    return f"{WORDS}x".encode() + data * (size // len(data)) + b"y"


@pytest.mark.parametrize("unit", UNITS.split(), ids=ascii)
def test_no_rule_of_a_layout_backtracks(unit: str) -> None:
    # Lines cost more than characters: of them a few hundred show what is not linear.
    with within(4):
        refused_or_read(repeated(unit, 1_000 if "↵" in unit else 10_000))


@pytest.mark.exhaustive
@pytest.mark.parametrize("unit", UNITS.split(), ids=ascii)
def test_a_megabyte_of_the_worst_is_read_in_little_time(unit: str) -> None:
    with within(120):
        refused_or_read(repeated(unit, 50_000 if "↵" in unit else 1_000_000))


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", WHOLE)
def test_a_file_may_end_anywhere(name: str) -> None:
    for data in cut_off(WHOLE[name], 200):
        refused_or_read(data)


MEASURE = """
import sys
import django
django.setup()
from pathlib import Path
from archive.contrib.intake import formats, sources
try:
    formats.read_stories(sources.read(Path(sys.argv[1]), 10**7))
except sources.IntakeError:
    pass
# Of this program alone: what getrusage says includes what its parent had when it was started.
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""
LARGE = {
    "one line": f"Port opens\n{PARAGRAPH * 50_000}".encode(),
    "one Chinese line": ("港口开放\n" + "两艘船" * 500_000).encode(),
    "nested page": f"<html><body><article>{'<b>' * 1_500_000}{PARAGRAPH}".encode(),
    "nested document": FLAT_ODT.replace("<t:p>", "<t:p>" + "<t:s>" * 1_000_000).encode(),
    "table": CSV.encode() + f'Port opens,"{PARAGRAPH}",2015\n'.encode() * 3_000,
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", LARGE)
def test_memory_stays_under_half_a_gigabyte(name: str, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(LARGE[name])
    run = [sys.executable, "-c", MEASURE, str(path)]
    measured = subprocess.run(run, capture_output=True, check=True, timeout=600)
    assert int(measured.stdout) < 500


def test_a_tree_that_would_fill_the_memory_is_refused_before_it_grows() -> None:
    data = FLAT_ODT.replace("<t:p>", "<t:p>" + "<t:s/>" * 600_000).encode()
    with pytest.raises(IntakeError, match="more than 600000 tags"):
        formats.read_stories(SourceFile(Path("a.fodt"), data))
