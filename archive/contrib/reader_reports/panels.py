"""A report as the desk sees it: on its own page, on the dashboard and in the editor's sidebar."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse, translate_url
from wagtail.admin.panels import Panel

from archive.contrib.reader_reports.actions import pending_of
from archive.contrib.reader_reports.models import ReaderReport, texts_digest
from archive.contrib.reader_reports.paragraphs import paragraph_of
from archive.contrib.reader_reports.policies import report_policy
from archive.contrib.reader_reports.report_list import open_count, reports_of, text_label
from archive.desk.policies import name_of, policy
from archive.text.differences import differences
from archive.text.language import PAIRED, VIEW_PARAMETER
from archive.wagtail_admin import RequestComponent

MOST = 5


def paragraph_status(report: ReaderReport, article: Any) -> dict[str, Any]:
    """A report beside its paragraph as readers see it now: each text's way from then to now."""
    then = report.source_text, report.target_text
    paragraph = paragraph_of(article, report.key)
    now = (paragraph.source_text, paragraph.target_text) if paragraph else then
    source, target = map(differences, then, now)
    return {
        "report": report,
        "is_there": paragraph is not None,
        "source": source,
        "target": target,
        "has_changed": paragraph is None or texts_digest(*now) != report.texts_digest,
    }


class ReportPanel(Panel):
    """What was said of which paragraph, and what has become of the paragraph; nothing to type."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive_reader_reports/admin/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            report, user = self.instance, self.request.user
            article = report.article
            may_translate = policy.user_may(user, "change", report.language)
            return {
                **super().get_context_data(parent_context),
                "report": report,
                "article": article,
                "text_label": text_label(report),
                "handler": name_of(report.handled_by),
                "translation_url": reverse("archive_translation:open", args=[article.pk]),
                "reader_url": _reader_url(report, self.request),
                "status": paragraph_status(report, article),
                "may_translate": not report.is_about_source and may_translate,
            }


def _reader_url(report: ReaderReport, request: HttpRequest) -> str:
    """The paragraph in the language that it was read in, and in the same mode."""
    url = translate_url(report.article.get_url(request) or "", report.language)
    mode = report.view if report.view in PAIRED else report.language
    return f"{url}?{urlencode({VIEW_PARAMETER: mode})}#{report.key.partition('/')[0]}"


class ReportsPanel(RequestComponent):
    """The dashboard's: the newest open reports that are the user's to handle."""

    name = "archive_reports"
    template_name = "archive_reader_reports/admin/dashboard.html"
    order = 55

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        found = reports_of(request.user).filter(state=ReaderReport.State.OPEN)
        return {"reports": found[:MOST], "count": open_count(request.user)}


def reports_section(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The reports that aren't settled, oldest first; one query."""
    pending = pending_of(translation).order_by("created_at", "pk")
    found = [report for report in pending if report.is_of(row.source.key)]
    if not found:
        return {}
    article = translation.article
    may_settle = report_policy.user_has_permission_for_instance(user, "change", found[0])
    for report in found:
        # An address is for those who may answer.
        report.email = report.email if may_settle else ""
    statuses = [paragraph_status(report, article) for report in found]
    return {"statuses": statuses, "may_settle": may_settle}
