"""The gazetteer read from the database, and kept."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.contrib.name_suggestions.recognition.facts import OfficeFact
from archive.contrib.name_suggestions.recognition.gazetteer import load_gazetteer
from archive.entities.glossary.termbase import forget_glossary
from archive.entities.models import Office
from archive.text.language import CHINESE, ENGLISH, column
from archive.text.passages import Passage
from tests.factories import make_article, make_entity, make_tie, tag

pytestmark = pytest.mark.django_db


def test_the_gazetteer_knows_where_places_lie_and_who_held_which_office():
    place = make_entity(**{column("region", ENGLISH): "Guangdong"})
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    titles = {column("title", ENGLISH): "Party chief", column("title", CHINESE): "市委书记"}
    Office.objects.create(person=person, place=place, as_of="2015-09-22", **titles)
    gazetteer = load_gazetteer()
    assert gazetteer.of_entity(place.pk).place_type == "city"
    assert gazetteer.of_entity(place.pk).regions == {ENGLISH: "Guangdong"}
    (office,) = gazetteer.offices_on(person.pk, date(2015, 9, 22))
    assert office == OfficeFact(
        {ENGLISH: "Party chief", CHINESE: "市委书记"}, place.pk, as_of="2015-09-22"
    )
    assert gazetteer.offices_on(person.pk, date(2016, 9, 22)) == []


def test_the_gazetteer_knows_partners_and_how_often_a_name_is_tagged():
    one, two = make_entity(), make_entity("seattle", "Seattle", "西雅图", country="US")
    make_tie(one, two)
    tag(make_article(), one)
    # A story's own save has read the names already; a tag doesn't make them be read anew.
    forget_glossary()
    gazetteer = load_gazetteer()
    assert gazetteer.of_entity(one.pk).partners == {two.pk}
    assert gazetteer.of_entity(two.pk).partners == {one.pk}
    assert (gazetteer.of_entity(one.pk).uses, gazetteer.of_entity(two.pk).uses) == (1, 0)


def test_the_gazetteer_is_kept_until_a_name_changes():
    entity = make_entity()
    first = load_gazetteer()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert load_gazetteer() is first
    assert len(queries) == 1
    entity.save()
    assert load_gazetteer() is not first


@pytest.mark.parametrize("count", [1, 12])
def test_reading_costs_the_same_for_any_number_of_names(count):
    for number in range(count):
        make_entity(f"city-{number}", f"City {number}", f"城{number}")
    load_gazetteer()
    make_entity("one-more", "One More", "又一个")
    with CaptureQueriesContext(connection) as queries:
        load_gazetteer()
    assert len(queries) == 7


def test_suggesting_asks_the_database_nothing():
    make_entity()
    gazetteer = load_gazetteer()
    with CaptureQueriesContext(connection) as queries:
        found = suggest(gazetteer, [Passage("headline", "Zhanjiang grows", ENGLISH)], None)
    assert [one.key for one in found.entities] == ["zhanjiang"]
    assert len(queries) == 0
