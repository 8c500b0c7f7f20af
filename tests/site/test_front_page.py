"""The front page of an archive that has hardly begun."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from archive.models import ArticlePage, HomePage
from tests.factories import DAY, block, make_article, make_image, make_publication

pytestmark = pytest.mark.django_db


def columns(client: Client) -> int:
    return client.get("/en/").content.decode().count("front-second")


def test_a_single_story_has_no_empty_column_beside_it(client: Client) -> None:
    make_article("Port opens")
    assert columns(client) == 0
    make_article("Port is enlarged")
    assert columns(client) == 1


def headlines(client: Client, selector: str) -> list[str]:
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    return [one.get_text(strip=True) for one in page.select(f"{selector} .headline")]


def choose_leads(*stories: ArticlePage) -> None:
    home = HomePage.objects.get()
    home.leads = [("story", story) for story in stories]
    home.save_revision().publish()


def test_editors_choose_and_order_what_leads(client: Client) -> None:
    old, older = (make_article(one, day=DAY - timedelta(days=9)) for one in ("Old", "Older"))
    make_article("New")
    assert headlines(client, ".front-lead") == ["New"]
    choose_leads(older, old)
    assert headlines(client, ".front-lead") == ["Older"]
    assert headlines(client, ".front-second") == ["Old", "New"]
    # What readers may not see gives way to the next.
    older.unpublish()
    assert headlines(client, ".front-lead") == ["Old"]
    old.delete()
    assert headlines(client, ".front-lead") == ["New"]


def test_a_paper_without_a_story_to_read_is_not_on_it(client: Client) -> None:
    make_article("Port opens")
    withdrawn = make_article("Withdrawn", publication=make_publication("times", en="Times"))
    papers = ".front-foot .plain-list"
    assert sorted(headlines(client, papers)) == ["China Daily", "Times"]
    withdrawn.unpublish()
    assert headlines(client, papers) == ["China Daily"]


def test_a_number_stands_right_before_its_bracket(client: Client) -> None:
    page = BeautifulSoup(
        client.get(make_article("Port opens").publication.url).content, "html.parser"
    )
    assert page.select_one("#stories").get_text().strip() == "Latest stories (1 story)"


def test_the_first_picture_leads_what_is_below_and_rows_are_full(client: Client) -> None:
    image = make_image(credit="x", rights="x")
    picture = {"image": image.pk, "caption": "", "alt_text": "Cranes", "credit": ""}
    for number in range(15):
        body = [block("image", picture)] if number % 2 else [block("paragraph", "<p>Text.</p>")]
        make_article(f"Story {number}", body=body, slug=f"story-{number}")
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    assert len(page.select(".front-feature > .card img")) == 1
    assert not page.select(".front-feature li img, .front-headlines img, .front-second li + li img")
    assert all(card.select("img") for card in page.select("ul.story-grid .card"))
    rows = ("front-feature li", "front-more ul.story-grid > li", "front-headlines > li")
    assert [len(page.select(f".{row}")) for row in rows] == [2, 3, 3]


def test_the_lead_ends_with_a_paragraph_and_leads_on(client: Client) -> None:
    texts = [block("paragraph", f"<p>Paragraph {number}.</p>") for number in range(9)]
    story = make_article("Port opens", body=texts)
    lead = BeautifulSoup(client.get("/en/").content, "html.parser").select_one(".front-lead")
    assert lead.select(".excerpt p")[-1].get_text().startswith("Paragraph ")
    assert lead.select_one(".excerpt + .read-on a")["href"] == story.url
    assert lead.select_one(".read-on").get_text() == "Continue reading"


def test_under_its_name_stands_what_the_archive_holds(client: Client) -> None:
    times = make_publication("times", en="Times")
    make_article("Port opens", day=DAY)
    make_article("Quay opens", publication=times, day=DAY.replace(year=1988))
    make_article("Draft", publication=times, live=False, day=DAY.replace(year=1975))
    for language, words in (
        ("en", [f"1988–{DAY.year}", "2 stories · 2 publications"]),
        ("zh-hans", [f"1988—{DAY.year}年", "2篇 · 2种报刊"]),
    ):
        page = BeautifulSoup(client.get(f"/{language}/").content, "html.parser")
        lines = [" ".join(one.get_text().split()) for one in page.select(".folio p")]
        assert [lines[0], lines[-1]] == words


def test_the_latest_issues_name_their_paper(client: Client) -> None:
    make_article("Port opens")
    page = BeautifulSoup(client.get("/zh-hans/").content, "html.parser")
    assert "中国日报" in page.select_one(".issue-list li").get_text()
