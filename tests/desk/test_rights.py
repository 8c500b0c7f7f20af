"""Rights by language, the groups that a command makes, and what they keep out."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail import hooks
from wagtail.models import TaskState

from archive.desk.groups import (
    EDITORS,
    REVIEWERS,
    STORY_REVIEWERS,
    TRANSLATORS,
    RolePermissions,
    make_group,
    plan_groups,
)
from archive.desk.policies import may_work_on, policy
from archive.models import ArticlePage, Translation
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, column
from tests.desk.helpers import Person, again, edit_url, page_text, target_words, translation_of
from tests.factories import (
    make_article,
    make_editor,
    make_entity,
    make_translator,
    make_user,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def into_english() -> Translation:
    article = make_article("上海与芝加哥", language=CHINESE)
    return translate(article, headline="Shanghai and Chicago")


@pytest.fixture
def into_chinese() -> Translation:
    return translate(make_article("Shanghai and Chicago"), headline="上海与芝加哥")


@pytest.fixture
def chinese_only() -> Person:
    return Person(make_translator("chinese-only", languages=(CHINESE,)))


def groups(*options: str) -> str:
    out = StringIO()
    call_command("make_groups", *options, stdout=out)
    return out.getvalue()


def member(name: str, *names_of_groups: str) -> Person:
    user = make_user(name)
    user.groups.set(Group.objects.filter(name__in=names_of_groups))
    return Person(user)


# By language


def test_a_translator_works_into_the_languages_that_are_theirs(
    into_chinese: Translation, chinese_only: Person
) -> None:
    chinese_only.edits(into_chinese).fill("新").publish()
    assert "新之0" in target_words(into_chinese.article)


def test_the_list_shows_other_languages_without_a_way_in(
    into_english: Translation, into_chinese: Translation, chinese_only: Person
) -> None:
    url = reverse("wagtailsnippets_archive_translation:list")
    shown = page_text(chinese_only.client.get(url))
    assert into_english.article.title in shown
    assert edit_url(into_chinese) in shown
    assert edit_url(into_english) not in shown


def test_a_reviewer_decides_in_their_own_language_only(into_english: Translation) -> None:
    groups("--per-language", "--workflow")
    translator = member("t", f"{TRANSLATORS} into English")
    wrong = member("wrong", f"{REVIEWERS} into Chinese")
    right = member("right", f"{REVIEWERS} into English")
    translator.edits(into_english).fill("New").save("submit")
    task = TaskState.objects.get(status="in_progress")
    name = "wagtailsnippets_archive_translation:workflow_action"
    assert wrong.post(name, into_english.pk, "approve", task.pk).status_code == 302
    wrong.client.post(edit_url(into_english), {"action-workflow-action": "approve"})
    assert "New" not in target_words(into_english.article)
    right.post(name, into_english.pk, "approve", task.pk, comment="")
    assert "New之0" in target_words(into_english.article)


@pytest.mark.parametrize(
    ("languages", "into", "may"),
    [
        (LANGUAGES, ENGLISH, True),
        ((CHINESE,), CHINESE, True),
        ((CHINESE,), ENGLISH, False),
        ((), ENGLISH, False),
    ],
)
def test_the_policy_asks_for_verb_and_language(
    languages: tuple[str, ...], into: str, may: bool
) -> None:
    source = CHINESE if into == ENGLISH else ENGLISH
    translation = translation_of(make_article("历史 History", language=source))
    user = make_translator(languages=languages)
    assert policy.user_has_permission_for_instance(user, "change", translation) is may
    assert policy.user_has_permission(user, "change") is bool(languages)
    assert (translation in policy.instances_user_has_permission_for(user, "change")) is may
    assert (user in policy.users_with_permission_for_instance("change", translation)) is may
    assert not policy.user_has_permission_for_instance(make_editor(), "change", translation)


@pytest.mark.parametrize(("language", "may"), [(ENGLISH, True), (CHINESE, False)])
def test_whoever_must_review_it_may_work_on_it_in_their_language(
    into_english: Translation, language: str, may: bool
) -> None:
    groups("--workflow")
    member("t", TRANSLATORS).edits(into_english).fill("New").save("submit")
    user = make_user("only-reviews")
    user.groups.add(TaskState.objects.get(status="in_progress").task.specific.groups.first())
    user.groups.first().permissions.clear()
    assert not may_work_on(user, again(into_english))
    user.groups.first().permissions.add(
        Permission.objects.get(codename=column("translate_into", language))
    )
    assert may_work_on(again(user), again(into_english)) is may


def test_the_language_alone_lets_nobody_publish(into_chinese: Translation) -> None:
    junior = make_translator("junior", may_publish=False)
    assert policy.user_has_permission_for_instance(junior, "change", into_chinese)
    assert not policy.user_has_permission_for_instance(junior, "publish", into_chinese)


def test_a_superuser_may_everything_but_add_and_delete(into_english: Translation) -> None:
    boss = make_user("boss", is_superuser=True)
    asked = {
        verb: policy.user_has_permission_for_instance(boss, verb, into_english)
        for verb in ("change", "publish", "lock", "add", "delete")
    }
    assert asked == {"change": True, "publish": True, "lock": True, "add": False, "delete": False}


# Groups


def test_the_command_makes_the_groups_once_and_keeps_what_a_site_granted() -> None:
    assert f"{TRANSLATORS}: made" in groups()
    translators = Group.objects.get(name=TRANSLATORS)
    before = translators.permissions.count()
    extra = Group.objects.get(name=REVIEWERS).permissions.get(codename="publish_translation")
    translators.permissions.add(extra)
    assert f"{TRANSLATORS}: already exists" in groups()
    assert translators.permissions.count() == before + 1


def test_groups_can_be_made_for_each_language() -> None:
    groups("--per-language")
    names = set(Group.objects.filter(name__contains=" into ").values_list("name", flat=True))
    people = (TRANSLATORS, REVIEWERS)
    assert names == {f"{name} into {to}" for name in people for to in ("English", "Chinese")}
    chinese = Group.objects.get(name=f"{TRANSLATORS} into Chinese").permissions
    rights = chinese.filter(codename__startswith="translate_into").values_list("codename")
    assert list(rights) == [("translate_into_zh_hans",)]


def test_the_review_is_set_up_unless_the_site_has_its_own() -> None:
    assert "Review: set up" in groups("--workflow")
    workflow = Translation.get_default_workflow()
    workflow.name = "Our own"
    workflow.save()
    assert "defined by the site" in groups("--workflow")
    assert Translation.get_default_workflow() == workflow


def closed_to_translators(article: ArticlePage) -> list[tuple[str, list[Any]]]:
    return [
        ("wagtailadmin_explore", [article.get_parent().pk]),
        ("wagtailadmin_pages:edit", [article.pk]),
        ("wagtailadmin_pages:history", [article.pk]),
        ("wagtailimages:index", []),
        ("wagtaildocs:index", []),
        ("wagtailusers_users:index", []),
        ("wagtailusers_groups:index", []),
        ("wagtailsites:index", []),
        ("wagtailredirects:index", []),
        ("wagtailadmin_workflows:index", []),
        ("wagtailsnippets_archive_entity:list", []),
        ("wagtailsnippets_archive_entity:edit", [make_entity().pk]),
        ("wagtailsnippets_archive_tie:list", []),
        ("wagtailsnippets_archive_author:list", []),
    ]


@pytest.mark.parametrize("group", [TRANSLATORS, REVIEWERS])
def test_the_groups_reach_translations_and_nothing_else(
    into_chinese: Translation, group: str
) -> None:
    groups()
    person = member("somebody", group)
    person.edits(into_chinese).fill("改").save()
    for name, args in closed_to_translators(into_chinese.article):
        response = person.client.get(reverse(name, args=args))
        assert response.status_code in (302, 403), name
    open_to_them = reverse("wagtailsnippets_archive_translation:list")
    assert person.client.get(open_to_them).status_code == 200


def test_with_names_they_may_translate_those_too() -> None:
    groups("--with-names")
    person = member("somebody", TRANSLATORS)
    url = reverse("wagtailsnippets_archive_entity:edit", args=[make_entity().pk])
    assert person.client.get(url).status_code == 200


def test_the_form_of_a_group_offers_the_rights_by_language() -> None:
    boss = Person(make_user("boss", is_superuser=True, is_staff=True))
    groups()
    pk = Group.objects.get(name=TRANSLATORS).pk
    shown = page_text(boss.client.get(reverse("wagtailusers_groups:edit", args=[pk])))
    assert "Can translate into English" in shown
    assert "Can translate into 中文" in shown


def test_an_app_adds_permissions_on_its_models_to_groups() -> None:
    added = RolePermissions((EDITORS,), ("wagtailredirects.add_redirect",))
    with hooks.register_temporarily("register_archive_role_permissions", lambda: added):
        plans = {plan.name: plan for plan in plan_groups()}
    for name, has in ((EDITORS, True), (REVIEWERS, False)):
        group, _made = make_group(plans[name])
        assert group.permissions.filter(codename="add_redirect").exists() is has


def test_editors_and_reviewers_of_stories_import() -> None:
    plans = {plan.name: plan.permissions for plan in plan_groups()}
    for name in (EDITORS, STORY_REVIEWERS):
        assert "archive_intake.add_importbatch" in plans[name]
    assert "archive_intake.add_importbatch" not in plans[REVIEWERS]
