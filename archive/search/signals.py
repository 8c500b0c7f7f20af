"""What publication, names and moves set off in the search index: wiring only.

Connected after the other rooms, so that pages and translations are as readers will see them.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from archive.pages.signals import texts_changed


def connect() -> None:
    from archive.entities.models import Entity, EntityName
    from archive.pages.models import ArticlePage

    page_published.connect(on_changed, sender=ArticlePage)
    page_unpublished.connect(on_changed, sender=ArticlePage)
    post_delete.connect(on_deleted, sender=ArticlePage)
    texts_changed.connect(on_texts_changed, sender=ArticlePage)
    post_save.connect(on_alias_made, sender=ArticlePage)
    post_save.connect(on_story_saved, sender=ArticlePage)
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
    from archive.search.actions import index_many

    # A move, too, comes here: by what it writes of each story's place.
    index_many(pks)


def on_alias_made(sender: type, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    from archive.search.actions import index_stories

    # Wagtail publishes an alias without a word; its tags are saved after it.
    if created and not raw and instance.live and instance.alias_of_id:
        transaction.on_commit(lambda: index_stories([instance.pk]))


def on_story_saved(sender: type, instance: Any, raw: bool, **kwargs: Any) -> None:
    from archive.search.admin.latest import keep_for_editors

    # A draft's revision, too, saves its page: with what the editor has just written.
    if not raw:
        keep_for_editors(instance)


def on_entity_saved(sender: type, instance: Any, raw: bool, **kwargs: Any) -> None:
    from archive.search.actions import follow_entity

    if not raw:
        follow_entity(instance)


def on_name_changed(sender: type, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    from archive.entities.models import Entity
    from archive.search.actions import follow_name

    if Entity in (type(origin), getattr(origin, "model", None)):
        return  # It goes with its entity, which is still there for a moment.
    follow_name(instance)
