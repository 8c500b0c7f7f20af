"""The one error of merging and splitting."""


class IdentityError(Exception):
    """Why it can't be done, in a sentence for the editor."""
