"""The names beside a segment: what to write for each at this place in this story."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.urls import reverse

from archive.desk.editor.hints import NamedInSource, forms_for, names_section
from archive.desk.findings import findings_section, story_of
from archive.desk.segments import rows
from archive.entities.glossary.termbase import forget_glossary, load_glossary, load_termbase
from archive.entities.glossary.terms import Form, Term
from archive.entities.merging.actions import merge_entities
from archive.entities.models import EntityName, Office
from archive.models import GlossaryTerm, Translation
from archive.qa.runner import check_story
from archive.text.language import CHINESE, ENGLISH, column
from tests.entities.terms import BELT_AND_ROAD, LIU, PORT, PUCKETT, SISTER_CITY, ZHANJIANG
from tests.factories import (
    block,
    make_article,
    make_body,
    make_entity,
    make_names_editor,
    make_term,
    make_translator,
    translate,
)

DAY = date(2015, 9, 22)


PATTERNS = {CHINESE: {"person": "{name}（{original}）"}}


def named(found: str, term: Term, *, first: bool = True, short: bool = False) -> NamedInSource:
    return NamedInSource(found, short, (term,), first, False, (), [0])


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


def test_a_form_within_a_longer_word_says_nothing_of_a_name(names):
    make_entity("changjiang", "Yangtze River", "扬子江", aliases={"长江": "zh-hans"})
    keys = [f"00000000-0000-4000-8000-00000000000{n}" for n in "ab"]
    body = [block("paragraph", f"<p>The Yangtze River {n}.</p>", key) for n, key in enumerate(keys)]
    translation = draft_of(make_article("A visit", body=body), **{keys[0]: "<p>长江大桥。</p>"})
    place = place_of(translation, "River 1")
    (one,) = names_section(translation, place, make_translator())["names"]
    assert one.named.used == ()


def test_a_longer_name_elsewhere_or_what_is_left_out_says_nothing_of_a_name(names):
    make_entity("hospital", "First Hospital", "湛江市第一医院")
    keys = [f"00000000-0000-4000-8000-00000000000{n}" for n in "abc"]
    body = [block("paragraph", f"<p>Zhanjiang {n}.</p>", key) for n, key in enumerate(keys)]
    texts = {keys[0]: "<p>湛江市第一医院甲。</p>", keys[2]: "<p>湛江市乙。</p>"}
    translation = draft_of(make_article("A visit", body=body), **texts)
    for segment in translation.segments.all():
        segment.left_out = segment.key == keys[2]
    place = place_of(translation, "Zhanjiang 1")
    (one,) = names_section(translation, place, make_translator())["names"]
    assert one.named.used == ()


def test_a_link_in_the_source_names_what_the_words_do_not(names):
    pk = names["puckett"].pk
    translation = make_story(f'<a linktype="entity" id="{pk}">The mayor</a> spoke.')
    (one,) = names_section(translation, place_of(translation, "spoke"), make_translator())["names"]
    assert one.meanings[0].mention == pk
    assert one.meanings[0].term.entity_id == pk


def test_a_link_to_a_merged_name_goes_in_as_it_stands_in_the_source(names):
    merged = make_entity("tsamkong", "Tsamkong", "湛江埠")
    translation = make_story(f'<a linktype="entity" id="{merged.pk}">Tsamkong</a> spoke.')
    merge_entities(names["zhanjiang"], [merged], user=make_names_editor())
    (one,) = names_section(translation, place_of(translation, "spoke"), make_translator())["names"]
    assert one.meanings[0].term.entity_id == names["zhanjiang"].pk
    assert one.meanings[0].mention == merged.pk


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


KEY = "00000000-0000-4000-8000-00000000aaaa"


def make_translation(source: str, target: str = "") -> Translation:
    article = make_article("A visit", body=[block("paragraph", f"<p>{source}</p>", KEY)])
    return translate(article, publish=False, **{KEY: f"<p>{target}</p>"})


def row_of(translation: Translation) -> Any:
    draft = translation.get_latest_revision_as_object()
    return draft, next(row for row in rows(draft) if row.source.key == KEY)


@pytest.fixture
def translator(db):
    user = make_translator("li")
    user.user_permissions.add(Permission.objects.get(codename="add_glossaryterm"))
    return user


@pytest.mark.django_db
def test_the_sidebar_says_what_to_write_and_what_it_means(translator) -> None:
    make_term(
        definition_zh_hans="人所占用的土地。",
        variants_zh_hans="生态印迹",
        forbidden_zh_hans="生态脚印",
        note="As the UN has it.",
    )
    draft, row = row_of(make_translation("Their ecological footprints grew.", "生态足迹增大。"))
    context = names_section(draft, row, translator)
    (one,) = context["terms"]
    assert (one.found, one.forms, one.in_target) == (
        "ecological footprints",
        ["生态足迹", "生态印迹"],
        True,
    )
    html = render_to_string("archive/admin/sidebar/names.html", context)
    assert re.findall(r'data-insert="([^"]*)" data-first data-definition="([^"]*)"', html) == [
        ("生态足迹", "人所占用的土地。")
    ]
    assert "As the UN has it." in html
    assert '<s lang="zh-hans">生态脚印</s>' in html
    # Who may change terms is led to the form.
    assert "/edit/" not in html
    assert "<h4>Names</h4>" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("target", "is_there"),
    [("生态脚印增大。", False), ("生态足迹增大。", True), ("生态脚印，即生态足迹。", True)],
)
def test_a_forbidden_form_alone_is_not_the_term_in_the_translation(
    translator, target: str, is_there: bool
) -> None:
    make_term(forbidden_zh_hans="生态脚印")
    draft, row = row_of(make_translation("An ecological footprint.", target))
    (one,) = names_section(draft, row, translator)["terms"]
    assert one.in_target == is_there


@pytest.mark.django_db
@pytest.mark.parametrize(("target", "is_there"), [("抵达湛江港。", False), ("抵达湛江。", True)])
def test_nor_is_a_forbidden_form_of_a_name(translator, target: str, is_there: bool) -> None:
    EntityName.objects.create(
        entity=make_entity(), language="zh-hans", text="湛江港", kind="alias", forbidden=True
    )
    draft, row = row_of(make_translation("They reached Zhanjiang.", target))
    (one,) = names_section(draft, row, translator)["names"]
    assert one.named.in_target == is_there


@pytest.mark.django_db
def test_a_definition_in_the_other_language_is_better_than_none(translator) -> None:
    make_term(definition_en="Land that one uses.")
    draft, row = row_of(make_translation("An ecological footprint."))
    (one,) = names_section(draft, row, translator)["terms"]
    assert (one.definition, one.definition_language) == ("Land that one uses.", "en")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 6])
def test_terms_cost_one_query_however_many(translator, number, django_assert_num_queries) -> None:
    for n in range(number):
        make_term(f"term {'abcdef'[n]}", f"词语{n}")
    words = ", ".join(f"term {letter}" for letter in "abcdef"[:number])
    draft, row = row_of(make_translation(f"Of {words}."))
    load_termbase()
    translator.has_perm("archive.change_entity")
    with django_assert_num_queries(2):
        assert len(names_section(draft, row, translator)["terms"]) == number


@pytest.mark.django_db
def test_the_findings_of_a_segment_cost_no_query_more_for_terms(
    translator, django_assert_num_queries
) -> None:
    draft, row = row_of(make_translation("An ecological footprint in Zhanjiang.", "足迹。"))
    make_entity()
    load_termbase()
    with django_assert_num_queries(2):
        names_alone = findings_section(draft, row, translator)["open"]
    make_term()
    load_termbase()
    with django_assert_num_queries(2):
        found = findings_section(draft, row, translator)["open"]
    ids = [[one.first.finding.check_id for one in each] for each in (names_alone, found)]
    assert set(ids[1]) - set(ids[0]) == {"term-missing"}


@pytest.mark.django_db
def test_a_forbidden_form_keeps_a_translation_from_publication() -> None:
    make_term(forbidden_zh_hans="生态脚印")
    draft, _row = row_of(make_translation("An ecological footprint.", "生态脚印。"))
    errors = [one for one in check_story(story_of(draft)) if one.severity == "error"]
    assert [(one.check_id, one.message) for one in errors] == [
        ("term-forbidden", "“生态脚印” is forbidden: write 生态足迹.")
    ]


def post(client, translation: Translation, **values: str) -> Any:
    url = reverse("archive_translation:add_term", args=[translation.pk])
    data = {"term_en": "sister city", "term_zh_hans": "友好城市", "part_of_speech": "noun"}
    return client.post(url, {**data, **values}, headers={"X-Requested-With": "XMLHttpRequest"})


@pytest.mark.django_db
def test_a_translator_adds_a_term_and_it_is_checked_at_once(client, translator) -> None:
    translation = make_translation("They are sister cities.", "他们是朋友。")
    client.force_login(translator)
    answer = post(client, translation, definition_zh_hans="结好的城市。")
    assert answer.json() == {"message": "Added to the glossary: sister city · 友好城市"}
    term = GlossaryTerm.objects.get()
    assert (term.author, term.definition_zh_hans) == (translator, "结好的城市。")
    draft, _row = row_of(translation)
    assert "term-missing" in {one.check_id for one in check_story(story_of(draft))}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"term_zh_hans": " "}, "Give the term in both languages."),
        ({"forbidden_zh_hans": "友好城市"}, "is also listed as allowed"),
        ({"part_of_speech": "name"}, "not one of the available choices"),
        ({"term_en": "x" * 201}, "at most 200 characters"),
        ({"note": "\x00", "term_en": "a\x00b"}, "Null characters"),
    ],
)
def test_what_is_no_term_is_refused_with_the_reason(client, translator, values, message) -> None:
    client.force_login(translator)
    answer = post(client, make_translation("They met."), **values)
    assert answer.status_code == 400
    assert message in answer.json()["error"]
    assert not GlossaryTerm.objects.exists()


@pytest.mark.django_db
def test_a_term_is_not_added_twice(client, translator) -> None:
    make_term("Sister city", "友好城市")
    client.force_login(translator)
    answer = post(client, make_translation("They met."))
    assert answer.json() == {"error": "This term is in the list already."}


@pytest.mark.django_db
def test_it_takes_the_right_to_add_terms_and_to_the_translation(client, translator) -> None:
    translation = make_translation("They met.")
    client.force_login(make_translator("wang"))
    assert post(client, translation).status_code == 403
    other = make_translator("zhao", languages=("en",))
    other.user_permissions.add(Permission.objects.get(codename="add_glossaryterm"))
    client.force_login(other)
    assert post(client, translation).status_code == 403
    assert not GlossaryTerm.objects.exists()
