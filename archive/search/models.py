"""What the search knows of stories and names, beside the engine's own full-text table."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from archive.entities.models import Entity
from archive.stories.models import ArticlePage, PublicationPage, SectionPage
from archive.text.language import LABELS
from archive.ties.models import TieEvidence

LONGEST_NAME_KEY = 200
# Of what a name is completed from.
LONGEST_KEY = 40
LONGEST_START = 24
# Of a key, so much is compared, and one more; the rest when it is fetched.
LONGEST_SLIP = 7
LONGEST_TERM = 64


class DerivedRows(models.QuerySet):
    """Rows that are worked out of other objects, their owners."""

    def store(
        self,
        owner: str,
        ids: Collection[int],
        names: Sequence[str],
        wanted: Iterable[tuple[Any, ...]],
        *,
        is_new: bool = False,
    ) -> None:
        """Write these owners' rows: (owner's key, value, …) by the names; no others of theirs.

        A query, and one more each for what goes and what comes; new owners have no rows yet.
        """
        columns = (f"{owner}_id", *names)
        rows = self.filter(**{f"{owner}__in": ids}).values_list("pk", *columns)
        stored = {} if is_new else {tuple(values): pk for pk, *values in rows}
        missing = dict.fromkeys(wanted)
        gone = [pk for values, pk in stored.items() if values not in missing]
        new = [
            self.model(**dict(zip(columns, values, strict=True)))
            for values in missing
            if values not in stored
        ]
        if gone:
            self.filter(pk__in=gone).delete()
        if new:
            # Another save of the owner may have written the same a moment ago.
            self.bulk_create(new, batch_size=1000, ignore_conflicts=True)


class DerivedRow(models.Model):
    """A row of the search, which no object of the site is named by."""

    wagtail_reference_index_ignore = True
    archive_backup_ignore = True

    objects = DerivedRows.as_manager()

    # The columns that tell a row from others of its table.
    told_by: Sequence[str] = ("key",)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return " ".join(str(getattr(self, name)) for name in self.told_by)


class SearchDocument(DerivedRow):
    """A live story in one language: what filters and facets need. Its key is the text's too."""

    told_by = ("article_id", "language")
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


class SearchName(DerivedRow):
    """A way to write an entity's name, by its key: "zhanjiang", "湛江市".

    `text` is empty where the key is only a way to ask, such as pinyin without spaces.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_NAME_KEY, db_index=True)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="archive_one_key_per_entity")
        ]


class SearchBits(DerivedRow):
    """The stories that a common term, or a facet's value, is found in: one bit a story.

    See `archive.search.facet_index`. `level` says how well a term matches there: 0 anywhere.
    """

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


class SearchChange(DerivedRow):
    """A story that lost a document since the bits were made; a trigger of the database notes it."""

    told_by = ("article_id",)
    article_id = models.BigIntegerField()


class NameHint(DerivedRow):
    """A key that a name is completed from: all that begins with what was typed is offered.

    The first one and two characters of each key have a row of their own: what so little is the
    beginning of is found in the order of `weight`, the number of stories when it was last counted.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    weight = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["key", "weight"],
                name="archive_name_hint",
                opclasses=["varchar_pattern_ops", "int4_ops"],
            )
        ]


class DescriptionTerm(DerivedRow):
    """A term of what is said of an entity: of its description and its region."""

    told_by = ("term",)
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    term = models.CharField(max_length=LONGEST_TERM)

    class Meta:
        indexes = [models.Index(fields=["term", "entity"], name="archive_description_term")]


class EvidenceTerm(DerivedRow):
    """A term of a sentence that says that two places are tied."""

    told_by = ("term",)
    evidence = models.ForeignKey(TieEvidence, on_delete=models.CASCADE, related_name="+")
    term = models.CharField(max_length=LONGEST_TERM)

    class Meta:
        indexes = [models.Index(fields=["term", "evidence"], name="archive_evidence_term")]


class NameSlip(DerivedRow):
    """The beginning of a name's key with one character left out, or none: two that are one slip
    apart have one of these in common."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    told_by = ("slip",)
    slip = models.CharField(max_length=LONGEST_SLIP)

    class Meta:
        indexes = [models.Index(fields=["slip", "entity"], name="archive_name_slip")]


class DraftHint(DerivedRow):
    """A draft's headline from one of its words, or of its Chinese characters, on: for editors."""

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_START)

    class Meta:
        indexes = [
            models.Index(
                fields=["key", "article"],
                name="archive_draft_hint",
                # A page's key is an integer of four bytes.
                opclasses=["varchar_pattern_ops", "int4_ops"],
            )
        ]


class PictureGap(DerivedRow):
    """Something that a picture of the story's source text lacks, for editors to fill in."""

    class Kind(models.TextChoices):
        CAPTION = "caption", pgettext_lazy("missing", "Caption")
        ALT_TEXT = "alt_text", pgettext_lazy("missing", "Alt text")
        CREDIT = "credit", pgettext_lazy("missing", "Credit")

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    told_by = ("article_id", "kind")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "kind"], name="archive_one_gap_per_kind")
        ]
        indexes = [models.Index(fields=["kind", "article"], name="archive_picture_gap")]
