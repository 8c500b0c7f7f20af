"""A story's translation: the other owner of the row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.models import ClusterableModel
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from archive.desk.publish_guard import check_translation_can_be_published
from archive.desk.querysets import WORKFLOW_STATES, TranslationQuerySet
from archive.desk.segments import Row, compose_onto, progress_of, rows
from archive.entities.fields import user_key
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.parts import IndexReferencesOnceMixin, looked_up_once
from archive.stories.publish_guard import PublishGuardMixin
from archive.stories.restoration import RestorationMixin
from archive.stories.reviews import ReviewedMixin
from archive.text import richtext
from archive.text.language import LABELS
from archive.text.segmentation import RICH


class Urgency(models.IntegerChoices):
    """How soon a translation is wanted; the higher, the sooner."""

    NORMAL = 0, pgettext_lazy("urgency", "Normal")
    HIGH = 1, pgettext_lazy("urgency", "High")
    URGENT = 2, pgettext_lazy("urgency", "Urgent")


# A version's note of how it was saved.
SAVED_BY_SEGMENT = "saved_by_segment"
# What lists show of the newest draft.
PROGRESS = ("segment_count", "draft_count", "done_count", "reviewed_count", "source_size")
# How Wagtail's tables name the translation that they are about.
_BY_CONTENT_TYPE: dict[str, Any] = {
    "content_type_field": "base_content_type",
    "object_id_field": "object_id",
    "related_query_name": "translation",
    "for_concrete_model": False,
}
# Columns that versions neither hold nor bring back.
ROW_ONLY = (
    *PROGRESS,
    *("stale_count", "assignee_id", "urgency", "due_date", "correction_since", "state"),
    *("reads", "related_count", "related_done_count", "rank", "import_key", "import_digest"),
)

# What a version holds of who wrote a segment, when, and after which words.
_OF_THE_WRITING = ("pk", "sort_order", "translated_by", "translated_at", "former")


def _words_of(segment: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: value for name, value in segment.items() if name not in _OF_THE_WRITING}
    if segment["markup"] == RICH:
        words["target"] = richtext.folded(segment["target"])
    return words


class Translation(
    PublishGuardMixin,
    ReviewedMixin,
    RestorationMixin,
    IndexReferencesOnceMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """One story in its target language. Publishing it writes the story's target columns."""

    # Each story has one; its versions say whether anybody was at work.
    work_of_people = None

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
    segment_count = models.PositiveIntegerField(_("segments"), default=0, editable=False)
    draft_count = models.PositiveIntegerField(
        _("segments that nobody has confirmed"), default=0, editable=False
    )
    # Confirmed or reviewed, or left out.
    done_count = models.PositiveIntegerField(
        _("segments confirmed or left out"), default=0, editable=False
    )
    reviewed_count = models.PositiveIntegerField(
        _("segments that a second person reviewed"), default=0, editable=False
    )
    # The queue's: who is to do it, how soon. Not part of any version.
    assignee = user_key(blank=True, editable=False, verbose_name=_("assigned to"))
    # It changes without a save of the translation, and nobody looks where accounts are used.
    assignee.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), choices=Urgency.choices, default=Urgency.NORMAL, editable=False
    )
    due_date = models.DateField(_("due date"), null=True, blank=True, editable=False)
    correction_since = models.DateTimeField(
        _("correction missing since"), null=True, editable=False
    )
    # The story's own `translation_state`, beside what the queue sorts and counts it with:
    # stories' rows are long, and a count of 20,000 of them takes its time.
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=TranslationState.choices,
        default=TranslationState.NOT_STARTED,
        editable=False,
    )
    source_size = models.PositiveIntegerField(_("length of the source"), default=0, editable=False)
    reads = models.PositiveIntegerField(_("reads"), default=0, editable=False)
    related_count = models.PositiveIntegerField(_("related stories"), default=0, editable=False)
    related_done_count = models.PositiveIntegerField(
        _("related stories in both languages"), default=0, editable=False
    )
    # What an import of the text knows it by, and the digest of what it read.
    import_key = models.CharField(max_length=255, blank=True, db_index=True, editable=False)
    import_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    # Where the text was printed by itself, as `archive.stories.marks.Marks` has it; of each version
    # its own. A text that is another story's, as of a joined pair, has it there.
    printed = models.JSONField(default=dict, blank=True, editable=False)
    # See archive.desk.queue.ranking; the higher, the sooner.
    rank = models.BigIntegerField(default=0, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", **_BY_CONTENT_TYPE)
    workflow_states = GenericRelation("wagtailcore.WorkflowState", **_BY_CONTENT_TYPE)

    # Whether a version was saved a segment at a time; such a one may grow for a while.
    saved_by_segment = False
    # The form knows better, if there is one; and it has just aligned the rows.
    has_new_words = True
    laid_out: Sequence[Row] | None = None

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="archive_one_translation_per_language"
            )
        ]
        indexes = [
            models.Index(fields=["-rank"], name="archive_queue_by_rank"),
            models.Index(fields=["state", "-rank"], name="archive_queue_by_state"),
        ]
        permissions = [
            (f"translate_into_{language.replace('-', '_')}", f"Can translate into {label}")
            for language, label in LABELS.items()
        ]

    def __str__(self) -> str:
        return f"{self.article.title} → {LABELS[self.language]}"

    @property
    def waits_for_story(self) -> bool:
        """Published, and yet no reader sees it before the story is."""
        return bool(self.live and not self.article.live)

    @property
    def status_string(self) -> Any:
        return _("appears with its story") if self.waits_for_story else super().status_string

    @property
    def shown_state(self) -> str:
        if self.waits_for_story and self.state == TranslationState.PUBLISHED:
            return str(_("Appears with its story"))
        if self.has_unpublished_changes and self.state == TranslationState.PUBLISHED:
            return str(_("Published, with a newer draft"))
        return str(TranslationState(self.state).label)

    @property
    def revisions(self) -> Any:
        return self._revisions

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return str(self.article.get_preview_template(request, self.language))

    def words_of(self, content: Mapping[str, Any]) -> dict[str, Any]:
        own = {*ROW_ONLY, SAVED_BY_SEGMENT}
        words = super().words_of({k: value for k, value in content.items() if k not in own})
        return {**words, "segments": [_words_of(one) for one in content["segments"]]}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        compose_onto(self.article, self)
        # Of the review's preview: Wagtail's user bar would look for it among versions of pages.
        vars(request).pop("revision_id", None)
        return self.article.serve_preview(request, self.language)

    # Who is publishing it; nobody where a program is.
    publisher: Any = None

    def check_can_be_published(self, revision: Any, user: Any = None) -> None:
        self.publisher = user
        check_translation_can_be_published(self, revision, user)

    def serializable_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().serializable_data()
        return {**data, SAVED_BY_SEGMENT: True} if self.saved_by_segment else data

    def get_latest_revision_as_object(self) -> "Translation":
        """The newest draft, with the same story object; the row itself where nothing is newer."""
        revision = self.latest_revision if self.has_unpublished_changes else None
        if revision is None:
            return self
        draft = self.with_content_json(revision.content)
        draft.article = self.article
        if hasattr(self, WORKFLOW_STATES):
            setattr(draft, WORKFLOW_STATES, getattr(self, WORKFLOW_STATES))
        return draft

    def save_revision(
        self, *args: Any, laid_out: Sequence[Row] | None = None, **kwargs: Any
    ) -> Any:
        """Pass the rows if they are at hand: progress is counted from them."""
        if not self.has_new_words and not kwargs.get("previous_revision"):
            # Wagtail 7.4 takes each save of a form for a change.
            kwargs["changed"] = False
        self._count(laid_out)
        return super().save_revision(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Who may do so is asked before; Wagtail 7.4 would ask it as if it were a page."""
        UnpublishAction(self, *args, **kwargs).execute(skip_permission_checks=True)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None and "latest_revision" in update_fields:
            # A new draft has another progress.
            update_fields = {*update_fields, *PROGRESS}
        is_told = update_fields is None or "live" in update_fields
        # What readers lose, they lose with this row: its receivers see to that.
        with transaction.atomic(savepoint=False):
            if is_told and self.pk and not self.live:
                self.is_leaving = Translation.objects.filter(pk=self.pk, live=True).exists()
            super().save(*args, update_fields=update_fields, **kwargs)

    def count_progress(self, laid_out: Sequence[Row] | None = None) -> None:
        """Keep the row's progress, which lists show, in step with this draft and its rows."""
        self._count(laid_out)
        values = {name: getattr(self, name) for name in PROGRESS}
        Translation.objects.filter(pk=self.pk).update(**values)

    def _count(self, laid_out: Sequence[Row] | None) -> None:
        laid_out = list(laid_out or self.laid_out or rows(self))
        for name, value in progress_of(laid_out, self.article.source_language).items():
            setattr(self, name, value)

    def with_content_json(self, content: dict[str, Any]) -> "Translation":
        # Which story and language this is never changes with a revision.
        own = {name: value for name, value in content.items() if name != "article"}
        with looked_up_once(type(self), own):
            translation = super().with_content_json(own)
        for name in ("article_id", "language", *ROW_ONLY):
            setattr(translation, name, getattr(self, name))
        return translation

    def get_edit_url(self) -> str:
        return reverse("wagtailsnippets_archive_translation:edit", args=[self.pk])
