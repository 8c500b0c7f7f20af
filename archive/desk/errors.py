"""What goes wrong at the desk."""


class DeskError(Exception):
    """A translation can't be put where it should go; the message says why."""
