"""The pages around the stories: made once, an editor's afterwards, and linked from every page."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.models import HomePage, InformationPage
from archive.setup.actions import first_texts, make_information_pages
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_article, make_home

pytestmark = pytest.mark.django_db


def page(slug: str) -> InformationPage:
    return InformationPage.objects.get(slug=slug)


def text_of(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(autouse=True)
def _made() -> None:
    make_home()
    make_information_pages()


@pytest.mark.parametrize("texts", first_texts(), ids=lambda texts: texts["slug"])
def test_each_page_is_read_in_both_languages(texts: dict[str, dict[str, str]]) -> None:
    for language in (ENGLISH, CHINESE):
        shown = text_of(f"/{language}/{texts['slug']}/")
        assert texts[language]["name"] in shown
        assert texts[language]["body"].strip()[3:15] in shown


def test_what_an_editor_changed_stays_and_what_is_gone_comes_back() -> None:
    about = page("about")
    about.name_en = "Who we are"
    about.save_revision().publish()
    page("contact").delete()
    assert make_information_pages() == ["Contact: made"]
    assert page("about").name_en == "Who we are"


def test_every_page_leads_to_all_of_them_in_its_language() -> None:
    for language in (ENGLISH, CHINESE):
        footer = text_of(f"/{language}/").partition('<nav class="information"')[2]
        for texts in first_texts():
            name = texts[language]["name"]
            assert f'<a href="/{language}/{texts["slug"]}/">{name}</a>' in footer


def test_what_is_not_public_is_in_no_footer() -> None:
    page("about").unpublish()
    PageViewRestriction.objects.create(page=page("contact"), restriction_type="login")
    footer = text_of("/en/")
    assert "/en/about/" not in footer
    assert "/en/contact/" not in footer
    assert "/en/privacy/" in footer


def test_links_lead_only_to_what_readers_may_see() -> None:
    hidden, shown = make_article("Hidden", live=False), make_article("Shown")
    about = page("about")
    links = "".join(f'<a linktype="page" id="{one.pk}">it</a>' for one in (hidden, shown))
    setattr(about, column("body", ENGLISH), f"<p>{links}</p>")
    about.save_revision().publish()
    text = text_of("/en/about/")
    assert f"/{hidden.slug}/" not in text
    assert str(shown.get_url()) in text


def test_a_text_in_one_language_is_marked_in_the_other() -> None:
    about = page("about")
    setattr(about, column("body", CHINESE), "")
    about.save_revision().publish()
    assert '<div class="information-text" lang="en">' in text_of(f"/{CHINESE}/about/")


def test_the_help_with_search_shows_chinese_examples_to_chinese_readers() -> None:
    assert "港口 或 码头" in text_of(f"/{CHINESE}/search-help/")
    assert "search-tips" not in text_of("/en/about/")


def test_a_page_costs_few_queries(django_assert_max_num_queries: object) -> None:
    client = Client()
    client.get("/en/about/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/en/about/")


def test_only_the_front_page_has_them_below_it() -> None:
    assert InformationPage in HomePage.allowed_subpage_models()
    assert InformationPage.allowed_parent_page_models() == [HomePage]
