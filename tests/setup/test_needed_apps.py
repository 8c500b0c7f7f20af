"""What `check` says of apps that build on others."""

import pytest
from django.apps import apps

from archive.checks import check_needed_apps
from archive.setup.patches import apps_around, needs_of


def test_an_app_whose_base_is_left_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_needed_apps(None) == []
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "archive.contrib.intake")
    found = [str(error.msg) for error in check_needed_apps(None)]
    building = [name for name in apps_around() if "archive.contrib.intake" in needs_of(name)]
    assert sorted(found) == [f"{name} needs archive.contrib.intake." for name in building]
    assert "archive.contrib.wires" in building
