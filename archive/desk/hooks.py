"""The desk in Wagtail's admin: addresses, buttons, messages, panels, the audit log."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from archive.base_page import Page
from archive.desk.exact_matches import CONFIRMED_MATCHES, TAKEN_BACK, ConfirmKind
from archive.desk.freshness.corrections import MISSING, SETTLED, words_and_notes
from archive.desk.freshness.minor import MINOR, changed_segments
from archive.desk.lost_translations import deleted_with
from archive.desk.memory.views import may_search
from archive.desk.models import Translation, Urgency
from archive.desk.notices.views import NoticesMenuItem, NoticesSettingsPanel
from archive.desk.offers import OFFER, OfferBulkAction, is_offered
from archive.desk.pairs.actions import JOINED, REFUSED
from archive.desk.pairs.policies import may_pair
from archive.desk.pairs.undo import PARTED, PairKind
from archive.desk.policies import policy
from archive.desk.queue.actions import ASSIGN, DUE_DATE, RELEASE, URGENCY, QueueKind
from archive.desk.queue.bulk_actions import BULK_ACTIONS as QUEUE_ACTIONS
from archive.desk.queue.panels import ReviewsMenuItem, panels_for
from archive.desk.repetitions import FILLING_TAKEN_BACK, PRETRANSLATED, FillKind
from archive.desk.urls import admin_urls
from archive.desk.viewsets import TranslationViewSet
from archive.desk.waivers import UNWAIVED, WAIVED
from archive.qa.runner import load_checks
from archive.stories.hidden_stories import with_public_title
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.reviews import reviews_address
from archive.wagtail_admin import (
    STORIES_MENU,
    TRANSLATIONS_MENU,
    Data,
    PermittedMenuItem,
    audience_menu,
    register_messages,
    register_policy,
)

register_policy(Translation, policy)
register_snippet(TranslationViewSet)
hooks.register("register_admin_urls", lambda: admin_urls)
for action in (*QUEUE_ACTIONS, OfferBulkAction):
    hooks.register("register_bulk_action", action)


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(panels_for(request))


audience_menu(TRANSLATIONS_MENU, gettext_lazy("Translations"), "globe", 104)


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    sheets = ((static(f"archive/css/{name}.css"),) for name in ("queue", "memory"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register(TRANSLATIONS_MENU)
def memory_menu_item() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Translation memory"),
        reverse_lazy("archive_memory:search"),
        name="translation-memory",
        icon_name="history",
        order=152,
        may_see=may_search,
    )


@hooks.register(TRANSLATIONS_MENU)
def reviews_menu_item() -> MenuItem:
    url = lazy(reviews_address, str)()
    return ReviewsMenuItem(
        gettext_lazy("To review"), url, name="reviews", icon_name="check", order=90
    )


@hooks.register("register_admin_menu_item")
def notices_menu_item() -> MenuItem:
    label, url = gettext_lazy("Notices"), reverse_lazy("archive_translation:notices")
    return NoticesMenuItem(label, url, name="notices", icon_name="mail", order=108)


hooks.register("register_account_settings_panel", NoticesSettingsPanel)


@hooks.register(STORIES_MENU)
def pairs_menu_item() -> MenuItem:
    label, url = gettext_lazy("Pairs of stories"), reverse_lazy("archive_pairs:list")
    return PermittedMenuItem(
        label, url, name="story-pairs", icon_name="link", order=150, may_see=may_pair
    )


@hooks.register("before_delete_page")
def say_what_goes_along(request: HttpRequest, page: Page) -> None:
    # Wagtail's question has no block of its own between its heading and its buttons.
    told = deleted_with([page]) if request.method == "GET" else ""
    if told:
        messages.warning(request, told)


@hooks.register("before_delete_snippet")
def refuse_to_delete(request: HttpRequest, instances: list[Any]) -> None:
    # Wagtail 7.4 deletes in bulk without asking the policy.
    if any(isinstance(one, Translation) for one in instances):
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
    url = reverse("archive_translation:open", args=[page.pk])
    yield Button(_("Translation"), url, icon_name="globe", priority=25)


@hooks.register("register_page_header_buttons")
def offer_button(
    page: Any, user: Any, next_url: str | None = None, **_context: Any
) -> Iterator[Button]:
    if not isinstance(page, ArticlePage) or not page.pk or is_offered(page):
        return
    if page.permissions_for_user(user).can_edit():
        url = reverse("wagtail_bulk_action", args=["archive", "articlepage", "offer"])
        asked = urlencode({"id": page.pk, "next": next_url or ""})
        yield Button(OfferBulkAction.display_name, f"{url}?{asked}", icon_name="globe", priority=24)


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


@hooks.register("before_publish_page")
def remind_of_correction_note(request: HttpRequest, page: Any) -> None:
    """Whether other words are a correction or a slip of the archive's copy, the editor knows."""
    printed = ArticlePage.objects.filter(live=True, is_sample=False, print_date__isnull=False)
    stored = printed.filter(pk=page.pk).first()
    if stored is None:
        return
    (was, noted), (words, notes) = words_and_notes(stored), words_and_notes(page)
    if words != was and notes == noted:
        text = _(
            "The story’s words are changed without a correction note. If they were printed as they "
            "stood before, add one, so that readers are told."
        )
        form = reverse("wagtailadmin_pages:edit", args=[page.pk])
        add = messages.button(f"{form}#add-note", _("Add a note"))
        messages.warning(request, text, buttons=[add])


