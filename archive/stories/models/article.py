"""The story: one page row that holds both languages' published text."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string
from wagtail.locks import BaseLock
from wagtail.models import PageManager, PageViewRestriction
from wagtail.search import index

from archive.base_page import Page
from archive.conf import settings
from archive.entities.fields import text_in
from archive.photos.search_fields import HanAutocompleteField
from archive.stories.archive_page import story_slug
from archive.stories.article_text import ArticleText, article_text
from archive.stories.blocks import BodyBlock
from archive.stories.body import (
    TRANSLATABLE,
    first_picture,
    stored,
    with_own_ids,
    with_single_paragraphs,
)
from archive.stories.copy_form import StoryCopyForm
from archive.stories.doubtful_dates import CONFIRMED, date_errors
from archive.stories.fields import BodyField
from archive.stories.marks import TranslationState
from archive.stories.models.browse import facts_of_place
from archive.stories.owned_columns import OwnedColumnsMixin
from archive.stories.parts import IndexReferencesOnceMixin, given_parts
from archive.stories.policies import check_filing, scheduled_by
from archive.stories.publish_guard import PublishGuardMixin, story_errors, unplaced_errors
from archive.stories.querysets import ArticleQuerySet
from archive.stories.restoration import RestorationMixin
from archive.stories.reviews import ReviewedMixin
from archive.stories.rights import rights_statements
from archive.stories.stale_save import SavedByFormMixin
from archive.text.dates import display_date
from archive.text.kinds import add_kinds
from archive.text.language import (
    CHINESE,
    FIRST,
    HTML_CODES,
    LABELS,
    LANGUAGES,
    TRADITIONAL_CODE,
    column,
    supported,
)
from archive.text.segmentation import canonical


def story_kinds() -> list[tuple[str, Any]]:
    """The choices of `ArticlePage.kind`; a function, so that a site's are in no migration."""
    return ArticlePage.Kind.choices


