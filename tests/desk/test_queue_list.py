"""The translators' list over HTTP: tabs, filters, order, actions, and what all of it costs."""

from datetime import date, timedelta
from typing import Any

import bs4
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from archive.checks import check_settings
from archive.desk.queue import rank_updates
from archive.desk.queue.rank_updates import rank_translations
from archive.entities.merging.actions import merge_entities
from archive.models import ArticlePage, RelatedArticle, TieEvidence, Translation, Urgency
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person, page_text, translation_of
from tests.factories import (
    make_article,
    make_editor,
    make_entity,
    make_publication,
    make_section,
    make_tie,
    make_translator,
    tag,
    translate,
)

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_archive_translation:list"


@pytest.fixture(params=[ENGLISH, CHINESE])
def translator(request: Any) -> Person:
    return Person(make_translator(), request.param)


@pytest.fixture
def person() -> Person:
    return Person(make_translator())


def listing(person: Person, **params: Any) -> Any:
    response = person.client.get(reverse(LIST), params)
    assert response.status_code == 200
    return response


def titles(person: Person, **params: Any) -> list[str]:
    return [str(row.article) for row in listing(person, **params).context["object_list"]]


def tabs(person: Person, **params: Any) -> dict[str, int]:
    context = listing(person, **params).context
    return {str(tab.label): tab.count for tab in [*context["tabs"], *context["shortcuts"]]}


def change(article: ArticlePage, **values: Any) -> Translation:
    Translation.objects.filter(article=article).update(**values)
    rank_translations()
    return translation_of(article)


def test_counts_each_state_in_a_tab(person: Person) -> None:
    translate(make_article("Finished"))
    translate(make_article("Begun"), publish=False)
    make_article("Untouched")
    counts = tabs(person)
    assert {name: n for name, n in counts.items() if n} == {
        "All": 3,
        "Not started": 1,
        "In progress": 1,
        "Published": 1,
        "Unassigned": 2,
    }


def test_the_tab_of_changed_sources_says_that_it_counts_published_ones(person: Person) -> None:
    changed = translate(make_article("Port opens"))
    changed.article.headline_en = "Port opens again"
    changed.article.save_revision().publish()
    assert tabs(person)["Published, source changed"] == 1
    assert titles(person, state="source_changed") == ["Port opens again"]


def test_a_tab_counts_under_the_other_filters(person: Person) -> None:
    change(make_article("Mine"), assignee=person.user)
    make_article("Unassigned")
    counts = tabs(person, assignee="me", state="published")
    assert (counts["All"], counts["Not started"], counts["Published"]) == (1, 1, 0)
    assert (counts["Mine"], counts["Unassigned"]) == (0, 0)


@pytest.mark.parametrize(("label", "value"), [("Mine", "me"), ("Unassigned", "nobody")])
def test_the_tabs_of_people_count_the_list_that_they_open(
    person: Person, label: str, value: str
) -> None:
    for user in (person.user, None):
        translate(published := make_article("Published"))
        change(published, assignee=user)
        change(make_article("Open"), assignee=user)
    listed = titles(person, assignee=value)
    assert tabs(person)[label] == len(listed)
    # What is done waits for nobody, as on the dashboard.
    assert ("Published" in listed) == (value == "me")


def test_a_tab_leads_to_what_it_counts_and_keeps_the_filters(person: Person) -> None:
    change(make_article("Mine"), assignee=person.user)
    make_article("Unassigned")
    response = listing(person, assignee="me")
    soup = bs4.BeautifulSoup(response.content, "html.parser")
    link = next(a for a in soup.select(".archive-queue__tab") if "Not started" in a.text)
    found = person.client.get(link["href"]).context["object_list"]
    assert [str(row.article) for row in found] == ["Mine"]


def test_filters(person: Person) -> None:
    change(make_article("English"), assignee=person.user)
    change(
        make_article("Late", day=date(2015, 10, 24)),
        urgency=Urgency.URGENT,
        due_date=timezone.localdate() - timedelta(days=1),
    )
    change(make_article("中文稿", language=CHINESE), correction_since=timezone.now())
    filters: list[tuple[dict[str, str], set[str]]] = [
        ({"language": CHINESE}, {"English", "Late"}),
        ({"language": ENGLISH}, {"中文稿"}),
        ({"print_date_from": "2015-10-01"}, {"Late"}),
        ({"print_date_from": "2015-09-22", "print_date_to": "2015-09-22"}, {"English", "中文稿"}),
        ({"urgency": "2"}, {"Late"}),
        ({"due": "overdue"}, {"Late"}),
        ({"due": "none"}, {"English", "中文稿"}),
        ({"assignee": "me"}, {"English"}),
        ({"assignee": "nobody"}, {"Late", "中文稿"}),
        ({"correction": "pending"}, {"中文稿"}),
        ({"q": "late"}, {"Late"}),
        ({"assignee": "me", "urgency": "2"}, set()),
    ]
    for params, found in filters:
        assert set(titles(person, **params)) == found, params