@hooks.register("after_publish_page")
def offer_source_changes(request: HttpRequest, page: Any) -> None:
    """The editor who published knows best which changes are minor, and knows it now."""
    if page.specific_class is not ArticlePage:
        return
    begun = Translation.objects.filter(article=page.pk, latest_revision__isnull=False)
    translation = begun.first()
    if translation is None:
        return
    # The row tells only of what readers have.
    count = translation.stale_count if translation.live else len(changed_segments(translation))
    if not count:
        return
    text = ngettext(
        "%(count)s segment of the translation is out of date.",
        "%(count)s segments of the translation are out of date.",
        count,
    )
    button = messages.button(_changes_url(page), _("Mark changes as minor"))
    messages.info(request, text % {"count": count}, buttons=[button])


class DueDateFormatter(LogFormatter):
    label = gettext_lazy("Set due date")

    def format_message(self, log_entry: Any) -> str:
        day: date | None = parse_date(log_entry.data.get("due_date") or "")
        if day is None:
            return _("Due date removed")
        return _("Due on %(date)s") % {"date": date_format(day, "DATE_FORMAT")}


def _urgency(data: Data) -> Data:
    return {"urgency": Urgency(data.get("urgency", Urgency.NORMAL)).label}


def _segments(data: Data) -> Data:
    """With the number of segments, where the entry says what they were before, or only which."""
    return {**data, "count": len(data.get("before") or data.get("segments") or ())}


def _finding(data: Data) -> Data:
    """The check by its name, if the site still has it, and the reason."""
    check_id = str(data.get("check", ""))
    names = {check.check_id: str(check.name) for check in load_checks()}
    return {"check": names.get(check_id, check_id), "reason": data.get("reason", "")}


_MESSAGES = {
    ASSIGN: (gettext_lazy("Assign"), gettext_lazy("Assigned to %(person)s")),
    RELEASE: (gettext_lazy("Unassign"), gettext_lazy("Returned to the queue")),
    OFFER: (gettext_lazy("Offer for translation"), gettext_lazy("Offered for translation")),
    MISSING: (
        gettext_lazy("Source correction"),
        gettext_lazy("The source was corrected; the translation does not have the correction yet"),
    ),
    SETTLED: (
        gettext_lazy("Correction resolved"),
        gettext_lazy("The translation has all corrections of the source"),
    ),
}
_OF_TAKING_BACK = {
    FILLING_TAKEN_BACK: (
        gettext_lazy("Undo pretranslating"),
        ngettext_lazy(
            "%(count)s segment is as it was before it was filled in",
            "%(count)s segments are as they were before they were filled in",
            "count",
        ),
    ),
    TAKEN_BACK: (
        gettext_lazy("Undo confirming"),
        ngettext_lazy(
            "%(count)s segment of 100%% is a draft again",
            "%(count)s segments of 100%% are drafts again",
            "count",
        ),
    ),
}
_OF_STORIES = {
    JOINED: (gettext_lazy("Join two stories"), gettext_lazy("Made one story with “%(story)s”")),
    PARTED: (
        gettext_lazy("Part two stories"),
        gettext_lazy("No longer one story with “%(story)s”"),
    ),
    REFUSED: (
        gettext_lazy("Refuse a pair of stories"),
        gettext_lazy("Isn’t the same story as “%(story)s”"),
    ),
}
_OF_URGENCY = {URGENCY: (gettext_lazy("Set priority"), gettext_lazy("Priority: %(urgency)s"))}
_OF_SEGMENTS = {
    PRETRANSLATED: (
        gettext_lazy("Pretranslate"),
        ngettext_lazy(
            "Draft filled in for %(count)s segment",
            "Drafts filled in for %(count)s segments",
            "count",
        ),
    ),
    CONFIRMED_MATCHES: (
        ConfirmKind.label,
        ngettext_lazy(
            "Confirmed %(count)s segment of 100%%",
            "Confirmed %(count)s segments of 100%%",
            "count",
        ),
    ),
    MINOR: (
        gettext_lazy("Minor source change"),
        ngettext_lazy(
            "Minor source change: the translation of %(count)s segment is still correct",
            "Minor source change: the translation of %(count)s segments is still correct",
            "count",
        ),
    ),
}
_OF_FINDINGS = {
    WAIVED: (
        gettext_lazy("Dismissed a finding"),
        gettext_lazy("Dismissed “%(check)s”: %(reason)s"),
    ),
    UNWAIVED: (
        gettext_lazy("Reopened a finding"),
        gettext_lazy("“%(check)s” is reopened; it was dismissed for: %(reason)s"),
    ),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_messages(actions, _MESSAGES)
    register_messages(actions, _OF_TAKING_BACK)
    register_messages(actions, _OF_STORIES, with_public_title)
    register_messages(actions, _OF_URGENCY, _urgency)
    register_messages(actions, _OF_SEGMENTS, _segments)
    register_messages(actions, _OF_FINDINGS, _finding)
    actions.register_action(DUE_DATE)(DueDateFormatter)


hooks.register("register_archive_journal_kind", PairKind)
hooks.register("register_archive_journal_kind", ConfirmKind)
hooks.register("register_archive_journal_kind", FillKind)
hooks.register("register_archive_journal_kind", QueueKind)
