"""Batches with files in them, read as the page that waits reads them; the archive's rows."""

from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection

from archive.contrib.intake.batches import decisions
from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.options import FilingOptions
from archive.contrib.intake.places import make_all
from tests.contrib.intake.texts import ENGLISH
from tests.factories import make_editor, make_publication

ANOTHER = """Canal bridge closes for repairs
The bridge over the old canal closes on Friday, the city said.
Engineers found cracks in two of its nine piers during a routine check last month.
Traffic goes by the northern bridge until the work ends in December.
Ferries run every ten minutes between the two banks at peak hours.
(China Daily 09/23/2015 page4)
"""
# The archive's logs, what caches and feeds are told, and what is no part of the archive.
NOT_COMPARED = {
    *("archive_change", "archive_intake_importbatch", "archive_intake_importfile"),
    *("archive_intake_importitem", "archive_intake_itemfingerprint"),
    *("archive_textfingerprint", "wagtailcore_pagelogentry", "wagtailcore_modellogentry"),
    *("django_session", "auth_user", "archive_attempt"),
}

# How short a title is among those that were indexed last, whichever these are.
WEIGHTS = {"title_norm"}


# A person who has answered that whatever is new is to be made.
accept = partial(decisions.accept, places=make_all)
accept_above = partial(decisions.accept_above, places=make_all)


def make_importer(name: str = "importer", **grants: Any) -> Any:
    """An editor of one paper who may import."""
    user = make_editor(name, grants.pop("paper", None) or make_publication(), **grants)
    right = Permission.objects.get(codename="add_importbatch")
    user.groups.get().permissions.add(right)
    return type(user).objects.get(pk=user.pk)


def make_batch(*texts: str | bytes, user: Any = None, **options: str) -> ImportBatch:
    """A batch of these texts as files 1.txt, 2.txt, …, read."""
    batch = create_batch(user, options=FilingOptions(**options))
    for number, text in enumerate(texts, start=1):
        data = text.encode() if isinstance(text, str) else text
        add_file(batch, user, f"{number}.txt", data)
    assert read_slice(batch, 60).is_done
    return batch


def make_item(text: str = ENGLISH, **options: str) -> ImportItem:
    return make_batch(text, **options).items.get()


def rows_of_all_tables() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables that undoing an import leaves as they were."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in NOT_COMPARED or not model._meta.managed or model._meta.proxy:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = [n for n, one in enumerate(cursor.description) if one[0] not in WEIGHTS]
            rows = (tuple(row[n] for n in kept) for row in cursor.fetchall())
            found[table] = sorted(map(repr, rows))
    return found
