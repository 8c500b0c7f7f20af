"""What relates stories: their terms, the lists that come of them, and bans."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.stories.parts import PartOfRevision, PartsKey

# So many stories are stored for one; readers see fewer, and some aren't for every reader.
LONGEST_LIST = 20


class StoryTerm(models.Model):
    """A live story under something that it may share with others.

    `term` is an entity's id ("12"), or two ids of places that a tie joins ("12-57"), the lower
    first. Few columns, and the date beside the term: the stories of a term that are nearest in
    time are one stretch of an index, however many there are.
    """

    wagtail_reference_index_ignore = True

    article = models.ForeignKey(
        "archive.ArticlePage", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    term = models.CharField(max_length=41)
    print_date = models.DateField()
    is_about = models.BooleanField()
    # How many entities the story is tagged with.
    size = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "term"], name="archive_one_term_per_story")
        ]
        indexes = [
            models.Index(fields=["term", "print_date", "article"], name="archive_term_by_date")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.term}"


class RelatedStory(models.Model):
    """A place in a story's list: the higher the score, the nearer the top.

    `reasons` are ids: see `archive.contrib.related.scoring.Reasons`. Their words are made when the
    list is read, in the reader's language.
    """

    wagtail_reference_index_ignore = True

    article = models.ForeignKey(
        "archive.ArticlePage", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    related = models.ForeignKey(
        "archive.ArticlePage", on_delete=models.CASCADE, related_name="places_in_lists"
    )
    score = models.FloatField()
    reasons = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "related"], name="archive_one_place_per_related"
            )
        ]
        # With the story, so that thousands of one score needn't be sorted for the first few.
        indexes = [
            models.Index(fields=["article", "-score", "related"], name="archive_related_by_score")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.related_id}"


class RelatedBan(PartOfRevision):
    """A story that an editor doesn't want beside this one."""

    page = PartsKey("archive.ArticlePage", on_delete=models.CASCADE, related_name="related_bans")
    related = models.ForeignKey(
        "archive.ArticlePage",
        on_delete=models.CASCADE,
        related_name="bans",
        verbose_name=_("story"),
    )

    class Meta(PartOfRevision.Meta):
        verbose_name = _("excluded story")
        verbose_name_plural = _("excluded stories")
        constraints = [
            models.UniqueConstraint(fields=["page", "related"], name="archive_one_ban_per_story")
        ]

    def __str__(self) -> str:
        return str(self.related)
