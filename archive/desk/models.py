"""A story's translation: the other owner of the row, with segments of its own."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import ObjectList, PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from archive.desk.forms import TranslationForm
from archive.desk.panels import SegmentsPanel, TranslationTabs
from archive.desk.querysets import TranslationQuerySet
from archive.pages.fitness import PublishWholeMixin
from archive.pages.freshness import ConflictPanel, SavedByFormMixin
from archive.pages.models import ArticlePage
from archive.pages.parts import PartOfRevision
from archive.pages.references import IndexReferencesOnceMixin
from archive.text.language import LABELS
from archive.text.segmentation import PLAIN, RICH


class Translation(
    PublishWholeMixin,
    SavedByFormMixin,
    IndexReferencesOnceMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """One story in its target language. Publishing it writes the story's target columns."""

    article = models.ForeignKey(
        ArticlePage,
        on_delete=models.CASCADE,
        related_name="translations",
        editable=False,
        verbose_name=_("story"),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=list(LABELS.items()), editable=False
    )
    stale_count = models.PositiveIntegerField(
        _("segments whose source changed"), default=0, editable=False
    )

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="translation",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="translation",
        for_concrete_model=False,
    )

    # The form knows better, if there is one.
    has_new_words = True

    objects = TranslationQuerySet.as_manager()

    base_form_class = TranslationForm
    edit_handler = TranslationTabs(
        [
            ObjectList([ConflictPanel(), SegmentsPanel()], heading=_("Text")),
            ObjectList([PublishingPanel()], heading=_("Schedule")),
        ]
    )

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="archive_one_translation_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article.title} → {LABELS[self.language]}"

    @property
    def revisions(self) -> Any:
        return self._revisions

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return str(self.article.get_preview_template(request, self.language))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from archive.desk.composing import compose_onto

        compose_onto(self.article, self)
        return self.article.serve_preview(request, self.language)

    def check_fitness(self, revision: Any) -> None:
        # A story is in a language if and only if its headline is.
        headlines = [s for s in revision.content["segments"] if s["key"] == "headline"]
        if not any(segment["target"] and not segment["left_out"] for segment in headlines):
            raise ValidationError(_("A story can't appear without its headline."))

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        if not self.has_new_words and not kwargs.get("previous_revision"):
            # Wagtail 7.4 takes each save of a form for a change.
            kwargs["changed"] = False
        return super().save_revision(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "Translation":
        # Which story and language this is never changes with a revision.
        translation = super().with_content_json(content)
        translation.article_id = self.article_id
        translation.language = self.language
        translation.stale_count = self.stale_count
        return translation

    def get_version_url(self, revision_id: int) -> str:
        """Where a translator sees a version as readers would."""
        name = "wagtailsnippets_archive_translation:revisions_view"
        return reverse(name, args=[self.pk, revision_id])

    def get_edit_url(self) -> str:
        return reverse("wagtailsnippets_archive_translation:edit", args=[self.pk])


class Segment(PartOfRevision):
    """One piece of a translation, beside the source text that it was made from."""

    class State(models.TextChoices):
        """After XLIFF 2.1, `state` of a segment."""

        INITIAL = "initial", _("Not translated")
        TRANSLATED = "translated", _("Translated")
        REVIEWED = "reviewed", _("Reviewed")
        FINAL = "final", _("Final")

    translation = ParentalKey(Translation, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    markup = models.CharField(max_length=5, choices=[(PLAIN, PLAIN), (RICH, RICH)], default=PLAIN)
    target = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    source_digest = models.CharField(max_length=32, blank=True, db_index=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.INITIAL)
    left_out = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    translated_at = models.DateTimeField(null=True, blank=True)

    class Meta(PartOfRevision.Meta):
        verbose_name = _("segment")
        verbose_name_plural = _("segments")

    def __str__(self) -> str:
        return f"{self.key}: {self.target[:40]}"