def test_filters_by_how_far_the_segments_are(person: Person) -> None:
    counts = {"Begun": (1, 0, 0), "Confirmed": (0, 3, 1), "Reviewed": (0, 3, 3)}
    for title, (drafts, done, reviewed) in counts.items():
        values = {"segment_count": 3, "draft_count": drafts, "done_count": done}
        row = Translation.objects.filter(article=make_article(title))
        row.update(**values, reviewed_count=reviewed)
    assert titles(person, segments="unfinished") == titles(person, segments="drafts") == ["Begun"]
    assert set(titles(person, segments="confirmed")) == {"Confirmed", "Reviewed"}
    assert titles(person, segments="reviewed") == ["Reviewed"]
    shown = page_text(listing(person))
    assert "1 draft" in shown
    assert "3 reviewed" in shown


def test_filters_by_section_publication_and_person(person: Person) -> None:
    other = make_publication("sampler")
    section = make_section("trade", other)
    colleague = make_translator("colleague")
    change(make_article("Theirs", publication=other, section=section), assignee=colleague)
    make_article("Ours")
    for params in (
        {"section": section.pk},
        {"publication": other.pk},
        {"assignee": colleague.pk},
    ):
        assert titles(person, **params) == ["Theirs"]


def test_orders_by_rank_and_says_why(person: Person) -> None:
    make_article("Plain")
    change(make_article("Wanted"), urgency=Urgency.URGENT)
    assert titles(person) == ["Wanted", "Plain"]
    assert "Urgent" in page_text(listing(person))


def test_a_story_whose_related_stories_are_out_ranks_higher(person: Person) -> None:
    plain, near, done = (make_article(name) for name in ("Plain", "Near", "Done"))
    RelatedArticle.objects.create(page=done, related=near)
    translate(done)
    assert titles(person)[0] == "Near"
    assert "1 of 1 related story is in both languages" in page_text(listing(person))
    row = translation_of(near)
    assert (row.related_count, row.related_done_count) == (1, 1)
    assert translation_of(plain).related_count == 0


@pytest.mark.parametrize("by", ["name", "tie", "link"])
def test_what_joins_stories(by: str) -> None:
    one, two, stranger = (make_article(name) for name in ("One", "Two", "Stranger"))
    place, other = make_entity(), make_entity("atlantic-city", "Atlantic City", "大西洋城")
    if by == "name":
        for article in (one, two):
            tag(article, place)
    elif by == "link":
        RelatedArticle.objects.create(page=one, related=two)
    else:
        tie = make_tie(place, other, article=one)
        TieEvidence.objects.create(tie=tie, sentence_en="They met.", article=two)
    rank_translations()
    assert [translation_of(a).related_count for a in (one, two, stranger)] == [1, 1, 0]


def test_ranks_one_story_as_the_nightly_run_would(person: Person) -> None:
    place = make_entity()
    articles = [make_article(f"Story {number}") for number in range(3)]
    for article in articles:
        tag(article, place)
    rank_translations()
    translate(articles[0])
    assert [translation_of(a).related_done_count for a in articles] == [0, 1, 1]
    assert rank_translations() == 0


@pytest.mark.parametrize("is_kept_large", [True, False])
def test_a_set_is_as_large_as_all_forms_of_its_name(
    is_kept_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rank_updates, "LARGEST_SET", 2)
    kept, merged = make_entity(), make_entity("tsamkong", "Tsamkong", "")
    large, small = (kept, merged) if is_kept_large else (merged, kept)
    of_large = [make_article(f"Story {number}") for number in range(3)]
    of_small = [make_article(f"Other story {number}") for number in range(2)]
    for article in of_large:
        tag(article, large)
    for article in of_small:
        tag(article, small)
    merge_entities(kept, [merged], user=None)
    assert rank_updates.related_sets() == {}
    assert rank_updates.related_sets({of_small[0].pk}) == {}


