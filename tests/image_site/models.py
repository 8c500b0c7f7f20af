"""The site's images, before it got the archive and with the archive's mixin."""

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image

if settings.HAS_ARCHIVE:
    from archive.photos.models import ArchiveImageMixin

    bases: tuple[Any, ...] = (ArchiveImageMixin, AbstractImage)
    fields: tuple[str, ...] = (*ArchiveImageMixin.admin_form_fields, "description")
else:
    bases, fields = (AbstractImage,), Image.admin_form_fields


class OwnImage(*bases):  # type: ignore[misc]
    shelf = models.CharField(max_length=20, blank=True)
    admin_form_fields = (*fields, "shelf")


class OwnRendition(AbstractRendition):
    image = models.ForeignKey(OwnImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
