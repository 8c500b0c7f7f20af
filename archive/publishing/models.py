"""What is due after publications."""

from django.db import models


class FollowersDue(models.Model):
    """A story whose followers are due: written with its publication, deleted once all have run."""

    wagtail_reference_index_ignore = True

    # No foreign key: that a story was deleted has followers, too.
    story = models.BigIntegerField(primary_key=True)
    # Until then somebody is at it. Whoever writes another moment has the row.
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.story)
