"""Batches of imports, what is read from their files, and profiles of the sources."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Revision

from archive.contrib.intake.columns import ColumnMapping
from archive.contrib.intake.profiles import Fit, check_rules
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.storage import private_storage
from archive.entities.fields import user_key
from archive.stories.models import ArticlePage
from archive.text.stored_messages import shown, stored

LONGEST_NAME = 500


class ImportBatch(models.Model):
    """Files that a person imports together; undone together, too."""

    class State(models.TextChoices):
        READING = "reading", pgettext_lazy("import", "Being read")
        READ = "read", pgettext_lazy("import", "Read")
        UNDONE = "undone", pgettext_lazy("import", "Undone")

    name = models.CharField(_("name"), max_length=200, blank=True)
    created_by = user_key()
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    # What fills in for what the sources lack: see `archive.contrib.intake.options.FilingOptions`.
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    undone_by = user_key()
    undone_at = models.DateTimeField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name or f"{self._meta.verbose_name} {self.pk}"

    def counts(self) -> dict[str, int]:
        """{state of an item: how many}, all states, and "files" and "unread" of the files."""
        found = Counter(dict.fromkeys(ImportItem.State.values, 0))
        items = self.items.order_by().values_list("state").annotate(models.Count("pk"))
        found.update(dict(items))
        files = self.files.order_by().values_list("state").annotate(models.Count("pk"))
        of_files = dict(files)
        waits = (ImportFile.State.WAITING, ImportFile.State.READING)
        found["files"] = sum(of_files.values())
        found["unread"] = sum(of_files.get(state, 0) for state in waits)
        return dict(found)


class ImportFile(models.Model):
    """One of a batch's files, or a ZIP of many: its bytes, until its stories are accepted."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("file of an import", "Waiting")
        READING = "reading", pgettext_lazy("file of an import", "Being read")
        READ = "read", pgettext_lazy("file of an import", "Read")
        FAILED = "failed", pgettext_lazy("file of an import", "Failed")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    # As the user gave it, with the folders of a ZIP or a directory.
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    file = models.FileField(storage=private_storage, max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    error = models.TextField(blank=True)
    # Who reads it has it for a while; then somebody else may, so often.
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Of a ZIP, how many of its files are read.
    position = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ImportItem(models.Model):
    """A story of a batch, or a file of it that can't be read: its source, record and outcome."""

    class State(models.TextChoices):
        READY = "ready", pgettext_lazy("item of an import", "Ready")
        CHECK = "check", pgettext_lazy("item of an import", "Look at this")
        DUPLICATE = "duplicate", pgettext_lazy("item of an import", "Duplicate")
        FAILED = "failed", pgettext_lazy("item of an import", "Failed")
        ACCEPTED = "accepted", pgettext_lazy("item of an import", "Accepted")
        REJECTED = "rejected", pgettext_lazy("item of an import", "Rejected")
        UNDONE = "undone", pgettext_lazy("item of an import", "Undone")

    # Those that wait for a person.
    OPEN = (State.READY, State.CHECK, State.DUPLICATE)

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="items")
    # None for what a command has stored at once.
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, null=True, related_name="items")
    source = models.CharField(_("source"), max_length=LONGEST_NAME)
    number = models.PositiveIntegerField(default=1)
    format = models.CharField(_("format"), max_length=40, blank=True)
    # The same for the files or stories that are one story in two languages.
    group = models.CharField(max_length=120, blank=True)
    # How sure it is that they are, 0–1; None for what wasn't compared yet. Those that a person has
    # parted have 0, and no group.
    group_confidence = models.FloatField(null=True)
    # See `archive.contrib.intake.record_json`; {} where nothing could be read.
    record = models.JSONField(default=dict, blank=True)
    # The source text whole; the spans of the record point into it.
    text = models.TextField(blank=True)
    # The pictures that are kept for it: [{"name": …, "file": …}].
    pictures = models.JSONField(default=list, blank=True)
    # The lowest of the fields that a publication needs, 0–1.
    confidence = models.FloatField(_("confidence"), default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECK)
    error = models.TextField(blank=True)
    # The names of the fields that a person has changed.
    corrected = models.JSONField(default=list, blank=True)
    profile = models.ForeignKey(
        "archive_intake.SourceProfile", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The story that it became or, before that, would be a new version of.
    page = models.ForeignKey(ArticlePage, on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    # A story of the archive, or an earlier item of the batch, with a good part of its text: until
    # it is accepted.
    duplicate_of = models.ForeignKey(
        ArticlePage, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    twin = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    # How much of the two texts is the same, 0–1.
    likeness = models.FloatField(null=True)
    # For undoing: [model, key] of what was made; the row and versions that a story had before.
    # Until it is accepted, the version of the story that it was compared with, whether that has an
    # editor's words, and who changed the record last.
    made = models.JSONField(default=list, blank=True)
    before = models.JSONField(default=dict, blank=True)
    accepted_by = user_key()
    accepted_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True
    # A story that an import has accepted is that import's, too, until it is undone.
    work_of_people = Q(state=State.ACCEPTED) & ~Q(batch__state=ImportBatch.State.UNDONE)

    class Meta:
        verbose_name = _("item of an import")
        verbose_name_plural = _("items of imports")
        default_permissions = ()
        # The most doubtful first.
        ordering = ["confidence", "pk"]
        indexes = [
            models.Index(fields=["batch", "state", "confidence"], name="archive_import_items"),
            models.Index(fields=["group", "batch"], name="archive_import_by_group"),
        ]

    def __str__(self) -> str:
        return self.headline or self.source

    @property
    def headline(self) -> str:
        return self.record.get("headline") or ""

    @property
    def is_parted(self) -> bool:
        """Whether a person has said that it isn't one story with another text."""
        return self.group_confidence == 0

    @property
    def would_replace_edits(self) -> bool:
        """Whether an editor's words would go with it: it is compared first, and a draft at most."""
        return self.state in self.OPEN and bool(self.before.get("is_edited"))

    @property
    def work_label(self) -> Promise:
        return format_lazy(_("accepted in another import too: “{name}”"), name=str(self.batch))

    def note_accepted(
        self,
        page: ArticlePage | None,
        revision: int | None,
        before: dict[str, Any],
        refusal: str,
        user: Any,
        made: list[list[Any]],
    ) -> None:
        """What the item has become, and all that undoing it takes; not saved. `refusal` says why
        it stays a draft."""
        self.page, self.duplicate_of, self.revision_id = page, None, revision
        self.before, self.made = before, made
        self.state, self.error = self.State.ACCEPTED, stored(refusal)
        self.accepted_by, self.accepted_at = user, timezone.now()

    @property
    def trouble(self) -> str:
        """Why it wasn't accepted, stays, or is as before, in the interface's language."""
        return shown(self.error)

    def others_of_group(self) -> "models.QuerySet[ImportItem]":
        """The same story in its other language."""
        if not self.group:
            return ImportItem.objects.none()
        same = ImportItem.objects.filter(batch=self.batch_id, group=self.group)
        return same.exclude(pk=self.pk).order_by("pk")


class SourceProfile(models.Model):
    """What an editor knows of a source: how its files look, and what their lines are."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    # Which files it is for: all that is filled in must fit.
    file_pattern = models.CharField(
        _("file names"),
        max_length=200,
        blank=True,
        help_text=_("Such as zhanjiang-*.txt; * stands for anything."),
    )
    publication = models.CharField(
        _("publication"),
        max_length=200,
        blank=True,
        help_text=_("Files that name this publication."),
    )
    first_lines = models.CharField(
        _("words of the first lines"),
        max_length=200,
        blank=True,
        help_text=_("Words in one of the first five lines; * stands for anything."),
    )
    # See `archive.contrib.intake.profiles`.
    rules = models.JSONField(_("rules"), default=list, blank=True)
    # Which column of a table is which field: see `archive.contrib.intake.columns.ColumnMapping`.
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    created_by = user_key()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("profile of a source")
        verbose_name_plural = _("profiles of sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not (self.file_pattern or self.publication or self.first_lines):
            raise ValidationError(_("Say which files this profile is for."))
        try:
            check_rules(self.rules)
        except IntakeError as error:
            raise ValidationError({"rules": str(error)}) from error
        try:
            self.column_mapping()
        except IntakeError as error:
            raise ValidationError({"mapping": str(error)}) from error

    def column_mapping(self) -> ColumnMapping | None:
        """What it says of the columns of tables; raises IntakeError."""
        return ColumnMapping.from_dict(self.mapping) if self.mapping else None

    @property
    def fit(self) -> Fit:
        return Fit(self.file_pattern, self.publication, self.first_lines)


class ItemFingerprint(models.Model):
    """One number of the sample of an item's text (see `archive.likeness.fingerprints`)."""

    number = models.IntegerField()
    item = models.ForeignKey(ImportItem, on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True
    archive_backup_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["number"], name="archive_item_fingerprints")]

    def __str__(self) -> str:
        return str(self.number)
