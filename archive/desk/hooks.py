"""The desk in Wagtail's admin: wiring only."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from archive.desk.mentions import beside_suggestions
from archive.desk.models import ReaderReport, Translation
from archive.desk.policies import policy, register_policy
from archive.desk.queue import hooks as queue_hooks
from archive.desk.urls import admin_urls
from archive.desk.viewsets import TranslationViewSet
from archive.stories.models import ArticlePage
from archive.stories.name_suggestions.panel import BESIDE_HOOK

register_policy()
register_snippet(TranslationViewSet)
queue_hooks.register()
hooks.register(BESIDE_HOOK, beside_suggestions)


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


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return admin_urls
