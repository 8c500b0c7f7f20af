"""What the command tells its user: a line a story, and the sum."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.intake.runs import Outcome, Status
from archive.pages.name_suggestions.counts import waiting_for


def _word(status: Status, dry_run: bool) -> str:
    done = {
        Status.CREATED: _("created"),
        Status.UPDATED: _("updated"),
        Status.PUBLISHED: _("published"),
        Status.UNCHANGED: _("unchanged"),
        Status.KEPT: _("kept"),
        Status.HELD: _("could not be stored"),
        Status.FAILED: _("failed"),
    }
    planned = {
        Status.CREATED: _("would be created"),
        Status.UPDATED: _("would be updated"),
        Status.PUBLISHED: _("would be published"),
        Status.KEPT: _("would be kept"),
    }
    return planned.get(status, done[status]) if dry_run else done[status]


def line(outcome: Outcome, *, dry_run: bool) -> str:
    """ "story.txt: created: Port opens", and a line for each thing to check."""
    parts = [outcome.name, _word(outcome.status, dry_run)]
    parts += [outcome.article.headline] if outcome.article else []
    lines = [": ".join([*parts, *([outcome.reason] if outcome.reason else [])])]
    if outcome.article:
        lines += [f"    {warning}" for warning in outcome.article.warnings]
    return "\n".join(lines)


def total(counts: Mapping[Status, int], *, dry_run: bool) -> str:
    """ "2 created, 1 unchanged": what happened, most usual first; zeros for the common ones."""
    always = (Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.FAILED)
    told = [status for status in Status if counts.get(status) or status in always]
    return ", ".join(f"{_word(status, dry_run)}: {counts.get(status, 0)}" for status in told)


def suggestions(outcomes: Iterable[Outcome]) -> str:
    """ "12 suggested names wait in the imported stories: http://…"; "" if none does."""
    waiting = waiting_for({one.page_id for one in outcomes if one.page_id})
    if not waiting:
        return ""
    message = ngettext(
        "%(count)d suggested name waits in the imported stories: %(address)s",
        "%(count)d suggested names wait in the imported stories: %(address)s",
        waiting,
    )
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "").rstrip("/")
    address = base + reverse("archive_suggestions:report")
    return message % {"count": waiting, "address": address}
