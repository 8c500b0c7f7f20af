"""What belongs to a story: authors, names and other stories."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.search import index

from archive.entities.fields import EntityForeignKey, check_named
from archive.entities.models import Entity
from archive.photos.search_fields import HanAutocompleteField
from archive.stories.parts import PartOfRevision, PartsKey
from archive.text.language import LANGUAGES, column, columns


class Author(index.Indexed, models.Model):
    """A person or agency that signs stories."""

    name = models.CharField(_("name"), max_length=160)
    about = models.TextField(_("about"), blank=True)
    person = EntityForeignKey(
        Entity,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
        limit_choices_to={"kind": "person"},
        help_text=_("The same person among the names: bylines lead there."),
    )
    # The author that stands for this one; what was merged into that stands for it, too.
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )

    panels = [FieldPanel(name) for name in (*columns("name", "about"), "person")]
    search_fields = [
        *(HanAutocompleteField(column("name", language)) for language in LANGUAGES),
        index.FilterField("merged_into"),
    ]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name or ""

    def clean(self) -> None:
        super().clean()
        check_named(self)

    @property
    def canonical(self) -> "Author":
        """The author that stands for this one: itself, or what it was merged into."""
        return self.merged_into or self


class ArticleByline(PartOfRevision):
    """One name in a story's byline: who, as what, and where from."""

    class Role(models.TextChoices):
        REPORTER = "reporter", _("Reporter")
        CONTRIBUTOR = "contributor", _("Contributor")
        ADDITIONAL = "additional", _("Additional reporting")
        PHOTOGRAPHER = "photographer", _("Photographer")
        EDITOR = "editor", _("Editor")
        TRANSLATOR = "translator", _("Translator")
        AGENCY = "agency", _("Agency")

    page = PartsKey("archive.ArticlePage", on_delete=models.CASCADE, related_name="bylines")
    author = EntityForeignKey(
        Author, on_delete=models.PROTECT, related_name="bylines", verbose_name=_("author")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.REPORTER)
    place = EntityForeignKey(
        Entity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
        limit_choices_to={"kind": "place"},
        help_text=_("Where the author reported from, as in “By Li Na in Zhanjiang”."),
    )

    panels = [FieldPanel("author"), FieldPanel("role"), FieldPanel("place")]

    class Meta(PartOfRevision.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")

    def __str__(self) -> str:
        return str(self.author)


class ArticleEntity(PartOfRevision):
    """A story's tag: by the entity's id, never by its label."""

    class Role(models.TextChoices):
        ABOUT = "about", _("About")
        MENTIONED = "mentioned", _("Mentioned")

    page = PartsKey("archive.ArticlePage", on_delete=models.CASCADE, related_name="entity_tags")
    entity = EntityForeignKey(
        Entity, on_delete=models.PROTECT, related_name="article_tags", verbose_name=_("entity")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MENTIONED)

    panels = [FieldPanel("entity"), FieldPanel("role")]

    class Meta(PartOfRevision.Meta):
        verbose_name = _("tagged entity")
        verbose_name_plural = _("tagged entities")
        constraints = [
            models.UniqueConstraint(fields=["page", "entity"], name="archive_one_tag_per_entity")
        ]

    def __str__(self) -> str:
        return str(self.entity)


class RelatedArticle(PartOfRevision):
    """A story that an editor put beside this one."""

    page = PartsKey("archive.ArticlePage", on_delete=models.CASCADE, related_name="related_links")
    related = models.ForeignKey(
        "archive.ArticlePage",
        on_delete=models.CASCADE,
        related_name="related_from",
        verbose_name=_("story"),
    )

    panels = [PageChooserPanel("related", "archive.ArticlePage")]

    class Meta(PartOfRevision.Meta):
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")
        constraints = [
            models.UniqueConstraint(fields=["page", "related"], name="archive_one_link_per_story"),
            models.CheckConstraint(
                condition=~Q(page=models.F("related")), name="archive_not_related_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.related)
