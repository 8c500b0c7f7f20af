"""What readers may do with a story: on its page, and for programs."""

from typing import Any

import pytest
from django.test import Client

from archive.models import ArticlePage
from archive.stories.rights import RightsStatement, rights_url, statement_of
from tests.factories import make_article, make_publication

pytestmark = pytest.mark.django_db
IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"
BY_SA = "https://creativecommons.org/licenses/by-sa/4.0/"


@pytest.fixture
def story() -> ArticlePage:
    paper = make_publication()
    paper.rights_statement = "InC"
    paper.save()
    return make_article(publication=paper)


@pytest.mark.parametrize(
    ("own", "notice", "url"),
    [
        ("", "", IN_COPYRIGHT),
        ("", "© 2015 China Daily", IN_COPYRIGHT),
        ("by-sa", "© 2015 China Daily", BY_SA),
        ("", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("by-sa", "CC BY 4.0", BY_SA),
        ("gone", "", ""),
    ],
)
def test_a_story_overrides_its_publication(
    story: ArticlePage, own: str, notice: str, url: str
) -> None:
    story.rights_statement, story.rights = own, notice
    assert rights_url(story) == url


def test_each_statement_has_an_address_of_its_own() -> None:
    urls = {one.url for one in RightsStatement}
    assert len(urls) == len(RightsStatement) == 20
    assert all(url.startswith(("http://rightsst", "https://creativec")) for url in urls)


def test_where_nothing_is_known_nothing_is_claimed() -> None:
    story = make_article(publication=make_publication("beta"))
    assert statement_of(story) is None
    assert 'rel="license"' not in Client().get(story.get_url()).content.decode()


@pytest.mark.parametrize(("language", "label"), [("en", "In copyright"), ("zh-hans", "受版权保护")])
def test_readers_get_its_name_in_their_language(
    story: ArticlePage, language: str, label: str
) -> None:
    text = Client().get(story.get_url().replace("/en/", f"/{language}/")).content.decode()
    assert f'<a rel="license" href="{IN_COPYRIGHT}">{label}</a>' in text


@pytest.mark.parametrize(
    "written",
    [
        f'"license":"{IN_COPYRIGHT}"',
        f'<meta name="DCTERMS.license" content="{IN_COPYRIGHT}">',
        f'<link rel="license" href="{IN_COPYRIGHT}">',
    ],
)
def test_programs_find_it_on_the_page(story: ArticlePage, written: str) -> None:
    assert written in Client().get(story.get_url()).content.decode()


@pytest.mark.usefixtures("story")
def test_harvesters_and_files_of_a_search_have_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_article("Another harbour", publication=make_publication())
    oai = Client().get("/oai/?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    assert f"<dc:rights>{IN_COPYRIGHT}</dc:rights>" in oai
    csv = Client().get("/en/search/?q=harbour&format=csv").content.decode()
    assert IN_COPYRIGHT in csv
