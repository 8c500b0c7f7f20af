"""The tree that files stories: home, publication, year, one day's paper; and sections.

An article's address is `<publication>/2015/09/22/<slug>/`. Each level of the tree keeps its
siblings few: a year has at most 366 issues, an issue a day's stories.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField, StreamField
from wagtail.models import get_page_models
from wagtail.search import index

from archive.base_page import Page
from archive.entities.fields import check_named
from archive.photos.search_fields import HanAutocompleteField
from archive.stories.archive_page import ArchivePage
from archive.stories.rights import rights_statements
from archive.text.dates import display_date
from archive.text.language import LANGUAGES, column, supported


class NamedPage(ArchivePage):
    """A page whose name and introduction are in both languages, edited side by side."""

    name = models.CharField(_("name"), max_length=200)
    intro = models.TextField(_("introduction"), blank=True)

    class Meta:
        abstract = True

    content_panels = [
        MultiFieldPanel(
            [FieldPanel(column("name", lang)) for lang in LANGUAGES], heading=_("Name")
        ),
        MultiFieldPanel(
            [
                FieldPanel(column("intro", lang), widget=AdminAutoHeightTextInput)
                for lang in LANGUAGES
            ],
            heading=_("Introduction"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        *(index.SearchField(column("name", language)) for language in LANGUAGES),
        *(HanAutocompleteField(column("name", language)) for language in LANGUAGES),
    ]

    def complete(self) -> None:
        names = [getattr(self, column("name", language)) for language in LANGUAGES]
        self.title = next((name for name in names if name), self.title)

    def clean(self) -> None:
        super().clean()
        check_named(self)

    def __str__(self) -> str:
        return self.name or self.title


class HomePage(NamedPage):
    """The archive's front page: the site's root page, or anywhere below it."""

    leads = StreamField(
        [
            (
                "story",
                blocks.PageChooserBlock(page_type="archive.ArticlePage", label=_("Story")),
            )
        ],
        verbose_name=_("leading stories"),
        blank=True,
        help_text=_(
            "These stand first on the front page, in this order, as long as readers may see them. "
            "Behind them come the newest."
        ),
    )

    max_count = 1
    is_front_page = True
    content_panels = [*NamedPage.content_panels, FieldPanel("leads")]
    template = "archive/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Those that name it among their parents: an app's pages and a site's, too."""
        asking = [one for one in get_page_models() if getattr(one, "parent_page_types", None)]
        return [one for one in asking if cls in one.clean_parent_page_models()]


class InformationPage(NamedPage):
    """What surrounds the stories: about the archive, its rights, privacy, how to cite.

    The footer of every page leads to each of them, in their order in the tree.
    """

    body = RichTextField(
        _("text"), blank=True, features=["h2", "h3", "bold", "italic", "link", "ol", "ul"]
    )
    shows_search_tips = models.BooleanField(
        _("search tips"),
        default=False,
        help_text=_("Show the table of what can be typed into the search box below the text."),
    )

    subpage_types: list[str] = []
    parent_page_types = ["archive.HomePage"]
    template = "archive/information_page.html"
    content_panels = [
        *NamedPage.content_panels,
        MultiFieldPanel(
            [FieldPanel(column("body", lang)) for lang in LANGUAGES], heading=_("Text")
        ),
        FieldPanel("shows_search_tips"),
    ]
    search_fields = [
        *NamedPage.search_fields,
        *(index.SearchField(column("body", language)) for language in LANGUAGES),
    ]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")


class PublicationPage(NamedPage):
    """A newspaper or magazine; finds its stories by date and slug in one query."""

    # The one that holds stories whose publication isn't known; see `archive.stories.unfiled`.
    is_unfiled = models.BooleanField(default=False, editable=False)
    rights_statement = models.CharField(
        _("rights statement"),
        max_length=12,
        choices=rights_statements,
        blank=True,
        help_text=_("What readers may do with its stories, unless a story says something else."),
    )
    first_issue = models.DateField(
        _("first issue"),
        null=True,
        blank=True,
        help_text=_("When the first issue was printed. Earlier print dates are asked about."),
    )

    subpage_types = ["archive.YearPage", "archive.SectionPage", "archive.ArticlePage"]
    parent_page_types = ["archive.HomePage"]
    template = "archive/publication_page.html"
    content_panels = [
        *NamedPage.content_panels,
        FieldPanel("first_issue"),
        FieldPanel("rights_statement"),
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=["is_unfiled"],
                condition=models.Q(is_unfiled=True),
                name="archive_one_unfiled_publication",
            )
        ]


