"""The time that somebody spends on segments, if they want it counted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.desk.models.translation import Translation


class SegmentTime(models.Model):
    """How long somebody worked in a segment on a day."""

    # What they did there is in the segment.
    work_of_people = None

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    day = models.DateField()
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("time in a segment")
        verbose_name_plural = _("times in segments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day", "translation", "key"], name="archive_one_time_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.seconds}"
