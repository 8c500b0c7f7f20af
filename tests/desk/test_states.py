"""How far a segment is: typing makes a draft, a person confirms it, a second one reviews it."""

import pytest

from archive.desk.editor.forms import DRAFTS_KNOWN
from archive.desk.saving import SaveOutcome, SegmentChange, save_segments
from archive.desk.segments import counts_of, rows
from archive.models import Translation
from archive.text.richtext import plain_text
from tests.desk.helpers import Person
from tests.factories import block as make_block
from tests.factories import make_article, make_translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation() -> Translation:
    return make_article().translations.get()


def save(translation: Translation, user: object = None, **change: object) -> SaveOutcome:
    values = {"key": "headline", "target": "标题", **change}
    return save_segments(translation, [SegmentChange(**values)], user=user)[0]


def confirm(translation: Translation, user: object, **change: object) -> SaveOutcome:
    return save(translation, user, confirmed=True, **change)


def test_what_is_typed_is_a_draft_until_it_is_confirmed(translation):
    user = make_translator()
    assert save(translation, user).segment.state == "draft"
    assert confirm(translation, user).segment.state == "confirmed"
    assert confirm(translation, user).kind == "unchanged"


def test_changed_words_are_a_draft_again_and_none_are_empty(translation):
    seen = confirm(translation, make_translator()).version
    changed = save(translation, target="新标题", base=seen)
    assert changed.segment.state == "draft"
    assert save(translation, target="", base=changed.version).segment.state == "empty"


def test_to_omit_a_segment_is_a_decision(translation):
    key = rows(translation)[1].source.key
    assert save(translation, key=key, target="", left_out=True).segment.state == "confirmed"


def test_a_second_person_who_may_publish_reviews(translation):
    first, second = make_translator("first"), make_translator("second")
    confirm(translation, first)
    assert confirm(translation, make_translator("plain", may_publish=False)).kind == "unchanged"
    reviewed = confirm(translation, second)
    assert (reviewed.segment.state, reviewed.segment.translated_by) == ("reviewed", first)


def test_a_draft_by_one_is_only_confirmed_by_another(translation):
    save(translation, make_translator("first"))
    assert confirm(translation, make_translator("second")).segment.state == "confirmed"


@pytest.mark.parametrize("change", [{}, {"origin": "aligned"}, {"is_doubtful": True}])
def test_readers_get_a_draft_only_where_a_person_wrote_it(translation, change):
    outcome = save(translation, **change)
    row = rows(translation.get_latest_revision_as_object())[0]
    row = type(row)(row.source, outcome.segment)
    assert (row.is_decided, row.is_done) == (not change, False)
    assert row.state == change.get("origin", "draft")


def test_a_doubtful_pair_is_checked_by_confirming_it_not_by_typing(translation):
    seen = save(translation, origin="aligned", is_doubtful=True).version
    typed = save(translation, target="标题。", base=seen)
    assert (typed.segment.is_pair_to_check, typed.segment.origin) == (True, "human")
    confirmed = confirm(translation, make_translator(), target="标题。")
    assert (confirmed.segment.is_doubtful, confirmed.segment.state) == (False, "confirmed")


def test_progress_counts_what_is_confirmed(translation):
    save(translation)
    assert Translation.objects.get(pk=translation.pk).done_count == 0
    confirm(translation, make_translator())
    assert Translation.objects.get(pk=translation.pk).done_count == 1


def test_a_confirmed_segment_whose_source_changed_is_not_counted_as_confirmed(translation):
    confirm(translation, make_translator(), seen="of a former source")
    translation.refresh_from_db()
    row = next(row for row in rows(translation.get_latest_revision_as_object()) if row.is_stale)
    assert (row.state, row.is_done) == ("stale", False)
    assert translation.done_count == 0


def test_a_draft_whose_source_changed_is_counted_once(translation):
    save(translation, make_translator(), key="headline", target="标题", seen="of a former source")
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    laid_out = rows(draft)
    counts = counts_of(laid_out)
    assert (counts["stale"], counts["drafts"], draft.draft_count) == (1, 0, 0)
    empty = sum(row.state == "empty" for row in laid_out)
    assert counts["done"] + counts["drafts"] + counts["stale"] + empty == counts["total"]


