"""A merge or split is taken back: every row as it was, unless somebody changed it since."""

import pytest
from django.apps import apps
from wagtail.models import Revision

from archive.entities.merging.actions import (
    Parts,
    merge_entities,
    split_entity,
)
from archive.journal.plan import JournalError
from archive.journal.rows import rows_of, values_of
from archive.journal.undo import plan_undo, undo
from archive.models import ArticleEntity, ArticlePage, Entity, EntityName, Tie
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import block, make_article, make_entity, make_tie, make_user, tag, translate

pytestmark = pytest.mark.django_db

# Derived from the others, or a record of what was done.
LEFT_OUT = {
    *("searchname", "searchdocument", "namehint", "nameslip", "headlinehint", "searchchange"),
    *("journalentry", "harvestrecord", "change", "storyterm", "relatedstory"),
    *("descriptionterm", "evidenceterm"),
}


def everything():
    """All rows of the archive, by model and key, and all versions' contents."""
    found = {}
    for model in apps.get_app_config("archive").get_models():
        if model._meta.model_name not in LEFT_OUT:
            for row in rows_of(model):
                found[model._meta.model_name, row.pk] = {
                    field.attname: str(field.value_from_object(row)) for field in model._meta.fields
                }
    for revision in Revision.objects.all():
        found["revision", revision.pk] = revision.content
    return found


@pytest.fixture
def user():
    return make_user("chief", is_superuser=True)


@pytest.fixture
def used():
    """An entry that is used in every way, and the one that it is merged into."""
    kept = make_entity()
    lost = make_entity("tsamkong", "Tsamkong", "广州湾", aliases={"Fort Bayard": ENGLISH})
    other = make_entity("atlantic-city", "Atlantic City", "大西洋城")
    make_tie(kept, other, source_url="https://example.org/1")
    make_tie(lost, other, source_url="https://example.org/2", since="1980")
    make_tie(kept, lost, "visit")
    text = f'<p><a linktype="entity" id="{lost.pk}">x</a> <a linktype="entity" id="{kept.pk}">y</a>'
    paragraph = block("paragraph", f"{text}</p>")
    story = make_article(body=[paragraph])
    translate(story, **{paragraph["id"]: f"{text}</p>"})
    story = ArticlePage.objects.get(pk=story.pk)
    story.entity_tags = [
        ArticleEntity(entity=lost, role="about"),
        ArticleEntity(entity=kept, role="mentioned"),
    ]
    story.save_revision().publish()
    return kept, lost


def test_undo_restores_every_row(used, user):
    before = everything()
    change = merge_entities(*used[:1], used[1:], user=user)
    assert everything() != before
    assert not plan_undo(change, user).stay
    undone = undo(change, user)
    assert not undone.stay
    assert everything() == before


def test_undo_keeps_and_names_what_was_changed_since(used, user):
    kept, lost = used
    change = merge_entities(kept, [lost], user=user)
    Tie.objects.filter(kind="sister_city").update(since="1981")
    EntityName.objects.filter(entity=kept.pk, text="Fort Bayard").update(kind="former")
    undone = undo(change, user)
    assert set(undone.stay) == {"other names", "ties"}
    assert Entity.objects.get(pk=lost.pk).key == "tsamkong"
    assert Entity.objects.get(pk=kept.pk).aliases_in(ENGLISH) == ["Fort Bayard"]
    assert Tie.objects.count() == 3


def test_undo_leaves_a_field_that_an_editor_changed_since(used, user):
    kept, lost = used
    Entity.objects.filter(pk=lost.pk).update(wikidata_id="Q1", geonames_id=7)
    change = merge_entities(kept, [lost], user=user)
    Entity.objects.filter(pk=kept.pk).update(wikidata_id="Q2")
    assert undo(change, user).stay["names"] == 1
    kept = Entity.objects.get(pk=kept.pk)
    assert (kept.wikidata_id, kept.geonames_id) == ("Q2", None)


def test_undoes_several_entries_that_were_merged_at_once(user):
    first, second, third = (make_entity(f"city-{n}", f"City {n}", "") for n in (1, 2, 3))
    story = make_article()
    tag(story, second, "mentioned")
    tag(story, third, "about")
    before = everything()
    change = merge_entities(first, [second, third], user=user)
    undo(change, user)
    assert everything() == before
    with pytest.raises(JournalError, match="undone already"):
        undo(change, user)


def test_both_languages_names_are_back(used, user):
    kept, lost = used
    chosen = {column("name", CHINESE): lost.pk}
    change = merge_entities(kept, [lost], chosen, user=user)
    undo(change, user)
    assert Entity.objects.get(pk=kept.pk).name_in(CHINESE) == "湛江"


def test_undo_needs_nothing_of_a_story_that_is_gone(used, user):
    kept, lost = used
    change = merge_entities(kept, [lost], user=user)
    ArticlePage.objects.get().delete()
    assert not undo(change, user).stay
    assert Entity.objects.filter(key=lost.key).exists()


