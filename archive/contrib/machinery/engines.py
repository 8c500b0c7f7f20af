"""What an engine is, and which one the site has chosen. A site may bring its own."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from archive.contrib.machinery.conf import MachinerySettings, settings
from archive.desk.errors import DeskError

# What shows text in another order than it is read, or not at all.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_NOTHING = "ARCHIVE_MACHINE_COMPARED: there is no ARCHIVE_MACHINE_ENGINE to compare with."


class EngineError(DeskError):
    """An engine gave no draft; the message tells a translator why, and what to do."""


@dataclass(frozen=True)
class DraftContext:
    """What helps an engine, and isn't translated itself: the whole story as plain text in the
    source language; names, and similar texts of the memory, each with what it is in the target's.
    """

    story: str = ""
    names: tuple[tuple[str, str], ...] = ()
    matches: tuple[tuple[str, str], ...] = ()


NO_CONTEXT = DraftContext()


class MachineEngine(ABC):
    """`name` is shown beside each draft. `options` is the site's ARCHIVE_MACHINE_OPTIONS.

    `takes_context` says whether the story reaches the engine, and `takes_hints` whether names and
    memory do, so that a caller may tell people what is sent away, and looks nothing up in vain.
    """

    name: str
    takes_context = False
    takes_hints = False

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options

    @classmethod
    def problems(cls, options: Mapping[str, Any]) -> list[str]:
        """What is wrong with the options, for the system check; [] if nothing is."""
        return []

    @abstractmethod
    def translate(
        self,
        segments: Sequence[str],
        source_language: str,
        target_language: str,
        context: DraftContext = NO_CONTEXT,
    ) -> list[str]:
        """The segments in the target language, in order; raises EngineError.

        Languages are the archive's two codes. A segment is HTML whose tags (`<a id="1">`) come
        back around the same words.
        """


def get_engines() -> list[MachineEngine]:
    """The site's engine, and those that it is compared with; none where drafts are off, which is
    the default."""
    engines = []
    for name, path, options in _chosen():
        engine: MachineEngine = import_string(path)(options)
        engine.name = name or engine.name
        engines.append(engine)
    return engines


def get_engine() -> MachineEngine | None:
    """The site's engine; None where machine drafts are off."""
    return next(iter(get_engines()), None)


def option_problems() -> list[str]:
    """What is wrong with the engines' settings, in their own words.

    Wrong types, and an engine that isn't there, are a matter of the settings' own check.
    """
    names = ("MACHINE_ENGINE", "MACHINE_OPTIONS", "MACHINE_COMPARED")
    if any(vars(MachinerySettings)[name].problem() for name in names):
        return []
    found = [] if settings.MACHINE_ENGINE or not settings.MACHINE_COMPARED else [_NOTHING]
    for name, path, options in _chosen():
        setting = f"ARCHIVE_MACHINE_COMPARED[{name!r}]" if name else "ARCHIVE_MACHINE_OPTIONS"
        engine = _engine_at(path)
        problems = engine.problems(options) if engine else [f"“engine” is no engine: {path!r}."]
        found += [f"{setting}: {problem}" for problem in problems]
    return found


def _engine_at(path: str) -> type[MachineEngine] | None:
    try:
        found = import_string(path)
    except ImportError:
        return None
    return found if isinstance(found, type) and issubclass(found, MachineEngine) else None


def _chosen() -> list[tuple[str, str, Mapping[str, Any]]]:
    """The name that the site gives to each engine, "" for the first; its path, and its options."""
    if not settings.MACHINE_ENGINE:
        return []
    found: list[tuple[str, str, Mapping[str, Any]]]
    found = [("", settings.MACHINE_ENGINE, settings.MACHINE_OPTIONS)]
    for name, options in settings.MACHINE_COMPARED.items():
        options = options if isinstance(options, Mapping) else {}
        found.append((str(name), str(options.get("engine", "")), options))
    return found
