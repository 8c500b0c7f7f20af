"""The page of the draft as readers will see it: who gets it, what it shows, what it costs."""

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Translation
from tests.desk.helpers import Person, page_text, translation_of
from tests.desk.segments import save_one
from tests.factories import make_article, make_body, make_editor

pytestmark = pytest.mark.django_db


def page_of(person: Person, translation: Translation) -> HttpResponse:
    return person.client.get(reverse("archive_translation:page", args=[translation.pk]))


def test_the_page_shows_the_draft_in_the_readers_templates(translation, li) -> None:
    save_one(li, translation, key="headline", target="港口札记")
    answer = page_of(li, translation)
    shown = page_text(answer).replace("<wbr>", "")
    assert '<article class="story">' in shown
    assert re.search(r'<h1 id="headline"[^>]*>\s*港口札记', shown)
    # In a frame of this site, and in nobody's cache.
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "private" in answer["Cache-Control"]


def test_the_page_and_its_window_are_for_who_works_on_the_translation(translation, li) -> None:
    editor = Person(make_editor())
    for name in ("page", "page_window"):
        url = reverse(f"archive_translation:{name}", args=[translation.pk])
        assert editor.client.get(url).status_code == 403
        assert li.client.get(url).status_code == 200


def test_the_page_costs_the_same_for_a_long_story(li) -> None:
    costs = []
    for length in (2, 40):
        article = make_article(f"Story {length}", body=make_body(*map(str, range(length))))
        translation = translation_of(article)
        li.edits(translation).fill("译").save()
        page_of(li, translation)
        with CaptureQueriesContext(connection) as captured:
            assert page_of(li, translation).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 30
