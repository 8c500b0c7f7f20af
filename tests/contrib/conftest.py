"""The people and the story of the desk's tests, and time enough for what takes several requests."""

import pytest

from tests.desk.conftest import editor, li, translation, translator  # noqa: F401


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine, too, one request reads or accepts all that a test has put in."""
    monkeypatch.setattr("archive.contrib.intake.admin.batch_views._READ_SECONDS", 600.0)
