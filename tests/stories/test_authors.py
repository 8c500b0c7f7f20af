"""Authors: their list and form; merged like names, parted again, and linked to persons."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from archive.models import ArticleByline, Author
from archive.stories.author_merges import merge_authors, part_authors
from archive.stories.lookup import author_called, author_named, remembering
from archive.text.language import columns
from tests.factories import make_article, make_entity, make_user

pytestmark = pytest.mark.django_db


MERGE = reverse("wagtail_bulk_action", args=["archive", "author", "merge"])


def make_author(name: str, **fields: object) -> Author:
    return Author.objects.create(**{columns("name")[0]: name}, **fields)


def signed_story(author: Author) -> str:
    story = make_article("Ships")
    story.bylines.add(ArticleByline(author=author))
    story.save_revision().publish()
    return story.get_url()


def byline(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page.split('class="byline"')[1].split("</p>")[0]


def test_two_that_were_merged_sign_once(client: Client) -> None:
    kept, lost = make_author("Tom Reed"), make_author("T. Reed")
    story = make_article("Ships")
    story.bylines.add(ArticleByline(author=kept), ArticleByline(author=lost))
    story.save_revision().publish()
    merge_authors(kept, [kept, lost])
    assert byline(client, story.get_url()).count("Tom Reed") == 1


def test_an_author_has_one_row_a_role_whatever_program_wrote_them() -> None:
    author, story = make_author("Tom Reed"), make_article("Ships")
    roles = ["reporter", "photographer", "reporter"]
    story.bylines.set([ArticleByline(author=author, role=role) for role in roles])
    story.save_revision().publish()
    stored = ArticleByline.objects.filter(page=story)
    assert [one.role for one in stored] == ["reporter", "photographer"]


def test_readers_see_the_name_that_is_kept_until_the_merge_is_undone(client: Client) -> None:
    kept, lost = make_author("Tom Reed"), make_author("T. Reed")
    address = signed_story(lost)
    assert merge_authors(kept, [kept, lost]) == 1
    assert "By Tom Reed" in byline(client, address)
    assert part_authors(kept) == 1
    assert "By T. Reed" in byline(client, address)


def test_a_merged_name_still_finds_its_author() -> None:
    first, second, third = make_author("Tom Reed"), make_author("T. Reed"), make_author("Reed")
    merge_authors(second, [third])
    merge_authors(first, [second])
    assert author_called("reed") == first
    assert list(Author.objects.filter(merged_into=None)) == [first]


def test_the_list_merges_what_was_chosen(admin_client: Client) -> None:
    kept, lost = make_author("Tom Reed"), make_author("T. Reed")
    address = f"{MERGE}?id={kept.pk}&id={lost.pk}"
    assert "Author to keep" in admin_client.get(address).content.decode()
    admin_client.post(address, {"kept": kept.pk})
    lost.refresh_from_db()
    assert lost.merged_into == kept
    listed = admin_client.get(reverse("wagtailsnippets_archive_author:list")).content.decode()
    assert "T. Reed" not in listed


@pytest.mark.parametrize("action", ["merge", "part"])
def test_nothing_is_offered_where_there_is_nothing_to_do(admin_client: Client, action: str) -> None:
    one = make_author("Tom Reed")
    address = f"{reverse('wagtail_bulk_action', args=['archive', 'author', action])}?id={one.pk}"
    page = BeautifulSoup(admin_client.get(address).content, "html.parser")
    assert not page.select("main form button[type=submit]")


def test_a_byline_leads_to_the_person(client: Client) -> None:
    person = make_entity("tom-reed", "Tom Reed", "里德", kind="person")
    address = signed_story(make_author("Tom Reed", person=person))
    assert f'href="{person.get_absolute_url()}">Tom Reed</a>' in byline(client, address)


@pytest.mark.parametrize(
    ("interface", "label"), [("en", "Name (English)"), ("zh-hans", "名称（English）")]
)
def test_an_author_with_one_name_has_it_in_both_interfaces(
    client: Client, interface: str, label: str
) -> None:
    boss = make_user("boss", is_superuser=True)
    UserProfile.objects.create(user=boss, preferred_language=interface)
    client.force_login(boss)
    author = author_named("李娜", "zh-hans")
    page = client.get(reverse("wagtailsnippets_archive_author:list")).text
    assert f'<span id="snippet_{author.pk}_title">李娜</span>' in page
    cells = BeautifulSoup(page, "html.parser").select("tbody td")
    assert [cell.get_text(strip=True) for cell in cells].count("–") >= 1
    assert ">None<" not in page
    form = client.get(reverse("wagtailsnippets_archive_author:edit", args=[author.pk])).text
    assert label in form
    assert "[en]" not in page + form


def test_who_is_not_there_is_asked_for_once_until_somebody_makes_them(
    django_assert_num_queries: Any,
) -> None:
    with remembering({}):
        with django_assert_num_queries(1):
            assert author_called("Li Na") is author_called("Li Na") is None
        author = author_named("LI NA", "en")
        assert author_called("Li Na") == author
