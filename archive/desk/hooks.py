"""The desk in Wagtail's admin: addresses, buttons, messages, panels, the audit log."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from archive.desk.corrections.actions import LOG_ACTIONS
from archive.desk.corrections.panels import ReportsPanel
from archive.desk.corrections.report_list import open_count
from archive.desk.corrections.views import BULK_ACTIONS
from archive.desk.freshness.corrections import MISSING, SETTLED
from archive.desk.freshness.minor import MINOR
from archive.desk.mentions import mention_suggestions
from archive.desk.models import ReaderReport, Translation
from archive.desk.policies import policy, register_policies
from archive.desk.queue import hooks as queue_hooks
from archive.desk.urls import admin_urls
from archive.desk.viewsets import ReportViewSet, TranslationViewSet
from archive.desk.waivers import UNWAIVED, WAIVED
from archive.qa.runner import load_checks
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.name_suggestions.panel import BESIDE_HOOK

register_policies()
register_snippet(TranslationViewSet)
register_snippet(ReportViewSet)
queue_hooks.register()
hooks.register(BESIDE_HOOK, mention_suggestions)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return admin_urls


@hooks.register("construct_homepage_panels")
def add_report_panels(request: HttpRequest, panels: list[Any]) -> None:
    if open_count(request.user):
        panels.append(ReportsPanel())


@hooks.register("before_delete_snippet")
def refuse_to_delete(request: HttpRequest, instances: list[Any]) -> None:
    # Wagtail 7.4 deletes in bulk without asking the policy.
    if any(isinstance(one, Translation | ReaderReport) for one in instances):
        raise PermissionDenied


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def translate_button(
    page: Any, user: Any, next_url: str | None = None, **_context: Any
) -> Iterator[Button]:
    if page.specific_class is not ArticlePage or not policy.user_has_permission(user, "change"):
        return
    if isinstance(page, ArticlePage) and not policy.user_may(user, "change", page.target_language):
        return
    yield Button(
        _("Translation"),
        reverse("archive_translation:open", args=[page.pk]),
        icon_name="globe",
        priority=25,
    )


@hooks.register("register_page_header_buttons")
def changes_button(page: Any, user: Any, **_context: Any) -> Iterator[Button]:
    if not isinstance(page, ArticlePage) or page.alias_of_id:
        return
    is_behind = page.translation_state == TranslationState.SOURCE_CHANGED
    if not (is_behind or page.translation_lacks_correction):
        return
    if page.permissions_for_user(user).can_publish():
        yield Button(_("Source changes"), _changes_url(page), icon_name="history", priority=26)


def _changes_url(page: ArticlePage) -> str:
    return reverse("archive_translation:changes", args=[page.pk])


@hooks.register("after_publish_page")
def offer_source_changes(request: HttpRequest, page: Any) -> None:
    """The editor who published knows best which changes are minor, and knows it now."""
    if page.specific_class is not ArticlePage:
        return
    behind = Translation.objects.filter(article=page.pk, live=True, stale_count__gt=0).first()
    if behind is None:
        return
    text = ngettext(
        "%(count)s segment of the translation is out of date.",
        "%(count)s segments of the translation are out of date.",
        behind.stale_count,
    )
    button = messages.button(_changes_url(page), _("Mark changes as minor"))
    messages.info(request, text % {"count": behind.stale_count}, buttons=[button])


class MinorFormatter(LogFormatter):
    """ "Minor change: the translation of 2 segments stays right"."""

    label = gettext_lazy("Minor source change")

    def format_message(self, log_entry: Any) -> str:
        count = len(log_entry.data.get("segments", []))
        text = ngettext(
            "Minor source change: the translation of %(count)s segment is still correct",
            "Minor source change: the translation of %(count)s segments is still correct",
            count,
        )
        return text % {"count": count}


class WaiverFormatter(LogFormatter):
    """The check by its name, if the site still has it, and the reason."""

    message: Any = ""

    def format_message(self, log_entry: Any) -> str:
        check_id = str(log_entry.data.get("check", ""))
        names = {check.check_id: str(check.name) for check in load_checks()}
        reason = str(log_entry.data.get("reason", ""))
        return str(self.message) % {"check": names.get(check_id, check_id), "reason": reason}


class WaivedFormatter(WaiverFormatter):
    label = gettext_lazy("Dismissed a finding")
    message = gettext_lazy("Dismissed “%(check)s”: %(reason)s")


class UnwaivedFormatter(WaiverFormatter):
    label = gettext_lazy("Reopened a finding")
    message = gettext_lazy("“%(check)s” is reopened; it was dismissed for: %(reason)s")


_REPORT_LABELS = {
    ReaderReport.State.OPEN: (gettext_lazy("Reopen"), gettext_lazy("Reopened")),
    ReaderReport.State.ACCEPTED: (gettext_lazy("Accept"), gettext_lazy("Accepted")),
    ReaderReport.State.DONE: (gettext_lazy("Done"), gettext_lazy("Resolved")),
    ReaderReport.State.REJECTED: (gettext_lazy("Reject"), gettext_lazy("Rejected")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for state, name in LOG_ACTIONS.items():
        actions.register_action(name, *_REPORT_LABELS[ReaderReport.State(state)])
    actions.register_action(WAIVED)(WaivedFormatter)
    actions.register_action(UNWAIVED)(UnwaivedFormatter)
    actions.register_action(MINOR)(MinorFormatter)
    actions.register_action(
        MISSING,
        gettext_lazy("Source correction"),
        gettext_lazy("The source was corrected; the translation does not have the correction yet"),
    )
    actions.register_action(
        SETTLED,
        gettext_lazy("Correction resolved"),
        gettext_lazy("The translation has all corrections of the source"),
    )
