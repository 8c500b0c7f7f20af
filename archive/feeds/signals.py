"""What publication, moves and restrictions set off in the harvesters' records: wiring only.

Connected after the other rooms, so that pages and translations are as readers will see them.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from archive.pages.signals import texts_changed


def connect() -> None:
    from archive.pages.models import ArticlePage

    for signal in (page_published, page_unpublished):
        signal.connect(on_changed, sender=ArticlePage)
    post_delete.connect(on_deleted, sender=ArticlePage)
    texts_changed.connect(on_texts_changed, sender=ArticlePage)
    post_save.connect(on_alias_made, sender=ArticlePage)
    post_save.connect(on_restriction_changed, sender=PageViewRestriction)
    post_delete.connect(on_restriction_changed, sender=PageViewRestriction)
    page_slug_changed.connect(on_slug_changed)
    post_page_move.connect(on_moved)


def on_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.feeds.actions import follow_stories

    follow_stories([instance.pk])


def on_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    on_changed(sender, instance)


def on_texts_changed(sender: type, pks: Collection[int], **kwargs: Any) -> None:
    from archive.feeds.actions import follow_stories

    # A translation that is published or taken off, a move, tags after two names became one.
    follow_stories(pks)


def on_alias_made(sender: type, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    from archive.feeds.actions import follow_stories

    # Wagtail publishes an alias without a word.
    if created and not raw and instance.live and instance.alias_of_id:
        transaction.on_commit(lambda: follow_stories([instance.pk]))


def on_restriction_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.feeds.actions import follow_branch

    # It may go with its page, which is then gone already.
    if page := Page.objects.filter(pk=instance.page_id).first():
        follow_branch(page)


def on_slug_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.feeds.actions import touch_branch

    touch_branch(instance)


def on_moved(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.feeds.actions import follow_branch, touch_branch

    # Whichever page it was: below another parent, other restrictions hold, and other addresses.
    follow_branch(instance)
    touch_branch(instance)
