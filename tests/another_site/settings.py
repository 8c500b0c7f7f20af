"""The tests' settings with that app."""

from newsroom.settings.test import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.another_site"]  # noqa: F405
