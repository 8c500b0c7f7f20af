"""Independent tools, the Translate Toolkit and gettext, read our files and write what we read."""

import io
import subprocess
from copy import deepcopy
from pathlib import Path

import pytest
from translate.storage.pypo import pofile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from archive.contrib.exchange.plan import ReplyVerdict
from archive.contrib.intake.runs import ImportOptions, ImportRun
from archive.models import ArticlePage, Translation
from tests.contrib.exchange.stories import (
    draft_texts,
    exported,
    imported,
    make_rich_story,
    type_at_the_desk,
    verdicts,
)
from tests.factories import make_home

SEED = Path(__file__).parents[2] / "data" / "zhanjiang-2015-09-22.txt"
TOOLS = {"xliff12": xlifffile, "xliff21": Xliff2File, "po": pofile}
formats = pytest.mark.parametrize("name", list(TOOLS))


@pytest.fixture
def seed(db) -> Translation:
    make_home()
    outcomes = list(ImportRun(ImportOptions(publish=True)).import_files([SEED]))
    assert len(outcomes) == 1, outcomes
    return ArticlePage.objects.get().translations.get()


def opened(name, data):
    return TOOLS[name].parsestring(data)


def filled(name, data, translate):
    """The file as the tool writes it, each source translated by `translate`."""
    store = opened(name, data)
    for unit in store.units:
        if unit.source and unit.istranslatable():
            unit.target = translate(str(unit.source))
            unit.markfuzzy(False)
    written = io.BytesIO()
    store.serialize(written)
    return written.getvalue()


def chinese(source):
    return f"译：{len(source)}字"


@formats
def test_the_tool_reads_every_segment_of_the_seed_story(name, seed):
    store = opened(name, exported(seed, format_name=name))
    sources = [str(unit.source) for unit in store.units if unit.source]
    assert len(sources) == len(draft_texts(seed))
    assert any("114 countries" in source for source in sources)
    assert store.gettargetlanguage() in ("zh-Hans", "zh_CN")


@formats
def test_what_the_tool_fills_in_is_all_taken_over(name, seed):
    (report,) = imported(filled(name, exported(seed, format_name=name), chinese))
    assert verdicts(report) == {ReplyVerdict.APPLIED}
    assert len(report.lines) == len(draft_texts(seed)) == 20
    assert all("译：" in text for text in draft_texts(seed).values())


@formats
def test_a_segment_edited_meanwhile_is_reported_and_kept(name, seed):
    data = filled(name, exported(seed, format_name=name), chinese)
    key = list(draft_texts(seed))[9]
    type_at_the_desk(seed, key, "<p>桌上</p>")
    (report,) = imported(data)
    (conflict,) = [line for line in report.lines if line.verdict is ReplyVerdict.CONFLICT]
    assert (conflict.key, conflict.stored) == (key, "<p>桌上</p>")
    assert "译：" in conflict.offered
    assert report.count(ReplyVerdict.APPLIED) == len(report.lines) - 1
    assert draft_texts(seed)[key] == "<p>桌上</p>"


@formats
def test_what_the_tool_only_opens_and_saves_is_unchanged(name, seed):
    imported(filled(name, exported(seed, format_name=name), chinese))
    store, written = opened(name, exported(seed, format_name=name)), io.BytesIO()
    assert all("译：" in unit.target for unit in store.units if unit.source)
    store.serialize(written)
    assert verdicts(imported(written.getvalue())[0]) == {ReplyVerdict.UNCHANGED}


@formats
def test_a_second_round_replaces_the_first(name, seed):
    imported(filled(name, exported(seed, format_name=name), chinese))
    again = filled(name, exported(seed, format_name=name), lambda source: "第二轮")
    assert verdicts(imported(again)[0]) == {ReplyVerdict.APPLIED}
    assert {text.strip("</p>") for text in draft_texts(seed).values()} == {"第二轮"}


def turned_round(name, data):
    """The file with each source copied, its tags in another order."""
    store = opened(name, data)
    for unit in store.units:
        if name == "po" and unit.source:
            unit.target = f"新{unit.source}"
            unit.markfuzzy(False)
        elif unit.source:
            _copy_backwards(unit)
    written = io.BytesIO()
    store.serialize(written)
    return written.getvalue()


def _copy_backwards(unit):
    """What an editor with a mouse does: the same tags, in another order."""
    source = unit.source_dom
    unit.target = "新"
    target = unit.target_dom
    for child in reversed(list(source)):
        target.append(deepcopy(child))


@formats
def test_tags_that_the_tool_moves_come_back_as_they_were(name, db):
    translation = make_rich_story().translations.get()
    (report,) = imported(turned_round(name, exported(translation, format_name=name)))
    assert ReplyVerdict.BROKEN not in verdicts(report)
    text = next(text for text in draft_texts(translation).values() if "linktype" in text)
    assert "<b>port</b>" in text
    assert 'linktype="entity"' in text
    assert text.startswith("<p>新")


def test_a_catalogues_header_lacks_nothing_that_gettext_asks_for(db):
    store = opened("po", exported(make_rich_story().translations.get(), format_name="po"))
    asked = ("Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team")
    assert all(store.parseheader()[name] for name in asked)


@pytest.mark.exhaustive
def test_gettext_has_nothing_to_say_about_a_catalogue(db, tmp_path):
    story = make_rich_story().translations.get()
    path = tmp_path / "story.po"
    path.write_bytes(filled("po", exported(story, format_name="po"), lambda source: source))
    checked = subprocess.run(
        ["msgfmt", "--check", "--verbose", "-o", tmp_path / "story.mo", path],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C"},
    )
    assert checked.stderr.strip() == "4 translated messages."
