"""An entity's page: pinyin, stories by year and role, companions, feeds, data for machines."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup

from archive.models import EntityName, Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_article, make_entity, make_home, make_merged, tag, translate
from tests.ties.places import place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return make_home()


def linked_data(page: BeautifulSoup) -> dict:
    return json.loads(page.select_one('script[type="application/ld+json"]').text)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_chinese_name_is_romanised_with_tone_marks(read, language):
    place("zhanjiang")
    pinyin = read(f"/{language}/entities/zhanjiang/").select_one(".pinyin")
    assert (pinyin.text, pinyin["lang"]) == ("Zhànjiāng", "zh-Latn-pinyin")


def test_stories_stand_under_their_years_and_can_be_narrowed_to_one(read):
    for year in (2013, 2015, 2015):
        tag(make_article(f"Of {year}", day=date(year, 5, 6)), place("zhanjiang"))
    page = read("/en/entities/zhanjiang/")
    assert [heading.text for heading in page.select(".story-year")] == ["2015", "2013"]
    years = page.select(".entity-years a")
    assert [" ".join(link.text.split()) for link in years] == ["All years", "2015 (2)", "2013 (1)"]
    narrowed = read("/en/entities/zhanjiang/" + years[2]["href"].partition("#")[0])
    assert [heading.text for heading in narrowed.select(".headline")] == ["Of 2013"]


@pytest.mark.parametrize("year", ["soon", "20155", "²015"])
def test_a_year_that_is_none_is_not_found(client, year):
    place("zhanjiang")
    assert client.get("/en/entities/zhanjiang/", {"year": year}).status_code == 404


def test_companions_are_who_is_tagged_in_the_same_stories(read):
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    stranger = make_entity("chen-lanbin", "Chen Lanbin", "陈兰彬", kind="person")
    for number in range(2):
        article = make_article(f"Story {number}", day=date(2015, 9, 20 + number))
        tag(article, place("zhanjiang"))
        tag(article, person, "mentioned")
    tag(article, place("atlantic-city"))
    hidden = make_article("Hidden", live=False)
    for entity in (place("zhanjiang"), stranger):
        tag(hidden, entity)
    # Each number stands once, above those that share it.
    section = read("/en/entities/zhanjiang/").select_one(".entity-companions")
    assert section.get_text("|", strip=True).split("|")[1:] == [
        "2 stories",
        "Liu Xiaohua",
        "1 story",
        "Atlantic City",
    ]


def test_stories_of_one_role_do_not_repeat_it(read):
    tag(make_article("Told"), place("zhanjiang"))
    page = read("/en/entities/zhanjiang/")
    assert not page.select(".story-role, .entity-stories nav")
    tag(make_article("Touched", day=date(2015, 9, 1)), place("zhanjiang"), "mentioned")
    roles = [role.text for role in read("/en/entities/zhanjiang/").select(".story-role")]
    assert roles == ["About Zhanjiang", "Mentions Zhanjiang"]
    told = read("/en/entities/zhanjiang/?role=about")
    assert told.select(".entity-stories nav")
    assert not told.select(".story-role")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "then Party chief of Zhanjiang"), ("zh-hans", "湛江市委书记")]
)
def test_a_story_says_what_the_person_was_on_its_day(read, language, words):
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    title = {column("title", ENGLISH): "Party chief", column("title", CHINESE): "市委书记"}
    Office.objects.create(person=person, place=place("zhanjiang"), as_of="2015-09", **title)
    tag(make_article("In office"), person)
    tag(make_article("Long before", day=date(1999, 1, 2)), person)
    roles = [role.text for role in read(f"/{language}/entities/liu-xiaohua/").select(".story-role")]
    assert [words in role for role in roles] == [True]


def test_machines_learn_names_in_both_languages_and_ids(read):
    facts = {"wikidata_id": "Q59144", "geonames_id": 1784990}
    city = place("zhanjiang", **facts)
    EntityName.objects.create(entity=city, text="Fort Bayard", language=ENGLISH)
    EntityName.objects.create(entity=city, text="Wrong", language=ENGLISH, forbidden=True)
    data = linked_data(read("/zh-hans/entities/zhanjiang/"))
    assert data["@type"] == "City"
    assert data["url"] == "http://localhost/zh-hans/entities/zhanjiang/"
    assert data["name"] == [
        {"@value": "Zhanjiang", "@language": "en"},
        {"@value": "湛江", "@language": "zh-Hans"},
    ]
    assert [name["@value"] for name in data["alternateName"]] == ["Fort Bayard"]
    assert data["sameAs"] == [
        "http://www.wikidata.org/entity/Q59144",
        "https://sws.geonames.org/1784990/",
    ]
    assert data["geo"]["latitude"] == 21.27
    assert data["address"]["addressCountry"] == "CN"


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("person", "Person"),
        ("organisation", "Organization"),
        ("event", "Event"),
        ("topic", "DefinedTerm"),
    ],
)
def test_every_kind_has_its_type_and_no_text_ends_the_script(read, kind, type_):
    make_entity("thing", "</script><b>Thing & Co", "事物", kind=kind)
    data = linked_data(read("/en/entities/thing/"))
    assert data["@type"] == type_
    assert data["name"][0]["@value"] == "</script><b>Thing & Co"


def test_a_persons_offices_are_roles_in_time(read):
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    title = {column("title", ENGLISH): "Party chief"}
    Office.objects.create(person=person, since="2011", until="2016", **title)
    [role] = linked_data(read("/en/entities/liu-xiaohua/"))["hasOccupation"]
    assert (role["@type"], role["startDate"], role["endDate"]) == ("Role", "2011", "2016")


def test_both_languages_know_of_each_other(read):
    place("zhanjiang")
    page = read("/en/entities/zhanjiang/?role=about")
    assert page.select_one("link[rel=canonical]")["href"].endswith("/en/entities/zhanjiang/")
    alternates = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
    assert alternates["zh-Hans"].endswith("/zh-hans/entities/zhanjiang/")


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_the_page_announces_its_feeds(client, read, form):
    both, english = make_article("In both"), make_article("In English")
    translate(both, headline="两种语言")
    make_article("About something else")
    for article in (both, english):
        tag(article, place("zhanjiang"))
    page = read("/zh-hans/entities/zhanjiang/")
    link = page.select_one(f'link[rel=alternate][type="application/{form}+xml"]')
    feed = client.get(link["href"])
    assert feed["Content-Type"].startswith(f"application/{form}+xml")
    text = feed.content.decode()
    assert "两种语言" in text
    assert "In English" not in text
    assert "About something else" not in text


def test_an_office_that_only_one_language_names_is_marked_so(read):
    person = make_entity("liu", "Liu", "刘", kind="person")
    office = Office(person=person, place=place("zhanjiang"), since="2010")
    setattr(office, column("title", ENGLISH), "Mayor")
    office.save()
    tag(make_article(), person)
    page = read("/zh-hans/entities/liu/")
    for words in page.select(".entity-offices li span, .story-role span"):
        assert (words.text, words["lang"]) == ("Mayor of Zhanjiang", "en")
    assert page.select_one(".story-role span")
    assert not read("/en/entities/liu/").select(".entity-offices span, .story-role span")


def test_the_feed_of_a_former_key_is_found_again(client):
    make_merged("tsamkong", make_entity())
    moved = client.get("/en/entities/tsamkong/feed/?format=rss")
    assert moved.status_code == 301
    assert moved["Location"] == "/en/entities/zhanjiang/feed/?format=rss"


def test_a_feed_in_no_such_form_is_not_found(client):
    place("zhanjiang")
    assert client.get("/en/entities/zhanjiang/feed/?format=csv").status_code == 404
    assert client.get("/en/entities/nobody/feed/").status_code == 404


@pytest.mark.parametrize(
    ("language", "letters", "long_beach"), [("en", "ALZ", "L"), ("zh-hans", "CDZ", "C")]
)
def test_the_index_has_a_page_for_each_letter(read, language, letters, long_beach):
    for key in ("zhanjiang", "long-beach", "atlantic-city"):
        place(key)
    links = read(f"/{language}/entities/").select(".letters a")[1:]
    assert "".join(link.text[0] for link in links) == letters
    [link] = [link for link in links if link.text[0] == long_beach]
    page = read(f"/{language}/entities/{link['href']}")
    names = [one["href"] for one in page.select(".entity-letter a")]
    assert names == [f"/{language}/entities/long-beach/"]
    assert page.select_one("link[rel=canonical]")["href"].endswith(f"letter={long_beach}")


def test_names_that_begin_with_no_letter_come_last(read, client):
    make_entity("route-66", "66 Route", "", kind="topic")
    make_entity("port", "Port", "港", kind="topic")
    page = read("/en/entities/?kind=topic&letter=%23")
    assert [one["href"] for one in page.select(".entity-letter a")] == ["/en/entities/route-66/"]
    assert client.get("/en/entities/?kind=topic&letter=Q").status_code == 404


def test_a_letter_leads_to_all_names_of_the_other_language(read):
    make_entity("seattle", "Seattle", "西雅图", country="US")
    page = read("/en/entities/?kind=place&letter=S")
    switch = page.select_one('.languages a[lang="zh-Hans"]')
    assert switch["href"] == "/zh-hans/entities/?kind=place"
    assert page.select("link[hreflang]") == []
    assert page.select_one("link[rel=canonical]")["href"].endswith("/en/entities/?letter=S")


@pytest.mark.parametrize("number", [1, 4])
def test_costs_the_same_for_any_number_of_stories(client, number, django_assert_max_num_queries):
    city = place("zhanjiang")
    for n in range(number):
        article = make_article(f"Story {n}", day=date(2000 + n, 1, 2))
        tag(article, city)
        tag(article, make_entity(f"city-{n}", f"City {n}", ""))
    # The site's frame is read once a process.
    client.get("/en/entities/zhanjiang/")
    with django_assert_max_num_queries(13):
        client.get("/en/entities/zhanjiang/")


def test_chinese_years_are_years_and_no_numbers(read):
    for year in (2013, 2015):
        tag(make_article(f"Of {year}", day=date(year, 5, 6)), place("zhanjiang"))
    page = read("/zh-hans/entities/zhanjiang/")
    assert [heading.text for heading in page.select(".story-year")] == ["2015年", "2013年"]
    assert page.select_one(".entity-years a[href*='2015']").text.startswith("2015年")
