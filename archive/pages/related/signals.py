"""What makes related stories due: wiring only."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import pre_delete
from wagtail.signals import page_published, page_unpublished

from archive.pages.signals import texts_changed


def connect() -> None:
    from archive.pages.models import ArticlePage

    for signal in (page_published, page_unpublished):
        signal.connect(on_changed, sender=ArticlePage)
    texts_changed.connect(on_facts_changed, sender=ArticlePage)
    pre_delete.connect(on_delete, sender=ArticlePage)


def on_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.pages.related.queue import mark_due

    mark_due([instance.pk])


def on_facts_changed(sender: type, pks: Collection[int], **kwargs: Any) -> None:
    from archive.pages.related.queue import mark_due

    # Print dates after a move; tags after two names became one.
    mark_due(pks)


def on_delete(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.pages.related.updating import forget_story

    forget_story(instance.pk)
