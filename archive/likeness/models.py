"""Numbers of stories' texts, by which those that are much the same are found."""

from django.db import models

from archive.stories.models import ArticlePage


class TextFingerprint(models.Model):
    """One number of a story's text (see `archive.likeness.fingerprints`)."""

    class Kind(models.IntegerChoices):
        WORDS = 0
        # Of the text that readers have in the other language.
        TRANSLATION = 1
        # Of a figure in the text, whatever words stand around it.
        FIGURE = 2

    number = models.IntegerField()
    kind = models.PositiveSmallIntegerField(default=Kind.WORDS)
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    # Which version of the story it is of.
    revision = models.BigIntegerField(null=True)

    wagtail_reference_index_ignore = True
    archive_backup_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["number"], name="archive_text_fingerprints")]

    def __str__(self) -> str:
        return str(self.number)
