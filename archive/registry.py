"""What apps around the archive add to it, through Wagtail's hooks.

An app registers a function in its `wagtail_hooks.py`, `@hooks.register("register_archive_…")`. It
is called without arguments whenever the archive needs what it adds, and returns one thing or a list
of them. `docs/extending.md` says what each hook expects.
"""

from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured
from wagtail import hooks

Thing = TypeVar("Thing")


def registered(name: str, *kinds: type[Thing]) -> list[Thing]:
    """What the functions of the hook `register_archive_<name>` return, in the order of the hooks.

    Raises ImproperlyConfigured, with the function's name, for what isn't of one of the kinds.
    """
    found: list[Thing] = []
    for function in hooks.get_hooks(f"register_archive_{name}"):
        given = function()
        for one in given if isinstance(given, list | tuple) else [given]:
            if not isinstance(one, kinds):
                where = f"{function.__module__}.{function.__qualname__}"
                wanted = " or ".join(kind.__name__ for kind in kinds)
                message = f"register_archive_{name}: {where} gives {one!r}, not a {wanted}."
                raise ImproperlyConfigured(message)
            found.append(one)
    return found
