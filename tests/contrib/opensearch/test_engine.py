"""The search on an OpenSearch server: what it is sent, and what is made of its answers."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from archive.contrib.opensearch import engine as asking
from archive.models import ArticlePage, SearchDocument
from archive.search.actions import index_stories
from archive.search.engines import NEWEST, RELEVANCE, Filters, SearchQuestion
from archive.search.query import Conditions, conditions_of, parse
from archive.search.rebuild import rebuild
from tests.contrib.opensearch.server import Server
from tests.factories import make_article, make_body, make_entity, tag, translate

pytestmark = pytest.mark.django_db

PATH = "archive.contrib.opensearch.engine.OpenSearchEngine"


@pytest.fixture
def server(settings: Any) -> type[Server]:
    Server.start()
    settings.ARCHIVE_SEARCH_ENGINE = PATH
    settings.ARCHIVE_SEARCH_OPTIONS = {"index": "paper", "connection_class": Server}
    return Server


def documents(server: type[Server], alias: str = "paper") -> dict[str, Any]:
    found: dict[str, Any] = server.indices[server.aliases[alias]]["documents"]
    return found


def body_of(query: str, filters: Filters | None = None, sort: str = RELEVANCE) -> dict[str, Any]:
    asked: Conditions = conditions_of(parse(query))
    question = SearchQuestion(asked.texts, asked.rows, filters or Filters(), sort, 20, 10)
    return asking.request(question)


def test_a_story_is_one_document_with_both_languages_terms(
    server: type[Server], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        one = make_article("Ports open", body=make_body("Ships."), day=date(2015, 9, 22))
        translate(one, headline="港口开放")
        tag(one, make_entity())
        index_stories([one.pk])
    stored = documents(server)[str(one.pk)]
    assert stored["headline_en"] == "port open"
    assert stored["headline_zh-hans"] == "港口 口开 开放 放"
    assert stored["languages"] == ["en", "zh-hans"]
    assert (stored["print_date"], stored["year"]) == ("2015-09-22", 2015)
    assert len(stored["place"]) == 1
    mapping = server.indices[server.aliases["paper"]]["made"]["mappings"]
    assert set(stored) <= set(mapping["properties"])

    with django_capture_on_commit_callbacks(execute=True):
        ArticlePage.objects.get(pk=one.pk).unpublish()
    assert documents(server) == {}


def test_words_phrases_and_characters_become_queries() -> None:
    in_english, in_chinese = body_of("ports")["query"]["bool"]["should"]
    (group,) = in_english["bool"]["must"]
    (phrase,) = group["dis_max"]["queries"]
    assert phrase["multi_match"]["query"] == "port"
    assert phrase["multi_match"]["type"] == "phrase"
    assert "headline_en^10.0" in phrase["multi_match"]["fields"]
    assert in_english["bool"]["filter"] == [{"term": {"languages": "en"}}]
    assert (in_english["bool"]["_name"], in_chinese["bool"]["_name"]) == ("en", "zh-hans")

    (group,) = body_of("友好城市")["query"]["bool"]["should"][1]["bool"]["must"]
    assert group["dis_max"]["queries"][0]["multi_match"]["query"] == "友好 好城 城市"
    (group,) = body_of("城")["query"]["bool"]["should"][1]["bool"]["must"]
    prefixes = group["dis_max"]["queries"][0]["bool"]["should"]
    assert {"prefix": {"headline_zh-hans": {"value": "城", "boost": 10.0}}} in prefixes
    (group,) = body_of("headline:port OR harbour")["query"]["bool"]["should"][0]["bool"]["must"]
    assert group["dis_max"]["queries"][0]["multi_match"]["fields"] == ["headline_en^10.0"]


def test_exclusions_dates_and_filters_become_queries() -> None:
    filters = Filters(year=2015, picture=True, entities=(7,), language="en")
    body = body_of("port -airport after:2015-01 page:a3", filters, NEWEST)
    query = body["query"]["bool"]
    assert [one["bool"]["_name"] for one in query["should"]] == ["en"]
    held = [one["bool"]["should"] for one in query["should"][0]["bool"]["filter"][1:]]
    assert [{"range": {"print_date": {"gte": "2015-01-01"}}}] in held
    assert [{"term": {"print_page": "A3"}}] in held
    (excluded,) = query["must_not"]
    fields = excluded["dis_max"]["queries"][0]["multi_match"]["fields"]
    assert {"body_en^1.0", "body_zh-hans^1.0"} <= set(fields)
    assert {"term": {"year": 2015}} in query["filter"]
    assert {"term": {"has_picture": True}} in query["filter"]
    assert body["sort"][0] == {"print_date": {"order": "desc", "missing": "_last"}}
    assert (body["from"], body["size"]) == (20, 10)


def test_answers_become_results(server: type[Server]) -> None:
    one = make_article("Ports open", body=make_body("Ships in the port."))
    server.aliases["paper"] = "paper-1"
    server.answer = {
        "took": 3,
        "hits": {
            "total": {"value": 12, "relation": "eq"},
            "hits": [{"_id": str(one.pk), "_score": 2.5, "matched_queries": ["en"]}],
        },
        "aggregations": {
            "year": {"buckets": [{"key": 2014, "doc_count": 5}, {"key": 2015, "doc_count": 7}]},
            "section": {"buckets": []},
            "language": {"buckets": {"en": {"doc_count": 12}, "zh-hans": {"doc_count": 0}}},
            "picture": {"buckets": {"1": {"doc_count": 4}}},
        },
    }
    answer = Client().get("/en/search/", {"q": "port", "format": "json"}).json()
    assert (answer["total"], answer["results"][0]["id"]) == (12, one.pk)
    assert answer["results"][0]["matched_languages"] == ["en"]
    assert [v["count"] for v in answer["facets"]["year"]] == [7, 5]
    assert answer["facets"]["picture"][0]["count"] == 4
    assert "language" not in answer["facets"]


@pytest.mark.parametrize(("language", "word"), [("en", "not available"), ("zh-hans", "")])
def test_readers_are_told_when_it_is_away(server: type[Server], language: str, word: str) -> None:
    server.is_away = True
    response = Client().get(f"/{language}/search/", {"q": "port"})
    assert response.status_code == 503
    assert response["Retry-After"]
    assert word in response.content.decode()
    assert f'href="/{language}/browse/"' in response.content.decode().partition("<main")[2]
    assert Client().get("/en/search/?q=port&format=json").status_code == 503
    assert Client().get("/en/search/feed/?q=port").status_code == 503


def test_publishing_goes_on_when_it_is_away(
    server: type[Server], django_capture_on_commit_callbacks: Any
) -> None:
    server.is_away = True
    with django_capture_on_commit_callbacks(execute=True):
        one = make_article("Ports open")
    assert list(SearchDocument.objects.values_list("digest", flat=True)) == [""]
    server.is_away = False
    # Neither that it was not told, nor that its index was not there, is forgotten.
    with django_capture_on_commit_callbacks(execute=True):
        index_stories([one.pk])
    assert str(one.pk) in documents(server)


def test_a_rebuild_puts_a_new_index_in_the_old_one_s_place(
    server: type[Server], django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        one = make_article("Ports open")
    old = server.aliases["paper"]
    monkeypatch.setattr(
        "archive.contrib.opensearch.engine.OpenSearchEngine.ids", lambda self: set()
    )
    with django_capture_on_commit_callbacks(execute=True):
        rebuild(anew=True)
    assert server.aliases["paper"] != old
    assert list(server.indices) == [server.aliases["paper"]]
    assert str(one.pk) in documents(server)
