"""Assign, take, release, urgency, due date: one translation or many, and the record of it."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive.desk.errors import DeskError
from archive.desk.queue import actions
from archive.journal.models import JournalEntry
from archive.models import Segment, Translation
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.factories import make_article, make_editor, make_translator, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[ENGLISH, CHINESE])
def translator(request: Any) -> Person:
    return Person(make_translator(), request.param)


@pytest.fixture
def person() -> Person:
    return Person(make_translator())


def bulk_url(action: str, ids: list[Any], query: str = "") -> str:
    url = reverse("wagtail_bulk_action", args=["archive", "translation", action])
    return f"{url}?{'&'.join(f'id={pk}' for pk in ids)}&next=/admin/{query}"


def two() -> list[Translation]:
    return [translation_of(make_article(name)) for name in ("One", "Two")]


def log_of(translation: Translation) -> list[tuple[str, Any]]:
    entries = ModelLogEntry.objects.filter(
        object_id=str(translation.pk), action__contains="archive"
    )
    return list(entries.order_by("timestamp").values_list("action", "data"))


def test_assigns_many_to_one_person_and_records_it(translator: Person) -> None:
    colleague, rows = make_translator("colleague"), two()
    url = bulk_url("assign", [row.pk for row in rows])
    assert "colleague" in page_text(translator.client.get(url))
    assert translator.client.post(url, {"person": colleague.pk}).url == "/admin/"
    assert [again(row).assignee for row in rows] == [colleague, colleague]
    for row in rows:
        entry = JournalEntry.objects.get()
        data = {"person": "colleague", "person_id": colleague.pk, "journal": entry.pk}
        assert log_of(row) == [("archive.assign", data)]
        logged = ModelLogEntry.objects.get(action="archive.assign", object_id=str(row.pk))
        assert logged.user == translator.user


@pytest.mark.parametrize(
    ("action", "data", "column", "value"),
    [
        ("urgency", {"urgency": "2"}, "urgency", 2),
        ("due-date", {"due_date": "2026-12-01"}, "due_date", date(2026, 12, 1)),
        ("due-date", {"due_date": ""}, "due_date", None),
        ("release", {}, "assignee_id", None),
    ],
)
def test_sets_what_the_queue_knows(
    translator: Person, action: str, data: dict[str, str], column: str, value: Any
) -> None:
    rows = two()
    Translation.objects.update(assignee=translator.user, due_date=date(2020, 1, 1))
    url = bulk_url(action, [row.pk for row in rows])
    assert translator.client.get(url).status_code == 200
    assert translator.client.post(url, data).status_code == 302
    assert [getattr(again(row), column) for row in rows] == [value, value]
    assert [len(log_of(row)) for row in rows] == [1, 1]


def test_takes_many(translator: Person) -> None:
    rows = two()
    translator.client.post(bulk_url("take", [row.pk for row in rows]))
    assert [again(row).assignee for row in rows] == [translator.user] * 2


@pytest.mark.parametrize(
    ("action", "data", "column"),
    [
        ("take", {}, "assignee_id"),
        ("urgency", {"urgency": "2"}, "urgency"),
        ("due-date", {"due_date": "2026-12-01"}, "due_date"),
        ("due-date", {"due_date": ""}, "due_date"),
    ],
)
def test_what_many_got_is_said_and_taken_back_where_nobody_has_set_it_since(
    translator: Person, action: str, data: dict[str, str], column: str
) -> None:
    one, other = two()
    if not data.get("due_date"):
        Translation.objects.update(due_date=date(2020, 1, 1))
    before = getattr(again(one), column)
    url = bulk_url(action, [one.pk, other.pk])
    answer = page_text(translator.client.post(url, data, follow=True))
    entry = JournalEntry.objects.get()
    assert re.search(rf"{entry.label}[:：] ?2", answer)
    assert one.article.title in answer
    undo = reverse("archive_journal:undo", args=[entry.pk])
    assert undo in answer
    history = reverse("wagtailsnippets_archive_translation:history", args=[other.pk])
    assert undo in page_text(translator.client.get(history))

    wang = make_translator("wang")
    changed = {"assignee_id": wang.pk, "urgency": 1, "due_date": date(2027, 1, 1)}[column]
    Translation.objects.filter(pk=other.pk).update(**{column: changed})
    translator.client.post(undo)
    assert [getattr(again(row), column) for row in (one, other)] == [before, changed]
    assert [len(log_of(row)) for row in (one, other)] == [2, 1]


def test_to_claim_many_leaves_what_a_colleague_has_taken_meanwhile(translator: Person) -> None:
    mine, theirs = two()
    colleague = make_translator("colleague")
    Translation.objects.filter(pk=theirs.pk).update(assignee=colleague)
    answer = translator.client.post(bulk_url("take", [mine.pk, theirs.pk]), follow=True)
    assert [again(row).assignee for row in (mine, theirs)] == [translator.user, colleague]
    assert "colleague" in page_text(answer)
    assert "Two" in page_text(answer)


def test_all_means_all_that_the_filters_let_through(person: Person) -> None:
    one, other = two()
    Translation.objects.filter(pk=other.pk).update(urgency=1)
    make_article("中文稿", language=CHINESE)
    url = bulk_url("take", ["all"], "&urgency=0&language=zh-hans&q=One")
    person.client.post(url)
    assert [row.pk for row in Translation.objects.filter(assignee=person.user)] == [one.pk]


def test_all_means_nothing_where_a_filter_makes_no_sense(person: Person) -> None:
    two()
    person.client.post(bulk_url("take", ["all"], "&urgency=tomorrow"))
    assert not Translation.objects.exclude(assignee=None).exists()


def test_keeps_what_was_typed_when_it_refuses(person: Person) -> None:
    (row, _other) = two()
    response = person.client.post(bulk_url("due-date", [row.pk]), {"due_date": "next Friday"})
    assert response.status_code == 200
    assert 'value="next Friday"' in page_text(response)
    assert again(row).due_date is None


def test_an_assignee_must_be_able_to_translate(person: Person) -> None:
    editor, rows = make_editor(), two()
    response = person.client.post(
        bulk_url("assign", [row.pk for row in rows]), {"person": editor.pk}
    )
    assert response.status_code == 200
    assert not Translation.objects.exclude(assignee=None).exists()
    with pytest.raises(DeskError, match="choose another person"):
        actions.assign(rows, editor, user=person.user)


def test_an_assignee_must_have_the_right_to_the_language(person: Person) -> None:
    into_english = make_translator("into-english", languages=(ENGLISH,))
    both = [
        translation_of(make_article(n, language=c)) for n, c in (("A", ENGLISH), ("甲", CHINESE))
    ]
    for rows, offered in ((both, False), (both[1:], True)):
        url = bulk_url("assign", [row.pk for row in rows])
        assert ("into-english" in page_text(person.client.get(url))) == offered
    person.client.post(bulk_url("assign", [both[0].pk]), {"person": into_english.pk})
    assert again(both[0]).assignee is None
    with pytest.raises(DeskError, match="中文"):
        actions.assign(both, into_english, user=person.user)
    taken = Person(into_english).client.post(bulk_url("take", [row.pk for row in both]))
    assert taken.status_code == 302
    assert [again(row).assignee for row in both] == [None, into_english]


def test_one_press_takes_and_releases_a_story(translator: Person) -> None:
    row = two()[0]
    for verb, assignee in (("take", translator.user), ("release", None)):
        url = reverse(f"archive_translation:{verb}", args=[row.pk])
        assert translator.client.get(url).status_code == 405
        assert translator.client.post(url, {"next": "/admin/"}).url == "/admin/"
        assert again(row).assignee == assignee


def test_nobody_takes_unawares_what_another_has_just_taken(translator: Person) -> None:
    colleague, row = Person(make_translator("colleague")), two()[0]
    url = reverse("archive_translation:take", args=[row.pk])
    colleague.client.post(f"{url}?seen=")
    response = translator.client.post(f"{url}?seen=", {"next": "/admin/"}, follow=True)
    assert again(row).assignee == colleague.user
    assert "colleague" in page_text(response)
    translator.client.post(f"{url}?seen={colleague.user.pk}")
    assert again(row).assignee == translator.user


def test_what_another_has_just_released_can_be_taken(translator: Person) -> None:
    colleague, row = Person(make_translator("colleague")), two()[0]
    url = reverse("archive_translation:take", args=[row.pk])
    translator.client.post(f"{url}?seen={colleague.user.pk}")
    assert again(row).assignee == translator.user


def test_nobody_releases_unawares_what_another_has_just_taken(translator: Person) -> None:
    colleague, row = Person(make_translator("colleague")), two()[0]
    actions.assign([row], colleague.user, user=colleague.user)
    url = reverse("archive_translation:release", args=[row.pk])
    response = translator.client.post(
        f"{url}?seen={translator.user.pk}", {"next": "/admin/"}, follow=True
    )
    assert again(row).assignee == colleague.user
    assert "colleague" in page_text(response)
    translator.client.post(f"{url}?seen={colleague.user.pk}")
    assert again(row).assignee is None


@pytest.mark.parametrize("verb", ["take", "release"])
def test_a_number_too_large_for_an_id_is_nobody(person: Person, verb: str) -> None:
    row = two()[0]
    url = reverse(f"archive_translation:{verb}", args=[row.pk])
    assert person.client.post(f"{url}?seen={'9' * 5000}").status_code == 302


@pytest.mark.parametrize("action", ["take", "assign", "export"])
def test_what_is_no_id_stands_for_no_story(person: Person, action: str) -> None:
    row = two()[0]
    for wrong in ("abc", "", "-1", "1.5", "%00", "9" * 19, "9" * 5000):
        shown = person.client.get(bulk_url(action, [wrong, row.pk]))
        assert shown.status_code == 200, wrong
        assert shown.context["chosen"] == [row], wrong
        assert person.client.get(bulk_url(action, [wrong])).status_code == 200, wrong


def test_a_search_for_what_no_database_holds_finds_as_without_it(person: Person) -> None:
    rows = two()
    shown = person.client.get(bulk_url("take", ["all"], "&q=%00"))
    assert shown.context["chosen_count"] == len(rows)


def test_no_press_leads_to_another_site(person: Person) -> None:
    row = two()[0]
    url = reverse("archive_translation:take", args=[row.pk])
    assert person.client.post(url, {"next": "https://example.org/"}).url == row.get_edit_url()


def test_who_may_not_translate_changes_nothing() -> None:
    editor, row = Person(make_editor()), two()[0]
    for url in (
        reverse("archive_translation:take", args=[row.pk]),
        reverse("archive_translation:release", args=[row.pk]),
        bulk_url("take", [row.pk]),
        bulk_url("urgency", [row.pk]),
    ):
        editor.client.post(url, {"urgency": "2"})
    assert (again(row).assignee, again(row).urgency) == (None, 0)
    assert log_of(row) == []


def test_buttons_are_in_the_row_and_above_the_text(person: Person) -> None:
    row = two()[0]
    take = reverse("archive_translation:take", args=[row.pk])
    for url in (reverse("wagtailsnippets_archive_translation:list"), row.get_edit_url()):
        shown = page_text(person.client.get(url))
        assert take in shown
        assert f"/bulk/archive/translation/due-date/?id={row.pk}" in shown


def test_assigning_touches_no_word_and_no_version(person: Person) -> None:
    article = make_article()
    row = translate(article, publish=False)
    before = list(Segment.objects.values()), again(row).latest_revision_id
    actions.assign([row], person.user, user=person.user)
    actions.set_urgency([row], 2, user=person.user)
    assert (list(Segment.objects.values()), again(row).latest_revision_id) == before
    form = person.edits(row).fill("改")
    actions.release([row], user=person.user)
    form.save()
    assert (again(row).assignee, again(row).urgency) == (None, 2)


def test_what_is_so_already_is_not_recorded(person: Person) -> None:
    row = two()[0]
    assert not actions.release([row], user=person.user).translations
    assert log_of(row) == []


def test_a_change_of_urgency_moves_the_story_at_once(person: Person) -> None:
    rows = two()
    actions.set_urgency(rows[1:], 2, user=person.user)
    assert Translation.objects.queue().first() == rows[1]


def test_the_history_tells_what_was_done(translator: Person) -> None:
    row = two()[0]
    actions.assign([row], translator.user, user=translator.user)
    actions.set_due_date([row], date(2026, 12, 1), user=translator.user)
    actions.set_urgency([row], 1, user=translator.user)
    url = reverse("wagtailsnippets_archive_translation:history", args=[row.pk])
    shown = page_text(translator.client.get(url))
    assert "translator" in shown
    assert "2026" in shown


def test_many_cost_as_few_questions_as_one(
    person: Person, django_assert_max_num_queries: Any
) -> None:
    rows = [translation_of(make_article(f"Story {number}")) for number in range(12)]
    url = bulk_url("assign", [row.pk for row in rows])
    person.client.get(url)
    with django_assert_max_num_queries(16):
        person.client.get(url)


def test_many_are_recorded_in_one_statement(person: Person) -> None:
    rows = [translation_of(make_article(f"Story {number}")) for number in range(4)]
    colleague = make_translator("colleague")
    with CaptureQueriesContext(connection) as captured:
        assert len(actions.assign(rows, colleague, user=person.user).translations) == 4
    for table in ("wagtailcore_modellogentry", "archive_notice"):
        inserts = [one for one in captured if f'INSERT INTO "{table}"' in one["sql"]]
        assert len(inserts) == 1
    entries = ModelLogEntry.objects.filter(action=actions.ASSIGN)
    assert {entry.label for entry in entries} == {str(row) for row in rows}
    assert {entry.content_changed for entry in entries} == {False}


def test_what_one_press_does_to_many_is_in_the_history_of_each(person: Person) -> None:
    rows = two()
    person.client.post(bulk_url("take", [row.pk for row in rows]))
    assigned = ModelLogEntry.objects.filter(action=actions.ASSIGN)
    shown = assigned.latest_by_uuid_and_action()
    assert [entry.message for entry in shown] == ["Assigned to translator"] * 2
