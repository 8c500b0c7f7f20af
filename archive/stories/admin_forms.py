"""Gives the page models their forms in Wagtail's admin: called once, when the app is ready.

The forms look up stories, issues and names, so the models can't name them.
"""

from archive.stories.forms import ArticlePageForm, IssuePageForm, YearPageForm
from archive.stories.models import ArticlePage, IssuePage, YearPage
from archive.stories.name_suggestions.panel import follow_version
from archive.stories.panels import article_edit_handler


def bind_forms() -> None:
    ArticlePage.base_form_class = ArticlePageForm
    ArticlePage.edit_handler = article_edit_handler()
    ArticlePage.version_followers = [follow_version]
    IssuePage.base_form_class = IssuePageForm
    YearPage.base_form_class = YearPageForm
