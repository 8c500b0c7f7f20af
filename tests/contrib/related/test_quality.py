"""What is obviously related stands in the top five: over stories that were labelled by hand."""

from typing import Any

import pytest

from archive.contrib.related.models import RelatedStory
from archive.contrib.related.updates import rebuild, update_story
from tests.contrib.related.labelled import make_labelled, quality

pytestmark = pytest.mark.django_db


def quiet(*_of: Any) -> None:
    """No progress is shown."""


def test_all_obvious_relatives_stand_in_the_top_five() -> None:
    labelled = make_labelled()
    rebuild(progress=quiet)
    found = quality(labelled)
    assert len(labelled.ids) >= 40
    assert found.obvious >= 50
    assert found.missed == []
    assert found.firsts / found.stories >= 0.9


def test_stories_that_come_one_by_one_are_related_as_well() -> None:
    labelled = make_labelled()
    for pk in labelled.ids.values():
        update_story(pk)
    assert quality(labelled).missed == []


def test_stories_that_share_only_what_all_share_are_not_related() -> None:
    labelled = make_labelled()
    rebuild(progress=quiet)
    assert not RelatedStory.objects.filter(article=labelled.ids["visa-rules-eased"]).exists()
    oregon = [pk for key, pk in labelled.ids.items() if key.startswith("portland-suzhou")]
    maine = RelatedStory.objects.filter(article=labelled.ids["portland-maine-ferry"])
    assert not maine.filter(related__in=oregon).exists()
