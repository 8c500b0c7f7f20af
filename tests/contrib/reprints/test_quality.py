"""The same reports are found, and others are left apart: over stories labelled by hand."""

import sys

import pytest

from archive.contrib.related.updates import rebuild as rebuild_related
from archive.contrib.reprints.updates import rebuild
from tests.contrib.reprints import labelled
from tests.contrib.reprints.labelled import PARTS

pytestmark = pytest.mark.django_db


@pytest.mark.exhaustive
@pytest.mark.parametrize("part", PARTS)
def test_precision_and_recall_are_at_least_95_percent(part: str) -> None:
    stories = labelled.read(part)
    made = labelled.make_stories(stories)
    rebuild_related(progress=lambda *of: None)
    rebuild(lambda done, total: None)
    found, wanted = set(labelled.found(made)), labelled.same(stories)
    precision, recall = len(found & wanted) / len(found), len(found & wanted) / len(wanted)
    told = f"{part}: {len(stories)} stories, {len(wanted)} pairs; {precision=:.3f} {recall=:.3f}"
    sys.stdout.write(f"{told}\nmissed: {wanted - found}\nwrong: {found - wanted}\n")
    assert precision >= 0.95
    assert recall >= 0.95
