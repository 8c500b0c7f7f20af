"""The list and the form of authors, each name under its language."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from archive.stories.lookup import author_named
from tests.factories import make_user

pytestmark = pytest.mark.django_db


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
