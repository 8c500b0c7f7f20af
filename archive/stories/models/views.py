"""Views of the list of stories that people keep for themselves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A search with its filters and order, under a name of the person's own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False
    )
    name = models.CharField(_("name"), max_length=60)
    # As in the list's address: "status=draft&owner=mine".
    query = models.TextField(editable=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="archive_one_view_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name
