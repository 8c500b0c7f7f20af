"""An import that acts for a person has that person's rights."""

from typing import Any

import pytest

from archive.contrib.intake.apply import apply_plan
from archive.contrib.intake.formats import read_stories
from archive.contrib.intake.plan import ImportVerdict, make_plan
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import read
from archive.models import ArticlePage, PublicationPage
from tests.contrib.intake.importing import edit
from tests.contrib.intake.texts import SEED
from tests.factories import make_editor, make_publication

pytestmark = pytest.mark.django_db


def apply(user: Any, *, publish: bool = True) -> ArticlePage | None:
    [article] = read_stories(read(SEED, 10**6))
    return apply_plan(make_plan(article, publish=publish), publish=publish, user=user)


def test_it_adds_no_story_to_another_paper() -> None:
    make_publication()
    person = make_editor("times", make_publication("times", en="Times", zh="泰晤士报"))
    with pytest.raises(IntakeError, match="publish stories in “China Daily”"):
        apply(person)
    assert not ArticlePage.objects.exists()


def test_it_makes_no_paper() -> None:
    person = make_editor("times", make_publication("times", en="Times", zh="泰晤士报"))
    PublicationPage.objects.exclude(slug="times").delete()
    with pytest.raises(IntakeError, match="permission"):
        apply(person)
    assert PublicationPage.objects.count() == 1


def test_it_publishes_only_where_the_person_may() -> None:
    writer = make_editor("writer", make_publication(), verbs=("add",))
    assert apply(writer, publish=False)
    with pytest.raises(IntakeError, match="permission to change this story"):
        apply(writer)
    apply(make_editor("editor", make_publication()))
    assert ArticlePage.objects.get().live


def test_it_publishes_no_version_that_an_editor_has_followed_with_another() -> None:
    make_publication()
    apply(None, publish=False)
    [article] = read_stories(read(SEED, 10**6))
    plan = make_plan(article, publish=True)
    assert plan.verdict is ImportVerdict.PUBLISH
    edit(ArticlePage.objects.get(), headline="Edited meanwhile")
    with pytest.raises(IntakeError, match="changed this story meanwhile"):
        apply_plan(plan, publish=True)
    assert not ArticlePage.objects.get().live
