"""Ties that a story's sentences speak of, in the panel of suggested names."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from archive.contrib.name_suggestions.decisions import Decision, Evidence, decide
from archive.contrib.name_suggestions.tie_questions import ADD_TIE
from archive.models import Tie
from tests.factories import (
    block,
    make_article,
    make_editor,
    make_entity,
    make_names_editor,
    make_tie,
)

pytestmark = pytest.mark.django_db
KEY = "00000000-0000-4000-8000-000000000811"
SENTENCE = "Zhanjiang and Atlantic City signed a sister-city agreement in 1999."


@pytest.fixture
def places():
    return make_entity(), make_entity("atlantic-city", "Atlantic City", "大西洋城", country="US")


@pytest.fixture
def story(places):
    body = [block("paragraph", f"<p>{SENTENCE}</p>", KEY)]
    return make_article("Two cities", body=body)


@pytest.fixture
def editor(client):
    """May edit stories and keeps the names."""
    user = make_editor()
    user.groups.add(*make_names_editor().groups.all())
    client.force_login(user)
    return user


def asked(client, story):
    """The tie's entry in the story's form, or None."""
    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content
    return BeautifulSoup(page, "html.parser").select_one(".archive-suggestion--tie")


def values(story, **more):
    return {"story": story.pk, "block_id": KEY, "sentence": SENTENCE, "language": "en", **more}


def evidence_url(tie):
    return reverse("archive_ties:add_evidence", args=[tie.pk])


def test_a_tie_is_asked_with_its_sentence_and_opens_its_form_filled_in(client, story, editor):
    entry = asked(client, story)
    assert "Atlantic City ↔ Zhanjiang" in entry.text
    assert "signed a sister-city agreement" in entry.text
    address = entry.select_one("a")["href"]
    given = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
    assert (given["kind"], given["story"], given["block_id"]) == ("sister_city", str(story.pk), KEY)
    form = BeautifulSoup(client.get(address).content, "html.parser")
    assert form.select_one("[name=evidence-0-sentence_en]").text.strip() == SENTENCE
    assert form.select_one("[name=evidence-0-article]")["value"] == str(story.pk)
    assert form.select_one("[name=evidence-TOTAL_FORMS]")["value"] == "1"
    assert "Filled in from “Two cities”" in form.text
    assert not Tie.objects.exists()


@pytest.mark.parametrize("given", ["place_a=abc", "place_b=%00", "kind=none&since=x"])
def test_an_address_that_fits_no_field_opens_an_empty_form(client, editor, given):
    assert client.get(f"{reverse(ADD_TIE)}?{given}").status_code == 200


def test_a_known_tie_takes_the_sentence_as_evidence_once(client, story, editor, places):
    tie = make_tie(*places)
    assert asked(client, story).select_one("button[data-action]")["data-action"] == (
        evidence_url(tie)
    )
    for _time in range(2):
        assert client.post(evidence_url(tie), values(story)).status_code == 200
    piece = tie.evidence.get(article=story)
    assert (piece.sentence_en, piece.block_id) == (SENTENCE, KEY)
    assert asked(client, story) is None


def test_a_rejected_tie_is_not_asked_again(client, story, editor):
    about = json.loads(asked(client, story)["data-about"])
    evidence = Evidence.read(about["evidence"])
    decide(story, [Decision("tie", "rejected", None, about["token"], evidence)], user=editor)
    assert asked(client, story) is None


def test_without_the_right_nothing_is_offered_nor_added(client, story, places):
    client.force_login(make_editor())
    assert not asked(client, story).select("a, button[data-action]")
    tie = make_tie(*places)
    assert client.post(evidence_url(tie), values(story)).status_code == 302
    assert tie.evidence.count() == 1


@pytest.mark.parametrize("wrong", [{"sentence": " "}, {"language": "fr"}, {"block_id": "x" * 99}])
def test_evidence_that_cannot_be_stored_is_refused(client, story, editor, places, wrong):
    tie = make_tie(*places)
    assert client.post(evidence_url(tie), values(story, **wrong)).status_code == 400
    assert tie.evidence.count() == 1


def test_a_new_name_opens_its_form_filled_in(client, story, editor):
    address = reverse("wagtailsnippets_archive_entity:add")
    query = {"name_en": "Port Klang", "kind": "place", "story": story.pk}
    form = BeautifulSoup(client.get(address, query).content, "html.parser")
    assert form.select_one("[name=name_en]")["value"] == "Port Klang"
    assert form.select_one("[name=kind] option[selected]")["value"] == "place"
    assert "Filled in from “Two cities”" in form.text
