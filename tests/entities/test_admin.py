"""The list of names, its form and its choosers, over HTTP, as someone who keeps names."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from archive.entities.panels import uses_of
from archive.models import Entity, Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import block, make_article, make_entity, make_names_editor, make_user, tag

pytestmark = pytest.mark.django_db


LIST = "wagtailsnippets_archive_entity:list"


CHOOSER = "wagtailsnippetchoosers_archive_entity"


PLACES = "archive_place_chooser"


@pytest.fixture
def editor(client):
    user = make_names_editor()
    client.force_login(user)
    return user


def speak(user, language):
    """The user's own choice of the admin's language."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


def form(**values):
    """The form's fields, without other names or offices."""
    management = {
        f"{formset}-{name}": value
        for formset in ("names", "offices")
        for name, value in (
            ("TOTAL_FORMS", "0"),
            ("INITIAL_FORMS", "0"),
            ("MIN_NUM_FORMS", "0"),
            ("MAX_NUM_FORMS", "1000"),
        )
    }
    names = {column("name", ENGLISH): "Zhanjiang", column("name", CHINESE): "湛江"}
    return {**management, **names, "kind": "place", "place_type": "city", **values}


def test_names_and_ties_have_a_menu_of_their_own(client, editor):
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Names and ties" in page
    assert reverse(LIST) in page


def test_the_list_answers_yes_and_no_in_its_readers_language(client, editor):
    make_entity(verified=True)
    speak(editor, CHINESE)
    page = client.get(reverse(LIST)).content.decode()
    assert re.search(r">\s*(True|False)\s*<", page) is None
    assert re.search(r">\s*是\s*<", page)


def test_list_shows_both_languages_kind_country_aliases_and_usage(client, editor):
    zhanjiang = make_entity(aliases={"广州湾": CHINESE})
    tag(make_article(), zhanjiang)
    text = client.get(reverse(LIST)).content.decode()
    for shown in ("Zhanjiang", "湛江", "Place", "China", "广州湾"):
        assert shown in text
    usage = reverse("wagtailsnippets_archive_entity:usage", args=[zhanjiang.pk])
    assert re.search(rf'href="{usage}"[^>]*>\s*1\s*<', text)


def test_list_in_chinese_leads_with_the_chinese_name(client, editor):
    make_entity()
    speak(editor, "zh-hans")
    text = client.get(reverse(LIST)).content.decode()
    assert text.index("湛江") < text.index("Zhanjiang")
    assert "中国" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=湛江", ["Zhanjiang"]),
        ("q=广州湾", ["Zhanjiang"]),
        ("q=atlan", ["Atlantic City"]),
        ("kind=person", ["Chen Lanbin"]),
        ("country=US", ["Atlantic City"]),
        ("untranslated=yes", ["Chen Lanbin"]),
        ("", ["Atlantic City", "Chen Lanbin", "Zhanjiang"]),
    ],
)
def test_list_can_be_searched_and_narrowed(client, editor, query, found):
    make_entity(aliases={"广州湾": CHINESE})
    make_entity("atlantic-city", "Atlantic City", "大西洋城", country="US")
    make_entity("chen-lanbin", "Chen Lanbin", "", kind="person")
    response = client.get(f"{reverse(LIST)}?{query}")
    assert [str(entity) for entity in response.context["object_list"]] == found


@pytest.mark.parametrize("number", [1, 6])
def test_list_costs_the_same_for_any_number_of_names(
    client, editor, number, django_assert_max_num_queries
):
    for n in range(number):
        make_entity(f"city-{n}", f"City {n}", f"城{n}", aliases={f"城市{n}": CHINESE})
    client.get(reverse(LIST))
    with django_assert_max_num_queries(20):
        client.get(reverse(LIST))


def test_exports_what_the_loader_reads(client, editor):
    make_entity(aliases={"广州湾": CHINESE, "Fort Bayard": ENGLISH}, latitude=21.2, longitude=110.4)
    response = client.get(f"{reverse(LIST)}?export=csv")
    text = b"".join(response.streaming_content).decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["key"], row["name_en"], row["name_zh"]) == ("zhanjiang", "Zhanjiang", "湛江")
    assert (row["aliases_en"], row["aliases_zh"]) == ("Fort Bayard", "广州湾")
    assert (row["kind"], row["place_type"], row["lat"]) == ("place", "city", "21.2")


def test_adds_a_name_with_aliases(client, editor):
    aliases = {
        "names-TOTAL_FORMS": "1",
        "names-0-text": "广州湾",
        "names-0-language": CHINESE,
        "names-0-kind": "former",
    }
    response = client.post(reverse("wagtailsnippets_archive_entity:add"), form(**aliases))
    assert response.status_code == 302
    entity = Entity.objects.get(key="zhanjiang")
    assert [(name.text, name.kind) for name in entity.names.all()] == [("广州湾", "former")]


def test_form_shows_both_languages_side_by_side(client, editor):
    text = client.get(reverse("wagtailsnippets_archive_entity:add")).content.decode()
    for field in ("name", "description", "region"):
        for language in (ENGLISH, CHINESE):
            assert f'name="{column(field, language)}"' in text
    assert "中文" in text


def test_records_an_office(client, editor):
    zhanjiang = make_entity()
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    office = {
        "offices-TOTAL_FORMS": "1",
        f"offices-0-{column('title', ENGLISH)}": "Party chief",
        "offices-0-place": str(zhanjiang.pk),
        "offices-0-as_of": "2015-09-22",
    }
    url = reverse("wagtailsnippets_archive_entity:edit", args=[person.pk])
    values = {column("name", ENGLISH): "Liu Xiaohua", "kind": "person", "place_type": ""}
    assert client.post(url, form(**values, **office)).status_code == 302
    assert str(Office.objects.get(person=person)) == "Party chief of Zhanjiang"


