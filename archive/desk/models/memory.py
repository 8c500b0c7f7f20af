"""What was translated before: pairs of texts, and the samples of them that find like texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.desk.querysets import ARCHIVE, CONFIRMED, TMX, MemoryUnitQuerySet
from archive.stories.models import ArticlePage
from archive.text.language import LABELS, LANGUAGES, column, columns


class MemoryUnit(models.Model):
    """A text in both languages, without markup, and where it comes from.

    Units of the archive are what readers can read now; confirmed ones stand in a draft and wait for
    its publication. Those of a TMX file keep the file's name,
    tool and date; they are nobody's but the memory's. Each language has a column for its text
    (`text_en`), and one for the text's digest.
    """

    class Provenance(models.TextChoices):
        ARCHIVE = ARCHIVE, _("Published here")
        TMX = TMX, _("TMX file")
        CONFIRMED = CONFIRMED, _("Confirmed, not published yet")

    written_in = models.CharField(max_length=10, choices=list(LABELS.items()))
    kind = models.CharField(max_length=20, blank=True)
    provenance = models.CharField(
        max_length=10, choices=Provenance.choices, default=Provenance.ARCHIVE
    )
    article = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, null=True, related_name="memory_units"
    )
    key = models.CharField(max_length=200, blank=True)
    # The story's headline in the language that it was written in.
    label = models.CharField(max_length=255, blank=True)
    print_date = models.DateField(null=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_tool = models.CharField(max_length=100, blank=True)
    file_date = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MemoryUnitQuerySet.as_manager()

    # A story isn't "used" where the memory quotes it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("translation memory unit")
        verbose_name_plural = _("translation memory units")
        default_permissions = ("add",)
        indexes = [
            models.Index(fields=columns("digest"), name="archive_memory_by_english"),
            models.Index(fields=columns("digest")[::-1], name="archive_memory_by_chinese"),
        ]

    def __str__(self) -> str:
        first, second = (getattr(self, name) for name in columns("text"))
        return f"{first[:40]} = {second[:20]}"

    @property
    def is_unpublished(self) -> bool:
        return self.provenance == self.Provenance.CONFIRMED


for _language in LANGUAGES:
    MemoryUnit.add_to_class(column("text", _language), models.TextField())  # type: ignore[attr-defined]
    # After `archive.text.segmentation.digest`, as segments have them.
    MemoryUnit.add_to_class(  # type: ignore[attr-defined]
        column("digest", _language), models.CharField(max_length=32)
    )


class MemoryFingerprint(models.Model):
    """One number of a unit's sample (see `archive.desk.memory.fingerprints`), either language's.

    No foreign key: a number whose unit is gone finds nothing. It would cost an index as large
    as the table to find a unit's numbers, which its texts tell as well.
    """

    archive_backup_ignore = True

    pk = models.CompositePrimaryKey("fingerprint", "unit_id")
    fingerprint = models.IntegerField()
    unit_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.fingerprint}: {self.unit_id}"
