"""A merge is taken back: every row as it was, unless somebody changed it since."""

import pytest
from django.apps import apps
from django.db import connection

from archive.desk.identity.errors import IdentityError
from archive.desk.identity.ledger import rows_of, values_of
from archive.desk.identity.merging import merge_entities
from archive.desk.identity.splitting import Parts, split_entity
from archive.desk.identity.undoing import undo_change
from archive.models import ArticleEntity, ArticlePage, Entity, EntityName, FormerKey, Tie
from archive.pages.body import raw
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import block, make_article, make_entity, make_tie, make_user, tag, translate

pytestmark = pytest.mark.django_db

# Derived from the others, or a record of what was done.
LEFT_OUT = {
    *("searchname", "searchdocument", "namehint", "nameslip", "headlinehint", "searchchange"),
    *("identitychange", "harvestrecord", "change", "storyterm", "relatedstory"),
}


def everything():
    """All rows of the archive, by model and key, and all versions' contents."""
    found = {}
    for model in apps.get_app_config("archive").get_models():
        if model._meta.model_name not in LEFT_OUT:
            for row in rows_of(model):
                found[model._meta.model_name, row.pk] = values_of(row)
    for revision in apps.get_model("wagtailcore", "Revision").objects.all():
        found["revision", revision.pk] = revision.content
    return found


@pytest.fixture
def user():
    return make_user("chief")


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
    change = merge_entities(*used[:1], used[1:], user=user).change
    assert everything() != before
    undone = undo_change(change, user=user)
    assert not undone.stay
    assert everything() == before


def test_undo_keeps_and_names_what_was_changed_since(used, user):
    kept, lost = used
    change = merge_entities(kept, [lost], user=user).change
    Tie.objects.filter(kind="sister_city").update(since="1981")
    edited = ArticlePage.objects.get()
    field = edited._meta.get_field("body_en")
    edited.body_en = field.to_python([block("paragraph", "<p>New words.</p>")])
    edited.save_revision().publish()
    undone = undo_change(change, user=user)
    assert set(undone.stay) == {"stories", "ties"}
    assert "New words" in str(raw(ArticlePage.objects.get().body_en))
    assert Entity.objects.get(pk=lost.pk).key == "tsamkong"
    assert not FormerKey.objects.exists()


def test_undo_refuses_where_the_key_is_taken(used, user):
    kept, lost = used
    change = merge_entities(kept, [lost], user=user).change
    FormerKey.objects.all().delete()
    make_entity("tsamkong", "Another", "另一个")
    with pytest.raises(IdentityError, match="can’t be undone"):
        undo_change(change, user=user)
    assert not Entity.objects.filter(pk=lost.pk).exists()


def test_undoes_several_entries_that_were_merged_at_once(user):
    first, second, third = (make_entity(f"city-{n}", f"City {n}", "") for n in (1, 2, 3))
    story = make_article()
    tag(story, second, "mentioned")
    tag(story, third, "about")
    before = everything()
    change = merge_entities(first, [second, third], user=user).change
    assert ArticleEntity.objects.get().role == "about"
    undo_change(change, user=user)
    assert everything() == before
    with pytest.raises(IdentityError, match="undone already"):
        undo_change(change, user=user)


def test_both_languages_names_are_back(used, user):
    kept, lost = used
    chosen = {column("name", CHINESE): lost.pk}
    change = merge_entities(kept, [lost], chosen, user=user).change
    undo_change(change, user=user)
    assert Entity.objects.get(pk=kept.pk).name_in(CHINESE) == "湛江"


def test_undo_leaves_out_what_belonged_to_a_story_that_is_gone(used, user):
    kept, lost = used
    change = merge_entities(kept, [lost], user=user).change
    ArticlePage.objects.get().delete()
    undone = undo_change(change, user=user)
    assert Entity.objects.filter(key=lost.key).exists()
    assert undone.stay["tagged entities"] == 2
    connection.check_constraints()


def test_undo_of_a_split_gives_nothing_to_an_entry_that_was_merged_since(used, user):
    kept, lost = used
    story = ArticlePage.objects.get()
    names = {ENGLISH: "Fort Bayard", CHINESE: ""}
    split = split_entity(lost, names, Parts(stories=[story.pk]), user=user)
    merge_entities(kept, [lost], user=user)
    with pytest.raises(IdentityError, match="can’t be undone"):
        undo_change(split.change, user=user)
    tags = ArticleEntity.objects.filter(page=story).values_list("entity", flat=True)
    assert set(tags) == {kept.pk, split.made.pk}
    connection.check_constraints()


def test_merges_again_what_was_undone_after_a_second_merge(used, user):
    kept, lost = used
    last = make_entity("zhanjiang-shi", "Zhanjiang City", "湛江市")
    change = merge_entities(kept, [lost], user=user).change
    merge_entities(last, [kept], user=user)
    undo_change(change, user=user)
    merge_entities(last, [Entity.objects.get(pk=lost.pk)], user=user)
    assert FormerKey.objects.get(key=lost.key).entity_id == last.pk


def test_undo_of_a_split_restores_every_row(used, user):
    _kept, lost = used
    before = everything()
    story, alias = ArticlePage.objects.get(), EntityName.objects.get(entity=lost)
    parts = Parts(names=[alias.pk], stories=[story.pk], ties=[Tie.objects.of(lost).first().pk])
    change = split_entity(lost, {ENGLISH: "Bayard"}, parts, user=user).change
    assert everything() != before
    assert not undo_change(change, user=user).stay
    assert everything() == before


def add_alias(made):
    made.names.add(EntityName(text="Fort-Bayard", language=ENGLISH))
    made.save()


def merge_another(made):
    merge_entities(made, [make_entity("bayard", made.name_in(ENGLISH), "")], user=None)


def tag_a_draft(made):
    draft = make_article(live=False)
    draft.entity_tags = [ArticleEntity(entity=made, role="about")]
    draft.save_revision()


@pytest.mark.parametrize("use", [add_alias, merge_another, tag_a_draft])
def test_a_split_stays_where_undoing_it_would_lose_something(user, use):
    split = split_entity(make_entity(), {ENGLISH: "Fort Bayard"}, Parts(), user=user)
    use(Entity.objects.get(pk=split.made.pk))
    with pytest.raises(IdentityError, match="can’t be undone"):
        undo_change(split.change, user=user)
    assert Entity.objects.filter(pk=split.made.pk).exists()
