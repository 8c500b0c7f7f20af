"""System checks of the engines' settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from archive.contrib.machinery.engines import option_problems


@register()
def check_machine_options(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E031: the engine of machine drafts is set up."""
    hint = "The engine's module lists its options."
    return [Error(problem, hint=hint, id="archive.E031") for problem in option_problems()]
