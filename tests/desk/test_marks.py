"""What readers are told of segments: written as the translation is published, by nothing else."""

import pytest
from django.core.management import call_command

from archive.models import ArticlePage, Translation
from archive.stories.marks import Marks
from archive.text.language import CHINESE
from tests.factories import block, make_article, translate

pytestmark = pytest.mark.django_db

A, B = "00000000-0000-4000-8000-000000000811", "00000000-0000-4000-8000-000000000812"


@pytest.fixture
def article() -> ArticlePage:
    body = [block("paragraph", f"<p>Paragraph {key[-3:]}.</p>", key) for key in (A, B)]
    return make_article(body=body)


def marks(article: ArticlePage) -> Marks:
    return Marks.from_json(ArticlePage.objects.get(pk=article.pk).translation_marks)


def decided(article: ArticlePage, *, publish: bool = True, **decision: object) -> Translation:
    """The second paragraph's segment with this decision, in a new version."""
    translation = translate(article, publish=False)
    segments = list(translation.get_latest_revision_as_object().segments.all())
    for name, value in decision.items():
        setattr(segments[-1], name, value)
    translation.segments = segments
    revision = translation.save_revision()
    if publish:
        revision.publish()
    return Translation.objects.get(pk=translation.pk)


def rewrite(page: ArticlePage, texts: dict[str, str]) -> None:
    body = [block("paragraph", f"<p>{text}</p>", key) for key, text in texts.items()]
    page.body_en = page._meta.get_field("body_en").to_python(body)
    page.save_revision().publish()


@pytest.mark.parametrize(
    ("decision", "name"),
    [
        ({"left_out": True, "target": ""}, "left_out"),
        ({"joined": True, "target": ""}, "joined"),
        ({"origin": "machine", "state": "confirmed"}, "machine"),
        ({"source_digest": "of other words"}, "stale"),
    ],
)
def test_publication_says_what_became_of_each_segment(
    article: ArticlePage, decision: dict[str, object], name: str
) -> None:
    decided(article, **decision)
    assert marks(article) == Marks(**{name: frozenset({B})})


def test_a_draft_tells_readers_nothing(article: ArticlePage) -> None:
    decided(article, publish=False, left_out=True, target="")
    assert marks(article) == Marks()


def test_a_translation_taken_off_the_page_takes_its_marks_along(article: ArticlePage) -> None:
    decided(article, left_out=True, target="").unpublish()
    assert marks(article) == Marks()


def test_no_save_of_the_page_writes_or_carries_marks(article: ArticlePage) -> None:
    stale = ArticlePage.objects.get(pk=article.pk)
    decided(article, left_out=True, target="")
    stale.save()
    revision = stale.save_revision()
    assert "translation_marks" not in revision.content
    revision.publish()
    assert marks(article).left_out == {B}
    restored = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert restored.translation_marks == {"left_out": [B]}


def test_a_published_change_of_the_source_marks_its_segment(article: ArticlePage) -> None:
    translate(article)
    page = ArticlePage.objects.get(pk=article.pk)
    rewrite(page, {A: "Rewritten.", B: "Paragraph 812."})
    assert marks(article) == Marks(stale=frozenset({A}))


def test_a_paragraph_pasted_anew_keeps_its_translation_until_the_next_one(
    article: ArticlePage,
) -> None:
    translate(article)
    page = ArticlePage.objects.get(pk=article.pk)
    other = "00000000-0000-4000-8000-000000000813"
    rewrite(page, {A: "Paragraph 811.", other: "Paragraph 812."})
    assert marks(article).blocks == {other: B}


def test_a_copy_has_marks_of_its_own_and_an_alias_its_originals(article: ArticlePage) -> None:
    decided(article, left_out=True, target="")
    copied = article.copy(update_attrs={"slug": "copy", "title": "Copy"})
    alias = article.create_alias(update_slug="alias")
    assert marks(copied).left_out == {copied.source("body")[1].id}
    decided(article)
    assert marks(alias) == Marks()


def test_a_command_marks_what_was_published_before(article: ArticlePage) -> None:
    decided(article, left_out=True, target="")
    ArticlePage.objects.update(translation_marks={})
    call_command("check_archive", "counts", repair=True, verbosity=0)
    assert marks(article).left_out == {B}


def test_a_story_whose_language_is_open_has_no_marks(article: ArticlePage) -> None:
    draft = make_article("Draft", live=False, slug="draft")
    assert draft.language_is_open
    draft.source_language = CHINESE
    draft.save()
    assert marks(draft) == Marks()
