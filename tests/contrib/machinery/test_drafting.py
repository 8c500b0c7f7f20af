"""A machine's drafts at the desk: asked for, marked as such, never a translation by themselves."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive.contrib.machinery.drafts import (
    DRAFTED,
    FILLED,
    fill_untouched,
    machine_section,
    untouched,
)
from archive.contrib.machinery.engines import get_engine
from archive.desk.saving import SegmentChange, save_segments
from archive.desk.segments import Row, rows
from archive.models import Translation
from archive.stories.publish_guard import PublicationRefusedError
from archive.text.language import CHINESE, ENGLISH
from tests.contrib.machinery.fake_server import FakeServer, shout
from tests.desk.helpers import Person, again, page_text, target_words, translation_of
from tests.factories import block, make_article, make_entity, make_translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation() -> Translation:
    mention = f'<p>In <a linktype="entity" id="{make_entity().pk}">Zhanjiang</a>.</p>'
    body = [block("paragraph", mention), block("subhead", "Ports & trade")]
    return translation_of(make_article("The port", body=body))


def draft_rows(translation: Translation) -> list[Row]:
    return rows(again(translation).get_latest_revision_as_object())


def ask(person: Person, translation: Translation, key: str) -> Any:
    url = reverse("archive_machinery:draft", args=[translation.pk])
    return person.client.post(url, {"key": key})


def fill(person: Person, translation: Translation) -> str:
    url = reverse("archive_machinery:fill", args=[translation.pk])
    return page_text(person.client.post(url, follow=True))


def shown(translation: Translation, row: Row) -> str:
    values = {"translation": translation, "row": row, **machine_section(translation, row, None)}
    return render_to_string("archive_machinery/admin/section.html", values)


# Off by default


def test_without_an_engine_there_is_no_trace_of_machines(
    translation: Translation, translator: Person
) -> None:
    assert get_engine() is None
    assert machine_section(translation, draft_rows(translation)[0], translator.user) == {}
    for name in ("draft", "fill"):
        url = reverse(f"archive_machinery:{name}", args=[translation.pk])
        assert translator.client.post(url, follow=True).status_code == 404


# One segment


def test_a_draft_is_shown_with_its_engine_and_changes_nothing_by_itself(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    row = draft_rows(translation)[1]
    assert "data-section-post" in shown(translation, row)
    assert ask(translator, translation, row.source.key).status_code == 200
    fragment = unescape(shown(translation, row))
    assert "Drafted by DeepL" in fragment
    assert 'data-origin="machine"' in fragment
    assert "<mark>ZHANJIANG</mark>" in fragment
    assert not again(translation).latest_revision_id


def test_a_paragraphs_draft_is_offered_as_its_editor_holds_it(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    key = draft_rows(translation)[1].source.key
    ask(translator, translation, key)
    url = reverse("archive_translation:sidebar", args=[translation.pk])
    page = translator.client.get(url, {"key": key}).content.decode()
    [content] = re.findall(r'data-replace data-content="([^"]+)" data-origin="machine"', page)
    raw = json.loads(unescape(content))
    assert [block["text"] for block in raw["blocks"]] == ["IN ZHANJIANG."]
    [entity] = raw["entityMap"].values()
    assert entity["type"] == "ENTITY"
    assert raw["blocks"][0]["entityRanges"] == [{"key": 0, "offset": 3, "length": 9}]


def test_a_plain_draft_is_offered_as_it_is(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    row = draft_rows(translation)[2]
    ask(translator, translation, row.source.key)
    fragment = shown(translation, row)
    assert 'data-replace="PORTS &amp; TRADE"' in fragment
    assert "data-content" not in fragment


def test_the_whole_story_goes_along(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    ask(translator, translation, "headline")
    [request] = deepl.requests
    assert request["text"] == ["The port"]
    assert request["context"] == "The port\nIn Zhanjiang.\nPorts & trade"


def test_a_draft_is_asked_for_once_and_on_record(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    first = ask(translator, translation, "headline").json()
    assert ask(Person(make_translator("other")), translation, "headline").json() == first
    assert len(deepl.requests) == 1
    entry = ModelLogEntry.objects.get(action=DRAFTED)
    assert (entry.user, entry.data["engine"]) == (translator.user, "DeepL")
    history = reverse("wagtailsnippets_archive_translation:history", args=[translation.pk])
    assert "Requested a machine draft" in page_text(translator.client.get(history))


def test_a_draft_of_other_words_is_none(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    ask(translator, translation, "headline")
    article = translation.article
    article.headline_en = "The harbour"
    article.save_revision().publish()
    row = draft_rows(translation)[0]
    assert "data-section-post" in shown(translation, row)


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (lambda text: "湛江", 502, "a tag is lost"),
        (lambda text: text.replace("a id", "b id"), 502, "a tag is lost"),
    ],
)
def test_a_broken_draft_is_refused_with_a_reason(
    translation: Translation,
    translator: Person,
    deepl: FakeServer,
    words: Any,
    status: int,
    message: str,
) -> None:
    deepl.words = words
    response = ask(translator, translation, draft_rows(translation)[1].source.key)
    assert response.status_code == status
    assert message in response.json()["error"]
    assert not ModelLogEntry.objects.filter(action=DRAFTED).exists()


def test_an_error_of_the_engine_is_told(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    deepl.answers = [(456, {})]
    response = ask(translator, translation, "headline")
    assert response.status_code == 502
    assert "quota at DeepL is used up" in response.json()["error"]


def test_a_segment_that_is_gone_is_told(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    assert ask(translator, translation, "nowhere").status_code == 410
    assert deepl.requests == []


@pytest.mark.parametrize("languages", [(ENGLISH,), ()])
def test_who_may_not_translate_asks_no_machine(
    translation: Translation, deepl: FakeServer, languages: tuple[str, ...]
) -> None:
    stranger = Person(make_translator("stranger", languages=languages))
    assert ask(stranger, translation, "headline").status_code == 403
    fill(stranger, translation)
    assert deepl.requests == []


def test_a_locked_translation_asks_no_machine(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    locker = Person(make_translator("locker"))
    locker.post("wagtailsnippets_archive_translation:lock", translation.pk)
    refused = ask(translator, translation, "headline")
    assert refused.status_code == 423
    assert "<" not in refused.json()["error"]
    assert "locked" in fill(translator, translation)
    assert deepl.requests == []


# All untouched ones


def test_filling_says_first_what_goes_where(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    url = reverse("archive_machinery:fill", args=[translation.pk])
    text = page_text(translator.client.get(url))
    assert "3 segments are untranslated" in text
    assert "The whole story is sent as context" in text
    assert deepl.requests == []


def test_filled_segments_wait_for_a_translator(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    assert "3 segments now have drafts by DeepL" in fill(translator, translation)
    filled = draft_rows(translation)
    assert [row.target for row in filled][::2] == ["THE PORT", "PORTS & TRADE"]
    assert all(row.is_unseen and not row.is_done for row in filled)
    assert {row.segment.origin for row in filled} == {"machine"}
    translation.refresh_from_db()
    assert (translation.done_count, translation.segment_count) == (0, 3)
    entry = ModelLogEntry.objects.get(action=FILLED)
    assert (entry.user, len(entry.data["segments"])) == (translator.user, 3)
    assert "Machine drafts for 3 segments (DeepL)" in entry.message


def test_what_anybody_has_touched_stays(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    keys = [row.source.key for row in draft_rows(translation)]
    changes = [
        SegmentChange(keys[0], "港口"),
        SegmentChange(keys[1], left_out=True),
        SegmentChange(keys[2], note="?"),
    ]
    save_segments(translation, changes, user=None)
    assert untouched(again(translation)) == []
    fill(translator, translation)
    assert deepl.requests == []
    assert draft_rows(translation)[0].target == "港口"


def test_who_begins_a_segment_meanwhile_keeps_it(
    translation: Translation, deepl: FakeServer
) -> None:
    class Slow:
        name = "Slow"
        takes_context = takes_hints = False

        def translate(self, segments: Any, *args: Any) -> list[str]:
            save_segments(translation, [SegmentChange("headline", "港口")], user=None)
            return [shout(segment) for segment in segments]

    report = fill_untouched(translation, Slow(), user=None)  # type: ignore[arg-type]
    assert "headline" not in report.filled
    assert draft_rows(translation)[0].target == "港口"
    assert len(report.filled) == 2


def test_an_error_half_way_stores_nothing(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    deepl.answers = [(456, {})]
    text = fill(translator, translation)
    assert "No draft was saved. The site's monthly quota at DeepL is used up" in text
    assert not again(translation).latest_revision_id


def test_useless_drafts_are_counted_and_left_out(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    deepl.words = lambda text: "X" * 300 if text == "The port" else "港口"
    text = fill(translator, translation)
    assert "1 segment now has a draft" in text
    assert "2 drafts were discarded" in text
    assert [row.target for row in draft_rows(translation)] == ["", "", "港口"]


def test_readers_see_no_machine_draft_until_it_is_confirmed(
    translation: Translation, translator: Person, deepl: FakeServer
) -> None:
    fill(translator, translation)
    with pytest.raises(PublicationRefusedError):
        again(translation).latest_revision.publish()
    assert target_words(translation.article) == ""
    row = draft_rows(translation)[0]
    confirm = SegmentChange("headline", row.target, confirmed=True)
    save_segments(translation, [confirm], user=translator.user)
    again(translation).latest_revision.publish()
    assert "THE PORT" in target_words(translation.article)
    assert "PORTS & TRADE" not in target_words(translation.article)


def test_chinese_stories_are_drafted_in_english(translator: Person, deepl: FakeServer) -> None:
    translation = translation_of(make_article("港口", language=CHINESE))
    fill(translator, translation)
    assert deepl.requests[0]["target_lang"] == "EN-US"
