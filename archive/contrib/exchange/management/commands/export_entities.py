"""Writes the names as a table; load_entities reads the CSV back."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from archive.entities.csv_files import FORMATS
from archive.entities.models import Entity
from archive.management.base import STANDARD, FileCommand


class Command(FileCommand):
    help = (
        "Write the names as CSV (which load_entities reads back), as TSV for OpenRefine, or as "
        "statements for Wikidata's QuickStatements."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="- is standard output")
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument("--kind", choices=Entity.Kind.values, help="only names of this kind")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Entity.objects.order_by("key").prefetch_related("names")
        if options["kind"]:
            rows = rows.filter(kind=options["kind"])
        write = FORMATS[options["format"]]
        if str(options["file"]) == STANDARD:
            write(self.stdout, rows.iterator(1000))  # type: ignore[arg-type]
            return
        path: Path = options["file"]
        with self.writing(path), path.open("w", encoding="utf-8", newline="") as out:
            written = write(out, rows.iterator(1000))
        self.stdout.write(f"{path}: {written}")
