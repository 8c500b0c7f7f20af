"""Find and replace in translations: what is found, what is stored, and how it is taken back."""

import re
import time
import tracemalloc

import bs4
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from archive.contrib.replacement.actions import find
from archive.contrib.replacement.patterns import PatternError, Replacement
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.journal.plan import told
from archive.journal.undo import undo
from archive.models import JournalEntry, Translation
from archive.text.language import ENGLISH
from tests.desk.helpers import Person, again, translation_of
from tests.factories import make_article, make_body, make_translator

pytestmark = pytest.mark.django_db

TARGETS = ("<p>湛江港与<b>塔科马港</b>签约。</p>", "<p>塔科马港每年吞吐40万吨。</p>")


@pytest.fixture
def li() -> Person:
    return Person(make_translator("li"))


def translated(person: Person, *targets: str, mine: bool = True) -> Translation:
    """Confirmed paragraphs; assigned to the person."""
    translation = translation_of(make_article(body=make_body(*(f"Text {n}." for n in targets))))
    keys = [row.source.key for row in rows(translation)[1:]]
    changes = [
        SegmentChange(key, target, confirmed=True)
        for key, target in zip(keys, targets, strict=True)
    ]
    save_segments(translation, changes, user=person.user)
    Translation.objects.filter(pk=translation.pk).update(assignee=person.user if mine else None)
    return again(translation)


def texts(translation: Translation) -> list[tuple[str, str]]:
    draft = again(translation).get_latest_revision_as_object()
    return [(row.target, row.state) for row in rows(draft)[1:]]


def url_of(translation: Translation | None = None) -> str:
    if translation is None:
        return reverse("archive_replacement:replace_in_mine")
    return reverse("archive_replacement:replace", args=[translation.pk])


def undo_url() -> str:
    return reverse("archive_journal:undo", args=[JournalEntry.objects.get().pk])


def preview(person: Person, url: str, **asked: str) -> bs4.BeautifulSoup:
    return bs4.BeautifulSoup(person.client.post(url, asked).content, "html.parser")


def tokens(page: bs4.BeautifulSoup) -> list[str]:
    return [box["value"] for box in page.select("[name=segment]")]


@pytest.mark.parametrize(
    ("asked", "target", "changed", "count"),
    [
        ({"find": "港", "replace": "埠"}, "<p>港<b>港</b></p>", "<p>埠<b>埠</b></p>", 2),
        ({"find": "b"}, "<p><b>一</b></p>", "<p><b>一</b></p>", 0),
        ({"find": "a.c", "replace": "x"}, "<p>abc a.c</p>", "<p>abc x</p>", 1),
        ({"find": "PORT", "replace": "quay"}, "<p>Port</p>", "<p>quay</p>", 1),
        ({"find": "PORT", "match_case": True}, "<p>Port</p>", "<p>Port</p>", 0),
        ({"find": "&", "replace": "<和>"}, "<p>A &amp; B</p>", "<p>A &lt;和&gt; B</p>", 1),
        ({"find": r"\1", "replace": r"\2"}, r"<p>\1</p>", r"<p>\2</p>", 1),
        (
            {"find": r"(\d+)万吨", "replace": r"\1 万吨", "is_pattern": True},
            "<p>40万吨、50万吨</p>",
            "<p>40 万吨、50 万吨</p>",
            2,
        ),
    ],
)
def test_words_are_replaced_and_tags_stay(asked, target, changed, count) -> None:
    assert Replacement(**asked).changed(target, "rich") == (changed, count)


@pytest.mark.parametrize(
    ("find", "replace"), [("(", ""), ("a*", ""), ("a", r"\1"), ("(a)", r"\g<x>"), ("[z-a]", "")]
)
def test_what_is_no_pattern_is_said(find: str, replace: str) -> None:
    with pytest.raises(PatternError):
        Replacement(find, replace, is_pattern=True).changed("aaa", "plain")