class ArticlePage(
    PublishGuardMixin,
    ReviewedMixin,
    RestorationMixin,
    SavedByFormMixin,
    IndexReferencesOnceMixin,
    OwnedColumnsMixin,
):
    """A newspaper story. Its source language's text belongs to this page's editor;
    the other language's columns are written only by a published translation."""

    class Kind(models.TextChoices):
        NEWS = "news", pgettext_lazy("kind of story", "News")
        FEATURE = "feature", pgettext_lazy("kind of story", "Feature")
        INTERVIEW = "interview", pgettext_lazy("kind of story", "Interview")
        COMMENT = "comment", pgettext_lazy("kind of story", "Comment")
        EDITORIAL = "editorial", pgettext_lazy("kind of story", "Editorial")
        LETTER = "letter", pgettext_lazy("kind of story", "Letter")
        add_kinds(vars(), settings.STORY_KINDS)

    class Script(models.TextChoices):
        SIMPLIFIED = "hans", _("Simplified characters")
        TRADITIONAL = "hant", _("Traditional characters")

    # What stands above the text, in reading order: searched, and read for names.
    heading_fields = ("headline", "standfirst")
    # All lines beside the body; whatever goes through a story's texts follows these.
    text_fields = (*heading_fields, "dateline")
    translated_fields = (*text_fields, "body")
    desk_fields = (
        "translation_state",
        "translation_is_abridged",
        "translation_lacks_correction",
        "translation_marks",
        "translated_at",
    )

    source_language = models.CharField(
        _("written in"),
        max_length=10,
        choices=list(LABELS.items()),
        default=FIRST,
        help_text=_("The language the story was first printed in. It can't change once published."),
    )
    script = models.CharField(
        _("script"),
        max_length=4,
        choices=Script.choices,
        blank=True,
        help_text=_(
            "The characters that this text is in. It is kept as printed; readers get traditional "
            "characters in simplified ones, and the printed form by a link."
        ),
    )
    headline = models.CharField(_("headline"), max_length=255, blank=True)
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("The line below the headline that sums it up.")
    )
    dateline = models.CharField(
        _("dateline"), max_length=120, blank=True, help_text=_("As printed: ZHANJIANG, Guangdong.")
    )
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    publication = models.ForeignKey(
        "archive.PublicationPage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publication"),
    )
    print_date = models.DateField(_("print date"), null=True, blank=True)
    print_edition = models.CharField(
        _("edition"), max_length=80, blank=True, help_text=_("Such as USA or European Weekly.")
    )
    section = models.ForeignKey(
        "archive.SectionPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section"),
    )
    print_page = models.CharField(
        pgettext_lazy("of a newspaper", "page"),
        max_length=12,
        blank=True,
        help_text=_("The label on the page: 17, B8."),
    )
    printed_byline = models.TextField(
        _("byline as printed"),
        blank=True,
        help_text=_(
            "Readers of the original get it word for word; citations and the other language name "
            "the authors below."
        ),
    )
    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    contact = models.CharField(
        _("contact"),
        max_length=254,
        blank=True,
        help_text=_("As printed below the story. For editors only, never shown to readers."),
    )
    rights = models.CharField(_("rights"), max_length=255, blank=True)
    rights_statement = models.CharField(
        _("rights statement"),
        max_length=12,
        choices=rights_statements,
        blank=True,
        help_text=_("What readers may do with the story. Empty: that of its publication."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=story_kinds, blank=True)
    is_sample = models.BooleanField(
        _("sample text"),
        default=False,
        help_text=_("Written for demonstration; readers are told so."),
    )
    version_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version of"),
        help_text=_("The story that this one prints, too: the same report in another paper."),
    )
    lead_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    unplaced = models.JSONField(
        _("unplaced text"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Lines of the imported source that match no field."),
    )
    translation_state = models.CharField(
        _("translation"),
        max_length=20,
        choices=TranslationState.choices,
        default=TranslationState.NOT_STARTED,
        editable=False,
    )
    translation_is_abridged = models.BooleanField(default=False, editable=False)
    # The source was corrected after readers got this translation.
    translation_lacks_correction = models.BooleanField(default=False, editable=False)
    # See archive.stories.marks.
    translation_marks = models.JSONField(default=dict, blank=True, editable=False)
    translated_at = models.DateTimeField(null=True, editable=False)
    import_key = models.CharField(max_length=255, blank=True, editable=False, db_index=True)
    import_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    # The same for all versions of one file or web page.
    import_source = models.CharField(max_length=12, blank=True, editable=False, db_index=True)

    parent_page_types = ["archive.IssuePage", "archive.YearPage", "archive.PublicationPage"]
    subpage_types: list[str] = []
    # Decided by the place that the copy goes to, in its versions too.
    copy_form_class = StoryCopyForm
    exclude_fields_in_copy = ["print_date", "publication", "section"]
    template = "archive/article_page.html"
    preview_modes = list(LABELS.items())

    objects = PageManager.from_queryset(ArticleQuerySet)()

    # What follows a save of a story sees to it, in `archive.publishing`.
    search_auto_update = False
    search_fields = [
        *Page.search_fields,
        *(index.SearchField(column(f, lang)) for f in heading_fields for lang in LANGUAGES),
        *(index.SearchField(column("body", lang)) for lang in LANGUAGES),
        *(HanAutocompleteField(column("headline", lang)) for lang in LANGUAGES),
        index.FilterField("source_language"),
        index.FilterField("print_date"),
        index.FilterField("is_sample"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(fields=["-print_date", "print_page"], name="archive_by_print_date"),
            # In the order of lists: whole, or SQLite prefers the first one for small sections too.
            models.Index(
                fields=["publication", "-print_date", "print_page"], name="archive_by_publication"
            ),
            models.Index(
                fields=["section", "-print_date", "print_page"], name="archive_by_section_page"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    # What is read

    @property
    def is_traditional(self) -> bool:
        """The text that was printed is in traditional Chinese characters."""
        return self.script == self.Script.TRADITIONAL and self.source_language == CHINESE

    @property
    def source_html_language(self) -> str:
        """For the `lang` attribute of the text as printed: "en", "zh-Hans" or "zh-Hant"."""
        return TRADITIONAL_CODE if self.is_traditional else HTML_CODES[self.source_language]

    def in_language(self, language: str, *, as_printed: bool = False) -> ArticleText:
        """The story as its readers in `language` get it, or in the characters of the print."""
        return article_text(self, language, as_printed=as_printed)

    @property
    def text(self) -> ArticleText:
        """The story for the language that is active."""
        return self.in_language(supported(get_language()))

    def languages(self) -> list[str]:
        """The languages that the story is published in, source first."""
        published = bool(getattr(self, column("headline", self.target_language)))
        return [self.source_language, *([self.target_language] if published else [])]

    @property
    def translated_on(self) -> date | None:
        """The day, where the archive is, on which readers got the translation as it is now."""
        return timezone.localdate(self.translated_at) if self.translated_at else None

    @property
    def translation_print(self) -> dict[str, Any]:
        """Where the text that is the translation here was printed by itself: see `Marks`. {} for a
        translation that was made for this archive."""
        found: dict[str, Any] = self.translation_marks.get("printed", {})
        return found

    @property
    def is_printed_together(self) -> bool:
        """Whether the paper printed both texts on the same day."""
        printed, paper = self.translation_print, self.publication
        return bool(
            printed
            and paper
            and self.print_date
            and printed["date"] == self.print_date.isoformat()
            and printed["publication"] == text_in(paper, "name", self.target_language).text
        )

    def display_print_date(self) -> str:
        """The print date as the active language's newspapers write it."""
        return display_date(self.print_date, supported(get_language())) if self.print_date else ""

    def source(self, field: str) -> Any:
        """A field's text in the source language."""
        return getattr(self, column(field, self.source_language))

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Those of the pages above, and of the paper and section that it is filed in."""
        # Most archives restrict nothing, which the routing's query has seen on its way.
        if not getattr(self, "some_are_restricted", True):
            return PageViewRestriction.objects.none()
        filed_in = PageViewRestriction.objects.filter(
            page__in=(self.publication_id, self.section_id)
        )
        above: models.QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return above | filed_in

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        # The preview follows the mode, not the editor's own interface language.
        with translation.override(supported(mode_name)):
            return super().serve_preview(request, mode_name).render()

    def get_version_url(self, revision_id: int) -> str:
        """Where an editor sees a version as readers would."""
        url = reverse("wagtailadmin_pages:revisions_view", args=[self.pk, revision_id])
        return f"{url}?mode={self.source_language}"

    # What is checked and stored

    def words_of(self, content: Mapping[str, Any]) -> dict[str, Any]:
        bodies = {column("body", language) for language in LANGUAGES} & content.keys()
        folded = {
            name: canonical(json.loads(content[name] or "[]"), TRANSLATABLE) for name in bodies
        }
        return super().words_of({**content, **folded})

    # What follows each new version: `follow(story, user)`. Set when the app is ready.
    version_followers: list[Callable[["ArticlePage", Any], None]] = []

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("changed") is False and kwargs.get("clean") is False:
            # A copy's version: all others are checked, which gives them their title.
            self._take_title()
        revision = super().save_revision(user, *args, **kwargs)
        if not self.alias_of_id:
            for follow in self.version_followers:
                follow(self, user)
        return revision

    def clean(self) -> None:
        super().clean()
        if self.pk and self.version_of_id == self.pk:
            raise ValidationError({"version_of": _("A story is no version of itself.")})
        is_for_readers = self.live and getattr(self, "is_being_published", True)
        if is_for_readers and (errors := story_errors(self) | date_errors(self)):
            raise ValidationError(errors)

    def joined_lock(self) -> BaseLock | None:
        """The lock of a locked story whose text is another one's translation."""
        return None

    def get_lock(self) -> Any:
        return (self.locked and self.joined_lock()) or super().get_lock()

    # The print date of which somebody has said in the form that it is right, in ISO's way.
    confirmed_print_date = ""
    # Somebody has said that this story may be published without some words of its source.
    may_be_incomplete = False

    def check_can_be_published(self, revision: Any, user: Any = None) -> None:
        if self.locked and (lock := self.joined_lock()):
            raise ValidationError(str(lock))
        # On the day of a scheduled one, the rights are those of who has scheduled it.
        user = user or scheduled_by(revision)
        may_lack = bool(revision.content.get("unplaced")) and not self.may_be_incomplete
        if not (user or may_lack):
            return
        story = revision.as_object()
        if may_lack and (errors := unplaced_errors(story)):
            raise ValidationError(errors | story_errors(story))
        if user:
            check_filing(story, user, live=True)

    def serializable_data(self) -> dict[str, Any]:
        data = super().serializable_data()
        said = self.confirmed_print_date
        return {**data, CONFIRMED: said} if said else data

    def with_content_json(self, content: dict[str, Any]) -> Any:
        story = super().with_content_json(content)
        story.confirmed_print_date = content.get(CONFIRMED, "")
        return story

    def complete(self) -> None:
        self._sign_once()
        # Blocks have ids of their own and one paragraph each, whatever program wrote the body.
        name = column("body", self.source_language)
        blocks = stored(getattr(self, name))
        whole = with_own_ids(with_single_paragraphs(blocks))
        if whole != blocks:
            field: Any = self._meta.get_field(name)
            setattr(self, name, field.to_python(whole))
        self.title = self.source("headline") or self.title
        if not self.slug:
            slug = story_slug(self.title)
            parent_is_known = self.path or getattr(self, "_cached_parent_obj", None)
            self.slug = self._get_autogenerated_slug(slug) if slug and parent_is_known else slug

    def _sign_once(self) -> None:
        """An author has one row a role, whatever program wrote them: the first."""
        rows = given_parts(self, "bylines")
        once = {(row.author_id, row.role): row for row in reversed(rows)}
        if len(once) < len(rows):
            self.bylines.set([row for row in rows if once[row.author_id, row.role] is row])

    def set_url_path(self, parent: Page | None) -> str:
        former = self.url_path
        found: str = super().set_url_path(parent)
        if former and former != found:
            # Until it is saved: readers are still led by it.
            self.former_url_path = former
        return found

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_fields") is None:
            self.lead_image = first_picture(self.source("body"))
        if not self._state.adding:
            self.__dict__.pop("copied_from", None)
        if "copied_from" in self.__dict__ and not self.alias_of_id:
            for name, value in facts_of_place(self.get_parent(), self.section).items():
                setattr(self, name, value)
            self._take_title()
            # What of the translation goes live with the copy, the copied translation decides.
            self.blank_target_columns()
        return super().save(*args, **kwargs)

    def _take_title(self) -> None:
        """The title that was typed for a copy is its headline: the headline makes the title."""
        if self.source("headline") not in ("", self.title):
            setattr(self, column("headline", self.source_language), self.title)

    def update_aliases(self, **kwargs: Any) -> None:
        # Few stories have any. Wagtail copies the whole story before it looks, and then asks in
        # an order for which SQLite may read every page.
        if Page.objects.filter(alias_of=self.pk).order_by().exists():
            super().update_aliases(**kwargs)

    def copy_all_child_relations(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        # Every way of copying a page, alone or with a whole tree, passes here.
        target.copied_from = self.pk
        for name in self.exclude_fields_in_copy:
            field: Any = self._meta.get_field(name)
            setattr(target, field.attname, getattr(self, field.attname))
        return super().copy_all_child_relations(target, *args, **kwargs)
