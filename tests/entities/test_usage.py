"""A name's page says how the name is used."""

import pytest

from archive.entities.panels import uses_of
from tests.factories import block, make_article, make_entity, tag

pytestmark = pytest.mark.django_db


def test_tags_and_marked_mentions_are_counted_apart() -> None:
    city = make_entity()
    text = f'<p><a linktype="entity" id="{city.pk}">Zhanjiang</a></p>'
    marked = make_article(body=[block("paragraph", text), block("paragraph", text)], slug="one")
    make_article(slug="two")
    tag(marked, city, "about")
    counts = {str(use.label): use.count for use in uses_of(city)}
    assert counts["Stories about it"] == 1
    assert counts["Stories that mention it"] == 0
    assert counts["Stories with marked mentions"] == 1
