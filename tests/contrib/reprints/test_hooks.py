"""What the app adds to the archive, and what the archive does without it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail import hooks

from archive.contrib.backup.restore import rebuild_derived
from archive.contrib.reprints import wagtail_hooks
from archive.contrib.reprints.models import StoryReuse
from archive.models import FollowerDue, TextFingerprint
from archive.publishing.followers import of_apps
from archive.site.permalinks import short_id
from archive.text.language import ENGLISH
from tests.contrib.reprints.labelled import publish
from tests.site.reading import opened

pytestmark = pytest.mark.django_db
PUBLISHING = Path(__file__).resolve().parents[3] / "docs" / "publishing.md"


def fail(pks: list[int]) -> None:
    raise ValueError("odd")


def publish_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """While reprints can't be looked for."""
    with monkeypatch.context() as patch:
        patch.setattr(wagtail_hooks, "update_stories", fail)
        publish("crane")
        publish("crane-cut", "harbour-post")
    assert not StoryReuse.objects.exists()


def test_readers_have_a_story_whose_reprints_were_not_found(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    publish_two(monkeypatch)
    told = (
        "The reprints didn't follow a publication; run “manage.py check_archive reprints --repair”"
    )
    assert told in caplog.text
    assert FollowerDue.objects.count() == 2
    call_command("check_archive", "reprints", repair=True, verbosity=0)
    assert StoryReuse.objects.count() == 1


def test_what_was_missed_is_found_when_followers_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    publish_two(monkeypatch)
    with pytest.raises(CommandError):
        call_command("check_archive", "followers", verbosity=0)
    call_command("check_archive", "followers", repair=True, verbosity=0)
    assert StoryReuse.objects.count() == 1
    assert not FollowerDue.objects.exists()


def test_a_restored_backup_compares_its_stories() -> None:
    """Their numbers aren't in it."""
    publish("crane")
    TextFingerprint.objects.all().delete()
    told: list[Any] = []
    rebuild_derived(told.append)
    assert TextFingerprint.objects.exists()
    assert "reprints" in told


def test_the_documentation_names_the_follower_and_its_command() -> None:
    (follower,) = (one for one in of_apps() if one.name == "reprints")
    rows = PUBLISHING.read_text(encoding="utf-8").splitlines()
    (row,) = (line for line in rows if line.startswith(f"| {follower.name} "))
    assert f"| `{follower.command}` |" in row


def test_a_story_without_the_app_has_no_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    story = publish("crane")
    publish("crane-cut", "harbour-post")
    assert opened(story, ENGLISH).select(".reprints")
    for name in ("story_panel", "follower"):
        monkeypatch.setitem(hooks._hooks, f"register_archive_{name}", [])
    assert not opened(story, ENGLISH).select(".reprints")
    publish("crane-british", "third")
    assert StoryReuse.objects.count() == 1


def test_caches_in_front_ask_for_a_comparison_each_time(settings: Any) -> None:
    """Nobody tells them what becomes of it."""
    settings.DEBUG = False
    settings.WAGTAILFRONTENDCACHE = {"front": {"BACKEND": "archive.missing"}}
    one, two = publish("crane"), publish("crane-cut", "harbour-post")
    path = reverse("archive:reprint", args=[short_id(one.pk), short_id(two.pk)])
    assert Client().get(path)["Cache-Control"] == "public, no-cache"
