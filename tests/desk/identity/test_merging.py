"""Two entries become one: everything that named the other names the one that is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.desk.identity.errors import IdentityError
from archive.desk.identity.following import stories_naming
from archive.desk.identity.merging import merge_entities, preview_merge
from archive.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    Author,
    Entity,
    FormerKey,
    Office,
    SearchName,
    Segment,
    SuggestionDecision,
    Tie,
)
from archive.pages.body import link_targets
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import block, make_article, make_entity, make_tie, make_user, tag, translate

pytestmark = pytest.mark.django_db


def mention(entity, words="the city"):
    return f'<a linktype="entity" id="{entity.pk}">{words}</a>'


def make_pair():
    kept = make_entity()
    lost = make_entity("tsamkong", "Tsamkong", "广州湾", wikidata_id="Q59144")
    return kept, lost


@pytest.fixture
def pair():
    return make_pair()


@pytest.fixture
def user():
    return make_user("chief")


def test_about_wins_where_a_story_has_both_tags(pair, user):
    kept, lost = pair
    both, one = make_article("Both"), make_article("One")
    tag(both, kept, "mentioned")
    tag(both, lost, "about")
    tag(one, lost, "mentioned")
    merge_entities(kept, [lost], user=user)
    tags = ArticleEntity.objects.order_by("page_id").values_list("page", "entity", "role")
    assert list(tags) == [(both.pk, kept.pk, "about"), (one.pk, kept.pk, "mentioned")]


def test_mentions_follow_in_both_languages_and_in_drafts(pair, user):
    kept, lost = pair
    paragraph = block("paragraph", f"<p>Ships left {mention(lost)}.</p>")
    story = make_article(body=[paragraph])
    key = paragraph["id"]
    translate(story, **{key: f"<p>船离开了{mention(lost, '广州湾')}。</p>"})
    draft = ArticlePage.objects.get(pk=story.pk)
    draft.save_revision()
    merge_entities(kept, [lost], user=user)
    story = ArticlePage.objects.get(pk=story.pk)
    for language in (ENGLISH, CHINESE):
        body = getattr(story, column("body", language))
        assert link_targets([body])["entity"] == [kept.pk]
    latest = story.get_latest_revision_as_object()
    assert link_targets([latest.body_en])["entity"] == [kept.pk]
    assert Segment.objects.get(key=key).target.count(f'id="{kept.pk}"') == 1
    newest = story.translations.get().get_latest_revision_as_object()
    assert mention(kept, "广州湾") in newest.segments.get(key=key).target
    assert stories_naming(kept.pk) == {story.pk}
    assert stories_naming(lost.pk) == set()


def test_a_draft_that_nobody_published_follows_too(pair, user):
    kept, lost = pair
    story = make_article(live=False)
    draft = ArticlePage.objects.get(pk=story.pk)
    draft.entity_tags = [ArticleEntity(entity=lost, role="about")]
    draft.save_revision()
    merge_entities(kept, [lost], user=user)
    newest = ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert [row.entity_id for row in newest.entity_tags.all()] == [kept.pk]


def test_a_scheduled_version_follows_under_a_newer_draft(pair, user):
    kept, lost = pair
    story = make_article()
    story.entity_tags = [ArticleEntity(entity=lost, role="about")]
    story.go_live_at = timezone.now() + timedelta(days=1)
    scheduled = story.save_revision(approved_go_live_at=story.go_live_at)
    scheduled.publish()
    story.entity_tags = []
    story.save_revision()
    merge_entities(kept, [lost], user=user)
    scheduled.refresh_from_db()
    assert [row["entity"] for row in scheduled.content["entity_tags"]] == [kept.pk]


def test_ties_become_one_with_both_evidences(pair, user):
    kept, lost = pair
    other = make_entity("atlantic-city", "Atlantic City", "大西洋城")
    make_tie(kept, other, source_url="https://example.org/1")
    make_tie(lost, other, source_url="https://example.org/2", since="1980")
    make_tie(lost, other, "visit")
    merge_entities(kept, [lost], user=user)
    ties = {tie.kind: tie for tie in Tie.objects.all()}
    assert set(ties) == {"sister_city", "visit"}
    assert ties["sister_city"].since == "1980"
    assert ties["sister_city"].evidence.count() == 2
    assert {ties["visit"].place_a_id, ties["visit"].place_b_id} == {kept.pk, other.pk}


def test_a_refused_tie_is_not_asked_again_under_the_other_key(pair, user):
    kept, lost = pair
    story, other = make_article(), make_article("Another")
    for page, token in (
        (story, "atlantic-city|tsamkong|visit"),
        (other, "atlantic-city|tsamkong|visit"),
        (other, "atlantic-city|zhanjiang|visit"),
        (other, "tsamkong-port|yantai|visit"),
    ):
        SuggestionDecision.objects.create(page=page, subject="tie", token=token, verdict="rejected")
    merge_entities(kept, [lost], user=user)
    assert set(SuggestionDecision.objects.values_list("page", "token")) == {
        (story.pk, "atlantic-city|zhanjiang|visit"),
        (other.pk, "atlantic-city|zhanjiang|visit"),
        (other.pk, "tsamkong-port|yantai|visit"),
    }


def test_a_tie_between_the_two_goes_and_the_preview_says_so(pair, user):
    kept, lost = pair
    tie = make_tie(kept, lost)
    assert preview_merge(kept, [lost], {}).gone == [str(tie)]
    assert Tie.objects.exists()
    merge_entities(kept, [lost], user=user)
    assert not Tie.objects.exists()


def test_names_offices_and_bylines_follow(pair, user):
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
    office.refresh_from_db()
    byline.refresh_from_db()
    assert (office.place_id, byline.place_id) == (kept.pk, kept.pk)
    assert SearchName.objects.get(key="tsamkong").entity_id == kept.pk


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


def test_the_old_address_leads_to_the_kept_entry(pair, user, client):
    kept, lost = pair
    merge_entities(kept, [lost], user=user)
    response = client.get("/en/entities/tsamkong/?role=about")
    assert response.status_code == 301
    assert response["Location"] == "/en/entities/zhanjiang/?role=about"


def test_a_second_merge_leads_the_first_key_on(pair, user):
    kept, lost = pair
    last = make_entity("zhanjiang-shi", "Zhanjiang City", "湛江市")
    merge_entities(kept, [lost], user=user)
    merge_entities(last, [kept], user=user)
    assert dict(FormerKey.objects.values_list("key", "entity")) == {
        "tsamkong": last.pk,
        "zhanjiang": last.pk,
    }


def test_refuses_to_merge_a_person_with_a_place(user):
    place, person = make_entity(), make_entity("liu", "Liu", "刘", kind="person")
    with pytest.raises(IdentityError, match="different kinds"):
        merge_entities(place, [person], user=user)


def test_a_preview_changes_nothing(pair):
    kept, lost = pair
    story = make_article()
    tag(story, lost)
    assert preview_merge(kept, [lost], {}).entries
    assert ArticleEntity.objects.get().entity_id == lost.pk
    assert Entity.objects.count() == 2
    assert not FormerKey.objects.exists()
