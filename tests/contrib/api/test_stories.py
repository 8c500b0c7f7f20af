"""What programs read of stories, by either version of Wagtail's API."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from archive.models import ArticleByline, ArticlePage, Author, HarvestRecord
from archive.site.permalinks import permanent_path
from archive.text.language import column
from tests.contrib.api.conftest import Ask
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_merged,
    make_publication,
    make_section,
    tag,
    translate,
)
from tests.ties.places import place, tie

pytestmark = pytest.mark.django_db


def ids(response: Any) -> list[int]:
    return [one["id"] for one in response.json()["items"]]


def make_full_story() -> ArticlePage:
    body = [
        block("subhead", "Two harbours", "b1"),
        block("paragraph", "<p>The <b>port</b> opened.</p>", "b2"),
        block("image", {"image": None, "caption": "Cranes", "alt_text": "", "credit": ""}, "b3"),
    ]
    story = make_article(
        "Ports & harbours",
        body=body,
        section=make_section(),
        print_page="17",
        rights="© China Daily",
        rights_statement="InC",
        contact="desk@example.org",
    )
    tag(story, place("zhanjiang"), "about")
    tag(story, make_entity("shipping", "Shipping", "航运", kind="topic"), "mentioned")
    author = Author.objects.create(**{column("name", "en"): "Li Na"})
    ArticleByline.objects.create(page=story, author=author)
    tie(article=story, since="2005-10", status="in_force")
    translate(story, headline="港口", b2="<p>港口开放。</p>")
    return ArticlePage.objects.get(pk=story.pk)


def test_a_story_is_told_in_both_languages(ask: Ask, settings: Any) -> None:
    settings.ARCHIVE_TDM_RESERVATION = True
    story = make_full_story()
    told = ask(f"stories/{story.pk}/").json()
    address = f"http://localhost{permanent_path(story)}"
    assert (told["id"], told["url"], told["languages"]) == (story.pk, address, ["en", "zh-hans"])
    assert told["publication"]["name"] == {"en": "China Daily", "zh-hans": "中国日报"}
    assert (told["section"]["slug"], told["print_date"]) == ("world", "2015-09-22")
    english, chinese = told["texts"]
    assert english["url"] == f"{address}en/"
    assert (english["headline"], chinese["headline"]) == ("Ports & harbours", "港口")
    assert (english["is_translation"], chinese["is_translation"]) == (False, True)
    assert english["published"] == "2015-09-22"
    assert english["citation"]["container-title"] == "China Daily"
    assert chinese["citation"]["original-title"] == "Ports & harbours"
    assert told["bylines"] == [{"role": "reporter", "name": {"en": "Li Na"}}]
    assert [(one["key"], one["role"]) for one in told["names"]] == [
        ("zhanjiang", "about"),
        ("shipping", "mentioned"),
    ]
    assert told["names"][0]["url"] == "http://localhost/en/entities/zhanjiang/"
    [one] = told["ties"]
    assert (one["places"], one["since"]) == (["atlantic-city", "zhanjiang"], "2005-10")
    assert told["use"] == {
        "notice": "© China Daily",
        "statement": "http://rightsstatements.org/vocab/InC/1.0/",
        "mining_reserved": True,
        "mining_policy": "",
        "signals": [],
    }


def test_both_texts_are_paired_by_their_segments(ask: Ask) -> None:
    found = ask(f"stories/{make_full_story().pk}/").json()["segments"]
    assert [(one["key"], one["block"], one["text"]) for one in found] == [
        ("headline", "headline", {"en": "Ports & harbours", "zh-hans": "港口"}),
        ("b1", "b1", {"en": "Two harbours", "zh-hans": "译文：subhead"}),
        ("b2", "b2", {"en": "The port opened.", "zh-hans": "港口开放。"}),
        ("b3/caption", "b3", {"en": "Cranes", "zh-hans": "译文：caption"}),
    ]


def test_what_a_translation_lacks_is_said(ask: Ask) -> None:
    story = make_full_story()
    stream = ArticlePage._meta.get_field("body_zh_hans")
    body = [block("paragraph", "<p>旧。</p>", "old"), block("subhead", "多出", "extra")]
    marks = {"blocks": {"b2": "old"}, "left_out": ["b1"], "machine": ["b2"], "gone": ["extra"]}
    ArticlePage.objects.filter(pk=story.pk).update(
        translation_marks=marks, body_zh_hans=stream.to_python(body)
    )
    found = ask(f"stories/{story.pk}/").json()["segments"][1:]
    assert [(one["key"], one["text"], one["notes"]) for one in found] == [
        ("b1", {"en": "Two harbours"}, ["left-out"]),
        ("b2", {"en": "The port opened.", "zh-hans": "旧。"}, ["machine"]),
        ("b3/caption", {"en": "Cranes"}, []),
        ("extra", {"zh-hans": "多出"}, ["gone"]),
    ]


def test_a_list_is_narrowed_by_what_stories_are_of(ask: Ask) -> None:
    story = make_full_story()
    evening = make_publication("evening-news", en="Evening News")
    other = make_article(
        "Other", slug="other", publication=evening, day=date(2016, 1, 2), print_page="B8"
    )
    tag(other, place("zhanjiang"))
    of_story: list[dict[str, Any]] = [
        {"name": ["zhanjiang", "shipping"]},
        {"tie": "zhanjiang/atlantic-city"},
        {"date": "2015-09-22"},
        {"date_to": "2015-12-31", "date_from": "2015-01-01"},
        {"page": "17"},
        {"publication": "china-daily"},
        {"publication": str(story.publication_id)},
        {"section": "world"},
        {"language": "zh-hans"},
    ]
    for asked in of_story:
        assert ids(ask(**asked)) == [story.pk], asked
    assert sorted(ids(ask(name="zhanjiang"))) == [story.pk, other.pk]
    for none in ({"name": "nobody"}, {"name": "a\0b"}, {"publication": "nothing"}, {"page": "1"}):
        assert ids(ask(**none)) == [], none


def test_a_name_that_was_merged_is_found_by_either_key(ask: Ask) -> None:
    kept = place("zhanjiang")
    one, two = make_article("One", slug="one"), make_article("Two", slug="two")
    tag(one, kept)
    tag(two, make_merged("tsamkong", kept))
    for key in ("zhanjiang", "tsamkong"):
        assert sorted(ids(ask(name=key))) == [one.pk, two.pk]
    assert [one["key"] for one in ask(f"stories/{two.pk}/").json()["names"]] == ["zhanjiang"]


def test_a_cursor_leads_through_all_of_a_second_and_on(ask: Ask) -> None:
    made = [make_article(f"Story {n}", slug=f"story-{n}").pk for n in range(5)]
    HarvestRecord.objects.update(datestamp="2026-01-01T00:00:00Z")
    HarvestRecord.objects.filter(pk__gt=made[3]).update(datestamp="2026-01-02T00:00:00Z")
    found, cursor = [], ""
    while True:
        answer = ask(limit=2, cursor=cursor)
        found.append(ids(answer))
        cursor = answer.json()["next_cursor"]
        if not cursor:
            break
        assert f"cursor={cursor}" in answer["Link"]
        assert 'rel="next"' in answer["Link"]
    assert found == [made[:2], made[2:4], made[4:]]
    assert "Link" not in answer
    assert ids(ask(changed_since="2026-01-02T00:00:00Z")) == made[4:]


def test_what_was_withdrawn_leaves_a_tombstone(ask: Ask) -> None:
    kept = make_article("Kept", slug="kept")
    gone, deleted = make_article("Gone", slug="gone"), make_article("Deleted", slug="deleted")
    pks = {gone.pk, deleted.pk}
    gone.unpublish()
    deleted.delete()
    draft = make_article("Draft", slug="draft", live=False)
    answer = ask().json()
    assert [one["id"] for one in answer["items"]] == [kept.pk]
    assert {one["id"] for one in answer["withdrawn"]} == pks
    assert {one["id"] for one in ask(publication="china-daily").json()["withdrawn"]} == pks
    # Of whom it told, nobody knows any more.
    assert ask(name="zhanjiang").json()["withdrawn"] == []
    told = ask(f"stories/{gone.pk}/")
    assert (told.status_code, told.json()["id"]) == (410, gone.pk)
    assert "Gone" not in told.text
    assert ask(f"stories/{draft.pk}/").status_code == 404
    assert ask("stories/999999999999999999999/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": 0},
        {"limit": 21},
        {"limit": "many"},
        {"cursor": "x"},
        {"cursor": "999999999999-1"},
        {"date": "2015-02-30"},
        {"language": "fr"},
        {"tie": "zhanjiang"},
    ],
)
def test_a_wrong_parameter_is_named(ask: Ask, wrong: dict[str, Any]) -> None:
    make_article()
    answer = ask(**wrong)
    assert answer.status_code in (400, 422)
    assert next(iter(wrong)) in answer.text


def test_many_stories_take_as_many_queries_as_one(
    ask: Ask, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        story = make_article(f"Story {number}", slug=f"story-{number}", section=None)
        tag(story, make_entity(f"place-{number}"))
        tie(two=f"place-{number}", article=story)
        translate(story, headline="港口")
    ask()
    with django_assert_max_num_queries(7):
        assert len(ids(ask(limit=20, segments="true"))) == 12
    with django_assert_max_num_queries(6):
        assert ask(f"stories/{story.pk}/").status_code == 200


def test_caches_ask_each_time_and_scripts_of_any_site_may_read(ask: Ask) -> None:
    story = make_article()
    for path in ("stories/", f"stories/{story.pk}/"):
        answer = ask(path)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "public, no-cache"
        assert answer["ETag"]
