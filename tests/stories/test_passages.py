"""A story as passages: what names are looked for in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.stories.article_text import story_passages
from archive.text.language import CHINESE, ENGLISH
from tests.factories import block, make_article

pytestmark = pytest.mark.django_db


def test_a_story_is_its_headline_standfirst_and_segments_in_order():
    paragraph = block("paragraph", '<p>At <a linktype="entity" id="1">Tom &amp; Co</a></p>')
    picture = block(
        "image", {"image": None, "caption": "The port.", "alt_text": "Ships", "credit": "Li"}
    )
    article = make_article("A headline", standfirst_en="A sum", body=[paragraph, picture])
    found = [(one.key, one.text) for one in story_passages(article, ENGLISH)]
    assert found[:3] == [
        ("headline", "A headline"),
        ("standfirst", "A sum"),
        (paragraph["id"], "At Tom & Co"),
    ]
    assert (f"{picture['id']}/caption", "The port.") in found


def test_a_language_without_text_gives_nothing():
    assert story_passages(make_article(), CHINESE) == []


def test_no_query_is_needed():
    article = make_article()
    with CaptureQueriesContext(connection) as queries:
        story_passages(article, ENGLISH)
    assert len(queries) == 0
