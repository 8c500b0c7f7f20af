"""The same words elsewhere in a translator's own work, once one of them is confirmed."""

from typing import Any

import pytest
from django.urls import reverse

from archive.desk.repetitions import repetitions
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.models import Translation
from archive.text.language import ENGLISH
from tests.desk.helpers import Person, again, translation_of
from tests.factories import make_article, make_body, make_translator

pytestmark = pytest.mark.django_db

FIRST, CHINESE_FIRST = "Nanjing and St. Louis were first.", "开先河的是南京与圣路易斯。"
NEW = "A new school opened its doors this spring."


@pytest.fixture
def li() -> Person:
    return Person(make_translator("li"))


def story(*paragraphs: str, headline: str = "A quite other headline") -> Translation:
    return translation_of(make_article(headline, body=make_body(*paragraphs)))


def texts(translation: Translation) -> list[tuple[str, str]]:
    """The paragraphs' targets with their rows' states."""
    draft = again(translation).get_latest_revision_as_object()
    return [(row.target, row.state) for row in rows(draft)[1:]]


def confirm(translation: Translation, number: int, text: str, person: Person) -> Any:
    row = rows(again(translation).get_latest_revision_as_object())[number]
    change = SegmentChange(row.source.key, text, version_of(row.segment), confirmed=True)
    save_segments(translation, [change], user=person.user)
    return rows(again(translation).get_latest_revision_as_object())[number]


def test_the_same_words_elsewhere_in_ones_work_are_asked_for_and_filled(li: Person) -> None:
    here, mine, nobodys = story(FIRST, NEW, FIRST), story(NEW, f"<b>{FIRST}</b>"), story(FIRST)
    Translation.objects.filter(pk=mine.pk).update(assignee=li.user)
    row = confirm(here, 1, f"<p>{CHINESE_FIRST}</p>", li)
    url = reverse("archive_translation:repetitions", args=[here.pk])
    answer = li.client.get(url, {"key": row.source.key}).json()
    assert answer["count"] == 2
    assert "text of segment 2 waits in 2 more segments" in answer["asked"]
    assert sorted(answer["stories"]) == sorted(["This story: 4", str(mine.article)])
    answer = li.client.post(url, {"key": row.source.key}).json()
    assert (answer["count"], answer["said"]) == (2, "Filled: 2 segments · This story: 4")
    filled = f"<p>{CHINESE_FIRST}</p>", "repetition"
    assert texts(here)[2] == filled
    assert texts(mine) == [("", "empty"), filled]
    assert texts(nobodys) == [("", "empty")]
    assert li.client.get(url, {"key": row.source.key}).json()["count"] == 0


def test_repetitions_in_the_story_alone_are_said_to_be_there(li: Person) -> None:
    here = story(FIRST, FIRST)
    row = confirm(here, 1, f"<p>{CHINESE_FIRST}</p>", li)
    url = reverse("archive_translation:repetitions", args=[here.pk])
    answer = li.client.get(url, {"key": row.source.key}).json()
    assert (answer["count"], answer["stories"]) == (1, ["This story: 3"])


def test_what_was_filled_in_follows_a_later_wording_until_somebody_touches_it(li: Person) -> None:
    here = story(FIRST, FIRST, FIRST)
    row = confirm(here, 1, "<p>初稿。</p>", li)
    url = reverse("archive_translation:repetitions", args=[here.pk])
    li.client.post(url, {"key": row.source.key})
    key = rows(here)[3].source.key
    row = rows(again(here).get_latest_revision_as_object())[3]
    typed = SegmentChange(key, "<p>自译。</p>", version_of(row.segment))
    save_segments(again(here), [typed], user=li.user)
    row = confirm(here, 1, "<p>定稿。</p>", li)
    assert li.client.get(url, {"key": row.source.key}).json()["count"] == 1
    answer = li.client.post(url, {"key": row.source.key}).json()
    assert texts(here)[1:] == [("<p>定稿。</p>", "repetition"), ("<p>自译。</p>", "draft")]
    # The desk shows its own rows and its bar as they are stored now.
    (shown,) = answer["rows"]
    assert (shown["state"], shown["stored"]["html"]) == ("repetition", "<p>定稿。</p>")
    counts = {"done": 1, "drafts": 2, "reviewed": 0, "stale": 0, "omitted": 0, "total": 4}
    assert answer["progress"] == counts
    assert answer["revision"]["id"] == again(here).latest_revision_id


def test_nothing_is_asked_for_a_draft_or_in_anothers_language(li: Person) -> None:
    here = story(FIRST, FIRST)
    row = rows(here)[1]
    save_segments(here, [SegmentChange(row.source.key, "<p>稿</p>")], user=li.user)
    row = rows(again(here).get_latest_revision_as_object())[1]
    assert repetitions(again(here), row, li.user) == []
    url = reverse("archive_translation:repetitions", args=[here.pk])
    other = Person(make_translator("en", languages=[ENGLISH]))
    assert other.client.get(url, {"key": row.source.key}).status_code == 403
    assert li.client.get(url, {"key": "gone"}).status_code == 410
