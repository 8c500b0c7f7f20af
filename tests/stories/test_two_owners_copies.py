"""Copies, aliases, moves and deletions take both languages along, and only where they belong."""

from datetime import date
from typing import Any

import pytest
from wagtail.models import Revision

from archive.models import ArticlePage, Translation
from archive.stories.actions import issue_for, year_for
from archive.text.language import CHINESE
from tests.desk.helpers import Person, again, source_words, target_words, translation_of
from tests.factories import (
    DAY,
    make_article,
    make_editor,
    make_publication,
    make_section,
    make_translator,
    translate,
)

pytestmark = pytest.mark.django_db

OTHER_DAY = date(2015, 9, 23)


@pytest.fixture
def editor() -> Person:
    """Reads Chinese, while the stories are in English: what asks for the wrong one is seen."""
    return Person(make_editor(), CHINESE)


@pytest.fixture
def translator() -> Person:
    return Person(make_translator())


def translated(**fields: Any) -> ArticlePage:
    article = make_article(**fields)
    translate(article, headline="湛江港")
    return again(article)


def audit(article: ArticlePage) -> None:
    """The columns of the target language are filled if and only if its translation is live."""
    translation = Translation.objects.filter(article=article, live=True).exists()
    assert bool(target_words(article)) == translation


def test_a_draft_copy_has_a_draft_translation(editor: Person) -> None:
    article = translated()
    copy = editor.copies(article, article.get_parent(), "copy")
    assert not target_words(copy)
    draft = translation_of(copy).get_latest_revision_as_object()
    assert draft.segments.get(key="headline").target == "湛江港"
    assert copy.translation_state == "in_progress"
    assert "湛江港" in target_words(article)


def test_publishing_a_draft_copy_does_not_publish_its_translation(editor: Person) -> None:
    article = translated()
    copy = editor.copies(article, article.get_parent(), "copy")
    editor.edits(copy).publish()
    assert again(copy).live
    assert not target_words(copy)
    audit(copy)


def test_a_published_copy_speaks_both_languages(editor: Person) -> None:
    article = translated()
    copy = editor.copies(article, article.get_parent(), "copy", publish_copies="on")
    assert copy.in_language(CHINESE).headline == "湛江港"
    assert target_words(copy) == target_words(article)
    # The title of the copy is its headline.
    assert source_words(copy) == source_words(article).replace(article.headline_en, "Copy")
    audit(copy)


def test_a_published_copy_of_an_untranslated_story_is_untranslated(editor: Person) -> None:
    article = make_article()
    copy = editor.copies(article, article.get_parent(), "copy", publish_copies="on")
    assert copy.in_language(CHINESE).is_missing
    assert not target_words(copy)
    audit(copy)


def test_a_copy_goes_its_own_way(editor: Person, translator: Person) -> None:
    article = translated()
    copy = editor.copies(article, article.get_parent(), "copy", publish_copies="on")
    translator.edits(translation_of(copy)).fill("改").publish()
    translator.unpublishes(translation_of(article))
    assert "改之0" in target_words(copy)
    assert not target_words(article)
    audit(article)


def test_a_copy_keeps_a_draft_apart_from_what_is_published(
    editor: Person, translator: Person
) -> None:
    article = translated()
    translator.edits(translation_of(article)).fill("草稿").save()
    copy = editor.copies(article, article.get_parent(), "copy", publish_copies="on")
    assert "湛江港" in target_words(copy)
    assert "草稿" not in target_words(copy)
    draft = translation_of(copy).get_latest_revision_as_object()
    assert draft.segments.get(key="headline").target == "草稿之0"


@pytest.mark.parametrize("published", [True, False])
def test_copying_an_issue_copies_its_stories_with_both_languages(
    editor: Person, published: bool
) -> None:
    article, untranslated = translated(), make_article("Untranslated")
    year = year_for(make_publication("european-weekly"), DAY.year)
    boxes = {"copy_subpages": "on"} | ({"publish_copies": "on"} if published else {})
    issue = editor.copies(article.get_parent(), year, "09-22", **boxes)
    stories = {page.title: page.specific for page in issue.get_children()}
    assert len(stories) == 2
    assert bool(target_words(stories[article.title])) == published
    assert not target_words(stories[untranslated.title])
    for story in stories.values():
        audit(story)


def test_an_alias_follows_both_languages(editor: Person, translator: Person) -> None:
    article = translated()
    alias = editor.copies(article, issue_for(make_publication(), OTHER_DAY), "alias", alias="on")
    assert target_words(alias) == target_words(article)
    translator.edits(translation_of(article)).fill("新").publish()
    assert "新之0" in target_words(alias)
    editor.edits(article).type(headline_en="Second edition").publish()
    assert "Second edition" in source_words(alias)
    assert "新之0" in target_words(alias)
    assert again(alias).translation_state == again(article).translation_state
    translator.unpublishes(translation_of(article))
    assert not target_words(alias)


def test_an_alias_of_a_draft_gets_both_languages_when_it_is_published(editor: Person) -> None:
    article = make_article(live=False)
    translate(article)
    alias = editor.copies(article, issue_for(make_publication(), OTHER_DAY), "alias", alias="on")
    editor.edits(article).publish()
    assert again(alias).live
    assert target_words(alias) == target_words(article) != ""


