"""For the test suite: nothing on disk but the database and a folder of its own."""

import atexit
import shutil
import tempfile
from pathlib import Path

from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.base import DATABASES

SECRET_KEY = "test"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A folder in a folder: what is kept beside the pictures is this process's own too.
_FOLDER = Path(tempfile.mkdtemp(prefix="newsroom-test-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
MEDIA_ROOT = _FOLDER / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES["default"]["TEST"] = {"NAME": None}
ALLOWED_HOSTS = ["*"]
# A kind of each sort that only this site has, so that every test meets them.
ARCHIVE_NAME_KINDS = {"ship": {"en": "Ship", "zh-hans": "船舶"}}
ARCHIVE_TIE_KINDS = {"sister_school": {"en": "Sister schools", "zh-hans": "友好学校"}}
ARCHIVE_STORY_KINDS = {"obituary": {"en": "Obituary", "zh-hans": "讣告"}}
# Tests and measurements search faster than people do.
ARCHIVE_SEARCHES_PER_MINUTE = 0
