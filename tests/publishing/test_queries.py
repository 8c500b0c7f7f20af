"""What publishing asks of the database: as much for any length of the story, and no more.

Savepoints are counted, of a process that has published before; and what follows, which nobody
waits for, by itself. Each figure may only fall.
"""

import pytest
from wagtail import VERSION as WAGTAIL_VERSION

from archive.publishing.followers import gathered
from archive.stories.actions import issue_for
from tests.factories import DAY, make_publication
from tests.publishing.stories import new_story, published, save_draft, statements, translated

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

LENGTHS = [15, 150]
# One of them looks whether the page of a story that was joined with this one gives way to it.
TRANSLATION = {15: 29, 150: 32}
# Wagtail 7.4 asks for one thing more.
OF_WAGTAIL = int(WAGTAIL_VERSION < (8,))
# Its first publication: nine of them open its translation, which nobody had been offered. One
# looks for names that no reader has met yet, one whether it leaves its printed page, one when
# its paper was first printed (by key).
STORY = {5: 62 + OF_WAGTAIL, 20: 62 + OF_WAGTAIL}
# What follows one, and what follows ten together.
FOLLOWS_ONE, FOLLOWS_TEN = 79, 235
# One of them looks whether a draft that waits for its date or paper has got it.
DRAFT = {5: 45, 20: 45}


@pytest.fixture(autouse=True)
def is_warm(db: None) -> None:
    """Content types, settings and templates are known."""
    translated(published(new_story(headline="Another"))).publish()


@pytest.mark.parametrize("segments", LENGTHS)
def test_publishing_a_translation(segments: int) -> None:
    revision = translated(published(new_story(segments)))
    with gathered(), statements() as found:
        revision.publish()
    assert len(found) <= TRANSLATION[segments]


@pytest.mark.parametrize("segments", LENGTHS)
@pytest.mark.parametrize("tags", [5, 20])
def test_publishing_a_story(segments: int, tags: int) -> None:
    published(new_story(segments, tags, headline="Neighbour"))
    article, issue = new_story(segments, tags), issue_for(make_publication(), DAY)
    with gathered(), statements() as found:
        revision = save_draft(article, issue)
    assert len(found) <= DRAFT[tags]
    with gathered(), statements() as found:
        revision.publish()
    assert len(found) <= STORY[tags]


@pytest.mark.parametrize(("stories", "most"), [(1, FOLLOWS_ONE), (10, FOLLOWS_TEN)])
def test_what_follows_stories_and_their_translations(stories: int, most: int) -> None:
    with gathered():
        published(new_story(15, 20, headline="Neighbour"))
    with statements() as found, gathered(), statements() as before:
        for number in range(stories):
            translated(published(new_story(15, 20, headline=f"Story {number}"))).publish()
    assert len(found) - len(before) <= most
