"""The card of a name: what it tells, of which day, and how long a cache may keep it."""

import pytest
from wagtail.models import PageViewRestriction

from archive.models import Entity, Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_article, make_entity, make_home, make_merged, tag
from tests.site.reading import language_of, words
from tests.ties.places import place

pytestmark = pytest.mark.django_db

CARD = "/{}/entities/{}/card/"


@pytest.fixture(autouse=True)
def home():
    return make_home()


def mayor() -> Entity:
    """Mayor of Zhanjiang in 2015, party chief from 2016 on."""
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    for title, chinese, dates in (
        ("Mayor", "市长", {"since": "2014", "until": "2015"}),
        ("Party chief", "市委书记", {"since": "2016"}),
    ):
        named = {column("title", ENGLISH): title, column("title", CHINESE): chinese}
        Office.objects.create(person=person, place=place("zhanjiang"), **named, **dates)
    return person


def text_of(page) -> str:
    return " ".join(page.get_text().split())


@pytest.mark.parametrize(
    ("language", "order", "kind"),
    [
        ("en", ["Zhanjiang", "湛江"], "City · China"),
        ("zh-hans", ["湛江", "Zhanjiang"], "城市 · 中国"),
    ],
)
def test_both_names_stand_on_it_in_their_languages(read, language, order, kind):
    place("zhanjiang")
    card = read(CARD.format(language, "zhanjiang"))
    names = card.select(".entity-card-names b")
    assert [name.text for name in names] == order
    assert {name.text: language_of(name) for name in names} == {
        "Zhanjiang": "en",
        "湛江": "zh-Hans",
    }
    assert words(card, ".entity-card-pinyin") == "Zhànjiāng"
    assert words(card, ".entity-card-kind") == kind


@pytest.mark.parametrize(
    ("day", "language", "office"),
    [
        ("2015-09-22", "en", "Mayor of Zhanjiang, on 22 September 2015"),
        ("2015-09-22", "zh-hans", "湛江市长（2015年9月22日在任）"),
        ("2017-01-02", "en", "Party chief of Zhanjiang, on 2 January 2017"),
    ],
)
def test_the_office_is_the_one_of_the_storys_day(read, day, language, office):
    mayor()
    assert (
        words(read(CARD.format(language, "liu-xiaohua") + f"?on={day}"), ".entity-card-office")
        == office
    )


@pytest.mark.parametrize("query", ["", "?on=2013-09-22"])
def test_no_office_is_told_where_none_is_known_for_the_day(read, query):
    mayor()
    assert not read(CARD.format("en", "liu-xiaohua") + query).select(".entity-card-office")


def test_only_stories_that_anybody_may_read_are_counted(read):
    for number in range(3):
        tag(make_article(f"Of {number}"), place("zhanjiang"))
    hidden = make_article("Hidden")
    tag(hidden, place("zhanjiang"))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    card = read(CARD.format("en", "zhanjiang"))
    assert words(card, ".entity-card-stories") == "3 stories in the archive"


@pytest.mark.parametrize("day", ["soon", "2015-9-22", "2015-02-30", "20150922"])
def test_a_day_that_is_none_is_not_found(client, day):
    place("zhanjiang")
    assert client.get(CARD.format("en", "zhanjiang"), {"on": day}).status_code == 404


def test_caches_may_keep_it_and_ask_whether_it_changed(client):
    place("zhanjiang")
    first = client.get(CARD.format("en", "zhanjiang"))
    assert first["Cache-Control"] == "public, max-age=3600, s-maxage=0"
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    second = client.get(CARD.format("en", "zhanjiang"), headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 304
    Entity.objects.update(country="US")
    third = client.get(CARD.format("en", "zhanjiang"), headers={"If-None-Match": first["ETag"]})
    assert third.status_code == 200


def test_the_card_of_a_merged_entry_is_its_successors(client):
    make_merged("zhan-jiang", place("zhanjiang"))
    answer = client.get("/en/entities/zhan-jiang/card/?on=2015-09-22")
    assert answer["Location"] == "/en/entities/zhanjiang/card/?on=2015-09-22"


def test_it_costs_few_queries_whatever_the_archive_holds(client, django_assert_num_queries):
    mayor()
    for number in range(3):
        tag(make_article(f"Of {number}"), Entity.objects.get(key="liu-xiaohua"))
    of_person = CARD.format("en", "liu-xiaohua") + "?on=2015-09-22"
    # The first answer of a process also learns what frames the site.
    client.get(of_person)
    with django_assert_num_queries(5):
        client.get(of_person)
    with django_assert_num_queries(3):
        client.get(CARD.format("en", "zhanjiang") + "?on=2015-09-22")
