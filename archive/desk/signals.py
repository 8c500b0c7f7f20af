"""What Wagtail's signals set off at the desk: wiring only."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import (
    page_published,
    published,
    unpublished,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from archive.pages.signals import article_copied


def connect() -> None:
    from archive.desk.models import Translation
    from archive.pages.models import ArticlePage

    post_save.connect(on_article_saved, sender=ArticlePage)
    page_published.connect(on_article_published, sender=ArticlePage)
    article_copied.connect(on_article_copied, sender=ArticlePage)
    published.connect(on_translation_published, sender=Translation)
    unpublished.connect(on_translation_unpublished, sender=Translation)
    post_save.connect(on_translation_saved, sender=Translation)
    post_delete.connect(on_translation_deleted, sender=Translation)
    for signal in (workflow_submitted, workflow_rejected, workflow_cancelled):
        signal.connect(on_workflow_moved)


def on_article_saved(sender: type, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    from archive.desk.actions import open_translation

    if created and not raw:
        open_translation(instance)


def on_article_published(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import follow_source, open_translation

    translation = open_translation(instance)
    if translation:
        translation.article = instance
        follow_source(translation)


def on_article_copied(sender: type, original_id: int, copy: Any, **kwargs: Any) -> None:
    from archive.desk.actions import copy_translations

    copy_translations(sender.objects.get(pk=original_id), copy)


def on_translation_published(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import put_on_page, refresh_state

    if instance.live:
        put_on_page(instance)
    else:
        refresh_state(instance)


def on_translation_unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.desk.actions import take_off_page

    take_off_page(instance)


def on_translation_saved(sender: type, instance: Any, raw: bool, **kwargs: Any) -> None:
    from archive.desk.actions import refresh_state

    if not raw:
        refresh_state(instance)


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
