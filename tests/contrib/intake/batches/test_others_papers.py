"""An import tells nothing of another paper's hidden stories, and writes nothing into them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.records import IntakeError
from archive.likeness.fingerprints import note_stories
from archive.models import ArticlePage, Translation
from tests.contrib.intake.batches.values import accept, make_batch, make_importer
from tests.contrib.intake.importing import import_text
from tests.contrib.intake.translations.values import CHINESE, ENGLISH
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

OTHER_ENGLISH = ENGLISH.replace("China Daily", "Beta News").replace("240 passengers", "zqhiddenqz")
HIDINGS = ("draft", "withdrawn", "login")


@pytest.fixture(params=HIDINGS)
def hidden(request: Any) -> ArticlePage:
    """A story of another paper that isn't for everybody."""
    make_publication("beta", en="Beta News", zh="乙新闻")
    import_text(
        request.getfixturevalue("tmp_path"), OTHER_ENGLISH, publish=request.param != "draft"
    )
    story = ArticlePage.objects.get()
    if request.param == "withdrawn":
        story.unpublish()
    if request.param == "login":
        PageViewRestriction.objects.create(page=story, restriction_type="login")
    story.refresh_from_db()
    note_stories([story])
    return story


@pytest.fixture
def outsider() -> Any:
    return make_importer("outsider", paper=make_publication())


def shown(item: ImportItem, user: Any) -> str:
    """The review and the list."""
    client = Client()
    client.force_login(user)
    paths = [
        reverse("archive_import:item", args=[item.batch_id, item.pk]),
        reverse("archive_import:batch", args=[item.batch_id]),
    ]
    return "".join(client.get(path).content.decode() for path in paths)


@pytest.mark.parametrize("paper", ["China Daily", "Beta News"])
def test_an_invented_text_brings_no_others_story_to_light(
    hidden: ArticlePage, outsider: Any, paper: str
) -> None:
    text = ENGLISH.replace("China Daily", paper).replace("240 passengers", "")
    item = make_batch(text, user=outsider).items.get()
    assert (item.page, item.duplicate_of, item.error) == (None, None, "")
    assert "zqhiddenqz" not in shown(item, outsider)


def test_what_was_found_before_it_was_hidden_is_not_shown(
    hidden: ArticlePage, outsider: Any
) -> None:
    item = make_batch(ENGLISH.replace("240 passengers", ""), user=outsider).items.get()
    for fields in ({"page": hidden}, {"duplicate_of": hidden, "state": "duplicate"}):
        ImportItem.objects.filter(pk=item.pk).update(**fields)
        assert "zqhiddenqz" not in shown(item, outsider)


def test_who_may_edit_there_is_told_of_the_story(hidden: ArticlePage) -> None:
    insider = make_importer("insider", paper=hidden.publication)
    item = make_batch(OTHER_ENGLISH.replace("Monday", "Sunday"), user=insider).items.get()
    assert item.page == hidden
    assert "zqhiddenqz" in shown(item, insider)


def test_no_title_of_others_is_told_by_what_a_text_would_become(
    hidden: ArticlePage, outsider: Any
) -> None:
    text = CHINESE.replace("（中国日报 2015年09月22日 第17版）", "2015年09月22日")
    item = make_batch(text, user=outsider).items.get()
    assert hidden.title not in " ".join(item.record.get("warnings") or [])
    with pytest.raises(IntakeError, match="permission to add stories"):
        accept(item, outsider)
    assert not Translation.objects.exclude(latest_revision=None).exists()


def test_who_may_neither_edit_nor_translate_takes_no_text_into_a_story(
    outsider: Any, tmp_path: Any
) -> None:
    make_publication("beta", en="Beta News", zh="乙新闻")
    import_text(tmp_path, OTHER_ENGLISH, publish=True)
    text = CHINESE.replace("中国日报", "乙新闻")
    item = make_batch(text, user=outsider).items.get()
    with pytest.raises(IntakeError, match="permission to change this story’s translation"):
        accept(item, outsider)
    assert not Translation.objects.exclude(latest_revision=None).exists()
    accept(item, make_importer("all", paper=ArticlePage.objects.get().publication.get_parent()))
    assert Translation.objects.exclude(latest_revision=None).exists()
