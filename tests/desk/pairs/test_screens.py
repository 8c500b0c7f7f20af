"""The screens of pairs: their list, one pair, two texts."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from archive.desk.comments import add_comment
from archive.desk.pairs.actions import confirm_pair
from archive.models import ArticlePage, StoryPair, Translation
from archive.text.language import CHINESE
from tests.desk.helpers import Person
from tests.desk.pairs.stories import make_pair, make_two
from tests.desk.pairs.test_joining import publish
from tests.factories import make_editor, make_publication, make_translator
from tests.site.reading import address

pytestmark = pytest.mark.django_db
LIST = "archive_pairs:list"


def do(client: Client, verb: str, pair: StoryPair, **data: str) -> Any:
    return client.post(reverse(LIST), {"do": f"{verb}:{pair.pk}", **data}, follow=True)


def undo_address() -> str:
    return reverse("archive_journal:undo", args=[StoryPair.objects.get().entry_id])


def test_an_editor_looks_for_pairs_confirms_and_undoes(admin_client: Client) -> None:
    make_two()
    found = admin_client.post(reverse(LIST), {"look": "1"}, follow=True).content.decode()
    assert "1 probable pair, 1 new" in found
    assert "新码头启用" in found
    pair = StoryPair.objects.get()
    assert "are one story at the desk now" in do(admin_client, "confirm", pair).content.decode()
    confirmed = admin_client.get(reverse(LIST), {"state": "confirmed"}).content.decode()
    assert undo_address() in confirmed
    assert "for readers too" in admin_client.get(undo_address()).content.decode()
    assert "Undone" in admin_client.post(undo_address(), follow=True).content.decode()
    assert "not offered again" in do(admin_client, "refuse", pair).content.decode()
    assert "decided again" in do(admin_client, "reopen", pair).content.decode()
    assert StoryPair.objects.get().state == StoryPair.State.OPEN


def test_a_joined_pair_says_what_readers_still_see(admin_client: Client) -> None:
    pair = make_pair()
    said = do(admin_client, "confirm", pair).content.decode()
    assert "Readers still see two stories until the translation is published" in said


def test_the_form_of_a_joined_story_says_where_it_is_corrected(admin_client: Client) -> None:
    pair = make_pair()
    do(admin_client, "confirm", pair)
    address = reverse("wagtailadmin_pages:edit", args=[pair.two_id])
    page = BeautifulSoup(admin_client.get(address).content.decode(), "html.parser")
    told = page.select_one(".messages .warning")
    assert told
    assert "is the translation of “New terminal” now: correct it there" in told.text
    assert [link["href"] for link in told.select("a.button")] == [
        reverse("archive_translation:open", args=[pair.one_id]),
        f"{reverse(LIST)}?state=confirmed",
    ]
    assert "the story can be published" not in page.text
    assert not page.select("[name=action-publish]")
    opened = admin_client.get(reverse("archive_translation:open", args=[pair.two_id]))
    assert opened.url == pair.one.translations.get().get_edit_url()


def test_words_that_an_open_form_sends_for_a_joined_story_stay_in_it(admin_client: Client) -> None:
    pair = make_pair(live=False)
    form = Person(get_user_model().objects.get(username="admin")).edits(pair.two)
    do(admin_client, "confirm", pair)
    said = form.type(headline_zh_hans="新码头昨日启用").refused("publish")
    assert "新码头昨日启用" in said
    assert "correct it there" in said
    assert not ArticlePage.objects.get(pk=pair.two_id).live


def test_an_undo_that_would_take_ones_own_work_offers_the_way_out(admin_client: Client) -> None:
    pair = make_pair()
    do(admin_client, "confirm", pair)
    translation = Translation.objects.get(article=StoryPair.objects.get().kept)
    admin = get_user_model().objects.get(username="admin")
    add_comment(translation, "headline", "请核对", user=admin)
    said = admin_client.post(undo_address(), follow=True).content.decode()
    assert "you have worked there since yourself" in said
    assert 'name="without_own"' in said
    admin_client.post(undo_address(), {"without_own": "1"})
    assert StoryPair.objects.get().state == StoryPair.State.OPEN


def test_an_undo_names_what_others_have_done_and_offers_nothing(admin_client: Client) -> None:
    do(admin_client, "confirm", make_pair())
    translation = Translation.objects.get(article=StoryPair.objects.get().kept)
    add_comment(translation, "headline", "请核对", user=make_translator("li"))
    said = admin_client.get(undo_address()).content.decode()
    assert "“请核对” (li)" in said
    assert "After that the two stories can be parted here." in said
    assert "Undo, without my work" not in said
    assert 'class="button serious"' not in said
    assert "others have worked" in admin_client.post(undo_address(), follow=True).content.decode()
    assert StoryPair.objects.get().state == StoryPair.State.CONFIRMED


def test_the_other_story_can_be_the_original(admin_client: Client) -> None:
    pair = make_pair()
    page = do(admin_client, "swap", pair, open="1")
    assert page.redirect_chain[-1][0].startswith("/admin/translation/pairs/links/")
    assert StoryPair.objects.get().kept == pair.two


def test_a_decision_that_came_too_late_is_told(admin_client: Client) -> None:
    pair = make_pair()
    do(admin_client, "refuse", pair)
    assert "decided this pair meanwhile" in do(admin_client, "confirm", pair).content.decode()
    assert "read" in do(admin_client, "nonsense", pair).content.decode()


def test_a_pair_is_compared_before_it_is_decided(admin_client: Client) -> None:
    pair = make_pair()
    page = admin_client.get(reverse("archive_pairs:pair", args=[pair.pk]))
    texts = page.context["texts"]
    assert [link["source"] for link in texts["links"]] == [[0], [1], [2], [3]]
    assert texts["pieces"][0]["text"] == "新码头启用"


def test_what_a_pair_has_no_place_for_is_told_before_and_as_it_is_confirmed(
    admin_client: Client,
) -> None:
    pair = make_pair()
    ArticlePage.objects.filter(pk=pair.two_id).update(standfirst_zh_hans="渔民围观首船进港")
    page = admin_client.get(reverse("archive_pairs:pair", args=[pair.pk])).content.decode()
    told = BeautifulSoup(page, "html.parser").select_one(".help-warning")
    assert told
    assert "has no place in the first text" in told.text
    assert [one.text for one in told.select("li")] == ["渔民围观首船进港"]
    assert "as unused: “渔民围观首船进港”" in do(admin_client, "confirm", pair).content.decode()


def test_readers_are_told_of_a_printed_passage_that_has_no_place(admin_client: Client) -> None:
    pair = make_pair()
    ArticlePage.objects.filter(pk=pair.two_id).update(standfirst_zh_hans="渔民围观首船进港")
    translation = confirm_pair(pair, None)
    publish(translation)
    page = admin_client.get(address(translation.article, CHINESE)).content.decode()
    assert "渔民围观首船进港" not in page
    assert "译文见报时另有1段文字" in page


def test_links_are_saved_as_the_page_sends_them(admin_client: Client) -> None:
    translation = confirm_pair(make_pair(), None)
    address = reverse("archive_pairs:links", args=[translation.pk])
    texts = admin_client.get(address).context["texts"]
    texts["links"][1]["seen"] = True
    said = {"version": texts["version"], "links": texts["links"]}
    answer = admin_client.post(address, json.dumps(said), content_type="application/json")
    assert [link["seen"] for link in answer.json()["links"]] == [False, True, False, False]
    again = admin_client.post(address, json.dumps(said), content_type="application/json")
    assert (again.status_code, "meanwhile" in again.json()["error"]) == (409, True)


def test_requests_that_cant_be_read_change_nothing(admin_client: Client) -> None:
    translation = confirm_pair(make_pair(), None)
    address = reverse("archive_pairs:links", args=[translation.pk])
    for body in ("", "[]", "{}", '{"version": "", "links": [1]}', '{"version": 1, "links": [{}]}'):
        answer = admin_client.post(address, body, content_type="application/json")
        assert answer.status_code in (400, 409)


def test_a_lock_keeps_links_as_they_are(admin_client: Client) -> None:
    translation = confirm_pair(make_pair(), None)
    Translation.objects.filter(pk=translation.pk).update(locked=True)
    address = reverse("archive_pairs:links", args=[translation.pk])
    assert "locked" in admin_client.get(address).content.decode()
    assert admin_client.post(address, "{}", content_type="application/json").status_code == 423


def test_each_sees_the_pairs_of_their_own_papers(client: Client) -> None:
    pair = make_pair()
    client.force_login(make_editor("another", make_publication("another-paper")))
    assert client.get(reverse(LIST), follow=True).context["pairs"] == []
    page = client.get(reverse("archive_pairs:pair", args=[pair.pk]), follow=True)
    assert page.status_code == 404
    assert do(client, "confirm", pair).status_code == 404
    client.force_login(make_translator())
    assert client.get(reverse(LIST)).status_code == 302


def test_a_translator_links_what_is_theirs_to_translate(client: Client) -> None:
    translation = confirm_pair(make_pair(), None)
    address = reverse("archive_pairs:links", args=[translation.pk])
    client.force_login(make_translator())
    assert client.get(address).status_code == 200
    client.force_login(make_translator("english", languages=("en",)))
    assert client.get(address).status_code == 302


def test_whoever_may_not_translate_joins_stories_but_links_no_texts(client: Client) -> None:
    pair = make_pair()
    client.force_login(make_editor())
    said = do(client, "confirm", pair, open="1")
    assert said.request["PATH_INFO"] == reverse(LIST)
    assert "Link the two texts" not in said.content.decode()
    translation = Translation.objects.get(article=StoryPair.objects.get().kept)
    address = reverse("archive_pairs:links", args=[translation.pk])
    assert client.get(address).status_code == 302
    assert client.post(address, "{}", content_type="application/json").status_code == 302
    assert translation.segments.filter(state="confirmed").count() == 0


def test_whoever_may_not_publish_the_translation_is_told_who_parts_the_stories(
    client: Client,
) -> None:
    pair = make_pair()
    client.force_login(make_editor())
    do(client, "confirm", pair)
    confirmed = client.get(reverse(LIST), {"state": "confirmed"}).content.decode()
    assert undo_address() in confirmed
    assert "Texts that an import joined are listed with that import" in confirmed
    publish(Translation.objects.get(article=StoryPair.objects.get().kept))
    confirmed = client.get(reverse(LIST), {"state": "confirmed"}).content.decode()
    assert undo_address() not in confirmed
    assert "whoever may publish it can make two stories of them again" in confirmed
    said = client.get(undo_address(), follow=True).content.decode()
    assert "for readers too" not in said


def test_a_list_costs_the_same_for_any_number_of_pairs(
    admin_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _round in range(2):
        make_pair()
    admin_client.get(reverse(LIST))
    with django_assert_max_num_queries(14):
        admin_client.get(reverse(LIST))
