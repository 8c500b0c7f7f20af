"""For a laptop: errors on screen, mail on the console."""

from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.environment import boolean

DEBUG = boolean("DEBUG", True)
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