def test_a_key_that_is_in_use_stays(client, editor):
    entity = make_entity()
    url = reverse("wagtailsnippets_archive_entity:edit", args=[entity.pk])
    client.post(url, form(key="another", **{column("name", ENGLISH): "Zhanjiang City"}))
    entity.refresh_from_db()
    assert (entity.key, entity.name_in(ENGLISH)) == ("zhanjiang", "Zhanjiang City")


@pytest.mark.parametrize(
    ("language", "values", "complaint"),
    [
        ("en", {column("name", ENGLISH): "", column("name", CHINESE): ""}, "at least one language"),
        ("en", {"place_type": ""}, "Say what type of place this is"),
        ("en", {"latitude": "21"}, "both latitude and longitude"),
        ("en", {"country": "XX"}, "“XX” is not a country code"),
        (
            "zh-hans",
            {column("name", ENGLISH): "", column("name", CHINESE): ""},
            "请至少填写一种语言的名称",
        ),
        ("zh-hans", {"place_type": ""}, "请选择地点类型"),
        ("zh-hans", {"latitude": "21"}, "纬度和经度须"),
        ("zh-hans", {"country": "XX"}, "“XX”不是"),
    ],
)
def test_complains_in_the_editors_language_and_keeps_what_was_typed(
    client, editor, language, values, complaint
):
    speak(editor, language)
    typed = {column("description", ENGLISH): "A port.", **values}
    response = client.post(reverse("wagtailsnippets_archive_entity:add"), form(**typed))
    assert not Entity.objects.exists()
    text = response.content.decode()
    assert complaint in text
    assert "A port." in text


def test_two_aliases_alike_are_refused(client, editor):
    alias = {
        f"names-{n}-{field}": value
        for n in (0, 1)
        for field, value in (("text", "广州湾"), ("language", CHINESE), ("kind", "alias"))
    }
    response = client.post(
        reverse("wagtailsnippets_archive_entity:add"), form(**{"names-TOTAL_FORMS": "2"}, **alias)
    )
    assert response.status_code == 200
    assert not Entity.objects.exists()


def test_a_name_that_stories_are_tagged_with_cannot_be_deleted(client, editor):
    entity = make_entity()
    tag(make_article(), entity)
    client.post(reverse("wagtailsnippets_archive_entity:delete", args=[entity.pk]))
    assert Entity.objects.filter(pk=entity.pk).exists()


def test_someone_without_permission_sees_no_names(client):
    client.force_login(make_user("stranger"))
    assert client.get(reverse(LIST)).status_code == 302


@pytest.mark.parametrize("step", ["choose", "choose_results"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=湛江", ["Port of Zhanjiang", "Zhanjiang"]),
        ("q=广州湾", ["Zhanjiang"]),
        ("q=LANBIN", ["Chen Lanbin"]),
        ("kind=person", ["Chen Lanbin"]),
        ("kind=person&q=湛江", []),
        ("", ["Chen Lanbin", "Port of Zhanjiang", "Zhanjiang"]),
    ],
)
def test_chooser_finds_by_any_name(client, editor, step, query, found):
    make_entity(aliases={"广州湾": CHINESE})
    make_entity("port-of-zhanjiang", "Port of Zhanjiang", "湛江港", place_type="port")
    make_entity("chen-lanbin", "Chen Lanbin", "陈兰彬", kind="person")
    response = client.get(f"{reverse(f'{CHOOSER}:{step}')}?{query}")
    assert [str(entity) for entity in response.context["results"]] == found


def test_chooser_shows_both_languages(client, editor):
    make_entity(aliases={"广州湾": CHINESE})
    text = client.get(reverse(f"{CHOOSER}:choose_results")).content.decode()
    for shown in ("Zhanjiang", "湛江", "广州湾", "China"):
        assert shown in text


def test_place_chooser_offers_places_only(client, editor):
    make_entity()
    make_entity("chen-lanbin", "Chen Lanbin", "陈兰彬", kind="person")
    response = client.get(reverse(f"{PLACES}:choose"))
    assert [entity.key for entity in response.context["results"]] == ["zhanjiang"]


def test_chosen_name_tells_the_text_editor_both_languages(client, editor):
    entity = make_entity()
    result = client.get(reverse(f"{CHOOSER}:chosen", args=[entity.pk])).json()["result"]
    assert result["names"] == {"en": "Zhanjiang", "zh-hans": "湛江"}
    assert (result["id"], result["title"]) == (str(entity.pk), "Zhanjiang")


def test_chooser_offers_to_remove_the_mark_only_on_a_mention(client, editor):
    url = reverse(f"{CHOOSER}:choose")
    assert "data-mention-remove" not in client.get(url).json()["html"]
    assert "data-mention-remove" in client.get(f"{url}?mention=1").json()["html"]


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


@pytest.mark.parametrize("kind", ["wagtailsnippetchoosers_archive_entity", "archive_place_chooser"])
def test_a_chosen_name_is_shown_by_choosers_of_snippets_and_of_others(
    kind: str, client: Client
) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    response = client.get(reverse(f"{kind}:chosen", args=[make_entity().pk]))
    result = json.loads(response.content)["result"]
    assert result["string"] == result["title"] == "Zhanjiang"
