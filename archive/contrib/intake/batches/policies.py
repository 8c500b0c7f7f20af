"""Who may import, and whose batches a person may see. What goes where is asked when it goes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from archive.contrib.intake.models import ImportBatch
from archive.stories.models import HomePage
from archive.stories.policies import may_file

RIGHT = "archive_intake.add_importbatch"


def may_import(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(RIGHT))


def batches_for(user: Any) -> QuerySet[ImportBatch]:
    """All for who may add stories anywhere in the archive; their own for others."""
    batches = ImportBatch.objects.all()
    if not may_import(user):
        return batches.none()
    home = HomePage.objects.first()
    is_for_all = user.is_superuser or (home is not None and may_file(user, home, live=False))
    return batches if is_for_all else batches.filter(created_by=user)


def check_batch(batch: ImportBatch, user: Any) -> None:
    """Raises PermissionDenied for whoever may not work on the batch; no user is a program."""
    if user is not None and not batches_for(user).filter(pk=batch.pk).exists():
        raise PermissionDenied
