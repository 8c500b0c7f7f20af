"""What can go wrong in an export."""


class ExportError(Exception):
    """The export, or one story of it, can't be written; the message says why."""
