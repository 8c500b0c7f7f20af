"""As on a server, but on loopback without TLS; Django itself hands out the uploads."""

from newsroom.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.crawl.urls"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
# The demo's translations have due dates, and nobody reads of them.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# One reader asks for everything.
ARCHIVE_SEARCHES_PER_MINUTE = 100_000
