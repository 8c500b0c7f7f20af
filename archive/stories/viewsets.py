"""Stories in Wagtail's admin: the explorer's columns, and one flat list of all of them."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from archive.base_page import Page
from archive.stories.models import ArticlePage, Author
from archive.stories.querysets import UNLISTED
from archive.text.language import columns

FILTERS = ["source_language", "translation_state", "print_date", "is_sample"]

STORY_COLUMNS = [
    Column(
        "print_date",
        label=_("Print date"),
        accessor="display_print_date",
        sort_key="print_date",
        classname="archive-nowrap",
        width="12%",
    ),
    Column(
        "print_page",
        label=pgettext_lazy("of a newspaper", "Page"),
        sort_key="print_page",
        classname="archive-roomy",
        width="6%",
    ),
    Column(
        "source_language",
        label=_("Written in"),
        accessor="get_source_language_display",
        sort_key="source_language",
        classname="archive-roomy",
        width="8%",
    ),
    Column(
        "translation_state",
        label=_("Translation"),
        accessor="get_translation_state_display",
        sort_key="translation_state",
        width="10%",
    ),
]


class StoryColumnsMixin:
    """Wagtail's columns with the paper's own before the dates and states."""

    base_columns: list[Column]

    @cached_property
    def columns(self) -> list[Column]:
        stock = [column for column in self.base_columns if column.name not in ("type", "parent")]
        return [*stock[:2], *STORY_COLUMNS, *stock[2:]]


class StoryExplorerView(StoryColumnsMixin, ExplorableIndexView):
    """What the explorer shows below an issue."""


class StoryIndexView(StoryColumnsMixin, IndexView):
    """All stories in one list, newest paper first."""

    default_ordering = "-print_date"

    def get_base_queryset(self) -> object:
        return super().get_base_queryset().defer(*UNLISTED)


class StoryViewSet(PageViewSet):
    model = ArticlePage
    index_view_class = StoryExplorerView
    list_filter = FILTERS
    columns = PageViewSet.UNDEFINED

    @cached_property
    def parent_models(self) -> list[type[Page]]:
        return [model for model in super().parent_models if model.__name__ == "IssuePage"]


class AllStoriesViewSet(PageListingViewSet):
    model = ArticlePage
    index_view_class = StoryIndexView
    icon = "doc-full"
    menu_label = _("Stories")
    menu_order = 110
    add_to_admin_menu = True
    list_filter = FILTERS
    columns = PageListingViewSet.UNDEFINED
    url_namespace = "stories"
    url_prefix = "stories"


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 170
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = columns("name")
