"""A translation is published, taken back or deleted: its story's columns, and all that follows."""

from typing import Any

from django.db.models import Q
from wagtail.models import ReferenceIndex

from archive.desk.actions import blank_target, mark_reviewed, refresh_state, write_target
from archive.desk.memory.units import forget
from archive.desk.models import Notice, Translation
from archive.desk.notices.actions import notify
from archive.desk.pairs.actions import retire_joined, rewrite_prints
from archive.desk.queue.actions import keep_returned
from archive.desk.segments import align_segments
from archive.publishing import followers
from archive.publishing.names import publish_names
from archive.search.drafts import index_for_editors
from archive.stories.body import link_targets
from archive.stories.models import ArticlePage
from archive.text.language import column


def publish_translation(translation: Translation) -> None:
    """Give readers the version that went live. The two texts are aligned once, for all of it."""
    if not translation.live:  # It waits for its day.
        refresh_state(translation)
        return
    translation.article = article = ArticlePage.objects.get(pk=translation.article_id)
    alignment = align_segments(translation)
    referred = _references(article, translation.language)
    pks = write_target(translation, alignment)
    body = getattr(article, column("body", translation.language))
    publish_names(link_targets([body]).get("entity", []))
    if referred != _references(article, translation.language):
        _index_references(article, pks)
    # A report that was printed in this language is found by the translation's words.
    more = [followers.EDITORS, followers.MEMORY, followers.QUEUE, *followers.of_texts()]
    followers.notify_readers(pks, *more)
    retire_joined(translation)


def follow_print(ends: Q, named: Q | None = None) -> None:
    """Something was changed of these stories, of which some may be joined with others, or of what
    these translations name: their texts are cited by what is true now."""
    if pks := rewrite_prints(ends, named):
        followers.notify_readers(pks, *followers.of_texts())


def unpublish_translation(translation: Translation) -> None:
    """With the row that is no longer live: readers get the story in its source language."""
    translation.article = article = ArticlePage.objects.get(pk=translation.article_id)
    if translation.language != article.target_language:
        # Those columns are the story's own text by now.
        forget([translation.article_id])
        return
    referred = _references(article, translation.language)
    pks = blank_target(translation)
    index_for_editors(pks)
    if referred:
        _index_references(article, pks)
    followers.withdraw_texts(pks)


def delete_translation(translation: Translation, *, with_story: bool) -> None:
    """After its row was deleted; `with_story` where it went together with its story."""
    translation.live, translation.latest_revision = False, None
    # What the memory has of a story goes before the story does.
    if not with_story and ArticlePage.objects.filter(pk=translation.article_id).exists():
        unpublish_translation(translation)


def save_translation(translation: Translation, *, is_new: bool) -> None:
    """After any save of the row. The state of a live one changes as it is published."""
    if translation.__dict__.pop("is_leaving", False):
        unpublish_translation(translation)
    elif not is_new and not translation.live:
        refresh_state(translation)


def follow_review(thing: Any) -> None:
    """A review of something has begun or ended, or its schedule was cancelled."""
    if isinstance(thing, Translation):
        refresh_state(thing)


def approve_step(step: Any, user: Any) -> None:
    """A person has approved a draft in a review of whatever kind; `step` is its task's state."""
    thing = step.workflow_state.content_object
    if isinstance(thing, Translation) and user:
        translation = Translation.objects.with_story().get(pk=thing.pk)
        mark_reviewed(translation, user)


def tell_outcome(state: Any, user: Any, *, is_approved: bool) -> None:
    """Whose translation it is, and who handed it in, hear how its review ended."""
    thing = state.content_object
    if isinstance(thing, Translation):
        kind = Notice.Kind.APPROVED if is_approved else Notice.Kind.RETURNED
        if not is_approved:
            keep_returned(thing, state.requested_by, user=user)
        comment = state.current_task_state.comment if state.current_task_state else ""
        notify({thing.assignee, state.requested_by}, kind, [thing], actor=user, text=comment)


def _references(article: ArticlePage, language: str) -> set[tuple[Any, ...]]:
    field: Any = article._meta.get_field(column("body", language))
    return set(field.extract_references(getattr(article, field.name)))


def _index_references(article: ArticlePage, pks: list[int]) -> None:
    """Wagtail's usage, which looks at the story's row and its aliases'."""
    aliases = ArticlePage.objects.filter(pk__in=pks[1:]) if pks[1:] else []
    for page in (article, *aliases):
        ReferenceIndex.create_or_update_for_object(page)
