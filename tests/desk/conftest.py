"""The two people whom the tests of the desk are about."""

import pytest

from tests.desk.helpers import Person
from tests.factories import make_editor, make_translator


@pytest.fixture
def editor() -> Person:
    return Person(make_editor())


@pytest.fixture
def translator() -> Person:
    return Person(make_translator())
