"""Which language a story was written in may change only before there is anything to lose."""

import pytest

from archive.models import ArticlePage
from archive.text.language import CHINESE
from tests.desk.helpers import Person, again, source_words, target_words, translation_of
from tests.factories import make_article, make_body, make_editor, make_translator, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Person:
    return Person(make_editor(), CHINESE)


@pytest.fixture
def draft() -> ArticlePage:
    return make_article("Written in English?", live=False)


def switch(editor: Person, article: ArticlePage) -> None:
    form = editor.edits(article)
    form.type(source_language=CHINESE, headline_zh_hans="其实是中文")
    form.put_blocks("body_zh_hans", make_body("中文正文"))
    form.save()


def test_a_draft_may_turn_out_to_be_chinese(editor: Person, draft: ArticlePage) -> None:
    switch(editor, draft)
    editor.edits(again(draft)).publish()
    article = again(draft)
    assert article.source_language == CHINESE
    assert "中文正文" in source_words(article)
    assert article.in_language("en").is_missing
    assert article.in_language("en").headline == "其实是中文"


def test_what_stood_in_the_other_language_is_in_the_history(
    editor: Person, draft: ArticlePage
) -> None:
    switch(editor, draft)
    assert not target_words(draft)
    history = [str(revision.content) for revision in again(draft).revisions.all()]
    assert any("Written in English?" in content for content in history)


def test_the_translation_then_goes_into_the_other_language(
    editor: Person, draft: ArticlePage
) -> None:
    switch(editor, draft)
    translation = translation_of(again(draft))
    assert translation.language == "en"
    translator = Person(make_translator())
    translator.edits(translation).fill("Rendered").publish()
    assert "Rendered之0" in target_words(draft)
    assert "其实是中文" in source_words(draft)


@pytest.mark.parametrize("publish", [True, False])
def test_the_language_of_a_story_in_translation_is_settled(
    editor: Person, draft: ArticlePage, publish: bool
) -> None:
    translate(draft, headline="已译", publish=publish)
    form = editor.edits(again(draft))
    assert "source_language" not in form.data
    assert "headline_zh_hans" not in form.data
    form.type(headline_en="Edited").publish()
    assert ("已译" in target_words(draft)) == publish


def test_a_switch_while_somebody_translates_is_refused(editor: Person, draft: ArticlePage) -> None:
    form = editor.edits(draft).type(source_language=CHINESE, headline_zh_hans="抢先")
    form.put_blocks("body_zh_hans", make_body("抢先"))
    translate(draft, headline="已译")
    form.refused()
    assert again(draft).source_language == "en"
    assert "已译" in target_words(draft)
    assert "Written in English?" in source_words(draft)


def test_no_crafted_post_steals_the_translated_columns(editor: Person, draft: ArticlePage) -> None:
    translate(draft, headline="已译")
    form = editor.edits(again(draft))
    form.sneaks(source_language=CHINESE, headline_zh_hans="偷改")
    form.press("publish")
    assert again(draft).source_language == "en"
    assert "偷改" not in target_words(draft)
    assert "已译" in target_words(draft)


def test_a_translation_opened_before_the_switch_cannot_write_the_source(
    editor: Person, draft: ArticlePage
) -> None:
    stale = translation_of(draft)
    switch(editor, draft)
    translator = Person(make_translator())
    response = translator.client.get(stale.get_edit_url(), follow=True)
    assert response.status_code == 404
    assert "其实是中文" in source_words(draft)
