"""The memory holds what readers can read: it follows publishing, withdrawing and correcting."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.desk.actions import fill_translation
from archive.desk.memory.units import add_units, follow_stories, make_unit
from archive.desk.saving import SegmentChange, save_segments
from archive.models import ArticlePage, MemoryFingerprint, MemoryUnit, Translation
from archive.text.language import CHINESE, ENGLISH
from tests.factories import block, make_article, make_body, translate

pytestmark = pytest.mark.django_db

WHERE = "The port lies at the southern tip of the mainland."
WHEN = "Ships have called here since the Han Dynasty, more than two thousand years ago."


@pytest.fixture
def article() -> ArticlePage:
    return make_article("Port opens", body=make_body(WHERE, f"<b>{WHEN}</b>"))


def held() -> dict[str, str]:
    return dict(MemoryUnit.objects.values_list("text_en", "text_zh_hans"))


def fingerprints() -> set[tuple[int, int]]:
    return set(MemoryFingerprint.objects.values_list("fingerprint", "unit_id"))


def publish(article: ArticlePage, **texts: str) -> Translation:
    return translate(ArticlePage.objects.get(pk=article.pk), **texts)


def test_publishing_a_translation_fills_the_memory_with_plain_texts(article):
    publish(article, headline="港口开港")
    assert held() == {"Port opens": "港口开港", WHERE: "译文：paragraph", WHEN: "译文：paragraph"}
    unit = MemoryUnit.objects.get(text_en="Port opens")
    assert (unit.label, unit.print_date) == ("Port opens", article.print_date)
    assert (unit.kind, unit.key, unit.written_in) == ("headline", "headline", ENGLISH)
    assert unit.article == article


def test_a_story_written_in_chinese_is_held_with_its_direction():
    story = make_article("港口开港", language=CHINESE)
    publish(story, headline="Port opens")
    unit = MemoryUnit.objects.get(kind="headline")
    assert (unit.text_en, unit.text_zh_hans) == ("Port opens", "港口开港")
    assert unit.written_in == CHINESE


def test_a_draft_is_not_held(article):
    translate(article, publish=False)
    assert held() == {}


def test_publishing_again_writes_nothing_but_the_difference(article):
    translation = publish(article)
    before = dict(MemoryUnit.objects.values_list("key", "pk"))
    with CaptureQueriesContext(connection) as queries:
        follow_stories([translation.article_id])
    assert [q["sql"] for q in queries if "INSERT" in q["sql"] or "DELETE" in q["sql"]] == []
    publish(article, headline="港口启用")
    after = dict(MemoryUnit.objects.values_list("key", "pk"))
    assert [key for key in after if after[key] != before[key]] == ["headline"]
    assert {unit_id for _number, unit_id in fingerprints()} == set(after.values())


def test_remembering_takes_the_same_queries_for_any_number_of_segments(
    django_assert_max_num_queries,
):
    long = make_article(body=make_body(*(f"{WHERE} This is number {n}." for n in range(40))))
    translation = publish(long)
    for unit in MemoryUnit.objects.all():
        unit.delete()
    # Segments; units; two savepoints; units in; and fingerprints, some hundred a statement.
    with django_assert_max_num_queries(12):
        follow_stories([translation.article_id])
    assert MemoryUnit.objects.count() == 41


def test_unpublishing_the_translation_or_the_story_takes_its_units_out(article):
    publish(article).unpublish()
    assert (held(), fingerprints()) == ({}, set())
    publish(article)
    assert held()
    ArticlePage.objects.get(pk=article.pk).unpublish()
    assert (held(), fingerprints()) == ({}, set())
    ArticlePage.objects.get(pk=article.pk).get_latest_revision().publish()
    assert len(held()) == 3


def test_deleting_the_story_leaves_nothing_behind(article):
    publish(article)
    ArticlePage.objects.get(pk=article.pk).delete()
    assert (held(), fingerprints()) == ({}, set())


def test_a_changed_source_stays_with_the_text_that_was_translated(article):
    publish(article)
    page = ArticlePage.objects.get(pk=article.pk)
    page.headline_en = "Port opens early"
    page.save_revision().publish()
    assert "Port opens" in held()
    assert "Port opens early" not in held()


def test_segments_left_out_or_by_a_machine_are_not_held(article):
    translation = Translation.objects.get(article=article)
    keys = [item["id"] for item in article.body_en.raw_data]
    changes = [
        SegmentChange("headline", "港口开港"),
        SegmentChange(keys[0], "<p>机器</p>", origin="machine"),
        SegmentChange(keys[1], left_out=True),
    ]
    save_segments(translation, changes, user=None)
    Translation.objects.get(pk=translation.pk).get_latest_revision().publish()
    assert held() == {"Port opens": "港口开港"}


def test_segments_translated_together_are_one_unit(article):
    translation = Translation.objects.get(article=article)
    keys = [item["id"] for item in article.body_en.raw_data]
    changes = [
        SegmentChange("headline", "港口开港"),
        SegmentChange(keys[0], "<p>合在一起</p>"),
        SegmentChange(keys[1], joined=True),
    ]
    save_segments(translation, changes, user=None)
    Translation.objects.get(pk=translation.pk).get_latest_revision().publish()
    assert held() == {"Port opens": "港口开港", f"{WHERE} {WHEN}": "合在一起"}


def test_words_of_both_segments_translated_together_are_one_unit(article):
    translation = Translation.objects.get(article=article)
    keys = [item["id"] for item in article.body_en.raw_data]
    changes = [
        SegmentChange("headline", "港口开港"),
        SegmentChange(keys[0], "<p>前一半，</p>"),
        SegmentChange(keys[1], "<p>后一半。</p>", joined=True),
    ]
    save_segments(translation, changes, user=None)
    Translation.objects.get(pk=translation.pk).get_latest_revision().publish()
    assert held() == {"Port opens": "港口开港", f"{WHERE} {WHEN}": "前一半，后一半。"}


def test_writing_costs_the_same_however_much_is_held(article):
    def cost() -> int:
        MemoryUnit.objects.filter(article=article).delete()
        with CaptureQueriesContext(connection) as queries:
            follow_stories([translation.article_id])
        return len(queries)

    translation = publish(article)
    # The story itself is fetched the first time.
    cost()
    alone = cost()
    add_units([make_unit(ENGLISH, f"Ship {n} came", f"第{n}艘船来了") for n in range(900)])
    assert cost() == alone


def test_rebuilding_gives_what_publishing_gave(article, capsys):
    publish(article)
    by_publishing, numbers = held(), len(fingerprints())
    MemoryUnit.objects.all().delete()
    call_command("check_archive", "memory", repair=True)
    assert held() == by_publishing
    assert len(fingerprints()) == numbers
    assert "1 of 1 stories" in capsys.readouterr().out


def test_rebuilding_keeps_what_is_right_and_files_and_takes_out_the_rest(article):
    publish(article)
    add_units([make_unit(ENGLISH, "From a file", "来自文件", provenance="tmx")])
    add_units([make_unit(ENGLISH, "Withdrawn", "撤回了", article=article, key="gone")])
    kept = set(MemoryUnit.objects.exclude(text_en="Withdrawn").values_list("pk", flat=True))
    MemoryFingerprint.objects.filter(unit_id__in=kept).delete()
    call_command("check_archive", "memory", repair=True, verbosity=0)
    assert set(MemoryUnit.objects.values_list("pk", flat=True)) == kept
    assert {unit_id for _number, unit_id in fingerprints()} == kept


def test_lists_and_captions_are_held_one_by_one():
    body = [block("image", {"image": None, "caption": "The old quay", "alt_text": "A quay."})]
    article = make_article("Port opens", body=body)
    translation = Translation.objects.get(article=article)
    key = body[0]["id"]
    chinese = [{**body[0], "value": {**body[0]["value"], "caption": "老码头", "alt_text": "码头"}}]
    fill_translation(translation, fields={"headline": "开港"}, body=chinese)
    translation.save_revision().publish()
    assert MemoryUnit.objects.get(key=f"{key}/caption").text_zh_hans == "老码头"
