"""A row goes into JSON and comes back as it was."""

import json

import pytest

from archive.journal.rows import insert_row, lacks_target, read_values, rows_of, values_of
from archive.models import Entity, Translation
from tests.factories import make_article, make_entity

pytestmark = pytest.mark.django_db


def test_a_row_comes_back_with_every_column_to_the_microsecond() -> None:
    entity = make_entity()
    Entity.objects.filter(pk=entity.pk).update(latitude="21.27", longitude="110.35")
    translation = make_article().translations.get()
    for model, pk in ((Entity, entity.pk), (Translation, translation.pk)):
        row = rows_of(model).get(pk=pk)
        kept = json.loads(json.dumps(values_of(row)))
        before = {name: getattr(row, name) for name in kept}
        assert read_values(model, kept) == before
        rows_of(model).filter(pk=pk).delete()
        insert_row(model, kept)
        again = rows_of(model).get(pk=pk)
        assert {name: getattr(again, name) for name in kept} == before


def test_a_row_whose_story_has_gone_lacks_it() -> None:
    story = make_article()
    row = values_of(story.translations.get())
    assert not lacks_target(Translation, row)
    story.delete()
    assert lacks_target(Translation, row)
