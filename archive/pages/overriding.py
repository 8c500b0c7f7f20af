"""Whether a site has templates of its own for what the archive puts together without one."""

from functools import cache
from pathlib import Path
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

import archive

_OURS = Path(archive.__file__).parent / "templates"


@cache
def has_template(name: str) -> bool:
    """Of a name for which the archive itself has none."""
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


@cache
def is_overridden(name: str) -> bool:
    """Whether another template stands in the place of the archive's."""
    template: Any = get_template(name)
    return not Path(template.origin.name).is_relative_to(_OURS)
