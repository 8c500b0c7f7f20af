"""What an engine is, and which one the site has chosen. A site may bring its own."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.module_loading import import_string

from archive.conf import ArchiveSettings, settings
from archive.desk.errors import DeskError


class EngineError(DeskError):
    """An engine gave no draft; the message tells a translator why, and what to do."""


class MachineEngine(ABC):
    """`name` is shown beside each draft. `options` is the site's ARCHIVE_MACHINE_OPTIONS.

    `takes_context` says whether `context` reaches the engine, so that a caller may tell people
    what is sent away.
    """

    name: str
    takes_context = False

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
        context: str = "",
    ) -> list[str]:
        """The segments in the target language, in order; raises EngineError.

        Languages are the archive's two codes. A segment is HTML whose tags (`<a id="1">`) come
        back around the same words. `context` is the whole story as plain text in the source
        language: it helps, and isn't translated itself.
        """


def get_engine() -> MachineEngine | None:
    """None where machine drafts are off, which is the default."""
    path = settings.MACHINE_ENGINE
    return import_string(path)(settings.MACHINE_OPTIONS) if path else None


def option_problems() -> list[str]:
    """What is wrong with ARCHIVE_MACHINE_OPTIONS, in the words of the chosen engine.

    Wrong types, and an engine that isn't there, are a matter of the settings' own check.
    """
    if any(vars(ArchiveSettings)[f"MACHINE_{one}"].problem() for one in ("ENGINE", "OPTIONS")):
        return []
    path = settings.MACHINE_ENGINE
    engine: type[MachineEngine] | None = import_string(path) if path else None
    return engine.problems(settings.MACHINE_OPTIONS) if engine else []