class YearPage(ArchivePage):
    """A publication's year: its slug and title are the year."""

    subpage_types = ["archive.IssuePage", "archive.ArticlePage"]
    parent_page_types = ["archive.PublicationPage"]
    template = "archive/year_page.html"
    content_panels = [
        FieldPanel("title", heading=_("Year"), help_text=_("Four digits, such as 2015."))
    ]
    promote_panels: list[Panel] = []
    admin_default_ordering = "-slug"

    class Meta:
        verbose_name = _("year")
        verbose_name_plural = _("years")

    def clean(self) -> None:
        if not (len(self.title) == 4 and self.title.isdigit()):
            raise ValidationError({"title": _("A year has four digits, such as 2015.")})
        self.slug = self.title
        super().clean()


class IssuePage(ArchivePage):
    """One day's paper. Its slug is "09-22", its address ends in 2015/09/22/."""

    print_date = models.DateField(_("print date"), db_index=True)

    subpage_types = ["archive.ArticlePage"]
    parent_page_types = ["archive.YearPage"]
    template = "archive/issue_page.html"
    content_panels = [FieldPanel("print_date")]
    promote_panels: list[Panel] = []
    admin_default_ordering = "-slug"

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")

    def complete(self) -> None:
        if self.print_date:
            self.title = self.draft_title = self.print_date.isoformat()
            self.slug = self.slug_for(self.print_date)

    def clean(self) -> None:
        super().clean()
        parent = self.get_parent() if self.path or hasattr(self, "_cached_parent_obj") else None
        if parent and self.print_date and parent.slug != str(self.print_date.year):
            message = _("This issue is filed under %(year)s: give a date of that year.")
            raise ValidationError({"print_date": message % {"year": parent.slug}})

    def can_move_to(self, parent: Page) -> bool:
        # Its date is of this year, and so is its address.
        return super().can_move_to(parent) and parent.slug == str(self.print_date.year)

    def set_url_path(self, parent: Page | None) -> str:
        if parent is None:
            return super().set_url_path(parent)
        self.url_path = f"{parent.url_path}{self.slug.replace('-', '/')}/"
        return self.url_path

    def display_date(self) -> str:
        return display_date(self.print_date, supported(get_language()))

    def get_admin_display_title(self) -> str:
        return self.title

    @staticmethod
    def slug_for(day: date) -> str:
        return day.strftime("%m-%d")


class SectionPage(NamedPage):
    """A section of a publication, as printed at the head of its pages."""

    subpage_types: list[str] = []
    parent_page_types = ["archive.PublicationPage"]
    template = "archive/section_page.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


def is_of_paper(section: SectionPage, publication: PublicationPage) -> bool:
    """Whether the section is one of the publication's own."""
    return bool(section.path[: -Page.steplen] == publication.path)


def facts_of_place(parent: Page, section: SectionPage | None = None) -> dict[str, Any]:
    """The print date and publication of a story, as far as its parent page decides them.

    {"publication_id": 3, "print_date": date(2015, 9, 22)} below an issue, the publication alone
    below a year or a publication, {} elsewhere, also below that for unfiled stories. With
    "section_id": None where the story's `section` is another publication's.
    """
    place = parent.specific
    publication = (
        place
        if isinstance(place, PublicationPage)
        else PublicationPage.objects.ancestor_of(place).first()
    )
    if publication is None or publication.is_unfiled:
        return {}
    facts: dict[str, Any] = {"publication_id": publication.pk}
    if day := getattr(place, "print_date", None):
        facts["print_date"] = day
    if section and not is_of_paper(section, publication):
        facts["section_id"] = None
    return facts
