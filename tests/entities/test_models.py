"""What an entry of the list of names accepts, is called, and is sorted by."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation

from archive.models import Entity, EntityName, Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_entity

pytestmark = pytest.mark.django_db

NAME_EN, NAME_ZH = column("name", ENGLISH), column("name", CHINESE)


@pytest.mark.parametrize(
    ("language", "en", "zh", "shown"),
    [
        ("en", "Zhanjiang", "湛江", "Zhanjiang"),
        ("zh-hans", "Zhanjiang", "湛江", "湛江"),
        ("en", "", "湛江", "湛江"),
        ("zh-hans", "Zhanjiang", "", "Zhanjiang"),
    ],
)
def test_is_called_by_its_name_in_the_active_language_or_the_other(language, en, zh, shown):
    make_entity(en=en, zh=zh)
    with translation.override(language):
        assert str(Entity.objects.get()) == shown


@pytest.mark.parametrize(
    ("fields", "field", "complaint"),
    [
        ({NAME_EN: ""}, NAME_EN, "Give the name"),
        ({"place_type": ""}, "place_type", "Say what type"),
        ({"kind": "topic"}, "place_type", "Only a place"),
        ({"latitude": 21.2}, "longitude", "Give both"),
        ({"latitude": 91, "longitude": 0}, "latitude", "90"),
        ({"country": "XX"}, "country", "not a country code"),
        ({"country": "cn"}, "country", "not a country code"),
        ({"wikidata_id": "59144"}, "wikidata_id", "Write Q"),
    ],
)
def test_rejects_what_makes_no_sense(fields, field, complaint):
    values = {NAME_EN: "Zhanjiang", "key": "zhanjiang", "kind": "place", "place_type": "city"}
    entity = Entity(**{**values, **fields})
    with pytest.raises(ValidationError) as error:
        entity.full_clean()
    assert complaint in error.value.message_dict[field][0]


def test_a_key_belongs_to_one_entry():
    make_entity("portland")
    with pytest.raises(IntegrityError):
        make_entity("portland")


@pytest.mark.parametrize(
    ("en", "zh", "key"),
    [
        ("Atlantic City", "大西洋城", "atlantic-city"),
        ("", "湛江", "zhanjiang"),
        ("Xi'an", "", "xian"),
    ],
)
def test_makes_a_key_from_the_name(en, zh, key):
    entity = Entity(kind="topic", **{NAME_EN: en, NAME_ZH: zh})
    entity.full_clean()
    assert entity.key == key


def test_a_key_that_is_taken_gets_a_number():
    make_entity("portland")
    make_entity("portland-2")
    entity = Entity(kind="topic", **{NAME_EN: "Portland"})
    entity.full_clean()
    assert entity.key == "portland-3"


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("湛江", ["port-of-zhanjiang", "zhanjiang"]),
        ("广州湾", ["zhanjiang"]),
        ("zhanj", ["port-of-zhanjiang", "zhanjiang"]),
        ("FORT BAYARD", ["zhanjiang"]),
        ("  ", ["nanjing", "port-of-zhanjiang", "zhanjiang"]),
        ("%", []),
    ],
)
def test_finds_by_any_part_of_any_name(words, keys):
    make_entity(aliases={"广州湾": CHINESE, "Fort Bayard": ENGLISH})
    make_entity("port-of-zhanjiang", "Port of Zhanjiang", "湛江港", place_type="port")
    make_entity("nanjing", "Nanjing", "南京")
    found = Entity.objects.named_like(words)
    assert [entity.key for entity in found.order_by("key")] == keys


def test_lists_what_lacks_a_name_in_one_language():
    make_entity("both")
    make_entity("english", zh="")
    make_entity("chinese", en="")
    keys = Entity.objects.untranslated().values_list("key", flat=True)
    assert set(keys) == {"english", "chinese"}


def test_lists_english_names_from_a_to_z_and_chinese_ones_by_pinyin():
    make_entity("houston", "Houston", "休斯敦")
    make_entity("long-beach", "Long Beach", "长滩")
    make_entity("port-of-long-beach", "Port of Long Beach", "长滩港", place_type="port")
    make_entity("chongqing", "Chongqing", "重庆")
    make_entity("bering", "Bering Strait", "")
    english = [e.key for e in Entity.objects.in_reading_order(ENGLISH)]
    chinese = [e.key for e in Entity.objects.in_reading_order(CHINESE)]
    assert english == ["bering", "chongqing", "houston", "long-beach", "port-of-long-beach"]
    assert chinese == ["long-beach", "port-of-long-beach", "chongqing", "houston", "bering"]


def test_an_editors_pinyin_corrects_the_order():
    make_entity("first", zh="重山", pinyin="chong shan")
    make_entity("second", zh="丹佛")
    assert [e.key for e in Entity.objects.in_reading_order(CHINESE)] == ["first", "second"]


def test_a_form_is_listed_once_a_language():
    entity = make_entity(aliases={"广州湾": CHINESE})
    with pytest.raises(IntegrityError):
        EntityName.objects.create(entity=entity, text="广州湾", language=CHINESE)


def liu_xiaohua(**dates: str) -> Entity:
    zhanjiang = make_entity()
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    titles = {column("title", ENGLISH): "Party chief", column("title", CHINESE): "市委书记"}
    person.offices.add(Office(place=zhanjiang, **titles, **dates))
    person.save()
    return Entity.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("dates", "day", "held"),
    [
        ({"as_of": "2015-09-22"}, date(2015, 9, 22), True),
        ({"as_of": "2015-09-22"}, date(2015, 9, 23), False),
        ({"as_of": "2015"}, date(2015, 1, 1), True),
        ({"since": "2011", "until": "2016-02"}, date(2016, 2, 29), True),
        ({"since": "2011", "until": "2016-02"}, date(2016, 3, 1), False),
        ({"since": "2011"}, date(2024, 1, 1), True),
        ({"since": "2011", "as_of": "2015"}, date(2013, 5, 5), True),
        ({"since": "2011", "as_of": "2015"}, date(2016, 1, 1), False),
        ({"until": "2016"}, date(1999, 1, 1), True),
    ],
)
def test_knows_who_held_an_office_on_a_day(dates, day, held):
    assert (liu_xiaohua(**dates).office_on(day) is not None) == held


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Party chief of Zhanjiang"), ("zh-hans", "湛江市委书记")]
)
def test_names_an_office_with_its_place(language, title):
    office = liu_xiaohua(as_of="2015-09-22").office_on(date(2015, 9, 22))
    with translation.override(language):
        assert str(Office.objects.get(pk=office.pk)) == title


def test_of_two_offices_at_once_the_one_begun_last_is_meant():
    person = liu_xiaohua(since="2011")
    person.offices.add(Office(since="2014", **{column("title", ENGLISH): "Chair of the congress"}))
    person.save()
    assert str(person.office_on(date(2015, 1, 1))) == "Chair of the congress"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, column("title", ENGLISH)),
        ({column("title", ENGLISH): "Mayor"}, "as_of"),
        ({column("title", ENGLISH): "Mayor", "since": "2015", "until": "2011"}, "until"),
        ({column("title", ENGLISH): "Mayor", "since": "2015", "as_of": "2011"}, "as_of"),
        ({column("title", ENGLISH): "Mayor", "since": "last year"}, "since"),
    ],
)
def test_an_office_needs_a_title_and_dates_in_order(values, field):
    person = make_entity("wang-zhongbing", "Wang Zhongbing", "王中丙", kind="person")
    with pytest.raises(ValidationError) as error:
        Office(person=person, **values).full_clean()
    assert field in error.value.message_dict
