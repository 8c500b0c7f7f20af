"""When what a server runs by the clock last ran, and when its workers were last heard of."""

from django.db import models


class CommandRun(models.Model):
    """The last run of a command of manage.py: see `archive.operations.routines`."""

    wagtail_reference_index_ignore = True
    # Another site's runs say nothing of the one that a backup is restored into.
    archive_backup_ignore = True

    command = models.CharField(max_length=60, unique=True)
    began_at = models.DateTimeField()
    # None while it runs, and where its process ended before it.
    ended_at = models.DateTimeField(null=True)
    # What it said that failed.
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.command


class WorkerBeat(models.Model):
    """When a worker last said that it is at its task: see `archive.operations.workers`."""

    wagtail_reference_index_ignore = True
    # Another site's workers.
    archive_backup_ignore = True

    worker = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
