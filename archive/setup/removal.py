"""Takes the archive, or one app around it, out of a site: its pages and tables go.

The site's own stay as they are. `labels` are always those of the apps that go.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from wagtail.models import GroupCollectionPermission, ReferenceIndex, Site

from archive.base_page import Page
from archive.setup.actions import SetupError
from archive.setup.patches import apps_around
from archive.stories.models import ArticlePage, HomePage
from archive.text.punctuation import joined


def labels_of(app: str = "") -> list[str]:
    """The label of the app around the archive that is called so, or without a name every label.

    Apps around it come first, as their tables go. Raises SetupError for a name that no installed
    app has.
    """
    around = {name.rpartition(".")[2]: name for name in apps_around()}
    installed = {config.name: config.label for config in apps.get_app_configs()}
    labels = {short: installed[name] for short, name in around.items() if name in installed}
    if not app:
        return [*labels.values(), "archive"]
    if app not in labels:
        reason = _("The site has no app “%(name)s”: there are %(names)s.")
        raise SetupError(reason % {"name": app, "names": joined(labels) or "–"})
    return [labels[app]]


def models_that_refer(labels: Collection[str]) -> list[str]:
    """Others' fields that point to the tables of these apps: "news.Story.city"."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in labels:
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete else None
            if target and target is not model and target._meta.app_label in labels:
                found.append(f"{model._meta.label}.{field.name}")
    return found


def migrations_that_depend(labels: Collection[str]) -> list[str]:
    """Others' migrations that would be undone with those of these apps, with their tables."""
    plan = MigrationExecutor(connection).migration_plan([(label, None) for label in labels])
    return [str(migration) for migration, _backwards in plan if migration.app_label not in labels]


def summary(labels: Collection[str]) -> list[str]:
    """What would be deleted, a line for each kind."""
    own = [model for model in apps.get_models() if model._meta.app_label in labels]
    counted = [(model._base_manager.count(), model._meta.verbose_name_plural) for model in own]
    return [f"{number:>9,}  {name}" for number, name in counted if number]


def export(labels: Collection[str], path: Path) -> None:
    """Write the rows of these apps as `loaddata` reads them. Raises OSError."""
    with path.open("x", encoding="utf-8") as file:
        names = [label for label in labels if apps.get_app_config(label).models]
        if names:
            call_command("dumpdata", *names, indent=1, stdout=file)
        else:
            file.write("[]")


@transaction.atomic
def remove_rows(labels: Collection[str]) -> None:
    """Delete all pages, rows and rights of these apps; files of pictures stay.

    A site whose root page is the archive's front page gets another page of the tree's top level.
    Raises SetupError where there is none.
    """
    if "archive" in labels:
        _leave_sites()
        # Stories first: their publications are protected while they name them.
        _delete_pages(ArticlePage)
        _delete_pages(HomePage)
    for model in apps.get_models():
        if model._meta.app_label in labels and issubclass(model, Page):
            _delete_pages(model)
    types = list(ContentType.objects.filter(app_label__in=labels))
    for model, name in _generic_relations(labels):
        model._default_manager.filter(**{f"{name}__in": types}).delete()
    ReferenceIndex.objects.filter(to_content_type__in=types).delete()
    GroupCollectionPermission.objects.filter(permission__content_type__in=types).delete()
    Permission.objects.filter(content_type__in=types).delete()


def _delete_pages(model: type[Any]) -> None:
    """By Wagtail's tree, with all that refers to its pages."""
    Page.objects.filter(pk__in=model.objects.values("pk")).delete()


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


def drop_tables(labels: Collection[str]) -> None:
    """Undo the migrations, then forget the models."""
    for label in labels:
        if apps.get_app_config(label).models:
            call_command("migrate", label, "zero", verbosity=0)
    types = ContentType.objects.filter(app_label__in=labels)
    # Undoing migrations has made them anew.
    Permission.objects.filter(content_type__in=types).delete()
    # Nothing else refers to them any more, and `delete` would ask tables that are gone.
    types._raw_delete(types.db)
    ContentType.objects.clear_cache()


def _generic_relations(labels: Collection[str]) -> Iterator[tuple[Any, str]]:
    """Models of others that point to any model by its content type: revisions, log entries…"""
    for model in apps.get_models():
        if model._meta.app_label in labels:
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
