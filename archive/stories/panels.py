"""The editor's form, tab by tab; and which form and panels each page model has."""

from operator import itemgetter
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from archive.base_page import Page
from archive.entities.same_names import SameNamePanel
from archive.stories.doubtful_dates import DayField
from archive.stories.form_panels import (
    BylineInputPanel,
    ConfirmDatePanel,
    MissingPanel,
    UnplacedPanel,
    WritingPanel,
    story_form_panels,
)
from archive.stories.forms import (
    ArticlePageForm,
    AuthorForm,
    IssuePageForm,
    NamedPageForm,
    PublicationForm,
    SectionForm,
    YearPageForm,
)
from archive.stories.models import (
    ArticlePage,
    Author,
    IssuePage,
    PublicationPage,
    SectionPage,
    YearPage,
)
from archive.stories.models.browse import NamedPage
from archive.stories.stale_save import ConflictPanel
from archive.stories.unfiled import follow_filing
from archive.stories.version_followers import follow_version
from archive.text.language import CHINESE, ENGLISH, LABELS, LANGUAGES, column


class LanguagePanel(MultiFieldPanel):
    """A source language's text fields; hidden with them once the other language is the source."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.attrs = {**self.attrs, "data-archive-language": language, "lang": language}

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "language": self.language}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            # By paragraph, in archive/admin/stories/versions.html.
            return []


class NamesTab(ObjectList):
    """The tab of a story's names, with the panels of apps among those of the form's own."""

    def on_model_bound(self) -> None:
        own = zip((100, 200), self.children, strict=True)
        added = ((one.order, one) for one in story_form_panels())
        self.children = [one for _order, one in sorted((*own, *added), key=itemgetter(0))]
        super().on_model_bound()


def _text_panel(name: str, language: str) -> FieldPanel:
    if name == "headline":
        # Wagtail's script makes slugs of English alone; a Chinese headline's is made on saving.
        if language == ENGLISH:
            return TitleFieldPanel(column(name, language), placeholder=False)
        return FieldPanel(column(name, language), classname="title")
    is_long = isinstance(ArticlePage._meta.get_field(name), models.TextField)
    return FieldPanel(column(name, language), widget=AdminAutoHeightTextInput if is_long else None)


def _language_panel(language: str) -> LanguagePanel:
    return LanguagePanel(
        [
            *(_text_panel(name, language) for name in ArticlePage.translated_fields),
            *([FieldPanel("script")] if language == CHINESE else []),
        ],
        heading=LABELS[language],
        language=language,
    )


def _address_panels() -> list[Panel]:
    own = _("Of the page in the story's own language; a translation's come from its texts.")
    helps = {"slug": "", "seo_title": own, "search_description": own}
    # A page model of the site's own may lack some.
    fields = {field.name for field in Page._meta.fields}
    named = [FieldPanel(name, help_text=text) for name, text in helps.items() if name in fields]
    return [*named, PublishingPanel(), CommentPanel()]


def article_edit_handler() -> TabbedInterface:
    # A list of the publications that the person may choose: Wagtail's chooser shows all.
    publication = FieldPanel("publication", widget=forms.Select)
    example = {"data-byline-input": "", "placeholder": _("By Li Na in Zhanjiang and Tom Reed")}
    printed = FieldPanel("printed_byline", widget=AdminAutoHeightTextInput(attrs=example))
    byline = InlinePanel("bylines", label=_("Byline"), heading=_("Bylines"))
    story = [
        ConflictPanel(),
        MissingPanel(),
        WritingPanel(),
        UnplacedPanel(),
        FieldPanel("source_language"),
        *(_language_panel(language) for language in LANGUAGES),
        MultiFieldPanel([printed, BylineInputPanel(), byline], heading=_("Bylines")),
        FieldRowPanel([publication, FieldPanel("print_date"), FieldPanel("print_page")]),
        FieldRowPanel([FieldPanel("section"), FieldPanel("kind"), FieldPanel("print_edition")]),
    ]
    names = [
        InlinePanel("entity_tags", label=_("Tagged entity"), heading=_("Names in this story")),
        InlinePanel("related_links", label=_("Related story"), heading=_("Related stories")),
    ]
    source = [
        *(
            FieldPanel(name)
            for name in (*("source_url", "contact", "rights"), *("rights_statement", "is_sample"))
        ),
        PageChooserPanel("version_of", "archive.ArticlePage"),
    ]
    return TabbedInterface(
        [
            ObjectList(story, heading=_("Story")),
            NamesTab(names, heading=_("Names and links")),
            ObjectList(source, heading=_("Source and rights")),
            ObjectList(_address_panels(), heading=_("Address and search results")),
        ]
    )


def bind_forms() -> None:
    """Called once, when the app is ready: the forms look up stories, issues and names, so the
    models can't name them."""
    ArticlePage.base_form_class = ArticlePageForm
    ArticlePage.edit_handler = article_edit_handler()
    ArticlePage.version_followers = [follow_version, follow_filing]
    NamedPage.base_form_class = NamedPageForm
    asking = {PublicationPage: PublicationForm, SectionPage: SectionForm}
    for model, form in asking.items():
        model.base_form_class = form
        model.content_panels = [SameNamePanel(), *model.content_panels]
    Author.base_form_class = AuthorForm
    Author.panels = [SameNamePanel(), *Author.panels]
    IssuePage.base_form_class = IssuePageForm
    IssuePage.content_panels = [*IssuePage.content_panels, ConfirmDatePanel()]
    register_form_field_override(
        models.DateField, override={"form_class": DayField, "widget": AdminDateInput}
    )
    YearPage.base_form_class = YearPageForm