@pytest.mark.parametrize("action", ["publish", "submit"])
def test_publishing_and_submitting_ask_about_drafts(translation, action):
    form = Person(make_translator("li")).edits(translation).fill("译")
    number = len(form.keys())
    shown = form.refused(action, **{DRAFTS_KNOWN: ""})
    assert f"{number} segments are drafts that nobody has confirmed." in shown
    assert form.shows("headline") == "译之0"
    form.save(action)
    assert Translation.objects.get(pk=translation.pk).draft_count == number


@pytest.mark.parametrize(("action", "refused"), [("publish", "published"), ("submit", "submitted")])
def test_what_machine_drafts_hold_back_is_said(translation, action, refused):
    save(translation, target="机器", origin="machine")
    shown = Person(make_translator("li")).edits(translation).refused(action)
    assert f"The translation was not {refused}." in shown
    assert "could not be saved" not in shown
    assert "Confirm this draft before publishing." in shown


def test_empty_editors_post_nothing_and_are_asked_for(translation):
    form = Person(make_translator("li")).edits(translation).put("headline", "标题")
    form.sneaks(**{name: "null" for name, value in form.data.items() if '"blocks"' in value})
    assert "Translate this segment or mark it as omitted" in form.refused("publish")


def test_nothing_is_asked_where_all_is_confirmed(translation):
    user = make_translator("li")
    for number, row in enumerate(rows(translation)):
        target = "标题" if row.source.markup == "plain" else f"<p>字{number}</p>"
        confirm(translation, user, key=row.source.key, target=target)
    Person(user).edits(translation).save("publish", **{DRAFTS_KNOWN: ""})


def test_progress_tells_drafts_from_what_was_confirmed_and_reviewed(translation):
    body = rows(translation)[1].source.key
    save(translation, make_translator("first"), key=body, target="<p>字</p>")
    confirm(translation, make_translator("second"))
    confirm(translation, make_translator("third"))
    found = Translation.objects.get(pk=translation.pk)
    assert (found.draft_count, found.done_count, found.reviewed_count) == (1, 1, 1)


def reviewed_paragraph(translation: Translation) -> tuple[str, SaveOutcome]:
    """The key of a paragraph that one person has confirmed and another reviewed."""
    key = rows(translation)[1].source.key
    words = {"key": key, "target": "<p>字</p>"}
    confirm(translation, make_translator("first"), **words)
    return key, confirm(translation, make_translator("second"), **words)


@pytest.mark.parametrize("decision", ["left_out", "joined"])
def test_a_segment_that_is_taken_back_in_stands_as_it_stood(decision):
    body = [make_block("paragraph", f"<p>{word}.</p>") for word in ("One", "Two")]
    translation = make_article(body=body).translations.get()
    key = rows(translation)[2].source.key
    first, second = make_translator("first"), make_translator("second")
    confirm(translation, first, key=key, target="<p>字</p>")
    before = confirm(translation, second, key=key, target="<p>字</p>")
    out = save(
        translation, first, key=key, target="<p>字</p>", base=before.version, **{decision: True}
    )
    assert (out.segment.state, out.segment.reviewed_by) == ("confirmed", None)
    back = save(translation, first, key=key, target="<p>字</p>", base=out.version).segment
    assert (back.state, back.translated_by, back.reviewed_by) == ("reviewed", first, second)
    assert back.reviewed_at.replace(microsecond=0) == before.segment.reviewed_at.replace(
        microsecond=0
    )


def test_other_words_are_a_draft_when_they_are_taken_back_in(translation):
    key, before = reviewed_paragraph(translation)
    out = save(translation, key=key, target="<p>字</p>", base=before.version, left_out=True)
    back = save(translation, key=key, target="<p>新</p>", base=out.version)
    assert back.segment.state == "draft"


