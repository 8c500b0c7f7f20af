"""The names of the database as a glossary: read once, and anew when a name changes."""

from datetime import date

import pytest
from django.db.models.signals import post_save
from wagtail.log_actions import log

from archive.entities.glossary.termbase import (
    forget_glossary,
    load_glossary,
    office_title,
    offices_on,
)
from archive.entities.glossary.terms import Form
from archive.entities.models import Entity, EntityName, Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_entity

pytestmark = pytest.mark.django_db


def make_office(person, **fields):
    titles = {column("title", ENGLISH): "Mayor", column("title", CHINESE): "市长"}
    return Office.objects.create(person=person, **{**titles, **fields})


def test_a_term_has_its_names_and_forms_in_the_editors_order():
    entity = make_entity(aliases={"湛江市": CHINESE, "Tsamkong": ENGLISH})
    EntityName.objects.create(
        entity=entity,
        text="广州湾",
        language=CHINESE,
        kind="former",
        forbidden=True,
        valid_until="1945",
        sort_order=5,
    )
    (term,) = load_glossary().terms
    assert (term.entity_id, term.key, term.kind, term.country) == (
        entity.pk,
        "zhanjiang",
        "place",
        "CN",
    )
    assert term.forms == (
        Form("Zhanjiang", ENGLISH),
        Form("湛江", CHINESE),
        Form("湛江市", CHINESE, "alias"),
        Form("Tsamkong", ENGLISH, "alias"),
        Form("广州湾", CHINESE, "former", True, "", "1945"),
    )
    assert term.canonical(CHINESE) == "湛江"


def test_an_entity_without_a_name_in_a_language_has_no_form_in_it():
    make_entity(zh="")
    (term,) = load_glossary().terms
    assert term.canonical(CHINESE) == ""


def test_reading_takes_three_queries_at_any_size_and_asking_again_one(
    django_assert_num_queries,
):
    for number in range(5):
        make_entity(f"city-{number}", f"City {number}", f"城{number}", aliases={"别名": CHINESE})
    load_glossary()
    forget_glossary()
    with django_assert_num_queries(3):
        first = load_glossary()
    with django_assert_num_queries(1):
        assert load_glossary() is first


@pytest.mark.parametrize("change", ["save", "add", "delete", "alias"])
def test_a_change_in_this_process_is_noticed(change):
    entity = make_entity(aliases={"湛江市": CHINESE})
    before = load_glossary()
    if change == "save":
        setattr(entity, column("name", ENGLISH), "Tsamkong")
        entity.save()
    elif change == "add":
        make_entity("xuwen", "Xuwen", "徐闻")
    elif change == "delete":
        entity.delete()
    else:
        EntityName.objects.get().delete()
    assert load_glossary() != before


@pytest.mark.parametrize("change", ["edit", "add"])
def test_a_change_by_another_process_is_noticed(change):
    """Another process sends no signal here; it leaves an entry in the log, or a new row."""
    entity = make_entity()
    load_glossary()
    handlers, post_save.receivers = post_save.receivers, []
    post_save.sender_receivers_cache.clear()
    try:
        if change == "edit":
            Entity.objects.filter(pk=entity.pk).update(**{column("name", ENGLISH): "Tsamkong"})
            log(entity, "wagtail.edit")
        else:
            Entity.objects.bulk_create(
                [Entity(key="xuwen", kind="place", **{column("name", ENGLISH): "Tsamkong"})]
            )
    finally:
        post_save.receivers = handlers
        post_save.sender_receivers_cache.clear()
    assert load_glossary().find("Tsamkong", ENGLISH)


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2014, 12, 31), None),
        (date(2015, 9, 22), "市长"),
        (date(2019, 1, 1), None),
    ],
)
def test_an_office_is_the_one_of_the_day(day, title):
    person = make_entity("wang", "Wang Zhongbing", "王中丙", kind="person")
    place = make_entity()
    make_office(person, since="2015", until="2018", place=place)
    office = offices_on([person.pk], day).get(person.pk)
    assert (office_title(office, CHINESE) if office else None) == (title and f"湛江{title}")
    assert not office or office_title(office, ENGLISH) == "Mayor of Zhanjiang"


def test_a_title_that_names_its_place_does_not_name_it_twice():
    person = make_entity("liu", "Liu Xiaohua", "刘小华", kind="person")
    titles = {
        column("title", ENGLISH): "Party chief of Zhanjiang",
        column("title", CHINESE): "中共湛江市委书记",
    }
    office = make_office(person, place=make_entity(), since="2013", **titles)
    assert office_title(office, ENGLISH) == "Party chief of Zhanjiang"
    assert office_title(office, CHINESE) == "中共湛江市委书记"


def test_of_two_offices_the_later_begun_one_counts():
    person = make_entity("wang", "Wang Zhongbing", "王中丙", kind="person")
    make_office(person, since="2010", until="2020")
    later = make_office(person, since="2015", until="2020")
    make_office(person, since="2012", until="2020")
    assert offices_on([person.pk], date(2016, 1, 1)) == {person.pk: later}


def test_offices_take_one_query_whatever_their_number(django_assert_num_queries):
    people = [make_entity(f"p-{n}", f"Person {n}", kind="person") for n in range(3)]
    place = make_entity()
    for person in people:
        make_office(person, since="2015", place=place)
    with django_assert_num_queries(1):
        found = offices_on([person.pk for person in people], date(2016, 1, 1))
        assert len({str(office) for office in found.values()}) == 1


def test_a_title_that_a_language_lacks_is_left_out():
    person = make_entity("wang", "Wang Zhongbing", "王中丙", kind="person")
    office = make_office(person, since="2015", **{column("title", CHINESE): ""})
    assert office_title(office, CHINESE) == ""
