"""A tool of another language, npm's `xliff`, reads what we write and writes what we read.

It indents texts with tags, escapes no attributes, and loses notes' authors, targets' states,
original data and the declarations of namespaces.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from archive.contrib.exchange.plan import ReplyVerdict
from archive.desk.saving import SegmentChange, save_segments
from archive.models import Translation
from tests.contrib.exchange.stories import (
    draft_texts,
    exported,
    imported,
    make_rich_story,
    row_of,
    verdicts,
)

ROOT = Path(__file__).parents[3]
SCRIPT = """
const [reader, writer, filled] = process.argv.slice(1);
const tool = require("xliff");
const sourced = (units) => Object.values(units).filter((unit) => unit.source);
const fill = (unit) => { unit.target = ["新", ...[].concat(unit.source)]; };
const run = async () => {
  const read = await tool[reader](require("fs").readFileSync(0, "utf8"));
  if (filled) for (const units of Object.values(read.resources)) sourced(units).forEach(fill);
  process.stdout.write(await tool[writer](read));
};
run();
"""
FUNCTIONS = {"xliff12": ("xliff12ToJs", "jsToXliff12"), "xliff21": ("xliff2js", "js2xliff")}
versions = pytest.mark.parametrize("name", list(FUNCTIONS))
pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]


@pytest.fixture(scope="module", autouse=True)
def _installed():
    assert shutil.which("npm"), "Install Node.js with npm, or run the tests without --all."
    subprocess.run([ROOT / ".ci/biome", "--version"], check=True, capture_output=True)


def written_again(name: str, data: bytes, *, filled: bool = False) -> bytes:
    """The file as the tool writes it; `filled`: with each source as its translation."""
    command = ["node", "-e", SCRIPT, *FUNCTIONS[name], *(["filled"] if filled else [])]
    done = subprocess.run(command, input=data, capture_output=True, cwd=ROOT, check=True)
    return done.stdout


@pytest.fixture
def story(db) -> Translation:
    return make_rich_story().translations.get()


@versions
def test_what_the_tool_fills_in_is_taken_over_with_its_tags(name, story):
    (report,) = imported(written_again(name, exported(story, format_name=name), filled=True))
    assert verdicts(report) == {ReplyVerdict.APPLIED}
    sources = [row_of(story, key).source.text for key in draft_texts(story)]
    expected = [s.replace("<p>", "<p>新") if "<p>" in s else f"新{s}" for s in sources]
    assert list(draft_texts(story).values()) == expected


@versions
def test_what_the_tool_only_opens_and_saves_is_unchanged_and_makes_no_comments(name, story):
    imported(written_again(name, exported(story, format_name=name), filled=True))
    (report,) = imported(written_again(name, exported(story, format_name=name)))
    assert (verdicts(report), report.comments) == ({ReplyVerdict.UNCHANGED}, 0)


@versions
def test_an_omitted_segments_note_is_no_comment(name, story):
    *_others, last = draft_texts(story)
    save_segments(story, [SegmentChange(last, left_out=True, note="local news")], user=None)
    (report,) = imported(written_again(name, exported(story, format_name=name)))
    assert report.comments == 0