def test_a_machines_words_that_are_taken_back_in_are_still_nobodys(translation):
    key = rows(translation)[1].source.key
    seen = save(
        translation, key=key, target="<p>字</p>", origin="machine", is_doubtful=True
    ).version
    out = save(translation, key=key, target="<p>字</p>", base=seen, left_out=True)
    back = save(translation, make_translator(), key=key, target="<p>字</p>", base=out.version)
    assert (back.segment.origin, back.segment.is_unseen) == ("machine", True)


def test_words_taken_back_in_are_those_of_the_source_that_they_were_made_from(translation):
    key = rows(translation)[1].source.key
    user = make_translator()
    seen = confirm(translation, user, key=key, target="<p>字</p>", seen="of a former source")
    out = save(translation, user, key=key, target="<p>字</p>", base=seen.version, left_out=True)
    back = {"key": key, "target": "<p>字</p>", "base": out.version}
    assert save(translation, user, **back).segment.source_digest == "of a former source"


def test_words_typed_once_more_stand_as_they_stood(translation):
    key, before = reviewed_paragraph(translation)
    typed = save(translation, key=key, target="<p>字字</p>", base=before.version)
    again = save(translation, key=key, target="<p>字</p>", base=typed.version).segment
    assert (typed.segment.state, again.state) == ("draft", "reviewed")


def test_words_that_others_were_confirmed_after_come_back_as_a_draft(translation):
    key, before = reviewed_paragraph(translation)
    user = make_translator()
    other = {"key": key, "target": "<p>字字</p>"}
    confirmed = save(translation, user, **other, base=before.version, confirmed=True)
    back = save(translation, user, key=key, target="<p>字</p>", base=confirmed.version)
    assert (confirmed.segment.state, back.segment.state) == ("confirmed", "draft")
    # And those, done once more, are what their translator stood by.
    assert save(translation, user, **other, base=back.version).segment.state == "confirmed"


def test_words_typed_once_more_for_another_source_are_a_draft(translation):
    key, before = reviewed_paragraph(translation)
    new = {"key": key, "seen": "of a new source"}
    typed = save(translation, target="<p>字字</p>", base=before.version, **new)
    again = save(translation, target="<p>字</p>", base=typed.version, **new).segment
    assert (again.state, again.source_digest) == ("draft", "of a new source")


def test_an_old_version_comes_back_as_it_stood(translation):
    key, _before = reviewed_paragraph(translation)
    old = Translation.objects.get(pk=translation.pk).latest_revision
    person = Person(make_translator("li"))
    person.edits(translation).put(key, "新").put("headline", "标题").save()
    person.reverts(translation, old).save()
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    row = next(row for row in rows(draft) if row.source.key == key)
    assert (plain_text(row.target), row.state) == ("字", "reviewed")


@pytest.mark.parametrize("origin", ["human", "machine"])
def test_a_draft_that_is_joined_is_still_a_draft(origin):
    body = [make_block("paragraph", f"<p>{word}.</p>") for word in ("One", "Two")]
    translation = make_article(body=body).translations.get()
    words = {"key": rows(translation)[2].source.key, "target": "<p>字</p>"}
    seen = save(translation, **words, origin=origin)
    out = save(translation, make_translator("first"), **words, base=seen.version, joined=True)
    assert (out.segment.state, out.segment.origin) == ("draft", origin)
    translation.refresh_from_db()
    assert (translation.draft_count, translation.done_count) == (1, 0)
    stood = confirm(translation, make_translator("second"), **words, joined=True)
    assert stood.segment.state == "confirmed"
    back = save(translation, **words, base=stood.version)
    assert back.segment.state == "confirmed"


def test_what_is_typed_into_a_joined_paragraph_is_a_draft():
    body = [make_block("paragraph", f"<p>{word}.</p>") for word in ("One", "Two")]
    translation = make_article(body=body).translations.get()
    key = rows(translation)[2].source.key
    seen = save(translation, key=key, joined=True)
    typed = save(translation, key=key, target="<p>字</p>", base=seen.version, joined=True)
    assert typed.segment.state == "draft"
    translation.refresh_from_db()
    assert rows(translation.get_latest_revision_as_object())[2].state == "draft"
    assert translation.draft_count == 1