def test_merges_again_what_was_undone_after_a_second_merge(used, user):
    kept, lost = used
    last = make_entity("zhanjiang-shi", "Zhanjiang City", "湛江市")
    change = merge_entities(kept, [lost], user=user)
    merge_entities(last, [kept], user=user)
    undo(change, user)
    assert Entity.objects.filter(pk=lost.pk).exists()
    merge_entities(last, [Entity.objects.get(pk=lost.pk)], user=user)
    assert Entity.with_merged.get(pk=lost.pk).canonical == last


def test_undoing_the_second_merge_leaves_the_first(used, user):
    kept, lost = used
    last = make_entity("zhanjiang-shi", "Zhanjiang City", "湛江市")
    merge_entities(kept, [lost], user=user)
    change = merge_entities(last, [kept], user=user)
    undo(change, user)
    assert Entity.with_merged.get(pk=lost.pk).canonical == kept


def split_off(lost, user, **parts):
    story = ArticlePage.objects.get()
    return split_entity(lost, {ENGLISH: "Bayard"}, Parts(stories=[story.pk], **parts), user=user)


def test_a_split_moves_tags_and_rewrites_no_version(used, user, client):
    _kept, lost = used
    versions = list(Revision.objects.order_by("pk").values_list("pk", "content"))
    made = split_off(lost, user).made
    story = ArticlePage.objects.get()
    assert made.pk in story.entity_tags.values_list("entity", flat=True)
    assert list(Revision.objects.order_by("pk").values_list("pk", "content")) == versions
    # A mention of the old name means the new one where only that is tagged.
    assert f'data-entity="{made.key}"' in client.get(story.url).content.decode()


def test_a_draft_of_a_split_name_has_the_tag_in_a_version_of_its_own(used, user):
    _kept, lost = used
    ArticlePage.objects.get().save_revision()
    versions = list(Revision.objects.order_by("pk").values_list("pk", "content"))
    made = split_off(lost, user).made
    assert list(Revision.objects.order_by("pk").values_list("pk", "content"))[:-1] == versions
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    tagged = {row.entity_id for row in draft.entity_tags.all()}
    assert made.pk in tagged
    assert lost.pk not in tagged


def test_undo_of_a_split_restores_what_was_moved(used, user):
    _kept, lost = used
    before = list(ArticleEntity.objects.order_by("pk").values_list("pk", "entity", "role"))
    alias, tie = EntityName.objects.get(entity=lost), Tie.objects.of(lost).first()
    change = split_off(lost, user, names=[alias.pk], ties=[tie.pk]).entry
    assert EntityName.objects.get(pk=alias.pk).entity_id != lost.pk
    assert not undo(change, user).stay
    assert list(ArticleEntity.objects.order_by("pk").values_list("pk", "entity", "role")) == before
    assert EntityName.objects.get(pk=alias.pk).entity_id == lost.pk
    assert values_of(Tie.objects.get(pk=tie.pk)) == values_of(tie)
    assert not Entity.objects.filter(key="bayard").exists()


def test_undo_of_a_split_lists_the_tags_that_changed_since(used, user):
    _kept, lost = used
    split = split_off(lost, user)
    ArticleEntity.objects.filter(entity=split.made).delete()
    undone = undo(split.entry, user)
    assert undone.stay == {"tagged entities": 1}
    assert ArticleEntity.objects.count() == 1


def tag_a_draft(made):
    draft = make_article("Draft", live=False)
    draft.entity_tags = [ArticleEntity(entity=made, role="about")]
    draft.save_revision()


def tag_a_story(made):
    tag(make_article("Later"), made)


@pytest.mark.parametrize("use", [tag_a_draft, tag_a_story])
def test_what_names_the_split_entry_since_means_the_old_one_after_an_undo(used, user, use):
    _kept, lost = used
    split = split_off(lost, user)
    use(split.made)
    undo(split.entry, user)
    made = Entity.with_merged.get(pk=split.made.pk)
    assert made.canonical == lost
    story = ArticlePage.objects.exclude(title="Both").order_by("-pk").first()
    newest = story.get_latest_revision_as_object() if story.latest_revision else story
    assert lost in {row.entity for row in newest.entity_tags.all()}


def test_undo_of_a_split_after_the_old_name_was_merged(used, user):
    kept, lost = used
    split = split_off(lost, user)
    merge_entities(kept, [lost], user=user)
    undo(split.entry, user)
    assert Entity.with_merged.get(pk=split.made.pk).canonical == kept
    assert {row.entity for row in ArticleEntity.objects.all()} == {kept}


def test_a_split_entry_that_was_merged_elsewhere_stays_there(used, user):
    kept, lost = used
    split = split_off(lost, user)
    merge_entities(kept, [split.made], user=user)
    assert undo(split.entry, user).stay["names"] == 1
    assert Entity.with_merged.get(pk=split.made.pk).canonical == kept
