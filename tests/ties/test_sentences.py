"""The sentence that says so is chosen from its story, in the form of a tie."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import make_article, make_body, make_names_editor, make_user

pytestmark = pytest.mark.django_db
BODY = make_body("The cities signed. They <b>agreed</b> in 2005.", "湛江港。长滩港。")


def ask(client: Client, pk: int) -> BeautifulSoup:
    address = reverse("archive_ties:sentences", args=[pk])
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_each_sentence_of_a_story_can_be_chosen(client: Client) -> None:
    client.force_login(make_names_editor())
    page = ask(client, make_article("Signed", body=BODY).pk)
    found = [
        (one["data-block"], one["data-field"], one.text) for one in page.select("[data-block]")
    ]
    first, second = (block["id"] for block in BODY)
    assert found == [
        (first, "sentence_en", "The cities signed."),
        (first, "sentence_en", "They agreed in 2005."),
        (second, "sentence_en", "湛江港。"),
        (second, "sentence_en", "长滩港。"),
    ]


def test_a_draft_is_shown_to_who_may_see_it_alone(client: Client) -> None:
    draft = make_article("Secret", body=BODY, live=False)
    draft.save_revision()
    client.force_login(make_names_editor())
    assert not ask(client, draft.pk).select("[data-block]")
    client.force_login(make_user("boss", is_superuser=True))
    assert ask(client, draft.pk).select("[data-block]")


def test_who_keeps_no_ties_is_refused(client: Client) -> None:
    client.force_login(make_user("reader"))
    assert not ask(client, make_article("Signed", body=BODY).pk).select("[data-block]")
