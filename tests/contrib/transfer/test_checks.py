"""What `check` says of moving in."""

import pytest
from django.apps import apps

from archive.contrib.transfer.checks import check_intake


def test_it_needs_the_app_of_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_intake(None) == []
    monkeypatch.setattr(apps, "is_installed", lambda name: False)
    [error] = check_intake(None)
    assert (error.id, "archive.contrib.intake" in error.hint) == ("archive.E038", True)
