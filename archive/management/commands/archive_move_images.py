"""Moves a site's pictures into the archive's image model: once, when the archive is installed."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import CommandError, CommandParser
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.translation import gettext as _
from taggit.models import TaggedItem
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from archive.management.base import ArchiveCommand
from archive.photos.models import ArchiveImageMixin
from archive.text.language import column, detect


class ImageMoveError(Exception):
    """The pictures can't be taken over: says why in a sentence, and the way out."""


@dataclass
class ImageMoveReport:
    """How many rows were made; pictures that were there already; files that are lost."""

    images: int = 0
    tags: int = 0
    renditions: int = 0
    descriptions: int = 0
    there_already: int = 0
    lost: list[str] = field(default_factory=list)


@transaction.atomic
def take_over(source: Any, target: Any, *, dry_run: bool = False) -> ImageMoveReport:
    """Copy the pictures with their ids, collections, tags and renditions; they keep their files.

    Wagtail's description becomes the alternative text in its language. The old rows stay. Done
    again, it takes what was added since. ImageMoveError if it can't be done; then nothing is.
    """
    if not issubclass(source, AbstractImage) or source is target:
        raise ImageMoveError(f"{source._meta.label} is no other image model of this site.")
    report = ImageMoveReport()
    known = dict(target._base_manager.values_list("pk", "file"))
    for old in source._base_manager.order_by("pk").iterator(500):
        if old.pk not in known:
            _copy(old, target, report)
        elif known[old.pk] == old.file.name:
            report.there_already += 1
        else:
            raise ImageMoveError(
                f"{target._meta.label} has another picture with the id {old.pk}, "
                f"{known[old.pk]}; it can't take {old.file.name}, which pages know by that id. "
                "Delete it there, run this again, and upload it anew."
            )
    with connection.cursor() as cursor:
        # Ids that were given don't count in PostgreSQL's sequences.
        for statement in connection.ops.sequence_reset_sql(no_style(), [target]):
            cursor.execute(statement)
    transaction.set_rollback(dry_run)
    return report


def _copy(old: Any, target: Any, report: ImageMoveReport) -> None:
    new = target(**_shared(old, target))
    if (text := old.description) and not new.description:
        setattr(new, column("alt_text", detect(text)), text)
        report.descriptions += 1
    # Without the model's own save: nothing has to be derived, and the file isn't opened.
    new.save_base(raw=True, force_insert=True)
    # `auto_now_add` writes the present day.
    target._base_manager.filter(pk=new.pk).update(created_at=old.created_at)
    report.images += 1
    if not old.file.storage.exists(old.file.name):
        report.lost.append(old.file.name)
    kind = ContentType.objects.get_for_model(target)
    tags = [TaggedItem(tag=tag, content_type=kind, object_id=new.pk) for tag in old.tags.all()]
    report.tags += len(TaggedItem.objects.bulk_create(tags))
    made = target.get_rendition_model()
    renditions = [
        made(**{**_shared(one, made), "pk": None, "image": new}) for one in old.renditions.all()
    ]
    report.renditions += len(made._base_manager.bulk_create(renditions))


def _shared(row: Any, model: Any) -> dict[str, Any]:
    """The row's columns that the model has too."""
    names = {one.attname for one in model._meta.concrete_fields}
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    return {
        name: value.name if name == "file" else value
        for name, value in values.items()
        if name in names and name != "image_id"
    }


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
