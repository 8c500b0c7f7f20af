"""Which of the site's profiles a file gets, and profiles made of what a person corrected."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.contrib.intake.adjustments import adjusting
from archive.contrib.intake.columns import ColumnMapping, read_mapping
from archive.contrib.intake.documents import DocumentLine, SourceDocument
from archive.contrib.intake.models import ImportItem, SourceProfile
from archive.contrib.intake.profiles import apply_rules, propose
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile

# Enough of a table to know it by.
_HEAD = 20_000


class ProfileChoice:
    """Applies to each document of a file the first profile, by name, that fits it."""

    def __init__(self, name: str, profiles: Sequence[SourceProfile] | None = None) -> None:
        self.name = name
        # The one that was applied last.
        self.profile: SourceProfile | None = None
        self._profiles = active_profiles() if profiles is None else profiles

    def mapping_for(self, source: SourceFile) -> ColumnMapping | None:
        """What the first profile with a mapping that fits the file says of its columns."""
        with_mapping = [one for one in self._profiles if one.mapping]
        if not with_mapping:
            return None
        try:
            text = source.text.text[:_HEAD]
        except IntakeError:
            text = ""
        lines = [DocumentLine(line, (0, 0)) for line in text.splitlines() if line.strip()]
        head = SourceDocument(text, tuple(lines))
        found = next((one for one in with_mapping if one.fit.fits(head, self.name)), None)
        self.profile = found
        return found.column_mapping() if found else None

    @contextmanager
    def applied(self) -> Iterator[None]:
        with adjusting(self._adjust if self._profiles else None):
            yield

    def _adjust(self, document: SourceDocument, source: str) -> SourceDocument:
        fitting = (one for one in self._profiles if one.fit.fits(document, self.name))
        found = next(fitting, None)
        if found is None:
            return document
        self.profile = found
        return apply_rules(document, found.rules)


def active_profiles() -> list[SourceProfile]:
    """The site's, by name; none before there are tables, as a dry run may read files then."""
    try:
        return list(SourceProfile.objects.filter(is_active=True))
    except DatabaseError:
        return []


def named_mapping(name: str) -> ColumnMapping:
    """The mapping of the file, or of the profile, of that name. Raises IntakeError."""
    if Path(name).is_file():
        return read_mapping(Path(name))
    profile = SourceProfile.objects.filter(name=name).exclude(mapping={}).first()
    if profile is None:
        reason = _("neither a mapping file nor a profile with columns is called “%(name)s”")
        raise IntakeError(reason % {"name": name})
    return ColumnMapping.from_dict(profile.mapping)


def proposed_rules(item: ImportItem) -> list[dict[str, Any]]:
    """What the person's corrections of the item say of its source: for that person to choose."""
    return propose(item.corrected)


def save_profile(user: Any, profile: SourceProfile) -> SourceProfile:
    """Store what a person has chosen. Raises ValidationError, and PermissionDenied."""
    verb = "change" if profile.pk else "add"
    if not user.has_perm(f"archive_intake.{verb}_sourceprofile"):
        raise PermissionDenied
    if not profile.pk:
        profile.created_by = user
    profile.full_clean()
    profile.save()
    return profile
