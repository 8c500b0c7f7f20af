"""No version of the API tells what is kept from some readers, nor whose drafts wait."""

from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from tests.contrib.api.conftest import Ask
from tests.factories import make_article, make_entity, make_section, tag
from tests.ties.places import tie

pytestmark = pytest.mark.django_db
SECRET = "Secret words"


def restrict(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.fixture
def story() -> ArticlePage:
    """In a section, named and tied by what nothing else names."""
    made = make_article(SECRET, slug="secret-words", section=make_section(), contact="li@cd.cn")
    tag(made, make_entity("old-quay", SECRET, kind="topic"))
    tie(article=made, source_url="", sentence=SECRET)
    make_article("Open words", slug="open")
    return made


PATHS = ("stories/?segments=true", "stories/{}/", "pages/?type=archive.ArticlePage", "pages/{}/")


@pytest.mark.parametrize("kept", ["story", "issue", "publication", "section"])
def test_what_is_restricted_is_nowhere(ask: Ask, story: ArticlePage, kept: str) -> None:
    for path in PATHS:
        assert SECRET in ask(path.format(story.pk)).text, path
    issue = story.get_parent()
    restrict({"story": story, "issue": issue}.get(kept) or getattr(story, kept))
    for path in PATHS:
        answer = ask(path.format(story.pk))
        assert SECRET not in answer.text, path
        assert "secret-words" not in answer.text, path
        if "{}" in path:
            assert answer.status_code in (404, 410)
    for asked in ({"name": "old-quay"}, {"tie": "zhanjiang/atlantic-city"}, {"section": "world"}):
        assert ask(**asked).json()["items"] == [], asked


def test_a_draft_is_nowhere(ask: Ask, story: ArticlePage) -> None:
    story.headline_en = "New words"
    story.save_revision()
    draft = make_article("Draft words", slug="draft", live=False)
    for path in (*PATHS, f"pages/{draft.pk}/", f"stories/{draft.pk}/"):
        text = ask(path.format(story.pk)).text
        assert "New words" not in text
        assert "Draft words" not in text
    asked = ask(f"pages/{story.pk}/", version="draft")
    assert "New words" not in asked.text


def test_no_address_of_mail_is_told(ask: Ask, story: ArticlePage) -> None:
    for path in PATHS:
        assert "li@cd.cn" not in ask(path.format(story.pk)).text
