"""The names of the inputs of a translator's form: a part of a segment, and its key."""

SEGMENT_FIELDS = "segment-"

TARGET, LEFT_OUT, JOINED, NOTE = "target", "left-out", "joined", "note"
# The digest of the source text that the translator saw, and "the source changed, but this holds".
SEEN, STILL_RIGHT = "seen", "still-right"
# The version of the segment that the translator started from.
BASE = "base"
PARTS = (TARGET, LEFT_OUT, JOINED, NOTE, SEEN, BASE)


def field_name(part: str, key: str) -> str:
    """The input's name; a key's slashes would break the CSS selectors of Wagtail's widgets."""
    return f"{SEGMENT_FIELDS}{part}--{key.replace('/', '__')}"


def key_of(name: str) -> str:
    """The segment's key in the name of its target's input; "" for any other input."""
    prefix = field_name(TARGET, "")
    return name.removeprefix(prefix).replace("__", "/") if name.startswith(prefix) else ""
