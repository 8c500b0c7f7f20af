"""As on a server; but static files are not collected, mails are files, searches are few."""

import os

from newsroom.settings.production import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ARCHIVE_SEARCHES_PER_MINUTE = 20
ARCHIVE_DUMP_FOLDER = f"{os.environ['NEWSROOM_VAR_DIR']}/dump"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = f"{os.environ['NEWSROOM_VAR_DIR']}/mail"
