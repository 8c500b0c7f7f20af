"""Brings the report of possible duplicates up to date; run it nightly, or after a large load."""

from typing import Any

from archive.entities.merging.duplicates import find_doubles
from archive.management.base import ArchiveCommand
from archive.operations.routines import recorded


class Command(ArchiveCommand):
    help = (
        "Find names that may be the same person, place or thing: alike in either language within "
        "a kind, or with the same GeoNames or Wikidata id. What was dismissed stays dismissed."
    )

    @recorded("find_doubles")
    def handle(self, *args: Any, **options: Any) -> None:
        self.tell(str(find_doubles()))
