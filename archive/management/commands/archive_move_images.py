"""Moves a site's pictures into the archive's image model: once, when the archive is installed."""

from typing import Any

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from archive.management.base import ArchiveCommand
from archive.photos.models import ArchiveImageMixin
from archive.photos.transfer import ImageMoveError, take_over


class Command(ArchiveCommand):
    help = (
        "Copy the pictures of another image model into the site's (WAGTAILIMAGES_IMAGE_MODEL), "
        "with the same ids, files, collections, tags and renditions. The old rows stay. Again: "
        "takes what was added since."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="source", default="wagtailimages.Image", metavar="APP.MODEL"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Any = get_image_model()
        if not issubclass(target, ArchiveImageMixin):
            raise CommandError(
                _("%(model)s has no ArchiveImageMixin.") % {"model": target._meta.label}
            )
        try:
            source = apps.get_model(options["source"])
            report = take_over(source, target, dry_run=options["dry_run"])
        except (LookupError, ValueError, ImageMoveError) as error:
            raise CommandError(str(error)) from error
        for line in (
            _("Pictures: %(count)d") % {"count": report.images},
            _("Tags: %(count)d") % {"count": report.tags},
            _("Renditions: %(count)d") % {"count": report.renditions},
            _("Descriptions that became alternative texts: %(count)d")
            % {"count": report.descriptions},
            _("Pictures that were there already: %(count)d") % {"count": report.there_already},
            *(_("Lost file: %(file)s") % {"file": name} for name in report.lost),
        ):
            self.tell(line)
        if options["dry_run"]:
            self.tell(_("Dry run: nothing was stored."))
        elif report.images:
            self.tell(_("Now run “manage.py rebuild_references_index” and “update_index”."))
