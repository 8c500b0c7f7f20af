"""An editor of one paper is told no word of another paper's hidden stories, by no address.

Both papers hide a draft, a withdrawn story and one for all who log in. Each is tied to an open
story of the other paper in every way that the archive knows.
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import GroupPagePermission, PageViewRestriction

from archive.contrib.intake.models import ImportItem
from archive.contrib.reprints.actions import decide_reuse
from archive.contrib.reprints.models import StoryReuse
from archive.desk.groups import EDITORS
from archive.models import ArticlePage, StoryPair, TieEvidence
from archive.stories.models import RelatedArticle
from tests.factories import make_user, translate
from tests.safety.addresses import admin_requests, routes
from tests.safety.world import World, _story, build_world

KINDS = ("draft", "withdrawn", "login")


def deleted(world: World) -> None:
    world.rows["pk of deleted"] = world.pages["deleted"].pk


def word(paper: str, kind: str) -> str:
    return f"zq{paper}{kind}qz"


def hide(world: World, paper: str) -> None:
    """The paper's hidden stories, tied to the open story of the other paper."""
    open_to_all = world.pages["chinese" if paper == "alpha" else "open"]
    boss = world.users["administrator"]
    for kind in KINDS:
        name = f"{paper}-{kind}"
        headline = f"{word(paper, kind)} harbour"
        story = _story(world, name, headline, paper=paper, live=kind != "draft")
        if kind != "draft":
            translate(story, headline=f"译文 {word(paper, kind)}")
        draft = ArticlePage.objects.get(pk=open_to_all.pk).get_latest_revision_as_object()
        draft.related_links.add(RelatedArticle(related=story))
        draft.version_of = story
        draft.save_revision(clean=False)
        reuse = StoryReuse.objects.create(earlier=open_to_all, later=story, kind="shortened")
        decide_reuse(reuse, StoryReuse.State.CONFIRMED, boss)
        StoryPair.objects.create(one=open_to_all, two=story, confidence=0.9)
        TieEvidence.objects.create(
            tie=world.rows["tie"], article=story, sentence_en=f"They signed {word(paper, kind)}."
        )
        items = ImportItem.objects.filter(batch__name__startswith="Old files")
        items.update(page=story, duplicate_of=story, state="duplicate")
        if kind == "withdrawn":
            ArticlePage.objects.get(pk=story.pk).unpublish()
        if kind == "login":
            PageViewRestriction.objects.create(page=story, restriction_type="login")


def editor_of(world: World, paper: str) -> Client:
    """The archive's group of editors, but on one paper alone."""
    group = Group.objects.create(name=f"Editors of {paper}")
    group.permissions.set(Group.objects.get(name=EDITORS).permissions.all())
    for grant in GroupPagePermission.objects.filter(group__name=EDITORS):
        GroupPagePermission.objects.create(
            group=group, page=world.pages[paper], permission=grant.permission
        )
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=make_user(f"editor-{paper}", group).pk))
    return client


def told(world: World, client: Client, words: list[str]) -> Iterator[str]:
    for route in routes():
        for asked in () if route.is_public else admin_requests(world, route):
            is_search = any(part in asked.name for part in ("search", "choose"))
            response = client.get(f"{asked.path}?q=harbour" if is_search else asked.path)
            text = f"{response.headers} {response.getvalue().decode('utf-8', 'replace')}"
            if response.status_code >= 500:
                yield f"{response.status_code}: {asked.path} ({asked.name})"
            yield from (f"{one}: {asked.path} ({asked.name})" for one in words if one in text)


@pytest.mark.django_db
@pytest.mark.exhaustive
@pytest.mark.parametrize("paper", ["alpha", "beta"])
def test_an_editor_reads_nothing_of_another_paper(paper: str) -> None:
    world = build_world(deleted)
    other = "beta" if paper == "alpha" else "alpha"
    hide(world, other)
    found = list(told(world, editor_of(world, paper), [word(other, kind) for kind in KINDS]))
    assert not found, "\n".join(found)
