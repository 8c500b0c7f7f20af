"""A line with the name of one of the archive's publications and a day is what was in print."""

from datetime import date

import pytest

from archive.contrib.intake.layout.bylines import sign
from archive.contrib.intake.outlets import naming
from archive.contrib.intake.pasted import LayoutReader
from tests.contrib.intake.batches.values import make_batch
from tests.contrib.intake.texts import parse
from tests.factories import make_publication, make_user

ENGLISH = """Cities sign harbour pact

By Li Na
{}

The two harbour cities signed an agreement on Monday. It will bring more ships to both ports.

The mayor said the city would send students to its partner next year.
"""
CHINESE = """两市签署港口协议

记者 李娜
{}

两个港口城市星期一签署了一项协议。协议将为两个港口带来更多船只。

市长说，明年将派学生前往友好城市。
"""


@pytest.mark.parametrize(
    ("text", "paper", "writer", "line"),
    [
        (ENGLISH, "Sister Cities Sampler", "Li Na", "Sister Cities Sampler, October 12, 2015"),
        (ENGLISH, "Old Port", "Li Na", "12 October 2015 | The Old Port"),
        (CHINESE, "友城样刊", "李娜", "友城样刊 2015年10月12日"),
        (CHINESE, "友城样刊", "李娜", "《友城样刊》2015-10-12"),
    ],
)
def test_it_stands_below_the_byline(text: str, paper: str, writer: str, line: str) -> None:
    with naming([paper]):
        article = parse(text.format(line))
    assert paper in (article.publication or "")
    assert article.published == date(2015, 10, 12)
    assert [one.name for one in article.bylines] == [writer]
    assert article.unplaced == ()


def test_a_byline_that_was_read_before_its_paper_was_made_is_read_anew() -> None:
    line = "By Li Na, Old Port"
    before = sign(line)
    with naming(["Old Port"]):
        within = sign(line)
    assert within != before
    assert within is not None
    assert [one.name for one in within.bylines] == ["Li Na"]
    assert sign(line) == before


@pytest.mark.django_db
def test_imports_and_pasted_texts_know_the_archives_publications() -> None:
    make_publication("sampler", en="Sister Cities Sampler", zh="友城样刊")
    line = "Sister Cities Sampler, October 12, 2015"
    items = make_batch(ENGLISH.format(line), CHINESE.format("友城样刊 2015年10月12日")).items
    read = items.order_by("pk").values_list("record__publication", "record__published")
    assert list(read) == [("Sister Cities Sampler", "2015-10-12"), ("友城样刊", "2015-10-12")]
    text = ENGLISH.format(line)
    pasted = LayoutReader().read_story("", text, filled=(), user=make_user("nobody"))
    found = {one.name: one.shown for one in pasted.found}
    assert "Sampler" not in found["byline"]
    assert "Sister Cities Sampler" in found["citation"]
