"""Taking a reader's report in, settling it, and forgetting who sent it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from archive.contrib.reader_reports.conf import settings
from archive.contrib.reader_reports.models import ReaderReport, texts_digest
from archive.contrib.reader_reports.paragraphs import Paragraph
from archive.contrib.reader_reports.report_list import forget_count
from archive.desk.audit import log_each
from archive.text.segmentation import digest

# The number of a segment's reports, in its row at the desk.
MARK = "reports"
LOG_ACTIONS = {state: f"archive.report_{state}" for state in ReaderReport.State.values}


def file_report(
    article: Any,
    paragraph: Paragraph,
    *,
    kind: str,
    language: str,
    text: str = "",
    email: str = "",
    view: str = "",
) -> ReaderReport:
    """The report's row: a new one, or that of the same words while the desk still has them."""
    erase_old_emails()
    report = ReaderReport(
        article=article,
        key=paragraph.key,
        language=language,
        is_about_source=language == article.source_language,
        view=view,
        kind=kind,
        text=text,
        email=email,
        email_at=timezone.now() if email else None,
        source_text=paragraph.source_text,
        target_text=paragraph.target_text,
        texts_digest=texts_digest(paragraph.source_text, paragraph.target_text),
    )
    said = " ".join(text.casefold().split())
    words = [paragraph.key, language, kind, report.texts_digest, said]
    report.fingerprint = digest(" ".join(words))
    try:
        with transaction.atomic():
            return _store(report)
    except IntegrityError:
        # Somebody said it at the same moment.
        return _store(report)


def _store(report: ReaderReport) -> ReaderReport:
    """The row that has these words already, counted once more, or else a new one."""
    same = ReaderReport.objects.filter(article=report.article, fingerprint=report.fingerprint)
    found: ReaderReport | None = same.first()
    if found and report.email and found.email not in ("", report.email):
        # Two readers with addresses keep a row each.
        report.fingerprint = ""
    elif found:
        given = {"email": report.email, "email_at": report.email_at} if report.email else {}
        same.update(times=F("times") + 1, **given)
        found.refresh_from_db()
        return found
    report.save()
    return report


def settle(
    reports: Sequence[ReaderReport], state: str, *, user: Any, note: str | None = None
) -> int:
    """Give reports a state, and a note unless it is None; gives how many had another state.

    What is settled folds no more: the same words from another reader are news again.
    """
    changed = [report for report in reports if report.state != state]
    noted = [report for report in reports if note not in (None, report.note)]
    now = timezone.now()
    for report in changed:
        report.state, report.handled_by, report.handled_at = state, user, now
        if state not in ReaderReport.PENDING:
            report.fingerprint = ""
    for report in noted:
        report.note = note or ""
    with transaction.atomic():
        fields = ["state", "note", "handled_by", "handled_at", "fingerprint"]
        ReaderReport.objects.bulk_update({*changed, *noted}, fields, batch_size=500)
        log_each(changed, LOG_ACTIONS[state], user=user, data={"note": note or ""})
    forget_count(user)
    return len(changed)


def erase_old_emails() -> int:
    """Forget the addresses that were left longer ago than the site keeps them."""
    before = timezone.now() - timedelta(days=settings.REPORT_EMAIL_DAYS)
    reports = ReaderReport.objects.annotate(given=Coalesce("email_at", "created_at"))
    return reports.filter(given__lt=before).exclude(email="").update(email="", email_at=None)


def pending_of(translation: Any) -> QuerySet[ReaderReport]:
    """The reports of a translation that aren't settled."""
    return ReaderReport.objects.filter(
        article=translation.article_id,
        language=translation.language,
        state__in=ReaderReport.PENDING,
    )


def pending_reports(translation: Any, keys: Iterable[str]) -> dict[str, int]:
    """How many reports of a translation wait, by the segment's key; one query.

    `keys` are the segments' in reading order: what is about a whole block counts at its first.
    """
    waiting = pending_of(translation).order_by()
    rows = dict(waiting.values_list("key").annotate(number=Count("pk")))
    found: dict[str, int] = {}
    for key in keys if rows else ():
        number = rows.pop(key, 0) + rows.pop(key.partition("/")[0], 0)
        if number:
            found[key] = number
    return found
