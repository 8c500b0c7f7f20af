"""An importer's browser, and a batch with a story of each state."""

from typing import Any

from django.contrib.auth.models import Permission
from django.forms import ChoiceField
from django.test import Client
from django.urls import reverse

from archive.contrib.intake.models import ImportBatch, ImportItem
from tests.contrib.intake.batches.values import make_batch, make_importer
from tests.factories import make_home

RIGHTS = ("add_sourceprofile", "change_sourceprofile", "view_sourceprofile")


def importer_client(**grants: Any) -> Client:
    """Logged in, with the rights of an archive's editor over imports and profiles."""
    make_home()
    user = make_importer(**grants)
    user.groups.get().permissions.add(*Permission.objects.filter(codename__in=RIGHTS))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def batch_of(client: Client, *texts: str, **options: str) -> ImportBatch:
    return make_batch(*texts, user=client.user, **options)


def address(name: str, *things: Any) -> str:
    return reverse(f"archive_import:{name}", args=[thing.pk for thing in things])


def posted(client: Client, item: ImportItem, **values: Any) -> Any:
    """The review's form as the page has it, with these values changed, sent."""
    found = client.get(address("item", item.batch, item))
    forms = found.context["forms"]
    data: dict[str, Any] = {"version": found.context["version"]}
    for form in (forms.story, *forms.lists.values()):
        parts = [form] if form is forms.story else [form.management_form, *form.forms]
        for part in parts:
            for field in part:
                value = field.value()
                if isinstance(field.field, ChoiceField) and not value:
                    # A browser sends what a list shows first.
                    value = field.field.choices[0][0]
                data[field.html_name] = "" if value is None else value
    data.update({name.replace("__", "-"): value for name, value in values.items()})
    return client.post(address("item", item.batch, item), data)
