"""What follows when names, ties, authors, pictures or the site's frame change: one call each.

Stories, their pages and translations have their receivers in `archive.publishing.signals`.
"""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django_tasks.signals import task_finished, task_started
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.embeds.models import Embed
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, PageLogEntry, PageViewRestriction, Site

from archive.desk.audit import tell_apart
from archive.entities.glossary import termbase
from archive.entities.merging.changes import identity_changed
from archive.entities.models import Entity, EntityName, Office
from archive.journal.recording import Recording
from archive.operations import workers
from archive.publishing import signals as publishing_signals
from archive.publishing.names import publish_evidenced
from archive.publishing.pages import change_picture, delete_picture
from archive.publishing.stories import change_names
from archive.publishing.translations import follow_print
from archive.search.actions import follow_entity, follow_name
from archive.search.said import store_evidence
from archive.site.caching import events
from archive.stories.models import (
    ArticlePage,
    Author,
    HomePage,
    InformationPage,
    PublicationPage,
    SectionPage,
    YearPage,
)
from archive.stories.signals import pages_changed
from archive.ties.models import Tie, TieEvidence


def connect() -> None:
    """Called once, when the app is ready."""
    publishing_signals.connect()
    pages_changed.connect(on_pages_changed, sender=ArticlePage)
    identity_changed.connect(on_names_merged, sender=Entity)
    termbase.connect()
    task_started.connect(workers.on_task_started)
    task_finished.connect(workers.on_task_finished)
    pages = (HomePage, InformationPage, PublicationPage, SectionPage, YearPage)
    frame = (Site, PageViewRestriction, Embed, *pages)
    of_site = [model for model in apps.get_models() if issubclass(model, AbstractSetting)]
    for signal in (post_save, post_delete):
        for model in (*frame, *of_site):
            signal.connect(on_frame_changed, sender=model)
        for model in (Tie, TieEvidence):
            signal.connect(on_tie_changed, sender=model)
        signal.connect(on_entity_changed, sender=Entity)
        signal.connect(on_name_changed, sender=EntityName)
        signal.connect(on_office_changed, sender=Office)
        signal.connect(on_author_changed, sender=Author)
    for signal in (pre_save, pre_delete):
        signal.connect(before_entity_changed, sender=Entity)
        for model in (Tie, TieEvidence):
            signal.connect(before_tie_changed, sender=model)
    for model in (ModelLogEntry, PageLogEntry):
        pre_save.connect(before_logged, sender=model)
    post_save.connect(on_author_saved, sender=Author)
    for place in (PublicationPage, SectionPage):
        post_save.connect(on_place_saved, sender=place)
    post_save.connect(on_image_saved, sender=get_image_model())
    post_delete.connect(on_image_deleted, sender=get_image_model())
    post_save.connect(on_entity_saved, sender=Entity)
    post_save.connect(on_evidence_saved, sender=TieEvidence)


def before_logged(sender: type, instance: Any, raw: bool, **kwargs: Any) -> None:
    if not raw:
        tell_apart(instance)


def on_pages_changed(sender: type, pks: Collection[int], **kwargs: Any) -> None:
    events.touch_pages(pks)


def on_frame_changed(sender: type, **kwargs: Any) -> None:
    events.frame_changed()


def before_entity_changed(sender: type, instance: Entity, **kwargs: Any) -> None:
    if instance.pk:
        events.names_will_change([instance.pk])


def on_entity_changed(sender: type, instance: Entity, **kwargs: Any) -> None:
    events.names_changed([instance.pk])


def on_entity_saved(sender: type, instance: Entity, raw: bool, **kwargs: Any) -> None:
    if not raw:
        follow_entity(instance)


def on_name_changed(sender: type, instance: EntityName, origin: Any = None, **kwargs: Any) -> None:
    events.names_changed([instance.entity_id])
    if Entity not in (type(origin), getattr(origin, "model", None)):
        # Otherwise it goes with its entity, which is still there for a moment.
        follow_name(instance)


def on_names_merged(
    sender: type, entities: Collection[int], record: Recording | None, **kwargs: Any
) -> None:
    change_names(entities, record)


def on_office_changed(sender: type, instance: Office, **kwargs: Any) -> None:
    events.names_changed([instance.person_id])


def on_author_changed(sender: type, instance: Author, **kwargs: Any) -> None:
    events.authors_changed([instance.pk])


def on_author_saved(sender: type, instance: Author, created: bool, **kwargs: Any) -> None:
    if not created:
        keys = [instance.pk, *instance.merged.values_list("pk", flat=True)]
        named = Q(printed__author_keys__has_any_keys=[*map(str, keys)])
        follow_print(Q(bylines__author__in=keys), named)


def on_place_saved(sender: type, instance: Any, created: bool, **kwargs: Any) -> None:
    if not created:
        pk = instance.pk
        named = Q(printed__publication_key=pk) | Q(printed__section_key=pk)
        follow_print(Q(publication=pk) | Q(section=pk), named)


def on_image_saved(sender: type, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    if not created and not raw:
        change_picture(instance)


def on_image_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    delete_picture(instance)


def before_tie_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    if instance.pk:
        events.tie_will_change(getattr(instance, "tie_id", None) or instance.pk)


def on_evidence_saved(sender: type, instance: TieEvidence, raw: bool, **kwargs: Any) -> None:
    if not raw:
        store_evidence([instance])
        publish_evidenced(instance)


def on_tie_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.tie_changed(getattr(instance, "tie_id", None) or instance.pk)
