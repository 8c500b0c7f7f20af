"""A results page costs the same few queries, whatever it shows."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Site

from archive.search.actions import index_stories
from tests.factories import DAY, make_article, make_entity, make_section, tag, translate

pytestmark = pytest.mark.django_db

# Site and sections of the frame; names, restrictions, the search itself with what changed since
# the stored sets were made, cards, facets' names, the section of the address.
RESULTS = 15


def test_results_are_read_in_few_queries(django_assert_max_num_queries: Any) -> None:
    section, city = make_section(), make_entity()
    for number in range(8):
        one = make_article(f"Harbour {number}", section=section, day=DAY + timedelta(days=number))
        tag(one, city)
        if number % 2:
            translate(one, headline="译文")
        index_stories([one.pk])
    client = Client()
    for query in ("harbour", "湛江", "zhan jiang -x place:湛江 after:2015"):
        for language in ("en", "zh-hans"):
            assert client.get(f"/{language}/search/", {"q": query}).status_code == 200
            cache.clear()
            Site.get_site_root_paths()
            with django_assert_max_num_queries(RESULTS):
                response = client.get(f"/{language}/search/", {"q": query, "section": section.pk})
            assert response.content.count(b'class="card"') == 8, (query, language)
