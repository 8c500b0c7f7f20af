"""Before translating: figures, and drafts from the memory."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive.contrib.pretranslation.analysis import analyse
from archive.contrib.pretranslation.drafts import pretranslate
from archive.desk.memory.units import add_units, make_unit
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.journal.models import JournalEntry
from archive.models import Translation
from archive.text.language import ENGLISH
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.desk.test_repetitions import CHINESE_FIRST, FIRST, NEW, story, texts
from tests.factories import make_article, make_translator

pytestmark = pytest.mark.django_db

SECOND, CHINESE_SECOND = "Mayor James Conway made it in America.", "美方由市长詹姆斯·康威促成。"
LIKE = FIRST.replace("first", "the first")


@pytest.fixture
def li() -> Person:
    return Person(make_translator("li"))


def hold(*pairs: tuple[str, str]) -> None:
    add_units([make_unit(ENGLISH, *pair) for pair in pairs])


def every() -> Any:
    return Translation.objects.order_by("pk")


def test_known_segments_get_drafts_that_wait_for_a_person(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST))
    translation = story(FIRST, NEW, f"<b>{FIRST}</b>")
    assert pretranslate(every(), user=li.user).count == 2
    draft = f"<p>{CHINESE_FIRST}</p>", "memory"
    assert texts(translation) == [draft, ("", "empty"), draft]
    row = again(translation)
    assert (row.done_count, row.draft_count, row.state) == (0, 2, "in_progress")
    assert not any(one.is_decided for one in rows(row.get_latest_revision_as_object()))


def test_drafts_are_taken_back_where_nobody_has_touched_them(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST))
    one, other = story(FIRST, FIRST), story(FIRST)
    url = reverse("wagtail_bulk_action", args=["archive", "translation", "pretranslate"])
    answer = li.client.post(f"{url}?id={one.pk}&id={other.pk}", {"least": "100"}, follow=True)
    undo = reverse("archive_journal:undo", args=[JournalEntry.objects.get().pk])
    assert undo in page_text(answer)
    for translation in (one, other):
        history = reverse("wagtailsnippets_archive_translation:history", args=[translation.pk])
        assert undo in page_text(li.client.get(history))
    row = rows(again(one).get_latest_revision_as_object())[1]
    same = SegmentChange(
        row.source.key, row.target, version_of(row.segment), origin="ahead", confirmed=True
    )
    save_segments(one, [same], user=li.user)

    li.client.post(undo)
    assert texts(one) == [(f"<p>{CHINESE_FIRST}</p>", "confirmed"), ("", "empty")]
    assert texts(other) == [("", "empty")]
    assert again(other).draft_count == 0


def test_who_types_in_a_pretranslated_segment_has_a_draft_of_their_own(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST))
    translation = story(FIRST)
    pretranslate(every(), user=li.user)
    row = rows(again(translation).get_latest_revision_as_object())[1]
    typed = SegmentChange(row.source.key, "<p>首开先河。</p>", version_of(row.segment))
    save_segments(translation, [typed], user=li.user)
    assert texts(translation) == [("<p>首开先河。</p>", "draft")]
    row = rows(again(translation).get_latest_revision_as_object())[1]
    assert (row.is_decided, row.segment.suggested) == (True, "ahead")


def test_a_paragraph_is_filled_from_its_sentences_if_all_are_known(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST), (SECOND, CHINESE_SECOND))
    translation = story(f"{FIRST} {SECOND}", f"{FIRST} {NEW}")
    pretranslate(every(), user=li.user)
    both = f"<p>{CHINESE_FIRST}{CHINESE_SECOND}</p>"
    assert texts(translation) == [(both, "memory"), ("", "empty")]
    (segment,) = again(translation).get_latest_revision_as_object().segments.all()
    # As the analysis counts it: not just the same text.
    assert (segment.origin, segment.score) == ("ahead", 99)


def test_the_storys_own_translation_comes_before_the_memorys(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST))
    translation = story(FIRST, FIRST)
    key = rows(translation)[1].source.key
    own = SegmentChange(key, "<p>本报道的译法。</p>", confirmed=True)
    save_segments(translation, [own], user=li.user)
    pretranslate(every(), user=li.user)
    assert texts(translation) == [
        ("<p>本报道的译法。</p>", "confirmed"),
        ("<p>本报道的译法。</p>", "repetition"),
    ]


def test_what_somebody_began_and_what_is_locked_stay(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST))
    begun, locked = story(FIRST), story(FIRST)
    key = rows(begun)[1].source.key
    save_segments(begun, [SegmentChange(key, "<p>开始</p>")], user=li.user)
    Translation.objects.filter(pk=locked.pk).update(locked=True)
    assert pretranslate(every(), user=li.user).keys == {}
    assert texts(begun) == [("<p>开始</p>", "draft")]


def bulk(action: str, *translations: Translation) -> str:
    url = reverse("wagtail_bulk_action", args=["archive", "translation", action])
    return f"{url}?{'&'.join(f'id={one.pk}' for one in translations)}&next=/admin/"


def test_a_translator_pretranslates_from_the_queue_and_it_is_in_the_history(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST))
    some = [story(FIRST), story(NEW)]
    assert b"Pretranslate" in li.client.get(bulk("pretranslate", *some)).content
    assert li.client.post(bulk("pretranslate", *some)).url == "/admin/"
    assert [texts(one)[0][1] for one in some] == ["memory", "empty"]
    entry = ModelLogEntry.objects.get(action="archive.pretranslate")
    assert entry.object_id == str(some[0].pk)
    assert len(entry.data["segments"]) == 1


def test_a_person_without_the_right_to_the_language_fills_nothing() -> None:
    hold((FIRST, CHINESE_FIRST))
    translation = story(FIRST)
    other = Person(make_translator("en", languages=[ENGLISH]))
    other.client.post(bulk("pretranslate", translation))
    assert texts(translation) == [("", "empty")]


def test_looking_up_many_stories_costs_what_one_costs(li: Person) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            analyse(every())
        return len(queries)

    story(FIRST, f"{NEW} It is red.")
    few = cost()
    for number in range(4):
        story(FIRST, f"{NEW} It has {number} rooms.")
    assert cost() == few <= 10


def bands(analysis: Any) -> dict[str, int]:
    return {name: one.segments for name, one in analysis.bands.items() if one.segments}


def test_each_segment_is_counted_in_one_band(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST), (SECOND, CHINESE_SECOND))
    one = story(FIRST, LIKE, NEW, NEW, headline="Headline one")
    two = story(f"{FIRST} {SECOND}", NEW, FIRST, headline="Headline two")
    key = rows(two)[0].source.key
    save_segments(two, [SegmentChange(key, "标题")], user=li.user)
    first, second, whole = analyse(every())
    assert first.translation == one
    assert bands(first) == {"100": 1, "85": 1, "none": 2, "repeated": 1}
    assert bands(second) == {"begun": 1, "95": 1, "repeated": 1, "100": 1}
    assert bands(whole) == {"begun": 1, "100": 2, "repeated": 2, "95": 1, "85": 1, "none": 2}
    assert whole.bands["repeated"].words == 2 * len(NEW.split())
    assert whole.bands["repeated"].characters == 2 * len(NEW.replace(" ", ""))


def test_words_and_characters_make_no_sum(li: Person) -> None:
    some = [story(NEW), translation_of(make_article(headline=CHINESE_FIRST, language="zh-hans"))]
    *_each, english, chinese = analyse(every())
    assert (english.language, chinese.language) == ("en", "zh-hans")
    assert chinese.whole.words > 0
    page = li.client.get(bulk("analyse", *some)).content.decode()
    assert page.count("<caption>All together · ") == 2


def test_the_figures_are_on_the_screen_and_in_a_file(li: Person) -> None:
    hold((FIRST, CHINESE_FIRST))
    some = [story(FIRST, headline="=1+1"), story(NEW)]
    url = bulk("analyse", *some)
    assert "archive-analysis" in li.client.get(url).content.decode()
    answer = li.client.post(url)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    exact = [line for line in lines if line["Match"] == "100%"]
    assert [line["Segments"] for line in exact] == ["1", "0", "1"]
    assert exact[0]["Story"].startswith("'=1+1")


OF_1998 = "The port handled 30 ships in 1998, more than ever before."
CHINESE_OF_1998 = "1998年，该港接待船舶30艘，为历年之最。"


def test_a_text_that_is_like_enough_is_put_there_with_its_figures_in_place(li: Person) -> None:
    hold((OF_1998, CHINESE_OF_1998))
    translation = story(OF_1998.replace("30", "45").replace("1998", "2003"))
    assert pretranslate(every(), user=li.user).keys == {}
    assert pretranslate(every(), user=li.user, least=95).keys == {}
    assert pretranslate(every(), user=li.user, least=85).count == 1
    text = CHINESE_OF_1998.replace("30", "45").replace("1998", "2003")
    assert texts(translation) == [(f"<p>{text}</p>", "memory")]
    (segment,) = again(translation).get_latest_revision_as_object().segments.all()
    assert (segment.origin, segment.score) == ("ahead", 89)
    assert json.loads(segment.doubts) == {
        "adapted": ["1998年 → 2003年", "30 → 45"],
        "differing": [],
    }
    assert segment.is_unseen


def test_the_lowest_match_is_chosen_in_the_queue(li: Person) -> None:
    hold((OF_1998, CHINESE_OF_1998))
    some = [story(OF_1998.replace("30", "45")), story(NEW)]
    assert "Lowest match" in page_text(li.client.get(bulk("pretranslate", *some)))
    li.client.post(bulk("pretranslate", *some), {"least": "12"})
    assert [texts(one)[0][1] for one in some] == ["empty", "empty"]
    li.client.post(bulk("pretranslate", *some), {"least": "95"})
    assert [texts(one)[0][1] for one in some] == ["memory", "empty"]
