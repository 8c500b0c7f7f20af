"""What is due is published and taken back once, whoever looks, and in spite of what fails."""

import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from archive.models import ArticlePage, HarvestRecord
from archive.publishing import schedule
from tests.factories import make_article
from tests.services import migrated

ROOT = Path(__file__).resolve().parents[2]
MAKE_DUE = """
import django
django.setup()
from tests.publishing.test_schedule import make_due
make_due("Ships", "Quays", "Cranes")
"""
PUBLISHED, EXPIRED = "wagtail.publish.scheduled", "wagtail.unpublish.scheduled"


def make_due(*headlines: str) -> list[ArticlePage]:
    """Drafts that were to be published a minute ago."""
    past = timezone.now() - timedelta(minutes=1)
    stories = [make_article(one, live=False) for one in headlines]
    for story in stories:
        revision = story.save_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    return stories


def times(action: str) -> int:
    return PageLogEntry.objects.filter(action=action).count()


def test_one_that_another_machine_has_done_meanwhile_is_left_alone(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_due("Ships", "Quays")
    do, others = schedule._do, iter([True])

    def do_late(*args: Any) -> bool:
        # The list is made; now the other machine is quicker.
        if next(others, False):
            call_command("publish_scheduled")
        return do(*args)

    monkeypatch.setattr(schedule, "_do", do_late)
    call_command("publish_scheduled")
    assert times(PUBLISHED) == 2


def test_what_has_had_its_time_is_taken_back_once(db: None) -> None:
    story = make_article("Ships")
    past = timezone.now() - timedelta(minutes=1)
    ArticlePage.objects.filter(pk=story.pk).update(expire_at=past)
    for _machine in range(2):
        call_command("publish_scheduled")
    assert times(EXPIRED) == 1
    assert not ArticlePage.objects.get(pk=story.pk).live


def test_one_that_fails_stops_no_other(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = make_due("Ships", "Quays")
    publish = ArticlePage.publish

    def fail(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self.pk == broken.pk:
            raise RuntimeError("no disk")
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "publish", fail)
    with pytest.raises(CommandError, match="1 of what was due failed"):
        call_command("publish_scheduled")
    assert ArticlePage.objects.get(pk=sound.pk).live
    assert not ArticlePage.objects.get(pk=broken.pk).live


def test_a_dry_run_changes_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    make_due("Ships")
    call_command("publish_scheduled", dryrun=True)
    assert "Revisions to be published" in capsys.readouterr().out
    assert times(PUBLISHED) == 0


@pytest.mark.postgres
def test_three_machines_at_once_publish_once(django_db_setup: None, django_db_blocker: Any) -> None:
    start = threading.Barrier(3)

    def machine() -> None:
        start.wait()
        schedule.follow_schedule()
        connection.close()

    # What other connections see must be committed; so it is deleted by hand.
    with django_db_blocker.unblock():
        stories = make_due("Ships", "Quays", "Cranes")
        try:
            machines = [threading.Thread(target=machine) for _number in range(3)]
            for one in machines:
                one.start()
            for one in machines:
                one.join()
            assert times(PUBLISHED) == 3
        finally:
            for story in stories:
                ArticlePage.objects.get(pk=story.pk).delete()
            PageLogEntry.objects.all().delete()
            # They outlive their stories.
            HarvestRecord.objects.all().delete()


@pytest.mark.sqlite
@pytest.mark.exhaustive
def test_three_processes_at_once_publish_once(
    db: None, migrated_copy: migrated.Copy, tmp_path: Path
) -> None:
    environment = migrated_copy.environment(tmp_path, "newsroom.settings.dev")
    subprocess.run([sys.executable, "-c", MAKE_DUE], env=environment, check=True)
    command = [sys.executable, str(ROOT / "manage.py"), "publish_scheduled"]
    machines = [subprocess.Popen(command, env=environment) for _number in range(3)]
    assert [one.wait(timeout=120) for one in machines] == [0, 0, 0]
    with sqlite3.connect(tmp_path / "archive.sqlite3") as copy:
        sql = "SELECT COUNT(*) FROM wagtailcore_pagelogentry WHERE action = ?"
        assert copy.execute(sql, [PUBLISHED]).fetchone() == (3,)
