"""Neither of the two owners gets at the other's words, whatever is posted.

Which addresses are closed to whom, `tests/safety/` says.
"""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Revision

from archive.desk.editor.forms import LEFT_OUT, NOTE, TARGET, field_name
from archive.models import ArticlePage, Translation
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.desk.helpers import (
    Person,
    again,
    source_words,
    target_words,
    translation_of,
)
from tests.factories import make_article, make_body, make_editor, make_translator, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[ENGLISH, CHINESE])
def article(request: Any) -> ArticlePage:
    article = make_article("City builds on history 历史", language=request.param)
    translate(article, headline="Target 译文")
    return again(article)


def both(article: ArticlePage) -> tuple[str, str]:
    return source_words(article), target_words(article)


def stolen(language: str) -> dict[str, str]:
    """What a thief posts for a language's columns."""
    names = [column(name, language) for name in ("headline", "standfirst", "dateline")]
    body = column("body", language)
    block = {"type": "subhead", "id": "", "value": "Stolen", "order": "0", "deleted": ""}
    fields = {f"{body}__dash__0__dash__{k}": v for k, v in block.items()}
    return {**dict.fromkeys(names, "Stolen"), f"{body}__dash__count": "1", **fields}


@pytest.mark.parametrize("action", ["", "publish"])
def test_an_editor_cannot_post_the_target_columns(
    article: ArticlePage, editor: Person, action: str
) -> None:
    before = both(article)
    form = editor.edits(article)
    assert column("headline", article.target_language) not in form.data
    form.sneaks(
        **stolen(article.target_language),
        headline="Stolen",
        standfirst="Stolen",
        translation_state="published",
        translation_is_abridged="on",
        translated_at="2001-01-01",
    )
    form.save(action)
    assert both(article) == before
    assert not again(article).translation_is_abridged
    assert "Stolen" not in str(again(article).latest_revision.content)


@pytest.mark.parametrize("action", ["", "publish"])
def test_a_translator_cannot_post_the_source_columns(
    article: ArticlePage, translator: Person, action: str
) -> None:
    source, stranger = source_words(article), make_article("Somebody else's")
    form = (
        translator.edits(translation_of(article))
        .fill("对")
        .sneaks(
            **stolen(article.source_language),
            headline="Stolen",
            title="Stolen",
            slug="stolen",
            article=stranger.pk,
            article_id=stranger.pk,
            language=article.source_language,
            source_language=article.target_language,
            stale_count=9,
            live="",
        )
    )
    form.save(action)
    assert source_words(article) == source
    assert again(article).title == "City builds on history 历史"
    assert translation_of(article).language == article.target_language
    assert not target_words(stranger)


def test_a_translator_without_the_right_to_publish_publishes_nothing(article: ArticlePage) -> None:
    translation = translation_of(article)
    before = both(article)
    junior = Person(make_translator("junior", may_publish=False))
    junior.edits(translation).fill("未审").press("publish")
    junior.unpublishes(translation)
    assert both(article) == before
    assert "未审之0" in str(again(translation).latest_revision.content)


@pytest.mark.parametrize("verb", ["add", "delete", "copy"])
def test_nobody_adds_copies_or_deletes_a_translation(article: ArticlePage, verb: str) -> None:
    translation = translation_of(article)
    boss = Person(make_editor("boss"))
    boss.user.is_superuser = True
    boss.user.save()
    base = reverse("wagtailsnippets_archive_translation:list")
    path = {"add": "add/", "delete": f"delete/{translation.pk}/", "copy": f"copy/{translation.pk}/"}
    response = boss.client.post(base + path[verb], {}, follow=True)
    assert response.status_code in (200, 404)
    assert list(Translation.objects.filter(article=article)) == [translation]
    assert "Target 译文" in target_words(article)


def test_many_translations_are_not_deleted_at_once_either(article: ArticlePage) -> None:
    boss = Person(make_editor("boss"))
    boss.user.is_superuser = True
    boss.user.save()
    translation = translation_of(article)
    url = reverse("wagtail_bulk_action", args=["archive", "translation", "delete"])
    boss.client.post(f"{url}?id={translation.pk}")
    assert Translation.objects.filter(pk=translation.pk).exists()
    assert "Target 译文" in target_words(article)


def test_unknown_segments_harm_nothing(article: ArticlePage, translator: Person) -> None:
    source = source_words(article)
    form = translator.edits(translation_of(article)).fill("对")
    for key in (
        "title",
        "source_language",
        "body",
        "../headline",
        "x" * 300,
        "",
        "<script>",
        "\x00",
    ):
        form.data[field_name(TARGET, key)] = "Stolen"
        form.data[field_name(LEFT_OUT, key)] = "on"
        form.data[field_name(NOTE, key)] = "x" * 5000
    form.data[field_name(TARGET, "gone")] = "Stolen\x00"
    form.publish()
    assert source_words(article) == source
    assert "Stolen" not in target_words(article)


def test_a_posted_key_cannot_run_script_at_a_colleagues_desk(
    article: ArticlePage, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).fill("对")
    form.data[field_name(TARGET, "gone")] = "<script>alert(1)</script>"
    form.save()
    shown = translator.client.get(form.url).content.decode()
    assert "<script>alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


@pytest.mark.parametrize(
    "junk", ["x" * 33, "'; DROP TABLE archive_segment; --", "0" * 32, "\x00", "é" * 32]
)
def test_a_made_up_digest_of_the_source_harms_nothing(
    article: ArticlePage, translator: Person, junk: str
) -> None:
    form = translator.edits(translation_of(article)).fill("对")
    form.data[field_name("seen", "headline")] = junk
    response = form.press()
    assert response.status_code in (200, 302)
    assert "Target 译文" in target_words(article)


def test_old_versions_that_hold_both_languages_give_back_only_the_source(
    article: ArticlePage, editor: Person
) -> None:
    """As after a restore from a back-up made before the two owners were parted."""
    revision = again(article).latest_revision
    revision.content[column("headline", article.target_language)] = "Old leak"
    revision.content["headline"] = "Old leak"
    revision.content["source_language"] = other(article.source_language)
    revision.save()
    before = both(article)
    editor.reverts(article, revision).publish()
    assert both(article) == before
    assert again(article).source_language == article.source_language


def test_a_stale_story_in_memory_saves_no_target_word(
    article: ArticlePage, translator: Person
) -> None:
    stale = ArticlePage.objects.get(pk=article.pk)
    translator.edits(translation_of(article)).fill("新").publish()
    stale.save()
    assert "新之0" in target_words(article)
    translator.unpublishes(translation_of(article))
    stale.save()
    assert not target_words(article)


def test_the_editors_history_shows_no_word_of_the_translation(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    translator.edits(translation_of(article)).fill("机密").publish()
    form = editor.edits(article)
    form.put_blocks(next(iter(form.blocks)), make_body("New text")).publish()
    contents = Revision.objects.for_instance(article).values_list("content", flat=True)
    assert "机密" not in str(list(contents))
    url = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, "earliest", "latest"])
    assert "机密" not in editor.client.get(url).content.decode()
