"""The public pages of entities, and the index of their names, in both languages."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from archive.models import EntityName, Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_article, make_entity, make_home, make_tie, tag, translate

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("language", [ENGLISH, CHINESE])


@pytest.fixture(autouse=True)
def home():
    return make_home()


@pytest.fixture
def read(client):
    """The text of an address below the language's prefix."""

    def get(language: str, path: str) -> str:
        response = client.get(f"/{language}/{path}")
        assert response.status_code == 200
        return response.content.decode()

    return get


def zhanjiang(**fields):
    return make_entity(
        aliases={"Fort Bayard": ENGLISH, "广州湾": CHINESE},
        **{
            column("description", ENGLISH): "A port in the south of Guangdong.",
            column("description", CHINESE): "广东南部的港口城市。",
            column("region", ENGLISH): "Guangdong",
            column("region", CHINESE): "广东省",
            **fields,
        },
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["<h1>Zhanjiang ", "A port in the south", "Guangdong", "China", "City"]),
        ("zh-hans", ["<h1>湛江 ", "广东南部的港口城市。", "广东省", "中国", "城市"]),
    ],
)
def test_entity_page_tells_what_it_is_in_the_readers_language(read, language, words):
    zhanjiang()
    text = read(language, "entities/zhanjiang/")
    for word in [*words, "Zhanjiang", "湛江", "Fort Bayard", "广州湾"]:
        assert word in text


@BOTH
def test_entity_page_hides_forms_that_must_not_be_used(read, language):
    EntityName.objects.create(
        entity=zhanjiang(), text="Tsankiang", language=ENGLISH, forbidden=True
    )
    assert "Tsankiang" not in read(language, "entities/zhanjiang/")


@pytest.mark.parametrize(("source", "shown"), [("geonames", True), ("natural_earth", False)])
@pytest.mark.parametrize("path", ["entities/", "entities/zhanjiang/"])
@BOTH
def test_credits_geonames_where_its_data_are_shown(read, language, path, source, shown):
    zhanjiang(coordinates_source=source)
    text = read(language, path)
    assert ("https://www.geonames.org/" in text) == shown
    assert ("CC BY 4.0" in text) == shown


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Party chief of Zhanjiang", "as of 22 September 2015"]),
        ("zh-hans", ["湛江市委书记", "2015年9月22日"]),
    ],
)
def test_a_persons_page_lists_dated_offices(read, language, words):
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    titles = {column("title", ENGLISH): "Party chief", column("title", CHINESE): "市委书记"}
    Office.objects.create(person=person, place=zhanjiang(), as_of="2015-09-22", **titles)
    text = read(language, "entities/liu-xiaohua/")
    for word in words:
        assert word in text


@pytest.mark.parametrize(("language", "name"), [("en", "Atlantic City"), ("zh-hans", "大西洋城")])
def test_a_places_page_names_its_partners_and_leads_to_their_ties(read, language, name):
    other = make_entity("atlantic-city", "Atlantic City", "大西洋城", country="US")
    make_tie(zhanjiang(), other, since="2005-10", sentence="The two signed.")
    text = read(language, "entities/zhanjiang/")
    assert f'<a href="/{language}/ties/atlantic-city/zhanjiang/">{name}</a>' in text
    assert f'href="/{language}/cities/zhanjiang/"' in text
    assert "The two signed." not in text


def test_lists_stories_newest_first_and_says_how_they_are_tagged(client):
    entity = zhanjiang()
    tag(make_article("Old news", day=date(2014, 1, 2)), entity, "mentioned")
    tag(make_article("New news", day=date(2016, 1, 2)), entity, "about")
    tag(make_article("Unpublished", live=False), entity)
    make_article("About something else")
    response = client.get("/en/entities/zhanjiang/")
    stories = [(story.headline, story.tag_role) for story in response.context["stories"]]
    assert stories == [("New news", "about"), ("Old news", "mentioned")]
    text = response.content.decode()
    assert "About Zhanjiang" in text
    assert "Mentions Zhanjiang" in text


@pytest.mark.parametrize(("role", "headlines"), [("about", ["New"]), ("mentioned", ["Old"])])
def test_stories_can_be_narrowed_by_how_they_are_tagged(client, role, headlines):
    entity = zhanjiang()
    tag(make_article("Old", day=date(2014, 1, 2)), entity, "mentioned")
    tag(make_article("New", day=date(2016, 1, 2)), entity, "about")
    response = client.get(f"/en/entities/zhanjiang/?role={role}")
    assert [story.headline for story in response.context["stories"]] == headlines


