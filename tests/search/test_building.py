"""Building the index: many stories in few queries, and the same as one by one."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.models import ArticlePage, DraftHint, PictureGap, SearchBits, SearchDocument
from archive.search.actions import index_stories
from archive.search.documents import documents_of, raw_body
from archive.search.drafts import repair_for_editors
from archive.search.rebuild import check, rebuild
from archive.text.language import column
from tests.factories import block, make_article, make_entity, make_image, tag, translate
from tests.search.test_searching import found, story

pytestmark = pytest.mark.django_db


def write_body(article: ArticlePage, blocks: list[dict[str, Any]]) -> None:
    """As a bulk load does: past Wagtail's blocks."""
    name = connection.ops.quote_name(column("body", "en"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE archive_articlepage SET {name} = %s WHERE page_ptr_id = %s",
            [json.dumps(blocks), article.pk],
        )


def test_a_body_whose_blocks_have_no_ids_is_indexed() -> None:
    one = story("Harbour opens")
    write_body(one, [{"type": "paragraph", "value": "<p>Ships <b>come</b> &amp; go.</p>"}])
    index_stories([one.pk])
    [document] = documents_of([one.pk])
    assert document.texts["body"] == "Ships come & go."
    assert found("ships") == [one.pk]


def test_the_figures_of_a_table_are_found() -> None:
    one = story("Harbour opens")
    write_body(one, [block("table", {"data": [["Port", "Tons"], ["Xuwen", "1240.5"]]})])
    index_stories([one.pk])
    assert found("1240.5") == [one.pk]


@pytest.mark.parametrize("stored", [None, "", "null", "[]"])
def test_an_empty_body_has_no_blocks(stored: str | None) -> None:
    assert raw_body(stored) == []


def test_only_live_stories_have_documents_in_the_languages_they_are_published_in() -> None:
    one, two = story("Harbour opens"), story("港口启用", language="zh-hans")
    draft = story("Secret", live=False)
    translate(one, headline="港口")
    made = documents_of([two.pk, draft.pk, one.pk])
    assert [(document.article_id, document.language) for document in made] == [
        *((one.pk, "en"), (one.pk, "zh-hans"), (two.pk, "zh-hans"))
    ]


def test_many_stories_are_indexed_in_as_many_queries_as_two() -> None:
    city = make_entity()
    pks: list[int] = []
    counts = []
    for _round in range(2):
        for number in range(2 + 4 * len(counts)):
            one = story(f"Harbour {number}", "Ships.")
            tag(one, city)
            pks.append(one.pk)
        with CaptureQueriesContext(connection) as captured:
            index_stories(pks, anew=True)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_story_is_indexed_in_few_queries(django_assert_max_num_queries: Any) -> None:
    """Savepoint, what is stored, the story, its tags, its bylines; then what changed is written.

    On PostgreSQL a lock too. What is right already is only read.
    """
    one = story("Harbour opens", "Ships.")
    for number in range(20):
        tag(one, make_entity(f"city-{number}", f"City {number}", f"城{number}"))
    with django_assert_max_num_queries(13):
        index_stories([one.pk])
    with django_assert_max_num_queries(8):
        index_stories([one.pk])


def test_a_rebuild_fills_an_empty_index() -> None:
    one = story("Harbour opens", "船来船往")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM archive_search_text")
    assert found("harbour") == []
    assert not check()
    assert rebuild() == 1
    assert found("harbour") == found("船来") == [one.pk]
    assert check()
    assert rebuild() == 0


def test_a_rebuild_keeps_what_editors_look_for() -> None:
    picture = block("image", {"image": make_image(credit="").pk, "caption": "", "alt_text": ""})
    one = make_article("Harbour opens", live=False)
    write_body(one, [picture])
    two = story("Elsewhere")
    two.headline = two.title = "A pier instead"
    two.save_revision()
    for model in (DraftHint, PictureGap):
        model.objects.all().delete()
    repair_for_editors()
    assert set(PictureGap.objects.values_list("article", flat=True)) == {one.pk}
    hinted = set(DraftHint.objects.values_list("article", "key"))
    assert {(one.pk, "harbour opens"), (two.pk, "pier instead")} <= hinted
    repair_for_editors()
    assert set(DraftHint.objects.values_list("article", "key")) == hinted


@pytest.mark.sqlite
def test_the_body_is_the_first_column_of_sqlite_s_index() -> None:
    story("Harbour opens", "Ships come and go.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA table_info(archive_search_text)")
        assert cursor.fetchall()[0][1] == "body"
    assert not SearchBits.objects.exists()
    assert SearchDocument.objects.count() == 1
    assert found("headline:ships") == []
    assert len(found("headline:harbour")) == 1
