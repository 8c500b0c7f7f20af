"""What is touched when: wiring only."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.embeds.models import Embed
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from archive.entities.merging.signals import identity_changed
from archive.pages.caching import events
from archive.pages.signals import texts_changed


def connect() -> None:
    from archive.entities.models import Entity, EntityName, Office
    from archive.pages.models import (
        ArticlePage,
        Author,
        HomePage,
        IssuePage,
        PublicationPage,
        SectionPage,
        YearPage,
    )

    frame = (Site, PageViewRestriction, Embed, HomePage, PublicationPage, SectionPage, YearPage)
    of_site = [model for model in apps.get_models() if issubclass(model, AbstractSetting)]
    for signal in (post_save, post_delete):
        for model in (*frame, *of_site):
            signal.connect(on_frame_changed, sender=model)
        signal.connect(on_entity_changed, sender=Entity)
        for part in (EntityName, Office):
            signal.connect(on_part_of_entity_changed, sender=part)
        signal.connect(on_author_changed, sender=Author)
        signal.connect(on_image_changed, sender=get_image_model())
        signal.connect(on_issue_changed, sender=IssuePage)
    for signal in (page_published, page_unpublished):
        signal.connect(on_page_changed)
    texts_changed.connect(on_texts_changed, sender=ArticlePage)
    pre_save.connect(before_story_saved, sender=ArticlePage)
    post_save.connect(on_story_saved, sender=ArticlePage)
    for signal in (pre_save, pre_delete):
        signal.connect(before_entity_changed, sender=Entity)
    identity_changed.connect(on_identity_changed, sender=Entity)
    pre_delete.connect(on_story_deleted, sender=ArticlePage)
    post_page_move.connect(on_page_moved)
    page_slug_changed.connect(on_slug_changed)


def on_frame_changed(sender: type, **kwargs: Any) -> None:
    events.frame_changed()


def on_page_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    if instance._meta.model_name == "articlepage":
        events.stories_changed([instance.pk])
    elif instance._meta.model_name != "issuepage":
        # Whatever else a site has for pages may show anything.
        events.frame_changed()


def on_identity_changed(sender: type, entities: Collection[int], **kwargs: Any) -> None:
    events.names_changed(entities)


def on_texts_changed(sender: type, pks: Collection[int], **kwargs: Any) -> None:
    events.stories_changed(pks)


def before_story_saved(
    sender: type, instance: Any, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    # A draft is saved without the columns that readers see.
    if instance.pk and (update_fields is None or "live" in update_fields):
        events.stories_will_change([instance.pk])


def on_story_saved(
    sender: type,
    instance: Any,
    created: bool,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    # Wagtail tells of a new address only after it is committed: readers may come before.
    if former := instance.__dict__.pop("former_url_path", ""):
        events.moved(former, instance.url_path)
        events.stories_changed([instance.pk])
    # A copy, or what a program adds, may be live without having been published.
    if created and instance.live:
        events.stories_changed([instance.pk])


def on_story_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    events.stories_changed([instance.pk])


def on_page_moved(
    sender: type, instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    if sender._meta.model_name == "articlepage":  # type: ignore[attr-defined]
        events.moved(url_path_before, url_path_after)
        parent = url_path_before.rstrip("/").rsplit("/", 1)[0]
        events.moved(f"{parent}/", f"{parent}/")
        events.stories_changed([instance.pk])
    else:
        events.frame_changed()


def on_slug_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    # Of the archive's own pages it is told when they are saved: this comes after the commit.
    if sender._meta.app_label != "archive":  # type: ignore[attr-defined]
        events.frame_changed()


def on_issue_changed(
    sender: type,
    instance: Any,
    created: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    events.issue_changed(instance)
    # With another date it and all its stories have other addresses.
    if not created and (update_fields is None or "slug" in update_fields):
        events.frame_changed()


def before_entity_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    if instance.pk:
        events.names_will_change([instance.pk])


def on_entity_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.names_changed([instance.pk])


def on_part_of_entity_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.names_changed([getattr(instance, "entity_id", None) or instance.person_id])


def on_author_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.authors_changed([instance.pk])


def on_image_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.image_changed(instance)
