"""Translators get a story once it is handed in, published or offered, not while it is typed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.models import ArticlePage, Translation
from tests.factories import make_article, make_editor, make_user, translate

pytestmark = pytest.mark.django_db


def offered() -> list[str]:
    """What the translators' list has."""
    return [str(one.article) for one in Translation.objects.queue()]


@pytest.fixture
def draft() -> ArticlePage:
    return make_article("Typed so far", live=False)


def test_a_draft_isnt_offered_while_it_is_typed(draft: ArticlePage) -> None:
    draft.save_revision()
    assert offered() == []


def test_a_copy_of_an_untranslated_draft_isnt_either(draft: ArticlePage) -> None:
    translate(make_article("Translated", live=False), publish=False)
    draft.copy(update_attrs={"title": "Copy", "slug": "copy"})
    assert offered() == ["Translated"]


def test_submitting_offers_it(draft: ArticlePage) -> None:
    draft.save_revision()
    draft.get_workflow().start(draft, make_editor())
    assert offered() == ["Typed so far"]


def test_scheduling_offers_it(draft: ArticlePage) -> None:
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision().publish()
    assert offered() == ["Typed so far"]


def test_an_editor_offers_it_from_its_form(client: Client, draft: ArticlePage) -> None:
    client.force_login(make_editor())
    form = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).text
    address = reverse("wagtail_bulk_action", args=["archive", "articlepage", "offer"])
    assert f"{address}?id={draft.pk}" in form
    assert "Typed so far" in client.get(address, {"id": draft.pk}).text
    client.post(f"{address}?id={draft.pk}", {"next": "/admin/"})
    assert offered() == ["Typed so far"]
    assert address not in client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).text


def test_who_may_not_edit_it_cannot_offer_it(client: Client, draft: ArticlePage) -> None:
    client.force_login(make_user("nobody"))
    address = reverse("wagtail_bulk_action", args=["archive", "articlepage", "offer"])
    client.post(f"{address}?id={draft.pk}", {"next": "/admin/"})
    assert "Typed so far" not in offered()
