"""What goes wrong with a file from outside."""


class FileError(Exception):
    """A file can't be read; the message says why, and the way out: "cut off; export it again"."""
