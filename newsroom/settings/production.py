"""For a server: everything secret or local comes from the environment."""

from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.environment import boolean, number, text, words

DEBUG = False
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "")

SECURE_SSL_REDIRECT = boolean("SECURE_SSL_REDIRECT", True)
# Behind a proxy that sets it; a proxy that doesn't must be told to.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = boolean("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = boolean("SECURE_HSTS_PRELOAD", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

EMAIL_HOST = text("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "archive@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "INFO")},
}
