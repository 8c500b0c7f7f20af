"""Signals of the pages room, and what Wagtail's signals set off in it: wiring only."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import Signal
from wagtail.signals import page_published, post_page_move

from archive.entities.merging.signals import identity_changed

# Sent after a story was copied, however that happened: original_id, copy.
article_copied = Signal()
# Sent after an untranslated draft's source language was changed: article.
source_language_changed = Signal()
# Sent after stories' published texts or facts were written past their pages: pks.
texts_changed = Signal()


def connect() -> None:
    from archive.entities.models import Entity
    from archive.pages.models import ArticlePage, IssuePage, YearPage

    page_published.connect(on_published, sender=ArticlePage)
    for model in (ArticlePage, IssuePage, YearPage):
        post_page_move.connect(on_moved, sender=model)
    post_save.connect(on_issue_saved, sender=IssuePage)
    identity_changed.connect(on_identity_changed, sender=Entity)


def on_identity_changed(sender: type, entities: Collection[int], **kwargs: Any) -> None:
    from archive.entities.models import Entity
    from archive.pages.models import ArticleEntity, ArticlePage

    same = Entity.with_merged.same_as(entities).values("pk")
    tags = ArticleEntity.objects.filter(entity__in=same).order_by()
    pks = list(tags.values_list("page", flat=True).distinct())
    texts_changed.send(ArticlePage, pks=pks)


def on_published(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.pages.actions import file_article
    from archive.pages.tasks import illustrate_soon

    file_article(instance)
    illustrate_soon(instance)


def on_moved(sender: type, instance: Any, **kwargs: Any) -> None:
    from archive.pages.actions import take_facts_from_place

    take_facts_from_place(instance)


def on_issue_saved(
    sender: type, instance: Any, created: bool, raw: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    from archive.pages.actions import take_facts_from_place

    # A live issue's draft leaves the row's date as it is.
    writes_date = update_fields is None or "print_date" in update_fields
    if writes_date and not created and not raw:
        take_facts_from_place(instance)
