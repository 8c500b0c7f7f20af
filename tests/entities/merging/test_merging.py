"""Names become one by a redirect: what names the others is read as the one that is kept."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from wagtail.models import Revision

from archive.contrib.name_suggestions.decisions import answers_to
from archive.contrib.name_suggestions.models import SuggestionDecision
from archive.contrib.name_suggestions.recognition.gazetteer import load_gazetteer
from archive.contrib.related.models import StoryTerm
from archive.contrib.related.updates import rebuild
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.entities.merging.actions import IdentityError, merge_entities, preview_merge
from archive.entities.panels import uses_of
from archive.entities.rich_text import with_links
from archive.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    Author,
    Entity,
    Office,
    SearchName,
    Segment,
    Tie,
)
from archive.stories.body import raw
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, column
from tests.factories import block, make_article, make_entity, make_tie, make_user, tag, translate

pytestmark = pytest.mark.django_db


def mention(entity, words="the city"):
    return f'<a linktype="entity" id="{entity.pk}">{words}</a>'


@pytest.fixture
def pair():
    kept = make_entity(latitude=21.3, longitude=110.4)
    return kept, make_entity("tsamkong", "Tsamkong", "广州湾", wikidata_id="Q59144")


@pytest.fixture
def user():
    return make_user("chief")


@pytest.fixture
def told(pair):
    """A story that names the lost entry in every way, and its translation."""
    _kept, lost = pair
    paragraph = block("paragraph", f"<p>Ships left {mention(lost)}.</p>")
    story = make_article(body=[paragraph])
    translate(story, **{paragraph["id"]: f"<p>船离开了{mention(lost, '广州湾')}。</p>"})
    story = ArticlePage.objects.get(pk=story.pk)
    story.entity_tags = [ArticleEntity(entity=lost, role="about")]
    story.save_revision().publish()
    return ArticlePage.objects.get(pk=story.pk)


def references():
    """All that names an entry: rows, texts, and the contents of all versions."""
    return {
        "tags": list(ArticleEntity.objects.order_by("pk").values_list("page", "entity", "role")),
        "bodies": [
            raw(getattr(story, column("body", language)))
            for story in ArticlePage.objects.order_by("pk")
            for language in LANGUAGES
        ],
        "segments": list(Segment.objects.order_by("pk").values_list("target", "source_text")),
        "ties": list(Tie.with_merged.order_by("pk").values_list("place_a", "place_b", "kind")),
        "versions": [
            json.dumps(content, sort_keys=True)
            for content in Revision.objects.order_by("pk").values_list("content", flat=True)
        ],
    }


def test_rewrites_no_reference_and_no_version(pair, user, told):
    kept, lost = pair
    make_tie(lost, make_entity("atlantic-city", "Atlantic City", "大西洋城"))
    before = references()
    change = merge_entities(kept, [lost], user=user)
    assert references() == before
    assert {row["model"] for row in change.changes} == {"archive.entity", "archive.entityname"}


@pytest.mark.parametrize("prefix", ["en", "zh-hans"])
def test_readers_follow_tags_and_mentions_to_the_kept_name(pair, user, told, client, prefix):
    kept, lost = pair
    merge_entities(kept, [lost], user=user)
    language = ENGLISH if prefix == "en" else CHINESE
    page = client.get(told.url.replace("/en/", f"/{prefix}/")).content.decode()
    assert 'data-entity="zhanjiang"' in page
    assert "tsamkong" not in page
    listed = client.get(f"/{prefix}/entities/zhanjiang/").content.decode()
    assert str(getattr(told, column("headline", language))) in listed


def test_a_story_page_takes_no_more_queries(
    pair, user, told, client, django_assert_max_num_queries
):
    kept, lost = pair
    client.get(told.url)
    client.cookies.clear()
    merge_entities(kept, [lost], user=user)
    client.get("/en/")
    # The first reader after a change of names has them loaded anew.
    for most in (8, 7):
        with django_assert_max_num_queries(most):
            client.get(told.url)
        client.cookies.clear()


def test_a_story_with_both_tags_counts_once_and_about_wins(pair, user, client):
    kept, lost = pair
    both, one = make_article("Both"), make_article("One")
    tag(both, kept, "mentioned")
    tag(both, lost, "about")
    tag(one, lost, "mentioned")
    merge_entities(kept, [lost], user=user)
    counts = {str(use.label): use.count for use in uses_of(kept)}
    assert (counts["Stories about it"], counts["Stories that mention it"]) == (1, 1)
    page = client.get("/en/entities/zhanjiang/?role=about").content.decode()
    assert "Both" in page
    assert "One" not in page.partition("<main")[2].partition("Companions")[0].replace("One of", "")
    assert client.get("/en/entities/zhanjiang/card/").content.decode().count("2 stories") == 1


def test_facets_count_the_kept_name_once(pair, user, client):
    kept, lost = pair
    both, one, _other = (make_article(f"Harbour {words}") for words in ("news", "again", "gulls"))
    tag(both, kept)
    tag(both, lost)
    tag(one, lost)
    merge_entities(kept, [lost], user=user)
    found = client.get("/en/search/?q=harbour&format=json").json()["facets"]["place"]
    places = {value["value"]: value["count"] for value in found}
    assert places["zhanjiang"] == 2
    assert "tsamkong" not in places
    narrowed = client.get("/en/search/?q=harbour&place=tsamkong&format=json").json()
    assert narrowed["total"] == 2


def test_related_stories_see_one_name(pair, user):
    kept, lost = pair
    stories = [make_article("Both"), make_article("One")]
    for name in (kept, lost):
        tag(stories[0], name)
    tag(stories[1], lost)
    merge_entities(kept, [lost], user=user)
    rebuild(progress=lambda *_arguments: None)
    terms = StoryTerm.objects.order_by("article").values_list("article", "term")
    assert list(terms) == [(story.pk, str(kept.pk)) for story in stories]


def test_lists_know_the_kept_name_alone(pair, user, client):
    kept, lost = pair
    tag(make_article(), lost)
    merge_entities(kept, [lost], user=user)
    index = client.get("/en/entities/?kind=place").content.decode()
    assert "Zhanjiang" in index
    assert "/entities/tsamkong/" not in index
    assert list(Entity.objects.used()) == [kept]
    assert Entity.objects.with_usage_count().get().usage_count == 1
    assert not Entity.objects.orphans().exists()


def test_ties_become_one_with_both_evidences(pair, user, client):
    kept, lost = pair
    other = make_entity(
        "atlantic-city", "Atlantic City", "大西洋城", latitude=39.4, longitude=-74.4
    )
    make_tie(kept, other, source_url="https://example.org/1")
    make_tie(lost, other, source_url="https://example.org/2", since="1980")
    make_tie(lost, other, "visit")
    merge_entities(kept, [lost], user=user)
    ties = {tie.kind: tie for tie in Tie.objects.with_places()}
    assert set(ties) == {"sister_city", "visit"}
    assert ties["sister_city"].since == "1980"
    urls = {piece.source_url for piece in ties["sister_city"].all_evidence}
    assert urls == {"https://example.org/1", "https://example.org/2"}
    assert {ties["visit"].place_a, ties["visit"].place_b} == {kept, other}
    assert Tie.objects.of(kept).count() == Tie.objects.between(other, kept).count() == 2
    for path in ("/en/cities/zhanjiang/", "/en/ties/atlantic-city/zhanjiang/"):
        page = client.get(path).content.decode()
        assert "https://example.org/1" in page
        assert "https://example.org/2" in page
    exported = client.get("/en/ties/?format=csv").content.decode()
    assert "tsamkong" not in exported
    assert exported.count("sister_city") == 1


def test_a_tie_between_the_two_goes_and_the_preview_says_so(pair, user):
    kept, lost = pair
    make_tie(kept, lost)
    preview_merge(kept, [lost], {})
    assert Tie.objects.exists()
    merge_entities(kept, [lost], user=user)
    assert not Tie.objects.exists()


def test_a_refused_tie_is_not_asked_again_under_the_other_key(pair, user):
    kept, lost = pair
    story = make_article()
    for token in ("atlantic-city|tsamkong|visit", "tsamkong-port|yantai|visit"):
        SuggestionDecision.objects.create(
            page=story, subject="tie", token=token, verdict="rejected"
        )
    merge_entities(kept, [lost], user=user)
    assert {row.token for row in answers_to(story)} == {
        "atlantic-city|zhanjiang|visit",
        "tsamkong-port|yantai|visit",
    }


def test_names_are_taken_over_and_places_of_offices_and_bylines_follow(pair, user):
    kept, lost = pair
    person = make_entity("liu", "Liu Xiaohua", "刘小华", kind="person")
    office = Office(person=person, place=lost, as_of="2015", **{column("title", ENGLISH): "Chief"})
    office.save()
    author = Author.objects.create(**{column("name", ENGLISH): "Li Na"})
    byline = ArticleByline.objects.create(page=make_article(), author=author, place=lost)
    merge_entities(kept, [lost], user=user)
    kept = Entity.objects.get(pk=kept.pk)
    assert kept.aliases_in(ENGLISH) == ["Tsamkong"]
    assert kept.aliases_in(CHINESE) == ["广州湾"]
    assert kept.wikidata_id == "Q59144"
    office, byline = Office.objects.get(), ArticleByline.objects.get(pk=byline.pk)
    assert (office.place, byline.place) == (kept, kept)
    assert str(office) == "Chief of Zhanjiang"
    assert SearchName.objects.get(key="tsamkong").entity_id == kept.pk


def test_a_persons_offices_are_taken_over_once(user):
    kept = make_entity("liu", "Liu Xiaohua", "刘小华", kind="person")
    lost = make_entity("liu-2", "Liu Xiao-hua", "刘小华", kind="person")
    for person, title in ((kept, "Mayor"), (lost, "Mayor"), (lost, "Chief")):
        Office(person=person, as_of="2015", **{column("title", ENGLISH): title}).save()
    merge_entities(kept, [lost], user=user)
    titles = [str(office) for office in Entity.objects.get(pk=kept.pk).offices.all()]
    assert titles == ["Mayor", "Chief"]


def test_glossary_and_suggestions_know_one_name(pair, user):
    kept, lost = pair
    tag(make_article(), lost)
    merge_entities(kept, [lost], user=user)
    glossary: Glossary = load_glossary()
    assert [term.entity_id for term in glossary.terms] == [kept.pk]
    assert glossary.redirects == {lost.pk: kept.pk}
    assert glossary.find("Tsamkong", ENGLISH)[0].terms[0].entity_id == kept.pk
    assert load_gazetteer().of_entity(kept.pk).uses == 1


def test_takes_the_fields_that_were_chosen(pair, user):
    kept, lost = pair
    chosen = {column("name", ENGLISH): lost.pk}
    merge_entities(kept, [lost], chosen, user=user)
    kept = Entity.objects.get(pk=kept.pk)
    assert kept.name_in(ENGLISH) == "Tsamkong"
    assert kept.name_in(CHINESE) == "湛江"
    assert kept.aliases_in(ENGLISH) == ["Zhanjiang"]


def test_pinyin_stays_with_the_name_that_it_reads(pair, user):
    kept, lost = pair
    Entity.objects.filter(pk=lost.pk).update(pinyin="guang zhou wan")
    same = make_entity("zhanjiang-2", "Zhanjiang City", "湛江", pinyin="zhan jiang")
    merge_entities(kept, [lost], user=user)
    assert Entity.objects.get(pk=kept.pk).pinyin == ""
    merge_entities(kept, [same], user=user)
    assert Entity.objects.get(pk=kept.pk).pinyin == "zhan jiang"


@pytest.mark.parametrize("page", ["", "card/", "feed/"])
def test_the_old_address_leads_to_the_kept_entry(pair, user, client, page):
    kept, lost = pair
    merge_entities(kept, [lost], user=user)
    response = client.get(f"/en/entities/tsamkong/{page}?role=about")
    assert response.status_code == 301
    assert response["Location"] == f"/en/entities/zhanjiang/{page}?role=about"


def test_a_second_merge_leads_the_first_name_on(pair, user):
    kept, lost = pair
    last = make_entity("zhanjiang-shi", "Zhanjiang City", "湛江市")
    merge_entities(kept, [lost], user=user)
    merge_entities(last, [kept], user=user)
    merged = Entity.with_merged.exclude(pk=last.pk)
    assert dict(merged.values_list("key", "merged_into")) == {
        "tsamkong": last.pk,
        "zhanjiang": last.pk,
    }
    assert f'data-entity="{last.key}"' in with_links(mention(lost))


def test_refuses_a_circle_and_what_was_merged_already(pair, user):
    kept, lost = pair
    merge_entities(kept, [lost], user=user)
    with pytest.raises(IdentityError, match="merged meanwhile"):
        merge_entities(lost, [kept], user=user)
    with pytest.raises(IdentityError):
        merge_entities(kept, [kept], user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entity.objects.filter(pk=kept.pk).update(merged_into=kept.pk)


def test_refuses_to_merge_a_person_with_a_place(user):
    place, person = make_entity(), make_entity("liu", "Liu", "刘", kind="person")
    with pytest.raises(IdentityError, match="different kinds"):
        merge_entities(place, [person], user=user)


def test_a_merged_key_is_not_given_again(pair, user):
    kept, lost = pair
    merge_entities(kept, [lost], user=user)
    again = Entity(kind="place", place_type="city", **{column("name", ENGLISH): "Tsamkong"})
    again.full_clean()
    assert again.key == "tsamkong-2"
    again.key = "tsamkong"
    with pytest.raises(ValidationError):
        again.full_clean()


def test_a_preview_changes_nothing(pair):
    kept, lost = pair
    story = make_article()
    tag(story, lost)
    assert preview_merge(kept, [lost], {})
    assert ArticleEntity.objects.get().entity == lost
    assert Entity.objects.count() == 2


def test_the_merged_names_are_listed_as_the_language_lists_them(pair, user):
    kept, lost = pair
    other = make_entity("kwangchowan", "Kwangchowan", "广州湾租借地")
    with translation.override(CHINESE):
        entry = merge_entities(kept, [lost, other], user=user)
    assert entry.label == "广州湾（tsamkong）、广州湾租借地（kwangchowan）"