def test_a_story_is_listed_in_the_readers_language_or_marked(read):
    entity = zhanjiang()
    both, english_only = make_article("In both"), make_article("In English")
    translate(both, headline="两种语言")
    for article in (both, english_only):
        tag(article, entity)
    text = read("zh-hans", "entities/zhanjiang/")
    assert "两种语言" in text.replace("<wbr>", "")
    assert "In both" not in text
    assert text.count('class="only"') == 1
    assert 'lang="en"' in text


@pytest.mark.exhaustive
def test_stories_come_twenty_a_page(client):
    entity = zhanjiang()
    for number in range(21):
        tag(make_article(f"Story {number}", day=date(2015, 1, 1 + number)), entity)
    first = client.get("/en/entities/zhanjiang/?role=about")
    [following] = BeautifulSoup(first.content, "html.parser").select("a[rel=next]")
    second = client.get(f"/en/entities/zhanjiang/{following['href']}")
    assert len(first.context["stories"]) == 20
    assert "?role=about&after=2015-01-02-" in following["href"]
    assert [story.headline for story in second.context["stories"]] == ["Story 0"]


@BOTH
@pytest.mark.parametrize(
    "path",
    [
        "entities/nobody/",
        "entities/zhanjiang/?role=invented",
        "entities/?kind=invented",
    ],
)
def test_what_does_not_exist_is_not_found(client, language, path):
    zhanjiang()
    assert client.get(f"/{language}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        ("en", [("A", ["atlantic-city"]), ("L", ["long-beach"]), ("Z", ["zhanjiang"])]),
        ("zh-hans", [("C", ["long-beach"]), ("D", ["atlantic-city"]), ("Z", ["zhanjiang"])]),
    ],
)
def test_index_lists_places_by_letter_or_pinyin(client, language, letters):
    zhanjiang()
    make_entity("long-beach", "Long Beach", "长滩", country="US")
    make_entity("atlantic-city", "Atlantic City", "大西洋城", country="US")
    make_entity("chen-lanbin", "Chen Lanbin", "陈兰彬", kind="person")
    response = client.get(f"/{language}/entities/")
    found = [(letter, [e.key for e in entries]) for letter, entries in response.context["letters"]]
    assert found == letters


@pytest.mark.parametrize(
    ("language", "kind"),
    [("en", "Person<small> (1)</small>"), ("zh-hans", "人物<small>（1）</small>")],
)
def test_index_leads_to_the_other_kinds(read, language, kind):
    make_entity("chen-lanbin", "Chen Lanbin", "陈兰彬", kind="person")
    assert f'<a href="?kind=person">{kind}</a>' in read(language, "entities/")
    assert 'href="/' + language + '/entities/chen-lanbin/"' in read(
        language, "entities/?kind=person"
    )


@BOTH
@pytest.mark.parametrize("path", ["entities/", "entities/zhanjiang/"])
def test_empty_lists_say_so(read, language, path):
    make_entity(kind="topic")
    assert 'class="nothing"' in read(language, path)


@BOTH
@pytest.mark.parametrize("number", [1, 5])
@pytest.mark.parametrize("path", ["entities/zhanjiang/", "entities/"])
def test_costs_the_same_for_any_number_of_rows(
    client, language, number, path, django_assert_max_num_queries
):
    city = zhanjiang(coordinates_source="geonames")
    for n in range(number):
        other = make_entity(f"city-{n}", f"City {n}", "" if n % 2 else f"城{n}")
        article = make_article(f"Story {n}")
        make_tie(city, other, article=article)
        tag(article, city)
    # The site's frame is read once a process.
    client.get(f"/{language}/{path}")
    with django_assert_max_num_queries(12):
        client.get(f"/{language}/{path}")


@BOTH
@pytest.mark.parametrize("number", [1, 5])
def test_a_persons_page_costs_the_same_for_any_number_of_offices(
    client, language, number, django_assert_max_num_queries
):
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    for n in range(number):
        place = make_entity(f"city-{n}", f"City {n}", f"城{n}")
        title = {column("title", ENGLISH): f"Mayor {n}"}
        Office.objects.create(person=person, place=place, since=str(1990 + n), **title)
    # The site's frame is read once a process.
    client.get(f"/{language}/entities/liu-xiaohua/")
    with django_assert_max_num_queries(10):
        response = client.get(f"/{language}/entities/liu-xiaohua/")
    assert len(BeautifulSoup(response.content, "html.parser").select("#offices ~ ul li")) == number
