"""The people and the story of the desk's tests."""

from tests.desk.conftest import editor, li, translation, translator  # noqa: F401
