"""Takes in translations from XLIFF files."""

from archive.management.base import ImportCommand


class Command(ImportCommand):
    help = (
        "Import translations from XLIFF files, or ZIP files of them. What was changed at the desk "
        "since the export is kept, and both texts are shown."
    )
