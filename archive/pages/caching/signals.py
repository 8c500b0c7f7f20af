"""What is touched when: wiring only."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.embeds.models import Embed
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from archive.pages.caching import events
from archive.pages.caching.stamps import SITE, touch
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
    for signal in (post_save, post_delete):
        for model in frame:
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
    post_save.connect(on_story_saved, sender=ArticlePage)
    pre_delete.connect(on_story_deleted, sender=ArticlePage)
    post_page_move.connect(on_page_moved)
    page_slug_changed.connect(on_slug_changed)


def on_frame_changed(sender: type, **kwargs: Any) -> None:
    touch([SITE])


def on_page_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    if instance._meta.model_name == "articlepage":
        events.stories_changed([instance.pk])
    elif instance._meta.model_name != "issuepage":
        # Whatever else a site has for pages may show anything.
        touch([SITE])


def on_texts_changed(sender: type, pks: Collection[int], **kwargs: Any) -> None:
    events.stories_changed(pks)


def on_story_saved(sender: type, instance: Any, created: bool, **kwargs: Any) -> None:
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
        touch([SITE])


def on_slug_changed(sender: type, instance: Page, instance_before: Page, **kwargs: Any) -> None:
    on_page_moved(sender, instance, instance_before.url_path, instance.url_path)


def on_issue_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.issue_changed(instance)


def on_entity_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.names_changed([instance.pk])


def on_part_of_entity_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.names_changed([getattr(instance, "entity_id", None) or instance.person_id])


def on_author_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.authors_changed([instance.pk])


def on_image_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.image_changed(instance)
