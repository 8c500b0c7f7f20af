"""Verifies the Content Credentials of pictures that were there before."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from archive.contrib.content_credentials.actions import verify_picture
from archive.contrib.content_credentials.models import PictureCredentials
from archive.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = "Verify the Content Credentials (C2PA) of the pictures that weren't looked at yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="all pictures, such as after a new trust list"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        images = get_image_model().objects.order_by("pk")
        if not options["again"]:
            images = images.exclude(pk__in=PictureCredentials.objects.values("image"))
        for image in images.iterator():
            verify_picture(image, again=True)
        signed = PictureCredentials.objects.exclude(state=PictureCredentials.State.UNSIGNED)
        for one in signed.order_by("image"):
            self.tell(f"{one.image_id}: {one.words()} {' '.join(one.problems)}".rstrip())
        self.tell(_("%(count)d pictures have Content Credentials") % {"count": signed.count()})
