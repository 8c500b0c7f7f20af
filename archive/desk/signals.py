"""What Wagtail's signals set off at the desk: wiring only."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Revision
from wagtail.signals import (
    page_published,
    page_unpublished,
    published,
    task_submitted,
    unpublished,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from archive.pages.signals import article_copied, source_language_changed


def connect() -> None:
    from archive.desk.models import Translation
    from archive.pages.models import ArticlePage

    post_save.connect(on_article_saved, sender=ArticlePage)
    page_published.connect(on_article_published, sender=ArticlePage)
    page_unpublished.connect(on_article_unpublished, sender=ArticlePage)
    article_copied.connect(on_article_copied, sender=ArticlePage)
    source_language_changed.connect(on_source_language_changed, sender=ArticlePage)
    pre_delete.connect(on_article_deletion, sender=ArticlePage)
    post_delete.connect(on_article_deleted, sender=ArticlePage)
    post_save.connect(on_revision_saved, sender=Revision)
    published.connect(on_translation_published, sender=Translation)
    unpublished.connect(on_translation_unpublished, sender=Translation)
    post_save.connect(on_translation_saved, sender=Translation)
    pre_delete.connect(on_translation_deletion, sender=Translation)
    post_delete.connect(on_translation_deleted, sender=Translation)
    for signal in (workflow_submitted, workflow_rejected, workflow_cancelled):
        signal.connect(on_workflow_moved)
    # What was sent back and is handed in again only starts its task once more.
    task_submitted.connect(on_task_submitted)


def on_article_saved(
    sender: type, instance: Any, created: bool, raw: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    from archive.desk.actions import open_translation

    # An alias that is no longer one has a translation of its own.
    is_its_own_now = update_fields and {"alias_of", "alias_of_id"} & set(update_fields)
    if not raw and (created or is_its_own_now):
        open_translation(instance)


def on_source_language_changed(sender: type, article: Any, **kwargs: Any) -> None:
    from archive.desk.actions import open_translation

    open_translation(article)


def on_article_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    instance.last_aliases = list(
        sender.objects.filter(alias_of=instance.pk).values_list("pk", flat=True)
    )


def on_article_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import open_translation

    for alias in sender.objects.filter(pk__in=instance.last_aliases):
        open_translation(alias)


def on_article_published(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import follow_source, open_translation
    from archive.desk.freshness.mails import ask_for_correction
    from archive.desk.memory.storing import remember
    from archive.desk.queue.standing import rank_around

    translation = open_translation(instance)
    if translation:
        translation.article = instance
        knew = translation.correction_since
        follow_source(translation)
        if translation.correction_since and not knew:
            ask_for_correction(translation)
        rank_around(instance.pk)
        if translation.live:
            remember(translation)


def on_article_unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.memory.storing import forget

    forget(instance.pk)


def on_article_copied(sender: Any, original_id: int, copy: Any, **kwargs: Any) -> None:
    from archive.desk.actions import copy_translations

    copy_translations(sender.objects.get(pk=original_id), copy)


def on_translation_published(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import put_on_page, refresh_state
    from archive.desk.queue.standing import rank_around

    if instance.live:
        put_on_page(instance)
        rank_around(instance.article_id)
    else:
        refresh_state(instance)


def on_translation_unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import take_off_page
    from archive.desk.queue.standing import rank_around

    take_off_page(instance)
    rank_around(instance.article_id)


def on_translation_saved(sender: type, instance: Any, raw: bool, **kwargs: Any) -> None:
    from archive.desk.actions import refresh_state

    if not raw:
        refresh_state(instance)


def on_revision_saved(
    sender: type, instance: Any, update_fields: Any = None, **kwargs: Any
) -> None:
    from archive.desk.actions import refresh_state
    from archive.desk.models import Translation

    # A cancelled schedule changes nothing but the revision.
    if update_fields and "approved_go_live_at" in update_fields:
        translation = instance.content_object
        if isinstance(translation, Translation):
            refresh_state(translation)


def on_translation_deletion(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.memory.storing import forget

    forget(instance.article_id)


def on_translation_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import take_off_page
    from archive.pages.models import ArticlePage

    if ArticlePage.objects.filter(pk=instance.article_id).exists():
        take_off_page(instance)


def on_workflow_moved(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import refresh_state
    from archive.desk.models import Translation

    if isinstance(instance.content_object, Translation):
        refresh_state(instance.content_object)


def on_task_submitted(sender: type, instance: Any, **kwargs: Any) -> None:
    on_workflow_moved(sender, instance.workflow_state)
