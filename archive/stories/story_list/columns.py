"""The columns that tell newspaper stories apart; each shows two facts, one below the other."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageTitleColumn

from archive.stories.models import ArticlePage
from archive.text.language import LABELS
from archive.text.punctuation import joined


class StoryTitleColumn(PageTitleColumn):
    """The title, and who sent the story back from its review."""

    cell_template_name = "archive/admin/stories/title_cell.html"


class TwoFactColumn(Column):
    """A value, and below it in small print what `detail` gives; either may be ""."""

    cell_template_name = "archive/admin/stories/two_facts_cell.html"

    def __init__(self, *args: Any, detail: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.detail = detail

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "detail": self.detail(instance)}


def authors_of(story: ArticlePage) -> str:
    # Who writes and takes the pictures signs twice.
    return joined(dict.fromkeys(map(str, story.bylines.all())))


def _page_of(story: ArticlePage) -> str:
    return _("page %(page)s") % {"page": story.print_page} if story.print_page else ""


def _date_of(story: ArticlePage) -> str:
    return story.display_print_date() or _("No date yet")


def _state_of(story: Any) -> str:
    return _("Is a translation") if story.is_joined else story.get_translation_state_display()


def _pair_of(story: Any) -> str:
    languages = [LABELS[story.source_language], LABELS[story.target_language]]
    return " → ".join(reversed(languages) if story.is_joined else languages)


TITLE = StoryTitleColumn("title", label=gettext_lazy("Title"), sort_key="title", classname="title")
PUBLICATION = TwoFactColumn(
    "publication",
    label=gettext_lazy("Publication"),
    accessor=lambda story: story.publication or "",
    detail=lambda story: story.section or "",
    sort_key="publication__title",
    width="13%",
)
AUTHORS = TwoFactColumn(
    "authors",
    label=gettext_lazy("Authors"),
    accessor=authors_of,
    detail=lambda story: "",
    width="11%",
)
PRINT_DATE = TwoFactColumn(
    "print_date",
    label=gettext_lazy("Print date"),
    accessor=_date_of,
    detail=_page_of,
    sort_key="print_date",
    classname="archive-nowrap",
    width="11%",
)
TRANSLATION = TwoFactColumn(
    "translation_state",
    label=gettext_lazy("Translation"),
    accessor=_state_of,
    detail=_pair_of,
    sort_key="translation_state",
    classname="archive-nowrap",
    width="10%",
)
STORY_COLUMNS = [TITLE, PUBLICATION, AUTHORS, PRINT_DATE, TRANSLATION]
