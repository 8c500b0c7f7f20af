"""What publication, names and moves set off in the search index: wiring only.

Connected after the other rooms, so that pages and translations are as readers will see them.
"""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from archive.pages.signals import texts_changed


def connect() -> None:
    from archive.entities.models import Entity, EntityName
    from archive.pages.models import ArticlePage, IssuePage, YearPage

    page_published.connect(on_changed, sender=ArticlePage)
    page_unpublished.connect(on_changed, sender=ArticlePage)
    post_delete.connect(on_deleted, sender=ArticlePage)
    texts_changed.connect(on_texts_changed, sender=ArticlePage)
    for model in (ArticlePage, IssuePage, YearPage):
        post_page_move.connect(on_moved, sender=model)
    post_save.connect(on_entity_saved, sender=Entity)
    post_save.connect(on_name_changed, sender=EntityName)
    post_delete.connect(on_name_changed, sender=EntityName)


def on_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.search.actions import index_stories

    index_stories([instance.pk])


def on_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.search.actions import forget_stories

    # On its way out, a story's translation wrote it once more.
    forget_stories([instance.pk])


def on_texts_changed(sender: type, pks: Collection[int], **kwargs: Any) -> None:
    from archive.search.actions import index_stories

    index_stories(pks)


def on_moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    from archive.pages.models import ArticlePage
    from archive.search.actions import index_stories

    moved = ArticlePage.objects.descendant_of(instance, inclusive=True)
    index_stories(list(moved.values_list("pk", flat=True)))


def on_entity_saved(sender: type, instance: Any, raw: bool, **kwargs: Any) -> None:
    from archive.search.actions import follow_entity

    if not raw:
        follow_entity(instance)


def on_name_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.entities.models import Entity
    from archive.search.names import keep_names

    # Other forms are looked up with the query: no story is indexed under them.
    keep_names(Entity.objects.filter(pk=instance.entity_id))
