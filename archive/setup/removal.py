"""Takes the archive out of a site: its pages and tables go, the site's own stay as they are."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import models, transaction
from django.utils.translation import ngettext
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission, ReferenceIndex

from archive.base_page import Page
from archive.stories.models import ArticlePage, HomePage


def models_that_refer() -> list[str]:
    """A site's own fields that point to the archive's tables: "news.Story.city"."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label == "archive":
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete else None
            if target and target is not model and target._meta.app_label == "archive":
                found.append(f"{model._meta.label}.{field.name}")
    return found


def summary() -> list[str]:
    """What would be deleted, a line for each kind."""
    stories, pictures = ArticlePage.objects.count(), 0
    if get_image_model()._meta.app_label == "archive":
        pictures = get_image_model().objects.count()
    return [
        ngettext("%(number)s story", "%(number)s stories", stories) % {"number": stories},
        ngettext("%(number)s picture", "%(number)s pictures", pictures) % {"number": pictures},
    ]


@transaction.atomic
def remove_archive() -> None:
    """Delete all pages, rows, tables and rights of the archive; files of pictures stay."""
    # Stories first: their publications are protected while they name them.
    for model in (ArticlePage, HomePage):
        # By Wagtail's tree, with all that refers to its pages.
        Page.objects.filter(pk__in=model.objects.values("pk")).delete()
    types = list(ContentType.objects.filter(app_label="archive"))
    for model, name in _generic_relations():
        model._default_manager.filter(**{f"{name}__in": types}).delete()
    ReferenceIndex.objects.filter(to_content_type__in=types).delete()
    GroupCollectionPermission.objects.filter(permission__content_type__in=types).delete()
    Permission.objects.filter(content_type__in=types).delete()


def drop_tables() -> None:
    """Undo the migrations, then forget the models."""
    call_command("migrate", "archive", "zero", verbosity=0)
    ContentType.objects.filter(app_label="archive").delete()
    ContentType.objects.clear_cache()


def _generic_relations() -> Iterator[tuple[Any, str]]:
    """Models of others that point to any model by its content type: revisions, log entries…"""
    for model in apps.get_models():
        if model._meta.app_label == "archive":
            continue
        names = {f.ct_field for f in model._meta.private_fields if isinstance(f, GenericForeignKey)}
        names |= {
            field.name
            for field in model._meta.fields
            if isinstance(field, models.ForeignKey)
            and field.remote_field.model is ContentType
            and model is not Permission
        }
        yield from ((model, name) for name in sorted(names))
