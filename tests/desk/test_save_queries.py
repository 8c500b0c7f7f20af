"""What saving a segment costs: as the desk's script sends it, savepoints and callbacks included."""

from typing import Any
from unittest.mock import Mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.desk import segments
from archive.desk.saving import version_of
from archive.models import Translation
from tests.desk.helpers import Person, again, translation_of
from tests.desk.segments import save_one
from tests.factories import make_article, make_body

LENGTHS = (14, 149)
# Five of each are the session's and the user's; transactions and savepoints count as two.
FIRST_OF_A_SITTING, NEXT_OF_A_SITTING = 22, 14


def base_of(translation: Translation) -> str:
    draft = again(translation).get_latest_revision_as_object()
    return version_of(draft.segments.filter(key="headline").first())


def cost_of_saving(
    person: Person, translation: Translation, words: str, *, confirmed: bool = False
) -> int:
    change: dict[str, Any] = {"key": "headline", "target": words, "base": base_of(translation)}
    change["confirmed"] = confirmed
    with CaptureQueriesContext(connection) as captured:
        assert save_one(person, translation, **change)["kind"] == "saved"
    return len(captured)


@pytest.mark.django_db
def test_the_story_is_aligned_once_a_save(li: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    translation = translation_of(make_article())
    change = {"key": "headline", "target": "先", "base": base_of(translation)}
    counted = Mock(side_effect=segments.extract)
    monkeypatch.setattr(segments, "extract", counted)
    save_one(li, translation, **change)
    assert counted.call_count == 1


@pytest.mark.django_db
def test_saving_a_segment_costs_the_same_for_any_story(li: Person) -> None:
    first, later = set(), set()
    for length in LENGTHS:
        body = make_body(*map(str, range(length)))
        translation = translation_of(make_article(f"Story {length}", body=body))
        first.add(cost_of_saving(li, translation, "先"))
        later.add(cost_of_saving(li, translation, "后"))
    assert len(first) == len(later) == 1
    assert max(first) <= FIRST_OF_A_SITTING
    assert max(later) <= NEXT_OF_A_SITTING
