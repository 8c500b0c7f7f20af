"""Loading again without undoing an editor's work.

Each loaded row keeps, by field, a digest of the value that the loader last wrote. As long as a
field still holds that value, a new load may change it. Once an editor has changed, added or
removed something, the digests differ and the field is the editor's for good; setting it back
to the loaded value hands it over again. A field that was never loaded is filled only while it
is empty.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | float | int | bool | None


@dataclass
class Merge:
    """What a load may write, what it must leave alone, and the digests as they are after it."""

    changes: dict[str, Value] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        return bool(self.changes or self.dropped)


def digest(value: Value) -> str:
    """Forms send other line ends, and None for "": the digest doesn't see them."""
    if isinstance(value, str):
        value = value.replace("\r", "").strip()
    elif value is None or value is False:
        value = ""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def merge(
    current: Mapping[str, Value],
    incoming: Mapping[str, Value],
    loaded: Mapping[str, str],
    lists: tuple[str, ...] = (),
) -> Merge:
    """Three-way: what is stored, what the file says, and the digests of what was last loaded.

    A key that is missing from `current` is a row that isn't there (any more). `lists` are the
    prefixes of keys that the file lists in full: one of them that was loaded and is no longer
    in the file goes, if nobody touched it. Other keys that the file leaves out stay.
    """
    result = Merge(digests=dict(loaded))
    for key, value in incoming.items():
        now = digest(current.get(key))
        if now == digest(value):
            result.digests[key] = now
        elif now == loaded.get(key, digest(None)):
            result.changes[key] = value
            result.digests[key] = digest(value)
        else:
            result.kept.append(key)
    for key in loaded.keys() - incoming.keys():
        if key.startswith(lists):
            del result.digests[key]
            if key in current and digest(current[key]) == loaded[key]:
                result.dropped.append(key)
    return result
