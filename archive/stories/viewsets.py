"""Stories in Wagtail's admin: the explorer's columns, and one flat list of all of them."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from archive.base_page import Page
from archive.stories.form_views import StoryCreateView, StoryDecisionView, StoryEditView
from archive.stories.models import ArticlePage, Author
from archive.stories.new_story import NewStoryView
from archive.stories.querysets import LATE, UNLISTED
from archive.stories.story_list.columns import STORY_COLUMNS
from archive.stories.story_list.filters import StoryFilterSet
from archive.stories.story_list.saved_views import links_for, normal_query
from archive.wagtail_admin import (
    STORIES_MENU,
    ArchiveSnippetViewSet,
    PermittedMenuItem,
    name_beside,
)


class StoryColumnsMixin:
    """The paper's own columns between Wagtail's: a story's kind and place go without saying."""

    base_columns: list[Column]
    is_searching: bool
    is_filtering: bool
    results_template_name: str
    nothing_template_name = "wagtailadmin/generic/listing_results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        # Wagtail's list of pages shows an empty table where nothing is found, and no word of it.
        if (self.is_searching or self.is_filtering) and not context["object_list"]:
            self.results_template_name = self.nothing_template_name
        return context

    @cached_property
    def columns(self) -> list[Column]:
        stock = [column for column in self.base_columns if column.name not in ("type", "parent")]
        return [stock[0], *STORY_COLUMNS, *stock[2:]]

    def annotate_queryset(self, pages: Any) -> Any:
        found = super().annotate_queryset(pages)  # type: ignore[misc]
        is_joined = Q(pk__in=ArticlePage.objects.joined().values("pk"))
        is_late = Q(latest_revision__approved_go_live_at__lt=timezone.now() - LATE)
        found = found.annotate(is_joined=is_joined, is_late=is_late).defer(*UNLISTED)
        if getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
            step = "_current_workflow_states__current_task_state"
            found = found.prefetch_related(f"{step}__finished_by")
        return found.prefetch_related("publication", "section", "bylines__author")


class StoryExplorerView(StoryColumnsMixin, ExplorableIndexView):
    """What the explorer shows below an issue."""


class StoryIndexView(StoryColumnsMixin, IndexView):
    """All stories in one list: those without a date, then the newest paper first."""

    default_ordering = "-print_date"
    template_name = "archive/admin/stories/list.html"
    results_template_name = "archive/admin/stories/list_results.html"
    nothing_template_name = "archive/admin/stories/list_nothing.html"
    table_classname = "listing full-width archive-stories"

    def order_queryset(self, queryset: Any) -> Any:
        if self.is_searching and not self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        # Databases disagree on where what is missing belongs.
        orders = {
            "-print_date": F("print_date").desc(nulls_first=True),
            "print_date": F("print_date").asc(nulls_last=True),
        }
        if order := orders.get(self.ordering):
            return queryset.order_by(order, "print_page", "-pk")
        return super().order_queryset(queryset)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        views = links_for(self.request)
        query = normal_query(self.request.GET.urlencode())
        is_new = query and not any(view.is_current for view in views)
        save_url = f"{reverse('archive_saved_views:add')}?{query}" if is_new else ""
        context = super().get_context_data(saved_views=views, save_url=save_url, **kwargs)
        if not context["object_list"]:
            self.results_template_name = self.nothing_template_name
        return dict(context)


class StoryViewSet(PageViewSet):
    model = ArticlePage
    index_view_class = StoryExplorerView
    add_view_class = StoryCreateView
    edit_view_class = StoryEditView
    workflow_action_view_class = StoryDecisionView
    filterset_class = StoryFilterSet
    columns = PageViewSet.UNDEFINED

    @cached_property
    def parent_models(self) -> list[type[Page]]:
        return [model for model in super().parent_models if model.__name__ == "IssuePage"]


class AllStoriesViewSet(PageListingViewSet):
    model = ArticlePage
    index_view_class = StoryIndexView
    choose_parent_view_class = NewStoryView
    icon = "doc-full"
    menu_label = _("All stories")
    menu_name = "all-stories"
    menu_order = 110
    menu_hook = STORIES_MENU
    filterset_class = StoryFilterSet
    columns = PageListingViewSet.UNDEFINED
    url_namespace = "stories"
    url_prefix = "stories"

    @cached_property
    def menu_item_class(self) -> Any:
        """An entry for those whom the list lets in."""
        verbs = self.index_view_class.any_permission_required

        def may_see(user: Any) -> bool:
            return bool(PagePermissionPolicy().user_has_any_permission(user, verbs))

        return partial(PermittedMenuItem, may_see=may_see)


class AuthorChooserViewSet(SnippetChooserViewSet):
    choose_one_text = _("Choose an author")
    choose_another_text = _("Choose another author")
    edit_item_text = _("Edit this author")

    @cached_property
    def widget_class(self) -> Any:
        widget = super().widget_class
        if not isinstance(widget, type):
            # Wagtail 7 gives an instance, with words in the language of the start.
            widget.choose_one_text = self.choose_one_text
            widget.choose_another_text = self.choose_another_text
            widget.link_to_chosen_text = self.edit_item_text
        return widget


class AuthorViewSet(ArchiveSnippetViewSet):
    model = Author
    chooser_viewset_class = AuthorChooserViewSet
    icon = "user"
    menu_label = _("Authors")
    menu_name = "authors"
    menu_order = 170
    menu_hook = STORIES_MENU
    list_display = [
        "__str__",
        Column("beside", label=_("Other language"), accessor=name_beside),
        "person",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return Author.objects.filter(merged_into=None).select_related("person")
