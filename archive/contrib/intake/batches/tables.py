"""Tables of a batch whose columns a person names: looked at, and read again by a profile."""

from typing import Any

from django.db import transaction

from archive.contrib.intake.batches.items import source_name
from archive.contrib.intake.batches.policies import check_batch
from archive.contrib.intake.batches.profile_choice import ProfileChoice, save_profile
from archive.contrib.intake.batches.rereading import forget_reading
from archive.contrib.intake.batches.slices import start_reading
from archive.contrib.intake.batches.sources import found_files
from archive.contrib.intake.formats import registered
from archive.contrib.intake.formats.column_format import ColumnFormat, TableSample
from archive.contrib.intake.models import ImportFile, ImportItem, SourceProfile
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFailure, SourceFile
from archive.text.stored_messages import message as _


def table_formats() -> dict[str, ColumnFormat]:
    """The site's formats of tables, by their ids."""
    return {form.id: form for form in registered() if isinstance(form, ColumnFormat)}


def is_table(item: ImportItem) -> bool:
    return item.format in table_formats()


def table_of(item: ImportItem) -> tuple[SourceFile, TableSample]:
    """The item's file, and its columns with their first rows. Raises IntakeError."""
    form = table_formats().get(item.format)
    if form is None:
        raise IntakeError(_("this is no table"))
    source = _source_of(item)
    return source, form.sample(source)


def _source_of(item: ImportItem) -> SourceFile:
    if item.file is None:
        raise IntakeError(_("the file is no longer kept; add it again"))
    with found_files(item.file) as files:
        for found in files:
            if source_name(found.name) == item.source and not isinstance(found, SourceFailure):
                return found.read()
    raise IntakeError(_("the file is no longer kept; add it again"))


def fitting_profile(source: SourceFile) -> SourceProfile | None:
    """The profile by whose columns the file is read."""
    choice = ProfileChoice(str(source.path))
    choice.mapping_for(source)
    return choice.profile


def read_with(item: ImportItem, user: Any, profile: SourceProfile) -> None:
    """Save the profile, and have the item's table read again by its columns.

    Raises IntakeError where that can't be, ValidationError, and PermissionDenied.
    """
    check_batch(item.batch, user)
    source, _sample = table_of(item)
    with transaction.atomic():
        row = ImportFile.objects.select_for_update().get(pk=item.file.pk)  # type: ignore[union-attr]
        stories = row.items.filter(source=item.source)
        if stories.filter(state=ImportItem.State.ACCEPTED).exists():
            reason = _("some of its stories are accepted; make a new import of this file")
            raise IntakeError(reason)
        save_profile(user, profile)
        if fitting_profile(source) != profile:
            reason = _("the file must fit the profile, and no other one with columns before it")
            raise IntakeError(reason)
        forget_reading(row, item.source)
    start_reading(item.batch)
