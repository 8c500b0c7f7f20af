"""Two people save segments of one story: what they don't share never conflicts."""

import pytest
from django.core.management import call_command

from archive.desk.saving import SaveOutcome, SegmentChange, save_segments, version_of
from archive.models import ArticlePage, Translation
from tests.factories import make_article, make_translator, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation() -> Translation:
    return make_article().translations.get()


@pytest.fixture
def keys(translation: Translation) -> list[str]:
    from archive.desk.segments import rows

    return [row.source.key for row in rows(translation)]


def draft_texts(translation: Translation) -> dict[str, str]:
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    return {segment.key: segment.target for segment in draft.segments.all()}


def save_one(translation: Translation, user: object = None, **change: object) -> SaveOutcome:
    return save_segments(translation, [SegmentChange(**change)], user=user)[0]


def test_a_segment_is_saved_and_says_its_version(translation, keys):
    user = make_translator()
    outcome = save_one(translation, user, key="headline", target="标题")
    assert outcome.kind == "saved"
    assert outcome.version == version_of(outcome.segment) != ""
    assert draft_texts(translation) == {"headline": "标题"}
    assert outcome.segment.translated_by == user


def test_the_story_says_that_its_translation_has_begun(translation, keys):
    save_one(translation, key="headline", target="标题")
    article = ArticlePage.objects.get()
    assert (article.translation_state, article.translations.get().state) == ("in_progress",) * 2
    call_command("check_archive", "counts", verbosity=0)


def test_people_at_different_segments_never_conflict(translation, keys):
    first, second = make_translator("first"), make_translator("second")
    kinds = [
        save_one(translation, first, key="headline", target="标题").kind,
        save_one(translation, second, key=keys[1], target="<p>第一段</p>").kind,
    ]
    assert kinds == ["saved", "saved"]
    assert draft_texts(translation) == {"headline": "标题", keys[1]: "<p>第一段</p>"}


def test_the_second_of_two_at_one_segment_is_shown_the_first_text(translation):
    save_one(translation, key="headline", target="甲")
    outcome = save_one(translation, key="headline", target="乙", base="")
    assert (outcome.kind, outcome.segment.target) == ("conflict", "甲")
    assert draft_texts(translation)["headline"] == "甲"


def test_who_has_seen_the_other_text_may_replace_it(translation):
    seen = save_one(translation, key="headline", target="甲").version
    assert save_one(translation, key="headline", target="乙", base=seen).kind == "saved"
    assert draft_texts(translation)["headline"] == "乙"


def test_the_same_words_from_two_people_are_no_conflict(translation):
    save_one(translation, key="headline", target="甲")
    assert save_one(translation, key="headline", target="甲", base="").kind == "unchanged"


def test_one_persons_changes_in_a_row_are_one_version(translation):
    user, base = make_translator(), ""
    for text in ("甲", "甲乙", "甲乙丙"):
        base = save_one(translation, user, key="headline", target=text, base=base).version
    assert translation.revisions.count() == 1
    other = make_translator("other")
    save_one(translation, other, key="headline", target="丁", base=base)
    assert translation.revisions.count() == 2


def test_a_published_version_is_never_written_over():
    translation = translate(make_article())
    live = translation.live_revision
    user = live.user
    save_one(translation, user, key="headline", target="新", base=_stored(translation, "headline"))
    assert translation.revisions.count() == 2
    live.refresh_from_db()
    assert "新" not in str(live.content)


def _stored(translation: Translation, key: str) -> str:
    return version_of(translation.segments.get(key=key))


def test_a_segment_that_the_story_lost_is_reported(translation):
    assert save_one(translation, key="nowhere", target="字").kind == "gone"
    assert translation.revisions.count() == 0


def test_progress_is_kept_on_the_row(translation, keys):
    save_one(translation, key="headline", target="标题", confirmed=True)
    save_one(translation, key=keys[1], left_out=True)
    save_one(translation, key=keys[2], joined=True)
    translation.refresh_from_db()
    assert (translation.done_count, translation.segment_count) == (3, len(keys))


def test_a_machines_draft_doesnt_count_as_translated(translation):
    save_one(translation, key="headline", target="机器", origin="machine")
    translation.refresh_from_db()
    assert translation.done_count == 0
    base = version_of(translation.get_latest_revision_as_object().segments.all()[0])
    save_one(translation, key="headline", target="人", base=base, confirmed=True)
    translation.refresh_from_db()
    assert translation.done_count == 1


@pytest.mark.parametrize("base", ["as seen", "older"])
def test_a_machines_draft_confirmed_as_it_is_counts(translation, base):
    seen = save_one(translation, key="headline", target="机器", origin="machine").version
    user = make_translator()
    change = {"key": "headline", "target": "机器", "base": seen if base == "as seen" else base}
    assert save_one(translation, user, **change).kind == "unchanged"
    outcome = save_one(translation, user, **change, confirmed=True)
    assert (outcome.kind, outcome.segment.origin) == ("saved", "machine")
    assert (outcome.segment.state, outcome.segment.translated_by) == ("confirmed", user)
    translation.refresh_from_db()
    assert translation.done_count == 1
    assert save_one(translation, user, **change, confirmed=True).kind == "unchanged"


def test_a_suggestion_taken_from_the_machine_and_confirmed_counts_at_once(translation):
    outcome = save_one(translation, key="headline", target="机", origin="machine", confirmed=True)
    assert (outcome.segment.state, outcome.segment.origin) == ("confirmed", "machine")


def test_the_browsers_block_keys_make_the_machines_words_nobody_elses(translation, keys):
    text = "<p>机器</p>"
    seen = save_one(translation, key=keys[1], target=text, origin="machine").version
    keyed = text.replace("<p>", '<p data-block-key="a1b2c">')
    outcome = save_one(translation, key=keys[1], target=keyed, base=seen, confirmed=True)
    assert (outcome.kind, outcome.segment.origin) == ("saved", "machine")


def test_confirming_changed_words_overwrites_nobody(translation):
    save_one(translation, key="headline", target="机器", origin="machine")
    outcome = save_one(translation, key="headline", target="我的", confirmed=True)
    assert (outcome.kind, outcome.segment.target) == ("conflict", "机器")


def test_a_blank_rich_text_is_no_text(translation, keys):
    outcome = save_one(translation, key=keys[1], target='<p data-block-key="abc"></p>')
    assert outcome.kind == "unchanged"
