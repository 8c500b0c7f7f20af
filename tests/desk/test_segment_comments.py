"""Comments on segments: said, settled, counted, and not for everybody."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Translation
from archive.stories.body import raw
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.desk.segments import keys, save_one, sidebar
from tests.factories import make_article, make_body, make_editor, make_translator

pytestmark = pytest.mark.django_db


def say(person: Person, translation: Translation, text: str, key: str = "headline") -> Any:
    return person.post("archive_translation:add_comment", translation.pk, key=key, text=text)


def reply(person: Person, translation: Translation, to: str, text: str) -> Any:
    comment = translation.comments.get(text=to)
    return person.post("archive_translation:reply_to_comment", comment.pk, text=text)


def resolve(person: Person, translation: Translation, text: str) -> Any:
    comment = translation.comments.get(text=text)
    return person.post("archive_translation:resolve_comment", comment.pk)


def test_a_comment_is_read_by_colleagues_and_counted_in_its_row(translation, li) -> None:
    assert say(li, translation, "Is it 湛江?").json() == {"open": {"headline": 1}}
    wang = Person(make_translator("wang"))
    assert "Is it 湛江?" in page_text(sidebar(wang, translation))
    assert 'data-desk-comments="1"' in page_text(wang.edits(translation).response)


def test_an_open_desk_is_told_of_what_is_said_since(translation, li) -> None:
    opened = page_text(li.edits(translation).response)
    names = ("source", "draft", "comments")
    known = {name: re.findall(f' data-{name}="([^"]*)"', opened)[0] for name in names}

    def asked() -> Any:
        return li.client.get(reverse("archive_translation:rows", args=[translation.pk]), known)

    assert asked().status_code == 204
    wang = Person(make_translator("wang"))
    say(wang, translation, "Is it 湛江?")
    told = asked().json()
    assert [row["comments"] for row in told["rows"]] == [1, 0, 0]
    known["comments"] = told["comments"]
    assert asked().status_code == 204
    reply(wang, translation, "Is it 湛江?", "It is.")
    known["comments"] = asked().json()["comments"]
    resolve(wang, translation, "Is it 湛江?")
    assert [row["comments"] for row in asked().json()["rows"]] == [0, 0, 0]


def test_a_settled_comment_stays_to_be_read(translation, li) -> None:
    say(li, translation, "Is it 湛江?")
    wang = Person(make_translator("wang"))
    assert resolve(wang, translation, "Is it 湛江?").json() == {"open": {}}
    shown = page_text(sidebar(li, translation))
    assert "Is it 湛江?" in shown
    assert "Resolved by wang" in shown
    resolve(li, translation, "Is it 湛江?")
    assert translation.comments.get().resolved_by == wang.user


def test_a_reply_stands_below_its_comment_and_waits_for_nobody(translation, li) -> None:
    say(li, translation, "Is it 湛江?")
    say(li, translation, "Too long?")
    wang = Person(make_translator("wang"))
    assert reply(wang, translation, "Is it 湛江?", "It is.").json() == {"open": {"headline": 2}}
    shown = page_text(sidebar(li, translation))
    assert shown.index("Is it 湛江?") < shown.index("It is.") < shown.index("Too long?")
    assert 'data-desk-comments="2"' in page_text(li.edits(translation).response)


def test_a_reply_to_a_reply_is_one_to_the_thread(translation, li) -> None:
    say(li, translation, "Is it 湛江?")
    reply(li, translation, "Is it 湛江?", "It is.")
    reply(li, translation, "It is.", "Thanks.")
    first = translation.comments.get(text="Is it 湛江?")
    assert [one.text for one in first.replies.all()] == ["It is.", "Thanks."]


def test_a_thread_is_resolved_with_a_last_word_and_a_reply_opens_it_again(translation, li) -> None:
    say(li, translation, "Is it 湛江?")
    comment = translation.comments.get()
    address = "archive_translation:resolve_comment"
    assert li.post(address, comment.pk, text="It is.").json() == {"open": {}}
    assert translation.comments.get(parent=comment).text == "It is."
    assert reply(li, translation, "It is.", "Sure?").json() == {"open": {"headline": 1}}
    assert again(comment).resolved_by is None


@pytest.mark.parametrize("text", ["", "x" * 5001])
def test_a_reply_says_something_and_not_too_much(translation, li, text: str) -> None:
    say(li, translation, "Is it 湛江?")
    assert reply(li, translation, "Is it 湛江?", text).status_code == 400
    assert translation.comments.count() == 1


def test_a_comment_outlives_a_revert(translation, li) -> None:
    li.edits(translation).fill("旧").save()
    old = again(translation).latest_revision
    say(li, translation, "Keep me")
    li.edits(translation).fill("新").save()
    li.reverts(translation, old).save()
    assert "Keep me" in page_text(sidebar(li, translation))


@pytest.mark.parametrize("text", ["", "  ", "\x00", "x" * 5001])
def test_a_comment_says_something_and_not_too_much(translation, li, text: str) -> None:
    response = say(li, translation, text)
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize("key", ["", "nowhere", "head\x00line", "x" * 500])
def test_a_comment_is_about_a_segment_of_the_story(translation, li, key: str) -> None:
    response = say(li, translation, "Is it 湛江?", key)
    assert response.status_code == 400
    assert "deleted from the story" in response.json()["error"]


def test_a_segment_whose_source_is_gone_can_still_be_talked_about(translation, li) -> None:
    li.edits(translation).fill("旧").save()
    key = translation.article.body_en[0].id
    article = again(translation.article)
    article.body_en = make_body("Another.")
    article.save()
    assert say(li, translation, "Where did it go?", key).json() == {"open": {key: 1}}


def test_only_those_who_edit_or_review_take_part(translation, li) -> None:
    say(li, translation, "Ours")
    editor = Person(make_editor())
    assert say(editor, translation, "Theirs").status_code == 403
    assert reply(editor, translation, "Ours", "Theirs").status_code == 403
    assert resolve(editor, translation, "Ours").status_code == 403
    assert translation.comments.get().resolved_at is None


def test_a_comment_cannot_run_script(translation, li) -> None:
    say(li, translation, "<script>alert(1)</script>")
    assert "<script>" not in sidebar(li, translation).content.decode()


def test_comments_cost_the_same_for_any_number(translation, li) -> None:
    for number in range(3):
        say(li, translation, f"Comment {number}")
    with CaptureQueriesContext(connection) as few:
        sidebar(li, translation)
    for number in range(8):
        author = User.objects.create(username=f"u{number}")
        more = translation.comments.create(key="headline", text="More", author=author)
        translation.comments.create(key="headline", text="And", author=author, parent=more)
    with CaptureQueriesContext(connection) as many:
        sidebar(li, translation)
    assert len(many) <= len(few)


def test_who_may_be_called_is_who_may_work_there(translation, li) -> None:
    wang = make_translator("wang")
    make_translator("zhao", languages=("en",))
    make_editor("editor")
    url = reverse("archive_translation:people", args=[translation.pk])
    assert li.client.get(url).json() == {"people": [{"name": "wang", "login": "wang"}]}
    wang.is_active = False
    wang.save()
    assert li.client.get(url).json() == {"people": []}
    assert Person(make_editor("other")).client.get(url).status_code == 403


def test_what_was_said_of_a_deleted_paragraph_stays_in_sight(editor, li) -> None:
    article = make_article(body=make_body("Ships came.", "They left.", "The end."))
    translation = translation_of(article)
    [_headline, second, third, *_rest] = keys(translation)
    save_one(li, translation, key=second, note="Not sure of the tide")
    say(li, translation, "Which ships?", second)
    say(li, translation, "Whose end?", third)
    say(li, translation, "Done with", third)
    resolve(li, translation, "Done with")
    reply(li, translation, "Which ships?", "Those of 1985.")
    kept = raw(article.body_en)[2:]
    editor.edits(article).put_blocks("body_en", kept).publish()
    text = page_text(li.edits(translation).response)
    shown = text[text.index("Unused translations") :]
    assert "Done with" not in shown
    for words in ("Not sure of the tide", "Which ships?", "Those of 1985.", "Whose end?"):
        assert words in shown
    for text in ("Which ships?", "Whose end?"):
        resolve(li, translation, text)
    assert "Which ships?" not in page_text(li.edits(translation).response)
