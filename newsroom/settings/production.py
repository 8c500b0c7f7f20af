"""For a server: everything secret or local comes from the environment."""

from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.base import DATABASES, INSTALLED_APPS, MIDDLEWARE
from newsroom.settings.environment import (
    boolean,
    caches,
    choice,
    mail,
    media,
    number,
    private_files,
    replica,
    tasks,
    text,
    words,
)

# Who does what follows a publication, if not the server itself.
_tasks, _task_apps = tasks("TASKS")
if _tasks:
    TASKS = _tasks
INSTALLED_APPS = [*INSTALLED_APPS, *_task_apps]

_replica = replica("REPLICA_URL", DATABASES["default"])
if _replica:
    DATABASES |= _replica
    DATABASE_ROUTERS = ["archive.operations.replica.ReplicaRouter"]

KEEPER = "archive.site.caching.middleware.ReaderCacheMiddleware"

DEBUG = False
# Violations of the content security policy are only reported, not stopped.
ARCHIVE_CSP_REPORT_ONLY = boolean("ARCHIVE_CSP_REPORT_ONLY", False)
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "")
# Where the site is mounted, such as "/archive"; never what a header of that name says.
FORCE_SCRIPT_NAME = text("SCRIPT_NAME", "")

SECURE_SSL_REDIRECT = boolean("SECURE_SSL_REDIRECT", True)
# Behind a proxy that sets it; a proxy that doesn't must be told to.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Where the proxy gives a reader's address, such as X-Forwarded-For: for limits by reader.
ARCHIVE_CLIENT_ADDRESS_HEADER = text("CLIENT_ADDRESS_HEADER", "")
ARCHIVE_TRUSTED_PROXIES = number("TRUSTED_PROXIES", 1)
# Browsers remember it, so a mistake lasts as long: raise it once HTTPS has proved itself.
SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = boolean("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = boolean("SECURE_HSTS_PRELOAD", False)
# Whoever means to have neither of these needn't be told at each check.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

_private = private_files("INTAKE_STORAGE")
STORAGES = {
    "default": media("MEDIA_STORAGE"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    **_private,
}
ARCHIVE_INTAKE_STORAGE = "intake" if _private else ""
# For several machines, one that they share.
ARCHIVE_DUMP_FOLDER = text("DUMP_FOLDER", "")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CACHES = caches("CACHE_URL")
ARCHIVE_CACHE_PAGES = boolean("ARCHIVE_CACHE_PAGES", True)
# Seconds: for readers' browsers, for caches in front of the site, and how late those may be.
ARCHIVE_CACHE_MAX_AGE = number("ARCHIVE_CACHE_MAX_AGE", 0)
ARCHIVE_CACHE_SHARED_MAX_AGE = number("ARCHIVE_CACHE_SHARED_MAX_AGE", 60)
ARCHIVE_CACHE_STALE_SECONDS = number("ARCHIVE_CACHE_STALE_SECONDS", 0)
# Compressed once, and kept so. What readers who aren't logged in get holds no secret.
MIDDLEWARE = [
    *MIDDLEWARE[: MIDDLEWARE.index(KEEPER) + 1],
    "django.middleware.gzip.GZipMiddleware",
    *MIDDLEWARE[MIDDLEWARE.index(KEEPER) + 1 :],
    # Last: it chooses for the view alone.
    *(["archive.operations.replica.ReplicaMiddleware"] if _replica else []),
]

# Some aren't public: the site gives them itself, out of a bucket too.
WAGTAILDOCS_SERVE_METHOD = "serve_view"

_mail = mail("EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.use_tls, _mail.use_ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "archive@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "archive.operations.logs.RequestFilter"}},
    "formatters": {
        "json": {"()": "archive.operations.logs.JsonFormatter"},
        "text": {"format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": choice("LOG_FORMAT", "text", "json"),
        }
    },
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "INFO")},
}