def test_the_command_ranks_and_counts_rows_that_a_load_brought(person: Person) -> None:
    translate(make_article(), publish=False)
    Translation.objects.update(segment_count=0, done_count=0, state="not_started", rank=0)
    call_command("check_archive", "counts", "queue", repair=True, verbosity=0)
    row = Translation.objects.get()
    assert (row.segment_count, row.done_count, row.state) == (3, 3, "in_progress")
    assert row.source_size == 11
    assert row.rank > 0
    assert call_command("check_archive", "queue", repair=True, verbosity=0) is None


def test_asks_the_site_how_often_stories_are_read(person: Person, settings: Any) -> None:
    settings.ARCHIVE_READS = "tests.desk.test_queue_list.reads_of"
    make_article("Unread")
    article = make_article("Read often")
    READS[article.pk] = 5000
    rank_translations()
    assert titles(person) == ["Read often", "Unread"]


@pytest.mark.parametrize("path", ["tests.desk.test_queue_list.nothing", "archive.conf.PAIR"])
def test_a_wrong_source_of_reads_fails_at_start(settings: Any, path: str) -> None:
    settings.ARCHIVE_READS = "tests.desk.test_queue_list.reads_of"
    assert check_settings(None) == []
    settings.ARCHIVE_READS = path
    assert [error.id for error in check_settings(None)] == ["archive.E003"]


READS: dict[int, int] = {}


def reads_of(pages: list[int]) -> dict[int, int]:
    return {page: READS[page] for page in pages if page in READS}


def test_the_list_shows_progress_person_and_due_date(translator: Person) -> None:
    article = make_article()
    translate(article, publish=False)
    change(article, assignee=translator.user, due_date=date(2001, 2, 3))
    soup = bs4.BeautifulSoup(listing(translator).content, "html.parser")
    bar = soup.select_one(".archive-queue__progress progress")
    assert (bar["value"], bar["max"]) == ("3", "3")
    due = soup.select_one("td time")
    assert due["datetime"] == "2001-02-03"
    assert "archive-queue__pressing" in due["class"]
    assert "translator" in soup.select_one("table").text


def test_nobody_else_sees_the_list() -> None:
    for url in (reverse(LIST), reverse("archive_translation:other_texts")):
        response = Person(make_editor(f"e{url.count('o')}{len(url)}")).client.get(url)
        assert response.status_code in (302, 403)


def test_the_list_costs_the_same_for_any_number(
    person: Person, django_assert_max_num_queries: Any
) -> None:
    colleague = make_translator("colleague")
    for number in range(8):
        article = make_article(f"Story {number}", section=make_section(f"s{number}"))
        translate(article, publish=bool(number % 2))
        change(article, assignee=colleague, due_date=timezone.localdate(), urgency=1)
    listing(person)
    with django_assert_max_num_queries(19):
        listing(person, assignee="nobody", section="1", state="published", q="Story")
    with django_assert_max_num_queries(17):
        assert len(listing(person).context["object_list"]) == 8


def test_a_published_translation_says_that_a_change_waits(person: Person) -> None:
    article = make_article("Harbour")
    translate(article)
    translate(article, publish=False, headline="港口札记")
    [row] = listing(person).context["object_list"]
    assert row.shown_state == "Published, with a newer draft"


def test_a_translation_of_an_unpublished_story_isnt_called_published() -> None:
    article = make_article(live=False)
    translation = translation_of(article)
    person = Person(make_translator())
    response = person.edits(translation).fill("译").press("publish")
    text = page_text(person.client.get(response.url))
    assert "its translation appears with it" in text
    assert "updated and published" not in text
    everything = page_text(person.client.get(reverse(LIST), {"show": "all"}))
    assert "Appears with its story" in everything
    shown = page_text(person.edits(translation).response)
    assert "readers see this translation once the story is published" in shown
    assert 'id="status-sidebar-waits"' in shown
    assert 'id="status-sidebar-live"' not in shown
    article.save_revision().publish()
    assert "Appears with its story" not in page_text(person.client.get(reverse(LIST)))
    shown = page_text(person.edits(translation).response)
    assert "once the story is published" not in shown
    assert 'id="status-sidebar-live"' in shown


def test_each_row_says_how_long_its_source_is(person: Person) -> None:
    article = make_article("A story of a word")
    Translation.objects.filter(article=article).update(source_size=1)
    make_article("一篇中文报道", language=CHINESE)
    Translation.objects.filter(article__headline_zh_hans="一篇中文报道").update(source_size=420)
    shown = page_text(listing(person))
    assert "English → 中文 · 1 word" in shown
    assert "中文 → English · 420 characters" in shown
