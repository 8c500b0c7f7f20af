"""The stories room in Wagtail's admin: wiring only."""

from typing import Any

from django.db.models import ForeignKey
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.compare import register_comparison_class
from wagtail.admin.menu import MenuItem
from wagtail.query import PageQuerySet
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.signals import init_new_page
from wagtail.snippets.models import register_snippet

from archive.base_page import Page
from archive.photos.filters import bind_picture_filters
from archive.photos.policies import register_picture_policy
from archive.stories.author_merges import AUTHOR_ACTIONS, MERGED, PARTED
from archive.stories.dashboard import EditorPanel, panels_for
from archive.stories.form_views import admin_urls as form_urls
from archive.stories.hidden_stories import StoryComparison
from archive.stories.models import ArticlePage
from archive.stories.moves import ask_for_new_dates, tell_new_date
from archive.stories.page_links import ResolvedPageLinkHandler
from archive.stories.pasting.views import admin_urls as pasting_urls
from archive.stories.policies import may_change_pages
from archive.stories.querysets import shown_to
from archive.stories.stale_save import answer_alone
from archive.stories.story_list.bulk_actions import BULK_ACTIONS
from archive.stories.story_list.edits import EDITED, TAKEN_BACK, EditKind
from archive.stories.story_list.saved_views import saved_view_urls
from archive.stories.story_templates import LANGUAGE, TEMPLATE, ask_for, begin_story
from archive.stories.unfiled_report import REPORT, admin_urls
from archive.stories.versions.actions import ACTION as RESTORED
from archive.stories.versions.views import urlpatterns as version_urls
from archive.stories.viewsets import AuthorViewSet
from archive.wagtail_admin import (
    STORIES_MENU,
    PermittedMenuItem,
    audience_menu,
    register_messages,
    script_words,
    session_script,
    session_view,
)

register_snippet(AuthorViewSet)
register_picture_policy()
bind_picture_filters()
register_comparison_class(ForeignKey, to=ArticlePage, comparison_class=StoryComparison)
for action in (*BULK_ACTIONS, *AUTHOR_ACTIONS):
    hooks.register("register_bulk_action", action)


# Wagtail's panel of what awaits one's review.
REVIEWS = "workflow_objects_to_moderate"

audience_menu(STORIES_MENU, _("Stories"), "doc-full", 102)


@hooks.register("register_admin_urls")
def story_urls() -> list[Any]:
    saved_views = path("stories/views/", include((saved_view_urls, "archive_saved_views")))
    versions = path("story-versions/", include((version_urls, "archive_versions")))
    session = path("session/", session_view, name="archive_session")
    return [*admin_urls, *form_urls, *pasting_urls, saved_views, versions, session]


@hooks.register("register_reports_menu_item")
def report_of_unfiled_stories() -> MenuItem:
    return PermittedMenuItem(
        _("Waiting for filing"),
        reverse(REPORT),
        name="waiting-for-filing",
        icon_name="folder-open-inverse",
        order=740,
        may_see=may_change_pages,
    )


@hooks.register("construct_homepage_panels")
def add_editors_panel(request: HttpRequest, panels: list[Any]) -> None:
    for panel in panels:
        if panel.name == REVIEWS:
            # What waits for a decision comes before one's own work.
            panel.order = EditorPanel.order - 10
    panels.extend(panels_for(request))


@hooks.register("before_edit_page", order=-1)
def save_one_at_a_time(request: HttpRequest, page: Page) -> HttpResponse | None:
    return answer_alone(request, page)


@hooks.register("before_move_page")
def say_new_date(request: HttpRequest, page: Page, destination: Page) -> None:
    tell_new_date(request, page, destination)


hooks.register("before_bulk_action", ask_for_new_dates)


@hooks.register("before_create_page")
def ask_for_template(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    if page_class is ArticlePage and request.method == "GET":
        ask_for(request.GET.get(TEMPLATE, ""), request.GET.get(LANGUAGE, ""))


@receiver(init_new_page)
def fill_from_template(page: Page, **_kwargs: Any) -> None:
    if isinstance(page, ArticlePage):
        begin_story(page)


@hooks.register("construct_page_chooser_queryset")
def keep_drafts_from_choosers(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    # Wagtail's choosers list every page to everybody who may open the admin. By their keys, since
    # an index of a search has not all that decides.
    return pages.filter(pk__in=shown_to(request.user, pages.order_by()).values("pk"))


@hooks.register("register_rich_text_features", order=10)
def resolve_page_links(features: FeatureRegistry) -> None:
    features.register_link_type(ResolvedPageLinkHandler)


@hooks.register("insert_global_admin_css")
def admin_head() -> SafeString:
    style = format_html('<link rel="stylesheet" href="{}">', static("archive/css/admin.css"))
    # Before Wagtail's scripts, which ask it for the token.
    return style + session_script()


@hooks.register("insert_global_admin_js")
def admin_script() -> SafeString:
    # Without defer: it is read before the calendars are made.
    inputs = format_html('<script src="{}"></script>', static("archive/js/inputs.js"))
    header = format_html('<script src="{}" defer></script>', static("archive/js/header.js"))
    return inputs + header + script_words()


@hooks.register("insert_editor_js")
def editor_script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("archive/js/editor.js"))


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def arrange_actions(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    """Who can't save during a review has "Locked" for the button, not what withdraws it at once.
    Whose approval publishes has no "Publish" beside it, which ends the review without an answer."""
    menu_items.sort(key=lambda item: item.name == "action-cancel-workflow")
    if any(item.name == "approve" for item in menu_items):
        reviewed = context.get("page") or context.get("instance")
        if reviewed.current_workflow_state.is_at_final_task:
            menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(RESTORED, _("Restore a paragraph"), _("Restored a paragraph"))
    messages = {
        EDITED: (_("Edit stories"), _("Changed together with other stories")),
        TAKEN_BACK: (_("Undo of an edit of stories"), _("As it was before the edit of stories")),
        MERGED: (_("Merge authors"), _("Merged into this author: %(names)s")),
        PARTED: (_("Undo merges of authors"), _("Parted again: %(names)s")),
    }
    register_messages(actions, messages)


hooks.register("register_archive_journal_kind", EditKind)
