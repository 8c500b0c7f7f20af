"""The log of changes: what stands on a page has changed if its key has another row."""

from django.db import models


class Change(models.Model):
    """Something that pages show was changed. See `archive.site.caching.versions`.

    Rows are only ever added, in the transaction of the change itself: two editors never wait for
    each other, and what is rolled back wasn't changed.
    """

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="archive_change_of")]

    def __str__(self) -> str:
        return f"{self.key} {self.at:%Y-%m-%d %H:%M:%S}"
