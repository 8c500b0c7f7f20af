"""An agent finds, reads and cites what every reader may see, and nothing else."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.site.permalinks import permanent_path
from tests.contrib.mcp.conftest import Call
from tests.factories import make_article

pytestmark = pytest.mark.django_db
USE = {
    "notice": "© China Daily",
    "statement": "http://rightsstatements.org/vocab/InC/1.0/",
    "mining_reserved": None,
    "mining_policy": "",
    "signals": [],
}


def permanent(story: ArticlePage) -> str:
    return f"http://localhost{permanent_path(story)}"


@pytest.mark.parametrize(
    ("query", "language", "passage"),
    [("lighthouse", "en", "The lighthouse was lit."), ("灯塔", "zh-hans", "灯塔点亮。")],
)
def test_a_search_in_either_language(
    call: Call, story: ArticlePage, query: str, language: str, passage: str
) -> None:
    found = call("search", query=query, language=language)
    assert found["total"] == 1
    [told] = found["stories"]
    assert (told["id"], told["url"]) == (story.pk, permanent(story))
    assert passage in told["passage"]
    assert told["use"] == USE


def test_a_search_is_narrowed_as_readers_have_it(call: Call, story: ArticlePage) -> None:
    make_article("Harbour closes", slug="closes")
    assert call("search", query="harbour")["total"] == 2
    narrowed = call("search", query="harbour", section="world", place="zhanjiang")
    assert [one["id"] for one in narrowed["stories"]] == [story.pk]
    # Most of the words, where no story has all.
    nearest = call("search", query="lighthouse volcano")
    assert (nearest["total"], nearest["has_all_words"]) == (1, False)


def test_what_the_archive_knows_stands_above_the_stories(call: Call, story: ArticlePage) -> None:
    answers = call("search", query="Zhanjiang and Atlantic City")["answers"]
    assert "http://localhost/en/ties/" in "".join(answers)


def test_a_paragraph_is_cited_by_its_own_address(call: Call, story: ArticlePage) -> None:
    found = call("paragraph", address=f"{permanent(story)}en/#b1")
    assert found == call("paragraph", address=str(story.pk), block="b1")
    assert found["segments"][0]["text"] == {
        "en": "The lighthouse was lit.",
        "zh-hans": "灯塔点亮。",
    }
    english, chinese = found["texts"]
    assert (english["url"], chinese["url"]) == (
        f"{permanent(story)}en/#b1",
        f"{permanent(story)}zh/#b1",
    )
    assert english["url"] in english["cited"]["chicago-note"]
    assert "港口向船只开放" in chinese["cited"]["gb-t-7714"]
    assert found["use"] == USE


def test_a_story_has_both_texts(call: Call, story: ArticlePage) -> None:
    told = call("story", address=permanent(story))
    assert [one["headline"] for one in told["texts"]] == [
        "Harbour opens to ships",
        "港口向船只开放",
    ]
    assert told["segments"][-1]["key"] == "b1"


@pytest.mark.parametrize("written", ["old-quay", "Old Quay", "老码头", "旧码头"])
def test_a_name_is_known_however_it_is_written(
    call: Call, story: ArticlePage, written: str
) -> None:
    [name] = call("name", name=written)["names"]
    assert (name["key"], name["stories"]) == ("old-quay", 1)
    assert name["name"] == {"en": "Old Quay", "zh-hans": "老码头"}
    assert name["other_names"] == {"zh-hans": ["旧码头"]}


def test_a_tie_has_what_says_so(call: Call, story: ArticlePage) -> None:
    [told] = call("ties", place="湛江", other="Atlantic City")["ties"]
    assert (told["kind"], told["since"]) == ("sister_city", "2005-10")
    [evidence] = told["evidence"]
    assert evidence["story"] == f"{permanent(story)}en/#b1"
    assert evidence["sentence"] == {"en": "Both signed in the port."}
    assert evidence["use"] == USE


@pytest.mark.parametrize("kept", ["story", "issue", "publication", "section", "draft"])
def test_what_is_kept_from_readers_is_kept_from_agents(
    call: Call, story: ArticlePage, kept: str
) -> None:
    if kept == "draft":
        story.unpublish()
    else:
        own = {"story": story, "issue": story.get_parent()}
        page = own.get(kept) or getattr(story, kept)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    asked: list[tuple[str, dict[str, Any]]] = [
        ("search", {"query": "lighthouse"}),
        ("search", {"query": "", "place": "zhanjiang"}),
        ("search", {"query": "Zhanjiang Atlantic City"}),
        ("story", {"address": str(story.pk)}),
        ("paragraph", {"address": permanent(story), "block": "b1"}),
        ("ties", {"place": "zhanjiang"}),
        ("name", {"name": "old-quay"}),
    ]
    for tool, arguments in asked:
        told = str(call(tool, **arguments))
        # An agent is told its own words.
        told = told.replace("'query': 'lighthouse'", "").replace("'typed': 'lighthouse'", "")
        for word in ("lighthouse", "Harbour opens", "Both signed", "灯塔"):
            assert word not in told, (tool, arguments)
    assert "li@cd.cn" not in str(call("search", query="harbour"))


def test_no_address_of_mail_is_told(call: Call, story: ArticlePage) -> None:
    for tool, arguments in (
        ("search", {"query": "harbour"}),
        ("story", {"address": str(story.pk)}),
    ):
        assert "li@cd.cn" not in str(call(tool, **arguments))


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("search", {"query": "x", "language": "fr"}, "The archive's languages are"),
        ("story", {"address": "https://example.org/"}, "Give a story's permanent address"),
        ("story", {"address": "999999"}, "Readers have no such story"),
        ("ties", {"place": "Nowhere"}, "There is no place"),
        ("ties", {"place": "old-quay"}, "There is no place"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(
    call: Call, story: ArticlePage, tool: str, arguments: dict[str, Any], said: str
) -> None:
    assert said in call(tool, **arguments)


def test_a_story_has_no_such_block(call: Call, story: ArticlePage) -> None:
    assert "no such block" in call("paragraph", address=str(story.pk), block="b9")


def test_many_stories_take_as_many_queries_as_one(
    call: Call, story: ArticlePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (5, 9):
        for number in range(count):
            make_article(f"Harbour {number}", slug=f"harbour-{count}-{number}")
        call("search", query="harbour")
        # One of them reads what the archive's own pages say, which are looked through as well.
        with django_assert_max_num_queries(21):
            assert len(call("search", query="harbour")["stories"]) > count
    with django_assert_max_num_queries(6):
        call("paragraph", address=str(story.pk), block="b1")
