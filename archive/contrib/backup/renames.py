"""Two files or folders change places."""

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import Any

# Of Linux: relative to the working directory, and the flag for an exchange.
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def exchange(one: Path, two: Path) -> None:
    """In one rename, where the system and the disk know such: at no moment is either missing.

    Elsewhere in three; after an error both are where they were.
    """
    if _exchanged(one, two):
        return
    aside = two.with_name(f"{two.name}.aside")
    os.replace(one, aside)
    try:
        os.replace(two, one)
    except BaseException:
        os.replace(aside, one)
        raise
    os.replace(aside, two)


def _exchanged(one: Path, two: Path) -> bool:
    rename = _renameat2()
    names = (os.fsencode(path) for path in (one, two))
    first, second = names
    return bool(rename and rename(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)


@cache
def _renameat2() -> Any:
    """The C library's function, which Python has no name for; None where it has none."""
    return getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
