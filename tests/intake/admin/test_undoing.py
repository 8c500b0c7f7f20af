"""Undoing an import in the admin, where whatever is made is logged as the importer's."""

import pytest
from django.test import Client
from wagtail.log_actions import log

from archive.intake.models import ImportBatch
from archive.models import ArticlePage, SectionPage
from tests.factories import make_publication, make_user
from tests.intake.admin.screens import address, batch_of
from tests.intake.batches.values import rows_of_all_tables
from tests.intake.texts import ENGLISH

pytestmark = pytest.mark.django_db
XINHUA = ENGLISH.replace("China Daily", "Xinhua Daily")


@pytest.fixture
def chief() -> Client:
    make_publication()
    client = Client()
    client.user = make_user("chief", is_superuser=True)
    client.force_login(client.user)
    return client


def accepted(chief: Client, *texts: str, verb: str = "accept") -> ImportBatch:
    """A batch whose stories are accepted, with a new publication and a new section."""
    batch = batch_of(chief, *texts, section="Harbour")
    for item in batch.items.order_by("pk"):
        ask = f"{address('item_places', batch, item)}?do={verb}"
        chief.post(ask, dict.fromkeys(chief.get(ask).context["places"].fields, "new"))
    return batch


def undo(chief: Client, batch: ImportBatch) -> str:
    return chief.post(address("undo", batch), follow=True).content.decode()


@pytest.mark.parametrize("verb", ["accept", "publish"])
def test_nothing_stays_of_what_the_import_made(chief: Client, verb: str) -> None:
    before = rows_of_all_tables()["wagtailcore_page"]
    batch = accepted(chief, XINHUA, verb=verb)
    assert SectionPage.objects.get(title="Harbour").live == (verb == "publish")
    assert "these stay" not in undo(chief, batch)
    assert rows_of_all_tables()["wagtailcore_page"] == before


def test_a_section_edited_since_stays_and_its_editor_is_named(chief: Client) -> None:
    batch = accepted(chief, XINHUA)
    log(SectionPage.objects.get(title="Harbour"), "wagtail.edit", user=make_user("chen"))
    assert "these stay: Harbour (edited since (chen))" in undo(chief, batch)
    assert not ArticlePage.objects.exists()
