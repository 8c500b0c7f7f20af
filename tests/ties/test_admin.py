"""The list of ties and its form, over HTTP, as someone who keeps names and ties."""

import csv
import io

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from archive.models import Tie
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_entity, make_names_editor, make_tie

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_archive_tie:list"
ADD = "wagtailsnippets_archive_tie:add"


@pytest.fixture
def editor(client):
    user = make_names_editor()
    client.force_login(user)
    return user


@pytest.fixture
def places():
    return (
        make_entity(),
        make_entity("atlantic-city", "Atlantic City", "大西洋城", country="US"),
    )


def form(one, two, **values):
    evidence = {
        "TOTAL_FORMS": "1",
        "INITIAL_FORMS": "0",
        "MIN_NUM_FORMS": "0",
        "MAX_NUM_FORMS": "1000",
        f"0-{column('sentence', ENGLISH)}": "The cities signed.",
        f"0-{column('sentence', CHINESE)}": "两市签约。",
        "0-source_url": "https://example.org/tie",
    }
    return {
        "place_a": str(one.pk),
        "place_b": str(two.pk),
        "kind": "sister_city",
        "status": "unknown",
        **{f"evidence-{name}": value for name, value in evidence.items()},
        **values,
    }


def test_adds_a_tie_with_its_evidence_in_both_languages(client, editor, places):
    response = client.post(reverse(ADD), form(*places, since="2005-10"))
    assert response.status_code == 302
    evidence = Tie.objects.get().evidence.get()
    assert getattr(evidence, column("sentence", CHINESE)) == "两市签约。"


def test_a_second_tie_of_the_kind_is_refused_with_the_way_out(client, editor, places):
    make_tie(*places)
    response = client.post(reverse(ADD), form(*reversed(places)))
    assert "open that one and add your evidence there" in response.content.decode()
    assert Tie.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "complaint"),
    [("en", "be tied to itself: choose another"), ("zh-hans", "同一个地点")],
)
def test_a_tie_to_itself_is_refused_in_the_editors_language(
    client, editor, places, language, complaint
):
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = language
    profile.save()
    response = client.post(reverse(ADD), form(places[0], places[0]))
    assert complaint in response.content.decode()


def test_only_places_can_be_tied(client, editor, places):
    person = make_entity("chen-lanbin", "Chen Lanbin", "陈兰彬", kind="person")
    response = client.post(reverse(ADD), form(places[0], person))
    assert "place_b" in response.context["form"].errors


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", {"sister_city", "trade"}),
        ("kind=trade", {"trade"}),
        ("status=planned", {"trade"}),
        ("q=西雅图", {"trade"}),
        ("q=atlantic", {"sister_city"}),
        ("q=nowhere", set()),
    ],
)
def test_list_can_be_searched_and_narrowed(client, editor, places, query, kinds):
    seattle = make_entity("seattle", "Seattle", "西雅图", country="US")
    make_tie(*places)
    make_tie(places[0], seattle, "trade", status="planned")
    response = client.get(f"{reverse(LIST)}?{query}")
    assert {tie.kind for tie in response.context["object_list"]} == kinds


def test_list_names_both_places(client, editor, places):
    make_tie(*places, since="2005")
    text = client.get(reverse(LIST)).content.decode()
    for shown in ("Atlantic City ↔ Zhanjiang", "Sister cities", "2005", "Not known"):
        assert shown in text


@pytest.mark.parametrize("number", [1, 6])
def test_list_costs_the_same_for_any_number_of_ties(
    client, editor, places, number, django_assert_max_num_queries
):
    for n in range(number):
        make_tie(places[0], make_entity(f"city-{n}", f"City {n}", f"城{n}"))
    client.get(reverse(LIST))
    with django_assert_max_num_queries(20):
        client.get(reverse(LIST))


def test_exports_what_the_loader_reads(client, editor, places):
    make_tie(*places, since="2005-10")
    response = client.get(f"{reverse(LIST)}?export=csv")
    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert (row["from_key"], row["to_key"]) == ("atlantic-city", "zhanjiang")
    assert (row["kind"], row["since"]) == ("sister_city", "2005-10")


def test_a_tie_without_evidence_is_refused(client, editor, places):
    form = {"place_a": places[0].pk, "place_b": places[1].pk, "kind": "visit", "status": "unknown"}
    counts = {f"evidence-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    client.post(reverse(ADD), {**form, **counts})
    assert not Tie.objects.exists()
