"""Workers of one database, each a process of its own.

`main` runs in one whose database is for this alone; `python -m tests.operations.two_workers` is a
worker, whose one follower writes down each story that it does.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from datetime import timedelta
from pathlib import Path

SETTINGS = "tests.operations.worker_settings"
KILLED = 9
# More than two workers take at once.
STORIES = range(1, 501)


def done(folder: Path) -> list[int]:
    files = sorted(folder.glob("done-*"))
    return [int(line) for path in files for line in path.read_text().split()]


def work(folder: Path, ends_at: int, pause: float) -> None:
    """Do what is due, and end; `pause` at each story. At the story `ends_at`, as if killed."""
    from django.core.management import call_command

    from archive.operations import workers
    from archive.publishing import followers

    workers.BEAT = timedelta(seconds=0.3)

    def record(pks: Collection[int]) -> None:
        with (folder / f"done-{os.getpid()}").open("a") as stream:
            for pk in pks:
                if pk == ends_at:
                    stream.flush()
                    os._exit(KILLED)
                print(pk, file=stream)
                time.sleep(pause)

    followers.SEARCH = followers.Follower("search index", record)
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


def start(folder: Path, ends_at: int = 0, pause: float = 0.002) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", __name__, str(folder), str(ends_at), str(pause)]
    return subprocess.Popen(command)


def wait_until(is_so: Callable[[], object]) -> None:
    until = time.monotonic() + 240
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.2)


def main(folder: Path) -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from archive.models import FollowerDue, WorkerBeat
    from archive.operations import workers
    from archive.operations.views import ADDRESS
    from archive.operations.workers import MOST_WORKERS, bring_back
    from archive.publishing import due
    from archive.publishing.followers import catch_up_task

    call_command("migrate", verbosity=0)

    # Two workers never do one thing twice.
    due.mark_due(STORIES, ["search index"])
    for _number in range(4):
        catch_up_task.enqueue()
    both = [start(folder), start(folder)]
    assert [one.wait() for one in both] == [0, 0]
    assert sorted(done(folder)) == list(STORIES)
    assert len(list(folder.glob("done-*"))) == 2, "Both had some."
    assert not FollowerDue.objects.exists()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}

    # One that is long at a task keeps it.
    workers.LEASE = timedelta(seconds=3)
    due.mark_due(STORIES, ["search index"])
    catch_up_task.enqueue()
    long = start(folder, pause=0.02)
    wait_until(lambda: DBTaskResult.objects.filter(status="RUNNING").exists())
    while long.poll() is None:
        assert not bring_back()
        time.sleep(0.5)
    assert long.returncode == 0
    assert WorkerBeat.objects.exists()
    assert len(done(folder)) == 2 * len(STORIES)

    # What a killed one had comes back, the task and its stories.
    due.mark_due(STORIES[:30], ["search index"])
    catch_up_task.enqueue()
    assert start(folder, ends_at=STORIES[20]).wait() == KILLED
    assert DBTaskResult.objects.filter(status="RUNNING").count() == 1
    assert FollowerDue.objects.filter(is_taken=True).count() == 30
    FollowerDue.objects.update(due_at=timezone.now())
    before = len(done(folder))
    assert not bring_back(), "It may be alive."
    wait_until(bring_back)
    assert not DBTaskResult.objects.filter(status="RUNNING").exists()
    assert start(folder).wait() == 0
    assert len(done(folder)) == before + 30, "Whole, as nobody knows how far it came."
    assert not FollowerDue.objects.exists()

    # One that ends each worker is set aside; an administrator sees it, and tries it again.
    task = DBTaskResult.objects.order_by("pk").first()
    assert task
    ended = [f"worker-{number}" for number in range(MOST_WORKERS)]
    past = timezone.now() - workers.LEASE
    DBTaskResult.objects.filter(pk=task.pk).update(
        status="RUNNING", started_at=past, worker_ids=ended
    )
    call_command("publish_scheduled")
    assert DBTaskResult.objects.get(pk=task.pk).status == "FAILED"
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chief", password="x"))
    page = client.get(reverse(ADDRESS)).content.decode()
    assert f"It has ended {MOST_WORKERS} workers." in page
    client.post(reverse(ADDRESS), {"task": str(task.pk)})
    assert DBTaskResult.objects.get(pk=task.pk).status == "READY"
    client.post(reverse(ADDRESS), {"task": "no key"})

    # One that runs for long is told, and whether its worker is alive.
    long_since = timezone.now() - workers.LONG
    ran = {"status": "RUNNING", "started_at": long_since, "worker_ids": ["one"]}
    DBTaskResult.objects.filter(pk=task.pk).update(**ran)
    assert "Gone: another worker will do it again" in client.get(reverse(ADDRESS)).content.decode()
    WorkerBeat.objects.create(worker="one", seen_at=timezone.now())
    assert "At it" in client.get(reverse(ADDRESS)).content.decode()
    sys.stdout.write("right\n")


if __name__ == "__main__":
    import django

    django.setup()
    work(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
