"""Freshness in Wagtail's admin: a button on the story, a word after publication, the record."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from archive.desk.freshness.corrections import MISSING, SETTLED
from archive.desk.freshness.minor import MINOR
from archive.desk.models import Translation
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage


@hooks.register("register_page_header_buttons")
def changes_button(page: Any, user: Any, **_context: Any) -> Iterator[Button]:
    if not isinstance(page, ArticlePage) or not _is_behind(page):
        return
    if page.permissions_for_user(user).can_publish():
        yield Button(_("Source changes"), _url(page), icon_name="history", priority=26)


def _is_behind(page: ArticlePage) -> bool:
    behind = page.translation_state == TranslationState.SOURCE_CHANGED
    return not page.alias_of_id and (behind or page.translation_lacks_correction)


def _url(page: ArticlePage) -> str:
    return reverse("archive_translation:changes", args=[page.pk])


@hooks.register("after_publish_page")
def tell_what_is_marked(request: HttpRequest, page: Any) -> None:
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
    button = messages.button(_url(page), _("Mark changes as minor"))
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


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
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
