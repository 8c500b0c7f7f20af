"""The list of all stories: columns, filters, saved views, and edits of many at once."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Revision

from archive.desk.pairs.actions import confirm_pair
from archive.journal.models import JournalEntry
from archive.models import ArticleByline, ArticlePage, Author, SavedView, SectionPage
from archive.stories.story_list.saved_views import normal_query
from tests.desk.helpers import page_text
from tests.desk.pairs.stories import make_pair
from tests.factories import (
    make_article,
    make_editor,
    make_entity,
    make_publication,
    make_section,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/stories/"
EDIT = "/admin/bulk/archive/articlepage/edit/"


def shown(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [story.title for story in response.context["object_list"]]


def draft(headline: str, **fields: Any) -> ArticlePage:
    story = make_article(headline, live=False, **fields)
    story.save_revision(clean=False)
    return ArticlePage.objects.get(pk=story.pk)


@pytest.fixture
def stories() -> dict[str, ArticlePage]:
    """One published in a section and signed, one draft without a date, one of another paper."""
    world = make_section()
    signed = make_article("Signed", section=world)
    author = Author.objects.create(name_en="Li Na", name_zh_hans="李娜")
    ArticleByline.objects.create(page=signed, author=author)
    undated = draft("Undated", day=date(2001, 1, 1))
    ArticlePage.objects.filter(pk=undated.pk).update(print_date=None)
    other = make_publication("port-news", en="Port News", zh="港口报")
    return {
        "signed": signed,
        "undated": undated,
        "other": make_article("Other", publication=other, day=date(2016, 1, 2), language="zh-hans"),
    }


def test_an_empty_list_says_what_to_do(admin_client: Client) -> None:
    page = admin_client.get("/admin/stories/").content.decode()
    assert "There are no stories to display." in page
    assert reverse("stories:choose_parent") in page.split("There are no stories to display.")[1]
    assert "of 0" not in page


def test_stories_without_a_date_come_first_then_the_newest(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    assert shown(admin_client) == ["Undated", "Other", "Signed"]
    assert shown(admin_client, "ordering=print_date") == ["Signed", "Other", "Undated"]


def test_the_list_is_filtered(admin_client: Client, stories: dict[str, ArticlePage]) -> None:
    found = {
        "status=draft": {"Undated"},
        "status=live": {"Signed", "Other"},
        "status=changed": set(),
        "status=review": set(),
        "status=scheduled": set(),
        "owner=mine": set(),
        "printed=none": {"Undated"},
        "print_date_from=2016-01-01&print_date_to=2016-12-31": {"Other"},
        "author=li+na": {"Signed"},
        "author=李娜": {"Signed"},
        "source_language=zh-hans": {"Other"},
        "translation_state=published": set(),
        f"section={stories['signed'].section_id}": {"Signed"},
        f"publication={stories['other'].publication_id}": {"Other"},
    }
    assert {query: set(shown(admin_client, query)) for query in found} == found


def test_the_issue_of_today_is_a_view_of_its_own(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    make_article("Printed today", day=localdate())
    assert shown(admin_client, "printed=today") == ["Printed today"]
    page = BeautifulSoup(admin_client.get(LIST).content, "html.parser")
    assert page.select_one(f"a[href='{LIST}?printed=today']") is not None


def test_each_row_says_what_it_is_without_queries_of_its_own(
    admin_client: Client,
    stories: dict[str, ArticlePage],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    text = admin_client.get(LIST).content.decode()
    for words in ("China Daily", "World", "Li Na", "No date yet", "English → 中文", "Port News"):
        assert words in text
    with django_assert_num_queries(22):
        admin_client.get(LIST)
    for number in range(3):
        make_article(f"More {number}", section=stories["signed"].section)
    with django_assert_num_queries(22):
        admin_client.get(LIST)


def test_a_story_joined_with_another_is_none_that_waits_for_a_translation(
    admin_client: Client,
) -> None:
    confirm_pair(make_pair(), None)
    page = BeautifulSoup(admin_client.get(LIST).content, "html.parser")
    cells = page.select("[data-archive-label=Translation]")
    assert {cell.get_text("|") for cell in cells} == {
        "Is a translation|English → 中文",
        "In progress|English → 中文",
    }
    assert shown(admin_client, "translation_state=not_started&q=terminal") == []
    assert shown(admin_client, "translation_state=not_started") == []
    assert shown(admin_client, "translation_state=in_progress") == ["New terminal"]


def test_a_view_is_saved_under_a_name_and_deleted(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    page = admin_client.get(f"{LIST}?status=draft&printed=none")
    assert "/admin/stories/views/add/?printed=none&amp;status=draft" in page.content.decode()
    add = reverse("archive_saved_views:add")
    query = {"name": "To date", "query": "printed=none&status=draft&p=3&q="}
    assert admin_client.post(add, query).url == f"{LIST}?printed=none&status=draft"
    view = SavedView.objects.get()
    page = admin_client.get(f"{LIST}?{view.query}")
    assert "To date" in page.content.decode()
    delete = reverse("archive_saved_views:delete", args=[view.pk])
    assert delete in page.content.decode()
    assert "To date" in admin_client.get(delete).content.decode()
    admin_client.post(delete)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        ({"name": "Mine", "query": "status=draft"}, "You have a view of this name."),
        pytest.param(
            {"name": "Empty", "query": "p=2"}, "Nothing is filtered.", marks=pytest.mark.exhaustive
        ),
        pytest.param(
            {"name": "", "query": "status=draft"},
            "This field is required.",
            marks=pytest.mark.exhaustive,
        ),
    ],
)
def test_a_view_that_says_nothing_new_is_refused(
    posted: dict[str, str], reason: str, admin_client: Client, admin_user: Any
) -> None:
    SavedView.objects.create(user=admin_user, name="Mine", query="status=live")
    page = admin_client.post(reverse("archive_saved_views:add"), posted).content.decode()
    assert reason in page
    assert f'value="{posted["query"]}"' in page
    assert SavedView.objects.count() == 1


def test_views_are_their_owners_alone(admin_client: Client) -> None:
    view = SavedView.objects.create(user=make_editor(), name="Theirs", query="status=live")
    assert "Theirs" not in admin_client.get(LIST).content.decode()
    path = reverse("archive_saved_views:delete", args=[view.pk])
    assert admin_client.post(path, follow=True).status_code == 404


def test_a_query_is_told_by_its_filters() -> None:
    assert normal_query("status=draft&q=&p=2&author=b&author=a") == "author=a&author=b&status=draft"


def chosen(*stories: ArticlePage) -> str:
    return f"{EDIT}?next={LIST}&" + "&".join(f"id={story.pk}" for story in stories)


def test_many_stories_are_edited_at_once(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    name, world = make_entity("harbour", kind="topic"), stories["signed"].section
    both = (stories["signed"], stories["undated"])
    assert "Undated" in admin_client.get(chosen(*both)).content.decode()
    posted = {"section": world.pk, "rights": "© China Daily", "entity": name.pk}
    page = admin_client.post(chosen(*both), posted, follow=True).content.decode()
    assert "2 stories changed. Of 1, only the draft" in page
    live = ArticlePage.objects.get(pk=both[0].pk)
    assert (live.rights, [tag.entity for tag in live.entity_tags.all()]) == (
        "© China Daily",
        [name],
    )
    version = ArticlePage.objects.get(pk=both[1].pk).get_latest_revision_as_object()
    assert (version.rights, version.section) == ("© China Daily", world)
    assert not ArticlePage.objects.get(pk=both[1].pk).live


def test_an_edit_of_many_is_taken_back_where_nobody_has_touched_the_story(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    name, world = make_entity("harbour", kind="topic"), stories["signed"].section
    signed, undated, touched = stories["signed"], stories["undated"], draft("Touched")
    paper = stories["other"].publication
    posted = {"publication": paper.pk, "rights": "© Port News", "entity": name.pk}
    page = admin_client.post(chosen(signed, undated, touched), posted, follow=True)
    undo = reverse("archive_journal:undo", args=[JournalEntry.objects.get().pk])
    assert undo in page.content.decode()
    assert undo in admin_client.get(history(undated)).content.decode()
    live = ArticlePage.objects.get(pk=signed.pk)
    assert (live.publication, live.section, live.rights) == (paper, None, "© Port News")
    version = ArticlePage.objects.get(pk=touched.pk).get_latest_revision_as_object()
    version.rights = "© Somebody"
    version.save_revision(user=make_editor("wang"), clean=False)

    versions = Revision.objects.count()
    page = page_text(admin_client.get(undo))
    assert "2 changes can be reverted." in page
    assert "Touched: changed since (wang)" in page
    assert Revision.objects.count() == versions
    page = page_text(admin_client.post(undo, follow=True))
    assert "Undone: 2 changes were reverted." in page
    assert "Touched: changed since (wang)" in page
    live = ArticlePage.objects.get(pk=signed.pk)
    assert (live.section, live.rights, live.entity_tags.count()) == (world, "", 0)
    assert live.publication_id == signed.publication_id
    assert live.url == signed.url
    assert live.live
    assert not live.has_unpublished_changes
    undated = ArticlePage.objects.get(pk=undated.pk)
    version = undated.get_latest_revision_as_object()
    assert (version.publication_id, version.rights) == (signed.publication_id, "")
    assert not undated.live
    assert ArticlePage.objects.get(pk=touched.pk).get_latest_revision_as_object().rights == (
        "© Somebody"
    )


@pytest.mark.parametrize("verb", ["publish", "withdraw", "lock", "delete", "section"])
def test_what_has_become_of_a_story_since_stays_when_an_edit_is_taken_back(
    admin_client: Client, stories: dict[str, ArticlePage], verb: str
) -> None:
    story = stories["undated" if verb == "publish" else "signed"]
    if verb == "publish":
        ArticlePage.objects.filter(pk=story.pk).update(print_date=date(2001, 1, 1))
    admin_client.post(chosen(story), {"publication": stories["other"].publication_id})
    story = ArticlePage.objects.get(pk=story.pk)
    if verb == "publish":
        story.get_latest_revision().publish()
    elif verb == "withdraw":
        story.unpublish()
    elif verb == "lock":
        make_locked(story)
    elif verb == "delete":
        story.delete()
    else:
        SectionPage.objects.get(pk=stories["signed"].section_id).delete()
    undo = reverse("archive_journal:undo", args=[JournalEntry.objects.get().pk])
    for answer in (admin_client.get(undo), admin_client.post(undo, follow=True)):
        assert f"{story.title}: " in page_text(answer)
    if verb != "delete":
        kept = ArticlePage.objects.get(pk=story.pk)
        assert kept.get_latest_revision_as_object().publication == stories["other"].publication


def test_only_who_made_an_edit_of_many_takes_it_back(
    admin_client: Client, client: Client, stories: dict[str, ArticlePage]
) -> None:
    admin_client.post(chosen(stories["signed"]), {"rights": "©"})
    undo = reverse("archive_journal:undo", args=[JournalEntry.objects.get().pk])
    client.force_login(make_editor("wang"))
    assert undo not in client.get(history(stories["signed"])).content.decode()
    assert client.post(undo).status_code in (302, 403)
    assert ArticlePage.objects.get(pk=stories["signed"].pk).rights == "©"


def history(story: ArticlePage) -> str:
    return reverse("wagtailadmin_pages:history", args=[story.pk])


def make_locked(story: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=story.pk).update(
        locked=True, locked_by=make_editor("wang"), locked_at=now()
    )


def test_the_edit_of_many_says_beforehand_what_readers_see_of_it(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    page = page_text(admin_client.get(chosen(*stories.values())))
    assert "2 of these stories are published: readers see the change at once." in page
    assert "Of 1 story only the draft changes." in page
    stories["signed"].save_revision()
    page = page_text(admin_client.get(chosen(stories["signed"])))
    assert "readers see" not in page
    assert "Of 1 story only the draft changes." in page


def test_a_draft_of_a_published_story_gets_the_change_readers_do_not(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    story = stories["signed"]
    story.headline_en = "Unfinished"
    story.save_revision()
    admin_client.post(chosen(story), {"rights": "© Port News"})
    story = ArticlePage.objects.get(pk=story.pk)
    assert (story.headline_en, story.rights) == ("Signed", "")
    version = story.get_latest_revision_as_object()
    assert (version.headline_en, version.rights) == ("Unfinished", "© Port News")


def test_a_story_that_cannot_be_edited_so_is_told_and_others_are(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    page = admin_client.post(
        chosen(stories["signed"], stories["other"]),
        {"section": stories["signed"].section_id},
        follow=True,
    ).content.decode()
    assert "1 story changed." in page
    assert "1 story not changed." in page
    assert "<li>Other: The section “World” belongs to “China Daily”." in page


def test_an_edit_of_nothing_is_refused(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    page = admin_client.post(chosen(stories["signed"]), {}).content.decode()
    assert "Nothing to change: fill in at least one field." in page


def test_an_editor_of_one_paper_changes_that_alone(
    client: Client, stories: dict[str, ArticlePage]
) -> None:
    client.force_login(make_editor("one", stories["signed"].publication))
    both = chosen(stories["signed"], stories["other"])
    page = " ".join(client.get(both).content.decode().split())
    refusal = "You do not have permission to edit this story, or it is locked:"
    assert f"<p>{refusal}</p> <ul> <li> {stories['other']} </li> </ul>" in page
    client.post(both, {"rights": "©"})
    assert ArticlePage.objects.filter(rights="©").get().title == "Signed"


@pytest.mark.parametrize("action", ["edit", "publish", "offer"])
def test_another_papers_story_has_the_headline_that_readers_know(
    client: Client, stories: dict[str, ArticlePage], action: str
) -> None:
    editor = make_editor("one", stories["signed"].publication)
    for story in (stories["signed"], stories["other"]):
        version = story.get_latest_revision_as_object()
        version.headline_en, version.headline_zh_hans = "Reworded", "改写"
        version.save_revision()
    client.force_login(editor)
    path = chosen(stories["signed"], stories["other"]).replace("/edit/", f"/{action}/")
    page = client.get(path).content.decode()
    assert "Reworded" in page
    assert "Other" in page
    assert "改写" not in page


def test_all_of_the_list_are_those_that_it_shows(
    admin_client: Client, stories: dict[str, ArticlePage]
) -> None:
    for action in ("edit", "delete", "publish", "unpublish"):
        path = f"/admin/bulk/archive/articlepage/{action}/?id=all&status=live&q=Signed"
        items = admin_client.get(path).context["items"]
        assert [one["item"].title for one in items] == ["Signed"]
