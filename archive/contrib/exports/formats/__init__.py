"""The formats of exports: those of this app, and those that others register."""

from archive.contrib.exports.formats.base import ExportFormat
from archive.registry import registered


def export_formats() -> dict[str, ExportFormat]:
    """By their ids."""
    # An abstract class is a kind, too.
    return {one.id: one for one in registered("export_format", ExportFormat)}  # type: ignore[type-abstract]
