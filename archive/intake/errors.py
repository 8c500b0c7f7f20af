"""The room's one error."""


class IntakeError(Exception):
    """A source that can't be taken in; the message says why, and the way out."""
