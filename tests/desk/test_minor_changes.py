"""An editor changes a translated story and says which of the changes make no difference."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from archive.desk.freshness.minor import MINOR, call_minor, changed_segments
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.models import ArticlePage, Segment, Translation
from tests.desk.helpers import Person, again, page_text, target_words, translation_of
from tests.desk.rewriting import (
    FIRST,
    SECOND,
    THIRD,
    rewrite,
    rewrite_at_once,
    stale,
    text,
    translated_story,
)
from tests.factories import make_article, make_body, make_translator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(editor: Person) -> ArticlePage:
    """The second paragraph has changed since it was translated."""
    article = translated_story()
    rewrite_at_once(editor, article, second("The 2nd."))
    return again(article)


def second(words: str) -> Any:
    return lambda b: [b[0], text(b[1], f"<p>{words}</p>"), *b[2:]]


def url(article: ArticlePage) -> str:
    return reverse("archive_translation:changes", args=[article.pk])


def digests(article: ArticlePage) -> dict[str, str]:
    return {row.source.key: row.source.digest for row in rows(translation_of(article))}


def decide(editor: Person, article: ArticlePage, *keys: str, **seen: str) -> Any:
    """Open the screen, tick "minor" for these segments, save."""
    fields = {f"decision-{key}": "minor" for key in keys}
    shown = {f"seen-{key}": digest for key, digest in (digests(article) | seen).items()}
    return editor.client.post(url(article), {**shown, **fields}, follow=True)


def test_the_screen_shows_what_changed_beside_the_kept_translation(
    article: ArticlePage, editor: Person
) -> None:
    shown = page_text(editor.client.get(url(article)))
    assert "The <del>second</del><ins>2nd</ins>." in shown
    assert "二" in shown
    assert "三" not in shown
    assert digests(article)[SECOND] in shown


def test_minor_takes_every_mark_away_and_changes_no_word(
    article: ArticlePage, editor: Person
) -> None:
    before = target_words(article)
    shown = page_text(decide(editor, article, SECOND))
    assert "the translation of 1 segment is still correct" in shown
    assert stale(article) == []
    assert (again(article).translation_state, translation_of(article).stale_count) == (
        "published",
        0,
    )
    assert Segment.objects.get(key=SECOND).source_text == "<p>The 2nd.</p>"
    assert target_words(article) == before


def test_what_is_left_to_the_translator_stays_marked(article: ArticlePage, editor: Person) -> None:
    editor.client.post(
        url(article),
        {f"decision-{SECOND}": "translator", f"seen-{SECOND}": digests(article)[SECOND]},
    )
    assert stale(article) == [SECOND]
    assert again(article).translation_state == "source_changed"


def test_minor_is_for_the_words_that_the_editor_read(article: ArticlePage, editor: Person) -> None:
    seen = digests(article)[SECOND]
    rewrite_at_once(editor, article, second("Now it is quite another."))
    shown = page_text(decide(editor, article, SECOND, **{SECOND: seen}))
    assert "changed again while you were reading" in shown
    assert stale(article) == [SECOND]


def test_who_said_so_and_when_is_on_record(article: ArticlePage, editor: Person) -> None:
    decide(editor, article, SECOND)
    for log in (ModelLogEntry, PageLogEntry):
        entry = log.objects.get(action=MINOR)
        assert (entry.user, entry.data) == (editor.user, {"segments": [SECOND]})
        assert "translation of 1 segment is still correct" in entry.message


def test_the_story_leads_to_the_screen_while_the_translation_is_behind(
    article: ArticlePage, editor: Person
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert url(article) in page_text(editor.client.get(edit))
    decide(editor, article, SECOND)
    assert url(article) not in page_text(editor.client.get(edit))


def test_who_publishes_a_change_is_asked_at_once(editor: Person) -> None:
    article = translated_story()
    rewrite(editor, article, second("The 2nd."))
    home = page_text(editor.client.get(reverse("wagtailadmin_home")))
    assert "1 segment of the translation is out of date" in home
    assert url(article) in home


def test_who_publishes_a_change_is_told_of_a_draft_that_it_marks(editor: Person) -> None:
    article = translated_story()
    translation_of(article).unpublish()
    rewrite(editor, article, second("The 2nd."))
    home = page_text(editor.client.get(reverse("wagtailadmin_home")))
    assert "1 segment of the translation is out of date" in home
    assert url(article) in home
    decide(editor, article, SECOND)
    assert changed_segments(translation_of(article)) == []


def test_who_publishes_a_change_is_told_of_no_translation_that_nobody_began(
    editor: Person,
) -> None:
    article = make_article(body=make_body("The first.", "The second."))
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The 2nd.</p>")])
    home = page_text(editor.client.get(reverse("wagtailadmin_home")))
    assert "out of date" not in home


def test_only_who_may_publish_the_story_may_say_so(
    article: ArticlePage, translator: Person
) -> None:
    answers = [translator.client.get(url(article)), decide_directly(translator, article)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert stale(article) == [SECOND]


def decide_directly(person: Person, article: ArticlePage) -> Any:
    fields = {f"decision-{SECOND}": "minor", f"seen-{SECOND}": digests(article)[SECOND]}
    return person.client.post(url(article), fields)


def test_an_alias_has_no_screen_of_its_own(article: ArticlePage) -> None:
    alias = article.create_alias(parent=article.get_parent(), update_slug="alias")
    boss = Person(make_user("boss", is_superuser=True))
    assert boss.client.get(url(alias), follow=True).status_code == 404


# Beside a translator at work


def test_a_draft_loses_its_mark_too_and_keeps_its_words(
    article: ArticlePage, editor: Person
) -> None:
    translation = translation_of(article)
    base = version_of(translation.segments.get(key=THIRD))
    save_segments(
        translation, [SegmentChange(THIRD, "<p>叁</p>", base=base)], user=make_translator()
    )
    decide(editor, article, SECOND)
    draft = again(translation).get_latest_revision_as_object()
    assert not any(row.is_stale for row in rows(draft))
    assert "叁" in str([segment.target for segment in draft.segments.all()])
    assert "叁" not in target_words(article)


def test_a_draft_made_from_another_change_than_the_one_judged_stays_marked(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    translator.edits(translation_of(article)).put(SECOND, "贰").save()
    rewrite_at_once(editor, article, second("The second!"))
    decide(editor, article, SECOND)
    assert [row.is_stale for row in rows(translation_of(article))] == [False] * 4
    assert stale(article) == [SECOND]
    [left] = changed_segments(translation_of(article))
    assert "贰" in left.row.target


def test_a_form_that_is_open_meanwhile_is_saved_as_ever(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).put(THIRD, "叁")
    decide(editor, article, SECOND)
    form.publish()
    assert "叁" in target_words(article)
    assert stale(article) == []


def test_a_segment_that_is_being_saved_meanwhile_is_no_conflict(
    article: ArticlePage, editor: Person
) -> None:
    translation = translation_of(article)
    base = version_of(translation.segments.get(key=SECOND))
    decide(editor, article, SECOND)
    change = SegmentChange(SECOND, "<p>贰</p>", base=base)
    assert save_segments(translation, [change], user=None)[0].kind == "saved"


def test_a_version_that_is_scheduled_comes_out_unmarked(
    article: ArticlePage, editor: Person
) -> None:
    translation = translation_of(article)
    call_minor(translation, {SECOND: digests(article)[SECOND]}, user=editor.user)
    again(translation).live_revision.publish()
    assert stale(article) == []
    assert again(article).translation_state == "published"


def test_a_locked_translation_is_no_obstacle_as_no_word_changes(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    translator.post("wagtailsnippets_archive_translation:lock", translation_of(article).pk)
    decide(editor, article, SECOND)
    assert stale(article) == []


def test_a_segment_in_the_translators_hand_is_said_to_be(
    article: ArticlePage, translator: Person
) -> None:
    translator.edits(translation_of(article)).put(SECOND, "贰").save()
    [changed] = changed_segments(translation_of(article))
    assert (changed.row.target, changed.in_hand) == ("<p>二</p>", True)


def test_a_new_paragraph_has_no_translation_to_stay_right(
    article: ArticlePage, editor: Person
) -> None:
    added = {"type": "paragraph", "value": "<p>Added.</p>", "id": FIRST.replace("01", "09")}
    rewrite_at_once(editor, article, lambda b: [*b, added])
    new = changed_segments(translation_of(article))[-1]
    assert (new.is_new, new.may_be_minor) == (True, False)
    assert (
        call_minor(translation_of(article), {added["id"]: new.row.source.digest}, user=None).done
        == []
    )
    assert "Not translated yet." in page_text(editor.client.get(url(article)))


def test_a_story_that_nobody_has_translated_has_nothing_to_show(editor: Person) -> None:
    article = make_article()
    assert "No source change is waiting" in page_text(editor.client.get(url(article)))


def test_many_changes_cost_no_query_each(
    article: ArticlePage, editor: Person, django_assert_max_num_queries: Any
) -> None:
    editor.client.get(url(article))
    rewrite_at_once(
        editor, article, lambda b: [text(one, f"<p>New {n}.</p>") for n, one in enumerate(b)]
    )
    translation = Translation.objects.select_related("article").get(article=article)
    with django_assert_max_num_queries(6):
        assert len(changed_segments(translation)) == 3