@pytest.mark.parametrize(
    "find", ["(", ")", "[", "a{9999}", "*a", "a**", "(?R)a", "\\", r"\q", "[z-a]"]
)
def test_what_is_wrong_with_a_pattern_is_said_in_chinese(find: str) -> None:
    with override("zh-hans"), pytest.raises(PatternError) as error:
        Replacement(find, is_pattern=True).check()
    assert not re.search("[a-z]{3}", str(error.value))


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("find", "replace", "reason"),
    [
        # A quick machine finds more than it may before its time is over.
        (r"(港.*站|港)", "站", "takes too long|10000 places"),
        ("港", "站", "10000 places"),
        (r"(.+)", r"\1" * 300, "20000 characters"),
        (r"(.)", r"\1" * 300, "20000 characters"),
        (r"a{999999999}", "", "no valid pattern"),
        (r"(?:(?:a{1,1000}){1,1000}){1,1000}", "", "no valid pattern"),
        (r"(?R)?a", "", "no valid pattern"),
        (r"(?<=港)口", "", "ahead or behind"),
        (r"(?=(.+)).", r"\1", "ahead or behind"),
        ("(" * 150 + ")" * 150, "", "without a character"),
    ],
)
def test_no_pattern_keeps_a_server_busy_or_fills_its_memory(find, replace, reason) -> None:
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(PatternError, match=reason):
        Replacement(find, replace, is_pattern=True).changed("港口" * 35_000, "plain")
    assert time.process_time() - start < 10
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_link_of_another_site_searches_nothing(li: Person) -> None:
    translation = translated(li, *TARGETS)
    asked = {"find": "塔科马", "replace": "他科马"}
    answer = li.client.get(url_of(translation), asked)
    assert tokens(bs4.BeautifulSoup(answer.content, "html.parser")) == []


def test_the_time_is_for_all_texts_together() -> None:
    late = Replacement("a", seconds=0)
    with pytest.raises(PatternError, match="too long"):
        late.changed("b", "plain")


def test_a_preview_stores_nothing_and_shows_what_would_change(li: Person) -> None:
    translation = translated(li, *TARGETS)
    page = preview(li, url_of(translation), find="塔科马", replace="他科马")
    assert [one.text for one in page.select(".archive-replace__text del")] == ["塔", "塔"]
    assert [one.text for one in page.select(".archive-replace__text ins")] == ["他", "他"]
    assert texts(translation) == [(target, "confirmed") for target in TARGETS]


def test_ticked_segments_are_replaced_and_taken_back(li: Person) -> None:
    translation = translated(li, *TARGETS)
    asked = {"find": "塔科马", "replace": "他科马"}
    ticked = tokens(preview(li, url_of(translation), **asked))[:1]
    answer = li.client.post(url_of(translation), {**asked, "segment": ticked, "apply": "1"})
    replaced = TARGETS[0].replace("塔科马", "他科马")
    assert texts(translation) == [(replaced, "draft"), (TARGETS[1], "confirmed")]
    assert undo_url() in li.client.get(answer.url).content.decode()
    assert "1 change can be reverted" in li.client.get(undo_url()).content.decode()
    assert texts(translation) == [(replaced, "draft"), (TARGETS[1], "confirmed")]
    li.client.post(undo_url())
    assert texts(translation) == [(target, "confirmed") for target in TARGETS]


def test_a_replacement_is_undone_later_from_each_history_and_from_the_screen(li: Person) -> None:
    both = [translated(li, *TARGETS), translated(li, TARGETS[1])]
    asked = {"find": "塔科马", "replace": "他科马", "apply": "1"}
    li.client.post(url_of(), {**asked, "segment": tokens(preview(li, url_of(), find="塔科马"))})
    histories = [
        reverse("wagtailsnippets_archive_translation:history", args=[one.pk]) for one in both
    ]
    places = [*histories, *map(url_of, both), url_of()]
    assert all(undo_url() in li.client.get(place).content.decode() for place in places)
    other = Person(make_translator("other"))
    assert all(undo_url() not in other.client.get(place).content.decode() for place in places)
    li.client.post(undo_url())
    for place in places:
        page = li.client.get(place).content.decode()
        assert "Undone " in page
        assert undo_url() not in page


def test_what_is_taken_back_is_whose_it_was_and_as_far_as_it_was(li: Person) -> None:
    translation = translated(li, *TARGETS)
    row = rows(translation.get_latest_revision_as_object())[1]
    again_so = SegmentChange(row.source.key, row.target, version_of(row.segment), confirmed=True)
    save_segments(translation, [again_so], user=make_translator("wang"))
    before = again(translation).latest_revision.content["segments"]
    assert before[0]["state"] == "reviewed"
    asked = {"find": "塔科马", "replace": "他科马"}
    other = Person(make_translator("other"))
    ticked = tokens(preview(other, url_of(translation), **asked))
    other.client.post(url_of(translation), {**asked, "segment": ticked, "apply": "1"})
    other.client.post(undo_url())
    assert again(translation).latest_revision.content["segments"] == before


