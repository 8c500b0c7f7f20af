"""The engine that the site has chosen, if any."""

from collections.abc import Mapping
from typing import Any

from django.utils.module_loading import import_string

from archive.conf import settings
from archive.desk.machine.base import Engine


def get_engine() -> Engine | None:
    """None where machine drafts are off, which is the default."""
    path = settings.MACHINE_ENGINE
    return import_string(path)(settings.MACHINE_OPTIONS) if path else None


def engine_problem() -> str:
    """Why ARCHIVE_MACHINE_ENGINE names no engine; "" if it does, or is empty."""
    path = settings.MACHINE_ENGINE
    if not path:
        return ""
    try:
        found = import_string(path)
    except (ImportError, AttributeError) as error:
        return f"ARCHIVE_MACHINE_ENGINE can't be imported: {error}"
    if not (isinstance(found, type) and issubclass(found, Engine)):
        return f"ARCHIVE_MACHINE_ENGINE is no engine: {path} doesn't inherit from Engine."
    return ""


def option_problems() -> list[str]:
    """What is wrong with ARCHIVE_MACHINE_OPTIONS, in the words of the chosen engine."""
    if not settings.MACHINE_ENGINE or engine_problem():
        return []
    options: Any = settings.MACHINE_OPTIONS
    if not isinstance(options, Mapping):
        return ["It must be a dictionary."]
    engine: type[Engine] = import_string(settings.MACHINE_ENGINE)
    return engine.problems(options)
