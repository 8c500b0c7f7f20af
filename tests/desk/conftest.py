"""The people and the story that the tests of the desk are about."""

import pytest

from archive.models import Translation
from tests.desk.helpers import Person, translation_of
from tests.factories import make_article, make_editor, make_translator


@pytest.fixture
def editor() -> Person:
    return Person(make_editor())


@pytest.fixture
def translator() -> Person:
    return Person(make_translator())


@pytest.fixture
def li() -> Person:
    return Person(make_translator("li"))


@pytest.fixture
def translation() -> Translation:
    return translation_of(make_article())
