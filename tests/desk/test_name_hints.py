"""The names beside a segment: what to write for each at this place in this story."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from archive.desk.editor.hints import NamedInSource, forms_for, names_section
from archive.desk.segments import rows
from archive.entities.glossary.termbase import forget_glossary, load_glossary
from archive.entities.glossary.terms import Form, Term
from archive.entities.models import EntityName, Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.entities.terms import BELT_AND_ROAD, LIU, PORT, PUCKETT, SISTER_CITY, ZHANJIANG
from tests.factories import (
    block,
    make_article,
    make_body,
    make_entity,
    make_names_editor,
    make_translator,
    translate,
)

DAY = date(2015, 9, 22)
PATTERNS = {CHINESE: {"person": "{name}（{original}）"}}


def named(found: str, term: Term, *, first: bool = True, short: bool = False) -> NamedInSource:
    return NamedInSource(found, short, (term,), first, False, False, ())


@pytest.mark.parametrize(
    ("one", "term", "kind", "language", "forms"),
    [
        (
            named("Charles Puckett", PUCKETT),
            PUCKETT,
            "paragraph",
            CHINESE,
            ["查尔斯·帕克特（Charles Puckett）", "查尔斯·帕克特"],
        ),
        (
            named("Puckett", PUCKETT, first=False, short=True),
            PUCKETT,
            "paragraph",
            CHINESE,
            ["帕克特", "查尔斯·帕克特"],
        ),
        (named("Charles Puckett", PUCKETT), PUCKETT, "headline", CHINESE, ["查尔斯·帕克特"]),
        (named("Liu Xiaohua", LIU), LIU, "paragraph", CHINESE, ["刘小华"]),
        (named("Liu", LIU, first=False, short=True), LIU, "paragraph", CHINESE, ["刘小华"]),
        (named("刘小华", LIU), LIU, "paragraph", ENGLISH, ["Liu Xiaohua"]),
        (named("刘小华", LIU, first=False), LIU, "item", ENGLISH, ["Liu", "Liu Xiaohua"]),
        (named("刘小华", LIU, first=False), LIU, "caption", ENGLISH, ["Liu Xiaohua"]),
        (
            named("友城", SISTER_CITY),
            SISTER_CITY,
            "paragraph",
            ENGLISH,
            ["sister city", "sister cities"],
        ),
        (
            named("一带一路", BELT_AND_ROAD),
            BELT_AND_ROAD,
            "paragraph",
            ENGLISH,
            ["Belt and Road Initiative", "BRI"],
        ),
        (named("Port of Long Beach", PORT), PORT, "paragraph", CHINESE, ["长滩港"]),
        (
            named("Zhanjiang", ZHANJIANG),
            ZHANJIANG,
            "paragraph",
            CHINESE,
            ["湛江", "湛江市", "广州湾"],
        ),
    ],
)
def test_the_form_that_the_place_asks_for_comes_first(one, term, kind, language, forms):
    assert forms_for(one, term, kind, language, DAY, PATTERNS) == forms


def test_a_house_may_want_places_with_their_own_names_too():
    patterns = {CHINESE: {"place": "{name}（{original}）"}}
    (first, *_others) = forms_for(
        named("Long Beach", PORT), PORT, "paragraph", CHINESE, DAY, patterns
    )
    assert first == "长滩港（Port of Long Beach）"


def test_a_name_that_was_not_in_use_on_the_day_is_not_offered():
    term = Term(
        1,
        "zhanjiang",
        "place",
        (Form("湛江", CHINESE), Form("西营", CHINESE, "alias", False, "", "1945")),
    )
    assert forms_for(named("Zhanjiang", term), term, "paragraph", CHINESE, DAY, {}) == ["湛江"]


def place_of(translation, words):
    (found,) = [row for row in rows(translation) if words in row.source.text]
    return found


def shown(translation, words, user):
    context = names_section(translation, place_of(translation, words), user)
    return [
        (one.named.found, meaning.forms)
        for one in context.get("names", [])
        for meaning in one.meanings
    ]


@pytest.fixture
def names(db):
    """The people and the place of the seed story; Liu has an office."""
    zhanjiang = make_entity(aliases={"湛江市": CHINESE})
    EntityName.objects.create(entity=zhanjiang, text="堪江", language=CHINESE, forbidden=True)
    liu = make_entity("liu", "Liu Xiaohua", "刘小华", kind="person")
    Office.objects.create(
        person=liu,
        place=zhanjiang,
        as_of="2015-09-22",
        **{column("title", ENGLISH): "Party chief", column("title", CHINESE): "市委书记"},
    )
    puckett = make_entity("puckett", "Charles Puckett", "查尔斯·帕克特", kind="person")
    return {"zhanjiang": zhanjiang, "liu": liu, "puckett": puckett}


def draft_of(article, **texts):
    return translate(article, publish=False, **texts).get_latest_revision_as_object()


def make_story(*paragraphs):
    return draft_of(make_article("Zhanjiang looks west", body=make_body(*paragraphs)))


def test_each_mention_is_advised_by_its_place_in_the_story(names):
    translation = make_story(
        "Liu Xiaohua met Charles Puckett.", "In Zhanjiang Liu spoke with Puckett."
    )
    user = make_translator()
    assert shown(translation, "looks west", user) == [("Zhanjiang", ["湛江", "湛江市"])]
    assert shown(translation, "met", user) == [
        ("Liu Xiaohua", ["刘小华"]),
        ("Charles Puckett", ["查尔斯·帕克特（Charles Puckett）", "查尔斯·帕克特"]),
    ]
    assert shown(translation, "spoke", user) == [
        ("Zhanjiang", ["湛江", "湛江市"]),
        ("Liu", ["刘小华"]),
        ("Puckett", ["帕克特", "查尔斯·帕克特"]),
    ]


def test_a_name_that_was_left_in_the_sources_language_is_missing(names):
    article = make_article("Zhanjiang looks west", body=make_body("Zhanjiang has a port."))
    [paragraph] = article.body_en.raw_data
    for text, is_there in (("<p>Zhanjiang 有港口。</p>", False), ("<p>湛江有港口。</p>", True)):
        translation = draft_of(article, **{paragraph["id"]: text})
        context = names_section(
            translation, place_of(translation, "port"), make_translator("u" + str(is_there))
        )
        assert [one.named.in_target for one in context["names"]] == [is_there]


def test_the_keyboard_finds_the_first_form_of_each_name(names):
    translation = make_story("Liu Xiaohua met Charles Puckett.")
    context = names_section(translation, place_of(translation, "met"), make_translator())
    html = render_to_string("archive/admin/sidebar/names.html", context)
    assert re.findall(r'data-insert="([^"]*)" data-first', html) == [
        "刘小华",
        "查尔斯·帕克特（Charles Puckett）",
    ]


def test_the_fragment_shows_office_warnings_and_what_is_there(names):
    key = "00000000-0000-4000-8000-00000000aaaa"
    body = [block("paragraph", "<p>Liu Xiaohua came to Zhanjiang.</p>", key)]
    article = make_article("A visit", body=body)
    translation = draft_of(article, **{key: "<p>刘小华到访。</p>"})
    row = place_of(translation, "came")
    context = names_section(translation, row, make_translator())
    html = render_to_string("archive/admin/sidebar/names.html", context)
    assert 'data-insert="湛江市委书记"' in html
    assert 'data-insert="湛江"' in html
    assert "堪江" in html
    assert html.count("✓") == 1
    assert context["names"][0].named.in_target
    assert not context["names"][1].named.in_target


def test_what_the_translation_says_elsewhere_is_shown(names):
    keys = [f"00000000-0000-4000-8000-00000000000{n}" for n in "ab"]
    body = [block("paragraph", f"<p>Zhanjiang {n}.</p>", key) for n, key in enumerate(keys)]
    article = make_article("A visit", body=body)
    translation = draft_of(article, **{keys[0]: "<p>湛江市甲。</p>"})
    (one,) = names_section(translation, place_of(translation, "Zhanjiang 1"), make_translator())[
        "names"
    ]
    assert one.named.used == ("湛江市",)


def test_a_link_in_the_source_names_what_the_words_do_not(names):
    pk = names["puckett"].pk
    translation = make_story(f'<a linktype="entity" id="{pk}">The mayor</a> spoke.')
    (one,) = names_section(translation, place_of(translation, "spoke"), make_translator())["names"]
    assert one.meanings[0].mention == pk
    assert one.meanings[0].term.entity_id == pk


def test_a_link_tells_which_of_two_is_meant(names):
    ids = [make_entity(f"portland-{n}", "Portland", f"波特兰{n}").pk for n in (1, 2)]
    translation = make_story(
        "To Portland.", f'From <a linktype="entity" id="{ids[1]}">Portland</a>.'
    )
    user = make_translator()
    assert shown(translation, "From", user) == [("Portland", ["波特兰2"])]
    assert shown(translation, "To", user) == [("Portland", ["波特兰2"])]


def test_without_a_form_in_the_language_the_way_to_add_one_is_shown(names):
    make_entity("seattle", "Seattle", "")
    translation = make_story("To Seattle.")
    row = place_of(translation, "Seattle")
    texts = [
        render_to_string("archive/admin/sidebar/names.html", names_section(translation, row, user))
        for user in (make_translator(), make_names_editor())
    ]
    assert ["/edit/" in text for text in texts] == [False, True]
    assert all("No form in the target language" in text for text in texts)


def test_nothing_is_shown_where_no_name_is(names):
    translation = make_story("Nobody came.")
    assert names_section(translation, place_of(translation, "Nobody"), make_translator()) == {}


@pytest.mark.parametrize("paragraphs", [1, 12])
def test_the_queries_do_not_grow_with_the_story(names, paragraphs, django_assert_max_num_queries):
    translation = make_story(*["Liu Xiaohua met Charles Puckett in Zhanjiang."] * paragraphs)
    row = rows(translation)[-1]
    user = make_translator()
    assert user.has_perms([]) is True
    load_glossary()
    with django_assert_max_num_queries(6):
        names_section(translation, row, user)
    forget_glossary()
    with django_assert_max_num_queries(8):
        names_section(translation, row, user)
