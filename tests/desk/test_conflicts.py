"""Two translators with the same form: what they don't share merges, the rest is shown to both."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowContentType, WorkflowTask
from wagtail.test.utils.form_data import rich_text

from archive.desk.editor.forms import BASE, LEFT_OUT, TARGET, field_name
from archive.desk.saving import version_of
from archive.desk.segments import joinable
from archive.models import ArticlePage, Translation
from archive.stories.blocks import TEXT_FEATURES
from archive.stories.body import raw
from archive.text.language import CHINESE, ENGLISH
from archive.text.richtext import plain_text
from tests.desk.edit_forms import errors_of
from tests.desk.helpers import Form, Person, again, page_text, target_words, translation_of
from tests.factories import block, make_article, make_translator, translate

pytestmark = pytest.mark.django_db

ACTIONS = ["", "publish", "submit"]


@pytest.fixture
def translation() -> Translation:
    """Published, of a headline and two paragraphs; with a workflow."""
    workflow = Workflow.objects.create(name="Second pair of eyes")
    task = GroupApprovalTask.objects.create(name="Look at it")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    translation = translate(make_article())
    content_type = translation.get_content_type()
    WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)
    return translation


@pytest.fixture
def li() -> Person:
    return Person(make_translator("li"))


@pytest.fixture
def wang() -> Person:
    return Person(make_translator("wang"), CHINESE)


def texts(translation: Translation) -> list[str]:
    draft = again(translation).get_latest_revision_as_object()
    segments = sorted(draft.segments.all(), key=lambda segment: segment.sort_order)
    return [
        segment.target.split(">")[-2].removesuffix("</p")
        if ">" in segment.target
        else segment.target
        for segment in segments
    ]


def versions(translation: Translation) -> list[Any]:
    found = Revision.objects.for_instance(translation)
    return list(found.values_list("pk", "content", "created_at"))


def apart(form: Form) -> tuple[str, str]:
    return form.keys()[0], form.keys()[1]


@pytest.mark.parametrize("action", ACTIONS)
def test_people_at_different_segments_never_conflict(translation, li, wang, action: str) -> None:
    mine, theirs = li.edits(translation), wang.edits(translation)
    first, second = apart(mine)
    theirs.put(first, "王题").save()
    mine.put(second, "李文")
    if action == "publish":
        # What was not shown is shown before readers have it.
        assert "Others have changed these segments" in mine.refused(action)
    mine.save(action)
    assert texts(translation)[:2] == ["王题", "李文"]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_conflict_writes_nothing_and_shows_both_texts(translation, li, wang, action: str) -> None:
    form = li.edits(translation).put("headline", "李题")
    form.put(form.keys()[2], "李文")
    wang.edits(translation).put("headline", "王题").save()
    before = versions(translation)
    shown = form.refused(action)
    assert form.conflicts() == {"headline": "李王题"}
    assert form.shows("headline") == "李题"
    assert form.shows(form.keys()[2]) == "李文"
    assert "wang" in shown
    assert versions(translation) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_mine_goes_through_once_theirs_was_seen_and_theirs_stays_in_the_history(
    translation, li, wang, action: str
) -> None:
    form = li.edits(translation).fill("李")
    wang.edits(translation).fill("王").save()
    form.refused(action)
    assert len(form.conflicts()) == 3
    form.keep_mine().save(action)
    assert texts(translation) == ["李之0", "李之1", "李之2"]
    assert "王之1" in str(versions(translation))


def test_a_still_newer_text_is_shown_again(translation, li, wang) -> None:
    form = li.edits(translation).put("headline", "李题")
    wang.edits(translation).put("headline", "王题").save()
    form.refused()
    form.keep_mine()
    wang.edits(translation).put("headline", "又题").save()
    form.refused("publish")
    assert form.conflicts() == {"headline": "李又题"}
    form.keep_mine().save()
    assert texts(translation)[0] == "李题"


def test_a_second_try_without_a_choice_is_refused_too(translation, li, wang) -> None:
    form = li.edits(translation).put("headline", "李题")
    wang.edits(translation).put("headline", "王题").save()
    form.refused()
    form.refused()
    assert texts(translation)[0] == "王题"


def test_a_made_up_base_is_no_consent(translation, li, wang) -> None:
    form = li.edits(translation).put("headline", "李题")
    wang.edits(translation).put("headline", "王题").save()
    for base in ("", "on", "0" * 16, "\x00", "x" * 500):
        form.data[field_name(BASE, "headline")] = base
        form.refused()
        assert texts(translation)[0] == "王题", base


def test_a_form_without_bases_buries_nothing(translation, li, wang) -> None:
    form = li.edits(translation).put("headline", "李题")
    wang.edits(translation).put("headline", "王题").save()
    form.data = {name: v for name, v in form.data.items() if "segment-base" not in name}
    form.refused("publish")
    assert texts(translation)[0] == "王题"


def test_the_same_words_from_two_people_are_no_conflict(translation, li, wang) -> None:
    form = li.edits(translation).fill("同")
    wang.edits(translation).fill("同").save()
    form.save("publish")
    assert texts(translation)[0] == "同之0"


def test_what_was_left_alone_stays_as_a_colleague_saved_it(translation, li, wang) -> None:
    form = li.edits(translation)
    wang.edits(translation).fill("王").save()
    # What nobody was shown doesn't go to readers; a draft is saved beside it.
    assert "Others have changed" in str(errors_of(form.press("publish")))
    form.save()
    assert texts(translation) == ["王之0", "王之1", "王之2"]


def test_two_first_saves_do_not_bury_each_other(li, wang) -> None:
    translation = translation_of(make_article())
    early, late = li.edits(translation).fill("早"), wang.edits(translation).fill("晚")
    early.save()
    assert late.refused()
    assert list(late.conflicts().values()) == ["晚早之0", "晚早之1", "晚早之2"]
    assert texts(translation)[0] == "早之0"
    late.keep_mine().save()
    assert texts(translation)[0] == "晚之0"


def test_leaving_out_conflicts_with_a_text(translation, li, wang) -> None:
    form = li.edits(translation)
    key = form.keys()[1]
    wang.edits(translation).put(key, "王文").save()
    form.data[field_name(LEFT_OUT, key)] = "on"
    form.refused()
    assert list(form.conflicts()) == [key]


def test_two_windows_of_one_person_are_two_forms(translation, li) -> None:
    left, right = li.edits(translation), li.edits(translation)
    left.put("headline", "左").save()
    said = right.put("headline", "右").refused("publish")
    assert "you saved other texts in another window" in said
    assert "You saved another text in another window. Both are kept." in said
    assert "Keep the text above" in said
    assert "li saved another text" not in said
    assert texts(translation)[0] == "左"


def test_own_segment_saves_make_nothing_stale(translation, li) -> None:
    form = li.edits(translation)
    for words in ("一", "一二", "一二三"):
        assert form.fill(words).autosave()["success"]
    form.fill("终").save("publish")
    assert texts(translation)[0] == "终之0"
    assert len(versions(translation)) == 3


def test_a_colleagues_segment_save_counts(translation, li, wang) -> None:
    form = li.edits(translation).put("headline", "李题")
    assert wang.edits(translation).put("headline", "王题").autosave_segments("headline")["success"]
    form.refused("publish")
    assert form.conflicts() == {"headline": "李王题"}


def test_a_segment_save_meets_what_a_form_saved(translation, li, wang) -> None:
    form = li.edits(translation).put("headline", "李题")
    wang.edits(translation).put("headline", "王题").save()
    outcome = form.autosave_segments("headline")["outcomes"][0]
    assert outcome["kind"] == "conflict"
    assert "<del>李</del><ins>王</ins>题" in outcome["conflict"]
    assert texts(translation)[0] == "王题"


def test_an_old_version_is_brought_back_only_over_what_was_seen(translation, li, wang) -> None:
    old = again(translation).latest_revision
    wang.edits(translation).fill("中").save()
    form = li.reverts(translation, old)
    wang.edits(translation).put("headline", "王题").save()
    form.refused("publish")
    assert list(form.conflicts()) == ["headline"]
    form.keep_mine().save("publish")
    assert texts(translation)[0] == "译文：headline"
    assert "中" not in str(again(translation).latest_revision.content)


def test_a_preview_shows_what_was_typed_and_what_colleagues_saved(translation, li, wang) -> None:
    form = li.edits(translation).put("headline", "李题")
    wang.edits(translation).put("headline", "王题").put(form.keys()[1], "王文").save()
    url = reverse("wagtailsnippets_archive_translation:preview_on_edit", args=[translation.pk])
    answer = li.client.post(url, form.data).json()
    assert answer == {"is_valid": True, "is_available": True}
    shown = page_text(li.client.get(url))
    assert "李题" in shown
    assert "王文" in shown


def test_a_save_without_a_change_makes_no_draft(li) -> None:
    translation = translation_of(make_article())
    li.edits(translation).fill("译").publish()
    li.edits(translation).save()
    assert not again(translation).has_unpublished_changes


@pytest.fixture
def mended(request: Any) -> ArticlePage:
    return make_article(language=request.param)


@pytest.mark.parametrize("mended", [ENGLISH, CHINESE], indirect=True)
def test_a_markup_that_comes_back_in_other_clothes_is_no_change(mended: ArticlePage, li) -> None:
    """As from a load: Draftail writes entities, spaces and tags in its own way."""
    key = li.edits(translation_of(mended)).keys()[1]
    stored = '<p>A &quot;b&quot; <strong>c</strong>\xa0<a href="https://e.org/" rel="x">d</a></p>'
    translation = translate(mended, **{key: stored})
    form = li.edits(translation)
    other = Person(make_translator("other")).edits(translation).put(key, "新")
    other.save()
    form.put("headline", "题").save()
    assert "新" in texts(translation)[1]


def test_a_paragraph_is_translated_with_the_one_before(li) -> None:
    article = make_article()
    form = li.edits(translation_of(article)).fill("译")
    key = form.keys()[2]
    form.put(key, "").tick("joined", key).publish()
    row = again(article)
    assert not row.translation_is_abridged
    assert len(row.body_zh_hans) == 1
    form = li.edits(translation_of(article))
    del form.data[field_name("joined", key)]
    assert field_name(TARGET, key) in form.data
    assert "Translate this segment" in form.refused("publish")


def test_the_first_paragraph_has_none_before_it(li) -> None:
    form = li.edits(translation_of(make_article()))
    boxes = [key for key in form.keys() if field_name("joined", key) in page_text(form.response)]  # noqa: SIM118
    assert boxes == [form.keys()[2]]


def test_what_stands_between_two_paragraphs_parts_them(li) -> None:
    words = {"image": None, "caption": "", "alt_text": "", "credit": "AFP"}
    body = [
        block("paragraph", "<p>One.</p>"),
        block("image", words),
        block("paragraph", "<p>Two.</p>"),
        block("paragraph", "<p>Three.</p>"),
    ]
    article = make_article(body=body)
    assert joinable(article) == {body[3]["id"]}
    form = li.edits(translation_of(article)).fill("译").tick("joined", body[2]["id"])
    form.publish()
    assert "译之2" in target_words(article)


@pytest.mark.parametrize("way", ["form", "row by row"])
def test_the_words_of_a_joined_paragraph_reach_readers_after_those_of_the_one_before(
    li, way: str
) -> None:
    article = make_article()
    form = li.edits(translation_of(article)).fill("译")
    key = form.keys()[2]
    if way == "form":
        form.tick("joined", key).publish()
    else:
        form.save()
        translation = translation_of(article)
        base = next(
            version_of(one)
            for one in translation.get_latest_revision_as_object().segments.all()
            if one.key == key
        )
        change = {
            "key": key,
            "target": rich_text("<p>译之2</p>", features=TEXT_FEATURES),
            "base": base,
            "joined": True,
        }
        assert li.saves(translation.pk, change).json()["outcomes"][0]["kind"] == "saved"
        li.edits(translation).publish()
    [paragraph] = raw(again(article).body_zh_hans)
    assert plain_text(paragraph["value"]) == "译之1译之2"
    assert not again(article).translation_is_abridged
    form = li.edits(translation_of(article))
    assert form.shows(key) == "译之2"
    del form.data[field_name("joined", key)]
    form.publish()
    assert [plain_text(one["value"]) for one in raw(again(article).body_zh_hans)] == [
        "译之1",
        "译之2",
    ]


def test_the_words_of_a_joined_paragraph_stay_where_the_one_before_is_left_out(li) -> None:
    article = make_article()
    form = li.edits(translation_of(article)).fill("译")
    [_headline, first, second] = form.keys()
    form.leave_out(first).tick("joined", second).publish()
    assert "译之2" in target_words(article)


def test_an_omitted_paragraph_keeps_its_words_and_gives_them_back(li) -> None:
    article = make_article()
    form = li.edits(translation_of(article)).fill("译")
    key = form.keys()[1]
    form.tick("left-out", key).publish()
    assert "译之1" not in target_words(article)
    form = li.edits(translation_of(article))
    assert form.shows(key) == "译之1"
    del form.data[field_name("left-out", key)]
    form.publish()
    assert "译之1" in target_words(article)
