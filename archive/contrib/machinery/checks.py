"""System checks of the engines' settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from archive.contrib.machinery.conf import MachinerySettings, settings
from archive.contrib.machinery.engines import option_problems
from archive.contrib.machinery.second_reader import SecondReader


@register()
def check_machine_options(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E031: the engine of machine drafts is set up, and so is the second reader."""
    hint = "The engine's module lists its options."
    problems = [*option_problems(), *_reader_problems()]
    return [Error(problem, hint=hint, id="archive.E031") for problem in problems]


def _reader_problems() -> list[str]:
    options = settings.MACHINE_READER
    # A wrong type is a matter of the settings' own check.
    if not options or vars(MachinerySettings)["MACHINE_READER"].problem():
        return []
    return [f"ARCHIVE_MACHINE_READER: {problem}" for problem in SecondReader.problems(options)]
