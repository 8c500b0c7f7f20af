"""What is due to be published or taken back, once: also where several machines look at once."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from archive.base_page import Page
from archive.stories.publish_guard import SCHEDULED

logger = logging.getLogger(__name__)

EXPIRED = "wagtail.unpublish.scheduled"


@dataclass(frozen=True)
class _Timetable:
    """Rows of one model that are due once `moment` is past; `act` takes such a row."""

    model: Any
    moment: str
    act: Callable[[Any], object]
    only: Q

    def due(self) -> Any:
        past = Q(**{f"{self.moment}__lt": timezone.now()})
        return self.model._default_manager.filter(self.only, past).order_by(self.moment)


def follow_schedule() -> int:
    """Does what is due, each in a transaction of its own; gives how many failed, which are logged.

    A row is claimed by a write. Whoever comes second waits for the first one's commit, on
    PostgreSQL for this row and on SQLite for the file, and then finds nothing due.
    """
    failed = 0
    for table in _timetables():
        for pk in list(table.due().values_list("pk", flat=True)):
            failed += not _do(table, pk)
    return failed


def _timetables() -> Iterator[_Timetable]:
    models = (one for one in apps.get_models() if issubclass(one, DraftStateMixin))
    for model in (Page, *(one for one in models if not issubclass(one, Page))):
        yield _Timetable(model, "expire_at", _unpublish, Q(live=True))
    yield _Timetable(Revision, "approved_go_live_at", _publish, Q())


def _publish(revision: Any) -> None:
    revision.publish(log_action=SCHEDULED)


def _unpublish(row: Any) -> None:
    row.unpublish(set_expired=True, log_action=EXPIRED)


def _do(table: _Timetable, pk: object) -> bool:
    row = table.due().filter(pk=pk).order_by()
    try:
        with transaction.atomic():
            if row.update(**{table.moment: F(table.moment)}):
                table.act(row.get())
    except Exception:  # whatever is wrong with one, the others are due as well
        logger.exception("%s %s can't follow its schedule.", table.model._meta.verbose_name, pk)
        return False
    return True
