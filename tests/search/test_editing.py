"""The search in the newsroom's own list of stories, and Wagtail's own beside it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import ArticlePage, DraftHint, PictureGap, SearchDocument
from archive.text.language import column, columns
from tests.factories import block, make_article, make_body, make_editor, make_entity, make_image
from tests.factories import tag as tagged

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


def listed(client: Client, q: str = "", **filters: Any) -> list[int]:
    response = client.get(reverse("stories:index"), {"q": q, **filters})
    assert response.status_code == 200
    return [page.pk for page in response.context["object_list"]]


def test_live_stories_are_found_as_readers_find_them(editor: Client) -> None:
    city = make_entity(aliases={"Tsamkong": "en"})
    story = make_article("南方的港口", body=make_body("签署友好城市协议。"), language="zh-hans")
    tagged(story, city)
    story.save_revision().publish()
    make_article("Elsewhere")
    for words in ("好城", "签署", "Tsamkong", "zhan jiang", "headline:港口", "港"):
        assert listed(editor, words) == [story.pk], words
    assert listed(editor, "好城 -协议") == []


def test_drafts_are_found_by_the_headline_they_have_now(editor: Client) -> None:
    draft = make_article("湛江港口新闻", language="zh-hans", live=False)
    live = make_article("Harbour opens")
    setattr(live, column("headline", "en"), "Pier closes at night")
    live.title = "Pier closes at night"
    live.save_revision()
    for words in ("港口", "湛江", "口新", "港口 湛江"):
        assert listed(editor, words) == [draft.pk], words
    assert listed(editor, "pier night") == [live.pk]
    assert listed(editor, "harbour") == [live.pk]
    ArticlePage.objects.get(pk=live.pk).get_latest_revision().publish()
    assert not DraftHint.objects.filter(article=live.pk).exists()
    assert listed(editor, "pier") == [live.pk]


def test_the_best_match_comes_first_unless_an_order_is_chosen(editor: Client) -> None:
    old = make_article("Elsewhere", body=make_body("A harbour, among a great many other things."))
    best = make_article("Harbour opens")
    assert listed(editor, "harbour") == [best.pk, old.pk]
    assert listed(editor, "harbour", ordering="print_date") != []


def test_odd_words_get_a_list(editor: Client) -> None:
    for words in ("", " ", '"', "\0", "-", "%", "x" * 5000, "after:2015", "OR", "的"):
        listed(editor, words)


def test_stories_whose_pictures_lack_something_are_listed(editor: Client) -> None:
    make_article("No picture")
    image = make_image(rights="China Daily", **dict.fromkeys(columns("alt_text"), ""))
    bare = make_article("Bare", body=[picture(image.pk)], live=False)
    whole = make_article("Whole", body=[picture(image.pk, "Ships", "Three ships", "Li Na")])
    gallery = block("gallery", {"pictures": [item(picture(image.pk, "Ships", "", "Li Na"))]})
    half = make_article("Half", body=[gallery], live=False)
    assert set(listed(editor, lacks="caption")) == {bare.pk}
    assert set(listed(editor, lacks="alt_text")) == {bare.pk, half.pk}
    assert set(listed(editor, lacks="credit")) == {bare.pk}
    assert whole.pk not in listed(editor, lacks=["caption", "alt_text", "credit"])
    assert listed(editor, "bare", lacks="credit") == [bare.pk]
    type(image).objects.update(credit="Chen Wei", **{column("caption", "en"): "Ships"})
    call_command("check_archive", "search", repair=True, verbosity=0)
    assert listed(editor, lacks=["caption", "credit"]) == []
    assert PictureGap.objects.filter(article=bare.pk).count() == 1


def test_a_deleted_picture_leaves_search_and_lists(editor: Client) -> None:
    texts = {"rights": "China Daily", "credit": "Li Na"}
    cranes, ships = make_image(caption_en="Cranes", **texts), make_image(**texts)
    story = make_article("Port", body=[picture(cranes.pk), picture(ships.pk, "Ships")])
    bare = make_image(**{**texts, "credit": ""})
    draft = make_article("Draft", body=[picture(bare.pk)], live=False)
    assert listed(editor, "cranes") == [story.pk]
    cranes.delete()
    bare.delete()
    assert listed(editor, "cranes") == []
    assert listed(editor, lacks="credit") == [], draft
    assert ArticlePage.objects.get(pk=story.pk).lead_image == ships
    ships.delete()
    document = SearchDocument.objects.get(article=story.pk)
    assert (document.has_picture, listed(editor, lacks="caption")) == (False, [])


def test_a_changed_picture_is_found_by_its_new_words(editor: Client) -> None:
    image = make_image(rights="China Daily", credit="Li Na")
    story = make_article("Port", body=[picture(image.pk)])
    assert listed(editor, lacks="caption") == [story.pk]
    image.caption_en = "Cranes"
    image.save()
    assert listed(editor, "cranes") == [story.pk]
    assert listed(editor, lacks="caption") == []


def test_a_translation_s_state_is_a_filter(editor: Client) -> None:
    story = make_article("Harbour opens")
    assert listed(editor, "harbour", translation_state="not_started") == [story.pk]
    assert listed(editor, "harbour", translation_state="published") == []


def test_many_stories_take_as_many_queries_as_few(editor: Client) -> None:
    counts = []
    for number in range(3):
        make_article(f"Harbour {number}")
        make_article(f"Harbour draft {number}", live=False)
        listed(editor, "harbour")
        with CaptureQueriesContext(connection) as captured:
            assert len(listed(editor, "harbour")) == 2 * number + 2
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_wagtail_s_own_search_finds_both_languages() -> None:
    User.objects.create_superuser("root", password="x")
    client = Client()
    client.force_login(User.objects.get(username="root"))
    chinese = make_article("湛江港口新闻", language="zh-hans")
    english = make_article("Harbour opens")
    for name in ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search"):
        for words, story in (
            ("湛江", chinese),
            ("湛江港口新闻", chinese),
            ("港口", chinese),
            ("harb", english),
        ):
            response = client.get(reverse(name), {"q": words})
            assert f"/pages/{story.pk}/" in response.content.decode(), (name, words)


def picture(pk: int, caption: str = "", alt_text: str = "", credit: str = "") -> dict[str, Any]:
    value = {"image": pk, "caption": caption, "alt_text": alt_text, "credit": credit}
    return block("image", value)


def item(picture_block: dict[str, Any]) -> dict[str, Any]:
    return {**picture_block, "type": "item"}
