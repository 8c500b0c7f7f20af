"""What readers reported of a segment, beside it."""

from typing import Any

from archive.desk.models import ReaderReport
from archive.desk.reports.panels import standing_of
from archive.desk.reports.policies import policy


def aid(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The reports that aren't settled, oldest first; one query."""
    found = [
        report
        for report in ReaderReport.objects.filter(
            article=translation.article_id,
            language=translation.language,
            state__in=ReaderReport.PENDING,
        ).order_by("created_at", "pk")
        if report.is_of(row.source.key)
    ]
    if not found:
        return {}
    article = translation.article
    may_settle = policy.user_has_permission_for_instance(user, "change", found[0])
    for report in found:
        # An address is for those who may answer.
        report.email = report.email if may_settle else ""
    standings = [standing_of(report, article) for report in found]
    return {"standings": standings, "may_settle": may_settle}
