"""What became of stories that were accepted together, however many requests that took."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from wagtail.admin import messages

from archive.contrib.intake.batches.undo import is_translation
from archive.contrib.intake.models import ImportBatch, ImportItem

# So many stories are named with their reasons; the list of the import has the others'.
_MOST_NAMED = 20
_SENTENCES = (
    ngettext_lazy("%(count)d story published.", "%(count)d stories published.", "count"),
    ngettext_lazy("%(count)d draft made.", "%(count)d drafts made.", "count"),
    ngettext_lazy(
        "%(count)d change to a published story waits for publication.",
        "%(count)d changes to published stories wait for publication.",
        "count",
    ),
    ngettext_lazy("%(count)d translation published.", "%(count)d translations published.", "count"),
    ngettext_lazy(
        "%(count)d translation is a draft.", "%(count)d translations are drafts.", "count"
    ),
)


@dataclass(frozen=True)
class AcceptedMany:
    """Items by what became of them; those that stay drafts or have failed say why themselves."""

    batch: ImportBatch
    accepted: list[ImportItem]
    failed: list[ImportItem]

    @property
    def staying(self) -> list[ImportItem]:
        """Those that were to be published and weren't."""
        return [one for one in self.accepted if one.error and not _is_published(one)]

    def sentences(self) -> list[str]:
        """How many were published, and how many are drafts."""
        translations = [one for one in self.accepted if is_translation(one)]
        stories = [one for one in self.accepted if not is_translation(one)]
        changes = [one for one in stories if _is_change(one) and not _is_published(one)]
        made = [one for one in stories if one not in changes]
        counts = (*_parted(made), len(changes), *_parted(translations))
        told = zip(_SENTENCES, counts, strict=True)
        return [text % {"count": count} for text, count in told if count]


def _parted(items: list[ImportItem]) -> tuple[int, int]:
    published = sum(map(_is_published, items))
    return published, len(items) - published


def _is_change(item: ImportItem) -> bool:
    """Whether readers had the story before."""
    return bool((item.before.get("row") or {}).get("live"))


def _is_published(item: ImportItem) -> bool:
    return bool(item.before.get("is_published"))


def accepted_since(
    batch: ImportBatch, user: Any, began: datetime, failed: Iterable[int]
) -> AcceptedMany:
    """What the user has accepted of the batch since then; `failed` are keys of what wasn't."""
    items = batch.items.defer("text", "made", "corrected", "pictures").order_by("pk")
    accepted = items.filter(
        state=ImportItem.State.ACCEPTED, accepted_by=user, accepted_at__gte=began
    )
    waiting = items.filter(pk__in=list(failed), state__in=ImportItem.OPEN)
    return AcceptedMany(batch, list(accepted), list(waiting))


def report_many(request: HttpRequest, made: AcceptedMany) -> None:
    """One message: how many, and which stay drafts or weren't accepted, each with the reason."""
    staying, failed = made.staying, made.failed
    if not made.accepted and not failed:
        messages.info(request, _("There is no such story left."))
        return
    context = {
        "counts": made.sentences(),
        "staying": staying[:_MOST_NAMED],
        "more_staying": len(staying[_MOST_NAMED:]),
        "failed": failed[:_MOST_NAMED],
        "more_failed": len(failed[_MOST_NAMED:]),
        "batch": made.batch,
    }
    say = messages.error if failed else messages.warning if staying else messages.success
    say(request, render_to_string("archive_intake/accepted_many.html", context))
