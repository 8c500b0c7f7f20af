"""What is due after publications."""

from django.db import models
from django.utils import timezone


class FollowerDue(models.Model):
    """A follower that has to run for a story: written with its publication, deleted once it ran.

    `archive.publishing.due` reads and writes them.
    """

    wagtail_reference_index_ignore = True

    # No foreign key: that a story was deleted has followers, too.
    story = models.BigIntegerField()
    # Its name: `archive.publishing.followers.Follower`.
    follower = models.CharField(max_length=60)
    # Since when it has been due: how often it was tried doesn't change it.
    noted_at = models.DateTimeField(default=timezone.now)
    # Nobody takes it before.
    due_at = models.DateTimeField(db_index=True)
    # Somebody is at it, or was when they died, until it is due again.
    is_taken = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    # What the last attempt said that failed; empty too if the attempt's process ended.
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "follower"], name="archive_one_follower_per_story"
            )
        ]

    def __str__(self) -> str:
        return f"{self.story}: {self.follower}"
