"""The page that sets up an empty archive, the greeting that leads to it, and what readers get."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, Site
from wagtail.users.models import UserProfile

from archive.models import ArticlePage, HomePage, PublicationPage, SectionPage
from archive.setup.first_run import STEPS, site_state
from tests.factories import make_editor

pytestmark = pytest.mark.django_db
PATH = "/admin/archive-setup/"
ACCOUNT = {
    "username": "wang",
    "email": "wang@example.org",
    "first_name": "Wang",
    "last_name": "Wei",
    "language": "zh-hans",
    "password": "harbour-at-dawn-9",
}


@pytest.fixture(autouse=True)
def _empty() -> None:
    """A site as `wagtail start` makes it: one page, and nothing of the archive."""
    welcome = Page.get_first_root_node().add_child(instance=Page(title="Welcome", slug="welcome"))
    Site.objects.update(root_page=welcome)
    for page in HomePage.objects.all():
        page.delete()


def do(client: Client, step: str, **fields: Any) -> Any:
    posted = {f"{step}-{name}": value for name, value in fields.items()}
    return client.post(PATH, {"step": step, **posted}, follow=True)


def done(client: Client) -> list[str]:
    return [row["step"].id for row in client.get(PATH).context["rows"] if row["done"]]


def test_an_administrator_is_greeted_until_there_is_a_story(
    admin_client: Client, client: Client
) -> None:
    page = admin_client.get("/admin/").content.decode()
    assert "Welcome to your archive" in page
    assert f'href="{PATH}#front"' in page
    client.force_login(make_editor())
    assert "Welcome to your archive" not in client.get("/admin/").content.decode()
    assert client.get(PATH).url == "/admin/"


def test_step_by_step_the_archive_is_made(admin_client: Client) -> None:
    assert done(admin_client) == []
    page = do(admin_client, "front", name_en="Harbour Archive", name_zh_hans="海港资料库")
    assert "Front page “Harbour Archive”: made" in page.content.decode()
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    do(admin_client, "paper", name_en="Port News", name_zh_hans="港口报")
    do(admin_client, "sections", sections="World = 国际\n\nBusiness\n")
    # Left, and taken up again: nothing is kept but what was made.
    assert done(admin_client) == ["front", "paper", "sections"]
    do(admin_client, "people", with_names="on")
    group = Group.objects.get(name="Archive translators")
    do(admin_client, "accounts", group=group.pk, **ACCOUNT)
    page = do(
        admin_client, "story", language="zh-hans", headline="港口开航", text="第一段。\n第二段。"
    )
    assert page.redirect_chain[-1][0].endswith("/edit/")
    assert done(admin_client) == [step.id for step in STEPS]
    assert "Welcome to your archive" not in admin_client.get("/admin/").content.decode()


def test_what_is_made_is_whole(admin_client: Client) -> None:
    do(admin_client, "front", name_zh_hans="海港资料库")
    do(admin_client, "paper", name_en="Port News", name_zh_hans="港口报")
    do(admin_client, "sections", sections="World = 国际")
    do(admin_client, "people", per_language="on")
    do(admin_client, "accounts", group=site_state().groups[0].pk, **ACCOUNT)
    do(admin_client, "story", language="en", headline="Port <opens>", text="One & two.\n\nThree.")
    paper, section, story = (m.objects.get() for m in (PublicationPage, SectionPage, ArticlePage))
    assert (paper.name_en, paper.name_zh_hans, paper.live) == ("Port News", "港口报", True)
    assert (section.name_zh_hans, section.get_parent().specific) == ("国际", paper)
    assert Group.objects.filter(name="Archive reviewers into Chinese").exists()
    user = get_user_model().objects.get(username="wang")
    assert user.check_password("harbour-at-dawn-9")
    assert user.wagtail_userprofile.preferred_language == "zh-hans"
    assert (story.live, story.publication, story.headline_en) == (False, paper, "Port <opens>")
    assert [str(block.value) for block in story.body_en] == [
        "<p>One &amp; two.</p>",
        "<p>Three.</p>",
    ]
    assert HomePage.objects.get().name_zh_hans == "海港资料库"


def test_a_step_done_again_makes_nothing_twice(admin_client: Client) -> None:
    for _again in range(2):
        do(admin_client, "front", name_en="Harbour Archive")
        do(admin_client, "paper", name_en="Port News")
        do(admin_client, "sections", sections="World = 国际\nWorld")
    page = do(admin_client, "front", name_en="Quay Archive", name_zh_hans="码头资料库")
    assert "Front page “Quay Archive”: renamed" in page.content.decode()
    assert (HomePage.objects.count(), PublicationPage.objects.count()) == (1, 1)
    assert SectionPage.objects.count() == 1


REFUSED = [
    ("front", {"name_en": " "}, "Give a name in at least one language."),
    ("paper", {"name_en": "Port News"}, "Make the front page first."),
    ("sections", {"sections": "World = 国际 = 3"}, "“World = 国际 = 3” isn’t"),
    ("accounts", {**ACCOUNT, "username": "admin"}, "There is already an account of this name."),
    ("accounts", {**ACCOUNT, "password": "12345678"}, "This password is too common."),
    ("story", {"headline": "Port", "text": "One."}, "Make the publication first."),
]


@pytest.mark.parametrize(
    ("step", "fields", "reason"),
    [
        pytest.param(*one, marks=[pytest.mark.exhaustive] * (number > 1))
        for number, one in enumerate(REFUSED)
    ],
)
def test_what_cannot_be_made_is_said_and_what_was_typed_is_kept(
    step: str, fields: dict[str, str], reason: str, admin_client: Client
) -> None:
    page = do(admin_client, step, **fields)
    assert page.status_code == 422
    text = page.content.decode().replace("&#x27;", "’").replace("isn't", "isn’t")
    assert reason in text
    kept = [value for name, value in fields.items() if name != "password" and value.strip()]
    assert all(value in text for value in kept)
    assert not HomePage.objects.exists()


def test_an_unknown_step_is_not_found(admin_client: Client) -> None:
    assert do(admin_client, "moon").status_code == 404


def test_readers_are_told_honestly_before_there_is_a_front_page(client: Client) -> None:
    for path in ("/en/", "/zh-hans/"):
        page = client.get(path)
        text = page.content.decode()
        assert page.status_code == 503
        for words in ("This archive is being set up", "本资料库正在建设中", "noindex"):
            assert words in text


def test_readers_of_an_archive_without_stories_are_told_so(admin_client: Client) -> None:
    do(admin_client, "front", name_en="Harbour Archive")
    page = admin_client.get("/en/").content.decode()
    assert "Its first stories will be on this page." in page


def test_names_are_asked_for_in_the_languages_of_the_interface(
    admin_client: Client, admin_user: Any
) -> None:
    assert "Name in Chinese" in admin_client.get(PATH).content.decode()
    UserProfile.objects.create(user=admin_user, preferred_language="zh-hans")
    assert "英文名称" in admin_client.get(PATH).content.decode()


def test_accounts_of_the_sites_own_kind_are_left_to_wagtails_form(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(admin_client, "front", name_en="Harbour Archive", name_zh_hans="海港资料库")
    do(admin_client, "people")
    monkeypatch.setattr(get_user_model(), "USERNAME_FIELD", "email")
    page = do(
        admin_client, "accounts", username="li", email="li@example.org", password="x-7-harbour"
    )
    assert "add them under Settings, Users" in page.content.decode()
    assert not get_user_model().objects.filter(email="li@example.org").exists()
