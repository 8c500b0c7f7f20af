"""Tables that come back from reviewers: the same report as of a translation tool's file."""

import pytest

from archive.contrib.exchange.plan import ReplyVerdict
from archive.contrib.exchange.report import StoryReport
from archive.desk.saving import SegmentChange, save_segments
from archive.models import Translation
from archive.stories.body import raw
from tests.contrib.exchange.stories import (
    draft_texts,
    exported,
    imported,
    make_rich_story,
    row_of,
    type_at_the_desk,
    verdicts,
)
from tests.contrib.exchange.values import TABLES, edited
from tests.factories import make_article, make_body, make_translator

pytestmark = pytest.mark.django_db
tables = pytest.mark.parametrize("name", TABLES)
# Both are read by the same rules: one of them is enough for every day.
either = pytest.mark.parametrize(
    "name", ["xlsx", pytest.param("docx", marks=pytest.mark.exhaustive)]
)


@pytest.fixture
def translation() -> Translation:
    return make_rich_story().translations.get()


def back(name: str, translation: Translation, *texts: tuple[int, str, str]) -> StoryReport:
    """The report on the story's file with other texts: (row, column, text)."""
    data = exported(translation, format_name=name)
    for row, column, text in texts:
        data = edited(name, data, {column: text}, row=row)
    (report,) = imported(data)
    return report


@tables
def test_what_a_reviewer_writes_is_applied_with_its_tags(name, translation):
    report = back(
        name, translation, (2, "target", "城市"), (3, "target", "<1>港口</1>\n<2>湛江</2>")
    )
    assert report.count(ReplyVerdict.APPLIED) == 2
    key = list(draft_texts(translation))[1]
    assert draft_texts(translation)[key].startswith("<p><b>港口</b></p><p><a id=")
    assert row_of(translation, "headline").segment.state == "draft"


@tables
def test_a_table_that_was_only_opened_and_saved_changes_nothing(name, translation):
    key = list(draft_texts(translation))[1]
    type_at_the_desk(translation, "headline", "城市")
    type_at_the_desk(translation, key, "<p>一<b>港</b></p><p>二</p>")
    report = back(name, translation, (2, "comment", ""))
    assert verdicts(report) == {ReplyVerdict.UNCHANGED, ReplyVerdict.EMPTY}
    assert not any(line.remark for line in report.lines)


@either
@pytest.mark.parametrize("status", ["草稿", "Draft"])
def test_a_status_set_back_to_a_draft_makes_one(name, status, translation):
    save_segments(translation, [SegmentChange("headline", "城市", confirmed=True)], user=None)
    assert row_of(translation, "headline").segment.state == "confirmed"
    report = back(name, translation, (2, "state", status))
    assert report.count(ReplyVerdict.APPLIED) == 1
    assert row_of(translation, "headline").segment.state == "draft"
    assert draft_texts(translation)["headline"] == "城市"


@either
@pytest.mark.parametrize(
    ("status", "state"), [("已确认", "confirmed"), ("Reviewed", "confirmed"), ("草稿", "draft")]
)
def test_words_that_a_reviewer_changes_are_as_their_status_says(name, status, state, translation):
    type_at_the_desk(translation, "headline", "市")
    report = back(
        name, translation, (2, "target", "城市"), (2, "state", status), (2, "comment", "好")
    )
    assert (report.count(ReplyVerdict.APPLIED), report.comments) == (1, 1)
    assert row_of(translation, "headline").segment.state == state


@either
def test_a_status_is_compared_with_the_one_that_the_table_went_out_with(name, translation):
    data = exported(translation, format_name=name)
    save_segments(translation, [SegmentChange("headline", "桌上的", confirmed=True)], user=None)
    data = edited(name, edited(name, data, {"target": "审校的"}), {"state": "已确认"})
    (report,) = imported(data, user=make_translator())
    (line,) = [line for line in report.lines if line.verdict is ReplyVerdict.CONFLICT]
    assert (line.remark, line.answer.confirmed) == (
        "The file’s text is kept in the history.",
        True,
    )


@either
def test_two_lines_for_a_source_without_tags_that_changed_meanwhile_are_a_conflict(
    name, translation
):
    translation = make_article(body=make_body("Second.")).translations.get()
    key = list(draft_texts(translation))[-1]
    data = exported(translation, format_name=name)
    article = translation.article
    (block,) = raw(article.source("body"))
    block["value"] = "<p>Second thoughts.</p>"
    article.body_en = article._meta.get_field("body_en").to_python([block])
    article.save_revision().publish()
    type_at_the_desk(translation, key, "<p>桌上的</p>")
    (report,) = imported(edited(name, data, {"target": "一\n二"}, row=3), user=make_translator())
    (line,) = [line for line in report.lines if line.verdict is ReplyVerdict.CONFLICT]
    assert line.answer.target == "<p>一</p><p>二</p>"


@tables
def test_what_was_typed_meanwhile_stays_and_the_report_names_the_row(name, translation):
    data = exported(translation, format_name=name)
    type_at_the_desk(translation, "headline", "桌上的")
    (report,) = imported(edited(name, data, {"target": "审校的"}), user=make_translator())
    (line,) = [line for line in report.lines if line.verdict is ReplyVerdict.CONFLICT]
    assert line.place.endswith("row 2")
    assert (line.offered, line.stored) == ("审校的", "桌上的")


@either
def test_a_source_that_a_reviewer_changed_is_told_and_not_taken(name, translation):
    report = back(name, translation, (2, "source", "Town builds"), (2, "target", "城市"))
    (line,) = [line for line in report.lines if line.key == "headline"]
    assert (line.verdict, line.change.target) == (ReplyVerdict.APPLIED, "城市")
    assert "only translations are taken in" in line.remark
    assert row_of(translation, "headline").is_stale is False


@either
def test_a_tag_that_isnt_the_sources_is_refused(name, translation):
    report = back(name, translation, (3, "target", "<7>港</7>"), (2, "target", "一\n二"))
    (broken,) = [line for line in report.lines if line.verdict is ReplyVerdict.BROKEN]
    assert "“7”" in broken.remark
    # A headline has one line.
    assert draft_texts(translation)["headline"] == "一 二"


def test_rows_without_a_reference_only_fill_what_is_untranslated(translation):
    type_at_the_desk(translation, "headline", "桌上的")
    texts = [(2, "target", "别的"), (5, "target", "第二。"), (2, "number", "1"), (5, "number", "4")]
    report = back("docx", translation, *texts)
    assert report.count(ReplyVerdict.CONFLICT) == 1
    assert report.count(ReplyVerdict.APPLIED) == 1
    assert draft_texts(translation)["headline"] == "桌上的"


@either
def test_a_table_of_a_story_that_is_gone_is_refused(name, translation):
    data = exported(translation, format_name=name)
    article = translation.article
    article.translation_key = "0b1f2a60-0000-4000-8000-0000000000ff"
    article.save()
    assert "not in the archive" in imported(data)[0].trouble
