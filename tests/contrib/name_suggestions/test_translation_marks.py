"""A name that an editor tags, marked in the translation through the desk's own saving."""

import pytest
from django.urls import reverse

from archive.contrib.name_suggestions.counts import look_through, story_of
from archive.contrib.name_suggestions.panel import Asked
from archive.contrib.name_suggestions.translation_marks import mark, mention_suggestions
from archive.models import Entity, Translation
from archive.text.segmentation import RICH, digest
from tests.factories import (
    block,
    make_article,
    make_editor,
    make_entity,
    make_translator,
    translate,
)

pytestmark = pytest.mark.django_db
KEY = "00000000-0000-4000-8000-000000000801"
TARGET = "<p>船从湛江开往西雅图。</p>"


@pytest.fixture
def zhanjiang():
    return make_entity()


@pytest.fixture
def translation(zhanjiang):
    make_entity("seattle", "Seattle", "西雅图", country="US")
    body = [block("paragraph", "<p>Ships leave Zhanjiang for Seattle.</p>", KEY)]
    article = make_article("Ships", body=body)
    return translate(article, publish=False, **{KEY: TARGET})


def beside(translation, user):
    article = translation.article
    story = story_of(article)
    return mention_suggestions(Asked(article, story, look_through(story, []), user, {}))


def stored(translation):
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    return next(one for one in draft.segments.all() if one.key == KEY)


def marked(entity, text):
    return f'<a linktype="entity" id="{entity.pk}">{text}</a>'


def post(client, translation, entity, base=TARGET):
    url = reverse("archive_name_suggestions:mark", args=[translation.pk])
    return client.post(url, {"entity": entity.pk, "key": KEY, "base": digest(base, RICH)})


def test_the_sentence_of_the_translation_is_shown(translation, zhanjiang):
    found = beside(translation, make_translator())[zhanjiang.pk]
    assert (found.line.before, found.line.words) == ("船从", "湛江")
    assert found.action
    assert not found.obstacle


def test_who_may_not_translate_is_told_so(translation, zhanjiang):
    found = beside(translation, make_editor())[zhanjiang.pk]
    assert not found.action
    assert "do not have permission to change" in found.obstacle


def test_the_first_place_is_marked_and_nothing_else_changes(client, translation, zhanjiang):
    before = stored(translation)
    client.force_login(make_translator())
    assert "Mention added to the draft" in post(client, translation, zhanjiang).json()["message"]
    after = stored(translation)
    assert after.target == TARGET.replace("湛江", marked(zhanjiang, "湛江"))
    assert (after.state, after.origin, after.source_digest) == (
        before.state,
        before.origin,
        before.source_digest,
    )


def test_two_names_of_one_paragraph_are_marked_one_after_the_other(client, translation, zhanjiang):
    seattle = Entity.objects.get(key="seattle")
    client.force_login(make_translator())
    assert post(client, translation, zhanjiang).status_code == 200
    assert post(client, translation, seattle).status_code == 200
    assert stored(translation).target.count("linktype") == 2
    again = post(client, translation, zhanjiang).json()["message"]
    assert "already has this mention" in again


def test_words_that_changed_meanwhile_are_left_alone(client, translation, zhanjiang):
    client.force_login(make_translator())
    assert post(client, translation, zhanjiang, base="<p>湛江来的船。</p>").status_code == 409
    assert stored(translation).target == TARGET


def test_a_stale_segment_stays_stale(translation, zhanjiang):
    draft = translation.get_latest_revision_as_object()
    next(one for one in draft.segments.all() if one.key == KEY).source_digest = "old"
    draft.save_revision()
    translation = Translation.objects.get(pk=translation.pk)
    assert mark(translation, zhanjiang, KEY, digest(TARGET, RICH), user=None) == "saved"
    assert stored(translation).source_digest == "old"


def test_whoever_marks_a_name_did_not_write_or_review_the_words(translation, zhanjiang):
    author, marker = make_translator("author"), make_translator("marker")
    draft = translation.get_latest_revision_as_object()
    segment = next(one for one in draft.segments.all() if one.key == KEY)
    segment.state, segment.translated_by, segment.reviewed_by = "reviewed", author, author
    draft.save_revision()
    translation = Translation.objects.get(pk=translation.pk)
    assert mark(translation, zhanjiang, KEY, digest(TARGET, RICH), user=marker) == "saved"
    now = stored(translation)
    assert (now.state, now.translated_by, now.reviewed_by) == ("reviewed", author, author)


@pytest.mark.parametrize("make_user", [make_editor, lambda: make_translator(languages=("en",))])
def test_nobody_marks_what_is_not_theirs(client, translation, zhanjiang, make_user):
    client.force_login(make_user())
    assert post(client, translation, zhanjiang).status_code == 302
    assert stored(translation).target == TARGET


def test_a_locked_translation_is_refused(client, translation, zhanjiang):
    Translation.objects.filter(pk=translation.pk).update(locked=True)
    client.force_login(make_translator())
    assert post(client, translation, zhanjiang).status_code == 423