def test_what_a_colleague_changed_meanwhile_stays(li: Person) -> None:
    translation = translated(li, *TARGETS)
    asked = {"find": "塔科马", "replace": "他科马"}
    ticked = tokens(preview(li, url_of(translation), **asked))
    row = rows(translation.get_latest_revision_as_object())[1]
    theirs = SegmentChange(row.source.key, "<p>塔科马。</p>", version_of(row.segment))
    save_segments(translation, [theirs], user=make_translator("wang"))
    li.client.post(url_of(translation), {**asked, "segment": ticked, "apply": "1"})
    assert [text for text, _state in texts(translation)] == [
        "<p>塔科马。</p>",
        TARGETS[1].replace("塔科马", "他科马"),
    ]


def test_what_was_written_since_is_not_taken_back(li: Person) -> None:
    translation = translated(li, *TARGETS)
    asked = {"find": "塔科马", "replace": "他科马"}
    ticked = tokens(preview(li, url_of(translation), **asked))
    li.client.post(url_of(translation), {**asked, "segment": ticked, "apply": "1"})
    row = rows(again(translation).get_latest_revision_as_object())[1]
    newer = SegmentChange(row.source.key, "<p>新的。</p>", version_of(row.segment))
    save_segments(translation, [newer], user=li.user)
    stranger = Person(make_translator("stranger"))
    stranger.client.post(undo_url())
    assert TARGETS[1] not in [text for text, _state in texts(translation)]
    assert f"<li>changed ({li.user})</li>" in li.client.get(undo_url()).content.decode()
    li.client.post(undo_url())
    assert [text for text, _state in texts(translation)] == ["<p>新的。</p>", TARGETS[1]]


def test_what_a_colleague_has_confirmed_since_is_not_taken_back(li: Person) -> None:
    translation = translated(li, *TARGETS)
    asked = {"find": "塔科马", "replace": "他科马"}
    ticked = tokens(preview(li, url_of(translation), **asked))
    li.client.post(url_of(translation), {**asked, "segment": ticked, "apply": "1"})
    row = rows(again(translation).get_latest_revision_as_object())[1]
    same = SegmentChange(row.source.key, row.target, version_of(row.segment), confirmed=True)
    save_segments(translation, [same], user=make_translator("wang"))
    assert "<li>confirmed (wang)</li>" in li.client.get(undo_url()).content.decode()
    plan = undo(JournalEntry.objects.get(), li.user)
    assert (plan.restored, plan.stay, told(plan.stay_for)) == (
        1,
        {"segments": 1},
        "confirmed (wang)",
    )
    replaced = TARGETS[0].replace("塔科马", "他科马")
    assert texts(translation) == [(replaced, "confirmed"), (TARGETS[1], "confirmed")]


def test_a_machines_draft_stays_one_that_nobody_has_seen(li: Person) -> None:
    translation = translation_of(make_article(body=make_body("Text.")))
    key = rows(translation)[1].source.key
    draft = SegmentChange(key, "<p>机器</p>", origin="machine")
    save_segments(translation, [draft], user=li.user)
    asked = {"find": "机器", "replace": "机械"}
    ticked = tokens(preview(li, url_of(translation), **asked))
    li.client.post(url_of(translation), {**asked, "segment": ticked, "apply": "1"})
    assert texts(translation) == [("<p>机械</p>", "machine")]


@pytest.mark.parametrize("origin", ["ahead", "memory"])
def test_a_replaced_text_from_the_memory_is_an_edited_draft_of_ones_own(li, origin) -> None:
    translation = translation_of(make_article(body=make_body("Text.")))
    key = rows(translation)[1].source.key
    draft = SegmentChange(key, "<p>机器</p>", origin=origin, score=100)
    save_segments(translation, [draft], user=li.user)
    asked = {"find": "机器", "replace": "机械"}
    ticked = tokens(preview(li, url_of(translation), **asked))
    li.client.post(url_of(translation), {**asked, "segment": ticked, "apply": "1"})
    row = rows(again(translation).get_latest_revision_as_object())[1]
    assert (row.target, row.state) == ("<p>机械</p>", "draft")
    assert (row.segment.origin, row.segment.suggested) == ("human", origin)
    # Nobody has read the whole of what was filled in ahead.
    assert row.is_unseen == (origin == "ahead")


