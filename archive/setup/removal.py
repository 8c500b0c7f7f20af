"""Takes the archive out of a site: its pages and tables go, the site's own stay as they are."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission, ReferenceIndex, Site

from archive.base_page import Page
from archive.setup.actions import SetupError
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


def migrations_that_depend() -> list[str]:
    """A site's own migrations that would be undone with the archive's, with their tables."""
    plan = MigrationExecutor(connection).migration_plan([("archive", None)])
    return [str(migration) for migration, _backwards in plan if migration.app_label != "archive"]


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
    """Delete all pages, rows and rights of the archive; files of pictures stay.

    A site whose root page is the archive's front page gets another page of the tree's top level.
    Raises SetupError where there is none.
    """
    _leave_sites()
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


def _leave_sites() -> None:
    """With its root page, Wagtail would delete the site, and all that hangs on it."""
    homes = HomePage.objects.all()
    for site in Site.objects.filter(root_page__in=homes.values("pk")):
        others = Page.objects.filter(depth=2).exclude(pk__in=homes.values("pk"))
        other = others.order_by("path").first()
        if other is None:
            reason = _("The site “%(site)s” needs another root page: make a page first.")
            raise SetupError(reason % {"site": site})
        site.root_page = other
        site.save()


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
