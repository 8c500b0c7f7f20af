"""The screens of merging, splitting and undoing, over HTTP."""

import pytest
from django.urls import reverse

from archive.models import ArticleEntity, Entity, EntityName, JournalEntry, Tie
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import (
    _allow,
    make_article,
    make_editor,
    make_entity,
    make_names_editor,
    make_tie,
    make_user,
    tag,
)

pytestmark = pytest.mark.django_db

MERGE = "archive_merging:merge"


@pytest.fixture
def chief(client):
    user = make_names_editor()
    _allow(user.groups.get(), "archive", "merge_entity")
    client.force_login(user)
    return user


@pytest.fixture
def pair():
    kept = make_entity()
    return kept, make_entity("tsamkong", "Tsamkong", "广州湾")


def test_compares_says_what_will_change_merges_and_undoes(client, chief, pair):
    kept, lost = pair
    tag(make_article(), lost)
    make_tie(kept, lost)
    ids = [kept.pk, lost.pk]
    page = client.get(reverse(MERGE), {"id": ids}).content.decode()
    assert "Tsamkong" in page
    assert "Preview changes" in page
    name = f"choice-{column('name', ENGLISH)}"
    chinese = f"choice-{column('name', CHINESE)}"
    data = {"id": ids, "keep": kept.pk, name: lost.pk, chinese: kept.pk}
    page = client.post(reverse(MERGE), data).content.decode()
    assert "Stories that mention it: 1" in page or "Stories about it: 1" in page
    assert "these ties between the names are shown no more" in page
    assert Entity.objects.count() == 2
    response = client.post(reverse(MERGE), {**data, "confirm": "1"}, follow=True)
    assert "This can be undone" in response.content.decode()
    assert Entity.objects.get().name_in(ENGLISH) == "Tsamkong"
    history = reverse("wagtailsnippets_archive_entity:history", args=[kept.pk])
    undo = reverse("archive_journal:undo", args=[JournalEntry.objects.get().pk])
    page = client.get(history).content.decode()
    assert undo in page
    assert "Merged into this name: Tsamkong (tsamkong)" in page
    assert "can be reverted" in client.get(undo).content.decode()
    assert Entity.objects.count() == 1
    client.post(undo)
    assert Entity.objects.count() == 2
    assert Tie.objects.exists()
    assert "Undone" in client.get(history).content.decode()


def test_the_preview_says_what_readers_see_no_more(client, chief, pair):
    kept, lost = pair
    for one in pair:
        Entity.objects.filter(pk=one.pk).update(description_en=f"Of {one.pk}.")
    data = {"id": [one.pk for one in pair], "keep": kept.pk}
    page = client.post(reverse(MERGE), data).content.decode()
    assert f"No longer shown: Description English “Of {lost.pk}.”" in page
    assert f"“Of {kept.pk}.”" not in page
    data["choice-description_en"] = lost.pk
    assert f"“Of {kept.pk}.”" in client.post(reverse(MERGE), data).content.decode()


@pytest.mark.parametrize("is_first", [True, False])
def test_the_entry_that_is_kept_keeps_its_names_unless_somebody_says_otherwise(
    client, chief, pair, is_first
):
    kept, lost = pair if is_first else reversed(pair)
    data = {"id": [one.pk for one in pair], "keep": kept.pk}
    page = client.get(reverse(MERGE), {"id": data["id"]}).content.decode()
    assert page.count("As the entry that is kept has it") == 2
    assert "is called" not in client.post(reverse(MERGE), data).content.decode()
    other = {**data, f"choice-{column('name', ENGLISH)}": lost.pk}
    said = f"“{kept.name_in(ENGLISH)}” is called “{lost.name_in(ENGLISH)}” from now on"
    assert said in client.post(reverse(MERGE), other).content.decode()
    client.post(reverse(MERGE), {**data, "confirm": "1"})
    stood = Entity.objects.get()
    for language in (ENGLISH, CHINESE):
        assert stood.name_in(language) == kept.name_in(language)
        assert stood.aliases_in(language) == [lost.name_in(language)]


def test_refuses_and_keeps_the_choices(client, chief, pair):
    person = make_entity("liu", "Liu", "刘", kind="person")
    ids = [pair[0].pk, person.pk]
    assert "different kinds" in client.get(reverse(MERGE), {"id": ids}).content.decode()
    data = {"id": ids, "keep": person.pk, f"choice-{column('name', ENGLISH)}": person.pk}
    data[f"choice-{column('name', CHINESE)}"] = person.pk
    page = client.post(reverse(MERGE), {**data, "confirm": "1"}).content.decode()
    assert "different kinds" in page
    assert Entity.objects.count() == 3


@pytest.mark.parametrize("address", ["names/merge/", "names/1/split/", "journal/1/undo/"])
def test_only_those_may_who_are_allowed_to_merge(client, address, pair):
    client.force_login(make_names_editor())
    entry = JournalEntry.objects.create(pk=1, kind="merge_names", about=pair[0], label="x")
    address = address.replace("1/split", f"{pair[0].pk}/split")
    for ask in (client.get, client.post):
        response = ask(f"{reverse('wagtailadmin_home')}{address}")
        assert response.status_code == 302
    entry.refresh_from_db()
    assert entry.undone_at is None


def test_ticked_names_lead_to_the_comparison(client, chief, pair):
    address = reverse("wagtail_bulk_action", args=["archive", "entity", "merge"])
    response = client.get(address, {"id": [one.pk for one in pair]})
    assert response["Location"].endswith(f"names/merge/?id={pair[0].pk}&id={pair[1].pk}")


def test_splits_off_what_was_ticked(client, chief):
    entity = make_entity("portland", "Portland", "波特兰", aliases={"Portland, Maine": ENGLISH})
    salem = make_entity("salem", "Salem", "塞勒姆")
    tie = make_tie(entity, salem)
    goes, stays = make_article("Goes"), make_article("Stays")
    for story in (goes, stays):
        tag(story, entity)
    address = reverse("archive_merging:split", args=[entity.pk])
    assert "Goes" in client.get(address).content.decode()
    data = {
        f"name-{ENGLISH}": "Portland, Maine",
        "names": EntityName.objects.get().pk,
        "stories": goes.pk,
        "ties": tie.pk,
    }
    client.post(address, data)
    made = Entity.objects.get(key="portland-maine")
    assert (made.kind, made.place_type) == ("place", "city")
    assert not EntityName.objects.exists()
    assert dict(ArticleEntity.objects.values_list("page", "entity")) == {
        goes.pk: made.pk,
        stays.pk: entity.pk,
    }
    assert {tie.place_a_id for tie in Tie.objects.all()} == {made.pk}
    client.post(reverse("archive_journal:undo", args=[JournalEntry.objects.get().pk]))
    assert not Entity.objects.filter(key="portland-maine").exists()
    assert set(ArticleEntity.objects.values_list("entity", flat=True)) == {entity.pk}


def test_a_split_shows_no_draft_of_other_people(client, chief):
    entity, draft = make_entity(), make_article("Secret words", live=False)
    tag(draft, entity)
    address = reverse("archive_merging:split", args=[entity.pk])
    assert "Secret words" not in client.get(address).content.decode()
    chief.groups.add(make_editor("editor", draft.publication).groups.get())
    assert "Secret words" in client.get(address).content.decode()


def test_a_split_needs_a_name(client, chief, pair):
    address = reverse("archive_merging:split", args=[pair[0].pk])
    page = client.post(address, {}).content.decode()
    assert "Give the name in at least one language." in page
    assert make_user("other").has_perm("archive.merge_entity") is False
