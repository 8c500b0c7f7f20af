"""The people and the story of the desk's tests."""

from tests.desk.conftest import li, translation  # noqa: F401