def test_all_that_is_mine_and_nothing_else_is_looked_through(li: Person) -> None:
    mine, _others = translated(li, TARGETS[1]), translated(li, TARGETS[1], mine=False)
    locked = translated(li, TARGETS[1])
    Translation.objects.filter(pk=locked.pk).update(locked=True)
    page = preview(li, url_of(), find="塔科马")
    assert [token.split()[0] for token in tokens(page)] == [str(mine.pk)]


def test_what_is_in_review_is_told_and_not_replaced(li: Person) -> None:
    locked = translated(li, *TARGETS)
    Translation.objects.filter(pk=locked.pk).update(locked=True)
    page = preview(li, url_of(again(locked)), find="塔科马")
    assert "No segment has it." not in page.text
    assert ": 2 segments" in page.text
    assert "locked" in page.text
    [one, _other] = find(Translation.objects.all(), Replacement("塔科马", "湛江"), user=li.user)
    asked = {"find": "塔科马", "replace": "湛江", "apply": "1", "segment": one.token}
    li.client.post(url_of(again(locked)), asked)
    assert [target for target, _state in texts(locked)] == list(TARGETS)


def test_a_segment_that_has_no_words_left_isnt_called_a_draft(li: Person) -> None:
    translation = translated(li, "<p>塔科马</p>", TARGETS[1])
    page = preview(li, url_of(translation), find="塔科马")
    asked = {"find": "塔科马", "apply": "1", "segment": tokens(page)[:1]}
    answer = li.client.post(url_of(translation), asked, follow=True)
    assert "It has no words left and is untranslated now." in answer.content.decode()
    assert texts(translation)[0] == ("", "empty")


def test_words_of_a_joined_paragraph_are_replaced_and_it_stays_joined(li: Person) -> None:
    translation = translated(li, *TARGETS)
    second = rows(translation)[2]
    version = version_of(rows(translation.get_latest_revision_as_object())[2].segment)
    change = SegmentChange(second.source.key, TARGETS[1], version, joined=True)
    save_segments(translation, [change], user=li.user)
    page = preview(li, url_of(translation), find="每年", replace="年")
    asked = {"find": "每年", "replace": "年", "apply": "1", "segment": tokens(page)}
    li.client.post(url_of(translation), asked)
    row = rows(again(translation).get_latest_revision_as_object())[2]
    assert (row.target, row.joined) == ("<p>塔科马港年吞吐40万吨。</p>", True)
    li.client.post(undo_url())
    row = rows(again(translation).get_latest_revision_as_object())[2]
    assert (row.target, row.joined) == (TARGETS[1], True)


def test_a_bad_pattern_is_told_on_the_screen(li: Person) -> None:
    page = preview(li, url_of(), find="(", is_pattern="on")
    assert "no valid pattern" in page.select_one(".error-message").text


def test_a_refused_replacement_keeps_what_was_typed(li: Person) -> None:
    asked = {"find": "(", "replace": "塔", "is_pattern": "on"}
    answer = li.client.post(url_of(), {**asked, "apply": "1"})
    page = bs4.BeautifulSoup(answer.content, "html.parser")
    assert [page.select_one(f"[name={name}]")["value"] for name in ("find", "replace")] == [
        "(",
        "塔",
    ]


def test_it_takes_the_right_to_the_language(li: Person) -> None:
    translation = translated(li, *TARGETS)
    other = Person(make_translator("en", languages=(ENGLISH,)))
    assert other.client.get(url_of(translation)).status_code == 302
    assert tokens(preview(other, url_of(), find="塔科马")) == []


def test_many_translations_cost_the_queries_of_one(li: Person) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = list(find(Translation.objects.all(), Replacement("塔科马"), user=li.user))
        assert found
        return len(queries)

    translated(li, TARGETS[0])
    few = cost()
    for _number in range(4):
        translated(li, *TARGETS)
    assert cost() <= few + 8
