"""What a reviewer's assessment found in a translation, and the time that work on it took.

Categories and severities are those of MQM (Multidimensional Quality Metrics, themqm.org).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.desk.models import Translation
from archive.entities.fields import user_key

# As many of the words that are wrong as are kept.
LONGEST_WORDS = 500


class QualityCard(models.Model):
    """A translation was assessed; without marks, nothing was found.

    `translator` wrote most of it. `size` is the source's length then, in words or characters: the
    score must not change when an editor adds a paragraph.
    """

    translation = models.OneToOneField(
        Translation,
        on_delete=models.CASCADE,
        related_name="quality_card",
        verbose_name=_("translation"),
    )
    translator = user_key(blank=True)
    assessor = user_key()
    size = models.PositiveIntegerField(_("length of the source"))
    assessed_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("quality card")
        verbose_name_plural = _("quality cards")

    def __str__(self) -> str:
        return str(self.translation)


class ErrorMark(models.Model):
    """An error that a reviewer marked in a segment: MQM's dimensions, accuracy in its parts."""

    class Category(models.TextChoices):
        TERMINOLOGY = "terminology", pgettext_lazy("an error", "Terminology")
        MISTRANSLATION = "mistranslation", pgettext_lazy("an error", "Mistranslation")
        OMISSION = "omission", pgettext_lazy("an error", "Omission")
        ADDITION = "addition", pgettext_lazy("an error", "Addition")
        LINGUISTIC = "linguistic", pgettext_lazy("an error", "Linguistic conventions")
        STYLE = "style", pgettext_lazy("an error", "Style")
        LOCALE = "locale", pgettext_lazy("an error", "Locale conventions")
        AUDIENCE = "audience", pgettext_lazy("an error", "Audience appropriateness")
        DESIGN = "design", pgettext_lazy("an error", "Design and markup")

    class Severity(models.IntegerChoices):
        """The penalty points of each."""

        NEUTRAL = 0, pgettext_lazy("of an error", "Neutral")
        MINOR = 1, pgettext_lazy("of an error", "Minor")
        MAJOR = 5, pgettext_lazy("of an error", "Major")
        CRITICAL = 25, pgettext_lazy("of an error", "Critical")

    card = models.ForeignKey(QualityCard, on_delete=models.CASCADE, related_name="marks")
    key = models.CharField(max_length=200)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices)
    words = models.CharField(_("words"), max_length=LONGEST_WORDS, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    author = user_key()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("marked error")
        verbose_name_plural = _("marked errors")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_category_display()} ({self.get_severity_display()})"


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


class TimeSetting(models.Model):
    """Whether somebody's time is counted; without a row, it isn't."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    is_time_counted = models.BooleanField(
        _("Count the time that I spend on each segment"),
        default=False,
        help_text=_(
            "Your browser counts while you work in a segment, and pauses after a minute without "
            "input. Only you see it: beside the segment, and in your statistics."
        ),
    )

    class Meta:
        verbose_name = _("setting of time at the desk")
        verbose_name_plural = _("settings of time at the desk")

    def __str__(self) -> str:
        return str(self.person)