def test_a_copy_of_an_alias_has_a_translation_of_its_own(editor: Person) -> None:
    article = translated()
    alias = editor.copies(article, issue_for(make_publication(), OTHER_DAY), "alias", alias="on")
    copy = editor.copies(alias, article.get_parent(), "copy", publish_copies="on")
    assert "湛江港" in target_words(copy)
    assert translation_of(copy).segments.get(key="headline").target == "湛江港"
    audit(copy)


def test_an_alias_turned_into_a_story_keeps_its_translation(
    editor: Person, translator: Person
) -> None:
    article = translated()
    alias = editor.copies(article, issue_for(make_publication(), OTHER_DAY), "alias", alias="on")
    editor.post("wagtailadmin_pages:convert_alias", alias.pk)
    assert "湛江港" in target_words(alias)
    audit(alias)
    translator.edits(translation_of(alias)).fill("改").publish()
    assert "改之0" in target_words(alias)
    assert "改之0" not in target_words(article)


def test_an_alias_whose_original_is_deleted_keeps_its_translation(editor: Person) -> None:
    article = translated()
    alias = editor.copies(article, issue_for(make_publication(), OTHER_DAY), "alias", alias="on")
    editor.post("wagtailadmin_pages:delete", article.pk)
    assert not ArticlePage.objects.filter(pk=article.pk).exists()
    assert "湛江港" in target_words(alias)
    audit(alias)


def test_a_move_keeps_both_languages(editor: Person) -> None:
    article = translated()
    before = source_words(article), target_words(article)
    issue = issue_for(make_publication(), OTHER_DAY)
    editor.post("wagtailadmin_pages:move_confirm", article.pk, issue.pk)
    moved = again(article)
    assert moved.get_parent().pk == issue.pk
    assert moved.print_date == OTHER_DAY
    assert (source_words(article), target_words(article)) == before


def test_publishing_after_a_move_does_not_move_the_story_back(editor: Person) -> None:
    article = translated()
    editor.edits(article).type(headline_en="Half-written").save()
    issue = issue_for(make_publication(), OTHER_DAY)
    editor.post("wagtailadmin_pages:move_confirm", article.pk, issue.pk)
    editor.edits(again(article)).publish()
    assert again(article).get_parent().pk == issue.pk
    assert "湛江港" in target_words(article)


def test_a_new_print_date_moves_the_story_with_both_languages(
    editor: Person, translator: Person
) -> None:
    article = translated()
    editor.edits(article).type(print_date="2015-09-23", headline_en="Moved").publish()
    moved = again(article)
    assert "/2015/09/23/" in moved.url_path
    assert "Moved" in source_words(article)
    assert "湛江港" in target_words(article)
    translator.edits(translation_of(article)).fill("后来").publish()
    assert "/2015/09/23/" in again(article).url_path


def test_publishing_an_older_version_leaves_the_newer_draft_its_place() -> None:
    article = translated()
    older, newer = article.get_latest_revision_as_object(), article.get_latest_revision_as_object()
    weekly = make_publication("european-weekly")
    older.print_date = OTHER_DAY
    version = older.save_revision()
    newer.print_date, newer.publication, newer.section = (
        DAY,
        weekly,
        make_section(publication=weekly),
    )
    newer.headline_en = "Newer"
    newer.save_revision()
    version.publish()
    moved = again(article)
    assert (moved.print_date, "/2015/09/23/" in moved.url_path) == (OTHER_DAY, True)
    draft = moved.get_latest_revision_as_object()
    assert draft.headline_en == "Newer"
    assert (draft.print_date, draft.publication) == (DAY, weekly)
    assert draft.section == newer.section


def test_deleting_a_story_deletes_its_translation_and_no_other(editor: Person) -> None:
    article, other = translated(), translated(headline="Another story")
    translation = translation_of(article)
    editor.post("wagtailadmin_pages:delete", article.pk)
    assert not Translation.objects.filter(pk=translation.pk).exists()
    assert not Revision.objects.for_instance(translation).exists()
    assert "湛江港" in target_words(other)
    audit(other)


def test_deleting_a_whole_issue_leaves_an_alias_elsewhere_with_its_translation(
    editor: Person,
) -> None:
    article = translated()
    here, there = article.get_parent(), issue_for(make_publication(), OTHER_DAY)
    alias = editor.copies(article, there, "alias", alias="on")
    editor.copies(article, here, "alias-beside-it", alias="on")
    editor.user.is_superuser = True  # Editors delete no page that has pages below it.
    editor.user.save()
    editor.post("wagtailadmin_pages:delete", here.pk)
    assert list(ArticlePage.objects.all()) == [alias]
    assert "湛江港" in target_words(alias)
    audit(alias)


def test_moving_an_issue_takes_its_stories_print_data_along(editor: Person) -> None:
    article = translated()
    weekly = make_publication("european-weekly")
    year = year_for(weekly, DAY.year)
    editor.post("wagtailadmin_pages:move_confirm", article.get_parent().pk, year.pk)
    assert again(article).publication_id == weekly.pk
    editor.edits(again(article)).type(headline_en="Edited").publish()
    assert again(article).get_parent().get_parent().pk == year.pk
    assert "湛江港" in target_words(article)


def test_a_story_copied_into_another_issue_stays_there(editor: Person) -> None:
    article = translated()
    issue = issue_for(make_publication(), OTHER_DAY)
    copy = editor.copies(article, issue, "copy")
    editor.edits(copy).publish()
    assert again(copy).get_parent().pk == issue.pk
    assert again(copy).print_date == OTHER_DAY
