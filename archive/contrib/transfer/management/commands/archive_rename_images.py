"""Gives pictures' files names that nobody guesses: those from before uploads got such names."""

from typing import Any

from django.core.files.storage import Storage
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from archive.management.base import ArchiveCommand
from archive.photos.file_names import has_random_part, with_random_part
from archive.photos.models import ArchiveImageMixin
from archive.site.caching.events import frame_changed


class Command(ArchiveCommand):
    help = (
        "Rename the originals of pictures whose names can be guessed, and delete their renditions, "
        "which are made anew when they are needed. Their old addresses are gone afterwards."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        model: Any = get_image_model()
        if not issubclass(model, ArchiveImageMixin):
            label = {"model": model._meta.label}
            raise CommandError(_("%(model)s has no ArchiveImageMixin.") % label)
        renamed = 0
        for image in model._base_manager.order_by("pk").iterator(500):
            if has_random_part(image.file.name):
                continue
            if not image.file.storage.exists(image.file.name):
                self.tell(_("Lost file: %(file)s") % {"file": image.file.name})
                continue
            renamed += 1
            if not options["dry_run"]:
                _rename(model, image)
        self.tell(_("Pictures renamed: %(count)d") % {"count": renamed})
        if options["dry_run"]:
            self.tell(_("Dry run: nothing was changed."))
        elif renamed:
            # Cached pages have the old addresses.
            frame_changed()


def _rename(model: Any, image: Any) -> None:
    """A copy under the new name, then the row, then the old file: what fails leaves a picture."""
    storage: Storage = image.file.storage
    old = image.file.name
    with storage.open(old) as file:
        new = storage.save(with_random_part(old), file)
    with transaction.atomic():
        # Nobody else has changed its file meanwhile.
        if not model._base_manager.filter(pk=image.pk, file=old).update(file=new):
            storage.delete(new)
            return
        # With their files, and past Wagtail's cache of them.
        for rendition in image.renditions.all():
            rendition.delete()
        if not model._base_manager.filter(file=old).exists():
            transaction.on_commit(lambda: storage.delete(old))
