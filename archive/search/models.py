"""What the search knows of each story and name, beside the engine's own full-text table."""

from django.db import models

from archive.entities.models import Entity
from archive.pages.models import ArticlePage, PublicationPage, SectionPage
from archive.text.language import LABELS


class SearchDocument(models.Model):
    """A live story in one language: what filters and facets need. Its key is the text's too."""

    wagtail_reference_index_ignore = True

    # The unique constraint's index begins with it.
    article = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    language = models.CharField(max_length=10, choices=list(LABELS.items()))
    print_date = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    print_page = models.CharField(max_length=12, blank=True)
    publication = models.ForeignKey(
        PublicationPage, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    section = models.ForeignKey(SectionPage, on_delete=models.SET_NULL, null=True, related_name="+")
    has_picture = models.BooleanField(default=False)
    # A digest of all that was indexed: see `archive.search.documents`.
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="archive_one_document_per_language"
            )
        ]
        indexes = [models.Index(fields=["-print_date", "article"], name="archive_document_by_date")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.language}"


class SearchName(models.Model):
    """A way to write an entity's name, by its key: "zhanjiang", "湛江市".

    `text` is empty where the key is only a way to ask, such as pinyin without spaces.
    """

    wagtail_reference_index_ignore = True

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200, db_index=True)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="archive_one_key_per_entity")
        ]

    def __str__(self) -> str:
        return self.key


class SearchBits(models.Model):
    """The stories that a common term, or a facet's value, is found in: one bit a story.

    See `archive.search.common`. `level` says how well a term matches there: 0 anywhere.
    """

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=80)
    language = models.CharField(max_length=10, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    bits = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language", "level"], name="archive_one_row_of_bits"
            )
        ]

    def __str__(self) -> str:
        return self.key


class SearchChange(models.Model):
    """A story that lost a document since the bits were made: they no longer speak of it.

    Written by a trigger of the database.
    """

    wagtail_reference_index_ignore = True

    article_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.article_id)
